// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The whole contract beside the view: its pages, the marks on them, and what is in view. A click goes there. GUI thread.
#pragma once

#include <QPixmap>
#include <QPointer>
#include <QWidget>

namespace cw {

class ContractView;
struct SpanMark;

class Minimap : public QWidget {
    Q_OBJECT

public:
    explicit Minimap(QWidget* parent = nullptr);
    void follow(ContractView* view);

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override { mousePressEvent(event); }

private:
    double scale() const;
    QRectF lane(double top, double bottom) const;
    void paintContract(QPainter& painter) const;
    void paintMark(QPainter& painter, const SpanMark& mark) const;
    const QPixmap& picture();

    QPointer<ContractView> m_view;
    QPixmap m_picture; // pages and marks, until they change; null: to be drawn
    bool m_pictureIsDark = false;
};

} // namespace cw
