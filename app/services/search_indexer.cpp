// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "app/services/search_indexer.h"

#include "app/services/store_session.h"
#include "core/store/search_store.h"

namespace cw {

namespace {

constexpr size_t kSlice = 64 * 1024; // bytes of text, or one contract: some tens of milliseconds
constexpr int kPause = 15;            // milliseconds in which the window answers

} // namespace

SearchIndexer::SearchIndexer(StoreSession& session, QObject* parent) : QObject(parent), m_session(session) {
    m_timer.setInterval(kPause);
    connect(&m_timer, &QTimer::timeout, this, &SearchIndexer::indexSlice);
}

void SearchIndexer::start() {
    if (m_session.viewOnly() || isRunning())
        return;
    const Result<int> missing = m_session.store().search().notIndexed();
    if (!missing)
        return Q_EMIT failed(missing.error());
    if (*missing == 0)
        return;
    m_total = *missing;
    m_timer.start();
    Q_EMIT progressed(0, m_total);
}

void SearchIndexer::indexSlice() {
    const Result<int> left = m_session.store().search().indexSome(kSlice);
    if (!left) {
        m_timer.stop();
        return Q_EMIT failed(left.error());
    }
    Q_EMIT progressed(m_total - *left, m_total);
    if (*left > 0)
        return;
    m_timer.stop();
    Q_EMIT finished();
}

} // namespace cw
