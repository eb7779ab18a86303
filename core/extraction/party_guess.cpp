// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The parties by the opening words of a contract. Whether a piece reads as a name is decided where answers are read (derive_parties).
#include "core/extraction/party_guess.h"

#include "core/extraction/derive.h"
#include "core/text/quote.h"

#include <algorithm>
#include <array>
#include <cctype>

namespace cw {

namespace {

constexpr size_t kTop = 6000;       // bytes in which the parties are named
constexpr size_t kOpening = 1800;   // ... at most, from the word "between" on
constexpr size_t kLongestName = 90;
constexpr size_t kMostParties = 4;  // more are a list of another kind

std::string lowerCase(std::string_view text) {
    std::string out(text);
    std::transform(out.begin(), out.end(), out.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return out;
}

bool isUpper(char c) { return c >= 'A' && c <= 'Z'; }
bool isDigit(char c) { return c >= '0' && c <= '9'; }
bool isLetter(char c) { return std::isalpha(static_cast<unsigned char>(c)) != 0; }

// Behind the first "between" or "among" that names follow, to where the recitals begin.
std::string openingOf(std::string_view text) {
    const std::string top = normalizeQuote(text.substr(0, kTop)), lower = lowerCase(top);
    size_t begin = std::string::npos;
    for (const std::string_view word : {"between", "among"})
        for (size_t at = lower.find(word); at != std::string::npos; at = lower.find(word, at + 1)) {
            const size_t behind = top.find_first_not_of(" :,", at + word.size());
            if (behind != std::string::npos && (isUpper(top[behind]) || top[behind] == '(' || isDigit(top[behind]))) {
                begin = std::min(begin, behind);
                break;
            }
        }
    if (begin == std::string::npos)
        return {};
    size_t end = std::min(begin + kOpening, top.size());
    for (const std::string_view word : {"witness", "whereas", "recital", "background", "now, therefore", "now therefore", "it is agreed",
                                        "agreed terms", "preamble"})
        end = std::min(end, lower.find(word, begin));
    return top.substr(begin, end - begin);
}

bool hasQuotes(std::string_view bracket) {
    return bracket.find('"') != std::string_view::npos || bracket.find("\u201C") != std::string_view::npos ||
           bracket.find("\u201D") != std::string_view::npos || bracket.find("\u2019") != std::string_view::npos;
}

// Up to a full stop that is none of "Inc." or "Ltd.".
std::string firstSentence(const std::string& text) {
    for (size_t stop = text.find(". "); stop != std::string::npos; stop = text.find(". ", stop + 1)) {
        const std::string before = text.substr(0, stop);
        const auto abbreviates = [&](std::string_view word) { return before.ends_with(word); };
        constexpr std::array<std::string_view, 8> kShort = {" Inc", " INC", " Ltd", " LTD", " Corp", " CORP", " Co", " CO"};
        if (std::none_of(kShort.begin(), kShort.end(), abbreviates))
            return before;
    }
    return text;
}

// The pieces of the opening that end with an alias in brackets: one a party. Without aliases, what stands around "and".
std::vector<std::string> piecesOf(const std::string& opening) {
    std::vector<std::string> pieces;
    size_t from = 0;
    for (size_t open = opening.find('('); open != std::string::npos; open = opening.find('(', open + 1)) {
        const size_t close = opening.find(')', open);
        if (close == std::string::npos)
            break;
        if (!hasQuotes(std::string_view(opening).substr(open, close - open)))
            continue;
        pieces.push_back(opening.substr(from, open - from));
        from = close + 1;
    }
    if (!pieces.empty())
        return pieces;
    const std::string first = firstSentence(opening);
    const size_t both = first.find(" and ");
    return both == std::string::npos ? pieces : std::vector<std::string>{first.substr(0, both), first.substr(both + 5)};
}

// What comes before a name: "and", "(2)", "on the one hand,".
std::string_view withoutLead(std::string_view piece) {
    for (const std::string_view lead : {" and ", ", and ", "; and ", " And ", " AND ", "AND: ", "And: "})
        if (const size_t at = piece.substr(0, 60).find(lead); at != std::string_view::npos && (at < 3 || !isUpper(piece.front())))
            piece.remove_prefix(at + lead.size());
    while (!piece.empty() && !isUpper(piece.front()))
        piece.remove_prefix(1);
    return piece;
}

// What describes a party behind its name.
constexpr std::array<std::string_view, 56> kDescriptions = {
    ", a ", ", an ", ", the ", ", having", ", with ", ", whose", ", located", ", incorporated", ", organi", ", acting",
    ", individually", ", on behalf", ", existing", ", duly", ", of ", ", its", ", as ", ", being", ", corporation",
    ", company", ", registered", ", established", ", together", ", collectively", ", by ", ", in ", ", at ",
    " a corporation", " a company", " a limited", " having ", " whose ", " with its ", " with offices", " located ",
    " incorporated in", " incorporated under", " registered in", " organized ", " organised ", " and its ", " (", ";",
    ", (", " acting ", ", inc. a ", " of p.o.", " an individual", " a delaware", ", dated", " dated", ", division",
    ", d/b/a", ", llc a ", ", hereinafter", " hereinafter"};

// Up to what describes the party: ", a Delaware corporation", "whose registered office".
std::string nameIn(std::string_view piece) {
    piece = withoutLead(piece);
    const std::string lower = lowerCase(piece);
    size_t end = std::min(piece.size(), kLongestName + 1);
    for (const std::string_view word : kDescriptions)
        if (const size_t at = lower.find(word); at != std::string::npos && at > 1)
            end = std::min(end, word == ", inc. a " ? at + 6 : word == ", llc a " ? at + 5 : at);
    std::string name(piece.substr(0, end));
    while (!name.empty() && (name.back() == ',' || name.back() == ' ' || name.back() == ':'))
        name.pop_back();
    return name;
}

bool holdsAny(const std::string& text, std::initializer_list<std::string_view> words) {
    return std::any_of(words.begin(), words.end(), [&](std::string_view word) { return text.find(word) != std::string::npos; });
}

// A date, a place, a description of a party or of the contract instead of a name.
bool isSomethingElse(const std::string& name, const std::string& lower) {
    const auto digits = std::count_if(name.begin(), name.end(), isDigit);
    constexpr std::array<std::string_view, 12> kPlaces = {"california", "delaware", "florida", "nevada", "new york", "texas", "illinois",
                                                          "massachusetts", "new jersey", "england", "england and wales", "inc."};
    return digits > 3 || std::find(kPlaces.begin(), kPlaces.end(), lower) != kPlaces.end() ||
           holdsAny(lower, {"agreement", "party", "parties", ";", "address", "identity", "administrator for", "confidential", "appendix",
                          "representative", " agree", " is ", " shall "}) ||
           holdsAny(name, {" corporation", " limited liability", " company"});
}

bool readsAsName(const std::string& name) {
    return name.size() >= 3 && name.size() <= kLongestName && std::count_if(name.begin(), name.end(), isLetter) >= 3 &&
           !isSomethingElse(name, lowerCase(name));
}

} // namespace

std::vector<std::string> guessParties(std::string_view text) {
    std::string answer;
    for (const std::string& piece : piecesOf(openingOf(text)))
        if (const std::string name = nameIn(piece); readsAsName(name))
            answer += (answer.empty() ? "" : "; ") + name;
    std::vector<std::string> names;
    for (const Party& party : partiesFromCuadAnswer({answer}))
        names.push_back(party.name);
    return names.size() <= kMostParties ? names : std::vector<std::string>();
}

} // namespace cw
