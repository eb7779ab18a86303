// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Fills a list of contracts from the store. In a large project the list is there at once, and what was decided on each contract follows
// from a job: half a million cells take longer than a person should wait for a page. GUI thread.
#pragma once

#include "ui/models/contract_table_model.h"

#include <QObject>

namespace cw {

class StoreSession;

class ContractFeed : public QObject {
    Q_OBJECT

public:
    static constexpr size_t kAtOnce = 1000; // contracts

    // The model outlives it.
    explicit ContractFeed(ContractTableModel& model, QObject* parent = nullptr) : QObject(parent), m_model(model) {}

    // Replaces the model's rows; a null session empties it. A job that an earlier call began is forgotten.
    Status read(StoreSession* session);

Q_SIGNALS:
    void completed(); // what was decided is there; only where it came from a job
    void failed(const cw::Error& error);

private:
    void complete(StoreSession& session);
    ContractTableModel& m_model;
    int m_newest = 0;
};

} // namespace cw
