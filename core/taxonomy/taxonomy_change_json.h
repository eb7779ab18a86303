// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// A taxonomy change as JSON, for the store and the command line:
//
//   {"format":1,"edits":[{"edit":"texts","key":"insurance","title":"Insurance cover"},
//                        {"edit":"add","type":{"key":..,"title":..,"group":..,"kind":..,"guideline":..,"example":..}},
//                        {"edit":"retire","key":..}, {"edit":"revive","key":..},
//                        {"edit":"merge","sources":[..],"target":..},
//                        {"edit":"split","source":..,"targets":[..],"present":[..]},
//                        {"edit":"move","key":..,"group":..,"place":1},
//                        {"edit":"codes","key":..,"codes":[..],"renamed":{"old":"new"}}]}
//
// Pure; any thread.
#pragma once

#include "core/taxonomy/taxonomy_change.h"

#include <string>
#include <string_view>

namespace cw {

inline constexpr int kTaxonomyChangeFormat = 1;

std::string taxonomyChangeToJson(const TaxonomyChange& change);
// BadInput says which edit is wrong and how; `origin` names the file.
Result<TaxonomyChange> taxonomyChangeFromJson(std::string_view json, std::string_view origin);

} // namespace cw
