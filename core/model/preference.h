// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// A preference pair: two outputs for one prompt, and what a person said of them. Plain data.
#pragma once

#include "core/base/byte_range.h"
#include "core/base/ids.h"

#include <string>
#include <vector>

namespace cw {

enum class Verdict { None, FirstMuchBetter, FirstBetter, Tie, SecondBetter, SecondMuchBetter, BothBad, Skipped };

enum class PairOrigin { Malformed, Hallucinated, Candidates };

struct PreferencePair {
    PairId id;
    ContractId contract;
    ByteRange window;                 // of the canonical text that the prompt showed
    std::string prompt;               // the user turn
    std::vector<std::string> request; // the clause types asked for
    std::string first;                // raw outputs; for a mined pair `first` is the reference answer (proposed chosen)
    std::string second;
    PairOrigin origin = PairOrigin::Candidates;
    RunId run;                        // the run whose output it holds
    Verdict verdict = Verdict::None;
    bool firstShownLeft = true;       // the blind order, seeded by pair and annotator
    std::vector<std::string> reasons; // "wrong value", ...
    std::string annotator;
    std::string votedAt;
    friend bool operator==(const PreferencePair&, const PreferencePair&) = default;
};

} // namespace cw
