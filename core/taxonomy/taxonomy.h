// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The clause types as data: loading, validation, lookup. Immutable once loaded; any thread.
#pragma once

#include "core/base/result.h"
#include "core/model/clause_type.h"

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace cw {

class Taxonomy {
public:
    // Reads the JSON form (resources/taxonomy/default.json documents it). Refuses duplicate keys, unknown groups or kinds, an enum
    // without codes, an empty title. `origin` names the file in an error.
    static Result<Taxonomy> fromJson(std::string_view json, std::string_view origin);
    // The same checks on parts that are at hand.
    static Result<Taxonomy> fromParts(int version, std::vector<ClauseGroup> groups, std::vector<ClauseType> types,
                                      std::vector<ClauseType> retired, std::string_view origin);
    std::string toJson() const;

    int version() const { return m_version; }
    const std::vector<ClauseGroup>& groups() const { return m_groups; }
    const std::vector<ClauseType>& types() const { return m_types; } // in the order of the canonical JSON
    // Types that are no longer in use: none of the look-ups below finds them, and their keys stay taken.
    const std::vector<ClauseType>& retired() const { return m_retired; }
    const ClauseType* findRetired(std::string_view key) const;
    const ClauseType* find(std::string_view key) const;
    const ClauseGroup* group(std::string_view key) const;
    // The type that a CUAD category (any case) maps to, or null.
    const ClauseType* findCuadCategory(std::string_view category) const;
    // "T1": the group's letter and the type's place in it, from 1.
    std::string code(std::string_view key) const;
    std::optional<size_t> indexOf(std::string_view key) const;
    std::vector<std::string> keys() const;

private:
    template <typename Problems> void check(Problems& problems); // tells what is wrong

    int m_version = 1;
    std::vector<ClauseGroup> m_groups;
    std::vector<ClauseType> m_types;
    std::vector<ClauseType> m_retired;
    std::unordered_map<std::string, size_t> m_index;
};

std::string_view toString(ValueKind kind); // "boolean", "text", "duration", "date", "enum", "number", "money", "party_list"
std::optional<ValueKind> valueKindFromString(std::string_view name);

} // namespace cw
