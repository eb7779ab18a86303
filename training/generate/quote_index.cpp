// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "training/generate/quote_index.h"

#include "core/base/utf.h"
#include "core/extraction/canonical_json.h"
#include "training/generate/cell_pattern.h"

#include <algorithm>
#include <numeric>
#include <utility>

namespace cw {

namespace {

constexpr char kBreak = '\0';

// The escaped text, with a break for each character that can't be spelt. A space beside a break goes too: a quote could neither end
// with it nor go on behind it.
std::string escapedText(std::string_view text, const std::bitset<256>& spellable) {
    std::string escaped;
    for (size_t at = 0; at < text.size();) {
        const size_t begin = at;
        decodeCodePoint(text, at);
        const std::string_view character = text.substr(begin, at - begin);
        const bool isSpelt = !firstInvalidUtf8(character) && std::all_of(character.begin(), character.end(), [&](char byte) {
            return static_cast<unsigned char>(byte) >= 0x20 && spellable[static_cast<unsigned char>(byte)];
        });
        if (isSpelt) {
            escaped += jsonEscaped(character);
            continue;
        }
        if (!escaped.empty() && escaped.back() == ' ')
            escaped.pop_back();
        escaped += kBreak;
    }
    while (!escaped.empty() && escaped.back() == ' ')
        escaped.pop_back();
    return escaped;
}

// The eight bytes at `at` as a number that orders as they do; what lies behind the end counts as zero.
std::uint64_t eightBytes(std::string_view text, size_t at) {
    std::uint64_t key = 0;
    for (size_t i = at; i < at + 8; ++i)
        key = key << 8 | (i < text.size() ? static_cast<unsigned char>(text[i]) : 0u);
    return key;
}

// Positions of `text` in the order of their suffixes: prefix doubling from eight bytes on, of which only what is not yet told apart is
// sorted again (Larsson, Sadakane, "Faster suffix sorting", 1999). O(n log^2 n) for any text, the underscores of a signature page
// included.
class SuffixSorter {
public:
    explicit SuffixSorter(std::string_view text) : m_order(text.size()), m_rank(text.size()) {
        std::vector<std::uint64_t> keys(text.size());
        for (size_t i = 0; i < text.size(); ++i)
            keys[i] = eightBytes(text, i);
        std::iota(m_order.begin(), m_order.end(), 0);
        sortGroup({0, text.size()}, [&](std::uint32_t i) { return keys[i]; });
        for (size_t width = 8; !m_open.empty() && width < text.size(); width *= 2) {
            const std::vector<Group> groups = std::move(m_open);
            m_open.clear();
            for (const Group& group : groups)
                sortGroup(group, [&](std::uint32_t i) { return i + width < m_rank.size() ? m_rank[i + width] : 0u; });
        }
    }
    const std::vector<std::uint32_t>& order() const { return m_order; }

private:
    struct Group { // of m_order: equal as far as they were compared
        size_t begin, end;
    };

    // A rank is the place of its group's first suffix, from 1: finer groups keep the order of the coarser ones.
    template <typename KeyOf> void sortGroup(Group group, KeyOf keyOf) {
        using Key = decltype(keyOf(0));
        std::vector<std::pair<Key, std::uint32_t>> entries;
        for (size_t i = group.begin; i < group.end; ++i)
            entries.emplace_back(keyOf(m_order[i]), m_order[i]);
        std::sort(entries.begin(), entries.end());
        for (size_t begin = 0, end = 0; begin < entries.size(); begin = end) {
            while (end < entries.size() && entries[end].first == entries[begin].first)
                ++end;
            for (size_t i = begin; i < end; ++i) {
                m_order[group.begin + i] = entries[i].second;
                m_rank[entries[i].second] = static_cast<std::uint32_t>(group.begin + begin + 1);
            }
            if (end - begin > 1)
                m_open.push_back({group.begin + begin, group.begin + end});
        }
    }

