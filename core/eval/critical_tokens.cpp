// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "core/eval/critical_tokens.h"

#include "core/eval/critical_words.h"
#include "core/eval/decimal.h"
#include "core/eval/party_match.h"

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

// A name's words, and what it is counted as.
struct KnownName {
    std::vector<std::string> words;
    std::string value;
};

// The name as it is written, without the words of its legal form: the shortest beginning with the same core.
std::string withoutLegalForm(const std::string& name, const std::string& core) {
    std::string shortest = name;
    for (size_t blank = name.rfind(' '); blank != name.npos && blank > 0; blank = name.rfind(' ', blank - 1)) {
        const std::string beginning = name.substr(0, name[blank - 1] == ',' ? blank - 1 : blank);
        if (partyName(beginning).core != core)
            break;
        shortest = beginning;
    }
    return shortest;
}

// Each name as it is written and without its legal form; longer ones first.
std::vector<KnownName> knownNames(const std::vector<std::string>& names) {
    constexpr size_t kShortest = 3;
    std::vector<KnownName> out;
    for (const std::string& name : names) {
        const PartyName parts = partyName(name);
        const bool isPlain = parts.core.empty() || parts.onlyInitials;
        for (const std::string& form : {name, isPlain ? name : withoutLegalForm(name, parts.core)})
            if (form.size() >= kShortest) {
                const std::vector<std::string_view> words = splitTokens(form);
                out.push_back({{words.begin(), words.end()}, isPlain ? name : parts.core});
            }
    }
    std::stable_sort(out.begin(), out.end(), [](const KnownName& a, const KnownName& b) { return a.words.size() > b.words.size(); });
    return out;
}

using Tokens = std::vector<std::string_view>;

// The critical tokens in the order of the text.
class Reader {
public:
    Reader(Tokens tokens, const std::vector<KnownName>& names) : m_tokens(std::move(tokens)), m_names(names) {}

    std::vector<CriticalToken> read() {
        while (m_at < m_tokens.size())
            if (!readName() && !readNumberWords() && !readOrdinal() && !readDigits() && !readPhrase())
                ++m_at;
        return std::move(m_found);
    }

private:
    std::string_view token(size_t at) const { return at < m_tokens.size() ? m_tokens[at] : std::string_view(); }

    // A number opens a quantity: its unit and a repetition in brackets may follow.
    void addNumber(std::string value) {
        m_quantity = m_found.size();
        m_found.push_back({CriticalClass::Number, std::move(value)});
    }

    bool readName() {
        for (const KnownName& name : m_names) {
            size_t words = 0;
            while (words < name.words.size() && token(m_at + words) == name.words[words])
                ++words;
            if (words != name.words.size())
                continue;
            m_found.push_back({CriticalClass::PartyName, name.value});
            m_at += words;
            return true;
        }
        return false;
    }

