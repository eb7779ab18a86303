// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/models/error_matrix_model.h"

#include "app/services/result_qt.h"
#include "ui/models/error_words.h"

#include <QLocale>

#include <algorithm>
#include <cmath>

namespace cw {

namespace {

constexpr int kFewPositives = 15; // under which a type's figures are noise

// "97.2"; all of them is "100", which is no wider.
QString percent(double share) { return QLocale().toString(100 * share, 'f', share < 1 ? 1 : 0); }

// In a narrow cell: the tenths of ten and more say nothing.
QString shortPercent(double share) { return QLocale().toString(100 * share, 'f', share < 0.0995 ? 1 : 0); }

// The two lines of a narrow header: broken at the space that makes them most alike, a single long word by a hyphen.
QString onTwoLines(QString words) {
    words = words.left(1).toUpper() + words.mid(1);
    if (words == QLatin1String("Truncated"))
        return QStringLiteral("Trun-\ncated");
    qsizetype best = -1, longest = words.size();
    for (qsizetype space = words.indexOf(QLatin1Char(' ')); space >= 0; space = words.indexOf(QLatin1Char(' '), space + 1))
        if (const qsizetype longer = std::max(space, words.size() - space - 1); longer < longest) {
            best = space;
            longest = longer;
        }
    return best < 0 ? words : words.replace(best, 1, QLatin1Char('\n'));
}

} // namespace

std::vector<ErrorMatrixModel::Group> ErrorMatrixModel::columnsOf(bool open) {
    std::vector<Group> columns;
    for (int at = 0; at < kErrorColumns; ++at) {
        const auto column = static_cast<ErrorColumn>(at);
        Group group{columnWords(column), {}};
        for (const ErrorKind kind : allErrorKinds())
            if (columnOf(kind) == column)
                group.kinds.push_back(kind);
        if (!open)
            columns.push_back(std::move(group));
        else
            for (const ErrorKind kind : group.kinds)
                columns.push_back({kindWords(kind), {kind}});
    }
    return columns;
}

void ErrorMatrixModel::clear() {
    beginResetModel();
    m_rows.clear();
    m_shown.clear();
    endResetModel();
}

void ErrorMatrixModel::setCounts(const std::map<std::string, ErrorCounts>& counts, const Taxonomy& taxonomy) {
    beginResetModel();
    m_rows.clear();
    Row total{Row::Kind::Total, {}, {}, tr("All types"), {}, {}};
    int types = 0;
    for (const ClauseGroup& group : taxonomy.groups()) {
        const size_t head = m_rows.size();
        m_rows.push_back({Row::Kind::Group, group.key, group.key, toQString(group.title), toQString(group.letter), {}});
        for (const ClauseType& type : taxonomy.types()) {
            const auto found = counts.find(type.key);
            if (type.group != group.key || found == counts.end())
                continue;
            m_rows.push_back({Row::Kind::Clause, type.key, group.key, toQString(type.title), toQString(taxonomy.code(type.key)), found->second});
            m_rows[head].counts += found->second;
            total.counts += found->second;
            ++types;
        }
        if (m_rows.size() == head + 1)
            m_rows.pop_back(); // no type of this group was asked for
    }
    total.title = tr("All %1 types").arg(types);
    if (types > 0)
        m_rows.push_back(std::move(total));
    layOut();
    findDarkest();
    endResetModel();
}

void ErrorMatrixModel::layOut() {
    m_shown.clear();
    for (size_t i = 0; i < m_rows.size(); ++i)
        if (m_rows[i].kind != Row::Kind::Clause || !m_folded.contains(m_rows[i].group))
            m_shown.push_back(i);
}

void ErrorMatrixModel::findDarkest() {
    m_most = m_mostOfGroup = m_rates ? 0.01 : 1;
    for (const Row& row : m_rows)
        for (int column = FirstError; column < allColumn(); ++column) {
            const double value = m_rates ? rate(row, column) : sum(row.counts.kinds, column);
            if (row.kind == Row::Kind::Clause)
                m_most = std::max(m_most, value);
            else if (row.kind == Row::Kind::Group)
                m_mostOfGroup = std::max(m_mostOfGroup, value);
        }
}

void ErrorMatrixModel::setPinned(const QString& name) {
    m_pinned = name;
    if (!m_shown.empty())
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
}

void ErrorMatrixModel::setKindsOpen(bool open) {
    if (open == m_kindsOpen)
        return;
    beginResetModel();
    m_kindsOpen = open;
    m_columns = columnsOf(open);
    findDarkest();
    endResetModel();
}

void ErrorMatrixModel::setRates(bool rates) {
    m_rates = rates;
    findDarkest();
    if (!m_shown.empty())
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
}

void ErrorMatrixModel::toggleFold(int row) {
    const Row& head = this->row(row);
    if (head.kind != Row::Kind::Group)
        return;
    const auto below = static_cast<int>(std::count_if(m_rows.begin(), m_rows.end(), [&head](const Row& one) {
        return one.kind == Row::Kind::Clause && one.group == head.group;
    }));
    const bool open = m_folded.contains(head.group);
    if (open) {
        beginInsertRows({}, row + 1, row + below);
        m_folded.erase(head.group);
        layOut();
        endInsertRows();
    } else {
        beginRemoveRows({}, row + 1, row + below);
        m_folded.insert(head.group);
        layOut();
        endRemoveRows();
    }
    Q_EMIT dataChanged(index(row, Clause), index(row, Clause));
}

int ErrorMatrixModel::sum(const KindCounts& kinds, int column) const {
    int total = 0;
    if (column == allColumn()) {
        for (const ErrorKind kind : allErrorKinds())
            total += kinds[static_cast<size_t>(kind)];
        return total;
    }
    for (const ErrorKind kind : m_columns[static_cast<size_t>(column - FirstError)].kinds)
        total += kinds[static_cast<size_t>(kind)];
    return total;
}

int ErrorMatrixModel::count(int row, int column) const { return sum(this->row(row).counts.kinds, column); }

double ErrorMatrixModel::rate(const Row& row, int column) const {
    return row.counts.cells == 0 ? 0 : static_cast<double>(sum(row.counts.kinds, column)) / row.counts.cells;
}

double ErrorMatrixModel::delta(const Row& row, int column) const {
    const double more = sum(row.counts.pairedKinds, column) - sum(row.counts.otherKinds, column);
    return !m_rates ? more : row.counts.paired == 0 ? 0 : more / row.counts.paired;
}

bool ErrorMatrixModel::isCount(const QModelIndex& index) const {
    return index.isValid() && isError(index.column()) && count(index.row(), index.column()) > 0;
}

CellFilter ErrorMatrixModel::filterOf(const QModelIndex& index, Rules rules) const {
    const Row& of = row(index.row());
    std::set<std::string> clauses;
    for (const Row& one : m_rows)
        if (one.kind == Row::Kind::Clause && (of.kind == Row::Kind::Total || one.key == of.key || (of.kind == Row::Kind::Group && one.group == of.key)))
            clauses.insert(one.key);
    const std::vector<ErrorKind> listed = kindsOf(index.column());
    return [clauses = std::move(clauses), kinds = std::set<ErrorKind>(listed.begin(), listed.end()), rules](const ScoredCell& cell) {
        return kinds.contains(scoreOf(cell, rules).kind) && clauses.contains(cell.clause);
    };
}

std::vector<ErrorKind> ErrorMatrixModel::kindsOf(int column) const {
    return column == allColumn() ? allErrorKinds() : m_columns[static_cast<size_t>(column - FirstError)].kinds;
}

QString ErrorMatrixModel::titleOf(const QModelIndex& index) const {
    const QString column = index.column() == allColumn() ? tr("All errors") : m_columns[static_cast<size_t>(index.column() - FirstError)].title;
    return column.left(1).toUpper() + column.mid(1);
}

int ErrorMatrixModel::rowOf(const std::string& clause) const {
    for (int at = 0; at < rowCount(); ++at)
        if (row(at).kind == Row::Kind::Clause && row(at).key == clause)
            return at;
    return -1;
}

int ErrorMatrixModel::columnOfKind(ErrorKind kind) const {
    for (size_t at = 0; at < m_columns.size(); ++at)
        if (std::find(m_columns[at].kinds.begin(), m_columns[at].kinds.end(), kind) != m_columns[at].kinds.end())
            return FirstError + static_cast<int>(at);
    return -1;
}

int ErrorMatrixModel::rowCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : static_cast<int>(m_shown.size()); }

