// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "training/tokenizer/pre_tokenizer.h"

#include "core/base/utf.h"
#include "core/text/unicode.h"

#include <algorithm>

namespace cw {

namespace {

struct Character {
    char32_t codePoint;
    CharacterClass kind;
    size_t end; // byte offset behind it
};

// A text as characters with their classes, and the matchers that both styles share. A matcher takes an index and gives the index behind
// its match, or the same index for none.
class Scanner {
public:
    explicit Scanner(std::string_view text) {
        m_characters.reserve(text.size());
        for (size_t at = 0; at < text.size();) {
            const char32_t codePoint = decodeCodePoint(text, at);
            m_characters.push_back({codePoint, characterClass(codePoint), at});
        }
    }

    size_t size() const { return m_characters.size(); }
    size_t byteEnd(size_t index) const { return index == 0 ? 0 : m_characters[index - 1].end; }
    bool is(size_t at, CharacterClass kind) const { return at < size() && m_characters[at].kind == kind; }
    bool isChar(size_t at, char32_t c) const { return at < size() && m_characters[at].codePoint == c; }
    bool isNewline(size_t at) const { return isChar(at, '\r') || isChar(at, '\n'); }

    size_t run(size_t at, CharacterClass kind, size_t limit = SIZE_MAX) const {
        const size_t begin = at;
        while (at - begin < limit && is(at, kind))
            ++at;
        return at;
    }
    // " ?X+"
    size_t spacedRun(size_t at, CharacterClass kind) const {
        const size_t from = isChar(at, ' ') ? at + 1 : at;
        const size_t end = run(from, kind);
        return end == from ? at : end;
    }
    // "\s+(?!\S)|\s+": a run leaves its last character to a word behind it, if it has another one.
    size_t spaces(size_t at) const {
        const size_t end = run(at, CharacterClass::Space);
        return end < size() && end - at > 1 ? end - 1 : end;
    }
    // "'s|'t|'re|'ve|'m|'ll|'d"
    size_t contraction(size_t at, bool anyCase) const {
        if (!isChar(at, '\''))
            return at;
        const auto is = [&](size_t i, char32_t letter) { return i < size() && folded(i, anyCase) == letter; };
        for (const char32_t letter : {U's', U't', U'm', U'd'})
            if (is(at + 1, letter))
                return at + 2;
        const bool two = (is(at + 1, 'r') && is(at + 2, 'e')) || (is(at + 1, 'v') && is(at + 2, 'e')) ||
                         (is(at + 1, 'l') && is(at + 2, 'l'));
        return two ? at + 3 : at;
    }

private:
    char32_t folded(size_t at, bool anyCase) const {
        const char32_t c = m_characters[at].codePoint;
        if (!anyCase)
            return c;
        return c >= 'A' && c <= 'Z' ? c + 32 : c == U'\u017F' ? U's' : c; // the long s folds to s
    }

    std::vector<Character> m_characters;
};

size_t nextGpt2(const Scanner& text, size_t at) {
    if (const size_t end = text.contraction(at, false); end != at)
        return end;
    for (const CharacterClass kind : {CharacterClass::Letter, CharacterClass::Number, CharacterClass::Other})
        if (const size_t end = text.spacedRun(at, kind); end != at)
            return end;
    return text.spaces(at);
}

// "[^\r\n\p{L}\p{N}]?\p{L}+"
size_t ledLetters(const Scanner& text, size_t at) {
    const bool leads = !text.isNewline(at) && !text.is(at, CharacterClass::Letter) && !text.is(at, CharacterClass::Number);
    const size_t from = leads ? at + 1 : at;
    const size_t end = text.run(from, CharacterClass::Letter);
    return end == from ? at : end;
}

// " ?[^\s\p{L}\p{N}]+[\r\n]*"
size_t symbolsAndNewlines(const Scanner& text, size_t at) {
    size_t end = text.spacedRun(at, CharacterClass::Other);
    while (end != at && text.isNewline(end))
        ++end;
    return end;
}

// "\s*[\r\n]+": up to the last newline of the run.
size_t throughLastNewline(const Scanner& text, size_t at) {
    size_t end = text.run(at, CharacterClass::Space);
    while (end > at && !text.isNewline(end - 1))
        --end;
    return end;
}

size_t nextQwen(const Scanner& text, size_t at, size_t digitRun) {
    if (const size_t end = text.contraction(at, true); end != at)
        return end;
    if (const size_t end = ledLetters(text, at); end != at)
        return end;
    if (const size_t end = text.run(at, CharacterClass::Number, digitRun); end != at)
        return end;
    if (const size_t end = symbolsAndNewlines(text, at); end != at)
        return end;
    if (const size_t end = throughLastNewline(text, at); end != at)
        return end;
    return text.spaces(at);
}

// Runs of anything but digits, and each digit by itself.
std::vector<std::string_view> cutDigits(std::string_view text) {
    std::vector<std::string_view> parts;
    size_t begin = 0;
    for (size_t at = 0; at < text.size();) {
        const size_t from = at;
        if (characterClass(decodeCodePoint(text, at)) != CharacterClass::Number)
            continue;
        if (from > begin)
            parts.push_back(text.substr(begin, from - begin));
        parts.push_back(text.substr(from, at - from));
        begin = at;
    }
    if (begin < text.size())
        parts.push_back(text.substr(begin));
    return parts;
}

} // namespace

std::vector<std::string_view> PreTokenizer::words(std::string_view text) const {
    std::vector<std::string_view> words;
    for (const std::string_view part : splitDigits ? cutDigits(text) : std::vector{text}) {
        const Scanner scanner(part);
        for (size_t at = 0; at < scanner.size();) {
            const size_t end = style == Style::Gpt2 ? nextGpt2(scanner, at) : nextQwen(scanner, at, digitRun);
            words.push_back(part.substr(scanner.byteEnd(at), scanner.byteEnd(end) - scanner.byteEnd(at)));
            at = end;
        }
    }
    return words;
}

} // namespace cw
