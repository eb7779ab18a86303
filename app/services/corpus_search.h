// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The corpus search as the window runs it: off the GUI thread, and of several questions only the newest is answered. GUI thread.
#pragma once

#include "core/store/search_store.h"
#include "core/store/project_store.h"

#include <QObject>
#include <QString>

namespace cw {

class CorpusSearch : public QObject {
    Q_OBJECT

public:
    using QObject::QObject;

    // The project's folder, and who looks.
    void setProject(const QString& folder, const Identity& identity);
    void start(const SearchRequest& request);
    void forget(); // whatever is being looked for is not wanted any more
    bool isRunning() const { return m_running; }

Q_SIGNALS:
    void found(const cw::SearchRequest& request, const cw::SearchResult& result);
    void failed(const cw::Error& error);

private:
    QString m_folder;
    Identity m_identity;
    int m_newest = 0;
    bool m_running = false;
};

} // namespace cw
