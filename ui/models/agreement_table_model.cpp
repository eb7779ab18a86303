// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/models/agreement_table_model.h"

#include "app/services/agreement_service.h"
#include "app/services/result_qt.h"

#include <QLocale>

#include <algorithm>
#include <array>

namespace cw {

namespace {

QString rate(const std::optional<double>& value) {
    return value ? QLocale().toString(*value, 'f', 2) : AgreementTableModel::tr("n/a");
}

QString interval(const Agreement& of) {
    return of.kappaInterval ? QStringLiteral("[%1, %2]").arg(rate((*of.kappaInterval)[0]), rate((*of.kappaInterval)[1])) : QString();
}

std::optional<double> rateOf(const Agreement& of, int column) {
    switch (column) {
    case AgreementTableModel::Raw:
        return of.raw();
    case AgreementTableModel::Positive:
        return of.positive();
    case AgreementTableModel::Negative:
        return of.negative();
    case AgreementTableModel::SpanF1:
        return of.spanF1();
    case AgreementTableModel::Values:
        return of.valueEquality();
    default:
        return of.kappa();
    }
}

QString advice(const Agreement& of) {
    if (of.cells() == 0)
        return AgreementTableModel::tr("nothing to compare yet");
    if (!of.kappa())
        return of.both > 0 ? AgreementTableModel::tr("both always find it") : AgreementTableModel::tr("both never find it");
    if (!isLow(of))
        return {};
    return of.cells() < kFewCells ? AgreementTableModel::tr("low, but from few contracts") : AgreementTableModel::tr("low: rewrite the guideline");
}

} // namespace

void AgreementTableModel::setTable(const AgreementTable& table, const Taxonomy& taxonomy) {
    beginResetModel();
    m_rows.clear();
    for (const auto& [clause, of] : table.perClause) {
        const ClauseType* type = taxonomy.find(clause);
        m_rows.push_back({toQString(type ? type->title : clause), of});
    }
    m_rows.push_back({tr("All clause types"), table.total});
    endResetModel();
}

int AgreementTableModel::lowCount() const {
    return static_cast<int>(std::count_if(m_rows.begin(), m_rows.end() - (m_rows.empty() ? 0 : 1), [](const Row& row) { return isLow(row.of) && row.of.cells() >= kFewCells; }));
}

int AgreementTableModel::rowCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : static_cast<int>(m_rows.size()); }

int AgreementTableModel::columnCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : ColumnCount; }

QVariant AgreementTableModel::display(const Row& row, int column) const {
    switch (column) {
    case Clause:
        return row.title;
    case Cells:
        return QLocale().toString(row.of.cells());
    case Interval:
        return interval(row.of);
    case Advice:
        return advice(row.of);
    default:
        return row.of.cells() == 0 ? QStringLiteral("\u2013") : rate(rateOf(row.of, column));
    }
}

QVariant AgreementTableModel::sortKey(const Row& row, int column) const {
    switch (column) {
    case Clause:
        return row.title.toCaseFolded();
    case Cells:
        return row.of.cells();
    case Advice:
        return advice(row.of);
    default:
        return rateOf(row.of, column).value_or(2); // what has no rate stands behind every rate
    }
}

QVariant AgreementTableModel::data(const QModelIndex& index, int role) const {
    const Row& row = m_rows[static_cast<size_t>(index.row())];
    const int column = index.column();
    const bool words = column == Clause || column == Advice;
    switch (role) {
    case Qt::DisplayRole:
        return display(row, column);
    case Qt::ToolTipRole:
        return column == Clause || column == Advice ? display(row, column) : QVariant();
    case SortRole:
        return sortKey(row, column);
    case Qt::TextAlignmentRole:
        return words || column == Interval ? QVariant() : QVariant(Qt::AlignRight | Qt::AlignVCenter);
    case MutedRole:
        return row.of.cells() == 0 || column == Interval || (column == Advice && !isLow(row.of));
    case StrongRole:
        return isTotal(index.row()) || (isLow(row.of) && (column == Kappa || column == Advice));
    default:
        return {};
    }
}

QVariant AgreementTableModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return section == Clause || section == Interval || section == Advice ? QVariant(Qt::AlignLeft) : QVariant(Qt::AlignRight);
    static const std::array<const char*, ColumnCount> kTitles = {
        QT_TR_NOOP("Clause type"), QT_TR_NOOP("n"),    QT_TR_NOOP("Raw"),     QT_TR_NOOP("Positive"), QT_TR_NOOP("Negative"),
        QT_TR_NOOP("Kappa"),       QT_TR_NOOP("95 %"), QT_TR_NOOP("Span F1"), QT_TR_NOOP("Values"),   QT_TR_NOOP("Advice")};
    static const std::array<const char*, ColumnCount> kTips = {
        "",
        QT_TR_NOOP("Cells that both decided"),
        QT_TR_NOOP("Share of cells that both call present, or both absent"),
        QT_TR_NOOP("Agreement on present: 2a / (2a + b + c)"),
        QT_TR_NOOP("Agreement on absent: 2d / (2d + b + c)"),
        QT_TR_NOOP("Cohen's kappa: agreement beyond chance; n/a where nothing varies"),
        QT_TR_NOOP("95 % interval of kappa"),
        QT_TR_NOOP("Where both call it present: how far the evidence covers the same characters"),
        QT_TR_NOOP("Where both call it present: share of equal values"),
        ""};
    if (role == Qt::ToolTipRole)
        return tr(kTips[static_cast<size_t>(section)]);
    return role == Qt::DisplayRole ? QVariant(tr(kTitles[static_cast<size_t>(section)])) : QVariant();
}

AgreementOrder::AgreementOrder(AgreementTableModel& source, QObject* parent) : QSortFilterProxyModel(parent), m_source(source) {
    setSourceModel(&source);
    setSortRole(SortRole);
}

bool AgreementOrder::lessThan(const QModelIndex& left, const QModelIndex& right) const {
    const bool ascending = sortOrder() == Qt::AscendingOrder;
    if (m_source.isTotal(left.row()))
        return !ascending;
    if (m_source.isTotal(right.row()))
        return ascending;
    return QSortFilterProxyModel::lessThan(left, right);
}

} // namespace cw
