// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The outputs of one contract: judged one by one, then merged into the cells that are scored. Any thread.
#pragma once

#include "core/eval/evaluation.h"
#include "core/prompt/merge.h"
#include "core/text/quote.h"

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace cw {

// A window's output with what could be made of it.
struct JudgedOutput {
    const OutputRow* row = nullptr;
    Assessment assessment;
    ByteRange shown;                      // the part of the text that the window showed
    std::optional<NormalizedText> window; // of an output that is usable, where there is a text
    std::map<std::string, std::vector<ByteRange>> places; // of its findings' quotes in the whole text; empty range: not found
    bool grounded = false;
    bool usable() const { return assessment.level >= Validity::V2; }
};

struct PredictedFinding {
    PredictedCell cell;
    std::vector<ByteRange> ranges; // one a quote where there is a text
    LenientCell lenient;           // of an invalid cell
    std::optional<float> margin;   // the largest of the windows'
};

class ContractOutputs {
public:
    // `rows` are the contract's outputs, `text` its canonical text or null; all must outlive the object.
    ContractOutputs(ContractId contract, std::vector<const OutputRow*> rows, const Taxonomy& taxonomy,
                    const std::string* text);

    // One a window, those that are missing too; second looks aren't windows.
    std::vector<ScoredOutput> scored() const;
    int secondLooks() const;
    // One a key of `request`, in its order.
    std::vector<PredictedFinding> predictions(const Request& request) const;
    // The contract's cells as they are scored, with the values that lost, of which `window` is the part, from 0. Whether they are usable is
    // in predictions().
    std::vector<MergedCell> merged(const Request& request) const;
    // No window that was read holds one of these ranges, though the windows' places are known.
    bool isOutOfReach(const std::vector<ByteRange>& ranges) const;
    // One of them at least is held by no window.
    bool isCut(const std::vector<ByteRange>& ranges) const;

private:
    using Lookup = std::function<const AnswerCell*(const JudgedOutput&, const std::string& key)>;
    JudgedOutput judge(const OutputRow& row, const Taxonomy& taxonomy) const;
    std::vector<int> missingParts() const;
    PredictedCell validityOf(const std::string& key) const;
    MergedCell united(const std::string& key, const Lookup& lookup) const;
    std::vector<MergedCell> unitedWithoutText(const Request& request) const;
    LenientCell lenientOf(const std::string& key) const;
    std::optional<float> marginOf(const std::string& key) const;
    bool isHeld(ByteRange range) const;

    ContractId m_contract;
    const std::string* m_text;
    std::vector<JudgedOutput> m_outputs; // by part
};

} // namespace cw
