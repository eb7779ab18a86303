// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "core/eval/critical_words.h"

#include "core/eval/critical_split.h"
#include "core/extraction/jurisdictions.h"

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
        {Negator, "", {"no", "nor", "never", "without", "except", "unless", "excluding", "neither", "non", "none", "nothing", "save"}},
        {Negator, "excluding", {"exclusive of"}},
        {Negator, "other than", {"other than", "rather than", "instead of"}},
        {Negator, "not", {"not", "cannot"}},
        {Negator, // words that say the opposite without their first syllable
         "un",
         {"irrevocable", "irrevocably", "unlimited", "unreasonable", "unreasonably", "unconditional", "unconditionally", "unrestricted",
          "uncapped", "unauthorized", "unauthorised"}},
        {Modality, "may", {"may", "entitled to", "permitted to", "allowed to"}},
        {Modality, "duty", {"shall", "must", "will", "agrees to", "agree to", "obliged to", "obligated to", "required to"}},
        {Bound, "at least", {"at least", "no less than", "not less than", "no fewer than", "not fewer than", "minimum"}},
        {Bound, "at most", {"at most", "no more than", "not more than", "no greater than", "not greater than", "maximum"}},
        {Bound, "more", {"more than", "greater than"}},
        {Bound, "less", {"less than", "fewer than"}},
        {Bound, "before", {"before", "prior to"}},
        {Bound, "after", {"after", "subsequent to"}},
        {Bound, "not later", {"no later than", "not later than"}},
        {Bound, "not earlier", {"no earlier than", "not earlier than", "no sooner than", "not sooner than"}},
        {Bound, "greater of", {"greater of", "higher of", "larger of"}},
        {Bound, "lesser of", {"lesser of", "lower of", "smaller of"}},
        {Bound, "", {"earlier of", "later of", "noon", "midnight", "am", "pm", "plus", "minus"}},
        {Unit, "minute", {"minute", "minutes"}},
        {Unit, "fortnight", {"fortnight", "fortnights", "fortnightly"}},
        {Unit, "decade", {"decade", "decades"}},
        {Unit, "", {"fiscal", "calendar", "biennial", "biweekly", "bimonthly"}}, // of a year or a month
        {Unit, "hour", {"hour", "hours", "hourly"}},
        {Unit, "day", {"day", "days", "daily", "calendar day", "calendar days"}},
        {Unit, "business day", {"business day", "business days", "working day", "working days"}},
        {Unit, "week", {"week", "weeks", "weekly"}},
        {Unit, "month", {"month", "months", "monthly"}},
        {Unit, "quarter", {"quarter", "quarters", "quarterly"}},
        {Unit, "year", {"year", "years", "yearly", "annual", "annually", "annum"}},
        {Unit, "", {"semi", "bi"}}, // semi-annual
        {Unit, "half-year", {"half - yearly", "half - year"}},
        {Unit, "basis point", {"basis point", "basis points", "bps"}},
        {Unit, "mile", {"mile", "miles"}},
        {Unit, "kilometre", {"kilometre", "kilometres", "kilometer", "kilometers", "km"}},
        {Unit, "metre", {"metre", "metres", "meter", "meters"}},
        {Unit, "foot", {"foot", "feet"}},
        {Unit, "yard", {"yard", "yards"}},
        {Unit, "acre", {"acre", "acres"}},
        {Unit, "hectare", {"hectare", "hectares"}},
        {Unit, "gallon", {"gallon", "gallons"}},
        {Unit, "litre", {"litre", "litres", "liter", "liters"}},
        {Unit, "barrel", {"barrel", "barrels"}},
        {Unit, "ton", {"ton", "tons"}},
        {Unit, "tonne", {"tonne", "tonnes", "metric ton", "metric tons"}},
        {Unit, "kilogram", {"kilogram", "kilograms", "kg"}},
        {Percent, "%", {"%", "percent", "per cent"}},
        {Currency, "dollar", {"$", "usd", "us $", "dollar", "dollars", "us dollar", "us dollars", "united states dollar", "united states dollars"}},
        {Currency, "pound", {"£", "gbp", "pound", "pounds", "pounds sterling", "sterling"}},
        {Currency, "euro", {"€", "eur", "euro", "euros"}},
        {Currency, "yen", {"¥", "jpy", "yen"}},
        {Currency, "cent", {"cent", "cents"}},
        {Currency, "cad", {"cad", "c $", "cdn $", "can $", "canadian dollar", "canadian dollars"}},
        {Currency, "aud", {"aud", "a $", "au $", "australian dollar", "australian dollars"}},
        {Currency, "hkd", {"hkd", "hk $", "hong kong dollars"}},
        {Currency, "sgd", {"sgd", "s $", "singapore dollars"}},
        {Currency, "cny", {"cny", "rmb", "renminbi", "yuan"}},
        {Currency, "nzd", {"nzd", "nz $", "new zealand dollars"}},
        {Currency, "twd", {"twd", "ntd", "nt $", "new taiwan dollars"}},
        {Currency, "mxn", {"mxn", "mx $"}},
        {Currency, "brl", {"brl", "r $", "reais"}},
        {Currency, "chf", {"chf", "swiss franc", "swiss francs"}},
        {Currency, "inr", {"inr", "rupee", "rupees"}},
        {Currency, "", {"sek", "nok", "dkk", "pln", "zar", "krw", "thb", "myr", "php", "aed"}},
        {Number, // of a date; "may" is a modality
         "",
         {"january", "february", "march", "april", "june", "july", "august", "september", "october", "november", "december"}},
        {PartyName, // what contracts call their parties
         "",
         {"licensor", "licensee", "sublicensee", "supplier", "customer", "vendor", "buyer", "seller", "purchaser", "distributor",
          "reseller", "company", "franchisor", "franchisee", "lessor", "lessee", "landlord", "tenant", "lender", "borrower", "manufacturer",
          "provider", "recipient", "client", "contractor", "consultant", "agent", "principal", "sponsor", "investor", "employer",
          "executive", "discloser", "disclosing party", "receiving party", "indemnifying party", "indemnified party", "indemnitor",
          "indemnitee", "assignor", "assignee", "guarantor", "party a", "party b", "owner", "operator", "trustee", "servicer", "grantor",
          "grantee", "transferor", "transferee", "subcontractor", "subscriber", "publisher", "author", "carrier", "shipper", "merchant",
          "bidder", "applicant", "participant", "employee", "producer", "artist", "broker", "dealer", "insurer", "insured", "mortgagor",
          "mortgagee", "pledgor", "pledgee", "obligor", "obligee", "payor", "payee", "donor", "donee", "developer", "integrator",
          "sublicensor", "sublandlord", "subtenant", "processor", "controller", "promoter", "first party", "second party"}},
    };
    return lists;
}

