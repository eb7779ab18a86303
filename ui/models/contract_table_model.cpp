// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/models/contract_table_model.h"

#include "app/services/result_qt.h"
#include "core/store/annotation_store.h"
#include "core/store/contract_store.h"
#include "core/store/project_store.h"
#include "ui/models/cell_roles.h"
#include "ui/models/display_title.h"

#include <QMap>

#include <algorithm>

namespace cw {

namespace {

QString partyNames(const std::vector<Cell>& cells) {
    QStringList names;
    for (const Cell& cell : cells)
        if (const auto* parties = std::get_if<std::vector<Party>>(&cell.value))
            for (const Party& party : *parties)
                names << toQString(party.name);
    names.removeDuplicates();
    return names.join(QStringLiteral(" \u00B7 "));
}

QString busiestAnnotator(const std::vector<Cell>& cells) {
    QMap<QString, int> counts;
    for (const Cell& cell : cells)
        if (!cell.annotator.empty())
            ++counts[toQString(cell.annotator)];
    QString best;
    for (auto it = counts.cbegin(); it != counts.cend(); ++it)
        if (it.value() > counts.value(best, 0))
            best = it.key();
    return best;
}

QStringList distinct(const std::vector<ContractRow>& rows, std::string Contract::* field) {
    QStringList out;
    for (const ContractRow& row : rows)
        if (const QString text = toQString(row.contract.*field); !text.isEmpty())
            out << text;
    out.removeDuplicates();
    out.sort(Qt::CaseInsensitive);
    return out;
}

} // namespace

ContractRow makeContractRow(const Contract& contract, const std::vector<Cell>& cells, const Taxonomy& taxonomy) {
    ContractRow row{contract, partyNames(cells), std::vector<CellSign>(taxonomy.types().size(), CellSign::Untouched), 0, 0,
                    busiestAnnotator(cells)};
    for (const Cell& cell : cells) {
        const auto at = taxonomy.indexOf(cell.clause);
        if (!at)
            continue;
        row.signs[*at] = cellSign(cell);
        row.reviewed += cell.isReviewed();
        row.flagged += cell.flags.any();
    }
    return row;
}

Result<std::vector<ContractRow>> readContractRows(ProjectStore& store) {
    CW_TRY_ASSIGN(contracts, store.contracts().all());
    CW_TRY_ASSIGN(cells, store.annotations().visibleCells());
    std::vector<ContractRow> rows;
    rows.reserve(contracts.size());
    for (const Contract& contract : contracts)
        rows.push_back(makeContractRow(contract, cells[contract.id], store.taxonomy()));
    return rows;
}

Progress progressOf(const ContractRow& row) {
    if (row.reviewed == static_cast<int>(row.signs.size()))
        return Progress::Complete;
    return row.reviewed + row.flagged > 0 ? Progress::InProgress : Progress::NotStarted;
}

void ContractTableModel::setRows(std::vector<ContractRow> rows, int clauseCount) {
    beginResetModel();
    m_rows = std::move(rows);
    m_clauseCount = clauseCount;
    endResetModel();
}

void ContractTableModel::updateRow(ContractRow row) {
    const int at = rowOf(row.contract.id);
    if (at < 0)
        return;
    m_rows[static_cast<size_t>(at)] = std::move(row);
    Q_EMIT dataChanged(index(at, 0), index(at, ColumnCount - 1));
}

int ContractTableModel::rowOf(const ContractId& contract) const {
    const auto found = std::find_if(m_rows.begin(), m_rows.end(), [&](const ContractRow& row) { return row.contract.id == contract; });
    return found == m_rows.end() ? -1 : static_cast<int>(found - m_rows.begin());
}

QStringList ContractTableModel::types() const { return distinct(m_rows, &Contract::type); }

QStringList ContractTableModel::languages() const { return distinct(m_rows, &Contract::language); }

int ContractTableModel::rowCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : static_cast<int>(m_rows.size()); }

int ContractTableModel::columnCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : ColumnCount; }

QVariant ContractTableModel::display(const ContractRow& row, int column) const {
    switch (column) {
    case TitleColumn:
        return displayTitle(row.contract.title);
    case PartiesColumn:
        return row.parties.isEmpty() ? tr("not found yet") : row.parties;
    case TypeColumn:
        return toQString(row.contract.type);
    case LanguageColumn:
        return row.contract.language.empty() ? QStringLiteral("\u2013") : toQString(row.contract.language);
    case PagesColumn:
        return row.contract.pages > 0 ? QString::number(row.contract.pages) : QStringLiteral("\u2013");
    case ClausesColumn:
        return QString::number(row.reviewed);
    case AnnotatorColumn:
        return row.annotator;
    default:
        return {};
    }
}

QVariant ContractTableModel::sortKey(const ContractRow& row, int column) const {
    if (column == PagesColumn)
        return row.contract.pages;
    if (column == ClausesColumn)
        return row.reviewed;
    if (column == PartiesColumn)
        return row.parties;
    return display(row, column).toString().toCaseFolded();
}

QVariant ContractTableModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid())
        return {};
    const ContractRow& row = at(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return display(row, index.column());
    case Qt::AccessibleTextRole:
        return index.column() == ClausesColumn ? tr("%1 of %2 clauses reviewed, %3 to look at again")
                                                     .arg(row.reviewed).arg(m_clauseCount).arg(row.flagged)
                                               : display(row, index.column()).toString();
    case Qt::ToolTipRole:
        return index.column() == ClausesColumn ? data(index, Qt::AccessibleTextRole) : display(row, index.column());
    case Qt::TextAlignmentRole:
        return int((index.column() == PagesColumn ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    case SortRole:
        return sortKey(row, index.column());
    case MutedRole:
        return (index.column() == PartiesColumn && row.parties.isEmpty()) || (index.column() == PagesColumn && row.contract.pages == 0);
    default:
        return {};
    }
}

QVariant ContractTableModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return int((section == PagesColumn ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case TitleColumn:
        return tr("Contract");
    case PartiesColumn:
        return tr("Parties");
    case TypeColumn:
        return tr("Type");
    case LanguageColumn:
        return tr("Lang.");
    case PagesColumn:
        return tr("Pages");
    case ClausesColumn:
        return tr("Clauses, of %1").arg(m_clauseCount);
    case AnnotatorColumn:
        return tr("By");
    default:
        return {};
    }
}

} // namespace cw
