// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "core/text/diff_tokens.h"

#include "core/base/utf.h"

#include <algorithm>
#include <array>
#include <optional>
#include <unordered_map>
#include <unordered_set>

namespace cw {

namespace {

enum class TokenClass { Word, Space, Mark };

TokenClass slowClassOf(char32_t c) {
    if (isWhitespace(c))
        return TokenClass::Space;
    const bool word =
        c >= 0x80 || c == '_' || (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
    const bool mark = (c >= 0x2010 && c <= 0x205E) || (c >= 0x3001 && c <= 0x3003) || c == 0xA7 || c == 0xAB ||
                      c == 0xBB || c == 0xB6;
    return word && !mark ? TokenClass::Word : TokenClass::Mark;
}

// Most bytes of a contract are ASCII: they are looked up.
const std::array<TokenClass, 0x80> kAsciiClasses = [] {
    std::array<TokenClass, 0x80> classes{};
    for (size_t c = 0; c < classes.size(); ++c)
        classes[c] = slowClassOf(static_cast<char32_t>(c));
    return classes;
}();

// Of the character at `at`, which moves behind it.
TokenClass classAt(std::string_view text, size_t& at) {
    const auto byte = static_cast<unsigned char>(text[at]);
    return byte < 0x80 ? (++at, kAsciiClasses[byte]) : slowClassOf(decodeCodePoint(text, at));
}

bool isDigit(char c) { return c >= '0' && c <= '9'; }
bool isCapital(char c) { return c >= 'A' && c <= 'Z'; }

const std::unordered_set<std::string_view> kMonths = {
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
    "JANUARY", "FEBRUARY", "MARCH", "APRIL", "MAY", "JUNE", "JULY", "AUGUST", "SEPTEMBER", "OCTOBER", "NOVEMBER", "DECEMBER",
    "Jan", "Feb", "Mar", "Apr", "Jun", "Jul", "Aug", "Sep", "Sept", "Oct", "Nov", "Dec"};
const std::unordered_set<std::string_view> kCurrencies = {"USD", "GBP", "EUR", "CHF", "CAD", "AUD", "JPY", "CNY", "INR", "SEK", "NOK", "DKK"};
const std::unordered_set<std::string_view> kSizes = {"thousand", "million", "billion"};

// Joins plain tokens from left to right.
class Joiner {
public:
    Joiner(std::string_view text, const std::vector<std::string>& terms) : m_text(text), m_plain(plainTokens(text)) {
        for (const std::string& term : terms)
            if (const auto tokens = plainTokens(term); !tokens.empty())
                m_terms[std::string_view(term).substr(tokens.front().begin, tokens.front().size())].push_back(term);
        for (auto& [first, sameFirst] : m_terms)
            std::sort(sameFirst.begin(), sameFirst.end(), [](auto a, auto b) { return a.size() > b.size(); });
    }

    std::vector<DiffToken> join() {
        std::vector<DiffToken> tokens;
        tokens.reserve(m_plain.size());
        for (size_t at = 0; at < m_plain.size();) {
            const size_t end = wholeEnd(at);
            const ByteRange range{m_plain[at].begin, m_plain[std::max(end, at + 1) - 1].end};
            tokens.push_back({range, isSpace(at), end > at});
            at = std::max(end, at + 1);
        }
        return tokens;
    }

private:
    std::string_view word(size_t at) const {
        return at < m_plain.size() ? m_text.substr(m_plain[at].begin, m_plain[at].size()) : std::string_view();
    }
    bool isSpace(size_t at) const {
        if (at >= m_plain.size())
            return false;
        size_t begin = m_plain[at].begin;
        return classAt(m_text, begin) == TokenClass::Space;
    }
    bool hasDigit(size_t at) const { return !word(at).empty() && isDigit(word(at).front()); }
    size_t afterSpace(size_t at) const { return isSpace(at) ? at + 1 : at; }

    // Behind the last plain token of what begins here and must stay whole; `at` if nothing does.
    size_t wholeEnd(size_t at) const {
        if (const size_t end = termEnd(at); end > at)
            return end;
        const char first = m_text[m_plain[at].begin];
        if (!isDigit(first) && !isCapital(first) && first != '$' && static_cast<unsigned char>(first) < 0x80)
            return at; // neither a date nor an amount begins so
        const size_t end = dateEnd(at);
        return end > at ? end : amountEnd(at);
    }

    size_t termEnd(size_t at) const {
        if (m_terms.empty())
            return at;
        const auto found = m_terms.find(word(at));
        if (found == m_terms.end())
            return at;
        for (const std::string_view term : found->second) {
            if (m_text.substr(m_plain[at].begin, term.size()) != term)
                continue;
            const size_t wanted = m_plain[at].begin + term.size();
            size_t end = at;
            while (end < m_plain.size() && m_plain[end].end < wanted)
                ++end;
            if (end < m_plain.size() && m_plain[end].end == wanted)
                return end + 1;
        }
        return at;
    }

    bool isDay(size_t at) const {
        const std::string_view day = word(at);
        const size_t digits = static_cast<size_t>(std::find_if_not(day.begin(), day.end(), isDigit) - day.begin());
        const std::string_view rest = day.substr(digits);
        return digits >= 1 && digits <= 2 && (rest.empty() || rest == "st" || rest == "nd" || rest == "rd" || rest == "th");
    }
    bool isYear(size_t at) const { return word(at).size() == 4 && std::all_of(word(at).begin(), word(at).end(), isDigit); }

    // "3 April 2024", "3rd day of April, 2024", "April 3, 2024", "April 2024".
    size_t dateEnd(size_t at) const {
        if (!isDay(at) && !kMonths.count(word(at)))
            return at;
        size_t next = at;
        const bool dayFirst = isDay(at);
        if (dayFirst) {
            next = afterSpace(at + 1);
            for (const std::string_view filler : {"day", "of"})
                if (word(next) == filler)
                    next = afterSpace(next + 1);
        }
        if (!kMonths.count(word(next)))
            return at;
        size_t end = next + 1;
        next = afterSpace(end);
        if (!dayFirst && isDay(next)) {
            end = next + 1;
            next = afterSpace(end);
        }
        if (word(next) == ",")
            next = afterSpace(next + 1);
        if (isYear(next))
            return next + 1;
        return dayFirst || end > at + 1 ? end : at;
    }

    // "USD 1,000,000.50", "$5 million", "12 %", "2024-04-03", "14.3(b)", "9D".
    size_t amountEnd(size_t at) const {
        size_t digits = at;
        if (kCurrencies.count(word(at)))
            digits = afterSpace(at + 1);
        else if (word(at) == "$")
            digits = afterSpace(at + 1);
        if (!hasDigit(digits) && !beginsWithMoney(at))
            return at;
        size_t end = digits + 1;
        while (end + 1 < m_plain.size() && isJoint(word(end)) && hasDigit(end + 1))
            end += 2;
        while (word(end) == "(" && word(end + 1).size() <= 3 && word(end + 2) == ")" && !isSpace(end + 1)) // 14.3(b)(ii)
            end += 3;
        const size_t unit = afterSpace(end);
        if (word(unit) == "%" || kSizes.count(word(unit)))
            end = unit + 1;
        return end;
    }
    // A pound or euro sign counts as a letter, so it stands in one token with its digits.
    bool beginsWithMoney(size_t at) const {
        const std::string_view token = word(at);
        return (token.starts_with("\xC2\xA3") && token.size() > 2 && isDigit(token[2])) ||
               (token.starts_with("\xE2\x82\xAC") && token.size() > 3 && isDigit(token[3]));
    }
    static bool isJoint(std::string_view mark) { return mark == "." || mark == "," || mark == "/" || mark == "-" || mark == ":"; }

    std::string_view m_text;
    std::vector<ByteRange> m_plain;
    std::unordered_map<std::string_view, std::vector<std::string_view>> m_terms; // by their first word, the longest first
};

// What stands for a code point where letters are not compared exactly; nothing: it stands for itself.
std::optional<std::string_view> looseLetter(char32_t c) {
    switch (c) {
    case 0xAD: // soft hyphen
    case 0x200B: // zero-width space
        return "";
    case 0x2018: case 0x2019: case 0x201A: case 0x201B: case 0x2032:
        return "'";
    case 0x201C: case 0x201D: case 0x201E: case 0x201F: case 0x2033:
        return "\"";
    case 0xFB00:
        return "ff";
    case 0xFB01:
        return "fi";
    case 0xFB02:
        return "fl";
    case 0xFB03:
        return "ffi";
    case 0xFB04:
        return "ffl";
    case 0xFB05: case 0xFB06:
        return "st";
    default:
        return std::nullopt;
    }
}

} // namespace

std::vector<ByteRange> plainTokens(std::string_view text) {
    std::vector<ByteRange> tokens;
    tokens.reserve(text.size() / 3);
    TokenClass last = TokenClass::Mark;
    for (size_t at = 0; at < text.size();) {
        const size_t begin = at;
        const TokenClass kind = classAt(text, at);
        if (!tokens.empty() && kind == last && kind != TokenClass::Mark)
            tokens.back().end = at;
        else
            tokens.push_back({begin, at});
        last = kind;
    }
    return tokens;
}

std::vector<DiffToken> diffTokens(std::string_view text, const std::vector<std::string>& terms) { return Joiner(text, terms).join(); }

std::vector<DiffToken> looseTokens(std::string_view text) {
    std::vector<DiffToken> tokens;
    for (const ByteRange range : plainTokens(text)) {
        size_t begin = range.begin;
        tokens.push_back({range, classAt(text, begin) == TokenClass::Space, false});
    }
    return tokens;
}

std::string looseForm(std::string_view token) {
    std::string out;
    for (size_t at = 0; at < token.size();) {
        const size_t begin = at;
        const char32_t c = decodeCodePoint(token, at);
        if (isWhitespace(c)) {
            if (out.empty() || out.back() != ' ')
                out += ' ';
        } else if (const auto letters = looseLetter(c)) {
            out += *letters;
        } else {
            out += token.substr(begin, at - begin);
        }
    }
    return out;
}

} // namespace cw
