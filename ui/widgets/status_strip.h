// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The strip at the window's foot: when the last decision was saved, background jobs, a note, and the page's keys. GUI thread.
#pragma once

#include "ui/page.h"
#include "ui/shell.h"

#include <QDateTime>
#include <QWidget>

#include <map>

class QHBoxLayout;
class QLabel;

namespace cw {

class StatusStrip : public QWidget {
    Q_OBJECT

public:
    explicit StatusStrip(QWidget* parent = nullptr);

    void setSaved(const QDateTime& at); // an invalid time: nothing saved yet
    void setNote(const QString& note);  // e.g. "view only"
    void setHints(const QList<KeyHint>& hints);
    void showJob(const QString& id, const JobProgress& progress, std::function<void()> cancel);
    void endJob(const QString& id);
    bool hasJob(const QString& id) const { return m_jobs.count(id) > 0; }
    QString savedText() const;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    class JobRow;
    QLabel* m_tick;
    QLabel* m_saved;
    QLabel* m_note;
    QHBoxLayout* m_jobRow;
    class HintLine* m_hints;
    std::map<QString, JobRow*> m_jobs;
};

} // namespace cw
