// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "core/eval/critical_tokens.h"

#include "core/eval/critical_split.h"
#include "core/eval/critical_words.h"
#include "core/eval/decimal.h"
#include "core/eval/party_match.h"
#include "core/extraction/months.h"

#include <algorithm>
#include <charconv>
#include <initializer_list>
#include <iterator>

namespace cw {

namespace {

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
            if (form.size() >= kShortest)
                out.push_back({criticalSplit(form), isPlain ? name : parts.core});
    }
    std::stable_sort(out.begin(), out.end(), [](const KnownName& a, const KnownName& b) { return a.words.size() > b.words.size(); });
    return out;
}

using Tokens = std::vector<std::string>;

bool isDigit(char c) { return c >= '0' && c <= '9'; }

bool isOneOf(std::string_view word, std::initializer_list<std::string_view> words) {
    return std::find(words.begin(), words.end(), word) != words.end();
}

// A number of digits alone from `least` to `most`, else 0.
int numberWithin(std::string_view digits, int least, int most) {
    int value = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    return error == std::errc() && end == digits.data() + digits.size() && value >= least && value <= most ? value : 0;
}

// The critical tokens in the order of the text.
class Reader {
public:
    Reader(Tokens tokens, const std::vector<KnownName>& names) : m_tokens(std::move(tokens)), m_names(names) {}

    const std::vector<CriticalToken>& read() {
        while (m_at < m_tokens.size())
            if (!readName() && !readDate() && !readNumberWords() && !readOrdinal() && !readDigits() && !readPhrase() && !readPlace())
                skip();
        return m_found;
    }

    // Nothing but critical tokens and marks stood there.
    bool isAllCritical() const { return !m_skippedWord; }

private:
    std::string_view token(size_t at) const { return at < m_tokens.size() ? std::string_view(m_tokens[at]) : std::string_view(); }

    // What says that a place follows is noted on the way: "courts of", "city of", "sitting in".
    void skip() {
        const std::string_view word = token(m_at), next = token(m_at + 1);
        const bool leads = (next == "of" && isOneOf(word, {"court", "courts", "jurisdiction", "city", "county", "borough"})) ||
                           (next == "in" && isOneOf(word, {"located", "sitting", "situated", "seated"}));
        if (leads)
            m_placeAt = m_at + 2;
        m_skippedWord = m_skippedWord || word.size() > 1;
        ++m_at;
    }

    bool readPlace() {
        const std::string_view word = token(m_at);
        const bool isNamed = m_at == m_placeAt || token(m_at + 1) == "county";
        if (!isNamed || word.size() < 3 || isDigit(word.front()) || isOneOf(word, {"the", "any", "such", "said", "this", "that", "its", "each", "and", "competent", "which"}))
            return false;
        m_found.push_back({CriticalClass::Jurisdiction, std::string(word)});
        ++m_at;
        return true;
    }

    size_t behindOrdinalMark(size_t at) const { return isOneOf(token(at), {"st", "nd", "rd", "th"}) ? at + 1 : at; }
    int dayAt(size_t at) const { return token(at).size() > 2 ? ordinalWord(token(at)).value_or(0) : numberWithin(token(at), 1, 31); }
    int yearAt(size_t at) const { return numberWithin(token(at), 1800, 2199); }

    // "april 3, 2024", "3rd day of april 2024", "apr. 2024": one number. A month without day and year is a word like others.
    bool readDate() {
        size_t at = m_at;
        int day = dayAt(at);
        if (day > 0) {
            at = behindOrdinalMark(at + 1);
            at += token(at) == "day" ? 1 : 0;
            at += token(at) == "of" ? 1 : 0;
        }
        const int month = monthNamed(token(at));
        if (!month)
            return false;
        ++at;
        at += token(at) == "." ? 1 : 0;
        if (day == 0 && (day = numberWithin(token(at), 1, 31)) > 0)
            at = behindOrdinalMark(at + 1);
        const size_t next = token(at) == "," ? at + 1 : at;
        const int year = yearAt(next);
        if (day == 0 && year == 0)
            return false;
        addNumber(std::to_string(year) + '-' + std::to_string(month) + '-' + std::to_string(day));
        m_at = year > 0 ? next + 1 : at;
        return true;
    }

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
        Reader reader(inside(m_at + 1, end), m_names);
        const std::vector<CriticalToken>& again = reader.read();
        const bool isRepeated = reader.isAllCritical() && !again.empty() && std::all_of(again.begin(), again.end(), [this](const CriticalToken& each) {
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
        m_at = behindOrdinalMark(m_at + 1);
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
            m_quantity = kNowhere;
    }

    static constexpr size_t kNowhere = static_cast<size_t>(-1);

    Tokens m_tokens;
    const std::vector<KnownName>& m_names;
    std::vector<CriticalToken> m_found;
    size_t m_at = 0;
    size_t m_placeAt = kNowhere;
    bool m_skippedWord = false;
    size_t m_quantity = kNowhere; // where in m_found it begins
};

std::vector<CriticalToken> sequenceOf(const Tokens& tokens, const std::vector<KnownName>& names) {
    return Reader(tokens, names).read();
}

// What stands in `a` and not in `b`, as multisets.
Tokens onlyIn(Tokens a, Tokens b) {
    std::sort(a.begin(), a.end());
    std::sort(b.begin(), b.end());
    Tokens only;
    std::set_difference(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(only));
    return only;
}

// "unenforceable" of "enforceable".
bool denies(std::string_view word, std::string_view stem) {
    constexpr size_t kShortestStem = 4;
    if (stem.size() < kShortestStem || !word.ends_with(stem))
        return false;
    return isOneOf(word.substr(0, word.size() - stem.size()), {"un", "in", "im", "il", "ir", "dis"}); // "non" is a token of its own
}

void addDenials(const Tokens& words, const Tokens& stems, std::vector<CriticalToken>& to) {
    for (const std::string& word : words)
        if (std::any_of(stems.begin(), stems.end(), [&](const std::string& stem) { return denies(word, stem); }))
            to.push_back({CriticalClass::Negator, word});
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
    return sorted(sequenceOf(criticalSplit(text), knownNames(partyNames)));
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
    const Tokens leftTokens = criticalSplit(left), rightTokens = criticalSplit(right);
    const std::vector<CriticalToken> leftInOrder = byClass(sequenceOf(leftTokens, names)), rightInOrder = byClass(sequenceOf(rightTokens, names));
    const std::vector<CriticalToken> a = sorted(leftInOrder), b = sorted(rightInOrder);
    CriticalDifference difference;
    std::set_difference(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(difference.onlyLeft));
    std::set_difference(b.begin(), b.end(), a.begin(), a.end(), std::back_inserter(difference.onlyRight));
    const Tokens onlyLeft = onlyIn(leftTokens, rightTokens), onlyRight = onlyIn(rightTokens, leftTokens);
    addDenials(onlyLeft, onlyRight, difference.onlyLeft);
    addDenials(onlyRight, onlyLeft, difference.onlyRight);
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
