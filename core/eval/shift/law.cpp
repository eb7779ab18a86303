// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The law and the courts of a US state, rewritten for a place in the United Kingdom.
#include "core/eval/shift/source.h"
#include "core/extraction/jurisdictions.h"

#include <algorithm>
#include <array>
#include <unordered_map>

namespace cw {

namespace {

constexpr std::array<Place, 3> kPlaces = {kEngland, Place{"Scotland", "Scots law", "the courts of Scotland", "GB-SCT"},
                                          Place{"Northern Ireland", "the law of Northern Ireland", "the courts of Northern Ireland", "GB-NIR"}};

using Names = std::unordered_map<std::string, std::vector<std::vector<Token>>>;

// Of the states, the federation and its short names, longest first.
const Names& usNames() {
    static const Names names = [] {
        Names out;
        for (const Jurisdiction& each : jurisdictions())
            if (!each.isAdjective && (each.code.substr(0, 2) == "US" || each.name == "georgia")) {
                std::vector<Token> words = tokenize(each.name);
                out[words.front().lower].push_back(std::move(words));
            }
        for (auto& [first, list] : out)
            std::stable_sort(list.begin(), list.end(), [](const auto& a, const auto& b) { return a.size() > b.size(); });
        return out;
    }();
    return names;
}

std::optional<size_t> usNameEnd(const ShiftSource& source, size_t at) {
    const auto names = usNames().find(source.words().at(at).lower);
    if (names == usNames().end() || !source.words().at(at).isCapital())
        return std::nullopt;
    for (const std::vector<Token>& name : names->second) {
        size_t matched = 0;
        while (matched < name.size() && source.words().is(at + matched, name[matched].lower))
            ++matched;
        if (matched == name.size())
            return at + matched;
    }
    return std::nullopt;
}

// "New York and the United States of America": the token behind a list of such places, or nothing.
std::optional<size_t> placesEnd(const ShiftSource& source, size_t at) {
    std::optional<size_t> end = usPlaceEnd(source, at);
    while (end) {
        const size_t next = source.words().skip(*end, {",", "and", "or", "/"});
        const auto more = next > *end ? usPlaceEnd(source, next) : std::nullopt;
        if (!more)
            break;
        end = more;
    }
    return end;
}

const std::initializer_list<std::string_view> kFormed = {"organized", "organised", "existing",    "incorporated", "formed",
                                                             "chartered", "created",   "corporation", "company",      "partnership",
                                                             "domiciled", "registered", "qualified",  "standing"};

// "organized under the laws of": the law of a party, not of the contract.
bool isLawOfAParty(const ShiftSource& source, size_t law) {
    const TokenView& words = source.words();
    size_t at = law;
    while (at > 0 && words.isOneOf(at - 1, {"the", "applicable", "by", "virtue", "of", "and", "under", "pursuant", "to", ","}) && law - at < 8)
        --at;
    return at > 0 && at < law && words.isOneOf(at - 1, kFormed);
}

// "conflicts of law", "patent laws": another law than the contract's.
bool isOtherLaw(const TokenView& words, size_t law) {
    if (law == 0)
        return false;
    return words.isOneOf(law - 1, {"patent", "trademark", "copyright", "securities", "bankruptcy", "tax", "antitrust", "export", "corporate", "corporation", "privacy",
                                   "lien", "insurance", "labor", "employment", "partnership"});
}

// A law phrase at "law": where its places stand.
struct LawPhrase {
    size_t from = 0, to = 0;
    bool isAdjective = false; // "New York law"
};

std::optional<LawPhrase> lawPhraseAt(const ShiftSource& source, size_t at) {
    const TokenView& words = source.words();
    if (words.isOneOf(at, {"law", "laws"}) && words.isOneOf(at + 1, {"of", "in", "for"}) && !isOtherLaw(words, at) && !isLawOfAParty(source, at)) {
        const size_t from = words.startsWith(at + 1, {"in", "force", "in"}) || words.startsWith(at + 1, {"in", "effect", "in"}) ? at + 4 : at + 2;
        if (const auto end = placesEnd(source, from))
            return LawPhrase{from, *end, false};
    }
    const bool titled = words.isOneOf(at, {"state", "commonwealth"}) && words.is(at + 1, "of"); // "State of California law"
    if (const auto end = usNameEnd(source, titled ? at + 2 : at); end && (at == 0 || !words.isOneOf(at - 1, {"of", ","}))) {
        const size_t law = words.skip(*end, {"state", "internal", "substantive", "contract", "domestic"});
        if (words.isOneOf(law, {"law", "laws"}) && !isLawOfAParty(source, at) && !words.is(law + 1, "enforcement"))
            return LawPhrase{at, law + 1, true};
    }
    return std::nullopt;
}

// Among these tokens is a state, not the federation alone.
bool namesState(const ShiftSource& source, size_t from, size_t to) {
    for (size_t i = from; i < to; ++i)
        if (usNameEnd(source, i) && !source.words().isOneOf(i, {"united", "u", "us", "usa"}))
            return true;
    return false;
}

// "the State of" in front of a place: nowhere is there a State of England.
size_t titleBegin(const ShiftSource& source, size_t place) {
    const TokenView& words = source.words();
    if (place < 2 || !words.is(place - 1, "of") || !words.isOneOf(place - 2, {"state", "commonwealth"}))
        return place;
    return place > 2 && words.is(place - 3, "the") ? place - 3 : place - 2;
}

// "contracts made and performed in the State of New York" in the sentence of a law phrase.
void addMentions(const ShiftSource& source, const LawPhrase& phrase, const Place& place, std::vector<TextEdit>& edits) {
    const TokenView& words = source.words();
    const ByteRange sentence = source.sentenceOf(words.at(phrase.from).begin);
    for (size_t i = source.tokenAt(sentence.begin); i < words.size() && words.at(i).begin < sentence.end; ++i) {
        if (i == 0 || !words.isOneOf(i - 1, {"in", "within", "of", "by", "to", "for"}))
            continue;
        if (words.is(i - 1, "of") && i > 1 && words.isOneOf(i - 2, {"city", "county", "borough", "district"}))
            continue;
        const auto end = usPlaceEnd(source, i);
        if (end && namesState(source, i, *end) && !words.isOneOf(*end, {",", "county", "city", "courts", "court", "state", "corporation", "law", "laws"}) && !isLawOfAParty(source, i))
            edits.push_back({source.rangeOf(titleBegin(source, i), *end), std::string(place.name)});
    }
}

const std::initializer_list<std::string_view> kKindsOfCourt = {"state",   "federal", "district", "local", "appropriate", "united", "states", "u",       ".",
                                                               "s",       "and",     "or",       "both",  "circuit",     "county", "superior", "supreme", "/",
                                                               "competent", "municipal", "either", "chancery", ",", "court", "courts", "us", "any",
                                                               "other", "another", "applicable"};

bool belongsToPlaceOfCourt(const ShiftSource& source, size_t at) {
    const TokenView& words = source.words();
    return words.isOneOf(at, {"of", "the", "in", "located", "sitting", "situated", "within", "and", "or", "for", "state", "states", "county", "city", "district",
                              "southern", "northern", "eastern", "western", "central", "middle", "united", "federal", "court", "courts", ",", "division", "america",
                              "u", "s", ".", "borough", "local", "having", "encompassing", "serving"}) ||
           (words.at(at).isCapital() && !words.isOneOf(at, {"each", "any", "this", "party", "parties", "if", "all", "no"}));
}

// "New York, NY": the state again, in two letters.
size_t behindStateCode(const TokenView& words, size_t at) {
    const std::string& code = words.at(at + 1).text;
    const bool isCode = words.is(at, ",") && code.size() == 2 && code[0] >= 'A' && code[0] <= 'Z' && code[1] >= 'A' && code[1] <= 'Z';
    return isCode ? at + 2 : at;
}

// From "court" to the last US place that belongs to it: "courts located in Wayne County, Michigan".
std::optional<size_t> courtPlaceEnd(const ShiftSource& source, size_t court) {
    const TokenView& words = source.words();
    if (!words.isOneOf(court + 1, {"of", "in", "located", "sitting", "situated", "within", "for", "having", "both"}))
        return std::nullopt;
    std::optional<size_t> end;
    const ByteRange sentence = source.sentenceOf(words.at(court).begin);
    for (size_t i = court + 1; i < words.size() && i < court + 40 && words.at(i).begin < sentence.end && belongsToPlaceOfCourt(source, i);) {
        if (const auto place = usPlaceEnd(source, i)) {
            end = behindStateCode(words, words.isOneOf(*place, {"county", "city"}) ? *place + 1 : *place);
            i = *end;
        } else {
            ++i;
        }
    }
    return end;
}

size_t courtPhraseBegin(const ShiftSource& source, size_t court) {
    const TokenView& words = source.words();
    size_t from = court;
    for (size_t before = court + 1; from < before && from > 0;) { // "any New York State court": names too, "New York State" is one
        before = from;
        if (words.isOneOf(from - 1, kKindsOfCourt) && !source.beginsLine(from))
            --from;
        else if (usNameEnd(source, from - 1) >= from)
            --from;
        else if (from > 1 && usNameEnd(source, from - 2) >= from)
            from -= 2;
    }
    while (from < court && words.isOneOf(from, {"and", "or", ",", ".", "/", "both", "either"}))
        ++from; // of the words before
    if (from > 1 && words.at(from - 1).isCapital() && words.isOneOf(from - 2, {"the", "any"}))
        --from; // a court's own name
    if (from > 0 && words.isOneOf(from - 1, {"the", "a", "an"}))
        --from;
    return from;
}

// The token behind a bracket of a few words that opens at `at`, else `at`: "(Houston Division)".
size_t behindBracket(const TokenView& words, size_t at) {
    constexpr size_t kLongest = 6;
    if (!words.is(at, "("))
        return at;
    for (size_t i = at + 1; i < at + kLongest; ++i)
        if (words.is(i, ")"))
            return i + 1;
    return at;
}

using TokenRange = std::pair<size_t, size_t>;

// The token behind the words that join two courts: "or in", "; and (ii)", "(Houston Division) or".
size_t behindJoints(const TokenView& words, size_t at) {
    return words.skip(behindBracket(words, at), {",", ";", "and", "or", "/", "(", ")", "i", "ii", "iii", "a", "b", "of", "in", "either", "before", "alternatively"});
}

// "or, if those have no jurisdiction,": a condition opens at `at`, and what begins at `from` is still in its sentence.
bool isConditional(const ShiftSource& source, size_t at, size_t from) {
    constexpr size_t kLongest = 40;
    const TokenView& words = source.words();
    return (words.is(at, "if") || words.startsWith(at, {"only", "if"})) && from - at < kLongest &&
           source.sentenceOf(words.at(at).begin) == source.sentenceOf(words.at(from).begin);
}

bool closesBrackets(const TokenView& words, size_t from, size_t to) {
    int open = 0;
    for (size_t i = from; i < to; ++i)
        open += words.is(i, "(") ? 1 : words.is(i, ")") ? -1 : 0;
    return open == 0;
}

// How many of the last phrases become one with a phrase that begins at `from`, since they become the same words: "the state courts of Ohio or
// (ii) the federal courts in Ohio", "..., or if those have no jurisdiction, ...", "..., or, if the first have none, the second".
size_t saidAlready(const ShiftSource& source, size_t from, const std::vector<TokenRange>& phrases) {
    const TokenView& words = source.words();
    if (phrases.empty() || from < phrases.back().second || !closesBrackets(words, phrases.back().second, from))
        return 0;
    const TokenRange& last = phrases.back();
    if (phrases.size() > 1 && last.first > 0 && words.is(last.first - 1, "if")) {
        const size_t end = phrases[phrases.size() - 2].second;
        return isConditional(source, behindJoints(words, end), from) ? 2 : 0;
    }
    const size_t behind = behindJoints(words, last.second);
    if (behind >= from)
        return 1;
    return behind > last.second && !words.is(from - 1, "if") && isConditional(source, behind, from) ? 1 : 0;
}

void addCourtPhrase(const ShiftSource& source, size_t from, size_t to, std::vector<TokenRange>& phrases) {
    const TokenView& words = source.words();
    const size_t same = saidAlready(source, from, phrases);
    if (same == 0) {
        phrases.emplace_back(from, to);
        return;
    }
    phrases.resize(phrases.size() - (same - 1));
    auto& [first, end] = phrases.back();
    end = to;
    if (first >= 3 && words.is(first - 3, "(") && words.isOneOf(first - 2, {"i", "a"}) && words.is(first - 1, ")"))
        first -= 3;
}

// Every phrase that names US courts, as tokens [from, to).
std::vector<std::pair<size_t, size_t>> courtPhrases(const ShiftSource& source) {
    std::vector<std::pair<size_t, size_t>> out;
    const TokenView& words = source.words();
    for (size_t i = 0; i < words.size(); ++i) {
        if (words.isOneOf(i, {"court", "courts"})) {
            const auto end = courtPlaceEnd(source, i);
            if (!end)
                continue;
            addCourtPhrase(source, std::max(courtPhraseBegin(source, i), out.empty() ? 0 : out.back().second), *end, out);
            i = *end - 1;
        } else if (const auto place = usNameEnd(source, i); place && !(i > 0 && words.isOneOf(i - 1, {",", "of"}))) { // "New York courts"
            const size_t court = words.skip(*place, {"state", "and", "or", "federal", "local"});
            if (words.isOneOf(court, {"court", "courts"}) && !courtPlaceEnd(source, court)) {
                addCourtPhrase(source, i > 0 && words.isOneOf(i - 1, {"the", "any", "a"}) ? i - 1 : i, court + 1, out);
                i = court;
            }
        }
    }
    return out;
}

bool mentionsAnyOf(const ShiftSource& source, std::initializer_list<std::string_view> stems) {
    for (size_t i = 0; i < source.words().size(); ++i)
        for (const std::string_view stem : stems)
            if (source.words().at(i).lower.substr(0, stem.size()) == stem)
                return true;
    return false;
}

void append(std::vector<TextEdit>& to, std::vector<TextEdit> more) {
    to.insert(to.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
}

ShiftDraft movedTo(const ShiftSource& source, const Place& place) {
    ShiftDraft draft;
    std::vector<TextEdit> law = lawEdits(source, place);
    if (law.empty())
        return draft;
    draft.edits = courtEdits(source, place);
    append(draft.edits, std::move(law));
    if (auto change = lawChange(source, place))
        draft.changes.push_back(std::move(*change));
    return draft;
}

// "the jurisdiction", "personal jurisdiction", "the personal jurisdiction" in front of the courts.
TextEdit exclusiveJurisdiction(const ShiftSource& source, size_t at) {
    const TokenView& words = source.words();
    const size_t from = at >= 2 && words.is(at - 1, "personal") && words.is(at - 2, "the") ? at - 2 : at - 1;
    const bool capitals = words.at(at).text == "JURISDICTION";
    return {source.rangeOf(from, at + 1), capitals ? "THE EXCLUSIVE JURISDICTION" : "the exclusive jurisdiction"};
}

// In the sentences that name the courts: exclusive jurisdiction, whatever it was.
std::vector<TextEdit> exclusiveEdits(const ShiftSource& source) {
    const TokenView& words = source.words();
    std::vector<TextEdit> edits;
    for (const auto& [from, to] : courtPhrases(source)) {
        const ByteRange sentence = source.sentenceOf(words.at(from).begin);
        for (size_t i = source.tokenAt(sentence.begin); i < words.size() && words.at(i).begin < sentence.end; ++i) {
            if (words.startsWith(i, {"non", "-", "exclusive"}))
                edits.push_back({source.rangeOf(i, i + 3), inCaseOf(words.at(i).text, "exclusive")});
            else if (words.is(i, "nonexclusive"))
                edits.push_back({source.rangeOf(i, i + 1), inCaseOf(words.at(i).text, "exclusive")});
            else if (words.is(i, "jurisdiction") && i > 0 && words.isOneOf(i - 1, {"the", "personal"}) && words.is(i + 1, "of") && i + 2 == from && !(i > 1 && words.is(i - 2, "exclusive")))
                edits.push_back(exclusiveJurisdiction(source, i));
        }
    }
    return edits;
}

bool isCourtsCode(const AnswerCell* cell) {
    const auto* value = cell && cell->finding ? std::get_if<std::string>(&cell->finding->value) : nullptr;
    return value && value->compare(0, 7, "courts_") == 0;
}

bool touches(const ShiftSource& source, std::string_view clause, const std::vector<std::pair<size_t, size_t>>& phrases) {
    for (const ByteRange& range : source.ranges(clause))
        for (const auto& [from, to] : phrases)
            if (range.overlaps(source.rangeOf(from, to)))
                return true;
    return false;
}

} // namespace

std::optional<size_t> usPlaceEnd(const ShiftSource& source, size_t token) {
    const TokenView& words = source.words();
    size_t at = words.is(token, "the") ? token + 1 : token;
    if (words.isOneOf(at, {"state", "commonwealth"}) && words.is(at + 1, "of"))
        at += 2;
    auto end = usNameEnd(source, at);
    if (!end)
        return std::nullopt;
    if (words.is(*end, ",")) // "Michigan, United States of America"
        if (const size_t behind = *end + 1; words.isOneOf(behind, {"united", "u", "usa"}))
            if (const auto whole = usNameEnd(source, behind))
                end = whole;
    if (words.is(*end, "state") && words.at(*end).isCapital()) // "New York State"
        ++*end;
    return end;
}

std::vector<TextEdit> lawEdits(const ShiftSource& source, const Place& place) {
    std::vector<TextEdit> edits;
    bool anyState = false;
    std::vector<LawPhrase> phrases;
    for (size_t i = 0; i < source.words().size(); ++i)
        if (const auto phrase = lawPhraseAt(source, i)) {
            phrases.push_back(*phrase);
            i = std::max(i, phrase->to - 1);
        }
    for (const LawPhrase& phrase : phrases) {
        if (!namesState(source, phrase.from, phrase.to))
            continue; // federal law stays what it is
        anyState = true;
        const std::string_view was = source.textOf(phrase.from, phrase.to);
        std::string text(phrase.isAdjective ? place.law : place.name);
        const bool capitals = std::none_of(was.begin(), was.end(), [](char c) { return c >= 'a' && c <= 'z'; }) && was.size() > 3;
        const size_t from = phrase.isAdjective && phrase.from > 0 && source.words().is(phrase.from - 1, "the") ? phrase.from - 1 : phrase.from; // "English law" has no article
        edits.push_back({source.rangeOf(from, phrase.to), capitals ? inCaseOf(was, text) : text});
    }
    if (!anyState)
        return {};
    for (const LawPhrase& phrase : phrases)
        addMentions(source, phrase, place, edits);
    return edits;
}

std::vector<TextEdit> courtEdits(const ShiftSource& source, const Place& place) {
    std::vector<TextEdit> edits;
    for (const auto& [from, to] : courtPhrases(source)) {
        const std::string_view was = source.textOf(from, to);
        const bool capitals = std::none_of(was.begin(), was.end(), [](char c) { return c >= 'a' && c <= 'z'; });
        std::string text = capitals ? inCaseOf("ALL", std::string(place.courts)) : std::string(place.courts);
        if (from > 0 && source.words().isOneOf(from - 1, {".", ";"}) && text[0] == 't')
            text[0] = 'T';
        edits.push_back({source.rangeOf(from, to), std::move(text)});
    }
    return edits;
}

std::optional<GoldChange> lawChange(const ShiftSource& source, const Place& place) {
    const AnswerCell* cell = source.cell("governing_law");
    if (!cell || !cell->finding)
        return std::nullopt;
    return GoldChange{"governing_law", std::string(place.code), {}};
}

ShiftDraft shiftGoverningLaw(const ShiftSource& source) {
    return movedTo(source, kPlaces[source.draw("place", kPlaces.size())]);
}

// Where the contract names courts, they become English ones; where it says nothing of disputes, a sentence on them follows the governing law.
ShiftDraft shiftEnglishCourts(const ShiftSource& source) {
    constexpr Place kCourtsOfEngland = {"England and Wales", "English law", "the courts of England", "GB-EAW"};
    ShiftDraft draft = movedTo(source, kCourtsOfEngland);
    if (draft.edits.empty())
        return draft;
    const AnswerCell* disputes = source.cell("dispute_resolution");
    const auto phrases = courtPhrases(source);
    if (!phrases.empty()) {
        if (disputes && !(isCourtsCode(disputes) && touches(source, "dispute_resolution", phrases)))
            return {}; // what the answer is of is something else
        append(draft.edits, exclusiveEdits(source));
        if (disputes)
            draft.changes.push_back({"dispute_resolution", std::string("courts_exclusive"), {}});
        return draft;
    }
    const auto place = placeForGeneralClause(source);
    if (!place || (disputes && disputes->finding) || mentionsAnyOf(source, {"arbitra", "jurisdiction", "venue", "mediat"}))
        return {};
    const std::string before = "\nJurisdiction. ";
    draft.edits.push_back({{*place, *place},
                           before + "The courts of England shall have exclusive jurisdiction to settle any dispute or claim (including non-contractual "
                                    "disputes or claims) arising out of or in connection with this " + source.ownWord() + "."});
    if (disputes)
        draft.changes.push_back({"dispute_resolution", std::string("courts_exclusive"), draft.edits.size() - 1, before.size()});
    return draft;
}

} // namespace cw
