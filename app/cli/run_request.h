// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// "KIND [SPEC] [--set KEY=VALUE]" and the options of its data as a request: what run and plan take.
#pragma once

#include "app/cli/command.h"
#include "app/services/run_supervisor.h"

namespace cw::cli {

std::vector<Option> runRequestOptions(); // --set, --side, --voted-only and those of the dataset
Result<RunRequest> runRequest(const Arguments& arguments, const Taxonomy& taxonomy);
QString runFieldsHelp(); // the fields that --set knows

} // namespace cw::cli
