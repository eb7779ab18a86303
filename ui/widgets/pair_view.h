// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Two answers side by side with shared row heights: folded equal keys, and differing cells with their words marked. GUI thread.
#pragma once

#include "core/taxonomy/taxonomy.h"
#include "ui/models/pair_rows.h"

#include <QAbstractScrollArea>

#include <memory>
#include <vector>

class QTextLayout;

namespace cw {

class PairView : public QAbstractScrollArea {
    Q_OBJECT

public:
    explicit PairView(QWidget* parent = nullptr);
    ~PairView() override;

    // `taxonomy` must outlive the view's use of it; null clears the view.
    void setComparison(PairComparison comparison, const Taxonomy* taxonomy);

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    struct Laid;
    void layOut();
    void paintHeads(QPainter& painter) const;
    void paintFold(QPainter& painter, const Laid& row, int top) const;
    void paintCells(QPainter& painter, const Laid& row, int top) const;

    PairComparison m_comparison;
    const Taxonomy* m_taxonomy = nullptr;
    std::vector<std::unique_ptr<Laid>> m_rows;
    int m_height = 0;
};

} // namespace cw
