// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/models/history_table_model.h"

#include "app/services/result_qt.h"
#include "core/model/names.h"
#include "core/store/audit_store.h"
#include "core/store/project_store.h"
#include "core/store/reading_store.h"
#include "core/store/record_json.h"
#include "ui/models/cell_sign.h"
#include "ui/models/clause_history.h"
#include "ui/models/value_words.h"

#include <QCoreApplication>
#include <QDateTime>

#include <map>

namespace cw {

namespace {

constexpr qsizetype kLongestQuote = 160;

QString tr(const char* text) { return QCoreApplication::translate("HistoryTable", text); }

QString quoteWords(const std::vector<Span>& spans) {
    if (spans.empty())
        return {};
    QString quote = toQString(spans.front().quote).simplified();
    if (quote.size() > kLongestQuote)
        quote = quote.left(kLongestQuote) + QStringLiteral(" \u2026");
    quote = tr("\u201C%1\u201D").arg(quote);
    return spans.size() > 1 ? quote + tr(" and %1 more").arg(spans.size() - 1) : quote;
}

// "present, 1 year, “After the initial term …”"
QString cellWords(const std::string& key, const std::string& json) {
    const Cell cell = cellFromRecordJson(key, json);
    QStringList parts{cellSignWord(cellSign(cell))};
    if (hasValue(cell.value))
        parts << valueLine(cell.value);
    if (!cell.spans.empty())
        parts << quoteWords(cell.spans);
    if (!cell.note.empty())
        parts << tr("note: %1").arg(toQString(cell.note));
    return parts.join(QStringLiteral(", "));
}

// The clause's key of "<contract>/<key>" or "<contract>/reading-2/<key>".
std::string keyOf(const std::string& entityId) { return entityId.substr(entityId.rfind('/') + 1); }

bool isOfReading(const AuditEntry& entry, const ContractId& contract, Reading reading) {
    const std::string own = contract.value + "/reading-" + std::to_string(static_cast<int>(reading)) + "/";
    if (reading != Reading::Record)
        return entry.entityId.starts_with(own);
    return !entry.entityId.starts_with(contract.value + "/reading-");
}

// What happened to the contract as a whole.
QString deedWords(const AuditEntry& entry) {
    static const std::map<std::string, const char*> known = {{"import", "imported"},        {"suggest", "suggestions were made"},
                                                             {"type", "its type was set"},  {"language", "its language was set"},
                                                             {"assign", "a second reader was named"}, {"withdraw", "the second reader was withdrawn"},
                                                             {"finish", "finished"},        {"reopen", "reopened"},
                                                             {"compare", "two readings were compared"}};
    const auto found = known.find(entry.action);
    return found == known.end() ? toQString(entry.action) : tr(found->second);
}

// "disputed: “the term is five years”"
QString reviewWords(const std::string& json) {
    const ReviewNote note = noteFromRecordJson(json);
    if (note.id.empty())
        return {};
    const QString what = note.state == ReviewNoteState::Withdrawn   ? tr("taken back")
                         : note.kind == ReviewNoteKind::Verdict ? tr("verdict: %1").arg(toQString(nameOf(note.verdict)).replace(QLatin1Char('_'), QLatin1Char(' ')))
                         : note.kind == ReviewNoteKind::Comment ? tr("comment")
                         : note.kind == ReviewNoteKind::Wanted  ? tr("listed for the next dataset")
                         : note.state == ReviewNoteState::Accepted ? tr("dispute, accepted")
                                                                   : tr("disputed");
    return note.text.empty() ? what : tr("%1: \u201C%2\u201D").arg(what, toQString(note.text));
}

HistoryRow rowOf(const AuditEntry& entry, const Taxonomy& taxonomy, const QDateTime& now) {
    HistoryRow row{toQString(entry.time), timeInWords(toQString(entry.time), now), toQString(entry.person), {}, {}, {}, {}};
    if (entry.entity == "review") {
        const ClauseType* type = taxonomy.find(keyOf(entry.entityId));
        row.key = toQString(keyOf(entry.entityId));
        row.clause = type ? toQString(type->title) : row.key;
        row.before = reviewWords(entry.before);
        row.after = entry.action == "undo" ? tr("undone: %1").arg(reviewWords(entry.after)) : reviewWords(entry.after);
        return row;
    }
    if (entry.entity != "cell") {
        row.clause = tr("the contract");
        row.after = deedWords(entry);
        return row;
    }
    const std::string key = keyOf(entry.entityId);
    const ClauseType* type = taxonomy.find(key);
    row.key = toQString(key);
    row.clause = type ? toQString(type->title) : row.key;
    row.before = cellWords(key, entry.before);
    row.after = cellWords(key, entry.after);
    if (entry.action == "undo")
        row.after = tr("undone: %1").arg(row.after);
    return row;
}

} // namespace

Result<std::vector<HistoryRow>> contractHistory(ProjectStore& store, const ContractId& contract) {
    CW_TRY_ASSIGN(reading, store.readings().readingFor(contract, store.identity().person));
    CW_TRY_ASSIGN(entries, store.audit().visibleEntries(contract.value));
    const QDateTime now = QDateTime::fromMSecsSinceEpoch(unixMilliseconds(store.clock().now()));
    std::vector<HistoryRow> rows;
    for (auto entry = entries.rbegin(); entry != entries.rend(); ++entry)
        if (isOfReading(*entry, contract, reading))
            rows.push_back(rowOf(*entry, store.taxonomy(), now));
    return rows;
}

void HistoryTableModel::setRows(std::vector<HistoryRow> rows) {
    beginResetModel();
    m_rows = std::move(rows);
    endResetModel();
}

int HistoryTableModel::rowCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : static_cast<int>(m_rows.size()); }

int HistoryTableModel::columnCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : ColumnCount; }

QVariant HistoryTableModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid() || (role != Qt::DisplayRole && role != Qt::ToolTipRole))
        return {};
    const HistoryRow& row = at(index.row());
    switch (index.column()) {
    case When:
        return role == Qt::ToolTipRole ? row.utc : row.when;
    case Who:
        return row.who;
    case Clause:
        return row.clause;
    case Before:
        return row.before;
    default:
        return row.after;
    }
}

QVariant HistoryTableModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    return QStringList{tr("When"), tr("Who"), tr("Clause"), tr("Before"), tr("After")}.value(section);
}

} // namespace cw
