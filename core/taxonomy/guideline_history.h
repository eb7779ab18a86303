// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The wordings that a type's guideline had, over the versions of the taxonomy. Pure; any thread.
#pragma once

#include "core/taxonomy/taxonomy.h"
#include "core/taxonomy/taxonomy_change.h"

#include <string>
#include <string_view>
#include <vector>

namespace cw {

// A version of a project's taxonomy, and what made it of the one before.
struct TaxonomyVersion {
    Taxonomy taxonomy;
    TaxonomyChange change; // of the first version: empty
    std::string madeBy;    // empty: it came with the project
    std::string madeAt;    // UTC
};

struct GuidelineWording {
    int number = 1;  // from 1, in the order of the wordings
    int version = 1; // of the taxonomy that brought it
    std::string text; // the guideline, and the example as a line of its own
    std::string by;   // empty: it came with the project
    std::string at;   // UTC
    friend bool operator==(const GuidelineWording&, const GuidelineWording&) = default;
};

// Oldest first; `versions` in their order. A type that was retired for a while keeps its history.
std::vector<GuidelineWording> guidelineHistory(const std::vector<TaxonomyVersion>& versions, std::string_view key);

} // namespace cw
