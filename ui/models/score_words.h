// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Scores, changes and what they mean in the window's words. GUI thread, for tr().
#pragma once

#include "app/services/evaluation_cache.h"

#include <QString>
#include <QStringList>

#include <optional>

namespace cw {

QString percentText(double share);                              // "91.0"
QString intervalText(const std::array<double, 2>& interval);    // "[90.2, 91.7]"
QString pointsText(double share);                               // "+0.9", "-0.3", "0.0"
QString pText(double p);                                        // "p 0.004", "p < 0.001"
QString scoreTitle(ScoreOf score);                              // "Accuracy"
QString scoreUnit(ScoreOf score);                               // "%", "% of absent"
QString scoreColumn(ScoreOf score);                             // "Accuracy, %"

// Whether a change is a good one, once it is more than chance.
enum class Turn { Unclear, Better, Worse };
Turn turnOf(const ScoreFigure& figure);
QString changeText(const ScoreFigure& figure); // "▴ 0.9 pt, p 0.004", "+0.7 pt, n too small"; empty without a change
QString turnText(Turn turn);                   // "better", "worse", "no clear change"

QString verdictText(ShippingVerdict verdict);           // "fit to ship"
QString shippingBounds(const NonInferiority& shipping); // "lower bound -0.3 pt > -0.5"
QString regradedText(const PairedComparison& pair); // " · 12 cells not compared: their gold differs"; empty where there is none

// What a number is: shown beside it on demand.
struct Definition {
    QString title, text;
    QStringList facts; // what it is of, gold, scorer
    QString html() const;
    QString plain() const;
};

Definition scoreDefinition(const ScoreFigure& figure, const ShownPair& pair, const QString& pinnedName);
// The last lines of every definition: which gold, which rules, which version scored it.
QStringList provenance(const ShownPair& pair);

} // namespace cw
