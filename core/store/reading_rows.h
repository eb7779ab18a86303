// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The rows of `readings`, as the stores of readings and of cells share them. Inside the caller's transaction. One thread.
#pragma once

#include "core/base/result.h"
#include "core/store/reading_store.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cw {

class AuditStore;
class Database;

// The readings of one contract.
struct ContractReadings {
    std::optional<ReadingRecord> record, first, second;
    // Both were finished once; from then on neither can change.
    bool compared() const { return first.has_value(); }
    bool isBlind(const std::string& person) const { return second && !compared() && second->annotator == person; }
    const std::optional<ReadingRecord>& of(Reading reading) const;
};

// The contracts whose record a person must not see.
Result<std::vector<ContractId>> blindContracts(Database& database, const std::string& person);

Result<ContractReadings> contractReadings(Database& database, const ContractId& contract, std::int64_t number);

// Writes a row as it shall be, with its audit row under `action`. Without `after` the row goes.
Status writeReading(Database& database, AuditStore& audit, std::int64_t number,
                    const std::optional<ReadingRecord>& before, const std::optional<ReadingRecord>& after,
                    std::string_view action);

// May this person write into this reading? The audit's word "import" brings in what others decided.
Status checkMayWrite(const ContractReadings& readings, const ContractId& contract, Reading reading,
                     const std::string& person, std::string_view action);

} // namespace cw
