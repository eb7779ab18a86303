// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/models/clause_history.h"

#include "app/services/result_qt.h"
#include "core/store/audit_store.h"
#include "core/store/project_store.h"
#include "core/store/reading_store.h"

#include <QCoreApplication>
#include <QHash>
#include <QLocale>

namespace cw {

namespace {

QString tr(const char* text) { return QCoreApplication::translate("ClauseHistory", text); }

QString deed(const QString& action) {
    static const QHash<QString, const char*> known = {
        {QStringLiteral("present"), "%1 marked it present"},       {QStringLiteral("absent"), "%1 marked it absent"},
        {QStringLiteral("unreviewed"), "%1 cleared it"},           {QStringLiteral("unsure"), "%1 was unsure"},
        {QStringLiteral("undo"), "%1 undid the last decision"},    {QStringLiteral("import"), "%1 brought it in with labels"},
        {QStringLiteral("bulk"), "%1 decided the group at once"},  {QStringLiteral("adjudicate"), "%1 decided between two readings"},
        {QStringLiteral("compare"), "The two readings differ"},    {QStringLiteral("taxonomy"), "%1 changed the clause types"},
        {QStringLiteral("note"), "%1 wrote a note"},               {QStringLiteral("verdict"), "%1 judged a run's answer"},
        {QStringLiteral("comment"), "%1 commented on a run's answer"}, {QStringLiteral("dispute"), "%1 disputed it"},
        {QStringLiteral("accept"), "%1 accepted a dispute about it"},  {QStringLiteral("withdraw"), "%1 took a word about it back"},
        {QStringLiteral("wanted"), "%1 listed the contract for the next dataset"},
        {QStringLiteral("undo review"), "%1 undid a step of a review"}};
    const char* text = known.value(action);
    return text ? tr(text) : QStringLiteral("%1: ") + action;
}

} // namespace

QString timeInWords(const QString& utc, const QDateTime& now) {
    const QDateTime at = QDateTime::fromString(utc, Qt::ISODateWithMs).toLocalTime();
    if (!at.isValid())
        return utc;
    if (at.date() == now.date())
        return at.toString(QStringLiteral("HH:mm:ss"));
    return QLocale().toString(at, at.date().year() == now.date().year() ? QStringLiteral("d MMM HH:mm") : QStringLiteral("d MMM yyyy"));
}

Result<std::vector<HistoryLine>> clauseHistory(ProjectStore& store, const ContractId& contract, const std::string& clause, size_t limit) {
    CW_TRY_ASSIGN(reading, store.readings().readingFor(contract, store.identity().person));
    const std::string of = reading == Reading::Record ? "/" : "/reading-" + std::to_string(static_cast<int>(reading)) + "/";
    CW_TRY_ASSIGN(entries, store.audit().visibleEntries(contract.value + of + clause));
    const QDateTime now = QDateTime::fromMSecsSinceEpoch(unixMilliseconds(store.clock().now()));
    std::vector<HistoryLine> out;
    for (auto entry = entries.rbegin(); entry != entries.rend() && out.size() < limit; ++entry) {
        const QString who = entry->person.empty() ? tr("Someone") : toQString(entry->person);
        const bool ofReview = entry->entity == "review" && entry->action == "undo";
        const QString did = deed(ofReview ? QStringLiteral("undo review") : toQString(entry->action));
        out.push_back({timeInWords(toQString(entry->time), now), did.contains(QStringLiteral("%1")) ? did.arg(who) : did});
    }
    return out;
}

} // namespace cw
