// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// What a person should know about a document that came in: hidden words, recognised pages, tracked changes, macros. Pure; any thread.
#pragma once

#include "core/model/contract.h"

#include <string>
#include <vector>

namespace cw {

// One sentence each; nothing for a document that is what it seems. Hidden words are quoted, the first of each kind.
std::vector<std::string> notesOf(const DocumentText& document);

} // namespace cw
