// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Progress on stderr: a bar where a person looks at a terminal, else a line now and then. One thread.
#pragma once

#include <QElapsedTimer>
#include <QString>

namespace cw::cli {

class Progress {
public:
    Progress();
    ~Progress() { finish(); }
    // `total` 0: how much there is isn't known.
    void show(int done, int total, const QString& what);
    void finish(); // leaves the bar's line

private:
    bool m_terminal;
    bool m_drawn = false;
    QElapsedTimer m_since;
    QString m_last;
};

} // namespace cw::cli
