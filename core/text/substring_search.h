// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Finds a quote in long texts, byte by byte. Any thread.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace cw {

// R. N. Horspool, "Practical fast searching in strings", 1980, with three bytes where he has one: few trigrams of a text stand in a given
// sentence, so that most steps are as long as the sentence.
class SubstringSearch {
public:
    explicit SubstringSearch(std::string_view needle); // must outlive the object
    size_t size() const { return m_needle.size(); }
    // Where the needle stands first in `text` at `from` or behind it; npos: nowhere, which an empty one always is.
    size_t find(std::string_view text, size_t from = 0) const;

private:
    static constexpr size_t kGram = 3;
    static constexpr size_t kBuckets = 4096;
    static constexpr size_t kLongestHead = 255; // steps fit in a byte
    static size_t bucketOf(std::string_view text, size_t last);

    std::string_view m_needle;
    size_t m_head;                                 // the bytes at its begin that the table knows
    size_t m_nextStep = 0;                         // from where the head's last trigram stands to where it may stand next
    std::array<std::uint8_t, kBuckets> m_steps{}; // from a trigram's last place in the head to the head's end; collisions make it shorter
};

} // namespace cw
