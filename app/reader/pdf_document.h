// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// PDF files to canonical text with line boxes, by Qt PDF. One thread.
#pragma once

#include "core/base/result.h"
#include "core/model/contract.h"

#include <functional>
#include <string>

namespace cw {

// Called before each page is read, which may take seconds.
using PageProgress = std::function<void(int page, int pages)>;

// A page whose boxes can't be matched to what it shows comes with its text alone. A page that is a picture is read by text recognition;
// where that can't be, the notes tell. A document without any text, or with more than 3,000 pages, is an error.
Result<DocumentText> readPdfDocument(const std::string& file, const PageProgress& onPage);

} // namespace cw
