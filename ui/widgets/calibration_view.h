// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// How well a run knows what it doesn't know: its confidence against how often it is right, and the errors that a review of its least sure
// cells finds. GUI thread.
#pragma once

#include "core/eval/confidence.h"

#include <QWidget>

class QLabel;

namespace cw {

class Card;
class SegmentedControl;
class ShareChart;

class CalibrationView : public QWidget {
    Q_OBJECT

public:
    explicit CalibrationView(QWidget* parent = nullptr);
    // Without cells: why there is nothing. `note` is a sentence on the calibration, or empty.
    void setReport(const ConfidenceReport& report, const QString& note);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void showReliability();
    void showReview();
    ConfidenceReport m_report;
    Card *m_reliabilityCard, *m_reviewCard;
    ShareChart *m_reliability, *m_review;
    QLabel* m_calibrationNote;
    SegmentedControl* m_share; // of the cells that are reviewed
    QLabel *m_reliabilityHelp, *m_reviewHelp;
};

} // namespace cw