    std::vector<std::uint32_t> m_order, m_rank;
    std::vector<Group> m_open;
};

// A quote may begin at a whole character that is no space: not within one, not behind the backslash of an escape.
std::vector<bool> quoteBegins(std::string_view text) {
    std::vector<bool> begins(text.size(), false);
    for (size_t at = 0; at < text.size(); ++at) {
        begins[at] = text[at] != ' ' && text[at] != kBreak && isCodePointBoundary(text, at);
        if (text[at] == '\\')
            ++at;
    }
    return begins;
}

std::uint8_t followingBytes(std::uint8_t lead) { return lead < 0xC0 ? 0 : lead < 0xE0 ? 1 : lead < 0xF0 ? 2 : 3; }

// The cursor behind one more byte, whether the text has it or not; false if the quote would be too long.
bool take(QuoteCursor& cursor, std::uint8_t byte) {
    QuoteCursor next = cursor;
    ++next.depth;
    if (next.afterBackslash) {
        next.afterBackslash = false;
    } else if (next.openBytes > 0) {
        --next.openBytes;
    } else {
        next.openBytes = followingBytes(byte);
        next.afterBackslash = byte == '\\';
        next.endsWithSpace = byte == ' ';
    }
    if (next.openBytes == 0 && !next.afterBackslash)
        ++next.codePoints;
    // A space must have room for a character behind it, and a character begun must have room for itself.
    const bool needsMore = next.endsWithSpace || next.openBytes > 0 || next.afterBackslash;
    if (next.codePoints + (needsMore ? 1u : 0u) > kMaxQuoteCodePoints)
        return false;
    cursor = next;
    return true;
}

} // namespace

QuoteIndex::QuoteIndex(std::string_view text, const std::bitset<256>& spellable) : m_text(escapedText(text, spellable)) { build(); }

QuoteIndex::QuoteIndex(const std::vector<std::string_view>& escapedParts) {
    for (const std::string_view part : escapedParts)
        (m_text += part) += kBreak;
    build();
}

void QuoteIndex::build() {
    const std::vector<bool> begins = quoteBegins(m_text);
    const SuffixSorter sorted(m_text);
    for (const std::uint32_t position : sorted.order())
        if (begins[position]) {
            m_suffixes.push_back(position);
            m_heads.push_back(eightBytes(m_text, position));
        }
    const size_t n = m_suffixes.size();
    m_tree.assign(2 * n, 0);
    std::copy(m_suffixes.begin(), m_suffixes.end(), m_tree.begin() + static_cast<std::ptrdiff_t>(n));
    for (size_t i = n; i-- > 1;)
        m_tree[i] = std::max(m_tree[2 * i], m_tree[2 * i + 1]);
    m_hasStart = n > 0;
    m_lastStart = n > 0 ? *std::max_element(m_suffixes.begin(), m_suffixes.end()) : 0;
}

QuoteCursor QuoteIndex::begin() const {
    QuoteCursor cursor;
    cursor.high = static_cast<std::uint32_t>(m_suffixes.size());
    return cursor;
}

int QuoteIndex::byteAt(std::uint32_t position) const {
    return position < m_text.size() ? static_cast<unsigned char>(m_text[position]) : -1;
}

// The byte at `depth` of the suffix with this number; a break, or less, where the text is parted or ends.
int QuoteIndex::byteOf(std::uint32_t suffix, std::uint32_t depth) const {
    return depth < 8 ? static_cast<int>(m_heads[suffix] >> (56 - 8 * depth) & 0xff) : byteAt(m_suffixes[suffix] + depth);
}

// The first suffix of the cursor's whose next byte is at least `byte`.
std::uint32_t QuoteIndex::bound(const QuoteCursor& cursor, int byte) const {
    std::uint32_t low = cursor.low, high = cursor.high;
    while (low < high) {
        const std::uint32_t middle = low + (high - low) / 2;
        if (byteOf(middle, cursor.depth) < byte)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

// The last place in the text among the cursor's suffixes, which must not be empty.
std::uint32_t QuoteIndex::lastPlace(const QuoteCursor& cursor) const {
    std::uint32_t last = 0;
    size_t low = cursor.low + m_suffixes.size(), high = cursor.high + m_suffixes.size();
    for (; low < high; low /= 2, high /= 2) {
        if (low % 2 == 1)
            last = std::max(last, m_tree[low++]);
        if (high % 2 == 1)
            last = std::max(last, m_tree[--high]);
    }
    return last;
}

bool QuoteIndex::step(QuoteCursor& cursor, std::uint8_t byte, std::uint32_t floor) const {
    QuoteCursor next = cursor;
    if (byte == kBreak || !take(next, byte))
        return false;
    if (cursor.high - cursor.low == 1) {
        if (byteOf(cursor.low, cursor.depth) != byte)
            return false;
    } else {
        next.low = bound(cursor, byte);
        next.high = bound(cursor, byte + 1);
    }
    if (next.low == next.high || (floor > 0 && lastPlace(next) < floor))
        return false;
    cursor = next;
    return true;
}

// Behind the suffixes from `low` on that have the same byte at `depth` as it. Most groups are short: steps that double, then a search.
std::uint32_t QuoteIndex::groupEnd(std::uint32_t low, std::uint32_t high, std::uint32_t depth) const {
    const int byte = byteOf(low, depth);
    const auto isIn = [&](std::uint32_t i) { return byteOf(i, depth) == byte; };
    std::uint32_t inside = low, step = 1;
    while (step < high - inside && isIn(inside + step)) {
        inside += step;
        step *= 2;
    }
    std::uint32_t outside = std::min(high, inside + step);
    while (outside - inside > 1) {
        const std::uint32_t middle = inside + (outside - inside) / 2;
        (isIn(middle) ? inside : outside) = middle;
    }
    return outside;
}

bool QuoteIndex::nextBranch(const QuoteCursor& cursor, std::uint32_t floor, Branch& branch) const {
    while (branch.end < cursor.high) {
        const std::uint32_t low = branch.end;
        const int byte = byteOf(low, cursor.depth);
        branch.end = groupEnd(low, cursor.high, cursor.depth);
        if (byte <= kBreak) // the text ends here, or is parted
            continue;
        branch.byte = static_cast<std::uint8_t>(byte);
        branch.cursor = cursor;
        branch.cursor.low = low;
        branch.cursor.high = branch.end;
        if (take(branch.cursor, branch.byte) && (floor == 0 || lastPlace(branch.cursor) >= floor))
            return true;
    }
    return false;
}

std::uint32_t QuoteIndex::bytesToClose(const QuoteCursor& cursor) const {
    if (cursor.canClose())
        return 0;
    // Along the last place: it is at or behind any floor that the cursor was stepped with, and stays the last one on its own path.
    const std::uint32_t place = lastPlace(cursor);
    QuoteCursor ahead = cursor;
    while (!ahead.canClose())
        take(ahead, static_cast<std::uint8_t>(m_text[place + ahead.depth]));
    return ahead.depth - cursor.depth;
}

std::uint32_t QuoteIndex::firstPlace(const QuoteCursor& cursor, std::uint32_t floor) const {
    std::uint32_t first = UINT32_MAX;
    for (std::uint32_t i = cursor.low; i < cursor.high; ++i)
        if (m_suffixes[i] >= floor)
            first = std::min(first, m_suffixes[i]);
    return first;
}

std::uint32_t QuoteIndex::firstEnd(const QuoteCursor& cursor, std::uint32_t floor) const { return firstPlace(cursor, floor) + cursor.depth; }

std::string_view QuoteIndex::ahead(const QuoteCursor& cursor, std::uint32_t floor, size_t most) const {
    constexpr std::uint32_t kMostPlaces = 64;
    if (cursor.high - cursor.low > kMostPlaces)
        return {};
    const std::string_view behind = std::string_view(m_text).substr(firstPlace(cursor, floor) + cursor.depth, most);
    return behind.substr(0, behind.find(kBreak));
}

std::string_view QuoteIndex::slice(const QuoteCursor& cursor) const {
    return std::string_view(m_text).substr(m_suffixes[cursor.low], cursor.depth);
}

} // namespace cw
