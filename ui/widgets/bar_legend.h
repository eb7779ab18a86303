// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The legend of the clause bars. GUI thread.
#pragma once

#include <QWidget>

namespace cw {

class BarLegend : public QWidget {
    Q_OBJECT

public:
    explicit BarLegend(QWidget* parent = nullptr);
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
};

} // namespace cw
