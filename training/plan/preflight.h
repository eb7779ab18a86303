// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// What training will see of each contract, before it starts: nothing is lost in silence. Reads rows as the recipes do.
// Any thread.
#pragma once

#include "core/run/run_folder.h"
#include "core/run/run_plan.h"
#include "training/plan/pass_size.h"

namespace cw {

struct Preflight {
    std::vector<PreflightRow> contracts; // in the order of the file
    std::vector<PassSize> rows;          // those that are trained on, in the order of the file
    std::vector<LeftOutRow> leftOut;
    std::int64_t duplicates = 0; // rows that are the same as an earlier one, answer included; they stay
    std::int64_t notJson = 0;    // rows with an answer to learn that is no JSON; they stay

    std::int64_t tokens() const;
    std::int64_t labelled() const;
};

// Reads data/train.jsonl: chat rows, or pairs for a DPO run. `maxLength`: tokens of prompt and answer together. An
// answer's tokens that don't begin and end as the template says are an error, not a note: every row would be wrong.
Result<Preflight> preflight(const RunFolder& folder, RunKind kind, const ChatTemplate& chat,
                            const Tokenizer& tokenizer, std::int64_t maxLength);

// The bytes of preflight.jsonl.
std::string toLines(const std::vector<PreflightRow>& contracts);

// What is wrong with the structural tokens of a row, as a sentence, or an empty text: the prompt has as many BOS as the
// template gives an empty one, and the answer has one token that ends it, which is the last one and is learned.
std::string faultOfEnds(const Example& example, const ChatTemplate& chat, const Tokenizer& tokenizer);

} // namespace cw
