// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "core/eval/critical_words.h"

#include <algorithm>
#include <array>
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
        {Negator, "", {"no", "nor", "never", "without", "except", "unless", "excluding", "neither", "non", "none", "nothing"}},
        {Negator, "not", {"not", "cannot"}},
        {Negator, // words that say the opposite without their first syllable
         "un",
         {"irrevocable", "irrevocably", "unlimited", "unreasonable", "unreasonably", "unconditional", "unconditionally", "unrestricted",
          "uncapped", "unauthorized", "unauthorised"}},
        {Modality, "may", {"may"}},
        {Modality, "duty", {"shall", "must", "will", "agrees to", "agree to"}},
        {TimeUnit, "hour", {"hour", "hours", "hourly"}},
        {TimeUnit, "day", {"day", "days", "daily", "calendar day", "calendar days"}},
        {TimeUnit, "business day", {"business day", "business days", "working day", "working days"}},
        {TimeUnit, "week", {"week", "weeks", "weekly"}},
        {TimeUnit, "month", {"month", "months", "monthly"}},
        {TimeUnit, "quarter", {"quarter", "quarters", "quarterly"}},
        {TimeUnit, "year", {"year", "years", "yearly", "annual", "annually", "annum"}},
        {TimeUnit, "", {"semi", "bi"}}, // semi-annual
        {Percent, "%", {"%", "percent", "per cent"}},
        {Currency, "dollar", {"$", "usd", "us $", "dollar", "dollars", "us dollar", "us dollars"}},
        {Currency, "pound", {"£", "gbp", "pound", "pounds", "pounds sterling", "sterling"}},
        {Currency, "euro", {"€", "eur", "euro", "euros"}},
        {Currency, "yen", {"¥", "jpy", "yen"}},
        {Currency, "cent", {"cent", "cents"}},
        {Currency, "cad", {"cad", "c $", "cdn $", "can $", "canadian dollar", "canadian dollars"}},
        {Currency, "aud", {"aud", "a $", "au $", "australian dollar", "australian dollars"}},
        {Currency, "hkd", {"hkd", "hk $", "hong kong dollars"}},
        {Currency, "sgd", {"sgd", "s $", "singapore dollars"}},
        {Currency, "cny", {"cny", "rmb", "renminbi", "yuan"}},
        {Currency, "", {"nzd", "chf", "inr", "sek", "nok", "dkk"}},
        {Number, // of a date; "may" is a modality
         "",
         {"january", "february", "march", "april", "june", "july", "august", "september", "october", "november", "december"}},
        {PartyName, // what contracts call their parties
         "",
         {"licensor", "licensee", "sublicensee", "supplier", "customer", "vendor", "buyer", "seller", "purchaser", "distributor",
          "reseller", "company", "franchisor", "franchisee", "lessor", "lessee", "landlord", "tenant", "lender", "borrower", "manufacturer",
          "provider", "recipient", "client", "contractor", "consultant", "agent", "principal", "sponsor", "investor", "employer",
          "executive", "discloser", "disclosing party", "receiving party", "indemnifying party", "indemnified party", "indemnitor",
          "indemnitee", "assignor", "assignee", "guarantor", "party a", "party b"}},
        {Jurisdiction, "united kingdom", {"united kingdom", "uk", "great britain"}},
        {Jurisdiction, "england", {"england", "english"}},
        {Jurisdiction, "china", {"china", "prc"}},
        {Jurisdiction, "germany", {"germany", "german"}},
        {Jurisdiction, "france", {"france", "french"}},
        {Jurisdiction, "ireland", {"ireland", "irish"}},
        {Jurisdiction, "switzerland", {"switzerland", "swiss"}},
        {Jurisdiction, "scotland", {"scotland", "scottish", "scots"}},
        {Jurisdiction, "united states", {"united states", "usa"}},
        {Jurisdiction,
         "",
         {"wales", "northern ireland", "jersey", "guernsey", "isle of man", "alabama", "alaska", "arizona",
          "arkansas", "california", "colorado", "connecticut", "delaware", "florida", "georgia", "hawaii", "idaho",
          "illinois", "indiana", "iowa", "kansas", "kentucky", "louisiana", "maine", "maryland", "massachusetts",
          "michigan", "minnesota", "mississippi", "missouri", "montana", "nebraska", "nevada", "new hampshire",
          "new jersey", "new mexico", "new york", "north carolina", "north dakota", "ohio", "oklahoma", "oregon",
          "pennsylvania", "rhode island", "south carolina", "south dakota", "tennessee", "texas", "utah", "vermont",
          "virginia", "washington", "west virginia", "wisconsin", "wyoming", "district of columbia", "puerto rico",
          "canada", "ontario", "quebec", "british columbia", "alberta", "manitoba", "saskatchewan", "nova scotia",
          "australia", "new south wales", "victoria", "queensland", "new zealand", "singapore", "hong kong",
          "taiwan", "japan", "korea", "india", "israel", "austria", "italy",
          "spain", "portugal", "netherlands", "belgium", "luxembourg", "denmark", "sweden", "norway", "finland",
          "poland", "greece", "turkey", "brazil", "mexico", "argentina", "chile", "south africa", "bermuda",
          "cayman islands", "british virgin islands", "russia", "ukraine", "czech republic", "hungary", "romania", "bulgaria",
          "croatia", "slovenia", "slovakia", "serbia", "estonia", "latvia", "lithuania", "iceland", "malta", "cyprus", "gibraltar",
          "liechtenstein", "monaco", "united arab emirates", "saudi arabia", "egypt", "nigeria", "kenya", "pakistan", "thailand",
          "malaysia", "indonesia", "philippines", "vietnam", "colombia", "peru", "panama", "costa rica", "venezuela", "uruguay",
          "new brunswick", "tasmania", "western australia", "south australia"}},
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
    if (found != table.end())
        return found->second;
    constexpr size_t kLeastOfNon = 8; // "nonexclusive"
    const bool negates =
        phrase.starts_with("non") && phrase.size() >= kLeastOfNon && phrase != "nonetheless" && phrase.find(' ') == phrase.npos;
    return negates ? std::optional(CriticalToken{CriticalClass::Negator, "non"}) : std::nullopt;
}

std::optional<int> ordinalWord(std::string_view word) {
    constexpr std::array<std::string_view, 12> kOrdinals = {"first",   "second", "third", "fourth", "fifth",    "sixth",
                                                            "seventh", "eighth", "ninth", "tenth",  "eleventh", "twelfth"};
    const auto found = std::find(kOrdinals.begin(), kOrdinals.end(), word);
    return found == kOrdinals.end() ? std::nullopt : std::optional(static_cast<int>(found - kOrdinals.begin()) + 1);
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
