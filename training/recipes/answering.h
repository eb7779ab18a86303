// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Answers prompts with a run's model, free or held to the grammar, several side by side. One thread.
#pragma once

#include "core/eval/calibration.h"
#include "training/generate/decoder.h"
#include "training/generate/serving_model.h"
#include "training/recipes/prompt_rows.h"

#include <functional>

namespace cw {

struct AnsweringCounts {
    std::int64_t newTokens = 0;
    std::int64_t passes = 0;       // of the model
    std::int64_t promptTokens = 0; // read
    std::int64_t sharedTokens = 0; // of prompts, that were read for another prompt already
    std::int64_t constrained = 0;  // answers under the grammar
    double interference = 0;       // the sum of their mean probability that the grammar took away at a decision
};

// Bytes that tensors on a device may take, as memoryForTensors() counts them.
using MemoryOf = std::function<std::int64_t(at::Device device)>;

class Answering {
public:
    // Takes an answer as it ends, with its time.
    using Sink = std::function<Status(OutputRow row)>;

    // The references must outlive it. `calibration`: what a margin gets before it decides, by clause.
    Answering(const Run& run, const LoadedModel& loaded, GrammarCache& grammars, Calibration calibration, MemoryOf memory);

    // What the answers that are written at a time may take beside the model.
    std::int64_t freeBytes() const;
    // Why `room` bytes are too few for a prompt and its answer, or an empty text.
    std::string memoryFaultOf(const PromptRow& prompt, std::int64_t room) const;

    // Answers all prompts, one at least; false if it was stopped. One that has nothing to quote is left out and reported. Fails as
    // checkFinite() does.
    Result<bool> answer(const std::vector<PromptRow>& prompts, bool constrained, const Sink& sink);

    const AnsweringCounts& counts() const { return m_counts; }

private:
    std::int64_t capacityFor(size_t promptTokens) const;
    std::int64_t bytesFor(std::int64_t capacity) const;
    Result<std::int64_t> slotsFor(std::int64_t capacity, std::int64_t prompts) const;
    Status leaveOut(const RowMeta& meta, const Error& error) const;
    Result<DecodeJob> job(const PromptRow& prompt, size_t id, bool constrained);
    OutputRow outputOf(const PromptRow& prompt, const TextWriter& text, bool constrained);
    TokenIds stops() const;
    std::int64_t budget() const { return m_run.spec.maxNewTokens; }

    const Run& m_run;
    const LoadedModel& m_loaded;
    GrammarCache& m_grammars;
    Calibration m_calibration;
    MemoryOf m_memory;
    ServingModel m_model;
    AnsweringCounts m_counts;
};

} // namespace cw