    // "one hundred and fifty thousand", "twenty-four"; then a "(150,000)" that only repeats it.
    bool readNumberWords() {
        if (!numberWord(token(m_at)))
            return false;
        long long total = 0; // of closed groups
        long long group = 0; // below a thousand
        constexpr long long kMost = 1'000'000'000'000'000; // "hundred hundred hundred ..." is no number any more
        while (const auto word = numberWord(token(m_at))) {
            if (total > kMost || (word->multiplies && group > kMost / word->value))
                break;
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
        addNumber(toString(decimalOf(total + group)));
        skipRepetition();
        return true;
    }

    // True for the "-" and the "and" inside a number in words.
    bool joinsNumber(size_t at) const {
        const bool joint = token(at) == "-" || (token(at) == "and" && at > 0 && numberWord(token(at - 1))->multiplies);
        return joint && numberWord(token(at + 1));
    }

    bool readOrdinal() {
        const auto ordinal = ordinalWord(token(m_at));
        if (!ordinal)
            return false;
        addNumber(std::to_string(*ordinal));
        ++m_at;
        skipRepetition();
        return true;
    }

    // A bracket that says the quantity before it again: "(30)", "($1,000,000)", "(5%)", "(thirty)".
    void skipRepetition() {
        constexpr size_t kMostInside = 8;
        if (token(m_at) != "(" || m_quantity >= m_found.size())
            return;
        size_t end = m_at + 1;
        while (end - m_at <= kMostInside && end < m_tokens.size() && token(end) != ")")
            ++end;
        if (token(end) != ")")
            return;
        const auto inside = [this](size_t from, size_t to) {
            return Tokens(m_tokens.begin() + static_cast<std::ptrdiff_t>(from), m_tokens.begin() + static_cast<std::ptrdiff_t>(to));
        };
        const std::vector<CriticalToken> again = Reader(inside(m_at + 1, end), m_names).read();
        const bool isRepeated = !again.empty() && std::all_of(again.begin(), again.end(), [this](const CriticalToken& each) {
            return std::find(m_found.begin() + static_cast<std::ptrdiff_t>(m_quantity), m_found.end(), each) != m_found.end();
        });
        if (isRepeated)
            m_at = end + 1;
    }

    bool readDigits() {
        const std::string_view text = token(m_at);
        const auto value = parseDecimal(text);
        if (!value && !isDigit(text.front()))
            return false;
        addNumber(value ? toString(scaled(*value)) : std::string(text)); // else a date or a clause number such as 11.2.1
        ++m_at;
        skipRepetition();
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
                addPhrase(std::move(*found));
                m_at += words;
                skipRepetition();
                return true;
            }
        }
        return false;
    }

    // Only a percent sign or a currency goes on with a quantity; any other word ends it.
    void addPhrase(CriticalToken found) {
        const bool goesOn = found.kind == CriticalClass::Percent || found.kind == CriticalClass::Currency;
        m_found.push_back(std::move(found));
        if (!goesOn)
            m_quantity = kNoQuantity;
    }

    static constexpr size_t kNoQuantity = static_cast<size_t>(-1);

    Tokens m_tokens;
    const std::vector<KnownName>& m_names;
    std::vector<CriticalToken> m_found;
    size_t m_at = 0;
    size_t m_quantity = kNoQuantity; // where in m_found it begins
};

std::vector<CriticalToken> sequenceOf(std::string_view text, const std::vector<KnownName>& names) {
    return Reader(splitTokens(text), names).read();
}

std::vector<CriticalToken> sorted(std::vector<CriticalToken> tokens) {
    std::sort(tokens.begin(), tokens.end());
    return tokens;
}

std::vector<CriticalToken> byClass(std::vector<CriticalToken> tokens) {
    std::stable_sort(tokens.begin(), tokens.end(), [](const CriticalToken& a, const CriticalToken& b) { return a.kind < b.kind; });
    return tokens;
}

} // namespace

std::vector<CriticalToken> criticalTokens(std::string_view text, const std::vector<std::string>& partyNames) {
    return sorted(sequenceOf(text, knownNames(partyNames)));
}

bool CriticalDifference::has(CriticalClass kind) const {
    const auto isKind = [kind](const CriticalToken& token) { return token.kind == kind; };
    return std::any_of(onlyLeft.begin(), onlyLeft.end(), isKind) ||
           std::any_of(onlyRight.begin(), onlyRight.end(), isKind);
}

// Tokens outside the differing regions are on both sides and cancel out, so the whole texts' multisets give the
// regions' difference; of equal multisets, what stands in another order.
CriticalDifference criticalDifference(std::string_view left, std::string_view right,
                                      const std::vector<std::string>& partyNames) {
    const std::vector<KnownName> names = knownNames(partyNames);
    const std::vector<CriticalToken> leftInOrder = byClass(sequenceOf(left, names)), rightInOrder = byClass(sequenceOf(right, names));
    const std::vector<CriticalToken> a = sorted(leftInOrder), b = sorted(rightInOrder);
    CriticalDifference difference;
    std::set_difference(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(difference.onlyLeft));
    std::set_difference(b.begin(), b.end(), a.begin(), a.end(), std::back_inserter(difference.onlyRight));
    if (!difference.empty())
        return difference;
    for (size_t i = 0; i < leftInOrder.size(); ++i)
        if (leftInOrder[i] != rightInOrder[i]) {
            difference.onlyLeft.push_back(leftInOrder[i]);
            difference.onlyRight.push_back(rightInOrder[i]);
        }
    return difference;
}

} // namespace cw
