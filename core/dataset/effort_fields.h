// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// What an output took, as every form of a row says it. Any thread.
#pragma once

#include "core/dataset/json_fields.h"
#include "core/dataset/rows.h"

namespace cw {

// "tokens_in" and "seconds" where they are known.
void readEffort(JsonFields& fields, OutputRow& row);

} // namespace cw
