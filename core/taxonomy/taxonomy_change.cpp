// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "core/taxonomy/taxonomy_change.h"

#include "core/base/closest_name.h"
#include "core/taxonomy/cell_mapping.h"

#include <algorithm>
#include <unordered_map>

namespace cw {

namespace {

using Types = std::vector<ClauseType>;

Error refused(const std::string& what, const std::string& hint) { return {ErrorCode::BadInput, what, hint}; }

bool among(const std::vector<std::string>& keys, const std::string& key) {
    return std::find(keys.begin(), keys.end(), key) != keys.end();
}

Types::iterator at(Types& types, const std::string& key) {
    return std::find_if(types.begin(), types.end(), [&](const ClauseType& type) { return type.key == key; });
}

// The taxonomy while its edits are taken one after another.
class Draft {
public:
    explicit Draft(const Taxonomy& from) : m_groups(from.groups()), m_types(from.types()), m_retired(from.retired()) {}

    Status take(const EditTexts& edit);
    Status take(const AddType& edit);
    Status take(const RetireType& edit);
    Status take(const ReviveType& edit);
    Status take(const MergeTypes& edit);
    Status take(const SplitType& edit);
    Status take(const MoveType& edit);
    Status take(const ChangeCodes& edit);
    Result<Taxonomy> finish(int version) const;

    std::vector<CellStep> steps;

private:
    Result<ClauseType*> used(const std::string& key);
    bool hasGroup(const std::string& key) const;
    void insertInGroup(ClauseType type, size_t place);
    void retire(const std::string& key);
    bool takeOwn(const std::string& key) { return m_fresh.erase(key) == 0; } // whether cells may be there; from now on they may

