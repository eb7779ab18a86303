// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// A training run as it goes: its figures and its curves, with marks where it was resumed and where a step stood out. GUI thread.
#pragma once

#include "app/services/run_supervisor.h"

#include <QWidget>

namespace cw {

class Card;
class FactStrip;
class RunChart;
struct ChartMark;
struct ChartSeries;
struct Fact;

// A metric of a run as a line.
ChartSeries runSeries(const RunView& run, const char* kind, const char* metric, const QString& name, int color);
std::vector<ChartMark> runMarks(const RunView& run);
std::vector<Fact> runFacts(const RunView& run);

class RunCurves : public QWidget {
    Q_OBJECT

public:
    explicit RunCurves(QWidget* parent = nullptr);
    void setRun(const RunView& run);

private:
    Card* addChart(const QString& title, RunChart*& chart);
    void showLosses(const RunView& run);
    void showScores(const RunView& run);
    void showOptimiser(const RunView& run);

    FactStrip* m_facts;
    RunChart* m_loss = nullptr;
    RunChart* m_scores = nullptr; // of sft: the task scores; of dpo: the margin
    RunChart* m_logProbs = nullptr;
    RunChart* m_norm = nullptr;
    RunChart* m_rate = nullptr;
    RunChart* m_speed = nullptr;
    Card *m_scoresCard = nullptr, *m_rateCard = nullptr, *m_logProbsCard = nullptr;
};

} // namespace cw
