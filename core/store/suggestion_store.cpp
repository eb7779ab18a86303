// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "core/store/suggestion_store.h"

#include "core/base/utf.h"
#include "core/model/names.h"
#include "core/store/audit_store.h"
#include "core/store/contract_rows.h"
#include "core/store/database.h"
#include "core/store/record_json.h"
#include "core/store/statement.h"
#include "core/store/transaction.h"

#include <algorithm>

namespace cw {

namespace {

constexpr const char* kColumns = "clause, origin, state, spans, value, score, margin, others";

// kColumns from `at`.
Suggestion readSuggestion(const Statement& row, int at) {
    return {row.text(at),
            row.text(at + 1),
            fromName<CellState>(row.text(at + 2)),
            spansFromJson(row.text(at + 3)),
            row.isNull(at + 4) ? ClauseValue() : valueFromJson(row.text(at + 4)),
            row.real(at + 5),
            row.isNull(at + 6) ? std::nullopt : std::optional(row.real(at + 6)),
            otherReadingsFromJson(row.text(at + 7))};
}

// False if one of the spans is not in the text.
bool quote(std::vector<Span>& spans, std::string_view text) {
    for (Span& span : spans) {
        if (span.range.empty() || span.range.end > text.size() || !isCodePointBoundary(text, span.range.begin) ||
            !isCodePointBoundary(text, span.range.end))
            return false;
        span.quote = std::string(text.substr(span.range.begin, span.range.size()));
    }
    return true;
}

Status checkAndQuote(Suggestion& suggestion, std::string_view text, const ContractId& contract) {
    const auto refuse = [&](const char* why) {
        return Error{ErrorCode::BadInput, "The suggestion for " + suggestion.clause + " of " + contract.value + " " + why + ".", ""};
    };
    if (suggestion.state == CellState::NotReviewed || (suggestion.state == CellState::Present) == suggestion.spans.empty())
        return refuse("is neither absent nor present with a quote");
    if (!quote(suggestion.spans, text))
        return refuse("has a span outside the text");
    for (OtherReading& other : suggestion.others)
        if (!quote(other.spans, text))
            return refuse("has another reading outside the text");
    return {};
}

Status insert(Database& database, std::int64_t contract, const std::vector<Suggestion>& suggestions, const std::string& time) {
    CW_TRY_ASSIGN(row, Statement::prepare(database, "INSERT INTO suggestions (contract, clause, origin, state, spans, value, score, made_at, margin, "
                                                    "others) VALUES (:contract, :clause, :origin, :state, :spans, :value, :score, :time, "
                                                    ":margin, :others)"));
    for (const Suggestion& each : suggestions) {
        row.bind(":contract", contract).bind(":clause", each.clause).bind(":origin", each.origin);
        row.bind(":state", nameOf(each.state)).bind(":spans", spansToJson(each.spans)).bind(":score", each.score);
        row.bind(":others", otherReadingsToJson(each.others));
        each.margin ? row.bind(":margin", *each.margin) : row.bindNull(":margin");
        hasValue(each.value) ? row.bind(":value", valueToJson(each.value)) : row.bindNull(":value");
        CW_TRY(row.bind(":time", time).run());
    }
    return {};
}

} // namespace

Status SuggestionStore::replace(const ContractId& contract, const std::string& origin, std::vector<Suggestion> suggestions) {
    return inTransaction(m_database, [&]() -> Status {
        CW_TRY_ASSIGN(number, contractNumber(m_database, contract));
        CW_TRY_ASSIGN(text, contractText(m_database, number));
        for (Suggestion& each : suggestions) {
            each.origin = origin;
            CW_TRY(checkAndQuote(each, text, contract));
        }
        CW_TRY_ASSIGN(old, Statement::prepare(m_database, "DELETE FROM suggestions WHERE contract = :contract AND origin = :origin"));
        CW_TRY(old.bind(":contract", number).bind(":origin", origin).run());
        CW_TRY(insert(m_database, number, suggestions, m_audit.now()));
        return m_audit.append("suggestions", contract.value + "/suggestions/" + origin, "suggest", "",
                              "{\"clauses\":" + std::to_string(suggestions.size()) + "}");
    });
}

Result<std::vector<Suggestion>> SuggestionStore::newest(const ContractId& contract) {
    CW_TRY_ASSIGN(number, contractNumber(m_database, contract));
    CW_TRY_ASSIGN(rows, Statement::prepare(m_database, std::string("SELECT ") + kColumns +
                                                           " FROM suggestions WHERE contract = :contract "
                                                           "ORDER BY clause, made_at DESC, origin LIKE 'rules %', origin DESC"));
    CW_TRY_ASSIGN(ordered, rows.bind(":contract", number).collect([](const Statement& row) { return readSuggestion(row, 0); }));
    const auto sameClause = [](const Suggestion& a, const Suggestion& b) { return a.clause == b.clause; };
    ordered.erase(std::unique(ordered.begin(), ordered.end(), sameClause), ordered.end());
    return ordered;
}

Result<std::map<ContractId, std::vector<Suggestion>>> SuggestionStore::all() {
    CW_TRY_ASSIGN(rows, Statement::prepare(m_database, std::string("SELECT contracts.id, ") + kColumns +
                                                           " FROM suggestions JOIN contracts ON contracts.number = suggestions.contract "
                                                           "ORDER BY contracts.id, clause, origin"));
    CW_TRY_ASSIGN(read, rows.collect([](const Statement& row) { return std::pair(ContractId(row.text(0)), readSuggestion(row, 1)); }));
    std::map<ContractId, std::vector<Suggestion>> byContract;
    for (auto& [contract, suggestion] : read)
        byContract[contract].push_back(std::move(suggestion));
    return byContract;
}

} // namespace cw
