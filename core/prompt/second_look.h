// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The prompts of a second look: windows around the quotes that the edges of a run's windows cut (core/prompt/recentre.h), made from what
// the run itself has. Any thread.
#pragma once

#include "core/dataset/rows.h"

#include <vector>

namespace cw {

// `prompts`: the run's, all windows of each contract; `outputs`: their answers. One prompt a window to read again, each asking only for
// the clauses that it is for, with the part of the window that was cut and a stub no longer than the contract's windows have; contracts in
// the order of their first prompt. A contract of which a prompt is missing has none: between two windows there is white space alone only where all are
// there. Their answers are merged like any window's: of two quotes that overlap by half or more the longer stands.
std::vector<ChatRow> secondLooks(const std::vector<ChatRow>& prompts, const std::vector<OutputRow>& outputs, const Taxonomy& taxonomy);

} // namespace cw
