// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// What several stores read of a contract: its number inside the store, and its canonical text. One thread.
#pragma once

#include "core/base/ids.h"
#include "core/base/result.h"

#include <cstdint>
#include <string>

namespace cw {

class Database;

Error noSuchContract(const ContractId& id);
Result<std::int64_t> contractNumber(Database& database, const ContractId& id); // NotFound if there is none
Result<std::string> contractText(Database& database, std::int64_t number);

} // namespace cw
