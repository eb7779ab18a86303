// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The commands by topic; commands() strings them together.
#pragma once

#include "app/cli/command.h"

namespace cw::cli {

std::vector<Command> projectCommands();    // init, verify, sample, demo
std::vector<Command> contractCommands();   // import, contracts, show, text
std::vector<Command> annotationCommands(); // annotate, audit
std::vector<Command> readingCommands();    // readings assign, finish, list; agreement, adjudicate
std::vector<Command> searchCommands();     // search
std::vector<Command> taxonomyCommands();   // taxonomy
std::vector<Command> taxonomyChangeCommands(); // taxonomy preview, apply, undo, history
std::vector<Command> datasetCommands();    // split, export
std::vector<Command> modelCommands();      // model add, models
std::vector<Command> planCommands();       // plan
std::vector<Command> runCommands();        // run, resume, stop
std::vector<Command> runListCommands();    // runs, run-show
std::vector<Command> compareCommands();    // compare
std::vector<Command> pairCommands();       // pairs, pairs mine
std::vector<Command> suggestionCommands(); // suggest, suggest outcomes
std::vector<Command> sliceCommands();      // slices
std::vector<Command> shiftCommands();      // shift, shift-score
std::vector<Command> evaluationCommands(); // score, report, calibrate, diff

} // namespace cw::cli
