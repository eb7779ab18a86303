// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// What the forward and backward passes of one optimiser step work with, and what they give. Plain data.
#pragma once

#include "training/engine/pass_settings.h"
#include "training/model/transformer.h"

#include <algorithm>
#include <functional>
#include <map>
#include <string>
#include <vector>

namespace cw {

// How a step's rows are cut into passes. The result doesn't depend on it but for rounding.
struct StepSettings {
    std::int64_t rowsPerPass = 1;
    Checkpointing checkpointing = Checkpointing::None;
    double dropout = 0;
    std::uint64_t seed = 0;
    std::int64_t process = 0; // of `processes` that share the rows: each takes its own passes
    std::int64_t processes = 1;

    PassSettings passSettings(std::int64_t step, std::int64_t pass) const {
        return {checkpointing, dropout, {seed, step, pass}};
    }
};

struct StepOutcome {
    double loss = 0;                        // this process's part of the sum
    std::int64_t tokens = 0;                // this process's part
    std::int64_t labelled = 0;              // of them
    std::map<std::string, double> measures; // of the recipe: "margin", ...; this process's part of the sum
};

// Told after each pass without gradients how many rows are done. False ends the computation there, without a result.
using GoesOn = std::function<bool(size_t done)>;

// The passes of a step that this process does: rows of similar length together, the longest first.
struct StepPass {
    std::int64_t number = 0; // over all processes
    std::vector<size_t> rows;
};

template <typename LengthOf>
std::vector<StepPass> stepPasses(std::vector<size_t> rows, const StepSettings& settings, LengthOf lengthOf) {
    std::stable_sort(rows.begin(), rows.end(), [&](size_t a, size_t b) { return lengthOf(a) > lengthOf(b); });
    std::vector<StepPass> passes;
    std::int64_t number = 0;
    for (size_t at = 0; at < rows.size(); ++number) {
        const size_t end = std::min(rows.size(), at + static_cast<size_t>(settings.rowsPerPass));
        if (number % settings.processes == settings.process)
            passes.push_back({number, {rows.begin() + static_cast<std::ptrdiff_t>(at),
                                       rows.begin() + static_cast<std::ptrdiff_t>(end)}});
        at = end;
    }
    return passes;
}

// Of passes without gradients: counts the rows of one that is done, and says whether the next is to come. Behind the last of `all`
// rows there is nothing to end.
inline bool goesOnAfter(const StepPass& pass, size_t& done, size_t all, const GoesOn& goesOn) {
    done += pass.rows.size();
    return !goesOn || goesOn(done) || done == all;
}

} // namespace cw