int ErrorMatrixModel::columnCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : percentColumn() + 1; }

QString ErrorMatrixModel::countText(const Row& row, int column) const {
    const int wrong = sum(row.counts.kinds, column);
    return wrong == 0 ? QStringLiteral("–") : m_rates ? shortPercent(rate(row, column)) : QLocale().toString(wrong);
}

QString ErrorMatrixModel::deltaText(const Row& row, int column) const {
    if (m_pinned.isEmpty() || row.counts.paired == 0)
        return {};
    const double more = delta(row, column);
    if (more == 0)
        return QStringLiteral("·");
    const QString much = m_rates ? shortPercent(std::abs(more)) : QLocale().toString(static_cast<int>(std::abs(more)));
    return (more > 0 ? QStringLiteral("▴") : QStringLiteral("▾")) + much;
}

QString ErrorMatrixModel::accessibleText(const Row& row, int column) const {
    const QString kind = column == allColumn() ? tr("all errors") : m_columns[static_cast<size_t>(column - FirstError)].title;
    QString words = tr("%1, %2: %3 of %4 cells").arg(row.title, kind).arg(sum(row.counts.kinds, column)).arg(row.counts.cells);
    if (m_pinned.isEmpty() || row.counts.paired == 0)
        return words;
    const int more = sum(row.counts.pairedKinds, column) - sum(row.counts.otherKinds, column);
    return words + (more == 0  ? tr(", as many as %1").arg(m_pinned)
                    : more > 0 ? tr(", %1 more than %2").arg(more).arg(m_pinned)
                               : tr(", %1 fewer than %2").arg(-more).arg(m_pinned));
}

