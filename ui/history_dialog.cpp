// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/history_dialog.h"

#include "ui/icons.h"
#include "ui/widgets/close_foot.h"
#include "ui/widgets/table_view.h"

#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QVBoxLayout>

namespace cw {

HistoryDialog::HistoryDialog(const QString& contract, std::vector<HistoryRow> rows, QWidget* parent) : QDialog(parent) {
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("History of %1").arg(contract));
    setAccessibleName(windowTitle());
    m_model.setRows(std::move(rows));
    m_filtered.setSourceModel(&m_model);
    m_filtered.setFilterKeyColumn(-1);
    m_filtered.setFilterCaseSensitivity(Qt::CaseInsensitive);
    auto* filter = new QLineEdit;
    filter->setObjectName(QStringLiteral("historyFilter"));
    filter->setPlaceholderText(tr("Clause, person or words"));
    filter->setAccessibleName(tr("Filter the history"));
    filter->setClearButtonEnabled(true);
    filter->addAction(icon(QStringLiteral("search"), IconTint::Muted), QLineEdit::LeadingPosition);
    auto* table = new TableView(tr("History"));
    table->setObjectName(QStringLiteral("historyTable"));
    table->setModel(&m_filtered);
    table->setEmptyText(tr("Nothing was decided here that matches."));
    const int widths[] = {110, 110, 190, 230};
    for (int column = 0; column < HistoryTableModel::After; ++column)
        table->horizontalHeader()->resizeSection(column, widths[column]);
    table->horizontalHeader()->setSectionResizeMode(HistoryTableModel::After, QHeaderView::Stretch);
    connect(filter, &QLineEdit::textChanged, &m_filtered, &QSortFilterProxyModel::setFilterFixedString);
    connect(filter, &QLineEdit::returnPressed, table, [table] { table->setFocus(); });
    connect(table, &TableView::rowActivated, this, [this](const QModelIndex& index) {
        const QString key = m_model.at(m_filtered.mapToSource(index).row()).key;
        if (key.isEmpty())
            return;
        accept();
        Q_EMIT clauseWanted(key);
    });
    auto* hint = new QLabel(tr("Every change stays on record. Ctrl+C copies rows."));
    hint->setProperty("role", QStringLiteral("muted"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(16, 16, 16, 16);
    column->setSpacing(12);
    column->addWidget(filter);
    column->addWidget(table, 1);
    column->addLayout(closeFoot(*this, hint));
    resize(980, 520);
    table->setFocus();
}

} // namespace cw
