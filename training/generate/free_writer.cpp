// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "training/generate/free_writer.h"

#include <algorithm>
#include <cassert>
#include <utility>

namespace cw {

namespace {

// Shorter runs come again by chance; longer ones tell no more.
constexpr size_t kLeastRun = 2, kLongestRun = 8;

} // namespace

FreeWriter::FreeWriter(FreeSettings settings, TokenIds prompt)
    : m_settings(std::move(settings)), m_rng(m_settings.sampling.seed, "free"), m_context(std::move(prompt)) {
    assert(m_settings.maxNewTokens > 0 && m_settings.vocabSize > 0);
    propose();
}

Status FreeWriter::take(std::span<const float* const> rows) {
    assert(!isEnded() && rows.size() == m_proposal.draft.size() + 1);
    const TokenIds draft = std::move(m_proposal.draft);
    for (size_t i = 0; i < rows.size(); ++i) {
        const std::span logits(rows[i], static_cast<size_t>(m_settings.vocabSize));
        CW_TRY(checkFinite(logits));
        const double draw = m_settings.sampling.temperature > 0 ? m_rng.uniform() : 0;
        const std::int64_t token = chooseToken(logits, nullptr, m_settings.sampling, draw);
        ++m_newTokens;
        m_hasStopped = std::find(m_settings.stops.begin(), m_settings.stops.end(), token) != m_settings.stops.end();
        if (m_hasStopped)
            break;
        m_tokens.push_back(token);
        m_context.push_back(token);
        if (isEnded() || i == draft.size() || draft[i] != token)
            break;
    }
    propose();
    return {};
}

void FreeWriter::propose() {
    m_proposal = {};
    if (isEnded())
        return;
    if (!m_tokens.empty()) {
        m_proposal.keep = m_tokens.size() - 1; // of a draft all that agreed was fed
        m_proposal.certain = {m_tokens.back()};
    }
    const auto left = static_cast<size_t>(m_settings.maxNewTokens - m_newTokens) - 1; // the last token needs no draft behind it
    if (m_settings.draftTokens > 0)
        m_proposal.draft = repetitionOf(m_context, kLeastRun, kLongestRun, std::min(m_settings.draftTokens, left));
}

TokenIds repetitionOf(const TokenIds& text, size_t least, size_t longest, size_t most) {
    size_t best = 0, behind = 0;
    for (size_t end = text.size(); end-- > 1;) { // the latest place first: at a tie it stands
        size_t run = 0;
        while (run < std::min(longest, end) && text[end - 1 - run] == text[text.size() - 1 - run])
            ++run;
        if (run > best) {
            best = run;
            behind = end;
        }
        if (best == longest)
            break;
    }
    if (best < least)
        return {};
    const size_t count = std::min(most, text.size() - behind);
    return {text.begin() + static_cast<std::ptrdiff_t>(behind), text.begin() + static_cast<std::ptrdiff_t>(behind + count)};
}

} // namespace cw
