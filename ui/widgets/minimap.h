// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The whole contract beside the view: its pages, the marks on them, and what is in view. A click goes there. GUI thread.
#pragma once

#include <QPointer>
#include <QWidget>

namespace cw {

class ContractView;

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
    QPointer<ContractView> m_view;
};

} // namespace cw
