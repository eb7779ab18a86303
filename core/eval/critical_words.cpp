// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "core/eval/critical_words.h"

#include <unordered_map>

namespace cw {

namespace {

struct Phrases {
    CriticalClass kind;
    std::string_view value; // empty: the phrase itself
    std::vector<std::string_view> phrases;
};

const std::vector<Phrases>& phraseLists() {
    using enum CriticalClass;
    static const std::vector<Phrases> lists = {
        {Negator, "", {"no", "nor", "never", "without", "except", "unless", "excluding", "neither", "non"}},
        {Negator, "not", {"not", "cannot"}},
        {Modality, "may", {"may"}},
        {Modality, "duty", {"shall", "must", "will", "agrees to", "agree to"}},
        {TimeUnit, "hour", {"hour", "hours"}},
        {TimeUnit, "day", {"day", "days"}},
        {TimeUnit, "business day", {"business day", "business days", "working day", "working days"}},
        {TimeUnit, "week", {"week", "weeks"}},
        {TimeUnit, "month", {"month", "months"}},
        {TimeUnit, "quarter", {"quarter", "quarters"}},
        {TimeUnit, "year", {"year", "years"}},
        {Percent, "%", {"%", "percent", "per cent"}},
        {Currency, "dollar", {"$", "usd", "us $", "dollar", "dollars"}},
        {Currency, "pound", {"£", "gbp", "pound", "pounds", "pounds sterling", "sterling"}},
        {Currency, "euro", {"€", "eur", "euro", "euros"}},
        {Currency, "yen", {"¥", "jpy", "yen"}},
        {Currency, "", {"cad", "aud", "nzd", "chf", "sgd", "hkd", "cny", "rmb", "inr", "sek", "nok", "dkk"}},
        {Jurisdiction, "united kingdom", {"united kingdom", "uk", "great britain"}},
        {Jurisdiction, "england", {"england", "english"}},
        {Jurisdiction, "scotland", {"scotland", "scottish", "scots"}},
        {Jurisdiction, "united states", {"united states", "usa"}},
        {Jurisdiction,
         "",
         {"wales", "northern ireland", "ireland", "jersey", "guernsey", "isle of man", "alabama", "alaska", "arizona",
          "arkansas", "california", "colorado", "connecticut", "delaware", "florida", "georgia", "hawaii", "idaho",
          "illinois", "indiana", "iowa", "kansas", "kentucky", "louisiana", "maine", "maryland", "massachusetts",
          "michigan", "minnesota", "mississippi", "missouri", "montana", "nebraska", "nevada", "new hampshire",
          "new jersey", "new mexico", "new york", "north carolina", "north dakota", "ohio", "oklahoma", "oregon",
          "pennsylvania", "rhode island", "south carolina", "south dakota", "tennessee", "texas", "utah", "vermont",
          "virginia", "washington", "west virginia", "wisconsin", "wyoming", "district of columbia", "puerto rico",
          "canada", "ontario", "quebec", "british columbia", "alberta", "manitoba", "saskatchewan", "nova scotia",
          "australia", "new south wales", "victoria", "queensland", "new zealand", "singapore", "hong kong", "china",
          "taiwan", "japan", "korea", "india", "israel", "germany", "france", "switzerland", "austria", "italy",
          "spain", "portugal", "netherlands", "belgium", "luxembourg", "denmark", "sweden", "norway", "finland",
          "poland", "greece", "turkey", "brazil", "mexico", "argentina", "chile", "south africa", "bermuda",
          "cayman islands"}},
    };
    return lists;
}

std::unordered_map<std::string_view, CriticalToken> phraseTable() {
    std::unordered_map<std::string_view, CriticalToken> table;
    for (const Phrases& list : phraseLists())
        for (std::string_view phrase : list.phrases)
            table.emplace(phrase, CriticalToken{list.kind, std::string(list.value.empty() ? phrase : list.value)});
    return table;
}

} // namespace

std::optional<CriticalToken> criticalPhrase(std::string_view phrase) {
    static const std::unordered_map<std::string_view, CriticalToken> table = phraseTable();
    const auto found = table.find(phrase);
    return found == table.end() ? std::nullopt : std::optional(found->second);
}

std::optional<NumberWord> numberWord(std::string_view word) {
    static const std::unordered_map<std::string_view, NumberWord> table = {
        {"zero", {0}},
        {"one", {1}},
        {"two", {2}},
        {"three", {3}},
        {"four", {4}},
        {"five", {5}},
        {"six", {6}},
        {"seven", {7}},
        {"eight", {8}},
        {"nine", {9}},
        {"ten", {10}},
        {"eleven", {11}},
        {"twelve", {12}},
        {"thirteen", {13}},
        {"fourteen", {14}},
        {"fifteen", {15}},
        {"sixteen", {16}},
        {"seventeen", {17}},
        {"eighteen", {18}},
        {"nineteen", {19}},
        {"twenty", {20}},
        {"thirty", {30}},
        {"forty", {40}},
        {"fifty", {50}},
        {"sixty", {60}},
        {"seventy", {70}},
        {"eighty", {80}},
        {"ninety", {90}},
        {"hundred", {100, true}},
        {"thousand", {1000, true}},
        {"million", {1000000, true}},
        {"billion", {1000000000, true}},
    };
    const auto found = table.find(word);
    return found == table.end() ? std::nullopt : std::optional(found->second);
}

} // namespace cw
