// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Clauses that a British contract has and an American one hasn't: third party rights, data protection law, value added tax.
#include "core/eval/shift/source.h"

#include <algorithm>

namespace cw {

namespace {

bool mentions(const ShiftSource& source, std::initializer_list<std::initializer_list<std::string_view>> phrases) {
    for (size_t i = 0; i < source.words().size(); ++i)
        for (const auto& phrase : phrases)
            if (source.words().startsWith(i, phrase))
                return true;
    return false;
}

bool isPresent(const AnswerCell* cell) { return cell && cell->finding; }

// The only quote of the denial of third party rights, where it is one sentence that denies.
std::optional<ByteRange> denial(const ShiftSource& source) {
    const AnswerCell* cell = source.cell("third_party_beneficiary");
    const auto& ranges = source.ranges("third_party_beneficiary");
    const bool* value = isPresent(cell) ? std::get_if<bool>(&cell->finding->value) : nullptr;
    return value && !*value && ranges.size() == 1 ? std::optional(ranges.front()) : std::nullopt;
}

// A quote of another clause lies in the range, and would be lost with it.
bool holdsOthers(const ShiftSource& source, std::string_view clause, ByteRange range) {
    const GoldRow& gold = source.gold();
    for (size_t i = 0; i < gold.ranges.size(); ++i)
        for (const ByteRange& other : gold.ranges[i])
            if (gold.answer.cells[i].key != clause && other.overlaps(range))
                return true;
    return false;
}

// Sales and use taxes, as tokens [from, to), by their longest name.
std::optional<size_t> salesTaxEnd(const TokenView& words, size_t at) {
    size_t end = at;
    bool any = false;
    while (words.isOneOf(end, {"sales", "use", "and", "or", ",", "/"})) {
        any = any || words.is(end, "sales");
        ++end;
    }
    return any && words.is(at, "sales") && words.isOneOf(end, {"tax", "taxes"}) ? std::optional(end + 1) : std::nullopt;
}

// The first sentence that tells when money is due.
std::optional<size_t> placeForVat(const ShiftSource& source) {
    const TokenView& words = source.words();
    for (size_t i = 0; i < words.size(); ++i) {
        const bool due = words.isOneOf(i, {"invoice", "invoices"}) || words.startsWith(i, {"shall", "pay"}) || words.startsWith(i, {"due", "and", "payable"});
        const ByteRange sentence = due ? source.sentenceOf(words.at(i).begin) : ByteRange{};
        if (!sentence.empty() && source.text()[sentence.end - 1] == '.')
            if (const auto end = paragraphEnd(source.text(), sentence.end))
                return end;
    }
    return std::nullopt;
}

} // namespace

// The Act is English law: the contract moves under it, or is there already.
ShiftDraft shiftThirdPartyRights(const ShiftSource& source) {
    const std::string sentence = "A person who is not a party to this " + source.ownWord() +
                                 " shall not have any rights under the Contracts (Rights of Third Parties) Act 1999 to enforce any term of this " + source.ownWord() + ".";
    ShiftDraft draft;
    if (std::vector<TextEdit> law = lawEdits(source, kEngland); !law.empty()) {
        draft.edits = courtEdits(source, kEngland);
        draft.edits.insert(draft.edits.end(), law.begin(), law.end());
        if (auto change = lawChange(source, kEngland))
            draft.changes.push_back(std::move(*change));
    } else if (!mentions(source, {{"english", "law"}, {"laws", "of", "england"}, {"law", "of", "england"}})) {
        return draft;
    }
    if (const auto range = denial(source)) {
        if (holdsOthers(source, "third_party_beneficiary", *range))
            return {};
        draft.edits.insert(draft.edits.begin(), {*range, sentence});
        draft.changes.push_back({"third_party_beneficiary", false, {}});
        return draft;
    }
    const AnswerCell* cell = source.cell("third_party_beneficiary");
    const auto place = placeForGeneralClause(source);
    if (!place || isPresent(cell) || mentions(source, {{"third", "party", "beneficiary"}, {"third", "party", "beneficiaries"}, {"third", "-", "party", "beneficiary"},
                                                       {"third", "-", "party", "beneficiaries"}, {"rights", "of", "third", "parties"}}))
        return {};
    const std::string before = "\nThird party rights. ";
    draft.edits.push_back({{*place, *place}, before + sentence});
    if (cell)
        draft.changes.push_back({"third_party_beneficiary", false, draft.edits.size() - 1, before.size()});
    return draft;
}

ShiftDraft shiftDataLaw(const ShiftSource& source) {
    const AnswerCell* cell = source.cell("data_protection");
    const auto place = placeForGeneralClause(source);
    if (!place)
        return {};
    const bool named = mentions(source, {{"personal", "data"}, {"personal", "information"}, {"data", "protection"}, {"privacy"}, {"gdpr"}});
    if (named && !isPresent(cell))
        return {}; // what the contract has on it is nobody's decided answer
    const std::string before = "\nData protection. ";
    ShiftDraft draft{{{{*place, *place}, before + "Each party shall comply with the UK GDPR and the Data Protection Act 2018 in connection with the processing of personal data under this " +
                                             source.ownWord() + ", and shall notify the other without undue delay of any personal data breach affecting that data."}},
                     {}};
    if (cell)
        draft.changes.push_back({"data_protection", std::nullopt, 0, before.size(), true});
    return draft;
}

// No answer depends on the tax: the sentence says of every sum alike that the tax comes on top.
ShiftDraft shiftVat(const ShiftSource& source) {
    ShiftDraft draft;
    const TokenView& words = source.words();
    if (mentions(source, {{"value", "added", "tax"}, {"value", "-", "added"}, {"vat"}}))
        return draft;
    for (size_t i = 0; i < words.size(); ++i)
        if (const auto end = salesTaxEnd(words, i)) {
            draft.edits.push_back({source.rangeOf(i, *end), inCaseOf(source.textOf(i, *end), "value added tax")});
            i = *end - 1;
        }
    if (const auto place = placeForVat(source))
        draft.edits.push_back({{*place, *place}, "\nAll sums payable under this " + source.ownWord() +
                                                     " are exclusive of value added tax (VAT), which shall be payable in addition at the rate and in the manner for the time being "
                                                     "prescribed by law against delivery of a valid VAT invoice."});
    return draft;
}

} // namespace cw
