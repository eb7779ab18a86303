// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// DOCX files to canonical text. The body comes first, then footnotes and endnotes by their numbers; headers, footers and comments are left
// out. A DOCX has no pages until a word processor makes them, so there are no boxes. One thread.
#pragma once

#include "core/base/result.h"
#include "core/model/contract.h"

#include <string>
#include <string_view>

namespace cw {

// `file` names the document in errors. Macros are never run and nothing outside the file is fetched: both are told in the notes.
Result<DocumentText> readDocxDocument(std::string_view bytes, const std::string& file);

} // namespace cw
