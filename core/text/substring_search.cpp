// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "core/text/substring_search.h"

#include <algorithm>

namespace cw {

// Of the trigram that ends at `last`.
size_t SubstringSearch::bucketOf(std::string_view text, size_t last) {
    const auto byte = [&](size_t back) -> size_t { return static_cast<unsigned char>(text[last - back]); };
    return (byte(2) << 8 ^ byte(1) << 4 ^ byte(0)) % kBuckets;
}

SubstringSearch::SubstringSearch(std::string_view needle) : m_needle(needle), m_head(std::min(needle.size(), kLongestHead)) {
    if (m_head < kGram)
        return;
    m_steps.fill(static_cast<std::uint8_t>(m_head + 1 - kGram));
    for (size_t last = kGram - 1; last < m_head; ++last) {
        std::uint8_t& step = m_steps[bucketOf(needle, last)];
        m_nextStep = step; // in the end: as the table was without the head's last trigram
        step = static_cast<std::uint8_t>(m_head - 1 - last);
    }
}

size_t SubstringSearch::find(std::string_view text, size_t from) const {
    if (m_head < kGram)
        return m_needle.empty() ? text.npos : text.find(m_needle, from);
    for (size_t last = from + m_head - 1; last < text.size();) {
        const size_t step = m_steps[bucketOf(text, last)];
        if (step == 0 && text.compare(last + 1 - m_head, m_needle.size(), m_needle) == 0)
            return last + 1 - m_head;
        last += step == 0 ? m_nextStep : step;
    }
    return text.npos;
}

} // namespace cw
