// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/models/contract_feed.h"

#include "app/services/background.h"
#include "app/services/result_qt.h"
#include "app/services/store_view.h"

namespace cw {

Status ContractFeed::read(StoreSession* session) {
    ++m_newest;
    if (!session) {
        m_model.setRows({}, 0);
        return {};
    }
    const int clauses = static_cast<int>(session->taxonomy().types().size());
    CW_TRY_ASSIGN(contracts, session->store().contracts().all());
    if (contracts.size() <= kAtOnce) {
        CW_TRY_ASSIGN(rows, readContractRows(session->store()));
        m_model.setRows(std::move(rows), clauses);
        return {};
    }
    std::vector<ContractRow> rows;
    rows.reserve(contracts.size());
    for (Contract& contract : contracts) {
        rows.push_back(makeContractRow(std::move(contract), ContractOverview(), session->taxonomy()));
        rows.back().known = false;
    }
    m_model.setRows(std::move(rows), clauses);
    complete(*session);
    return {};
}

void ContractFeed::complete(StoreSession& session) {
    inBackground(
        this,
        [folder = toQString(session.store().folder().string()), identity = session.store().identity()] {
            return withView(folder, identity, [](StoreSession& view) { return readContractRows(view.store()); });
        },
        [this, number = m_newest](Result<std::vector<ContractRow>> rows) {
            if (number != m_newest)
                return;
            if (!rows)
                return Q_EMIT failed(rows.error());
            m_model.complete(std::move(*rows));
            Q_EMIT completed();
        });
}

} // namespace cw