    std::vector<ClauseGroup> m_groups;
    Types m_types, m_retired;
    std::set<std::string> m_fresh; // added by this change, and no cells came yet
};

Result<ClauseType*> Draft::used(const std::string& key) {
    if (const auto found = at(m_types, key); found != m_types.end())
        return &*found;
    if (at(m_retired, key) != m_retired.end())
        return refused("The clause type " + key + " is retired.", "Bring it back first.");
    std::vector<std::string> keys;
    for (const ClauseType& type : m_types)
        keys.push_back(type.key);
    const std::string near = closestName(key, keys);
    return Error{ErrorCode::NotFound, "There is no clause type " + key + " in the taxonomy.",
                 near.empty() ? "Use a key that the taxonomy lists." : "Did you mean " + near + "?"};
}

bool Draft::hasGroup(const std::string& key) const {
    return std::any_of(m_groups.begin(), m_groups.end(), [&](const ClauseGroup& group) { return group.key == key; });
}

// Behind `place` - 1 types of its group; a group's types stand together.
void Draft::insertInGroup(ClauseType type, size_t place) {
    auto where = m_types.begin();
    size_t seen = 0;
    bool found = false;
    for (auto it = m_types.begin(); it != m_types.end() && seen < place; ++it)
        if (it->group == type.group) {
            found = true;
            if (++seen == place)
                where = it;
            else
                where = it + 1;
        }
    m_types.insert(found ? where : m_types.end(), std::move(type));
}

void Draft::retire(const std::string& key) {
    const auto found = at(m_types, key);
    m_retired.push_back(*found);
    m_types.erase(found);
}

Status Draft::take(const EditTexts& edit) {
    CW_TRY_ASSIGN(type, used(edit.key));
    type->title = edit.title.value_or(type->title);
    type->guideline = edit.guideline.value_or(type->guideline);
    type->example = edit.example.value_or(type->example);
    type->searchTerms = edit.searchTerms.value_or(type->searchTerms);
    return {};
}

Status Draft::take(const AddType& edit) {
    if (at(m_types, edit.type.key) != m_types.end() || at(m_retired, edit.type.key) != m_retired.end())
        return refused("The key " + edit.type.key + " is taken.", "A key stays with its type for good: choose another one.");
    if (!hasGroup(edit.type.group))
        return refused("There is no group " + edit.type.group + ".", "Use the key of a group of the taxonomy.");
    m_fresh.insert(edit.type.key);
    insertInGroup(edit.type, kMostTypesInGroup * m_types.size() + 1);
    return {};
}

Status Draft::take(const RetireType& edit) {
    CW_TRY(used(edit.key));
    if (m_types.size() == 1)
        return refused("The last clause type can't be retired.", "Add another one first.");
    retire(edit.key);
    return {};
}

Status Draft::take(const ReviveType& edit) {
    const auto found = at(m_retired, edit.key);
    if (found == m_retired.end())
        return refused("The clause type " + edit.key + " is not retired.", "Only a retired type can be brought back.");
    ClauseType type = *found;
    m_retired.erase(found);
    insertInGroup(std::move(type), kMostTypesInGroup * m_types.size() + 1);
    return {};
}

Status Draft::take(const MergeTypes& edit) {
    CW_TRY_ASSIGN(target, used(edit.target));
    CellStep step;
    step.targets = {*target};
    if (takeOwn(edit.target))
        step.sources = {*target};
    std::set<std::string> sources(edit.sources.begin(), edit.sources.end());
    sources.insert(edit.target);
    if (sources.size() < 2)
        return refused("A merge needs another clause type besides " + edit.target + ".", "Name at least two that become one.");
    for (const std::string& key : edit.sources) {
        CW_TRY_ASSIGN(source, used(key));
        if (sources.erase(key) > 0 && key != edit.target)
            step.sources.push_back(*source);
    }
    for (const ClauseType& source : step.sources)
        if (source.key != edit.target)
            retire(source.key);
    steps.push_back(std::move(step));
    return {};
}

Status Draft::take(const SplitType& edit) {
    CW_TRY_ASSIGN(source, used(edit.source));
    CellStep step;
    step.kind = CellStep::Kind::Split;
    step.sources = {*source};
    step.present = edit.present;
    const std::set<std::string> targets(edit.targets.begin(), edit.targets.end());
    if (targets.size() < 2 || targets.size() != edit.targets.size())
        return refused("A split needs two different clause types to split into.", "Add the new types first, then split.");
    for (const std::string& key : edit.present)
        if (!among(edit.targets, key))
            return refused("The cells of " + edit.source + " can't go to " + key + ", which is not one of the types it is split into.",
                           "Choose among " + edit.targets.front() + " and the others named.");
    for (const std::string& key : edit.targets) {
        CW_TRY_ASSIGN(target, used(key));
        step.targets.push_back(*target);
        if (takeOwn(key))
            step.own.insert(key);
    }
    const bool stays = targets.count(edit.source) > 0;
    if (stays && !among(step.present, edit.source))
        step.present.push_back(edit.source);
    if (!stays)
        retire(edit.source);
    steps.push_back(std::move(step));
    return {};
}

Status Draft::take(const MoveType& edit) {
    CW_TRY_ASSIGN(found, used(edit.key));
    if (!hasGroup(edit.group))
        return refused("There is no group " + edit.group + ".", "Use the key of a group of the taxonomy.");
    if (edit.place < 1)
        return refused("A place in a group is a number from 1.", "Use 1 for the first place.");
    ClauseType type = *found;
    m_types.erase(at(m_types, edit.key));
    type.group = edit.group;
    insertInGroup(std::move(type), static_cast<size_t>(edit.place));
    return {};
}

Status Draft::take(const ChangeCodes& edit) {
    CW_TRY_ASSIGN(type, used(edit.key));
    for (const auto& [old, code] : edit.renamed)
        if (!among(type->codes, old) || (!among(edit.codes, code) && code != "other"))
            return refused("The code " + old + " of " + edit.key + " can't become " + code + ".",
                           "Rename a code that the type has to one of its new codes.");
    type->codes = edit.codes;
    CellStep step;
    step.kind = CellStep::Kind::Codes;
    step.sources = step.targets = {*type};
    step.renamed = edit.renamed;
    steps.push_back(std::move(step));
    return {};
}

Result<Taxonomy> Draft::finish(int version) const {
    for (const ClauseGroup& group : m_groups) {
        const auto inGroup = [&](const ClauseType& type) { return type.group == group.key; };
        if (const auto count = std::count_if(m_types.begin(), m_types.end(), inGroup); count > static_cast<std::ptrdiff_t>(kMostTypesInGroup))
            return refused("The group " + group.title + " would have " + std::to_string(count) +
                               " clause types; it can have 9, because each is reached by the group's letter and one digit.",
                           "Move a type to another group, or retire one.");
    }
    auto made = Taxonomy::fromParts(version, m_groups, m_types, m_retired, "with this change");
    if (!made)
        return refused(made.error().detail, "Correct the change; nothing was changed.");
    return made;
}

// The touched cells by their clause.
class CellTable {
public:
    explicit CellTable(const std::vector<Cell>& cells) {
        for (const Cell& cell : cells)
            m_cells[cell.clause] = cell;
    }

