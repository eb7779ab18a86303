// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "core/text/search_words.h"

#include "core/base/utf.h"
#include "core/text/unicode.h"

#include <limits>

namespace cw {

namespace {

bool isAsciiWordByte(unsigned char byte) {
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || (byte >= '0' && byte <= '9');
}

bool beginsWord(char32_t codePoint) {
    const CharacterClass kind = characterClass(codePoint);
    return kind == CharacterClass::Letter || kind == CharacterClass::Number;
}

// Moves `at` behind the code point there; true if it belongs to a word, of which one has begun or not.
bool step(std::string_view text, size_t& at, bool within) {
    const auto byte = static_cast<unsigned char>(text[at]);
    if (byte < 0x80) {
        ++at;
        return isAsciiWordByte(byte);
    }
    const char32_t codePoint = decodeCodePoint(text, at);
    return beginsWord(codePoint) || (within && continuesWord(codePoint));
}

} // namespace

std::vector<SearchWord> searchWordsFrom(std::string_view text, size_t begin, size_t most) {
    std::vector<SearchWord> words;
    for (size_t at = begin; at < text.size() && words.size() < most;) {
        const size_t from = at;
        if (!step(text, at, false))
            continue;
        size_t end = at;
        while (at < text.size() && step(text, at, true))
            end = at;
        std::string form = searchForm(text.substr(from, end - from));
        if (!form.empty())
            words.push_back({{from, end}, std::move(form)});
    }
    return words;
}

std::vector<SearchWord> searchWords(std::string_view text, size_t from) {
    std::vector<SearchWord> words = searchWordsFrom(text, 0, std::numeric_limits<size_t>::max());
    for (SearchWord& word : words)
        word.place = {word.place.begin + from, word.place.end + from};
    return words;
}

} // namespace cw
