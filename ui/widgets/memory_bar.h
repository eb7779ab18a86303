// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// A plan's memory as one bar: its parts in order, against what is free. The parts' names and sizes stand below, numbered as in the bar, so
// that no colour has to be told apart. GUI thread.
#pragma once

#include "core/run/run_plan.h"

#include <QString>
#include <QWidget>

#include <vector>

namespace cw {

QString memoryPartName(const std::string& part); // "activations" in the window's words

class MemoryBar : public QWidget {
    Q_OBJECT

public:
    explicit MemoryBar(QWidget* parent = nullptr);

    void setPlan(const RunPlan& plan);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return {200, sizeHint().height()}; }

protected:
    void paintEvent(QPaintEvent* event) override;
    bool event(QEvent* event) override; // the tooltip of the part under the mouse

private:
    double whole() const; // bytes that the bar's width stands for
    QRectF segment(size_t part) const;
    QString words(size_t part) const;
    void paintBar(QPainter& painter) const;
    void paintLegend(QPainter& painter) const;

    std::vector<MemoryPart> m_parts; // those that take anything
    double m_free = 0, m_peak = 0;   // bytes
};

} // namespace cw
