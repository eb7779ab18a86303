// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// A logits source without a model: it prefers the tokens of known texts, so that all that is around a model can be run and measured
// anywhere. One thread.
#pragma once

#include "training/generate/logits_source.h"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace cw {

// What is to be written behind one prompt.
struct ReplayText {
    std::string text;
    std::int64_t promptTokens = 0; // of the whole prompt: the text begins behind them
};

class ReplaySource final : public LogitsSource {
public:
    // By how many nats the right token is likelier than any other; those are as likely as each other.
    static constexpr float kPreference = 20;

    // `texts`: by job. `endId` comes behind a text's end. The tokenizer must outlive the source.
    ReplaySource(const Tokenizer& tokenizer, std::vector<ReplayText> texts, std::int64_t endId)
        : m_tokenizer(tokenizer), m_texts(std::move(texts)), m_endId(endId) {}

    std::int64_t rowWidth() const override { return m_tokenizer.vocabSize(); }
    Status begin(std::int64_t slot, size_t job, const TokenIds& prompt) override;
    // The error (Failed) says where a text whose tokens are certain has left what was to be written. Behind a wrong draft all tokens are
    // as likely as each other.
    Result<const float*> score(std::span<const PassRow> rows) override;
    void release(std::int64_t slot) override { m_slots.erase(slot); }

    std::int64_t passes() const { return m_passes; }
    std::int64_t tokensRead() const { return m_tokensRead; } // behind the prompts, those that were taken back included

private:
    struct Slot {
        std::int64_t promptTokens = 0;
        std::string bytes; // the whole text as tokens spell it
        std::map<size_t, std::int64_t> tokenAt; // the tokenizer's spelling: by the byte at which a token begins
        TokenIds read;                          // prompt and text
    };
    Result<std::optional<std::int64_t>> next(const Slot& slot, size_t tokens, bool isDraft) const;
    std::int64_t tokenBehind(const Slot& slot, size_t at) const;

    const Tokenizer& m_tokenizer;
    std::vector<ReplayText> m_texts;
    std::int64_t m_endId;
    std::map<std::int64_t, Slot> m_slots;
    std::vector<float> m_rows; // zero but for m_preferred
    std::vector<size_t> m_preferred;
    std::int64_t m_passes = 0;
    std::int64_t m_tokensRead = 0;
};

} // namespace cw
