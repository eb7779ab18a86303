// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The plan of the run that a form describes: steps, tokens, time, memory by part, advice and warnings. It plans by itself a moment after the
// last change, and at once when it is asked. GUI thread.
#pragma once

#include "app/services/plan_service.h"

#include <QTimer>
#include <QWidget>

#include <optional>

class QLabel;
class QVBoxLayout;

namespace cw {

class FactStrip;
class KeyButton;
class MemoryBar;
class TroubleBox;

// What speaks against starting the planned run as it is, in sentences.
QStringList planWarnings(const PlannedRun& planned);

class PlanCard : public QWidget {
    Q_OBJECT

public:
    explicit PlanCard(StoreSession& session, QWidget* parent = nullptr);

    // The form as it is now; nothing while a field of it is wrong.
    void setRequest(const std::optional<RunRequest>& request);
    void planNow();

private:
    void show(const PlannedRun& planned);
    void fail(const Error& error);
    void setState(const QString& words);
    void setLines(QVBoxLayout* column, const QStringList& lines, const char* role);

    PlanService m_service;
    QTimer m_pause;
    std::optional<RunRequest> m_request;
    QLabel* m_state;
    KeyButton* m_button;
    TroubleBox* m_trouble;
    QWidget* m_content;
    FactStrip* m_facts;
    QLabel* m_memory;
    MemoryBar* m_bar;
    QVBoxLayout *m_warnings, *m_advice;
};

} // namespace cw
