// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// From labelled clauses to cells: type, places, state, value, flags.
#include "core/base/utf.h"
#include "core/dataset/label_places.h"
#include "core/dataset/label_values.h"
#include "core/dataset/labels.h"
#include "core/extraction/canonical_json.h"
#include "core/text/quote.h"

#include <algorithm>

namespace cw {

namespace {

// The hypotheses of ContractNLI that one of the 47 types means; CUAD's categories are in the taxonomy itself.
constexpr std::pair<std::string_view, std::string_view> kOtherCategories[] = {
    {"nda: return of confidential information", "post_termination_services"},
    {"nda: no solicitation", "no_solicit_of_employees"},
};

const ClauseType* typeOf(const std::string& category, const Taxonomy& taxonomy) {
    if (const ClauseType* type = taxonomy.findCuadCategory(category))
        return type;
    std::string lower = category;
    std::transform(lower.begin(), lower.end(), lower.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    for (const auto& [name, key] : kOtherCategories)
        if (lower == name)
            return taxonomy.find(key);
    return nullptr;
}

bool isPresence(const std::string& answer) {
    return answer != "No" && answer != "NotMentioned";
}

class Mapper {
public:
    Mapper(const LabelledContract& labels, std::string_view text, bool offsetsHold, const Taxonomy& taxonomy)
        : m_labels(labels), m_text(text), m_taxonomy(taxonomy), m_context(answerContext(labels)) {
        if (!offsetsHold)
            m_places.emplace(text, labels);
    }

    LabelMapping run() {
        for (const LabelClause& clause : m_labels.clauses) {
            const ClauseType* type = typeOf(clause.category, m_taxonomy);
            if (type)
                map(*type, clause);
            else
                ++m_mapping.notMapped[clause.category];
        }
        sortCells();
        return std::move(m_mapping);
    }

private:
    std::vector<ByteRange> place(const LabelSpan& span) const {
        if (m_places)
            return m_places->find(span);
        const bool holds =
            span.range.end <= m_text.size() && m_text.substr(span.range.begin, span.range.size()) == span.text;
        return holds ? std::vector<ByteRange>{span.range} : std::vector<ByteRange>();
    }

    std::vector<ByteRange> placeAll(const ClauseType& type, const LabelClause& clause, Cell& cell) {
        std::vector<ByteRange> ranges;
        for (const LabelSpan& span : clause.spans) {
            const auto places = place(span);
            ranges.insert(ranges.end(), places.begin(), places.end());
            if (places.empty()) {
                m_mapping.notPlaced.push_back(type.key + ": " + normalizeQuote(span.text));
                cell.flags.unsure = true;
            }
        }
        return ranges;
    }

    // In document order, overlapping ones joined.
    std::vector<Span> join(const ClauseType& type, std::vector<ByteRange> ranges) {
        std::sort(ranges.begin(), ranges.end());
        std::vector<ByteRange> joined;
        for (const ByteRange& range : ranges) {
            if (joined.empty() || !joined.back().overlaps(range))
                joined.push_back(range);
            else
                joined.back().end = std::max(joined.back().end, range.end);
        }
        if (joined.size() < ranges.size())
            m_mapping.merged.push_back(type.key);
        std::vector<Span> spans;
        for (const ByteRange& range : joined)
            spans.push_back({range, std::string(m_text.substr(range.begin, range.size()))});
        return spans;
    }

    void map(const ClauseType& type, const LabelClause& clause) {
        if (m_labels.level == "value") // such a source gives no places: nothing follows from their absence
            return;
        Cell cell;
        cell.clause = type.key;
        cell.spans = join(type, placeAll(type, clause, cell));
        if (!clause.spans.empty() && cell.spans.empty())
            return;
        cell.state = cell.spans.empty() ? CellState::Absent : CellState::Present;
        const bool saysPresent =
            !clause.values.empty() && std::any_of(clause.values.begin(), clause.values.end(), isPresence);
        const bool saysAbsent = clause.absent || (!clause.values.empty() && !saysPresent);
        cell.flags.conflict = clause.conflict || (cell.spans.empty() ? saysPresent : saysAbsent);
        if (cell.state == CellState::Present)
            complete(type, clause, cell);
        add(std::move(cell));
    }

    // The value of a present cell, and what keeps it from being one to train on.
    void complete(const ClauseType& type, const LabelClause& clause, Cell& cell) {
        std::vector<std::string> quotes;
        for (const Span& span : cell.spans)
            quotes.push_back(normalizeQuote(span.quote));
        const bool isEncodable =
            quotes.size() <= kMaxQuotes && std::all_of(quotes.begin(), quotes.end(), [](const std::string& quote) {
                return !quote.empty() && codePointCount(quote) <= kMaxQuoteCodePoints;
            });
        if (!isEncodable)
            m_mapping.notEncodable.push_back(type.key);
        cell.flags.unsure = cell.flags.unsure || !isEncodable;
        const bool isContradicted =
            std::find(clause.values.begin(), clause.values.end(), "Contradiction") != clause.values.end();
        if (const auto value = valueFromAnswer(type, clause, quotes, m_context))
            cell.value = *value;
        cell.flags.valueToReview = isContradicted || (type.kind != ValueKind::Text && !hasValue(cell.value));
        m_mapping.valuesToReview += cell.flags.valueToReview ? 1 : 0;
    }

    // Two categories for one type that don't agree are a conflict.
    void add(Cell cell) {
        const auto there = std::find_if(m_mapping.cells.begin(), m_mapping.cells.end(),
                                        [&](const Cell& c) { return c.clause == cell.clause; });
        if (there == m_mapping.cells.end())
            m_mapping.cells.push_back(std::move(cell));
        else if (!(*there == cell))
            there->flags.conflict = true;
    }

    void sortCells() {
        std::sort(m_mapping.cells.begin(), m_mapping.cells.end(), [&](const Cell& a, const Cell& b) {
            return m_taxonomy.indexOf(a.clause) < m_taxonomy.indexOf(b.clause);
        });
    }

    const LabelledContract& m_labels;
    std::string_view m_text;
    const Taxonomy& m_taxonomy;
    AnswerContext m_context;
    std::optional<LabelPlaces> m_places;
    LabelMapping m_mapping;
};

} // namespace

LabelMapping mapLabels(const LabelledContract& labels, std::string_view text, bool offsetsHold,
                       const Taxonomy& taxonomy) {
    return Mapper(labels, text, offsetsHold, taxonomy).run();
}

} // namespace cw
