// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// clusters.json of a run's frozen data: {"v":1,"clusters":{contract:group}}, of the contracts that have near duplicates among them. Any thread.
#pragma once

#include "core/base/result.h"
#include "core/eval/clusters.h"

#include <string>
#include <string_view>

namespace cw {

inline constexpr const char* kClustersFile = "clusters.json";

std::string clustersJson(const Clusters& clusters);

// `where` names the file in an error.
Result<Clusters> clustersFromJson(std::string_view json, std::string_view where);

} // namespace cw
