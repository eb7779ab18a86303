// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// What a person should know about a document that came in: hidden words, recognised pages, tracked changes, macros. The thread of the store
// where one is read, else any.
#pragma once

#include "core/base/result.h"
#include "core/model/contract.h"

#include <string>
#include <vector>

namespace cw {

class ContractStore;

// One sentence each; nothing for a document that is what it seems. Hidden words are quoted, the first of each kind.
std::vector<std::string> notesOf(const DocumentText& document);

// The same, asked later. NotFound if there is no such contract.
Result<std::vector<std::string>> notesOf(ContractStore& contracts, const ContractId& id);

} // namespace cw
