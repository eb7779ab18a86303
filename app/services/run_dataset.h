// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// dataset.json of a run folder: how the run's data was chosen, so that another run can be given the same. Any thread.
#pragma once

#include "app/services/run_supervisor.h"

namespace cw {

// The file's text: the same for two requests whose data is chosen in the same way.
std::string datasetChoice(const RunRequest& request);
Status writeDatasetChoice(const RunFolder& folder, const RunRequest& request);

// What the run was asked: its spec, and its data as it was chosen. NotFound for a run folder from before dataset.json.
Result<RunRequest> readRequest(const RunFolder& folder);

} // namespace cw
