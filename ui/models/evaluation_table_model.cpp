// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/models/evaluation_table_model.h"

#include "app/services/result_qt.h"
#include "ui/models/cost_table_model.h"
#include "ui/models/score_words.h"

#include <QLocale>

#include <algorithm>
#include <map>

namespace cw {

void EvaluationTableModel::setRows(std::vector<EvaluationRow> rows, const RunId& pinned) {
    beginResetModel();
    m_rows = std::move(rows);
    m_pinned = pinned;
    std::stable_partition(m_rows.begin(), m_rows.end(), [&pinned](const EvaluationRow& row) { return row.run == pinned; });
    endResetModel();
}

int EvaluationTableModel::rowOf(const RunId& run) const {
    const auto found = std::find_if(m_rows.begin(), m_rows.end(), [&run](const EvaluationRow& row) { return row.run == run; });
    return found == m_rows.end() ? -1 : static_cast<int>(found - m_rows.begin());
}

void EvaluationTableModel::setFigures(const RunId& run, int contracts, const Cost& cost, std::shared_ptr<const ScoreFigures> figures) {
    const int at = rowOf(run);
    if (at < 0)
        return;
    EvaluationRow& row = m_rows[static_cast<size_t>(at)];
    row.contracts = contracts;
    row.cost = cost;
    row.figures = std::move(figures);
    Q_EMIT dataChanged(index(at, 0), index(at, ColumnCount - 1));
}

void EvaluationTableModel::setTrouble(const RunId& run, const QString& trouble) {
    const int at = rowOf(run);
    if (at < 0)
        return;
    m_rows[static_cast<size_t>(at)].trouble = trouble;
    Q_EMIT dataChanged(index(at, 0), index(at, ColumnCount - 1));
}

std::optional<ScoreOf> EvaluationTableModel::scoreOf(int column) {
    return column >= FirstScore && column < FirstCost ? std::optional(static_cast<ScoreOf>(column - FirstScore)) : std::nullopt;
}

const ScoreFigure* EvaluationTableModel::figure(const QModelIndex& index) const {
    const auto score = scoreOf(index.column());
    if (!index.isValid() || !score)
        return nullptr;
    const EvaluationRow& row = m_rows[static_cast<size_t>(index.row())];
    return row.figures ? &row.figures->of(*score) : nullptr;
}

int EvaluationTableModel::flips(const QModelIndex& index) const {
    const EvaluationRow& row = m_rows[static_cast<size_t>(index.row())];
    if (!row.figures || !row.figures->pair)
        return 0;
    const PairedTally& total = row.figures->pair->total;
    return index.column() == Gained ? total.fixed : index.column() == Lost ? total.broken : 0;
}

CostLine EvaluationTableModel::costLine(const QModelIndex& index) const {
    static const std::map<int, size_t> kLines = {{TokensRead, 0}, {TokensWritten, 1}, {Time, 2}, {Energy, 3}, {Money, 4}, {Latency, 5}}; // of costLines()
    return costLines(m_rows[static_cast<size_t>(index.row())].cost)[kLines.at(index.column())];
}

QString EvaluationTableModel::text(const QModelIndex& index) const {
    const EvaluationRow& row = m_rows[static_cast<size_t>(index.row())];
    const QString none = QStringLiteral("–");
    if (index.column() == Run)
        return row.name;
    if (!row.figures)
        return index.column() != Contracts ? QString() : row.trouble.isEmpty() ? QStringLiteral("…") : none;
    if (index.column() == Contracts)
        return QLocale().toString(row.contracts);
    if (const ScoreFigure* figure = this->figure(index)) {
        if (!figure->rate)
            return none;
        return percentText(*figure->rate) + (figure->interval ? QLatin1Char(' ') + intervalText(*figure->interval) : QString());
    }
    if (isCost(index.column()))
        return amountText(costLine(index).perContract);
    if (!row.figures->pair || row.figures->pair->total.cells == 0)
        return isPinned(index.row()) ? QString() : none;
    if (index.column() == Shipping)
        return row.figures->shipping ? verdictText(row.figures->shipping->verdict) : none;
    return QLocale().toString(flips(index));
}

QString EvaluationTableModel::change(const QModelIndex& index) const {
    const EvaluationRow& row = m_rows[static_cast<size_t>(index.row())];
    if (index.column() == Run)
        return !row.trouble.isEmpty() ? row.trouble
               : isPinned(index.row()) ? tr("pinned · %1").arg(QLocale().toString(row.when, QLocale::ShortFormat))
                                       : QLocale().toString(row.when, QLocale::ShortFormat);
    if (row.figures && index.column() == Latency && row.cost.latencyP95)
        return tr("p95 %1").arg(amountText(row.cost.latencyP95));
    if (row.figures && isCost(index.column()))
        return costLine(index).perCorrect ? tr("%1 a right one").arg(amountText(costLine(index).perCorrect)) : QString();
    if (isPinned(index.row()))
        return {};
    if (const ScoreFigure* figure = this->figure(index))
        return changeText(*figure);
    if (index.column() == Shipping && row.figures && row.figures->shipping)
        return shippingBounds(*row.figures->shipping);
    if (index.column() == Contracts && row.figures && row.figures->pair && row.figures->pair->total.contracts < row.contracts)
        return tr("%1 shared").arg(row.figures->pair->total.contracts);
    return {};
}

int EvaluationTableModel::rowCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : static_cast<int>(m_rows.size()); }

