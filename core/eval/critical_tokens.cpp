// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "core/eval/critical_tokens.h"

#include "core/eval/critical_words.h"
#include "core/eval/decimal.h"

#include <algorithm>
#include <iterator>

namespace cw {

namespace {

bool isDigit(char c) { return c >= '0' && c <= '9'; }
bool isLetter(char c) { return (c >= 'a' && c <= 'z') || static_cast<unsigned char>(c) >= 0xC3; }
bool isWordByte(char c) { return isLetter(c) || (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

// A number with its separators, ended before a comma or stop that no digit follows.
size_t numberEnd(std::string_view text, size_t at) {
    while (at < text.size() && (isDigit(text[at]) || ((text[at] == ',' || text[at] == '.') && at + 1 < text.size() &&
                                                      isDigit(text[at + 1]))))
        ++at;
    return at;
}

// A sign that is a word of its own: one byte, or the two or three of £, ¥ and €.
size_t signEnd(std::string_view text, size_t at) {
    for (std::string_view sign : {"£", "¥", "€"})
        if (text.substr(at).starts_with(sign))
            return at + sign.size();
    return at + 1;
}

// Words, numbers and single marks; blanks go.
std::vector<std::string_view> splitTokens(std::string_view text) {
    std::vector<std::string_view> out;
    for (size_t at = 0; at < text.size();) {
        size_t end = signEnd(text, at);
        if (isDigit(text[at]))
            end = numberEnd(text, at);
        else if (end == at + 1 && isLetter(text[at]))
            while (end < text.size() && isWordByte(text[end]) && signEnd(text, end) == end + 1)
                ++end;
        if (text[at] != ' ')
            out.push_back(text.substr(at, end - at));
        at = end;
    }
    return out;
}

class Reader {
public:
    explicit Reader(std::string_view text) : m_tokens(splitTokens(text)) {}

    std::vector<CriticalToken> read() {
        while (m_at < m_tokens.size())
            if (!readNumberWords() && !readDigits() && !readPhrase())
                ++m_at;
        return std::move(m_found);
    }

private:
    std::string_view token(size_t at) const { return at < m_tokens.size() ? m_tokens[at] : std::string_view(); }

    void addNumber(const Decimal& value) { m_found.push_back({CriticalClass::Number, toString(value)}); }

    // "one hundred and fifty thousand", "twenty-four"; then a "(150,000)" that only repeats it.
    bool readNumberWords() {
        if (!numberWord(token(m_at)))
            return false;
        long long total = 0; // of closed groups
        long long group = 0; // below a thousand
        while (const auto word = numberWord(token(m_at))) {
            if (!word->multiplies) {
                group += word->value;
            } else if (word->value == 100) {
                group = std::max(group, 1LL) * 100;
            } else {
                total += std::max(group, 1LL) * word->value;
                group = 0;
            }
            m_at += joinsNumber(m_at + 1) ? 2 : 1;
        }
        addNumber(decimalOf(total + group));
        skipRepetition(total + group);
        return true;
    }

    // True for the "-" and the "and" inside a number in words.
    bool joinsNumber(size_t at) const {
        const bool joint = token(at) == "-" || (token(at) == "and" && at > 0 && numberWord(token(at - 1))->multiplies);
        return joint && numberWord(token(at + 1));
    }

    void skipRepetition(long long value) {
        if (token(m_at) != "(" || token(m_at + 2) != ")")
            return;
        if (const auto inside = parseDecimal(token(m_at + 1)); inside && *inside == decimalOf(value))
            m_at += 3;
    }

    bool readDigits() {
        const std::string_view text = token(m_at);
        const auto value = parseDecimal(text);
        if (!value && !isDigit(text.front()))
            return false;
        if (value)
            addNumber(scaled(*value));
        else // a date or a clause number such as 11.2.1
            m_found.push_back({CriticalClass::Number, std::string(text)});
        ++m_at;
        return true;
    }

    // "2.5 million" is one number.
    Decimal scaled(Decimal value) {
        const auto next = numberWord(token(m_at + 1));
        if (!next || !next->multiplies || value.significand.empty())
            return value;
        value.exponent += decimalOf(next->value).exponent;
        ++m_at;
        return value;
    }

    bool readPhrase() {
        for (size_t words = kMaxPhraseWords; words > 0; --words) {
            if (m_at + words > m_tokens.size())
                continue;
            std::string phrase(token(m_at));
            for (size_t i = 1; i < words; ++i)
                phrase.append(" ").append(token(m_at + i));
            if (auto found = criticalPhrase(phrase)) {
                m_found.push_back(std::move(*found));
                m_at += words;
                return true;
            }
        }
        return false;
    }

    std::vector<std::string_view> m_tokens;
    std::vector<CriticalToken> m_found;
    size_t m_at = 0;
};

void addPartyNames(std::vector<CriticalToken>& tokens, std::string_view text, const std::vector<std::string>& names) {
    for (const std::string& name : names)
        for (size_t at = text.find(name); !name.empty() && at != text.npos; at = text.find(name, at + name.size()))
            tokens.push_back({CriticalClass::PartyName, name});
}

} // namespace

std::vector<CriticalToken> criticalTokens(std::string_view text, const std::vector<std::string>& partyNames) {
    std::vector<CriticalToken> tokens = Reader(text).read();
    addPartyNames(tokens, text, partyNames);
    std::sort(tokens.begin(), tokens.end());
    return tokens;
}

bool CriticalDifference::has(CriticalClass kind) const {
    const auto isKind = [kind](const CriticalToken& token) { return token.kind == kind; };
    return std::any_of(onlyLeft.begin(), onlyLeft.end(), isKind) ||
           std::any_of(onlyRight.begin(), onlyRight.end(), isKind);
}

// Tokens outside the differing regions are on both sides and cancel out, so the whole texts' multisets give the
// regions' difference.
CriticalDifference criticalDifference(std::string_view left, std::string_view right,
                                      const std::vector<std::string>& partyNames) {
    const std::vector<CriticalToken> a = criticalTokens(left, partyNames);
    const std::vector<CriticalToken> b = criticalTokens(right, partyNames);
    CriticalDifference difference;
    std::set_difference(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(difference.onlyLeft));
    std::set_difference(b.begin(), b.end(), a.begin(), a.end(), std::back_inserter(difference.onlyRight));
    return difference;
}

} // namespace cw
