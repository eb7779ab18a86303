// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The head of a run's panel: its name, state and settings in a line, how far it is, and the buttons for what can be done with it. GUI thread.
#pragma once

#include "app/services/run_supervisor.h"

#include <QWidget>

class QHBoxLayout;
class QLabel;
class QProgressBar;

namespace cw {

class RunHead : public QWidget {
    Q_OBJECT

public:
    explicit RunHead(QWidget* parent = nullptr);
    void setRun(const RunView& run);
    void addWidgetAtEnd(QWidget* widget);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void elide();
    QString m_title;
    QLabel *m_name, *m_summary, *m_progressText;
    QProgressBar* m_progress;
    QHBoxLayout* m_end;
};

} // namespace cw
