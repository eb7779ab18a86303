// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// PDF files to canonical text with line boxes, by Qt PDF. One thread.
#pragma once

#include "core/base/result.h"
#include "core/model/contract.h"

#include <string>

namespace cw {

// A page whose boxes can't be matched to what it shows comes with its text alone. A document without any text (a scan) is an error.
Result<DocumentText> readPdfDocument(const std::string& file);

} // namespace cw
