// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// British spelling: -ise, -our, -re, licence, defence, cancelled. What may be a name, and what could be either a noun or a verb, stays.
#include "core/eval/shift/source.h"

#include <algorithm>
#include <array>
#include <unordered_map>

namespace cw {

namespace {

struct Ending {
    std::string_view american, british;
};

// Words by their whole form.
const std::unordered_map<std::string_view, std::string_view>& wholeWords() {
    static const std::unordered_map<std::string_view, std::string_view> words = {
        {"canceled", "cancelled"},       {"canceling", "cancelling"},     {"traveled", "travelled"},     {"traveling", "travelling"},
        {"labeled", "labelled"},         {"labeling", "labelling"},       {"modeled", "modelled"},       {"modeling", "modelling"},
        {"totaled", "totalled"},         {"totaling", "totalling"},       {"fueled", "fuelled"},         {"channeled", "channelled"},
        {"counselor", "counsellor"},     {"jewelry", "jewellery"},        {"fulfill", "fulfil"},         {"fulfills", "fulfils"},
        {"fulfillment", "fulfilment"},   {"enroll", "enrol"},             {"enrollment", "enrolment"},   {"installment", "instalment"},
        {"installments", "instalments"}, {"willful", "wilful"},           {"willfully", "wilfully"},     {"skillful", "skilful"},
        {"defense", "defence"},          {"defenses", "defences"},        {"offense", "offence"},        {"offenses", "offences"},
        {"pretense", "pretence"},        {"catalog", "catalogue"},        {"catalogs", "catalogues"},    {"gray", "grey"},
        {"aging", "ageing"},             {"artifact", "artefact"},        {"artifacts", "artefacts"},    {"aluminum", "aluminium"},
        {"acknowledgment", "acknowledgement"}, {"acknowledgments", "acknowledgements"}, {"analyze", "analyse"}, {"analyzes", "analyses"},
        {"analyzed", "analysed"},        {"analyzing", "analysing"},      {"paralyze", "paralyse"},      {"catalyze", "catalyse"},
        {"center", "centre"},            {"centers", "centres"},          {"centered", "centred"},       {"theater", "theatre"},
        {"theaters", "theatres"},        {"liter", "litre"},              {"liters", "litres"},          {"fiber", "fibre"},
        {"fibers", "fibres"},            {"caliber", "calibre"},          {"kilometer", "kilometre"},    {"kilometers", "kilometres"},
        {"centimeter", "centimetre"},    {"centimeters", "centimetres"},  {"millimeter", "millimetre"},  {"millimeters", "millimetres"}};
    return words;
}

constexpr std::array<Ending, 12> kOurStems = {Ending{"behavior", "behaviour"}, {"endeavor", "endeavour"}, {"neighbor", "neighbour"},
                                              {"color", "colour"},             {"favor", "favour"},       {"honor", "honour"},
                                              {"labor", "labour"},             {"harbor", "harbour"},     {"flavor", "flavour"},
                                              {"rumor", "rumour"},             {"vapor", "vapour"},       {"odor", "odour"}};
constexpr std::array<std::string_view, 15> kOurSuffixes = {"",     "s",   "ed",   "ing",     "able", "ably",  "ite", "ites",
                                                           "ful",  "al",  "hood", "hoods",   "ers",  "er",    "less"};
constexpr std::array<Ending, 11> kIze = {Ending{"ization", "isation"}, {"izations", "isations"}, {"izational", "isational"}, {"izing", "ising"},
                                         {"ized", "ised"},             {"izes", "ises"},         {"izers", "isers"},         {"izer", "iser"},
                                         {"ize", "ise"},               {"izable", "isable"},     {"izances", "isances"}};
constexpr std::array<std::string_view, 10> kNotIze = {"size", "prize", "seize", "capsize", "resize", "downsize", "oversize", "rightsize", "maize", "undersize"};
// Names of things rather than words: "Medical Center", "Department of Labor".
constexpr std::array<std::string_view, 10> kNamesWhenCapital = {"center", "centers", "theater", "theaters", "labor", "defense", "color", "honor", "harbor", "fiber"};

bool endsWith(std::string_view word, std::string_view end) { return word.size() > end.size() && word.substr(word.size() - end.size()) == end; }

template <typename List> bool holds(const List& list, std::string_view word) { return std::find(list.begin(), list.end(), word) != list.end(); }

std::string ourForm(const std::string& word) {
    for (const Ending& stem : kOurStems)
        if (word.compare(0, stem.american.size(), stem.american) == 0 && holds(kOurSuffixes, std::string_view(word).substr(stem.american.size())))
            return std::string(stem.british) + word.substr(stem.american.size());
    if (word.size() > 2 && word.compare(0, 2, "un") == 0) // unfavorable
        if (const std::string rest = ourForm(word.substr(2)); !rest.empty())
            return "un" + rest;
    return {};
}

std::string iseForm(const std::string& word) {
    for (const Ending& ending : kIze) {
        if (!endsWith(word, ending.american))
            continue;
        const std::string stem = word.substr(0, word.size() - ending.american.size());
        const bool isOther = std::any_of(kNotIze.begin(), kNotIze.end(), [&](std::string_view other) { return stem + "ize" == other; });
        if (stem.size() >= 3 && !isOther)
            return stem + std::string(ending.british);
    }
    return {};
}

// "license" and its kin: the noun has a c, the verb stays.
std::string licenceForm(const ShiftSource& source, size_t at) {
    const TokenView& words = source.words();
    const std::string& word = words.at(at).lower;
    if (word != "license" && word != "licenses" && word != "sublicense" && word != "sublicenses")
        return {};
    if (at > 0 && words.isOneOf(at - 1, {"to", "shall", "may", "will", "not", "can", "could", "would", "must", "hereby", "and", "or", ",", "licensor", "also", "further", "then",
                                         "/", "otherwise", "who", "that", "which", "it", "he", "we", "you", "party", "company"}) &&
        !words.at(at).isCapital())
        return {}; // a verb, or one word of a list that may hold verbs
    std::string out = word;
    out[out.rfind('s', out.size() - (out.back() == 's' ? 2 : 1))] = 'c';
    return out;
}

// The words of a name end in a legal form: "Color Imaging, Inc.". From the form back over capitals.
std::vector<bool> namesIn(const TokenView& words) {
    std::vector<bool> isName(words.size(), false);
    for (size_t i = 1; i < words.size(); ++i) {
        if (!words.at(i).isCapital() || !words.isOneOf(i, {"inc", "incorporated", "llc", "corp", "corporation", "ltd", "limited", "lp", "llp", "co", "company", "plc", "gmbh",
                                                            "university", "association", "foundation", "institute", "bank", "l", "systems"}))
            continue;
        for (size_t back = i; back > 0 && i - back < 8; --back) {
            const bool joins = words.isOneOf(back - 1, {",", "&", ".", "-", "of", "and", "'"});
            if (!joins && !words.at(back - 1).isCapital() && !words.isNumber(back - 1))
                break;
            if (words.isOneOf(back - 1, {"this", "the", "between"}))
                break;
            isName[back - 1] = true;
        }
    }
    return isName;
}

// A part of an address of the web or of mail.
bool isInAddress(const ShiftSource& source, size_t at) {
    const std::string_view text = source.text();
    const size_t begin = source.words().at(at).begin, end = source.words().at(at).end;
    const char before = begin > 0 ? text[begin - 1] : ' ', behind = end < text.size() ? text[end] : ' ';
    const char next = end + 1 < text.size() ? text[end + 1] : ' ';
    return before == '@' || before == '/' || before == '_' || before == '.' || behind == '@' || behind == '_' ||
           (behind == '.' && ((next >= 'a' && next <= 'z') || (next >= '0' && next <= '9')));
}

std::string britishForm(const ShiftSource& source, size_t at) {
    const Token& word = source.words().at(at);
    if (const auto found = wholeWords().find(word.lower); found != wholeWords().end())
        return std::string(found->second);
    if (std::string out = licenceForm(source, at); !out.empty())
        return out;
    if (std::string out = ourForm(word.lower); !out.empty())
        return out;
    return iseForm(word.lower);
}

} // namespace

ShiftDraft shiftSpelling(const ShiftSource& source) {
    ShiftDraft draft;
    const TokenView& words = source.words();
    const std::vector<bool> isName = namesIn(words);
    for (size_t i = 0; i < words.size(); ++i) {
        const Token& word = words.at(i);
        if (word.kind != TokenKind::Word || word.text.size() < 4 || isName[i] || (word.isCapital() && holds(kNamesWhenCapital, word.lower)) || isInAddress(source, i))
            continue;
        if (const std::string british = britishForm(source, i); !british.empty())
            draft.edits.push_back({{word.begin, word.end}, inCaseOf(word.text, british)});
    }
    return draft;
}

} // namespace cw