    void follow(const CellStep& step);
    MappedCells finish();

private:
    TypedCell cellOf(const ClauseType& type) const;
    void put(Cell cell);
    void merge(const std::vector<TypedCell>& contributors, const ClauseType& target);
    void split(const CellStep& step);

    std::unordered_map<std::string, Cell> m_cells;
    std::set<std::string> m_joined;
};

TypedCell CellTable::cellOf(const ClauseType& type) const {
    const auto found = m_cells.find(type.key);
    Cell blank;
    blank.clause = type.key;
    return {&type, found == m_cells.end() ? blank : found->second};
}

void CellTable::put(Cell cell) {
    Cell blank;
    blank.clause = cell.clause;
    if (cell == blank)
        m_cells.erase(cell.clause);
    else
        m_cells[cell.clause] = std::move(cell);
}

void CellTable::merge(const std::vector<TypedCell>& contributors, const ClauseType& target) {
    const auto present = std::count_if(contributors.begin(), contributors.end(),
                                       [](const TypedCell& each) { return each.cell.state == CellState::Present; });
    if (present > 1)
        m_joined.insert(target.key);
    put(mergedCell(contributors, target));
}

void CellTable::split(const CellStep& step) {
    const TypedCell source = cellOf(step.sources.front());
    for (const ClauseType& target : step.targets) {
        Cell comes = splitCell(source, target, step);
        if (step.own.count(target.key) == 0 || target.key == source.type->key) {
            put(std::move(comes));
            continue;
        }
        const bool went = source.cell.state == CellState::Present && !step.present.empty() && comes.state == CellState::NotReviewed;
        if (!went)
            merge({cellOf(target), {&target, std::move(comes)}}, target);
    }
}

void CellTable::follow(const CellStep& step) {
    const ClauseType& first = step.sources.front();
    if (step.kind == CellStep::Kind::Split)
        return split(step);
    if (step.kind == CellStep::Kind::Codes)
        return m_cells.count(first.key) > 0 ? put(withCodes(m_cells[first.key], step)) : void();
    std::vector<TypedCell> contributors;
    for (const ClauseType& source : step.sources)
        contributors.push_back(cellOf(source));
    merge(contributors, step.targets.front());
}

MappedCells CellTable::finish() {
    MappedCells out;
    for (auto& [clause, cell] : m_cells)
        out.cells.push_back(std::move(cell));
    out.joined = std::move(m_joined);
    return out;
}

} // namespace

Result<TaxonomyPlan> TaxonomyPlan::make(const Taxonomy& taxonomy, const TaxonomyChange& change) {
    if (change.empty())
        return Error{ErrorCode::BadUsage, "The change has no edits.", "Edit the taxonomy first."};
    Draft draft(taxonomy);
    for (const TaxonomyEdit& edit : change.edits)
        CW_TRY(std::visit([&](const auto& each) { return draft.take(each); }, edit));
    CW_TRY_ASSIGN(after, draft.finish(taxonomy.version() + 1));
    TaxonomyPlan plan;
    plan.m_after = std::move(after);
    plan.m_steps = std::move(draft.steps);
    return plan;
}

std::set<std::string> TaxonomyPlan::cellKeys() const {
    std::set<std::string> keys;
    for (const CellStep& step : m_steps)
        for (const Types* types : {&step.sources, &step.targets})
            for (const ClauseType& type : *types)
                keys.insert(type.key);
    return keys;
}

MappedCells TaxonomyPlan::mapped(const std::vector<Cell>& cells) const {
    CellTable table(cells);
    for (const CellStep& step : m_steps)
        table.follow(step);
    return table.finish();
}

Result<Taxonomy> apply(const Taxonomy& taxonomy, const TaxonomyChange& change) {
    CW_TRY_ASSIGN(plan, TaxonomyPlan::make(taxonomy, change));
    return plan.after();
}

Result<std::vector<Cell>> mapCells(const std::vector<Cell>& cells, const TaxonomyChange& change, const Taxonomy& taxonomy) {
    CW_TRY_ASSIGN(plan, TaxonomyPlan::make(taxonomy, change));
    return plan.mapped(cells).cells;
}

} // namespace cw
