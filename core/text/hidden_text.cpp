// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "core/text/hidden_text.h"

#include "core/base/utf.h"

#include <algorithm>
#include <array>
#include <tuple>

namespace cw {

namespace {

constexpr size_t kMostSpelt = 400; // characters of a mark's detail

struct Named {
    char32_t first, last;
    std::string_view name;
};

// The default-ignorable code points of Unicode that have no ink, without the soft hyphen and those that are not assigned.
// clang-format off
constexpr std::array<Named, 37> kInvisible = {{
    {0x034F, 0x034F, "combining grapheme joiner"}, {0x061C, 0x061C, "Arabic letter mark"},
    {0x115F, 0x1160, "Hangul filler"}, {0x17B4, 0x17B5, "Khmer inherent vowel"},
    {0x180B, 0x180D, "Mongolian selector"}, {0x180E, 0x180E, "Mongolian vowel separator"}, {0x180F, 0x180F, "Mongolian selector"},
    {0x200B, 0x200B, "zero-width space"}, {0x200C, 0x200C, "zero-width non-joiner"}, {0x200D, 0x200D, "zero-width joiner"},
    {0x200E, 0x200E, "left-to-right mark"}, {0x200F, 0x200F, "right-to-left mark"},
    {0x202A, 0x202A, "left-to-right embedding"}, {0x202B, 0x202B, "right-to-left embedding"},
    {0x202C, 0x202C, "end of directional embedding"},
    {0x202D, 0x202D, "left-to-right override"}, {0x202E, 0x202E, "right-to-left override"},
    {0x2060, 0x2060, "word joiner"}, {0x2061, 0x2064, "invisible operator"},
    {0x2066, 0x2066, "left-to-right isolate"}, {0x2067, 0x2067, "right-to-left isolate"},
    {0x2068, 0x2068, "first-strong isolate"}, {0x2069, 0x2069, "end of directional isolate"},
    {0x206A, 0x206F, "deprecated format character"},
    {0x3164, 0x3164, "Hangul filler"}, {0xFE00, 0xFE0F, "variation selector"}, {0xFEFF, 0xFEFF, "zero-width no-break space"},
    {0xFFA0, 0xFFA0, "Hangul filler"}, {0xFFF9, 0xFFFB, "annotation character"},
    {0x13430, 0x1343F, "hieroglyph format control"}, {0x1BCA0, 0x1BCA3, "shorthand format control"},
    {0x1D159, 0x1D159, "musical null note"}, {0x1D173, 0x1D17A, "musical format control"},
    {0xE0001, 0xE0001, "language tag"}, {0xE0020, 0xE007E, "tag character"}, {0xE007F, 0xE007F, "end of tags"},
    {0xE0100, 0xE01EF, "variation selector"}}};
// clang-format on

bool isTagLetter(char32_t codePoint) { return codePoint >= 0xE0020 && codePoint <= 0xE007E; }
bool isSelector(char32_t c) { return (c >= 0xFE00 && c <= 0xFE0F) || (c >= 0xE0100 && c <= 0xE01EF); }
bool isJoiner(char32_t c) { return c == 0x200C || c == 0x200D; }

// Arabic to Tibetan and South-East Asian letters, whose shapes the joiners steer; pictographs, which they bind together.
bool takesJoiner(char32_t before) {
    return (before >= 0x0600 && before <= 0x109F) || (before >= 0x1780 && before <= 0x18AF) || (before >= 0x2600 && before <= 0x27BF) ||
           before >= 0x1F000;
}

// Symbols, ideographs and pictographs have several looks, which one selector chooses; so have the keycaps' digits.
bool takesSelector(char32_t before) {
    return before >= 0x2000 || (before >= '0' && before <= '9') || before == '#' || before == '*' || before == 0xA9 || before == 0xAE;
}

bool isInPlace(char32_t codePoint, char32_t before) {
    if (isTagLetter(before) || isSelector(before))
        return isJoiner(codePoint) && before == 0xFE0F;
    return (isJoiner(codePoint) && takesJoiner(before)) || (isSelector(codePoint) && takesSelector(before));
}

// A run's names, each once, and what its tags spell.
class Run {
public:
    void add(char32_t codePoint) {
        if (isTagLetter(codePoint) && m_spelt.size() < kMostSpelt)
            m_spelt += static_cast<char>(codePoint - 0xE0000);
        const std::string_view name = invisibleName(codePoint);
        if (std::find(m_names.begin(), m_names.end(), name) == m_names.end())
            m_names.push_back(name);
    }
    std::string detail() const {
        std::string out;
        for (const std::string_view name : m_names)
            out.append(out.empty() ? "" : ", ").append(name);
        return m_spelt.empty() ? out : out + ": \"" + m_spelt + '"';
    }

private:
    std::vector<std::string_view> m_names;
    std::string m_spelt;
};

} // namespace

std::string_view invisibleName(char32_t codePoint) {
    const auto found = std::lower_bound(kInvisible.begin(), kInvisible.end(), codePoint,
                                        [](const Named& named, char32_t c) { return named.last < c; });
    return found != kInvisible.end() && found->first <= codePoint ? found->name : std::string_view();
}

std::vector<TextMark> findInvisible(std::string_view text) {
    std::vector<TextMark> marks;
    Run run;
    char32_t before = 0;
    for (size_t at = 0; at < text.size();) {
        const size_t begin = at;
        const char32_t codePoint = decodeCodePoint(text, at);
        const bool hidden = !invisibleName(codePoint).empty() && !isInPlace(codePoint, before);
        before = codePoint;
        if (!hidden)
            continue;
        if (marks.empty() || marks.back().range.end != begin) {
            run = {};
            marks.push_back({TextMarkKind::Invisible, {begin, at}, {}, 1});
        }
        run.add(codePoint);
        marks.back().range.end = at;
        marks.back().detail = run.detail();
    }
    return marks;
}

void sortMarks(std::vector<TextMark>& marks) {
    std::stable_sort(marks.begin(), marks.end(), [](const TextMark& a, const TextMark& b) {
        return std::tie(a.range.begin, a.range.end) < std::tie(b.range.begin, b.range.end);
    });
}

} // namespace cw
