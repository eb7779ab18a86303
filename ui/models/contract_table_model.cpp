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
#include <QSet>

#include <algorithm>

namespace cw {

namespace {

QString partyNames(const std::vector<Party>& parties) {
    QStringList names;
    for (const Party& party : parties)
        names << toQString(party.name);
    names.removeDuplicates();
    return names.join(QStringLiteral(" \u00B7 "));
}

QString guessedNames(const std::vector<std::string>& guess) {
    QStringList names;
    for (const std::string& name : guess)
        names << toQString(name);
    return names.join(QStringLiteral(" \u00B7 "));
}

std::string busiestAnnotator(const std::vector<Cell>& cells) {
    QMap<QString, int> counts;
    for (const Cell& cell : cells)
        if (!cell.annotator.empty())
            ++counts[toQString(cell.annotator)];
    QString best;
    for (auto it = counts.cbegin(); it != counts.cend(); ++it)
        if (it.value() > counts.value(best, 0))
            best = it.key();
    return toStdString(best);
}

QStringList sorted(const QSet<QString>& texts) {
    QStringList out(texts.begin(), texts.end());
    out.removeAll(QString());
    out.sort(Qt::CaseInsensitive);
    return out;
}

bool isGuessed(const Contract& contract, const char* field) {
    return std::find(contract.guessed.begin(), contract.guessed.end(), field) != contract.guessed.end();
}

// A person who found no parties is believed.
bool arePartiesOpen(const ContractOverview& overview, const Taxonomy& taxonomy) {
    for (size_t i = 0; i < overview.marks.size(); ++i)
        if (taxonomy.types()[i].kind == ValueKind::PartyList && overview.marks[i].state != CellState::NotReviewed)
            return false;
    return true;
}

bool isReviewed(CellSign sign) { return sign == CellSign::Present || sign == CellSign::Absent; }

// A guess is told from a decision by a sign in front, not by its ink alone.
QString guess(const QString& text) { return QStringLiteral("? ") + text; }

} // namespace

ContractRow makeContractRow(Contract of, const ContractOverview& overview, const Taxonomy& taxonomy) {
    ContractRow row;
    row.contract = std::move(of);
    const Contract& contract = row.contract;
    row.parties = partyNames(overview.parties);
    row.partiesGuessed = row.parties.isEmpty() && !contract.partiesGuess.empty() && arePartiesOpen(overview, taxonomy);
    if (row.partiesGuessed)
        row.parties = guessedNames(contract.partiesGuess);
    row.signs.resize(taxonomy.types().size(), CellSign::Untouched);
    for (size_t i = 0; i < overview.marks.size(); ++i) {
        row.signs[i] = cellSign(overview.marks[i].state, overview.marks[i].flags);
        row.reviewed += isReviewed(row.signs[i]);
        row.flagged += overview.marks[i].flags.any();
    }
    row.annotator = toQString(overview.busiest);
    row.lastBy = toQString(overview.last);
    row.title = displayTitle(contract.title);
    row.type = toQString(contract.type);
    row.language = toQString(contract.language);
    row.typeGuessed = isGuessed(contract, "type");
    row.languageGuessed = isGuessed(contract, "language");
    row.words = QStringList{toQString(contract.title), row.parties, row.type, toQString(contract.fileName)}.join(QLatin1Char(' ')).toCaseFolded();
    return row;
}

ContractRow makeContractRow(const Contract& contract, const std::vector<Cell>& cells, const Taxonomy& taxonomy) {
    ContractOverview overview;
    overview.marks.resize(taxonomy.types().size());
    for (const Cell& cell : cells) {
        if (const auto at = taxonomy.indexOf(cell.clause))
            overview.marks[*at] = {cell.state, cell.flags};
        if (const auto* parties = std::get_if<std::vector<Party>>(&cell.value))
            overview.parties.insert(overview.parties.end(), parties->begin(), parties->end());
    }
    overview.busiest = busiestAnnotator(cells);
    return makeContractRow(contract, overview, taxonomy);
}

Result<std::vector<ContractRow>> readContractRows(ProjectStore& store) {
    CW_TRY_ASSIGN(contracts, store.contracts().all());
    CW_TRY_ASSIGN(overviews, store.annotations().visibleOverviews());
    std::vector<ContractRow> rows;
    rows.reserve(contracts.size());
    for (Contract& contract : contracts) {
        const ContractOverview& overview = overviews[contract.id.value];
        rows.push_back(makeContractRow(std::move(contract), overview, store.taxonomy()));
    }
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
    m_places.clear();
    m_places.reserve(static_cast<qsizetype>(m_rows.size()));
    for (size_t i = 0; i < m_rows.size(); ++i)
        m_places.insert(QByteArray::fromStdString(m_rows[i].contract.id.value), static_cast<int>(i));
    endResetModel();
}

void ContractTableModel::updateRow(ContractRow row) {
    const int at = rowOf(row.contract.id);
    if (at < 0)
        return;
    m_rows[static_cast<size_t>(at)] = std::move(row);
    Q_EMIT dataChanged(index(at, 0), index(at, ColumnCount - 1));
}

// The columns apart from each other: a list that is sorted by title need not be sorted again.
void ContractTableModel::complete(std::vector<ContractRow> rows) {
    for (ContractRow& row : rows)
        if (const int at = rowOf(row.contract.id); at >= 0 && !m_rows[static_cast<size_t>(at)].known)
            m_rows[static_cast<size_t>(at)] = std::move(row);
    if (m_rows.empty())
        return;
    const int last = rowCount() - 1;
    Q_EMIT dataChanged(index(0, PartiesColumn), index(last, PartiesColumn));
    Q_EMIT dataChanged(index(0, ClausesColumn), index(last, AnnotatorColumn));
}

QStringList ContractTableModel::types() const {
    QSet<QString> out;
    for (const ContractRow& row : m_rows)
        out << row.type;
    return sorted(out);
}

QStringList ContractTableModel::languages() const {
    QSet<QString> out;
    for (const ContractRow& row : m_rows)
        out << row.language;
    return sorted(out);
}

QStringList ContractTableModel::annotators() const {
    QSet<QString> out;
    for (const ContractRow& row : m_rows)
        out << row.annotator << row.lastBy;
    return sorted(out);
}

int ContractTableModel::rowCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : static_cast<int>(m_rows.size()); }

