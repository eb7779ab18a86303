// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "core/eval/shift/shift.h"

#include "core/eval/shift/source.h"
#include "core/extraction/derive.h"
#include "core/text/lines.h"
#include "core/text/quote.h"

#include <algorithm>
#include <utility>

namespace cw {

namespace {

using Draft = ShiftDraft (*)(const ShiftSource&);

struct Shift {
    ShiftInfo info;
    Draft draft;
};

const std::vector<Shift>& table() {
    static const std::vector<Shift> all = {
        {{ShiftKind::DayFirst, "day_first", "Dates with the day first", false, "Nothing changes but the words of quotes."}, shiftDayFirst},
        {{ShiftKind::NumericDates, "numeric_dates", "Numeric dates in British order", true, "Dates stay what they are; the governing law becomes that of England and Wales."},
         shiftNumericDates},
        {{ShiftKind::FlippedOrder, "flipped_order", "Numeric dates read in British order", true,
          "Day and month change places in dates that are written as numbers alone; the governing law becomes that of England and Wales."},
         shiftFlippedOrder},
        {{ShiftKind::Spelling, "spelling", "British spelling", false, "Nothing changes but the words of quotes."}, shiftSpelling},
        {{ShiftKind::GoverningLaw, "governing_law", "The law of a part of the United Kingdom", true,
          "The governing law becomes that of England and Wales, Scotland or Northern Ireland."},
         shiftGoverningLaw},
        {{ShiftKind::LegalForms, "legal_forms", "British companies", true, "The parties' names end in Limited, plc or LLP."}, shiftLegalForms},
        {{ShiftKind::Sterling, "sterling", "Pounds sterling", true, "Sums in dollars become sums in pounds."}, shiftSterling},
        {{ShiftKind::EnglishCourts, "english_courts", "The courts of England", true,
          "Disputes go to courts with exclusive jurisdiction; the governing law becomes that of England and Wales."},
         shiftEnglishCourts},
        {{ShiftKind::ThirdPartyRights, "third_party_rights", "Third party rights excluded", true, "Third party rights are denied, by the sentence on the Act; the governing law becomes that of England and Wales."},
         shiftThirdPartyRights},
        {{ShiftKind::DeedWords, "deed_words", "Executed as a deed, in plain words", false, "Nothing changes but the words of quotes."}, shiftDeedWords},
        {{ShiftKind::ClauseWords, "clause_words", "Clauses and schedules", false, "Nothing changes but the words of quotes."}, shiftClauseWords},
        {{ShiftKind::Typography, "typography", "Single quotation marks, per cent", false, "Nothing changes but the words of quotes."}, shiftTypography},
        {{ShiftKind::DataLaw, "data_law", "UK GDPR and Data Protection Act 2018", true, "Data protection is present, with the sentence on the Act among its quotes."},
         shiftDataLaw},
        {{ShiftKind::Vat, "vat", "Value added tax on top", false, "Nothing changes but the words of quotes."}, shiftVat},
        {{ShiftKind::NumberFormat, "number_format", "Figures with points for thousands", false, "Nothing changes but the words of quotes."}, shiftNumberFormat},
    };
    return all;
}

Error doesNotApply(const std::string& why) {
    return {ErrorCode::NotFound, why, ""};
}

// The places of a cell's quotes: those of the gold, or where the quotes stand. Nothing if one stands nowhere.
std::optional<std::vector<ByteRange>> placesOf(const GoldRow& gold, size_t cell, const NormalizedText& text, std::string_view source) {
    const Finding& finding = *gold.answer.cells[cell].finding;
    if (cell < gold.ranges.size() && gold.ranges[cell].size() == finding.quotes.size()) {
        const bool inside = std::all_of(gold.ranges[cell].begin(), gold.ranges[cell].end(), [&](ByteRange range) { return !range.empty() && range.end <= source.size(); });
        return inside ? std::optional(gold.ranges[cell]) : std::nullopt;
    }
    std::vector<ByteRange> places = groundQuotes(text, finding.quotes);
    const bool found = std::none_of(places.begin(), places.end(), [](ByteRange range) { return range.empty(); });
    return found ? std::optional(std::move(places)) : std::nullopt;
}

// Ranges that came to overlap, because they shared replaced words, are one quote.
std::vector<ByteRange> united(std::vector<ByteRange> ranges) {
    std::vector<ByteRange> out;
    for (const ByteRange& range : ranges)
        if (!out.empty() && range.begin < out.back().end && out.back().begin < range.end)
            out.back() = {std::min(range.begin, out.back().begin), std::max(range.end, out.back().end)};
        else
            out.push_back(range);
    return out;
}

std::vector<std::string> quotesAt(const std::string& text, const std::vector<ByteRange>& ranges) {
    std::vector<std::string> quotes;
    for (const ByteRange& range : ranges)
        quotes.push_back(normalizeQuote(std::string_view(text).substr(range.begin, range.size())));
    return quotes;
}

class Carrier {
public:
    Carrier(const GoldRow& gold, const EditedText& edited) : m_edited(edited), m_gold(gold) { m_gold.ranges.assign(gold.answer.cells.size(), {}); }

