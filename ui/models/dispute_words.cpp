// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/models/dispute_words.h"

#include "ui/models/score_words.h"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>

namespace cw {

namespace {

QString tr(const char* text) { return QCoreApplication::translate("Review", text); }

// How the runs' accuracy changes in one decoding: "A 66.7 → 75.0, B 41.7 → 50.0". Counts in `applied` the disputes about cells of a run.
QString changes(const ScoredRun& a, const ScoredRun* b, const std::string& mode, Rules rules, const std::vector<Dispute>& disputes, int& applied) {
    QStringList words;
    for (const ScoredRun* run : {&a, b}) {
        const auto evaluation = run ? run->byMode.find(mode) : a.byMode.end();
        if (!run || evaluation == run->byMode.end())
            continue;
        const DisputedScores scores = scoresIfAccepted(evaluation->second, rules, disputes, run->taxonomy);
        applied = std::max(applied, scores.applied);
        words << QStringLiteral("%1 %2 \u2192 %3").arg(run == &a ? tr("A") : tr("B"), percentText(scores.before.total.accuracy()),
                                                       percentText(scores.after.total.accuracy()));
    }
    return words.join(QStringLiteral(", "));
}

} // namespace

QString disputedScores(const ScoredRun& a, const ScoredRun* b, const std::string& mode, Rules rules, const std::vector<Dispute>& disputes) {
    int applied = 0, elsewhere = 0;
    const QString shown = changes(a, b, mode, rules, disputes, applied);
    if (applied == 0)
        return {};
    const bool isFree = mode == "free";
    const QString other = changes(a, b, isFree ? "constrained" : "free", rules, disputes, elsewhere);
    const QString lead = applied == 1 ? tr("Accuracy if 1 dispute is accepted: %1").arg(shown) : tr("Accuracy if %1 disputes are accepted: %2").arg(applied).arg(shown);
    return other.isEmpty() ? lead : QStringLiteral("%1; %2: %3").arg(lead, isFree ? tr("constrained") : tr("free"), other);
}

} // namespace cw