int ContractTableModel::columnCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : ColumnCount; }

QVariant ContractTableModel::display(const ContractRow& row, int column) const {
    switch (column) {
    case TitleColumn:
        return row.title;
    case PartiesColumn:
        return row.parties.isEmpty() ? tr("not found yet") : row.partiesGuessed ? guess(row.parties) : row.parties;
    case TypeColumn:
        return row.typeGuessed ? guess(row.type) : row.type;
    case LanguageColumn:
        return row.language.isEmpty() ? QStringLiteral("\u2013") : row.languageGuessed ? guess(row.language) : row.language;
    case PagesColumn:
        return row.contract.pages > 0 ? QString::number(row.contract.pages) : QStringLiteral("\u2013");
    case ClausesColumn:
        return row.known ? QString::number(row.reviewed) : QStringLiteral("\u2026");
    case AnnotatorColumn:
        return row.annotator;
    default:
        return {};
    }
}

QString ContractTableModel::spoken(const ContractRow& row, int column) const {
    switch (column) {
    case PartiesColumn:
        return row.partiesGuessed ? tr("%1, guessed").arg(row.parties) : display(row, column).toString();
    case TypeColumn:
        return row.typeGuessed ? tr("%1, guessed").arg(row.type) : row.type;
    case LanguageColumn:
        return row.language.isEmpty() ? tr("language not known") : row.languageGuessed ? tr("%1, guessed").arg(row.language) : row.language;
    case ClausesColumn:
        if (!row.known)
            return tr("still being read");
        return tr("%1 of %2 clauses reviewed, %3 to look at again").arg(row.reviewed).arg(m_clauseCount).arg(row.flagged);
    case AnnotatorColumn:
        if (!row.lastBy.isEmpty() && row.lastBy != row.annotator)
            return tr("%1; last decision by %2").arg(row.annotator, row.lastBy);
        return row.annotator;
    default:
        return display(row, column).toString();
    }
}

QVariant ContractTableModel::sortKey(const ContractRow& row, int column) const {
    switch (column) {
    case PagesColumn:
        return row.contract.pages;
    case ClausesColumn:
        return row.reviewed;
    case PartiesColumn:
        return row.parties;
    case TypeColumn:
        return row.type;
    case LanguageColumn:
        return row.language;
    default:
        return display(row, column).toString();
    }
}

QVariant ContractTableModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid())
        return {};
    const ContractRow& row = at(index.row());
    const bool guessed = (index.column() == PartiesColumn && row.partiesGuessed) || (index.column() == TypeColumn && row.typeGuessed) ||
                         (index.column() == LanguageColumn && row.languageGuessed && !row.language.isEmpty());
    switch (role) {
    case Qt::DisplayRole:
        return display(row, index.column());
    case Qt::AccessibleTextRole:
    case Qt::ToolTipRole:
        return spoken(row, index.column());
    case Qt::TextAlignmentRole:
        return int((index.column() == PagesColumn ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    case SortRole:
        return sortKey(row, index.column());
    case GuessRole:
        return guessed;
    case MutedRole:
        return guessed || (index.column() == PartiesColumn && row.parties.isEmpty()) || (index.column() == PagesColumn && row.contract.pages == 0) ||
               (index.column() == LanguageColumn && row.language.isEmpty());
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
