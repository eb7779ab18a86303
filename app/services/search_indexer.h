// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Brings contracts from before the corpus search into it. The process that holds the project has its one writing connection on the GUI
// thread: the work is cut into slices between which the window answers, and each slice is a transaction of its own. GUI thread.
#pragma once

#include "core/base/result.h"

#include <QObject>
#include <QTimer>

namespace cw {

class StoreSession;

class SearchIndexer : public QObject {
    Q_OBJECT

public:
    // The session outlives it.
    explicit SearchIndexer(StoreSession& session, QObject* parent = nullptr);

    // Nothing where all contracts are in, or the project is view-only.
    void start();
    bool isRunning() const { return m_timer.isActive(); }

Q_SIGNALS:
    void progressed(int done, int total); // contracts
    void finished();
    void failed(const cw::Error& error); // it ends; the next start goes on where it was

private:
    void indexSlice();
    StoreSession& m_session;
    QTimer m_timer;
    int m_total = 0;
};

} // namespace cw
