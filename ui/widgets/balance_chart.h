// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Bars by clause type: in how many contracts of the training side the clause is present, and in the test side as a ring. GUI thread.
#pragma once

#include <QString>
#include <QWidget>

#include <vector>

namespace cw {

struct BalanceBar {
    QString code;   // "T1"
    QString title;  // "Renewal term"
    QString letter; // of its group
    double train = 0; // share of the reviewed contracts with the clause, 0..1
    double test = 0;
    int testPresent = 0; // contracts
};

// Below this many positives in the test side nothing can be claimed of a single type.
inline constexpr int kFewPositives = 15;

class BalanceChart : public QWidget {
    Q_OBJECT

public:
    explicit BalanceChart(QWidget* parent = nullptr);
    void setBars(std::vector<BalanceBar> bars);

    QSize sizeHint() const override { return {720, 280}; }
    QSize minimumSizeHint() const override { return {420, 200}; }

protected:
    void paintEvent(QPaintEvent* event) override;
    bool event(QEvent* event) override; // the tooltip of the bar under the mouse

private:
    struct Place {
        QRectF column; // the bar's full height
        size_t bar;
    };
    std::vector<Place> places() const;
    QRectF plot() const;
    void paintAxis(QPainter& painter) const;
    void paintBar(QPainter& painter, const Place& place) const;
    void paintGroups(QPainter& painter, const std::vector<Place>& places) const;
    QString describe(const BalanceBar& bar) const;

    std::vector<BalanceBar> m_bars;
};

} // namespace cw
