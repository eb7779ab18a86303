// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The versions of the project's taxonomy, and the change from one to the next with everything that it means for the cells. One thread;
// writes need a store opened to write.
#pragma once

#include "core/base/result.h"
#include "core/taxonomy/guideline_history.h"
#include "core/taxonomy/taxonomy_change.h"

#include <map>
#include <string>
#include <vector>

namespace cw {

class AuditStore;
class Database;
struct RewrittenCell;

// What a change does, in cells of all readings.
struct ChangeCounts {
    struct OfType {
        int rewritten = 0; // cells that are new or different
        int flagged = 0;   // of these: with a flag that they hadn't before
        int joined = 0;    // of these: with the evidence of several present cells
        int kept = 0;      // cells that stay under the key of a type that is retired now
        int back = 0;      // cells that a revived type brings back
        friend bool operator==(const OfType&, const OfType&) = default;
    };
    int contracts = 0; // with a cell that is rewritten, kept or back
    OfType all;
    std::map<std::string, OfType> types; // by key; only types with a count
    friend bool operator==(const ChangeCounts&, const ChangeCounts&) = default;
};

// How a type stands in the record: reviewed cells by their state, and the flagged ones.
struct TypeUse {
    int present = 0, absent = 0, flagged = 0;
    friend bool operator==(const TypeUse&, const TypeUse&) = default;
};

class TaxonomyStore {
public:
    // `current` is the project's taxonomy: it holds the new one when a change or an undo was committed.
    TaxonomyStore(Database& database, AuditStore& audit, Taxonomy& current)
        : m_database(database), m_audit(audit), m_current(current) {}

    Result<std::vector<TaxonomyVersion>> versions(); // oldest first
    Result<std::map<std::string, TypeUse>> uses();   // by key, retired ones included
    // What apply would do. Writes nothing, so a view-only store can tell it too.
    Result<ChangeCounts> preview(const TaxonomyChange& change);
    // The new version, its cells and their audit (action "taxonomy") in one transaction.
    Result<ChangeCounts> apply(const TaxonomyChange& change);
    // Takes the latest version back: the taxonomy and every cell that it rewrote are as they were, byte for byte. BadUsage, and nothing is
    // changed, if it is the first version, or if somebody decided on one of these cells since: the sentence says which. The number of cells.
    Result<int> undo();

private:
    Result<std::vector<RewrittenCell>> rewrites(const TaxonomyPlan& plan, ChangeCounts& counts);
    Status countRest(const TaxonomyPlan& plan, ChangeCounts& counts, const std::vector<RewrittenCell>& cells);
    Status write(const std::vector<RewrittenCell>& cells);
    Status writeVersion(const Taxonomy& taxonomy, const TaxonomyChange& change, const std::vector<RewrittenCell>& cells);
    Status setProject(const Taxonomy& taxonomy);
    Result<Taxonomy> previous();
    Status checkUntouched(const std::vector<RewrittenCell>& cells, const Taxonomy& before);

    Database& m_database;
    AuditStore& m_audit;
    Taxonomy& m_current;
};

} // namespace cw
