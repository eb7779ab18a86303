// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "training/generate/replay_source.h"

#include <algorithm>

namespace cw {

namespace {

// Enough for any token to be spelt as within the whole text.
constexpr size_t kLookAhead = 256;

Error leftTheText(size_t at, std::string_view wanted, std::string_view written) {
    return {ErrorCode::Failed,
            "The replayed text was left at byte " + std::to_string(at) + ": \"" + std::string(written) + "\" instead of \"" +
                std::string(wanted.substr(0, 40)) + "\".",
            "Replay texts that the request's grammar accepts."};
}

} // namespace

Status ReplaySource::begin(std::int64_t slot, size_t job, const TokenIds& prompt) {
    if (job >= m_texts.size())
        return Error{ErrorCode::BadInput, "There is no text " + std::to_string(job) + " to replay.", "Give a text for every job."};
    Slot& entry = m_slots[slot];
    entry = {m_texts[job].promptTokens, {}, {}, prompt};
    for (const std::int64_t token : m_tokenizer.encode(m_texts[job].text)) {
        entry.tokenAt.emplace(entry.bytes.size(), token);
        entry.bytes += m_tokenizer.tokenBytes(token);
    }
    return {};
}

Result<const float*> ReplaySource::score(std::span<const PassRow> rows) {
    ++m_passes;
    for (const size_t place : m_preferred)
        m_rows[place] = 0;
    m_preferred.clear();
    const auto width = static_cast<size_t>(rowWidth());
    size_t row = 0;
    for (const PassRow& pass : rows) {
        Slot& slot = m_slots.at(pass.slot);
        slot.read.resize(static_cast<size_t>(pass.keep));
        slot.read.insert(slot.read.end(), pass.tokens.begin(), pass.tokens.end());
        m_tokensRead += static_cast<std::int64_t>(pass.tokens.size());
        for (std::int64_t draft = 0; draft < pass.scored; ++draft, ++row) {
            CW_TRY_ASSIGN(token, next(slot, slot.read.size() - static_cast<size_t>(pass.scored - 1 - draft), draft > 0));
            if (m_rows.size() < (row + 1) * width)
                m_rows.resize((row + 1) * width);
            if (!token)
                continue;
            m_preferred.push_back(row * width + static_cast<size_t>(*token));
            m_rows[m_preferred.back()] = kPreference;
        }
    }
    return m_rows.data();
}

// The token behind the first `tokens` ones that the slot has read; nothing where a draft has left the text.
Result<std::optional<std::int64_t>> ReplaySource::next(const Slot& slot, size_t tokens, bool isDraft) const {
    size_t at = 0;
    for (auto i = static_cast<size_t>(slot.promptTokens); i < tokens; ++i) {
        const std::string_view bytes = m_tokenizer.tokenBytes(slot.read[i]);
        if (!bytes.empty() && std::string_view(slot.bytes).substr(at).starts_with(bytes)) {
            at += bytes.size();
            continue;
        }
        if (isDraft)
            return std::optional<std::int64_t>();
        return leftTheText(at, std::string_view(slot.bytes).substr(at), bytes);
    }
    return std::optional(at == slot.bytes.size() ? m_endId : tokenBehind(slot, at));
}

// As the whole text is spelt, where a token of it begins there; else as its rest is.
std::int64_t ReplaySource::tokenBehind(const Slot& slot, size_t at) const {
    if (const auto found = slot.tokenAt.find(at); found != slot.tokenAt.end())
        return found->second;
    // A line break comes first, which merges with nothing that answers hold; what the tokenizer puts in front of a text goes to it.
    const std::string_view rest = std::string_view(slot.bytes).substr(at, kLookAhead);
    size_t skipped = m_tokenizer.textPrefix().size() + 1;
    for (const std::int64_t token : m_tokenizer.encode("\n" + std::string(rest))) {
        const size_t bytes = m_tokenizer.tokenBytes(token).size();
        if (skipped == 0 && rest.starts_with(m_tokenizer.tokenBytes(token)))
            return token;
        skipped -= std::min(skipped, bytes);
    }
    // Within a character that is spelt byte by byte there is no text to encode.
    std::int64_t token = 0;
    while (token < m_tokenizer.vocabSize() && m_tokenizer.tokenBytes(token) != rest.substr(0, 1))
        ++token;
    return token;
}

} // namespace cw
