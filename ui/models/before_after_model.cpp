// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/models/before_after_model.h"

#include "app/services/result_qt.h"
#include "ui/appearance.h"
#include "ui/models/cell_roles.h"

#include <QLocale>

namespace cw {

namespace {

QString percent(double share) { return QLocale().toString(100 * share, 'f', 1); }

QString points(double share) { return (share > 0 ? QStringLiteral("+") : QString()) + percent(share); }

enum class Turn { Better, Worse, Unclear };

// Only a change whose interval leaves 0 out is called one.
Turn turnOf(const PairedComparison& cells) {
    if (cells.interval && (*cells.interval)[0] > 0)
        return Turn::Better;
    return cells.interval && (*cells.interval)[1] < 0 ? Turn::Worse : Turn::Unclear;
}

QString words(const BeforeAfterSlice& slice, int column) {
    const PairedComparison& cells = slice.cells;
    const QLocale locale;
    switch (column) {
    case BeforeAfterModel::Slice:
        return sliceName(slice);
    case BeforeAfterModel::Contracts:
        return locale.toString(cells.total.contracts);
    case BeforeAfterModel::Cells:
        return locale.toString(cells.total.cells);
    case BeforeAfterModel::Before:
        return percent(cells.total.before());
    case BeforeAfterModel::After:
        return percent(cells.total.after());
    case BeforeAfterModel::Change:
        return points(cells.total.change());
    case BeforeAfterModel::Interval:
        return cells.interval ? QStringLiteral("[%1, %2]").arg(points((*cells.interval)[0]), points((*cells.interval)[1])) : QStringLiteral("–");
    case BeforeAfterModel::Fixed:
        return locale.toString(cells.total.fixed);
    case BeforeAfterModel::Broken:
        return locale.toString(cells.total.broken);
    default:
        break;
    }
    const Turn turn = turnOf(cells);
    return turn == Turn::Better ? BeforeAfterModel::tr("better") : turn == Turn::Worse ? BeforeAfterModel::tr("worse") : BeforeAfterModel::tr("no clear change");
}

QVariant chip(const PairedComparison& cells, bool ink) {
    const Tokens& t = tokens();
    switch (turnOf(cells)) {
    case Turn::Better:
        return ink ? t.success : t.successFill;
    case Turn::Worse:
        return ink ? t.danger : t.dangerFill;
    case Turn::Unclear:
        break;
    }
    return ink ? t.muted : t.sunken;
}

bool isText(int column) { return column == BeforeAfterModel::Slice || column == BeforeAfterModel::Verdict; }

} // namespace

QString sliceName(const BeforeAfterSlice& slice) {
    const QString named = slice.origin == SideOrigin::Old   ? BeforeAfterModel::tr("Old test side, of %1")
                          : slice.origin == SideOrigin::New ? BeforeAfterModel::tr("New test side, of %1")
                                                            : BeforeAfterModel::tr("Test side of %1");
    const QString side = slice.split.empty() ? BeforeAfterModel::tr("All contracts of both") : named.arg(toQString(slice.split));
    return slice.language.empty() ? side : BeforeAfterModel::tr("%1, in %2").arg(side, toQString(slice.language));
}

void BeforeAfterModel::setSlices(BeforeAfter compared) {
    beginResetModel();
    m_compared = std::move(compared);
    endResetModel();
}

int BeforeAfterModel::rowCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : static_cast<int>(m_compared.slices.size()); }

int BeforeAfterModel::columnCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : ColumnCount; }

QVariant BeforeAfterModel::data(const QModelIndex& index, int role) const {
    const BeforeAfterSlice& slice = m_compared.slices[static_cast<size_t>(index.row())];
    switch (role) {
    case Qt::DisplayRole:
        return words(slice, index.column());
    case Qt::TextAlignmentRole:
        return isText(index.column()) ? QVariant() : QVariant(Qt::AlignRight | Qt::AlignVCenter);
    case StrongRole:
        return slice.language.empty() && index.column() == Slice;
    case ChipInkRole:
        return index.column() == Verdict ? chip(slice.cells, true) : QVariant();
    case ChipGroundRole:
        return index.column() == Verdict ? chip(slice.cells, false) : QVariant();
    case Qt::ToolTipRole:
        return slice.cells.p ? tr("p %1, sign-flip test over contracts").arg(QLocale().toString(*slice.cells.p, 'g', 2)) : QString();
    default:
        return {};
    }
}

QVariant BeforeAfterModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return isText(section) ? QVariant(Qt::AlignLeft) : QVariant(Qt::AlignRight);
    const QString titles[] = {tr("Slice"), tr("Contracts"), tr("Cells"), tr("Before, %"), tr("After, %"),
                              tr("Change, pt"),       tr("95 %, pt"),  tr("Fixed"), tr("Broken"),    tr("In a word")};
    return role == Qt::DisplayRole ? QVariant(titles[section]) : QVariant();
}

void ForgottenModel::setSlice(const BeforeAfterSlice* slice, const Taxonomy* taxonomy) {
    beginResetModel();
    m_rows.clear();
    if (slice)
        for (const auto& [clause, tally] : slice->cells.forgotten()) {
            const ClauseType* type = taxonomy ? taxonomy->find(clause) : nullptr;
            QStringList contracts;
            for (const PairedCell& cell : slice->cells.broken)
                if (cell.after->clause == clause)
                    contracts << toQString(cell.after->contract.value);
            m_rows.push_back({toQString(type ? type->title : clause), tally, contracts.join(QStringLiteral(", "))});
        }
    endResetModel();
}

int ForgottenModel::rowCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : static_cast<int>(m_rows.size()); }

int ForgottenModel::columnCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : ColumnCount; }

QVariant ForgottenModel::data(const QModelIndex& index, int role) const {
    const Row& row = m_rows[static_cast<size_t>(index.row())];
    const QLocale locale;
    const bool text = index.column() == Clause || index.column() == Contracts;
    if (role == Qt::TextAlignmentRole)
        return text ? QVariant() : QVariant(Qt::AlignRight | Qt::AlignVCenter);
    if (role == Qt::ToolTipRole)
        return row.contracts;
    if (role != Qt::DisplayRole)
        return {};
    switch (index.column()) {
    case Clause:
        return row.title;
    case Cells:
        return locale.toString(row.tally.cells);
    case Before:
        return locale.toString(row.tally.rightBefore);
    case After:
        return locale.toString(row.tally.rightAfter());
    case Broken:
        return locale.toString(row.tally.broken);
    case Fixed:
        return locale.toString(row.tally.fixed);
    default:
        return row.contracts;
    }
}

QVariant ForgottenModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return section == Clause || section == Contracts ? QVariant(Qt::AlignLeft) : QVariant(Qt::AlignRight);
    const QString titles[] = {tr("Clause"), tr("Cells"), tr("Right before"), tr("Right after"), tr("Broken"), tr("Fixed"), tr("Where it broke")};
    return role == Qt::DisplayRole ? QVariant(titles[section]) : QVariant();
}

} // namespace cw
