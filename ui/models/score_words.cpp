// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/models/score_words.h"

#include "app/services/result_qt.h"

#include <QCoreApplication>
#include <QLocale>

#include <array>
#include <cmath>

namespace cw {

namespace {

struct ScoreText {
    const char *title, *unit, *definition;
};

// In the order of ScoreOf.
constexpr std::array<ScoreText, 7> kScores = {{
    {QT_TRANSLATE_NOOP("Scores", "Accuracy"), "%",
     QT_TRANSLATE_NOOP("Scores", "Of all reviewed cells, those that are right: absent where the gold is absent, or the same value. Most clauses are absent in most contracts: "
                                 "compare it with the null baseline, the accuracy of answering \"absent\" everywhere. Skill is the way from there to 100 %.")},
    {QT_TRANSLATE_NOOP("Scores", "Value F1, micro"), "%",
     QT_TRANSLATE_NOOP("Scores", "The harmonic mean of precision (right values of those given) and recall (right values of those there are), over all cells. Right absences count for nothing.")},
    {QT_TRANSLATE_NOOP("Scores", "Value F1, macro"), "%",
     QT_TRANSLATE_NOOP("Scores", "The mean of the clause types' value F1, so that rare clauses weigh as much as frequent ones. A type that is neither in the gold nor in the answers is left out.")},
    {QT_TRANSLATE_NOOP("Scores", "Present only"), "%", QT_TRANSLATE_NOOP("Scores", "Of the cells whose clause is in the contract, those with the right value.")},
    {QT_TRANSLATE_NOOP("Scores", "Invented"), QT_TRANSLATE_NOOP("Scores", "% of absent"),
     QT_TRANSLATE_NOOP("Scores", "Of the cells whose clause is absent, those that got a value all the same. Less is better.")},
    {QT_TRANSLATE_NOOP("Scores", "Valid JSON (V3)"), "%",
     QT_TRANSLATE_NOOP("Scores", "Of all outputs, those that are the JSON that was asked for, with every key and every value in its form. Nothing is repaired first.")},
    {QT_TRANSLATE_NOOP("Scores", "Quotes found"), "%",
     QT_TRANSLATE_NOOP("Scores", "Of the quotes in usable outputs, those that stand word for word in the contract's text.")},
}};

const ScoreText& textOf(ScoreOf score) { return kScores[static_cast<size_t>(score)]; }
QString translated(const char* words) { return QCoreApplication::translate("Scores", words); }
QString number(int count) { return QLocale().toString(count); }

// Rounded as it is shown, so that no "-0.0" comes out.
double points(double share) {
    const double shown = std::round(1000 * share) / 10;
    return shown == 0 ? 0 : shown;
}

} // namespace

QString percentText(double share) { return QLocale().toString(points(share), 'f', share < 0.9995 ? 1 : 0); }

QString intervalText(const std::array<double, 2>& interval) { return QStringLiteral("[%1, %2]").arg(percentText(interval[0]), percentText(interval[1])); }

QString pointsText(double share) { return (points(share) > 0 ? QStringLiteral("+") : QString()) + percentText(share); }

QString pText(double p) {
    if (p < 0.001)
        return QStringLiteral("p < %1").arg(QLocale().toString(0.001, 'f', 3));
    return QStringLiteral("p %1").arg(QLocale().toString(p, 'f', p < 0.01 ? 3 : 2));
}

QString scoreTitle(ScoreOf score) { return translated(textOf(score).title); }
QString scoreUnit(ScoreOf score) { return translated(textOf(score).unit); }
QString scoreColumn(ScoreOf score) { return QStringLiteral("%1, %2").arg(scoreTitle(score), scoreUnit(score)); }

Turn turnOf(const ScoreFigure& figure) {
    if (!figure.change || !figure.change->isClear() || figure.change->change == 0)
        return Turn::Unclear;
    return (figure.change->change > 0) == isLowerBetter(figure.of) ? Turn::Worse : Turn::Better;
}

QString turnText(Turn turn) {
    return turn == Turn::Better  ? translated(QT_TRANSLATE_NOOP("Scores", "better"))
           : turn == Turn::Worse ? translated(QT_TRANSLATE_NOOP("Scores", "worse"))
                                 : translated(QT_TRANSLATE_NOOP("Scores", "no clear change"));
}

QString changeText(const ScoreFigure& figure) {
    if (!figure.change)
        return {};
    const ScoreChange& change = *figure.change;
    if (change.isTooSmallToTell() || !change.p)
        return translated(change.p ? QT_TRANSLATE_NOOP("Scores", "%1 pt, n too small") : QT_TRANSLATE_NOOP("Scores", "%1 pt")).arg(pointsText(change.change));
    const QString glyph = points(change.change) == 0 ? QString() : change.change > 0 ? QStringLiteral("▴ ") : QStringLiteral("▾ ");
    return glyph + translated(QT_TRANSLATE_NOOP("Scores", "%1 pt, %2")).arg(percentText(std::abs(change.change)), pText(*change.p));
}

QString verdictText(ShippingVerdict verdict) {
    return verdict == ShippingVerdict::Fit      ? translated(QT_TRANSLATE_NOOP("Scores", "fit to ship"))
           : verdict == ShippingVerdict::NotFit ? translated(QT_TRANSLATE_NOOP("Scores", "not fit to ship"))
                                                : translated(QT_TRANSLATE_NOOP("Scores", "can't tell yet"));
}

QString shippingBounds(const NonInferiority& shipping) {
    if (!shipping.interval)
        return shipping.contractsNeeded ? translated(QT_TRANSLATE_NOOP("Scores", "too few contracts; about %1 would tell")).arg(number(*shipping.contractsNeeded))
                                        : translated(QT_TRANSLATE_NOOP("Scores", "too few contracts"));
    const QString low = pointsText((*shipping.interval)[0]), high = pointsText((*shipping.interval)[1]), margin = pointsText(kShippingMargin);
    switch (shipping.verdict) {
    case ShippingVerdict::Fit:
        return translated(QT_TRANSLATE_NOOP("Scores", "lower bound %1 pt > %2")).arg(low, margin);
    case ShippingVerdict::NotFit:
        return translated(QT_TRANSLATE_NOOP("Scores", "upper bound %1 pt < %2")).arg(high, margin);
    case ShippingVerdict::CannotTell:
        break;
    }
    const QString words = translated(QT_TRANSLATE_NOOP("Scores", "%1 holds %2 pt")).arg(QStringLiteral("[%1, %2]").arg(low, high), margin);
    return shipping.contractsNeeded ? words + translated(QT_TRANSLATE_NOOP("Scores", "; about %1 contracts would tell")).arg(number(*shipping.contractsNeeded))
                                    : words;
}

QString regradedText(const PairedComparison& pair) {
    return pair.regraded == 0 ? QString() : translated(QT_TRANSLATE_NOOP("Scores", " · %1 cells not compared: their gold differs")).arg(number(pair.regraded));
}

QString Definition::plain() const { return QStringList{title, text, facts.join(QLatin1Char('\n'))}.join(QLatin1Char('\n')); }

QString Definition::html() const {
    QString rows;
    for (const QString& fact : facts)
        rows += QStringLiteral("<br>") + fact.toHtmlEscaped();
    return QStringLiteral("<div style='white-space:normal'><b>%1</b><br>%2<br>%3</div>").arg(title.toHtmlEscaped(), text.toHtmlEscaped(), rows);
}

QStringList provenance(const ShownPair& pair) {
    QStringList lines;
    if (!pair.shown)
        return lines;
    lines << translated(QT_TRANSLATE_NOOP("Scores", "Rules: %1, decoding: %2"))
                 .arg(translated(pair.rules == Rules::Strict ? QT_TRANSLATE_NOOP("Scores", "strict") : QT_TRANSLATE_NOOP("Scores", "compatible")),
                      translated(pair.mode == "free" ? QT_TRANSLATE_NOOP("Scores", "free") : QT_TRANSLATE_NOOP("Scores", "constrained")));
    lines << translated(QT_TRANSLATE_NOOP("Scores", "Gold: %1")).arg(toQString(pair.shown->goldHash.substr(0, 12)));
    lines << translated(QT_TRANSLATE_NOOP("Scores", "Scored by Clausewright %1")).arg(QCoreApplication::applicationVersion());
    return lines;
}

Definition scoreDefinition(const ScoreFigure& figure, const ShownPair& pair, const QString& pinnedName) {
    Definition definition{scoreColumn(figure.of), translated(textOf(figure.of).definition), {}};
    QStringList& facts = definition.facts;
    if (figure.rate && isShare(figure.of))
        facts << QStringLiteral("%1 %: %2 / %3").arg(percentText(*figure.rate), number(figure.part), number(figure.whole));
    else if (figure.rate)
        facts << QStringLiteral("%1 %, n %2").arg(percentText(*figure.rate), number(figure.whole));
    if (figure.interval)
        facts << translated(QT_TRANSLATE_NOOP("Scores", "95 % interval %1")).arg(intervalText(*figure.interval));
    if (figure.change) {
        QString words = translated(QT_TRANSLATE_NOOP("Scores", "Against %1: %2 pt")).arg(pinnedName, pointsText(figure.change->change));
        if (figure.change->interval)
            words += QLatin1Char(' ') + intervalText(*figure.change->interval);
        if (figure.change->p)
            words += QStringLiteral(", ") + pText(*figure.change->p);
        facts << words;
        if (figure.change->detectable)
            facts << translated(QT_TRANSLATE_NOOP("Scores", "A change of less than %1 pt would mostly be missed with so few contracts"))
                         .arg(percentText(*figure.change->detectable));
    }
    facts << provenance(pair);
    return definition;
}

} // namespace cw
