// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "core/store/search_store.h"

#include "core/model/names.h"
#include "core/store/audit_store.h"
#include "core/store/contract_rows.h"
#include "core/store/database.h"
#include "core/store/match_expression.h"
#include "core/store/passage_rows.h"
#include "core/store/reading_rows.h"
#include "core/store/statement.h"
#include "core/store/transaction.h"

#include <algorithm>
#include <unordered_map>

namespace cw {

namespace {

// A contract that answers, and where.
struct Answer {
    std::int64_t number = 0;
    double relevance = 0; // of its best passage; smaller is better, as the index has it
    CellState state = CellState::NotReviewed;
    CellFlags flags;
    Reading reading = Reading::Record; // whose states and spans are shown
    ContractId id;
    std::string title;
    std::vector<ByteRange> passages;

    CellState countedState() const { return flags.any() ? CellState::NotReviewed : state; }
};

using Answers = std::vector<Answer>;

Result<std::unordered_map<std::int64_t, Answer>> matchedPassages(Database& database, const std::string& match) {
    CW_TRY_ASSIGN(rows, Statement::prepare(database, "SELECT contract, begin_byte, end_byte, rank FROM passage_words "
                                                     "JOIN passages ON passages.number = passage_words.rowid "
                                                     "WHERE passage_words MATCH :match"));
    rows.bind(":match", match);
    std::unordered_map<std::int64_t, Answer> answers;
    for (;;) {
        CW_TRY_ASSIGN(row, rows.next());
        if (!row)
            return answers;
        Answer& answer = answers[rows.integer(0)];
        answer.number = rows.integer(0);
        answer.passages.push_back({static_cast<size_t>(rows.integer(1)), static_cast<size_t>(rows.integer(2))});
        answer.relevance = std::min(answer.relevance, rows.real(3));
    }
}

Status readNames(Database& database, const std::string& person, std::unordered_map<std::int64_t, Answer>& answers) {
    CW_TRY_ASSIGN(blind, blindContracts(database, person));
    CW_TRY_ASSIGN(rows, Statement::prepare(database, "SELECT number, id, title FROM contracts"));
    for (;;) {
        CW_TRY_ASSIGN(row, rows.next());
        if (!row)
            return {};
        if (const auto found = answers.find(rows.integer(0)); found != answers.end()) {
            found->second.id = ContractId(rows.text(1));
            found->second.title = rows.text(2);
            if (std::find(blind.begin(), blind.end(), found->second.id) != blind.end())
                found->second.reading = Reading::Second;
        }
    }
}

Status readStates(Database& database, const std::string& clause, std::unordered_map<std::int64_t, Answer>& answers) {
    CW_TRY_ASSIGN(row, Statement::prepare(database, "SELECT state, unsure, conflict, value_to_review FROM cells "
                                                    "WHERE contract = :contract AND reading = :reading AND clause = :clause"));
    for (auto& [number, answer] : answers) {
        row.bind(":contract", number).bind(":reading", static_cast<int>(answer.reading));
        CW_TRY_ASSIGN(found, row.bind(":clause", clause).next());
        if (!found)
            continue;
        answer.state = fromName<CellState>(row.text(0));
        answer.flags = {row.integer(1) != 0, row.integer(2) != 0, row.integer(3) != 0};
        CW_TRY(row.run());
    }
    return {};
}

bool isBetter(const Answer& a, const Answer& b) {
    if (a.relevance != b.relevance)
        return a.relevance < b.relevance;
    return a.passages.size() != b.passages.size() ? a.passages.size() > b.passages.size() : a.id < b.id;
}

// Every contract that answers, but those that the request leaves out whatever their state.
Result<Answers> answersTo(Database& database, const std::string& person, const SearchRequest& request, const SearchQuery& query) {
    CW_TRY_ASSIGN(byNumber, matchedPassages(database, matchExpression(query)));
    CW_TRY(readNames(database, person, byNumber));
    if (!request.clause.empty())
        CW_TRY(readStates(database, request.clause, byNumber));
    Answers answers;
    for (auto& [number, answer] : byNumber)
        if (!request.within || request.within->contains(answer.id))
            answers.push_back(std::move(answer));
    return answers;
}

StateCounts countStates(const Answers& answers) {
    StateCounts counts;
    for (const Answer& answer : answers)
        switch (answer.countedState()) {
        case CellState::Present: ++counts.present; break;
        case CellState::Absent: ++counts.absent; break;
        case CellState::NotReviewed: ++counts.notReviewed; break;
        }
    return counts;
}

// The places of the query that begin within the passages, which are in the text's order.
std::vector<ByteRange> placesIn(std::string_view text, const std::vector<ByteRange>& passages, const SearchQuery& query) {
    std::vector<ByteRange> places;
    for (const ByteRange passage : passages) {
        if (passage.end > text.size())
            continue;
        std::vector<SearchWord> words = searchWords(text.substr(passage.begin, passage.size()), passage.begin);
        for (SearchWord& word : searchWordsFrom(text, passage.end, kMostTermWords))
            words.push_back(std::move(word));
        for (const ByteRange place : findPlaces(words, query))
            if (place.begin < passage.end && (places.empty() || place.begin >= places.back().end))
                places.push_back(place);
    }
    return places;
}

struct ClauseSpan {
    std::string clause;
    ByteRange range;
};

Result<std::vector<ClauseSpan>> readSpans(Database& database, std::int64_t contract, Reading reading) {
    CW_TRY_ASSIGN(rows, Statement::prepare(database, "SELECT clause, begin_byte, end_byte FROM spans "
                                                     "WHERE contract = :contract AND reading = :reading ORDER BY begin_byte, clause"));
    rows.bind(":reading", static_cast<int>(reading));
    return rows.bind(":contract", contract).collect([](const Statement& row) {
        return ClauseSpan{row.text(0), {static_cast<size_t>(row.integer(1)), static_cast<size_t>(row.integer(2))}};
    });
}

// Where each page's text begins; pages without text are not there.
Result<std::vector<std::pair<size_t, int>>> readPageBegins(Database& database, std::int64_t contract) {
    CW_TRY_ASSIGN(rows, Statement::prepare(database, "SELECT min(begin_byte), page FROM contract_lines WHERE contract = :contract "
                                                     "GROUP BY page ORDER BY 1"));
    return rows.bind(":contract", contract).collect([](const Statement& row) {
        return std::pair(static_cast<size_t>(row.integer(0)), static_cast<int>(row.integer(1)));
    });
}

int pageAt(const std::vector<std::pair<size_t, int>>& begins, size_t offset) {
    int page = begins.empty() ? -1 : begins.front().second;
    for (const auto& [begin, number] : begins)
        if (begin <= offset)
            page = number;
    return page;
}

std::vector<std::string> clausesAt(const std::vector<ClauseSpan>& spans, ByteRange place, const std::string& first) {
    std::vector<std::string> clauses;
    for (const ClauseSpan& span : spans)
        if (span.range.overlaps(place) && std::find(clauses.begin(), clauses.end(), span.clause) == clauses.end())
            clauses.insert(span.clause == first ? clauses.begin() : clauses.end(), span.clause);
    return clauses;
}

Result<ContractHits> hitsOf(Database& database, Answer answer, const SearchQuery& query, const std::string& clause) {
    CW_TRY_ASSIGN(text, contractText(database, answer.number));
    CW_TRY_ASSIGN(spans, readSpans(database, answer.number, answer.reading));
    CW_TRY_ASSIGN(pages, readPageBegins(database, answer.number));
    std::sort(answer.passages.begin(), answer.passages.end());
    const std::vector<ByteRange> places = placesIn(text, answer.passages, query);
    ContractHits out{std::move(answer.id), std::move(answer.title), answer.state, answer.flags, static_cast<int>(places.size()), {}};
    for (Snippet& snippet : makeSnippets(text, places)) {
        const ByteRange place = snippet.places.front();
        out.hits.push_back({std::move(snippet), pageAt(pages, place.begin), clausesAt(spans, place, clause)});
    }
    return out;
}

} // namespace

Result<SearchResult> SearchStore::search(const SearchRequest& request) {
    const SearchQuery query = parseSearchQuery(request.words);
    if (query.empty())
        return Error{ErrorCode::BadUsage, "There is no word to look for.", "Type a word, or a phrase between quotes."};
    CW_TRY_ASSIGN(answers, answersTo(m_database, m_audit.person(), request, query));
    SearchResult result;
    CW_TRY_ASSIGN(missing, notIndexed());
    result.notIndexed = missing;
    result.states = countStates(answers);
    if (request.state)
        std::erase_if(answers, [&](const Answer& answer) { return answer.countedState() != *request.state; });
    result.contractCount = static_cast<int>(answers.size());
    const size_t shown = std::min(request.contracts, answers.size());
    std::partial_sort(answers.begin(), answers.begin() + static_cast<std::ptrdiff_t>(shown), answers.end(), isBetter);
    for (size_t i = 0; i < shown; ++i) {
        CW_TRY_ASSIGN(hits, hitsOf(m_database, std::move(answers[i]), query, request.clause));
        result.contracts.push_back(std::move(hits));
    }
    return result;
}

Result<int> SearchStore::notIndexed() {
    CW_TRY_ASSIGN(count, m_database.queryInteger("SELECT count(*) FROM contracts WHERE text_bytes > 0 AND NOT EXISTS "
                                                 "(SELECT 1 FROM passages WHERE passages.contract = contracts.number)"));
    return static_cast<int>(count);
}

Result<int> SearchStore::indexSome(size_t bytes) {
    int left = 0;
    const Status indexed = inTransaction(m_database, [&]() -> Status {
        CW_TRY_ASSIGN(rows, Statement::prepare(m_database, "SELECT number FROM contracts WHERE text_bytes > 0 AND NOT EXISTS "
                                                           "(SELECT 1 FROM passages WHERE passages.contract = contracts.number) "
                                                           "ORDER BY number"));
        CW_TRY_ASSIGN(numbers, rows.collect([](const Statement& row) { return row.integer(0); }));
        size_t done = 0, next = 0;
        while (next < numbers.size() && done < std::max<size_t>(bytes, 1)) {
            CW_TRY_ASSIGN(text, contractText(m_database, numbers[next]));
            CW_TRY(indexPassages(m_database, numbers[next++], text));
            done += text.size();
        }
        left = static_cast<int>(numbers.size() - next);
        return {};
    });
    CW_TRY(indexed);
    return left;
}

} // namespace cw
