// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/models/cost_table_model.h"

#include "app/services/result_qt.h"

#include <QLocale>

#include <array>
#include <cmath>

namespace cw {

QString amountText(const std::optional<double>& amount) {
    if (!amount)
        return CostTableModel::tr("not known");
    const QLocale locale;
    const double size = std::abs(*amount);
    if (size >= 1000 || *amount == std::floor(*amount))
        return locale.toString(std::llround(*amount));
    // Three significant digits without a power of ten: small prices have many zeros.
    const int decimals = size >= 100 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 2 - static_cast<int>(std::floor(std::log10(size)));
    return locale.toString(*amount, 'f', decimals);
}

QString costTitle(const CostLine& line) { return toQString(line.unit.empty() ? line.name : line.name + ", " + line.unit); }

void CostTableModel::setCosts(const Cost& shown, const std::optional<Cost>& pinned) {
    beginResetModel();
    m_shown = costLines(shown);
    m_pinned = pinned ? costLines(*pinned) : std::vector<CostLine>();
    endResetModel();
}

int CostTableModel::rowCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : static_cast<int>(m_shown.size()); }

int CostTableModel::columnCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : ColumnCount; }

std::optional<double> CostTableModel::amount(const QModelIndex& index) const {
    const auto row = static_cast<size_t>(index.row());
    switch (index.column()) {
    case Whole:
        return m_shown[row].whole;
    case PerContract:
        return m_shown[row].perContract;
    case PerCorrect:
        return m_shown[row].perCorrect;
    case PinnedPerContract:
        return m_pinned.empty() ? std::nullopt : m_pinned[row].perContract;
    case PinnedPerCorrect:
        return m_pinned.empty() ? std::nullopt : m_pinned[row].perCorrect;
    default:
        return std::nullopt;
    }
}

QString CostTableModel::text(const QModelIndex& index) const {
    const CostLine& line = m_shown[static_cast<size_t>(index.row())];
    if (index.column() == What)
        return costTitle(line);
    if (index.column() == How)
        return toQString(line.definition);
    const bool isPinned = index.column() == PinnedPerContract || index.column() == PinnedPerCorrect;
    const bool isOfContract = index.column() == PerContract || index.column() == PinnedPerContract;
    if ((isPinned && m_pinned.empty()) || (line.isPerContract && !isOfContract))
        return QStringLiteral("\u2013");
    return amountText(amount(index));
}

QVariant CostTableModel::data(const QModelIndex& index, int role) const {
    const bool isNumber = index.column() != What && index.column() != How;
    switch (role) {
    case Qt::DisplayRole:
    case Qt::ToolTipRole:
        return text(index);
    case MutedRole:
        return index.column() == How || (isNumber && !amount(index));
    case StrongRole:
        return index.column() == PerCorrect && amount(index).has_value();
    case Qt::TextAlignmentRole:
        return isNumber ? QVariant(Qt::AlignRight | Qt::AlignVCenter) : QVariant();
    default:
        return {};
    }
}

QVariant CostTableModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return section == What || section == How ? QVariant(Qt::AlignLeft | Qt::AlignVCenter) : QVariant(Qt::AlignRight | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    static const std::array<const char*, ColumnCount> kTitles = {QT_TR_NOOP("Cost"), QT_TR_NOOP("In all"), QT_TR_NOOP("A contract"), QT_TR_NOOP("A right\npresent clause"),
                                                                 QT_TR_NOOP("Pinned:\na contract"), QT_TR_NOOP("Pinned: a right\npresent clause"),
                                                                 QT_TR_NOOP("How it is counted")};
    return tr(kTitles[static_cast<size_t>(section)]);
}

} // namespace cw
