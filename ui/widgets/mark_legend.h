// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The legend of the lines around spans: saved, not decided, search hit. GUI thread.
#pragma once

#include <QWidget>

namespace cw {

class MarkLegend : public QWidget {
    Q_OBJECT

public:
    explicit MarkLegend(QWidget* parent = nullptr);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return {0, 24}; }

protected:
    void paintEvent(QPaintEvent* event) override;
};

} // namespace cw