using PhraseTable = std::unordered_map<std::string, CriticalToken>;

// A place by the first of its names ("u.k." as "united kingdom"), but for those that share one law and are named one by one: "England" is
// less than "England and Wales".
std::string placeValue(const Jurisdiction& place) {
    if (place.code.empty() || (place.code == "GB-EAW" && !place.isAdjective))
        return std::string(place.name);
    const auto& all = jurisdictions();
    return std::string(std::find_if(all.begin(), all.end(), [&](const Jurisdiction& each) { return each.code == place.code; })->name);
}

void addPlaces(PhraseTable& table) {
    for (const Jurisdiction& place : jurisdictions()) {
        const std::string phrase = criticalForm(place.name);
        if (phrase.find(" and ") == phrase.npos)
            table.emplace(phrase, CriticalToken{CriticalClass::Jurisdiction, placeValue(place)});
    }
}

PhraseTable phraseTable() {
    PhraseTable table;
    for (const Phrases& list : phraseLists())
        for (std::string_view phrase : list.phrases)
            table.emplace(phrase, CriticalToken{list.kind, std::string(list.value.empty() ? phrase : list.value)});
    addPlaces(table);
    return table;
}

} // namespace

std::optional<CriticalToken> criticalPhrase(std::string_view phrase) {
    static const PhraseTable table = phraseTable();
    const auto found = table.find(std::string(phrase));
    if (found != table.end())
        return found->second;
    constexpr size_t kLeastOfNon = 8; // "nonexclusive"
    const bool negates =
        phrase.starts_with("non") && phrase.size() >= kLeastOfNon && phrase != "nonetheless" && phrase.find(' ') == phrase.npos;
    return negates ? std::optional(CriticalToken{CriticalClass::Negator, "non"}) : std::nullopt;
}

std::optional<int> ordinalWord(std::string_view word) {
    constexpr std::array<std::string_view, 20> kOrdinals = {
        "first",    "second",  "third",      "fourth",     "fifth",     "sixth",     "seventh",     "eighth",     "ninth",      "tenth",
        "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth", "twentieth"};
    if (word == "thirtieth")
        return 30;
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
