// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Writes a text freely, until a stop token or its limit. What it may repeat of the prompt and of itself can be proposed beforehand: Saxena,
// "Prompt lookup decoding", 2023. One thread.
#pragma once

#include "training/generate/sampling.h"
#include "training/generate/text_writer.h"

#include "core/base/rng.h"

namespace cw {

struct FreeSettings {
    std::int64_t vocabSize = 0;    // the tokenizer's: higher ids are padding
    std::int64_t maxNewTokens = 1; // the stop token included; 1 at least
    TokenIds stops = {};
    SamplingSettings sampling = {};
    size_t draftTokens = 0; // the most of a proposal; 0: none
};

class FreeWriter final : public TextWriter {
public:
    // `prompt` is looked through for drafts alone.
    explicit FreeWriter(FreeSettings settings, TokenIds prompt = {});

    const Proposal& proposal() const override { return m_proposal; }
    Status take(std::span<const float* const> rows) override;
    bool isEnded() const override { return m_hasStopped || m_newTokens >= m_settings.maxNewTokens; }
    const TokenIds& tokens() const override { return m_tokens; }
    std::int64_t newTokens() const override { return m_newTokens; }
    bool isComplete() const override { return m_hasStopped; }

private:
    void propose();

    FreeSettings m_settings;
    Rng m_rng;
    TokenIds m_context; // prompt and text
    TokenIds m_tokens;
    std::int64_t m_newTokens = 0;
    bool m_hasStopped = false;
    Proposal m_proposal;
};

// What came behind the latest place in `text` that is most like its end: the tokens behind the longest run (of `least` to `longest`
// tokens) that ends the text and stands in it before. `most` tokens at most.
TokenIds repetitionOf(const TokenIds& text, size_t least, size_t longest, size_t most);

} // namespace cw
