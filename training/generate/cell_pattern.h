// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// What a cell of the canonical JSON may be, by the kind of its clause type: null, or quotes with the value's grammar. Every value that
// these patterns accept is canonical (isCanonicalValue); a few odd canonical ones, such as the year 0007, are left out. Pure; any thread.
#pragma once

#include "core/model/clause_type.h"
#include "training/generate/byte_pattern.h"

#include <string>
#include <string_view>

namespace cw {

Pattern cellPattern(const ClauseType& type);

// The text of a "v" without its quotes, for the kinds whose value is a string.
Pattern valuePattern(const ClauseType& type);

// `text` as it stands within a JSON string of the canonical form: \" and \\ are its only escapes.
std::string jsonEscaped(std::string_view text);

} // namespace cw