    void carry(size_t cell, const std::vector<ByteRange>& places) { put(cell, carried(places)); }

    // Alternatives whose quotes stand in the old text; one of other words would say nothing of the new ones.
    void carryAlternatives(const NormalizedText& old) {
        for (auto& [key, alternatives] : m_gold.alternatives) {
            std::vector<Finding> moved;
            for (const Finding& alternative : alternatives)
                if (const std::vector<ByteRange> places = groundQuotes(old, alternative.quotes); std::none_of(places.begin(), places.end(), isEmpty))
                    moved.push_back({quotesAt(m_edited.text(), carried(places)), alternative.value});
            alternatives = std::move(moved);
        }
        std::erase_if(m_gold.alternatives, [](const auto& cell) { return cell.second.empty(); });
    }

    void change(size_t cell, const GoldChange& change, std::optional<size_t> edit) {
        std::optional<Finding>& finding = m_gold.answer.cells[cell].finding;
        m_gold.alternatives.erase(change.clause); // they were to the old question
        if (edit) {
            const ByteRange place = m_edited.placeOf(*edit);
            std::vector<ByteRange> ranges = change.keepsQuotes ? m_gold.ranges[cell] : std::vector<ByteRange>();
            ranges.push_back(trimmedRange(m_edited.text(), {place.begin + change.quoteAt, place.end}));
            std::sort(ranges.begin(), ranges.end());
            if (!finding)
                finding.emplace();
            put(cell, std::move(ranges));
        }
        if (change.value && finding)
            finding->value = *change.value;
    }

    GoldRow take() { return std::move(m_gold); }

private:
    static bool isEmpty(ByteRange range) { return range.empty(); }

    std::vector<ByteRange> carried(const std::vector<ByteRange>& places) const {
        std::vector<ByteRange> ranges;
        for (const ByteRange& place : places)
            ranges.push_back(trimmedRange(m_edited.text(), m_edited.carry(place)));
        return united(std::move(ranges));
    }

    void put(size_t cell, std::vector<ByteRange> ranges) {
        m_gold.answer.cells[cell].finding->quotes = quotesAt(m_edited.text(), ranges);
        m_gold.ranges[cell] = std::move(ranges);
    }

