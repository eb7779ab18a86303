// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/cost_view.h"

#include "ui/appearance.h"
#include "ui/models/score_words.h"
#include "ui/widgets/card.h"
#include "ui/widgets/table_view.h"

#include <QDoubleSpinBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLocale>
#include <QSignalBlocker>
#include <QVBoxLayout>

namespace cw {

namespace {

constexpr int kWhatWidth = 220, kAmountWidth = 104, kPricesWidth = 284;

QString qualityWords(const ShownCost& shown) {
    const QLocale locale;
    return CostView::tr("%1: accuracy %2 %, %3 present clauses right, %4 contracts")
        .arg(shown.name, percentText(shown.accuracy), locale.toString(shown.cost.correctPresent), locale.toString(shown.cost.contracts));
}

} // namespace

CostView::CostView(QWidget* parent) : QWidget(parent), m_card(new Card(tr("Cost"))), m_table(new TableView(tr("Cost of the evaluation"))) {
    m_table->setObjectName(QStringLiteral("costTable"));
    m_table->setModel(&m_model);
    m_table->setItemDelegate(new RowDelegate(m_table));
    m_table->setSortingEnabled(false);
    QHeaderView* header = m_table->horizontalHeader();
    header->setSortIndicatorShown(false);
    header->setFixedHeight(40);
    header->setSectionResizeMode(QHeaderView::Interactive);
    for (int column = CostTableModel::What; column < CostTableModel::How; ++column)
        header->resizeSection(column, column == CostTableModel::What ? kWhatWidth : kAmountWidth);
    header->setStretchLastSection(true);
    m_card->body()->addWidget(m_table);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(size::kGap, size::kGap, size::kGap, size::kGap);
    row->setSpacing(size::kGap);
    row->addWidget(m_card, 1);
    row->addWidget(buildPrices(), 0, Qt::AlignTop);
}

// A price of 0 stands for one that nobody has named.
QDoubleSpinBox* CostView::priceBox(const QString& objectName, const QString& name, int decimals) {
    auto* box = new QDoubleSpinBox;
    box->setObjectName(objectName);
    box->setAccessibleName(name);
    box->setDecimals(decimals);
    box->setRange(0, 99999);
    box->setSpecialValueText(tr("not known"));
    box->setKeyboardTracking(false);
    connect(box, &QDoubleSpinBox::valueChanged, this, &CostView::pricesChanged);
    return box;
}

QWidget* CostView::buildPrices() {
    auto* card = new Card(tr("Prices"));
    auto* column = card->addPaddedColumn();
    m_perHour = priceBox(QStringLiteral("pricePerHour"), tr("Price of an hour of the machine"), 2);
    m_perKwh = priceBox(QStringLiteral("pricePerKwh"), tr("Price of a kilowatt hour"), 3);
    auto* form = new QFormLayout;
    form->setHorizontalSpacing(12);
    form->setVerticalSpacing(8);
    form->addRow(tr("An hour"), m_perHour);
    form->addRow(tr("A kWh"), m_perKwh);
    column->addLayout(form);
    auto* note = new QLabel(tr("In any currency, the same for both; kept in your settings. Without a price money is not known, and neither is it where a run recorded no "
                               "time, or no energy for a price of energy."));
    note->setWordWrap(true);
    note->setProperty("role", QStringLiteral("meta"));
    column->addWidget(note);
    card->setFixedWidth(kPricesWidth);
    return card;
}

void CostView::setCosts(const ShownCost& shown, const std::optional<ShownCost>& pinned) {
    m_model.setCosts(shown.cost, pinned ? std::optional(pinned->cost) : std::nullopt);
    for (const int column : {CostTableModel::PinnedPerContract, CostTableModel::PinnedPerCorrect})
        m_table->setColumnHidden(column, !pinned);
    QStringList notes{qualityWords(shown)};
    if (pinned)
        notes << qualityWords(*pinned);
    m_card->setNote(notes.join(QStringLiteral(" \u00B7 ")));
}

QWidget* CostView::firstPrice() const { return m_perHour; }

void CostView::setPrices(const Prices& prices) {
    const QSignalBlocker hour(m_perHour), kwh(m_perKwh);
    m_perHour->setValue(prices.perHour.value_or(0));
    m_perKwh->setValue(prices.perKwh.value_or(0));
}

Prices CostView::prices() const {
    const auto price = [](const QDoubleSpinBox* box) { return box->value() > 0 ? std::optional(box->value()) : std::nullopt; };
    return {price(m_perHour), price(m_perKwh)};
}

} // namespace cw
