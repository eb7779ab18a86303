// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// calibration.json, which lies beside a model:
// {"v":1,"clauses":{key:{"bias":b,"a":a,"c":c,"n":n}}}. This file is the only writer and reader of its form. Any thread.
#pragma once

#include "core/base/result.h"
#include "core/eval/calibration.h"

#include <string>
#include <string_view>

namespace cw {

std::string calibrationJson(const Calibration& calibration);

// `where` names the file in an error. Refuses a newer version, a member that is missing or not a finite number, a mapping that falls.
Result<Calibration> calibrationFromJson(std::string_view json, std::string_view where);

} // namespace cw
