// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Text files to canonical text. Pure; any thread.
#pragma once

#include "core/base/result.h"
#include "core/model/contract.h"

#include <string>
#include <string_view>

namespace cw {

// UTF-8 with LF comes back byte for byte. Otherwise a byte order mark goes, UTF-16 with a mark is decoded, CRLF and CR become LF. What
// is neither is refused with the place of its first wrong byte. `name` is the file in the error.
Result<DocumentText> readTextDocument(std::string_view bytes, const std::string& name);

} // namespace cw