    const EditedText& m_edited;
    GoldRow m_gold;
};

// Where an edit of the draft came to stand; nothing if it gave way to another.
std::optional<size_t> indexOf(const std::vector<TextEdit>& edits, const TextEdit& wanted) {
    const auto at = std::find(edits.begin(), edits.end(), wanted);
    return at == edits.end() ? std::nullopt : std::optional(static_cast<size_t>(at - edits.begin()));
}

std::optional<size_t> cellOf(const GoldRow& gold, const std::string& clause) {
    const auto& cells = gold.answer.cells;
    const auto at = std::find_if(cells.begin(), cells.end(), [&](const AnswerCell& cell) { return cell.key == clause; });
    return at == cells.end() ? std::nullopt : std::optional(static_cast<size_t>(at - cells.begin()));
}

// The quotes of a moved governing law name the new place and no other.
Status checkLaw(const GoldRow& gold) {
    const AnswerCell* cell = gold.answer.find("governing_law");
    std::string words;
    for (const std::string& quote : cell->finding->quotes)
        words += quote + '\n';
    const auto* code = std::get_if<std::string>(&cell->finding->value);
    return code && governingLawFromText(words) == *code ? Status() : Status(doesNotApply("The governing law is worded in a way that the shift can't move."));
}

} // namespace

const std::vector<ShiftInfo>& shifts() {
    static const std::vector<ShiftInfo> infos = [] {
        std::vector<ShiftInfo> out;
        for (const Shift& shift : table())
            out.push_back(shift.info);
        return out;
    }();
    return infos;
}

const ShiftInfo* findShift(std::string_view name) {
    const auto at = std::find_if(shifts().begin(), shifts().end(), [&](const ShiftInfo& info) { return info.name == name; });
    return at == shifts().end() ? nullptr : &*at;
}

const ShiftInfo& infoOf(ShiftKind kind) {
    return shifts()[static_cast<size_t>(kind)];
}

Result<ShiftedContract> shiftContract(ShiftKind kind, const GoldRow& gold, std::string_view text, const Taxonomy& taxonomy) {
    GoldRow placed = gold; // with every quote's place
    placed.ranges.resize(gold.answer.cells.size());
    const NormalizedText normalized(text);
    for (size_t i = 0; i < gold.answer.cells.size(); ++i) {
        if (!gold.answer.cells[i].finding)
            continue;
        auto places = placesOf(gold, i, normalized, text);
        if (!places)
            return doesNotApply("A quote of " + gold.answer.cells[i].key + " is not in the text.");
        placed.ranges[i] = std::move(*places);
    }
    const ShiftSource source(placed, text);
    ShiftDraft draft = table()[static_cast<size_t>(kind)].draft(source);
    ShiftedContract out;
    out.edits = inOrder(text, draft.edits);
    if (out.edits.empty())
        return doesNotApply("There is nothing to rewrite.");
    const EditedText edited(text, out.edits);
    Carrier carrier(placed, edited);
    for (size_t i = 0; i < placed.answer.cells.size(); ++i)
        if (placed.answer.cells[i].finding)
            carrier.carry(i, placed.ranges[i]);
    carrier.carryAlternatives(normalized);
    for (const GoldChange& change : draft.changes) {
        const auto cell = cellOf(placed, change.clause);
        const auto edit = change.inserted ? indexOf(out.edits, draft.edits[*change.inserted]) : std::nullopt;
        if (!cell || (change.inserted && !edit))
            return doesNotApply("The new words of " + change.clause + " have no place.");
        carrier.change(*cell, change, edit);
    }
    out.gold = carrier.take();
    for (const AnswerCell& cell : out.gold.answer.cells)
        if (std::any_of(draft.changes.begin(), draft.changes.end(), [&](const GoldChange& change) { return change.clause == cell.key; }))
            out.directed.push_back(cell.key);
    if (std::find(out.directed.begin(), out.directed.end(), "governing_law") != out.directed.end())
        CW_TRY(checkLaw(out.gold));
    for (size_t i = 0; i < out.gold.ranges.size(); ++i)
        for (const ByteRange& range : out.gold.ranges[i])
            if (range.empty())
                return doesNotApply("A quote of " + out.gold.answer.cells[i].key + " is gone.");
    if (const Status legal = checkEncodable(out.gold.answer, out.gold.request, taxonomy); !legal)
        return doesNotApply(legal.error().detail);
    out.text = edited.text();
    return out;
}

} // namespace cw
