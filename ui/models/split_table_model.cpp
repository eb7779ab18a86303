// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/models/split_table_model.h"

#include "app/services/result_qt.h"

#include <QLocale>

namespace cw {

namespace {

int contractsOf(const SplitTableRow& row) { return row.contracts[0] + row.contracts[1] + row.contracts[2] + row.unassigned; }

QVariantList toList(const SideShares& shares) { return {shares[0], shares[1], shares[2]}; }

} // namespace

SideShares sharesOf(const SplitTableRow& row) {
    const int all = contractsOf(row);
    SideShares shares{};
    for (size_t side = 0; all > 0 && side < shares.size(); ++side)
        shares[side] = static_cast<double>(row.contracts[side]) / all;
    return shares;
}

void SplitTableModel::setRows(std::vector<SplitTableRow> rows) {
    beginResetModel();
    m_rows = std::move(rows);
    m_total = {};
    m_total.type = "All";
    for (const SplitTableRow& row : m_rows) {
        for (size_t side = 0; side < 3; ++side)
            m_total.contracts[side] += row.contracts[side];
        m_total.unassigned += row.unassigned;
    }
    endResetModel();
}

SideShares SplitTableModel::targets() const { return sharesOf(m_total); }

const SplitTableRow& SplitTableModel::row(int index) const {
    return index == static_cast<int>(m_rows.size()) ? m_total : m_rows[static_cast<size_t>(index)];
}

int SplitTableModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() || m_rows.empty() ? 0 : static_cast<int>(m_rows.size()) + 1;
}

int SplitTableModel::columnCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : ColumnCount; }

QVariant SplitTableModel::data(const QModelIndex& index, int role) const {
    const SplitTableRow& of = row(index.row());
    const int column = index.column();
    const auto number = [&]() -> int {
        switch (column) {
        case Unassigned:
            return of.unassigned;
        case All:
            return contractsOf(of);
        default:
            return of.contracts[static_cast<size_t>(column - Train)];
        }
    };
    switch (role) {
    case Qt::DisplayRole:
        if (column == Type)
            return toQString(of.type);
        return column == Share ? QVariant() : QVariant(QLocale().toString(number()));
    case SortRole:
        return column == Type ? QVariant(toQString(of.type)) : column == Share ? QVariant() : QVariant(number());
    case Qt::TextAlignmentRole:
        return column == Type || column == Share ? QVariant() : QVariant(Qt::AlignRight | Qt::AlignVCenter);
    case MutedRole:
        return column == All || (column == Unassigned && of.unassigned == 0);
    case StrongRole:
        return index.row() == static_cast<int>(m_rows.size());
    case SharesRole:
        return toList(sharesOf(of));
    case TargetsRole:
        return toList(targets());
    default:
        return {};
    }
}

QVariant SplitTableModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return section == Type || section == Share ? QVariant(Qt::AlignLeft) : QVariant(Qt::AlignRight);
    static const std::array<const char*, ColumnCount> kTitles = {QT_TR_NOOP("Type"), QT_TR_NOOP("Train"), QT_TR_NOOP("Validation"),
                                                                 QT_TR_NOOP("Test"), QT_TR_NOOP("No side"), QT_TR_NOOP("All"),
                                                                 QT_TR_NOOP("Share, ticks: whole project")};
    return role == Qt::DisplayRole ? QVariant(tr(kTitles[static_cast<size_t>(section)])) : QVariant();
}

} // namespace cw
