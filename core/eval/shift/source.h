// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// What the shifts work on, and what they give: a contract's words on one side, edits and changed answers on the other. Pure; any thread.
#pragma once

#include "core/base/byte_range.h"
#include "core/dataset/rows.h"
#include "core/eval/shift/edited_text.h"
#include "core/extraction/tokens.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cw {

class ShiftSource {
public:
    // Both must outlive the source.
    ShiftSource(const GoldRow& gold, std::string_view text);

    const GoldRow& gold() const { return m_gold; }
    std::string_view text() const { return m_text; }
    const TokenView& words() const { return m_view; }
    const std::vector<ByteRange>& sentences() const { return m_sentences; }

    // The bytes of tokens [from, to).
    ByteRange rangeOf(size_t from, size_t to) const { return {m_view.at(from).begin, m_view.at(to - 1).end}; }
    std::string_view textOf(size_t from, size_t to) const;
    // A line ends between this token and the one before.
    bool beginsLine(size_t token) const;
    // Only white space, and no blank line, lies between this token and the one before.
    bool followsClosely(size_t token) const;
    // The first token at or behind a byte.
    size_t tokenAt(size_t byte) const;
    // The sentence that holds a byte; empty where none does.
    ByteRange sentenceOf(size_t byte) const;
    bool endsSentence(size_t byte) const; // a sentence ends right there

    // The gold cell of a clause: nothing where nobody decided.
    const AnswerCell* cell(std::string_view clause) const { return m_gold.answer.find(clause); }
    const std::vector<ByteRange>& ranges(std::string_view clause) const; // of the cell's quotes
    // The word that the contract has for itself: "Agreement", "Contract", "Deed".
    const std::string& ownWord() const { return m_ownWord; }
    // A number that is always the same for this contract.
    std::uint64_t draw(std::string_view purpose, std::uint64_t bound) const;

private:
    const GoldRow& m_gold;
    std::string_view m_text;
    std::vector<Token> m_tokens;
    TokenView m_view;
    std::vector<ByteRange> m_sentences;
    std::string m_ownWord;
};

// A clause whose right answer changes. `value`: its new value. `inserted`: the words of that edit are a quote of it, from `quoteAt` on; the
// clause is present with it, beside the quotes that it has if `keepsQuotes`.
struct GoldChange {
    std::string clause;
    std::optional<ClauseValue> value;
    std::optional<size_t> inserted; // index of an edit, as the shift lists them
    size_t quoteAt = 0;             // byte in the edit's text
    bool keepsQuotes = false;
};

struct ShiftDraft {
    std::vector<TextEdit> edits; // in any order
    std::vector<GoldChange> changes;
};

// The shifts. Each gives no edit where it has nothing to rewrite.
ShiftDraft shiftDayFirst(const ShiftSource& source);
ShiftDraft shiftNumericDates(const ShiftSource& source);
ShiftDraft shiftFlippedOrder(const ShiftSource& source);
ShiftDraft shiftSpelling(const ShiftSource& source);
ShiftDraft shiftGoverningLaw(const ShiftSource& source);
ShiftDraft shiftLegalForms(const ShiftSource& source);
ShiftDraft shiftSterling(const ShiftSource& source);
ShiftDraft shiftEnglishCourts(const ShiftSource& source);
ShiftDraft shiftThirdPartyRights(const ShiftSource& source);
ShiftDraft shiftDeedWords(const ShiftSource& source);
ShiftDraft shiftClauseWords(const ShiftSource& source);
ShiftDraft shiftTypography(const ShiftSource& source);
ShiftDraft shiftDataLaw(const ShiftSource& source);
ShiftDraft shiftVat(const ShiftSource& source);
ShiftDraft shiftNumberFormat(const ShiftSource& source);

// `word` written like `as`: all capitals, a capital first, or as it is.
std::string inCaseOf(std::string_view as, std::string word);

// Where the law of a US state is named as the contract's, and that state's courts, rewritten for another place; nothing of the first
// kind: no edit at all. Laws under which a party was formed stay.
struct Place {
    std::string_view name;   // "England and Wales"
    std::string_view law;    // "English law"
    std::string_view courts; // "the courts of England and Wales"
    std::string_view code;   // "GB-EAW"
};
inline constexpr Place kEngland = {"England and Wales", "English law", "the courts of England and Wales", "GB-EAW"};
std::vector<TextEdit> lawEdits(const ShiftSource& source, const Place& place);
std::vector<TextEdit> courtEdits(const ShiftSource& source, const Place& place);
// Governing law as a changed answer, where it is one; the contract names one law, that of a US state.
std::optional<GoldChange> lawChange(const ShiftSource& source, const Place& place);
// The name of a US state, its district or "United States" that begins at a token: the token behind it, or nothing.
std::optional<size_t> usPlaceEnd(const ShiftSource& source, size_t token);

// Every date that is spelt with its month first, with the day first.
std::vector<TextEdit> dayFirstEdits(const ShiftSource& source);

// Where a new paragraph can stand behind a sentence: the end of the first line from there on that ends with a full stop. Nothing where that
// is far off, or a page's foot comes first.
std::optional<size_t> paragraphEnd(std::string_view text, size_t from);
// The end of the paragraph that names the governing law, else the end of the text in front of the signatures; nothing where neither is
// there.
std::optional<size_t> placeForGeneralClause(const ShiftSource& source);

} // namespace cw
