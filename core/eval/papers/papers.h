// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The numbers by which papers compare, from the predictions that were scored. Pure; any thread.
#pragma once

#include "core/eval/papers/contract_eval.h"
#include "core/eval/papers/cuad.h"
#include "core/eval/papers/ner.h"

#include <nlohmann/json_fwd.hpp>

namespace cw {

struct PaperScores {
    CuadScores cuad;
    ContractEvalScores contractEval;
    std::optional<NerScores> ner; // nothing without texts
};

// `outputs` are the rows that the evaluation is of.
PaperScores paperScores(const Evaluation& evaluation, const std::vector<OutputRow>& outputs);

// One number as the papers name it: "AUPR", 0.4823; nothing is "no data".
struct PaperNumber {
    std::string name;
    std::optional<double> value;
    std::string definition; // a sentence
};

struct PaperTable {
    std::string title; // "CUAD"
    std::string key;   // "cuad"
    std::string note;  // what the numbers rest on, and where they differ from the original
    std::vector<PaperNumber> numbers;
};

// In the order of cuad, contract_eval, ner; without ner where it isn't known.
std::vector<PaperTable> paperTables(const PaperScores& scores);

// {"cuad":{"aupr":x|null,...},"contract_eval":{...},"ner":{"strict":{"cor":n,...},...}|"not scored"}
nlohmann::ordered_json paperScoresJson(const PaperScores& scores);

} // namespace cw
