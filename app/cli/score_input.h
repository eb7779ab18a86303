// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// What `score` reads: gold and outputs from files of anywhere.
#pragma once

#include "app/cli/command.h"
#include "core/dataset/foreign_outputs.h"
#include "core/eval/evaluation.h"

#include <map>

namespace cw::cli {

struct ScoreInput {
    Taxonomy taxonomy;
    std::vector<GoldRow> gold;
    std::vector<OutputRow> outputs;
    std::map<ContractId, std::string> texts;
    InputReport report; // of the predictions' lines
    EvaluationOptions options; // clusters of the texts, calibration of the weights that answered

    TextOf textOf() const; // of this object's texts
};

Result<ScoreInput> readScoreInput(const Arguments& arguments);

// --gold, --texts and --taxonomy alone: no outputs.
Result<ScoreInput> readGoldInput(const Arguments& arguments);
// A file of outputs for that gold and those texts, of one mode: the one that is asked for, else the free ones where the file has both.
Result<ForeignOutputs> readPredictions(const QString& file, const std::vector<GoldRow>& gold, const Taxonomy& taxonomy, const TextOf& textOf,
                                       const QString& mode);

} // namespace cw::cli
