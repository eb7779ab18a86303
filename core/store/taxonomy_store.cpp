// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "core/store/taxonomy_store.h"

#include "core/extraction/values.h"
#include "core/store/audit_store.h"
#include "core/store/cell_rows.h"
#include "core/store/contract_rows.h"
#include "core/store/database.h"
#include "core/store/record_json.h"
#include "core/store/rewritten_cells.h"
#include "core/store/statement.h"
#include "core/store/transaction.h"
#include "core/taxonomy/taxonomy_change_json.h"

#include <algorithm>

namespace cw {

namespace {

// A store that no change touched has no row of its first version yet.
constexpr const char* kVersions = "SELECT version, taxonomy, change, made_by, made_at FROM taxonomies UNION ALL "
                                  "SELECT taxonomy_version, taxonomy, '{}', '', created_at FROM project "
                                  "WHERE taxonomy_version NOT IN (SELECT version FROM taxonomies)";

Result<TaxonomyVersion> versionOf(const Statement& row) {
    CW_TRY_ASSIGN(taxonomy, Taxonomy::fromJson(row.text(1), "version " + row.text(0)));
    TaxonomyVersion version{std::move(taxonomy), {}, row.text(3), row.text(4)};
    if (const auto change = taxonomyChangeFromJson(row.text(2), "version " + row.text(0)))
        version.change = *change;
    return version;
}

bool newlyFlagged(const Cell& before, const Cell& after) {
    return (after.flags.unsure && !before.flags.unsure) || (after.flags.conflict && !before.flags.conflict) ||
           (after.flags.valueToReview && !before.flags.valueToReview);
}

void count(ChangeCounts& counts, const std::string& key, int ChangeCounts::OfType::*what, int by = 1) {
    if (by == 0)
        return;
    counts.all.*what += by;
    counts.types[key].*what += by;
}

// The keys in use in `in` that `from` doesn't have in use.
std::set<std::string> keysOnlyIn(const Taxonomy& in, const Taxonomy& from) {
    std::set<std::string> keys;
    for (const ClauseType& type : in.types())
        if (!from.find(type.key))
            keys.insert(type.key);
    return keys;
}

Error decidedSince(const std::string& title, const std::string& contract, const std::string& by) {
    return {ErrorCode::BadUsage,
            title + " of " + contract + " was decided since" + (by.empty() ? "" : " by " + by) +
                ", so the change of the taxonomy can't be undone.",
            "Nothing was changed; make another change of the taxonomy instead."};
}

std::string record(const std::optional<StoredCell>& stored, const std::string& clause) {
    Cell blank;
    blank.clause = clause;
    return recordJson(stored ? stored->cell : blank);
}

std::string versionJson(int version) { return "{\"taxonomy_version\":" + std::to_string(version) + "}"; }

} // namespace

Result<std::vector<TaxonomyVersion>> TaxonomyStore::versions() {
    CW_TRY_ASSIGN(rows, Statement::prepare(m_database, std::string(kVersions) + " ORDER BY 1"));
    CW_TRY_ASSIGN(read, rows.collect(versionOf));
    std::vector<TaxonomyVersion> versions;
    for (auto& version : read) {
        CW_TRY(version);
        versions.push_back(std::move(*version));
    }
    return versions;
}

Result<std::map<std::string, TypeUse>> TaxonomyStore::uses() {
    CW_TRY_ASSIGN(rows, Statement::prepare(m_database,
                                           "SELECT clause, state, unsure OR conflict OR value_to_review, count(*) FROM cells "
                                           "WHERE reading = 0 GROUP BY 1, 2, 3"));
    std::map<std::string, TypeUse> uses;
    CW_TRY(rows.collect([&](const Statement& row) {
        TypeUse& use = uses[row.text(0)];
        const std::string state = row.text(1);
        const int cells = static_cast<int>(row.integer(3));
        if (row.integer(2) != 0)
            use.flagged += cells;
        else if (state == "present")
            use.present += cells;
        else if (state == "absent")
            use.absent += cells;
        return 0;
    }));
    return uses;
}

Result<std::vector<RewrittenCell>> TaxonomyStore::rewrites(const TaxonomyPlan& plan, ChangeCounts& counts) {
    std::vector<RewrittenCell> out;
    if (plan.steps().empty())
        return out;
    CW_TRY_ASSIGN(all, readStoredCells(m_database, plan.cellKeys()));
    const std::string now = m_audit.now();
    for (const auto& [at, stored] : all) {
        std::vector<Cell> before;
        for (const auto& [clause, cell] : stored)
            before.push_back(cell.cell);
        MappedCells mapped = plan.mapped(before);
        std::map<std::string, Cell> after;
        for (Cell& cell : mapped.cells)
            after.emplace(cell.clause, std::move(cell));
        std::set<std::string> clauses;
        for (const auto& [clause, cell] : stored)
            clauses.insert(clause);
        for (const auto& [clause, cell] : after)
            clauses.insert(clause);
        for (const std::string& clause : clauses) {
            RewrittenCell cell{ContractId(at.first), at.second, clause, {}, {}};
            if (const auto found = stored.find(clause); found != stored.end())
                cell.before = found->second;
            if (const auto found = after.find(clause); found != after.end())
                cell.after = StoredCell{found->second, now};
            if (cell.before && cell.after && cell.before->cell == cell.after->cell)
                continue;
            count(counts, clause, &ChangeCounts::OfType::rewritten);
            if (newlyFlagged(cell.before ? cell.before->cell : Cell(), cell.after ? cell.after->cell : Cell()))
                count(counts, clause, &ChangeCounts::OfType::flagged);
            if (mapped.joined.count(clause) > 0)
                count(counts, clause, &ChangeCounts::OfType::joined);
            out.push_back(std::move(cell));
        }
    }
    return out;
}

// What is kept aside or comes back without being rewritten, and the contracts that any of it touches.
Status TaxonomyStore::countRest(const TaxonomyPlan& plan, ChangeCounts& counts, const std::vector<RewrittenCell>& cells) {
    std::set<std::string> contracts;
    for (const RewrittenCell& cell : cells)
        contracts.insert(cell.contract.value);
    std::set<std::string> aside = keysOnlyIn(m_current, plan.after()), back = keysOnlyIn(plan.after(), m_current);
    std::set<std::string> both = aside;
    both.insert(back.begin(), back.end());
    CW_TRY_ASSIGN(rows, Statement::prepare(m_database, "SELECT clause, id FROM cells JOIN contracts ON number = contract "
                                                       "WHERE clause IN (SELECT value FROM json_each(:clauses))"));
    rows.bind(":clauses", textsToJson({both.begin(), both.end()}));
    CW_TRY(rows.collect([&](const Statement& row) {
        contracts.insert(row.text(1));
        count(counts, row.text(0), aside.count(row.text(0)) > 0 ? &ChangeCounts::OfType::kept : &ChangeCounts::OfType::back);
        return 0;
    }));
    counts.contracts = static_cast<int>(contracts.size());
    return {};
}

Result<ChangeCounts> TaxonomyStore::preview(const TaxonomyChange& change) {
    CW_TRY_ASSIGN(plan, TaxonomyPlan::make(m_current, change));
    ChangeCounts counts;
    CW_TRY_ASSIGN(cells, rewrites(plan, counts));
    CW_TRY(countRest(plan, counts, cells));
    return counts;
}

Result<ChangeCounts> TaxonomyStore::apply(const TaxonomyChange& change) {
    CW_TRY_ASSIGN(plan, TaxonomyPlan::make(m_current, change));
    ChangeCounts counts;
    CW_TRY(inTransaction(m_database, [&]() -> Status {
        CW_TRY_ASSIGN(cells, rewrites(plan, counts));
        CW_TRY(countRest(plan, counts, cells));
        CW_TRY(write(cells));
        CW_TRY(writeVersion(plan.after(), change, cells));
        CW_TRY(setProject(plan.after()));
        return m_audit.append("taxonomy", "taxonomy", "change", versionJson(m_current.version()),
                              taxonomyChangeToJson(change));
    }));
    m_current = plan.after();
    return counts;
}

Status TaxonomyStore::write(const std::vector<RewrittenCell>& cells) {
    for (const RewrittenCell& cell : cells) {
        CW_TRY_ASSIGN(number, contractNumber(m_database, cell.contract));
        CW_TRY(removeCell(m_database, number, cell.reading, cell.clause));
        if (cell.after)
            CW_TRY(insertCell(m_database, number, cell.reading, cell.after->cell, cell.after->decidedAt));
        CW_TRY(m_audit.append("cell", cellEntityId(cell.contract, cell.reading, cell.clause), "taxonomy",
                              record(cell.before, cell.clause), record(cell.after, cell.clause)));
    }
    return {};
}

Status TaxonomyStore::writeVersion(const Taxonomy& taxonomy, const TaxonomyChange& change, const std::vector<RewrittenCell>& cells) {
    CW_TRY(m_database.execute("INSERT OR IGNORE INTO taxonomies SELECT taxonomy_version, taxonomy, '{}', '', created_at FROM project"));
    CW_TRY_ASSIGN(row, Statement::prepare(m_database, "INSERT INTO taxonomies (version, taxonomy, change, made_by, made_at) "
                                                      "VALUES (:version, :taxonomy, :change, :by, :at)"));
    row.bind(":version", taxonomy.version()).bind(":taxonomy", taxonomy.toJson());
    row.bind(":change", withCells(taxonomyChangeToJson(change), cells));
    return row.bind(":by", m_audit.person()).bind(":at", m_audit.now()).run();
}

Status TaxonomyStore::setProject(const Taxonomy& taxonomy) {
    CW_TRY_ASSIGN(row, Statement::prepare(m_database, "UPDATE project SET taxonomy = :taxonomy, taxonomy_version = :version"));
    return row.bind(":taxonomy", taxonomy.toJson()).bind(":version", taxonomy.version()).run();
}

Result<Taxonomy> TaxonomyStore::previous() {
    CW_TRY_ASSIGN(row, Statement::prepare(m_database, "SELECT taxonomy FROM taxonomies WHERE version < :version "
                                                      "ORDER BY version DESC LIMIT 1"));
    CW_TRY_ASSIGN(found, row.bind(":version", m_current.version()).next());
    if (!found)
        return Error{ErrorCode::BadUsage, "This is the first version of the taxonomy: there is nothing to undo.", ""};
    return Taxonomy::fromJson(row.text(0), "before the change");
}

Status TaxonomyStore::checkUntouched(const std::vector<RewrittenCell>& cells, const Taxonomy& before) {
    const auto title = [&](const std::string& clause) {
        const ClauseType* type = m_current.find(clause);
        return type ? type->title : clause;
    };
    std::set<std::string> clauses = keysOnlyIn(m_current, before);
    for (const ClauseType& type : m_current.types())
        if (const ClauseType* was = before.find(type.key); was && was->codes != type.codes)
            clauses.insert(type.key);
    for (const RewrittenCell& cell : cells)
        clauses.insert(cell.clause);
    CW_TRY_ASSIGN(stored, readStoredCells(m_database, clauses));
    for (const RewrittenCell& cell : cells) {
        auto& there = stored[{cell.contract.value, cell.reading}];
        const auto found = there.find(cell.clause);
        const std::optional<StoredCell> now = found == there.end() ? std::nullopt : std::optional(found->second);
        if (now != cell.after)
            return decidedSince(title(cell.clause), cell.contract.value, now ? now->cell.annotator : std::string());
        there.erase(cell.clause);
    }
    for (const auto& [at, rest] : stored)
        for (const auto& [clause, cell] : rest) {
            const ClauseType* was = before.find(clause);
            const bool unknown = !was && !before.findRetired(clause);
            if (unknown || (was && hasValue(cell.cell.value) && !isCanonicalValue(*was, cell.cell.value)))
                return decidedSince(title(clause), at.first, cell.cell.annotator);
        }
    return {};
}

Result<int> TaxonomyStore::undo() {
    std::optional<Taxonomy> before;
    int count = 0;
    CW_TRY(inTransaction(m_database, [&]() -> Status {
        CW_TRY_ASSIGN(taxonomy, previous());
        CW_TRY_ASSIGN(row, Statement::prepare(m_database, "SELECT change FROM taxonomies WHERE version = :version"));
        CW_TRY(row.bind(":version", m_current.version()).next());
        std::vector<RewrittenCell> cells = cellsOf(row.text(0));
        CW_TRY(checkUntouched(cells, taxonomy));
        for (RewrittenCell& cell : cells)
            std::swap(cell.before, cell.after);
        CW_TRY(write(cells));
        CW_TRY_ASSIGN(gone, Statement::prepare(m_database, "DELETE FROM taxonomies WHERE version = :version"));
        CW_TRY(gone.bind(":version", m_current.version()).run());
        CW_TRY(setProject(taxonomy));
        CW_TRY(m_audit.append("taxonomy", "taxonomy", "undo", versionJson(m_current.version()), versionJson(taxonomy.version())));
        count = static_cast<int>(cells.size());
        before = std::move(taxonomy);
        return {};
    }));
    m_current = std::move(*before);
    return count;
}

} // namespace cw
