// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// A sentence in a bar: it takes the room that is left, on as many lines as are high enough, and ends in dots where that is too little; its tip is
// the whole of it then. GUI thread.
#pragma once

#include <QLabel>
#include <QStringList>

namespace cw {

class FittedLabel : public QLabel {
    Q_OBJECT

public:
    explicit FittedLabel(QWidget* parent = nullptr);
    QStringList shownLines() const; // as they are painted; the last may end in dots
    QSize sizeHint() const override { return minimumSizeHint(); }
    QSize minimumSizeHint() const override { return {0, fontMetrics().height()}; }

protected:
    void paintEvent(QPaintEvent* event) override;
    bool event(QEvent* event) override;
};

} // namespace cw
