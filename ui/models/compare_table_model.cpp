// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/models/compare_table_model.h"

#include "app/services/run_numbers.h"
#include "ui/models/cell_roles.h"
#include "ui/models/run_list_model.h"

#include <algorithm>

namespace cw {

namespace {

enum class Better { Lower, Higher, Neither };

QString dash() { return QStringLiteral("–"); }

// The column with the best value; -1 where there is none, or several have it.
int bestOf(const std::vector<std::optional<double>>& values, Better better) {
    int best = -1;
    bool alone = true;
    for (size_t i = 0; better != Better::Neither && i < values.size(); ++i) {
        if (!values[i])
            continue;
        const double than = best < 0 ? 0 : *values[static_cast<size_t>(best)];
        if (best < 0 || (better == Better::Lower ? *values[i] < than : *values[i] > than)) {
            best = static_cast<int>(i);
            alone = true;
        } else if (*values[i] == than) {
            alone = false;
        }
    }
    return alone && values.size() > 1 ? best : -1;
}

} // namespace

void CompareTableModel::setRuns(const std::vector<const RunView*>& runs, const std::vector<RunFolder>& folders) {
    beginResetModel();
    m_columns.clear();
    m_runOf.clear();
    for (size_t run = 0; run < runs.size(); ++run)
        for (RunOutcomeFacts& facts : outcomeFacts(*runs[run], folders[run])) {
            m_columns.push_back(std::move(facts));
            m_runOf.push_back(run);
        }
    m_settings = comparedSettings(runs);
    fill();
    endResetModel();
}

void CompareTableModel::setOnlyDiffering(bool only) {
    beginResetModel();
    m_onlyDiffering = only;
    fill();
    endResetModel();
}

int CompareTableModel::differing() const {
    return static_cast<int>(std::count_if(m_settings.begin(), m_settings.end(), [](const ComparedSetting& setting) { return setting.differs; }));
}

void CompareTableModel::fill() {
    m_rows.clear();
    addResults();
    addSettings();
}

void CompareTableModel::addResults() {
    m_rows.push_back({tr("Results"), {}});
    const auto add = [&](const QString& title, std::optional<double> RunOutcomeFacts::*member, const auto& word, Better better) {
        Row row{title, {}};
        std::vector<std::optional<double>> values;
        for (const RunOutcomeFacts& column : m_columns) {
            values.push_back(column.*member);
            row.values.push_back(values.back() ? word(*values.back()) : dash());
        }
        row.best = bestOf(values, better);
        if (std::any_of(values.begin(), values.end(), [](const auto& value) { return value.has_value(); }))
            m_rows.push_back(std::move(row));
    };
    const auto number = [](double value) { return shortNumber(value); };
    const auto count = [](double value) { return countWord(value); };
    const auto bytes = [](double value) { return bytesWord(value); };
    const auto time = [](double value) { return durationWord(value); };
    Row states{tr("State"), {}};
    for (const RunOutcomeFacts& column : m_columns)
        states.values.push_back(runStateWord(column.state));
    m_rows.push_back(std::move(states));
    add(tr("Rank tried"), &RunOutcomeFacts::rank, count, Better::Neither);
    add(tr("Rate tried"), &RunOutcomeFacts::rate, number, Better::Neither);
    add(tr("Steps"), &RunOutcomeFacts::steps, count, Better::Neither);
    add(tr("Loss, last"), &RunOutcomeFacts::loss, number, Better::Neither); // not of the same rows
    add(tr("Validation loss, last"), &RunOutcomeFacts::validationLoss, number, Better::Lower);
    const std::string score = m_columns.empty() ? "loss" : m_columns.front().scoreName;
    const bool same = std::all_of(m_columns.begin(), m_columns.end(), [&](const RunOutcomeFacts& column) { return column.scoreName == score; });
    if (same)
        add(tr("Best %1").arg(runScoreName(score)), &RunOutcomeFacts::score,
            [&](double value) { return lowerIsBetter(score) ? shortNumber(value) : percentWord(value); },
            lowerIsBetter(score) ? Better::Lower : Better::Higher);
    add(tr("at step"), &RunOutcomeFacts::bestStep, count, Better::Neither);
    add(tr("Time"), &RunOutcomeFacts::seconds, time, Better::Neither);
    add(tr("Tokens/s"), &RunOutcomeFacts::tokensPerSecond, count, Better::Neither);
    add(tr("Labelled tokens/s"), &RunOutcomeFacts::labelledPerSecond, count, Better::Neither);
    add(tr("Memory, most"), &RunOutcomeFacts::memoryBytes, bytes, Better::Neither);
    add(tr("Size of the adapter"), &RunOutcomeFacts::adapterBytes, bytes, Better::Neither);
}

void CompareTableModel::addSettings() {
    const int differ = differing();
    m_rows.push_back({m_onlyDiffering ? (differ == 0 ? tr("No setting differs") : tr("Settings that differ")) : tr("Settings"), {}});
    for (const ComparedSetting& setting : m_settings) {
        if (m_onlyDiffering && !setting.differs)
            continue;
        Row row{setting.title, {}};
        for (const size_t run : m_runOf)
            row.values.push_back(setting.values[run].isEmpty() ? dash() : setting.values[run]);
        m_rows.push_back(std::move(row));
    }
}

int CompareTableModel::rowCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : static_cast<int>(m_rows.size()); }

int CompareTableModel::columnCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : static_cast<int>(m_columns.size()) + 1; }

QVariant CompareTableModel::data(const QModelIndex& index, int role) const {
    const Row& row = m_rows[static_cast<size_t>(index.row())];
    const int run = index.column() - 1;
    const bool heading = row.values.empty();
    switch (role) {
    case Qt::DisplayRole:
        if (run < 0)
            return row.title;
        if (heading)
            return {};
        return run == row.best ? tr("%1, best").arg(row.values[static_cast<size_t>(run)]) : row.values[static_cast<size_t>(run)];
    case Qt::ToolTipRole:
        return run < 0 || heading ? row.title : row.values[static_cast<size_t>(run)];
    case Qt::TextAlignmentRole:
        return run >= 0 ? QVariant(Qt::AlignRight | Qt::AlignVCenter) : QVariant();
    case MutedRole:
        return run < 0 && !heading;
    case StrongRole:
        return heading || (run >= 0 && run == row.best);
    default:
        return {};
    }
}

QVariant CompareTableModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return section == 0 ? QVariant(Qt::AlignLeft) : QVariant(Qt::AlignRight);
    if (role != Qt::DisplayRole && role != Qt::ToolTipRole)
        return {};
    return section == 0 ? QVariant() : QVariant(m_columns[static_cast<size_t>(section - 1)].name);
}

} // namespace cw