int EvaluationTableModel::columnCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : ColumnCount; }

QVariant EvaluationTableModel::data(const QModelIndex& index, int role) const {
    const ScoreFigure* figure = this->figure(index);
    switch (role) {
    case Qt::DisplayRole:
        return text(index);
    case ChangeRole:
        return change(index);
    case TurnRole:
        return static_cast<int>(figure ? turnOf(*figure) : Turn::Unclear);
    case LinkRole:
        return flips(index) > 0;
    case PinnedRole:
        return isPinned(index.row());
    case StrongRole:
        return index.column() == Run;
    case MutedRole:
        return isCost(index.column()) && m_rows[static_cast<size_t>(index.row())].figures && !costLine(index).perContract;
    case Qt::TextAlignmentRole:
        return index.column() == Run || index.column() == Shipping ? QVariant() : QVariant(Qt::AlignRight | Qt::AlignVCenter);
    case Qt::ToolTipRole:
    case Qt::AccessibleTextRole: {
        QStringList words{m_rows[static_cast<size_t>(index.row())].name, headerData(index.column(), Qt::Horizontal, Qt::ToolTipRole).toString(), text(index), change(index)};
        if (figure && figure->change)
            words << turnText(turnOf(*figure));
        if (index.column() == Run)
            words = {text(index), change(index)};
        words.removeAll(QString());
        return words.join(QStringLiteral(", "));
    }
    default:
        return {};
    }
}

QVariant EvaluationTableModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return section == Run || section == Shipping ? QVariant(Qt::AlignLeft) : QVariant(Qt::AlignRight);
    if (role != Qt::DisplayRole && role != Qt::ToolTipRole)
        return {};
    if (const auto score = scoreOf(section)) // a unit of several words has a line of its own
        return role == Qt::DisplayRole && scoreUnit(*score).contains(QLatin1Char(' ')) ? scoreTitle(*score) + QLatin1Char('\n') + scoreUnit(*score) : scoreColumn(*score);
    const bool isShort = role == Qt::DisplayRole;
    switch (section) {
    case Run:
        return tr("Evaluation");
    case Contracts:
        return tr("Contracts");
    case TokensRead:
        return isShort ? tr("Tokens read\na contract") : tr("tokens of the prompts for a contract, and for a present clause that is right");
    case TokensWritten:
        return isShort ? tr("Tokens written\na contract") : tr("tokens of the outputs for a contract, and for a present clause that is right");
    case Time:
        return isShort ? tr("Time, s\na contract") : tr("seconds for a contract, and for a present clause that is right");
    case Latency:
        return isShort ? tr("Latency, s\np50") : tr("seconds until half of the contracts were answered, and 95 % of them");
    case Energy:
        return isShort ? tr("Energy, Wh\na contract") : tr("watt hours for a contract, and for a present clause that is right");
    case Money:
        return isShort ? tr("Money\na contract") : tr("money for a contract, and for a present clause that is right, by the prices of the panel Cost");
    case Gained:
        return isShort ? tr("Right, pinned\nwrong") : tr("cells that are right here and wrong in the pinned run");
    case Lost:
        return isShort ? tr("Wrong, pinned\nright") : tr("cells that are wrong here and right in the pinned run");
    default:
        return tr("To ship");
    }
}

} // namespace cw
