// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// AnnotationStore::overviews: 10,000 contracts have half a million cells, so that nothing is copied or parsed that a list doesn't show.
#include "core/store/annotation_store.h"

#include "core/store/audit_store.h"
#include "core/store/contract_rows.h"
#include "core/store/database.h"
#include "core/store/reading_rows.h"
#include "core/store/record_json.h"
#include "core/store/statement.h"

#include <algorithm>
#include <string_view>

namespace cw {

namespace {

// The first letters tell the three words of the column apart.
CellState stateOf(std::string_view word) {
    return word.starts_with('p') ? CellState::Present : word.starts_with('a') ? CellState::Absent : CellState::NotReviewed;
}

// Finds a clause's place; a store holds the cells of a contract by key, so that the next one is usually just behind the last.
class ClausePlaces {
public:
    explicit ClausePlaces(const Taxonomy& taxonomy) {
        for (size_t i = 0; i < taxonomy.types().size(); ++i)
            m_places.emplace_back(taxonomy.types()[i].key, i);
        std::sort(m_places.begin(), m_places.end());
    }
    // nullptr for a key that the taxonomy lacks.
    const size_t* find(std::string_view key) {
        if (m_next < m_places.size() && m_places[m_next].first == key)
            return &m_places[m_next++].second;
        const auto found = std::lower_bound(m_places.begin(), m_places.end(), key, [](const auto& place, std::string_view wanted) { return place.first < wanted; });
        if (found == m_places.end() || found->first != key)
            return nullptr;
        m_next = static_cast<size_t>(found - m_places.begin()) + 1;
        return &found->second;
    }

private:
    std::vector<std::pair<std::string, size_t>> m_places;
    size_t m_next = 0;
};

// Who decided how much of one contract; the first of those that decided equally much by name.
class Deciders {
public:
    void add(std::string_view person, std::string_view time) {
        if (person.empty())
            return;
        auto found = std::find_if(m_counts.begin(), m_counts.end(), [&](const auto& count) { return count.first == person; });
        if (found == m_counts.end())
            found = m_counts.emplace(m_counts.end(), person, 0);
        ++found->second;
        if (m_last.empty() || time >= m_time) {
            m_time.assign(time);
            m_last = found->first;
        }
    }
    void close(ContractOverview& overview) {
        const auto best = std::max_element(m_counts.begin(), m_counts.end(), [](const auto& a, const auto& b) {
            return a.second != b.second ? a.second < b.second : a.first > b.first;
        });
        if (best != m_counts.end())
            overview.busiest = best->first;
        overview.last = std::move(m_last);
        *this = {};
    }

private:
    std::vector<std::pair<std::string, int>> m_counts;
    std::string m_last, m_time;
};

} // namespace

Result<std::unordered_map<std::string, ContractOverview>> AnnotationStore::overviews(Reading reading) {
    return readOverviews(reading, "", 0);
}

Result<std::unordered_map<std::string, ContractOverview>> AnnotationStore::visibleOverviews() {
    CW_TRY_ASSIGN(all, overviews());
    CW_TRY_ASSIGN(blind, blindContracts(m_database, m_audit.person()));
    for (const ContractId& id : blind) {
        all.erase(id.value);
        CW_TRY_ASSIGN(own, overview(id, Reading::Second));
        if (!own.marks.empty())
            all.emplace(id.value, std::move(own));
    }
    return all;
}

Result<ContractOverview> AnnotationStore::overview(const ContractId& contract, Reading reading) {
    CW_TRY_ASSIGN(number, contractNumber(m_database, contract));
    CW_TRY_ASSIGN(overviews, readOverviews(reading, " AND contract = :contract", number));
    return overviews.empty() ? ContractOverview() : std::move(overviews.begin()->second);
}

// The condition names :contract, or is empty.
Result<std::unordered_map<std::string, ContractOverview>> AnnotationStore::readOverviews(Reading reading, std::string_view condition,
                                                                                         std::int64_t only) {
    CW_TRY_ASSIGN(rows, Statement::prepare(m_database, "SELECT contract, clause, state, unsure, conflict, value_to_review, annotator, decided_at, "
                                                       "value FROM cells WHERE reading = :reading" + std::string(condition) + " ORDER BY contract"));
    rows.bind(":reading", static_cast<int>(reading));
    if (!condition.empty())
        rows.bind(":contract", only);
    CW_TRY_ASSIGN(ids, Statement::prepare(m_database, "SELECT id FROM contracts WHERE number = :number"));
    ClausePlaces places(m_taxonomy);
    std::unordered_map<std::string, ContractOverview> overviews;
    ContractOverview* overview = nullptr;
    Deciders deciders;
    std::int64_t contract = 0;
    for (;;) {
        CW_TRY_ASSIGN(row, rows.next());
        if (overview && (!row || rows.integer(0) != contract))
            deciders.close(*overview);
        if (!row)
            return overviews;
        if (!overview || rows.integer(0) != contract) {
            contract = rows.integer(0);
            CW_TRY(ids.bind(":number", contract).next());
            overview = &overviews[ids.text(0)];
            CW_TRY(ids.run());
            overview->marks.resize(m_taxonomy.types().size());
        }
        const size_t* place = places.find(rows.view(1));
        if (!place)
            continue;
        overview->marks[*place] = {stateOf(rows.view(2)), {rows.integer(3) != 0, rows.integer(4) != 0, rows.integer(5) != 0}};
        deciders.add(rows.view(6), rows.view(7));
        if (m_taxonomy.types()[*place].kind == ValueKind::PartyList && !rows.isNull(8))
            if (const ClauseValue value = valueFromJson(rows.text(8)); const auto* parties = std::get_if<std::vector<Party>>(&value))
                overview->parties.insert(overview->parties.end(), parties->begin(), parties->end());
    }
}

} // namespace cw
