// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// What an evaluation cost beside what it got right, next to a pinned run, and the prices that make money of time and energy. GUI thread.
#pragma once

#include "ui/models/cost_table_model.h"

#include <QWidget>

class QDoubleSpinBox;

namespace cw {

class Card;
class TableView;

// A run's cost with the quality that it bought.
struct ShownCost {
    QString name;
    Cost cost;
    double accuracy = 0; // 0..1
};

class CostView : public QWidget {
    Q_OBJECT

public:
    explicit CostView(QWidget* parent = nullptr);

    void setCosts(const ShownCost& shown, const std::optional<ShownCost>& pinned);
    void setPrices(const Prices& prices); // without a signal
    Prices prices() const;
    TableView* table() const { return m_table; }
    QWidget* firstPrice() const; // that takes the focus
    const CostTableModel& model() const { return m_model; }

Q_SIGNALS:
    void pricesChanged(); // by a person

private:
    QWidget* buildPrices();
    QDoubleSpinBox* priceBox(const QString& objectName, const QString& name, int decimals);
    CostTableModel m_model;
    Card* m_card;
    TableView* m_table;
    QDoubleSpinBox* m_perHour = nullptr;
    QDoubleSpinBox* m_perKwh = nullptr;
};

} // namespace cw
