// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "core/eval/party_match.h"

#include "core/eval/assignment.h"
#include "core/eval/similarity.h"
#include "core/text/unicode.h"

#include <algorithm>
#include <iterator>

namespace cw {

namespace {

using Words = std::vector<std::string>;

struct LegalForm {
    Words words;
    std::string_view name;
};

// Longer forms first, so that "limited liability company" isn't read as "company".
const std::vector<LegalForm>& legalForms() {
    static const std::vector<LegalForm> forms = {
        {{"public", "limited", "company"}, "plc"},
        {{"limited", "liability", "company"}, "llc"},
        {{"limited", "liability", "partnership"}, "llp"},
        {{"limited", "partnership"}, "lp"},
        {{"proprietary", "limited"}, "pty ltd"},
        {{"pty", "limited"}, "pty ltd"},
        {{"pty", "ltd"}, "pty ltd"},
        {{"inc"}, "inc"},
        {{"incorporated"}, "inc"},
        {{"corp"}, "corp"},
        {{"corporation"}, "corp"},
        {{"ltd"}, "ltd"},
        {{"limited"}, "ltd"},
        {{"plc"}, "plc"},
        {{"llc"}, "llc"},
        {{"llp"}, "llp"},
        {{"lp"}, "lp"},
        {{"co"}, "co"},
        {{"company"}, "co"},
        {{"gmbh"}, "gmbh"},
        {{"ag"}, "ag"},
        {{"sa"}, "sa"},
        {{"bv"}, "bv"},
        {{"nv"}, "nv"},
    };
    return forms;
}

// What follows a name and is not part of it: a description, a trading or former name, a defined term.
std::string_view withoutTail(std::string_view name) {
    for (std::string_view mark :
         {" d/b/a ", " dba ", " d.b.a. ", " doing business as ", " t/a ", " trading as ", " f/k/a ", " formerly ", " a/k/a ", " also known as ", ", a ", ", an ", " (", ", with ",
          ", having ", ", acting ", " having its ", " whose registered ", " located at ", " incorporated in ", " incorporated and ", " registered in ", " organized under ",
          " organised under "})
        name = name.substr(0, name.find(mark));
    return name;
}

// "&amp;", which is how web pages have it.
std::string withoutEntities(std::string name) {
    constexpr std::string_view kEntity = "&amp;";
    for (size_t at = name.find(kEntity); at != name.npos; at = name.find(kEntity, at + 1))
        name.replace(at, kEntity.size(), "&");
    return name;
}

bool isDigitAt(std::string_view text, size_t at) { return at < text.size() && text[at] >= '0' && text[at] <= '9'; }

// The name before an address: ", 12 High Street", " of 12 High Street", ", located at ...".
std::string_view withoutAddress(std::string_view name) {
    for (size_t of = name.find(" of "); of != name.npos; of = name.find(" of ", of + 1))
        if (isDigitAt(name, of + 4))
            return name.substr(0, of);
    for (size_t comma = name.find(", "); comma != name.npos; comma = name.find(", ", comma + 1)) {
        const std::string_view rest = name.substr(comma + 2);
        if (comma > 0 && (isDigitAt(rest, 0) || rest.starts_with("of ") || rest.starts_with("located ") || rest.starts_with("whose ")))
            return name.substr(0, comma);
    }
    return name;
}

// "&" is a word of its own, also in "at&t"; hyphens and slashes part words.
Words splitWords(std::string_view text) {
    Words words(1);
    for (char c : text) {
        if (c == '&' || ((c == ' ' || c == ',' || c == '-' || c == '/') && !words.back().empty()))
            words.emplace_back();
        if (c == '&') {
            words.back() = "&";
            words.emplace_back();
        } else if (c != ' ' && c != ',' && c != '-' && c != '/' && c != '"') {
            words.back().push_back(c);
        }
    }
    words.erase(std::remove(words.begin(), words.end(), std::string()), words.end());
    return words;
}

// "j", "j." and "j.r.": single letters, with stops between them.
bool isInitials(const std::string& word) {
    const auto isStop = [](char c) { return c == '.'; };
    for (size_t i = 1; i < word.size(); i += 2)
        if (!isStop(word[i]))
            return false;
    return !word.empty() && !isStop(word[0]);
}

bool endsWith(const Words& words, const Words& suffix) {
    return words.size() >= suffix.size() && std::equal(suffix.rbegin(), suffix.rend(), words.rbegin());
}

std::string takeLegalForm(Words& words) {
    Words plain;
    std::transform(words.begin(), words.end(), std::back_inserter(plain), searchForm);
    for (const LegalForm& form : legalForms())
        if (endsWith(plain, form.words)) {
            words.resize(words.size() - form.words.size());
            return std::string(form.name);
        }
    return {};
}

bool endsInLegalForm(std::string_view name) {
    Words words = splitWords(name);
    return !takeLegalForm(words).empty() && !words.empty();
}

bool isLegalForm(std::string_view text) {
    Words words = splitWords(text);
    return !takeLegalForm(words).empty() && words.empty();
}

// The name up to a legal form that a comma or "a Delaware corporation" follows: where it was formed, its number, its address. A second form
// is part of the name ("Toyota Motor Co., Ltd.").
std::string_view withoutDescription(std::string_view name) {
    for (size_t at = name.find_first_of(", "); at != name.npos; at = name.find_first_of(", ", at + 1)) {
        std::string_view rest = name.substr(at + 1);
        if (name[at] == ' ' && !rest.starts_with("a ") && !rest.starts_with("an "))
            continue;
        if (endsInLegalForm(name.substr(0, at)) && !isLegalForm(rest.substr(0, rest.find(','))))
            return name.substr(0, at);
    }
    return name;
}

// Words that are written in two ways within a name ("Smith & Company Limited"); without accents and marks, which get lost.
std::string plainWord(const std::string& word) {
    if (word == "&")
        return "and";
    const std::string plain = searchForm(word);
    return plain == "company" ? "co" : plain;
}

// The words with single blanks; letters that follow each other are one word ("j. p. morgan", "j.p. morgan").
std::string joined(const Words& words) {
    std::string out;
    bool afterLetter = false;
    for (const std::string& word : words) {
        const std::string plain = plainWord(word);
        if (plain.empty())
            continue;
        const bool isLetter = plain.size() == 1;
        out.append(out.empty() || (isLetter && afterLetter) ? "" : " ").append(plain);
        afterLetter = isLetter;
    }
    return out;
}

bool isInRow(const std::string& word) {
    const auto isDigit = [](char c) { return c >= '0' && c <= '9'; };
    return word.size() == 1 || std::any_of(word.begin(), word.end(), isDigit) || word.find_first_not_of("ivx") == word.npos;
}

// What tells one of a row from the next: numbers, Roman ones too, and single letters ("Fund II", "Series A").
Words rowMarks(const std::string& core) {
    Words words = splitWords(core);
    words.erase(std::remove_if(words.begin(), words.end(), [](const std::string& word) { return !isInRow(word); }), words.end());
    return words;
}

bool isAlike(const std::string& a, const std::string& b) {
    constexpr size_t kShortest = 5;
    if (std::min(a.size(), b.size()) <= kShortest || rowMarks(a) != rowMarks(b))
        return false;
    const Similarity s = similarity(a, b);
    return 50 * s.lcs > 23 * s.total; // above 0.92
}

// The legal forms don't contradict each other; `strict` also takes a form on one side alone as a difference.
bool formsAgree(const PartyName& a, const PartyName& b, bool strict) {
    return a.form == b.form || (!strict && (a.form.empty() || b.form.empty()));
}

std::vector<PartyName> namesOf(const std::vector<Party>& parties) {
    std::vector<PartyName> names;
    for (const Party& party : parties)
        names.push_back(partyName(party.name));
    return names;
}

// More pairs first, then the same legal form, then likeness, then the same role.
long long pairWeight(const PartyName& a, const PartyName& b, bool sameRole) {
    if (!sameCore(a, b))
        return 0;
    const auto likeness = static_cast<long long>(similarity(a.core, b.core).ratio() * 1000);
    return 1'000'000 + (a.form == b.form ? 10'000 : 0) + 2 * likeness + (sameRole ? 1 : 0);
}

ErrorKind compareRoles(const std::vector<Party>& gold, const std::vector<Party>& predicted,
                       const std::vector<std::pair<int, int>>& pairs) {
    Words goldRoles, predictedRoles;
    for (const auto& [g, p] : pairs) {
        goldRoles.push_back(gold[static_cast<size_t>(g)].role);
        predictedRoles.push_back(predicted[static_cast<size_t>(p)].role);
    }
    if (goldRoles == predictedRoles)
        return ErrorKind::None;
    return std::is_permutation(goldRoles.begin(), goldRoles.end(), predictedRoles.begin()) ? ErrorKind::PartySwap
                                                                                           : ErrorKind::WrongValue;
}

} // namespace

PartyName partyName(std::string_view name) {
    PartyName out;
    out.whole = withoutEntities(scoringForm(name));
    Words words = splitWords(withoutDescription(withoutAddress(withoutTail(out.whole))));
    if (!words.empty() && words.front() == "the")
        words.erase(words.begin());
    out.form = takeLegalForm(words);
    out.onlyInitials = !words.empty() && std::all_of(words.begin(), words.end(), isInitials);
    out.core = joined(words);
    return out;
}

bool sameCore(const PartyName& a, const PartyName& b) {
    if (a.whole == b.whole)
        return true;
    if (a.core.empty() || b.core.empty() || a.onlyInitials || b.onlyInitials)
        return false;
    return a.core == b.core || isAlike(a.core, b.core);
}

ErrorKind compareParties(const std::vector<Party>& gold, const std::vector<Party>& predicted, Rules rules) {
    const bool strict = rules == Rules::Strict;
    const std::vector<PartyName> goldNames = namesOf(gold);
    const std::vector<PartyName> predictedNames = namesOf(predicted);
    std::vector<std::vector<long long>> weights(gold.size(), std::vector<long long>(predicted.size()));
    for (size_t g = 0; g < gold.size(); ++g)
        for (size_t p = 0; p < predicted.size(); ++p)
            weights[g][p] = pairWeight(goldNames[g], predictedNames[p], gold[g].role == predicted[p].role);
    const auto pairs = assign(weights);
    if (pairs.size() < gold.size())
        return ErrorKind::PartyMissing;
    if (pairs.size() < predicted.size())
        return ErrorKind::PartyExtra;
    for (const auto& [g, p] : pairs)
        if (!formsAgree(goldNames[static_cast<size_t>(g)], predictedNames[static_cast<size_t>(p)], strict))
            return ErrorKind::LegalForm;
    return strict ? compareRoles(gold, predicted, pairs) : ErrorKind::None;
}

} // namespace cw
