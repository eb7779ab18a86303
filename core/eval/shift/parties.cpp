// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The parties as British companies: legal forms, where they are incorporated, registered offices.
#include "core/eval/shift/source.h"
#include "core/extraction/party_guess.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <set>

namespace cw {

namespace {

// A legal form that ends a name: the token behind it and what it is in the United Kingdom.
struct Form {
    size_t from = 0; // the comma before it, if there is one
    size_t end = 0;
    std::string_view british;
};

std::optional<Form> formAt(const TokenView& words, size_t at) {
    Form form{at, at, {}};
    if (words.is(at, ","))
        ++at;
    if (!words.at(at).isCapital())
        return std::nullopt;
    const auto take = [&](std::initializer_list<std::string_view> name, std::string_view british) {
        if (!words.startsWith(at, name))
            return false;
        form.end = at + name.size();
        form.british = british;
        return true;
    };
    if (take({"l", ".", "l", ".", "c"}, "LLP") || take({"llc"}, "LLP") || take({"limited", "liability", "company"}, "LLP") || take({"incorporated"}, "Limited") ||
        take({"inc"}, "Limited") || take({"corporation"}, "plc") || take({"corp"}, "plc")) {
        if (words.is(form.end, ".") && words.touchesPrevious(form.end))
            ++form.end;
        return form;
    }
    return std::nullopt;
}

struct PartyBase {
    std::vector<std::string> words; // of the name without its form, in lower case
    std::string_view british;
};

// A name's words in front of its legal form; nothing for a name without one of these forms.
std::optional<PartyBase> baseOf(std::string_view name) {
    const std::vector<Token> tokens = tokenize(name);
    const TokenView words(tokens);
    for (size_t i = 1; i < words.size(); ++i)
        if (const auto form = formAt(words, i); form && form->end == words.size()) {
            PartyBase base{{}, form->british};
            for (size_t word = 0; word < i; ++word)
                base.words.push_back(words.at(word).lower);
            return base;
        }
    return std::nullopt;
}

std::vector<std::string> partyNames(const ShiftSource& source) {
    const AnswerCell* cell = source.cell("parties");
    if (!cell)
        return guessParties(source.text());
    std::vector<std::string> names;
    const auto* parties = cell->finding ? std::get_if<std::vector<Party>>(&cell->finding->value) : nullptr;
    for (const Party& party : parties ? *parties : std::vector<Party>())
        names.push_back(party.name);
    return names;
}

std::vector<PartyBase> partyBases(const ShiftSource& source) {
    std::vector<PartyBase> bases;
    for (const std::string& name : partyNames(source))
        if (auto base = baseOf(name))
            bases.push_back(std::move(*base));
    return bases;
}

// What stands in the place of ", Inc.": a name in capitals has its form in capitals. The full stop that ends a sentence stays.
std::string formText(const std::string& name, std::string_view british, bool keepsStop) {
    const bool capitals = std::none_of(name.begin(), name.end(), [](char c) { return c >= 'a' && c <= 'z'; });
    std::string text = ' ' + (capitals ? inCaseOf("ALL", std::string(british)) : std::string(british));
    return keepsStop ? text + '.' : text;
}

// The legal form behind each mention of a party.
std::vector<TextEdit> formEdits(const ShiftSource& source, const std::vector<PartyBase>& bases) {
    std::vector<TextEdit> edits;
    const TokenView& words = source.words();
    for (size_t i = 0; i < words.size(); ++i)
        for (const PartyBase& base : bases) {
            size_t at = 0;
            while (at < base.words.size() && words.is(i + at, base.words[at]) && (at == 0 || source.followsClosely(i + at)))
                ++at;
            const auto form = at == base.words.size() ? formAt(words, i + at) : std::nullopt;
            if (!form || form->british != base.british || !source.followsClosely(form->from) || !source.followsClosely(form->from + 1))
                continue;
            const ByteRange range{words.at(form->from - 1).end, words.at(form->end - 1).end};
            const bool stop = words.is(form->end - 1, ".") && source.endsSentence(range.end) && !source.beginsLine(i);
            edits.push_back({range, formText(std::string(source.textOf(i, i + at)), base.british, stop)});
            break;
        }
    return edits;
}

std::string companyNumber(const ShiftSource& source, size_t which, bool partnership) {
    std::array<char, 16> text{};
    const auto number = source.draw("company number " + std::to_string(which), 900'000);
    std::snprintf(text.data(), text.size(), partnership ? "OC%06llu" : "0%07llu", static_cast<unsigned long long>(number + (partnership ? 100'000 : 2'100'000)) % (partnership ? 1'000'000 : 10'000'000));
    return text.data();
}

std::string registeredOffice(const ShiftSource& source, size_t which) {
    static constexpr std::array<std::string_view, 8> kOffices = {"12 Finsbury Court, London EC2M 7LT",      "Wharf House, 3 Canal Street, Manchester M1 3HE",
                                                                 "40 Castle Terrace, Bristol BS1 6XN",       "The Old Exchange, 9 Boar Lane, Leeds LS1 5DA",
                                                                 "21 Colmore Gate, Birmingham B3 2QD",       "Unit 6, Granta Park, Cambridge CB21 6GP",
                                                                 "5 Friar Street, Reading RG1 1DP",          "88 Queen Square, Liverpool L1 1RH"};
    return std::string(kOffices[(source.draw("office", kOffices.size()) + which) % kOffices.size()]);
}

// "a Delaware corporation": the token behind it, and whether it is a partnership in the United Kingdom.
struct Description {
    size_t end = 0;
    bool partnership = false;
};

std::optional<Description> descriptionAt(const ShiftSource& source, size_t at) {
    const TokenView& words = source.words();
    if (!words.isOneOf(at, {"a", "an"}))
        return std::nullopt;
    size_t next = at + 1;
    if (const auto place = usPlaceEnd(source, next))
        next = *place;
    else
        return std::nullopt;
    next = words.skip(next, {"domestic", "business", "stock"});
    if (words.startsWith(next, {"limited", "liability", "company"}))
        return Description{next + 3, true};
    return words.isOneOf(next, {"corporation", "company"}) ? std::optional(Description{next + 1, false}) : std::nullopt;
}

// "organized and existing under the laws of the State of Delaware" behind "a corporation": the token behind it.
std::optional<size_t> formationEnd(const ShiftSource& source, size_t at) {
    const TokenView& words = source.words();
    size_t next = words.skip(at, {"duly", "validly", "organized", "organised", "existing", "formed", "incorporated", "created", "and", "in", "good", "standing", ","});
    if (next == at || !words.is(next, "under"))
        return std::nullopt;
    next = words.skip(next + 1, {"and", "by", "virtue", "of", "the"});
    if (!words.isOneOf(next, {"law", "laws"}) || !words.is(next + 1, "of"))
        return std::nullopt;
    return usPlaceEnd(source, next + 2);
}

// "with its principal place of business at": the token behind it.
std::optional<size_t> officeEnd(const TokenView& words, size_t at) {
    size_t next = words.is(at, ",") ? at + 1 : at;
    if (!words.isOneOf(next, {"with", "having", "whose"}))
        return std::nullopt;
    next = words.skip(next + 1, {"its", "a", "an", "is", "the"});
    if (!words.is(next, "principal"))
        return std::nullopt;
    next = words.skip(next + 1, {"place", "of", "business", "office", "offices", "executive", "corporate", "and", "is", "are", "located"});
    return words.is(next, "at") ? std::optional(next + 1) : std::nullopt;
}

std::string incorporated(const ShiftSource& source, size_t which, bool partnership, bool namesOffice) {
    std::string text = std::string(partnership ? "a limited liability partnership" : "a company") + " incorporated in England and Wales (registered number " +
                       companyNumber(source, which, partnership) + ")";
    return namesOffice ? text + " whose registered office is at " + registeredOffice(source, which) : text;
}

// The descriptions of the parties, and the laws under which they were formed.
std::vector<TextEdit> descriptionEdits(const ShiftSource& source) {
    std::vector<TextEdit> edits;
    const TokenView& words = source.words();
    size_t which = 0;
    for (size_t i = 0; i < words.size(); ++i) {
        if (const auto description = descriptionAt(source, i)) {
            const auto office = officeEnd(words, description->end);
            edits.push_back({source.rangeOf(i, description->end), incorporated(source, which++, description->partnership, !office)});
            if (office)
                edits.push_back({{words.at(description->end - 1).end, words.at(*office - 1).end}, " whose registered office is at"});
            i = description->end - 1;
        } else if (words.isOneOf(i, {"corporation", "company"})) {
            if (words.at(i).text == "corporation" && i > 0 && words.is(i - 1, "a"))
                edits.push_back({source.rangeOf(i, i + 1), "company"});
            if (const auto end = formationEnd(source, i + 1); end && i > 0 && words.isOneOf(i - 1, {"a", "liability", "the"})) {
                const size_t from = i + 1;
                const bool standing = source.textOf(from, *end).find("standing") != std::string_view::npos;
                edits.push_back({source.rangeOf(from, *end), standing ? "duly incorporated and validly existing under the laws of England and Wales"
                                                                      : "incorporated in England and Wales with registered number " + companyNumber(source, which++, false)});
                i = *end - 1;
            }
        }
    }
    return edits;
}

// The gold names with their new forms; nothing if none changed.
std::optional<GoldChange> partiesChange(const ShiftSource& source) {
    const AnswerCell* cell = source.cell("parties");
    const auto* parties = cell && cell->finding ? std::get_if<std::vector<Party>>(&cell->finding->value) : nullptr;
    if (!parties)
        return std::nullopt;
    std::vector<Party> renamed = *parties;
    bool any = false;
    for (Party& party : renamed) {
        const std::vector<Token> tokens = tokenize(party.name);
        const TokenView words(tokens);
        for (size_t i = 1; i < words.size(); ++i)
            if (const auto form = formAt(words, i); form && form->end == words.size()) {
                const std::string name = party.name.substr(0, words.at(i - 1).end);
                party.name = name + formText(name, form->british, false);
                any = true;
                break;
            }
    }
    return any ? std::optional(GoldChange{"parties", ClauseValue(std::move(renamed)), {}}) : std::nullopt;
}

} // namespace

ShiftDraft shiftLegalForms(const ShiftSource& source) {
    ShiftDraft draft;
    draft.edits = formEdits(source, partyBases(source));
    if (draft.edits.empty())
        return draft;
    std::vector<TextEdit> descriptions = descriptionEdits(source);
    draft.edits.insert(draft.edits.end(), std::make_move_iterator(descriptions.begin()), std::make_move_iterator(descriptions.end()));
    if (auto change = partiesChange(source))
        draft.changes.push_back(std::move(*change));
    return draft;
}

} // namespace cw
