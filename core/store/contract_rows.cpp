// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "core/store/contract_rows.h"

#include "core/store/database.h"
#include "core/store/statement.h"

namespace cw {

Error noSuchContract(const ContractId& id) {
    return {ErrorCode::NotFound, "There is no contract " + id.value + " in the project.",
            "List the contracts to see their names."};
}

Result<std::int64_t> contractNumber(Database& database, const ContractId& id) {
    CW_TRY_ASSIGN(row, Statement::prepare(database, "SELECT number FROM contracts WHERE id = :id"));
    CW_TRY_ASSIGN(found, row.bind(":id", id.value).next());
    return found ? Result<std::int64_t>(row.integer(0)) : noSuchContract(id);
}

Result<std::string> contractText(Database& database, std::int64_t number) {
    CW_TRY_ASSIGN(row, Statement::prepare(database, "SELECT text FROM contract_texts WHERE contract = :contract"));
    CW_TRY(row.bind(":contract", number).next());
    return row.text(0);
}

} // namespace cw
