// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Writes many texts side by side: carries proposals from their writers to the source of logits and logits back. A text that
// ends gives its slot to the next one at once. One thread.
#pragma once

#include "training/generate/logits_source.h"
#include "training/generate/text_writer.h"

#include <functional>
#include <memory>
#include <optional>

namespace cw {

struct DecodeJob {
    size_t id = 0;                      // the caller's
    TokenIds prompt;                    // not empty
    std::unique_ptr<TextWriter> writer; // not ended
};

// Where jobs come from and where texts go.
struct DecodeQueue {
    std::function<Result<std::optional<DecodeJob>>()> next; // nothing: there are no more
    std::function<Status(const DecodeJob& job)> done;       // its writer has ended
    std::function<bool()> shouldStop;                       // asked before every pass; empty: never
};

struct DecodeCounts {
    std::int64_t passes = 0;
    std::int64_t texts = 0;
    std::int64_t fedTokens = 0; // of answers, drafts included
    std::int64_t newTokens = 0; // of answers
};

class Decoder {
public:
    // The source must outlive the decoder.
    explicit Decoder(LogitsSource& source) : m_source(source) {}

    // Writes all texts of the queue, at most `slots` side by side. Gives false where it was stopped; texts that were under
    // way then are dropped.
    Result<bool> run(const DecodeQueue& queue, std::int64_t slots);

    const DecodeCounts& counts() const { return m_counts; }

private:
    struct Text; // one under way
    using Texts = std::vector<std::optional<Text>>; // by slot

    Status fillSlots(const DecodeQueue& queue, Texts& texts);
    Status pass(Texts& texts);
    Status handOver(const DecodeQueue& queue, Texts& texts);

    LogitsSource& m_source;
    DecodeCounts m_counts;
};

} // namespace cw
