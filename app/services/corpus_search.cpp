// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "app/services/corpus_search.h"

#include "app/services/background.h"
#include "app/services/store_view.h"

namespace cw {

void CorpusSearch::setProject(const QString& folder, const Identity& identity) {
    forget();
    m_folder = folder;
    m_identity = identity;
}

void CorpusSearch::forget() {
    ++m_newest;
    m_running = false;
}

void CorpusSearch::start(const SearchRequest& request) {
    const int number = ++m_newest;
    m_running = true;
    inBackground(
        this,
        [folder = m_folder, identity = m_identity, request] {
            return withView(folder, identity, [&](StoreSession& view) { return view.store().search().search(request); });
        },
        [this, number, request](const Result<SearchResult>& result) {
            if (number != m_newest)
                return;
            m_running = false;
            if (result)
                Q_EMIT found(request, *result);
            else
                Q_EMIT failed(result.error());
        });
}

} // namespace cw
