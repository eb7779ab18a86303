// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Figures side by side, each under its name, in as many rows as the width needs. GUI thread.
#pragma once

#include <QString>
#include <QWidget>

#include <vector>

namespace cw {

struct Fact {
    QString name;  // "Tokens/s"
    QString value; // "11,620"
    QString note;  // "992 labelled", or empty
};

class FactStrip : public QWidget {
    Q_OBJECT

public:
    explicit FactStrip(const QString& accessibleName, QWidget* parent = nullptr);

    void setFacts(std::vector<Fact> facts);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    int columns() const;
    int rows() const;
    void paintFact(QPainter& painter, const QRect& cell, const Fact& fact) const;
    std::vector<Fact> m_facts;
};

} // namespace cw
