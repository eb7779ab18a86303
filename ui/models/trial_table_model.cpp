// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/models/trial_table_model.h"

#include "app/services/run_numbers.h"
#include "ui/appearance.h"
#include "ui/models/cell_roles.h"
#include "ui/models/run_list_model.h"

namespace cw {

namespace {

QVariant orNothing(const std::optional<double>& value) { return value ? QVariant(*value) : QVariant(); }

template <typename Word> QString orDash(const std::optional<double>& value, const Word& word) { return value ? word(*value) : QStringLiteral("–"); }

// Nothing where no word stands.
QVariant chip(const RunOutcomeFacts& trial, bool ink) {
    if (!trial.trouble.isEmpty())
        return ink ? tokens().danger : tokens().dangerFill;
    if (!trial.best)
        return {};
    return ink ? tokens().success : tokens().successFill;
}

} // namespace

void TrialTableModel::setTrials(std::vector<RunOutcomeFacts> trials) {
    beginResetModel();
    m_trials = std::move(trials);
    if (!m_trials.empty())
        m_scoreName = m_trials.front().scoreName;
    endResetModel();
}

int TrialTableModel::rowCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : static_cast<int>(m_trials.size()); }

int TrialTableModel::columnCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : ColumnCount; }

QVariant TrialTableModel::raw(const RunOutcomeFacts& trial, int column) const {
    switch (column) {
    case Trial:
        return static_cast<double>(trial.trial);
    case Rank:
        return orNothing(trial.rank);
    case Rate:
        return orNothing(trial.rate);
    case Score:
        return orNothing(trial.score);
    case Loss:
        return orNothing(trial.loss);
    case Time:
        return orNothing(trial.seconds);
    case Size:
        return orNothing(trial.adapterBytes);
    default:
        return trial.best ? 1.0 : 0.0;
    }
}

QString TrialTableModel::words(const RunOutcomeFacts& trial, int column) const {
    const auto number = [](double value) { return shortNumber(value); };
    const auto count = [](double value) { return countWord(value); };
    switch (column) {
    case Trial:
        return count(static_cast<double>(trial.trial));
    case Rank:
        return orDash(trial.rank, count);
    case Rate:
        return orDash(trial.rate, number);
    case Score:
        return orDash(trial.score, [&](double value) { return lowerIsBetter(m_scoreName) ? shortNumber(value) : percentWord(value); });
    case Loss:
        return orDash(trial.loss, number);
    case Time:
        return orDash(trial.seconds, [](double value) { return durationWord(value); });
    case Size:
        return orDash(trial.adapterBytes, [](double value) { return bytesWord(value); });
    default:
        return !trial.trouble.isEmpty() ? tr("failed") : trial.best ? tr("best") : QString();
    }
}

QVariant TrialTableModel::data(const QModelIndex& index, int role) const {
    const RunOutcomeFacts& trial = m_trials[static_cast<size_t>(index.row())];
    const int column = index.column();
    switch (role) {
    case Qt::DisplayRole:
        return words(trial, column);
    case SortRole:
        return raw(trial, column);
    case Qt::TextAlignmentRole:
        return column == Best ? QVariant() : QVariant(Qt::AlignRight | Qt::AlignVCenter);
    case StrongRole:
        return trial.best;
    case Qt::ToolTipRole:
        return trial.trouble;
    case ChipInkRole:
        return column == Best ? chip(trial, true) : QVariant();
    case ChipGroundRole:
        return column == Best ? chip(trial, false) : QVariant();
    default:
        return {};
    }
}

QVariant TrialTableModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return section == Best ? QVariant(Qt::AlignLeft) : QVariant(Qt::AlignRight);
    if (role != Qt::DisplayRole)
        return {};
    const QString titles[] = {tr("Trial"), tr("Rank"), tr("Rate"), tr("Best %1").arg(runScoreName(m_scoreName)),
                              tr("Loss"),  tr("Time"), tr("Size"), QString()};
    return titles[section];
}

} // namespace cw
