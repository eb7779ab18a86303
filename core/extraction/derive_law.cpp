// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The governing law from its words: "the laws of the State of Delaware", "English law".
#include "core/extraction/derive.h"
#include "core/extraction/jurisdictions.h"
#include "core/extraction/tokens.h"

#include <algorithm>
#include <set>
#include <unordered_map>

namespace cw {

namespace {

struct Name {
    std::vector<Token> tokens;
    std::string_view code;
    bool isAdjective = false;
};

struct Place {
    std::string_view code;
    bool isAdjective = false;
    size_t end = 0; // the token behind it
};

// The names by their first word, longest first: "new york" before "york", "northern ireland" before "ireland".
const std::unordered_map<std::string, std::vector<Name>>& namesByFirstWord() {
    static const auto names = [] {
        std::unordered_map<std::string, std::vector<Name>> out;
        for (const Jurisdiction& place : jurisdictions()) {
            Name name{tokenize(place.name), place.code, place.isAdjective};
            out[name.tokens.front().lower].push_back(std::move(name));
        }
        for (auto& [word, list] : out)
            std::stable_sort(list.begin(), list.end(),
                             [](const Name& a, const Name& b) { return a.tokens.size() > b.tokens.size(); });
        return out;
    }();
    return names;
}

std::optional<Place> placeAt(const TokenView& text, size_t i) {
    const auto names = namesByFirstWord().find(text.at(i).lower);
    if (names == namesByFirstWord().end())
        return std::nullopt;
    for (const Name& name : names->second) {
        size_t matched = 0;
        while (matched < name.tokens.size() && text.is(i + matched, name.tokens[matched].lower))
            ++matched;
        if (matched == name.tokens.size())
            return Place{name.code, name.isAdjective, i + matched};
    }
    return std::nullopt;
}

const std::initializer_list<std::string_view> kTitles = {"the",      "state",     "states",    "commonwealth",
                                                         "province", "provinces", "territory", "country",
                                                         "of",       "republic",  "kingdom",   "both"};
const std::initializer_list<std::string_view> kBetween = {",", "and", "or", "/", ";", "&"};

// The name that begins at i or behind titles: "the State of Delaware". A name may begin with a title: "state of
// georgia".
std::optional<Place> titledPlaceAt(const TokenView& text, size_t i) {
    for (;; ++i) {
        if (const auto place = placeAt(text, i))
            return place->isAdjective ? std::nullopt : place;
        if (!text.isOneOf(i, kTitles))
            return std::nullopt;
    }
}

// Adds the places of a list: "the State of New York and the United States". A place whose courts or companies are meant
// ends it.
void addPlaces(const TokenView& text, size_t i, std::set<std::string_view>& codes) {
    for (auto place = titledPlaceAt(text, i); place; place = titledPlaceAt(text, text.skip(place->end, kBetween))) {
        if (text.isOneOf(place->end, {"court", "courts", "corporation", "county", "company"}))
            return;
        codes.insert(place->code);
    }
}

// "law" of a special kind, or only mentioned to be kept out: "conflicts of law", "patent laws".
bool isOtherLaw(const TokenView& text, size_t law) {
    if (law == 0)
        return false;
    const bool ofConflicts =
        text.is(law - 1, "of") && law >= 2 && text.isOneOf(law - 2, {"conflict", "conflicts", "choice"});
    return ofConflicts || text.isOneOf(law - 1, {"patent", "trademark", "copyright", "securities", "bankruptcy", "tax",
                                                 "antitrust", "export"});
}

// The places whose law the text names.
std::set<std::string_view> placesOfLaw(const TokenView& text) {
    std::set<std::string_view> codes;
    for (size_t i = 0; i < text.size(); ++i) {
        if (text.isOneOf(i, {"law", "laws"}) && text.isOneOf(i + 1, {"of", "in"}) && !isOtherLaw(text, i))
            addPlaces(text, text.startsWith(i + 1, {"in", "force"}) ? i + 3 : i + 1, codes);
        const auto place = placeAt(text, i);
        if (!place)
            continue;
        const size_t law = text.skip(place->end, {"internal", "substantive", "domestic", "state", "contract"});
        if (text.isOneOf(law, {"law", "laws"}))
            codes.insert(place->code);
    }
    return codes;
}

// The places of a text that is nothing but their names, as an answer is.
std::set<std::string_view> placesAlone(const TokenView& text) {
    std::set<std::string_view> codes;
    for (size_t i = 0; i < text.size();) {
        if (const auto place = placeAt(text, i); place && !place->isAdjective) {
            codes.insert(place->code);
            i = place->end;
        } else if (text.isOneOf(i, kTitles) || text.isOneOf(i, kBetween) || text.is(i, ".")) {
            ++i;
        } else {
            return {};
        }
    }
    return codes;
}

// A country that is named beside a part of it says no more: "Ontario, Canada".
void dropWholes(std::set<std::string_view>& codes) {
    const std::set<std::string_view> all = codes;
    for (std::string_view part : all)
        if (part.size() > 2)
            codes.erase(part.substr(0, 2));
}

} // namespace

std::optional<std::string> governingLawFromText(std::string_view source) {
    const auto tokens = tokenize(source);
    const TokenView text(tokens);
    auto codes = placesOfLaw(text);
    if (codes.empty())
        codes = placesAlone(text);
    dropWholes(codes);
    if (codes.empty() || codes.count("") > 0)
        return std::nullopt;
    return codes.size() == 1 ? std::string(*codes.begin()) : "multiple";
}

bool isJurisdictionNamed(std::string_view code, std::string_view source) {
    const auto tokens = tokenize(source);
    const TokenView text(tokens);
    for (size_t i = 0; i < text.size(); ++i)
        if (const auto place = placeAt(text, i); place && place->code == code)
            return true;
    return false;
}

} // namespace cw
