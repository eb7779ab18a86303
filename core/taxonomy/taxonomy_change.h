// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// A change of the taxonomy: a list of edits that makes version n + 1 of version n, and what it means for the cells. Pure; any thread.
//
// Nothing is ever deleted. A cell whose type is retired, merged away or split stays in the store under its key; it is neither shown nor
// exported nor counted, and reviving the type brings it back as it was. What the edits make of the cells of one contract and reading:
//
// - New texts, a new place, a new type: no cell changes.
// - New codes: a value follows a renamed code. A value that is no longer legal is taken out, stands in the note, and the cell is
//   flagged value_to_review.
// - Merge: the cells of the sources, and the target's own if it had any, become one. Present wins over absent with the union of the
//   spans, those that overlap joined; present against absent, or values that differ, are flagged conflict, and the first value stands.
//   All absent is absent; anything untouched among them and nothing present is not reviewed. A value whose kind is not the target's is
//   taken out as above. Flags and notes of the sources are kept; the author is the first present one's, then the first absent one's.
// - Split: a present cell goes to the chosen targets, flagged unsure: that flag is the queue to review. With no target chosen, every
//   target is not reviewed and flagged unsure. Absent is absent for all targets, untouched stays untouched. A source that is one of the
//   targets keeps its cell. What a target had of its own is merged with what comes, by the rule above; it stays where nothing comes
//   because another target was chosen.
#pragma once

#include "core/base/result.h"
#include "core/model/annotation.h"
#include "core/taxonomy/taxonomy.h"

#include <map>
#include <optional>
#include <set>
#include <string>
#include <variant>
#include <vector>

namespace cw {

struct EditTexts { // of a type in use; what has no value stays as it is
    std::string key;
    std::optional<std::string> title, guideline, example;
    std::optional<std::vector<std::string>> searchTerms;
    friend bool operator==(const EditTexts&, const EditTexts&) = default;
};
struct AddType { // at the end of its group
    ClauseType type;
    friend bool operator==(const AddType&, const AddType&) = default;
};
struct RetireType {
    std::string key;
    friend bool operator==(const RetireType&, const RetireType&) = default;
};
struct ReviveType {
    std::string key;
    friend bool operator==(const ReviveType&, const ReviveType&) = default;
};
struct MergeTypes { // retires the sources, but for the target where it is one of them
    std::vector<std::string> sources;
    std::string target; // a type in use, perhaps one that this change adds: so one source gets another kind
    friend bool operator==(const MergeTypes&, const MergeTypes&) = default;
};
struct SplitType { // retires the source, unless it is one of the targets
    std::string source;
    std::vector<std::string> targets; // types in use, perhaps ones that this change adds
    std::vector<std::string> present; // the targets that take the present cells; none: all are to be reviewed
    friend bool operator==(const SplitType&, const SplitType&) = default;
};
struct MoveType {
    std::string key;
    std::string group;
    int place = 1; // in the group, from 1
    friend bool operator==(const MoveType&, const MoveType&) = default;
};
struct ChangeCodes { // of an enum, or the roles of parties
    std::string key;
    std::vector<std::string> codes;
    std::map<std::string, std::string> renamed; // old code, new code
    friend bool operator==(const ChangeCodes&, const ChangeCodes&) = default;
};

using TaxonomyEdit = std::variant<EditTexts, AddType, RetireType, ReviveType, MergeTypes, SplitType, MoveType, ChangeCodes>;

struct TaxonomyChange {
    std::vector<TaxonomyEdit> edits; // taken one after another
    bool empty() const { return edits.empty(); }
    friend bool operator==(const TaxonomyChange&, const TaxonomyChange&) = default;
};

// A group's types are reached by its letter and one digit.
inline constexpr size_t kMostTypesInGroup = 9;

// One edit that cells follow, with the types as they were when its turn came.
struct CellStep {
    enum class Kind { Merge, Split, Codes };
    Kind kind = Kind::Merge;
    std::vector<ClauseType> sources; // merge: with the target first where it had cells; split, codes: one
    std::vector<ClauseType> targets; // merge, codes: one
    std::vector<std::string> present;
    std::set<std::string> own; // targets of a split that had cells of their own
    std::map<std::string, std::string> renamed;
};

struct MappedCells {
    std::vector<Cell> cells;      // every cell that somebody touched, in no order
    std::set<std::string> joined; // clauses whose evidence is now that of several present cells
};

// A change that was checked against the taxonomy that it is for.
class TaxonomyPlan {
public:
    // BadInput or NotFound with a sentence: an unknown or retired key, a key that is taken, a group with more than nine types, whatever
    // a taxonomy may not be.
    static Result<TaxonomyPlan> make(const Taxonomy& taxonomy, const TaxonomyChange& change);

    const Taxonomy& after() const { return m_after; }
    const std::vector<CellStep>& steps() const { return m_steps; }
    std::set<std::string> cellKeys() const; // the clauses whose cells the steps read or write
    // `cells` are those of one contract and reading that somebody touched, retired types included.
    MappedCells mapped(const std::vector<Cell>& cells) const;

private:
    Taxonomy m_after;
    std::vector<CellStep> m_steps;
};

// The next version.
Result<Taxonomy> apply(const Taxonomy& taxonomy, const TaxonomyChange& change);
Result<std::vector<Cell>> mapCells(const std::vector<Cell>& cells, const TaxonomyChange& change, const Taxonomy& taxonomy);

} // namespace cw
