// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The options that form a dataset, shared by export and run.
#pragma once

#include "app/cli/command.h"
#include "app/services/dataset_service.h"

namespace cw::cli {

std::vector<Option> datasetOptionTable(); // --split, --window, --overlap, --strategy, --stub, --negatives, --only
Result<DatasetOptions> datasetOptions(const Arguments& arguments, const Taxonomy& taxonomy);

} // namespace cw::cli
