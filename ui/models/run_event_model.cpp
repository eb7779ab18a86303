// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/models/run_event_model.h"

#include "app/services/result_qt.h"
#include "app/services/run_numbers.h"
#include "ui/models/cell_roles.h"

#include <algorithm>
#include <utility>

namespace cw {

namespace {

QString count(const RunEvent& event, const char* name) { return countWord(event.number(name)); }
QString number(const RunEvent& event, const char* name) { return shortNumber(event.number(name)); }

QString validationWords(const RunEvent& event) {
    QString words = RunEventModel::tr("step %1: validation loss %2").arg(count(event, "step"), number(event, "loss"));
    const std::pair<const char*, QString> scores[] = {
        {"valid_json", RunEventModel::tr("valid JSON")}, {"cell_accuracy", RunEventModel::tr("cells right")}, {"f1", RunEventModel::tr("F1")}};
    for (const auto& [key, name] : scores)
        if (event.numbers.contains(key))
            words += QStringLiteral(", %1 %2").arg(name, percentWord(event.number(key)));
    if (event.numbers.contains("margin"))
        words += RunEventModel::tr(", margin %1, %2 of the held-out pairs right").arg(number(event, "margin"), percentWord(event.number("accuracy")));
    return event.number("best") > 0 ? words + RunEventModel::tr(", the best so far") : words;
}

QString trialWords(const RunEvent& event) {
    if (!event.text("text").empty())
        return RunEventModel::tr("trial %1 of %2 failed: %3").arg(count(event, "trial"), count(event, "trials"), toQString(event.text("text")));
    return RunEventModel::tr("trial %1 of %2: rank %3, rate %4, score %5")
        .arg(count(event, "trial"), count(event, "trials"), count(event, "rank"), number(event, "lr"), number(event, "score"));
}

QString endWords(const RunEvent& event) {
    return event.text("error").empty() ? toQString(event.text("state")) : toQString(event.text("error") + " " + event.text("hint"));
}

} // namespace

QString runEventWords(const RunEvent& event) {
    if (event.kind == "start")
        return RunEventModel::tr("started: %1 rows, %2").arg(count(event, "rows"), toQString(event.text("dtype")));
    if (event.kind == "resume")
        return RunEventModel::tr("resumed from step %1").arg(count(event, "step"));
    if (event.kind == "validation")
        return validationWords(event);
    if (event.kind == "checkpoint")
        return RunEventModel::tr("checkpoint at step %1").arg(count(event, "step"));
    if (event.kind == "trial")
        return trialWords(event);
    if (event.kind == "row")
        return RunEventModel::tr("left out: %1, part %2: %3").arg(toQString(event.text("contract")), count(event, "part"), toQString(event.text("text")));
    return event.kind == "end" ? endWords(event) : toQString(event.text("text"));
}

void RunEventModel::setLog(const std::vector<LoggedEvent>& log) {
    std::vector<Row> rows;
    for (const LoggedEvent& logged : log)
        if (const QString words = runEventWords(logged.event); !words.isEmpty()) // a kind of a later version may have none
            rows.push_back({toQString(logged.event.time).mid(11, 8), words, logged.replaced});
    const auto isSame = [](const Row& a, const Row& b) { return a.time == b.time && a.words == b.words; };
    const size_t before = m_rows.size();
    if (before == 0 || rows.size() < before || !std::equal(m_rows.begin(), m_rows.end(), rows.begin(), isSame)) {
        beginResetModel();
        m_rows = std::move(rows);
        return endResetModel();
    }
    const bool isReplaced = !std::equal(m_rows.begin(), m_rows.end(), rows.begin());
    const int fresh = static_cast<int>(rows.size() - before);
    if (fresh > 0)
        beginInsertRows({}, 0, fresh - 1);
    m_rows = std::move(rows);
    if (fresh > 0)
        endInsertRows();
    if (isReplaced)
        Q_EMIT dataChanged(index(fresh, 0), index(rowCount() - 1, ColumnCount - 1));
}

int RunEventModel::rowCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : static_cast<int>(m_rows.size()); }

int RunEventModel::columnCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : ColumnCount; }

QVariant RunEventModel::data(const QModelIndex& index, int role) const {
    const Row& row = m_rows[m_rows.size() - 1 - static_cast<size_t>(index.row())];
    switch (role) {
    case Qt::DisplayRole:
        return index.column() == Time ? row.time : row.replaced ? tr("%1 (done again after the resume)").arg(row.words) : row.words;
    case Qt::ToolTipRole:
        return row.words;
    case MutedRole:
        return index.column() == Time || row.replaced;
    default:
        return {};
    }
}

} // namespace cw
