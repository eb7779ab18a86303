// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "core/dataset/label_places.h"

#include "core/base/utf.h"

#include <algorithm>
#include <cmath>

namespace cw {

namespace {

constexpr size_t kShortestAnchor = 12;    // loose bytes: shorter quotes occur once by chance
constexpr size_t kShortestPiece = 12;     // of a quote in pieces
constexpr size_t kLongestFurniture = 400; // loose bytes between two pieces: a page's foot and the next one's head

bool isDropped(char32_t c) {
    const bool isHyphen = c == U'-' || c == 0xAD || (c >= 0x2010 && c <= 0x2015) || c == 0x2212 || c == 0xFFFE;
    const bool isBullet = c == 0xB7 || c == 0x2022 || c == 0x25CF || c == 0xF0B7;
    return c <= 0x20 || (c >= 0x7F && c <= 0xA0) || (c >= 0x2000 && c <= 0x200F) || (c >= 0x2028 && c <= 0x202F) ||
           c == 0x3000 || c == 0xFEFF || isHyphen || isBullet;
}

// A character in loose form: nothing, itself, or the letters of a ligature.
void appendLoose(std::string& out, char32_t c) {
    static constexpr std::string_view kLigatures[] = {"ff", "fi", "fl", "ffi", "ffl"}; // from U+FB00
    if (isDropped(c))
        return;
    if (c == 0x2018 || c == 0x2019 || c == 0x60 || c == 0xB4)
        out += '\'';
    else if (c == 0x201C || c == 0x201D)
        out += '"';
    else if (c == 0x37E) // the Greek question mark, by which some PDFs write a semicolon
        out += ';';
    else if (c >= 0xFB00 && c <= 0xFB04)
        out += kLigatures[c - 0xFB00];
    else
        appendCodePoint(out, c);
}

std::string loose(std::string_view text) {
    std::string out;
    for (size_t i = 0; i < text.size();)
        appendLoose(out, decodeCodePoint(text, i));
    return out;
}

} // namespace

LabelPlaces::LabelPlaces(std::string_view text, const LabelledContract& labels) {
    for (size_t i = 0; i < text.size();) {
        const size_t begin = i;
        appendLoose(m_loose, decodeCodePoint(text, i));
        m_begin.resize(m_loose.size(), begin);
        m_end.resize(m_loose.size(), i);
    }
    for (const LabelClause& clause : labels.clauses)
        for (const LabelSpan& span : clause.spans)
            if (const auto places = occurrences(span.text);
                places.size() == 1 && loose(span.text).size() >= kShortestAnchor)
                m_anchors.push_back({span.range.begin, places[0].begin});
    keepAnchorsInOrder();
}

std::vector<ByteRange> LabelPlaces::occurrences(std::string_view quote) const {
    const std::string wanted = loose(quote);
    std::vector<ByteRange> out;
    if (wanted.empty())
        return out;
    for (size_t at = m_loose.find(wanted); at != std::string::npos; at = m_loose.find(wanted, at + 1))
        out.push_back(toText(at, wanted.size()));
    return out;
}

ByteRange LabelPlaces::toText(size_t begin, size_t size) const {
    return {m_begin[begin], m_end[begin + size - 1]};
}

// The longest run of anchors that stand in the same order in both texts: a quote that was labelled elsewhere than it is
// found here drops out. Longest increasing subsequence, in its plain quadratic form.
void LabelPlaces::keepAnchorsInOrder() {
    std::sort(m_anchors.begin(), m_anchors.end(), [](const Anchor& a, const Anchor& b) { return a.label < b.label; });
    std::vector<size_t> length(m_anchors.size(), 1), before(m_anchors.size());
    size_t last = 0;
    for (size_t i = 0; i < m_anchors.size(); ++i) {
        before[i] = i;
        for (size_t j = 0; j < i; ++j)
            if (m_anchors[j].label < m_anchors[i].label && m_anchors[j].here < m_anchors[i].here &&
                length[j] >= length[i])
                length[i] = length[j] + 1, before[i] = j;
        last = length[i] > length[last] ? i : last;
    }
    std::vector<Anchor> kept;
    for (size_t i = last; !m_anchors.empty(); i = before[i]) {
        kept.push_back(m_anchors[i]);
        if (before[i] == i)
            break;
    }
    m_anchors.assign(kept.rbegin(), kept.rend());
}

// Where a position of the labels' text lies here: between its two neighbours, or beside the only one.
std::optional<double> LabelPlaces::expected(size_t label) const {
    if (m_anchors.empty())
        return std::nullopt;
    const auto next = std::lower_bound(m_anchors.begin(), m_anchors.end(), label,
                                       [](const Anchor& a, size_t at) { return a.label < at; });
    const auto offset = static_cast<double>(label);
    if (next == m_anchors.end() || next == m_anchors.begin()) {
        const Anchor& only = next == m_anchors.end() ? m_anchors.back() : *next;
        return static_cast<double>(only.here) + offset - static_cast<double>(only.label);
    }
    const Anchor& previous = *std::prev(next);
    const double share =
        (offset - static_cast<double>(previous.label)) / static_cast<double>(next->label - previous.label);
    return static_cast<double>(previous.here) + share * static_cast<double>(next->here - previous.here);
}

std::optional<ByteRange> LabelPlaces::nearest(const LabelSpan& span, std::vector<ByteRange> places) const {
    const auto target = expected(span.range.begin);
    if (!target)
        return std::nullopt;
    const auto distance = [&](const ByteRange& place) { return std::abs(static_cast<double>(place.begin) - *target); };
    std::sort(places.begin(), places.end(),
              [&](const ByteRange& a, const ByteRange& b) { return distance(a) < distance(b); });
    constexpr double kFar = 1000, kMargin = 4,
                     kApart = 40; // bytes; the next one must be four times as far, and 40 bytes more
    if (distance(places[0]) > kFar || distance(places[1]) < kMargin * distance(places[0]) + kApart)
        return std::nullopt;
    return places[0];
}

// The pieces of a quote that begins at `at`: each as long as it goes, the rest behind furniture. Empty: it doesn't go
// on.
std::vector<ByteRange> LabelPlaces::piecesFrom(std::string_view rest, size_t at) const {
    std::vector<ByteRange> out;
    while (!rest.empty()) {
        const auto [here, there] =
            std::mismatch(rest.begin(), rest.end(), m_loose.begin() + static_cast<std::ptrdiff_t>(at), m_loose.end());
        const auto size = static_cast<size_t>(here - rest.begin());
        if (size < std::min(kShortestPiece, rest.size()))
            return {};
        out.push_back(toText(at, size));
        rest.remove_prefix(size);
        const auto next = m_loose.find(rest.substr(0, kShortestPiece), at + size);
        if (!rest.empty() && (next == std::string::npos || next > at + size + kLongestFurniture))
            return {};
        at = next;
    }
    return out;
}

std::vector<ByteRange> LabelPlaces::pieces(std::string_view quote) const {
    const std::string wanted = loose(quote);
    std::vector<ByteRange> only;
    if (wanted.size() < 2 * kShortestPiece)
        return only;
    const std::string start = wanted.substr(0, kShortestPiece);
    for (size_t at = m_loose.find(start); at != std::string::npos; at = m_loose.find(start, at + 1)) {
        auto found = piecesFrom(wanted, at);
        if (!found.empty() && !only.empty())
            return {};
        only = found.empty() ? only : std::move(found);
    }
    return only;
}

std::vector<ByteRange> LabelPlaces::find(const LabelSpan& span) const {
    const auto places = occurrences(span.text);
    if (places.empty())
        return pieces(span.text);
    if (places.size() == 1 || places.size() == span.occurrences)
        return {places[0]};
    const auto place = nearest(span, places);
    return place ? std::vector<ByteRange>{*place} : std::vector<ByteRange>();
}

} // namespace cw