double ErrorMatrixModel::tint(const Row& row, int column) const {
    if (!isError(column) || column == allColumn() || row.kind == Row::Kind::Total)
        return 0;
    const double value = m_rates ? rate(row, column) : sum(row.counts.kinds, column);
    // A group's row is a sum: paler than its types', so that these stand out.
    return row.kind == Row::Kind::Clause ? value / m_most : 0.45 * value / m_mostOfGroup;
}

QVariant ErrorMatrixModel::data(const QModelIndex& index, int role) const {
    const Row& of = row(index.row());
    const int column = index.column();
    const bool error = isError(column);
    switch (role) {
    case Qt::DisplayRole:
        return column == Clause             ? of.title
               : column == Cells            ? QLocale().toString(of.counts.cells)
               : column == percentColumn()  ? percent(rate(of, allColumn()))
                                            : countText(of, column);
    case Qt::AccessibleTextRole:
        return error ? QVariant(accessibleText(of, column)) : QVariant();
    case Qt::ToolTipRole:
        return error ? QVariant(accessibleText(of, column) + QLatin1Char('\n') + columnHelp(column))
               : column == Clause && of.kind == Row::Kind::Clause ? QVariant(tr("%1: contracts with this clause: %2").arg(of.title).arg(of.counts.positives))
                                                                  : QVariant();
    case Qt::TextAlignmentRole:
        return column == Clause ? QVariant() : QVariant(Qt::AlignRight | Qt::AlignVCenter);
    case StrongRole:
        return of.kind != Row::Kind::Clause;
    case MutedRole:
        return column == Cells || (error && sum(of.counts.kinds, column) == 0) ||
               (column == Clause && of.kind == Row::Kind::Clause && of.counts.positives < kFewPositives);
    case CodeRole:
        return of.code;
    case TintRole:
        return tint(of, column);
    case DeltaRole:
        return error && column != allColumn() && !m_pinned.isEmpty() && of.counts.paired > 0 ? QVariant(delta(of, column)) : QVariant();
    case DeltaTextRole:
        return error && column != allColumn() ? deltaText(of, column) : QString();
    case FoldRole:
        return of.kind == Row::Kind::Group ? QVariant(m_folded.contains(of.key)) : QVariant();
    default:
        return {};
    }
}

QString ErrorMatrixModel::columnHelp(int column) const {
    if (column == allColumn())
        return tr("Every wrong cell, once, in the column of its first kind that fits.");
    QStringList lines;
    for (const ErrorKind kind : m_columns[static_cast<size_t>(column - FirstError)].kinds)
        lines << kindHelp(kind);
    return lines.join(QLatin1Char('\n'));
}

QVariant ErrorMatrixModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal)
        return {};
    const bool error = section >= FirstError && section < allColumn();
    switch (role) {
    case Qt::TextAlignmentRole:
        return section == Clause ? QVariant(Qt::AlignLeft) : QVariant(Qt::AlignRight);
    case Qt::ToolTipRole:
        return section == Cells             ? tr("Reviewed cells")
               : isError(section)           ? columnHelp(section)
               : section == percentColumn() ? tr("Wrong cells of all, %")
                                            : QString();
    case Qt::DisplayRole:
        return section == Clause        ? tr("Clause")
               : section == Cells       ? tr("n")
               : error                  ? onTwoLines(m_columns[static_cast<size_t>(section - FirstError)].title)
               : section == allColumn() ? tr("All")
                                        : tr("%");
    default:
        return {};
    }
}

} // namespace cw
