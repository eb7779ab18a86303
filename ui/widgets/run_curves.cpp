// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/run_curves.h"

#include "app/services/result_qt.h"
#include "app/services/run_comparison.h"
#include "app/services/run_numbers.h"
#include "ui/appearance.h"
#include "ui/models/run_list_model.h"
#include "ui/widgets/card.h"
#include "ui/widgets/fact_strip.h"
#include "ui/widgets/run_chart.h"

#include <QGridLayout>
#include <QVBoxLayout>

#include <cmath>
#include <string_view>
#include <optional>

namespace cw {

namespace {

std::optional<double> numberOf(const RunEvent* event, const char* name) {
    if (!event)
        return std::nullopt;
    const auto found = event->numbers.find(name);
    return found == event->numbers.end() || !std::isfinite(found->second) ? std::nullopt : std::optional(found->second);
}

// The latest of a metric that counts: not one that a resume took back.
std::optional<double> latest(const RunView& run, const char* metric) {
    const MetricSeries& series = run.history.series("step", metric);
    return series.empty() || !std::isfinite(series.back().value) ? std::nullopt : std::optional(series.back().value);
}

QString scoreWord(const std::string& score, double value) { return score == "loss" ? shortNumber(value) : percentWord(value); }

} // namespace

ChartSeries runSeries(const RunView& run, const char* kind, const char* metric, const QString& name, int color) {
    const bool noisy = std::string_view(kind) == "step" && std::string_view(metric) != "lr"; // a schedule and a validation have no noise
    ChartSeries series{name, color, {}, noisy};
    for (const MetricPoint& point : run.history.series(kind, metric))
        series.points.emplace_back(point.step, point.value);
    return series;
}

std::vector<ChartMark> runMarks(const RunView& run) {
    std::vector<ChartMark> marks;
    for (const LoggedEvent& logged : run.history.log()) {
        const double step = logged.event.number("step");
        if (logged.event.kind == "resume")
            marks.push_back({ChartMark::Kind::Resume, step, RunCurves::tr("resumed from step %1").arg(countWord(step))});
        else if (logged.event.kind == "outlier" && !logged.replaced)
            marks.push_back({ChartMark::Kind::Outlier, step, toQString(logged.event.text("text"))});
    }
    return marks;
}

std::vector<Fact> runFacts(const RunView& run) {
    std::vector<Fact> facts;
    const auto add = [&](const QString& name, const std::optional<double>& value, const auto& word, const QString& note = {}) {
        if (value)
            facts.push_back({name, word(*value), note});
    };
    const auto count = [](double value) { return countWord(value); };
    const auto number = [](double value) { return shortNumber(value); };
    const auto bytes = [](double value) { return bytesWord(value); };
    const auto time = [](double value) { return durationWord(value); };
    const RunEvent* step = run.last("step");
    if (run.state == RunState::Running)
        add(RunCurves::tr("Time left"), numberOf(step, "eta_s"), time);
    add(RunCurves::tr("Tokens/s"), latest(run, "tokens_per_s"), count);
    add(RunCurves::tr("Labelled tokens/s"), latest(run, "labelled_per_s"), count);
    const auto share = latest(run, "peak_share");
    add(RunCurves::tr("TFLOP/s"), latest(run, "tflops"), number, share ? RunCurves::tr("%1 of peak").arg(percentWord(*share)) : QString());
    const auto gpu = numberOf(step, "gpu_memory_bytes");
    add(gpu ? RunCurves::tr("GPU memory") : RunCurves::tr("Memory"), gpu ? gpu : latest(run, "memory_bytes"), bytes);
    QStringList card;
    if (const auto watts = numberOf(step, "gpu_watts"))
        card << RunCurves::tr("%1 W").arg(countWord(*watts));
    if (const auto celsius = numberOf(step, "gpu_celsius"))
        card << RunCurves::tr("%1 \u00B0C").arg(countWord(*celsius));
    add(RunCurves::tr("GPU at work"), numberOf(step, "gpu_use"), [](double value) { return percentWord(value); }, card.join(QStringLiteral(", ")));
    add(RunCurves::tr("Gradient norm"), latest(run, "grad_norm"), number);
    const QString where = run.spec.kind == RunKind::Sweep ? RunCurves::tr("of trial %1") : RunCurves::tr("at step %1");
    if (const auto best = bestScore(run))
        facts.push_back({RunCurves::tr("Best %1").arg(runScoreName(run.spec.score)), scoreWord(run.spec.score, best->value),
                         where.arg(countWord(best->step))});
    return facts;
}

RunCurves::RunCurves(QWidget* parent) : QWidget(parent), m_facts(new FactStrip(tr("Figures of the run"))) {
    m_facts->setObjectName(QStringLiteral("runFacts"));
    auto* grid = new QGridLayout;
    grid->setSpacing(size::kGap);
    Card* loss = addChart(tr("Loss"), m_loss);
    m_loss->setObjectName(QStringLiteral("lossChart"));
    m_scoresCard = addChart(tr("Validation scores, %"), m_scores);
    Card* norm = addChart(tr("Gradient norm"), m_norm);
    norm->setNote(tr("log scale"));
    m_norm->setLogarithmic(true);
    m_rateCard = addChart(tr("Learning rate"), m_rate);
    m_logProbsCard = addChart(tr("Log-probability"), m_logProbs);
    Card* speed = addChart(tr("Tokens/s"), m_speed);
    grid->addWidget(loss, 0, 0, 1, 3);
    grid->addWidget(m_scoresCard, 0, 3, 1, 3);
    grid->addWidget(norm, 1, 0, 1, 2);
    grid->addWidget(m_rateCard, 1, 2, 1, 2);
    grid->addWidget(m_logProbsCard, 1, 2, 1, 2);
    grid->addWidget(speed, 1, 4, 1, 2);
    for (int column = 0; column < 6; ++column)
        grid->setColumnStretch(column, 1);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(size::kGap);
    column->addWidget(m_facts);
    column->addLayout(grid, 1);
}

Card* RunCurves::addChart(const QString& title, RunChart*& chart) {
    auto* card = new Card(title);
    chart = new RunChart(title);
    card->body()->addWidget(chart);
    return card;
}

void RunCurves::setRun(const RunView& run) {
    std::vector<Fact> facts = runFacts(run);
    m_facts->setVisible(!facts.empty());
    m_facts->setFacts(std::move(facts));
    const double steps = run.last("step") ? run.last("step")->number("steps") : 0;
    for (RunChart* chart : {m_loss, m_scores, m_logProbs, m_norm, m_rate, m_speed})
        chart->setSteps(steps);
    showLosses(run);
    showScores(run);
    showOptimiser(run);
}

void RunCurves::showLosses(const RunView& run) {
    std::vector<ChartSeries> losses{runSeries(run, "step", "loss", tr("train"), 0)};
    if (ChartSeries validation = runSeries(run, "validation", "loss", tr("validation"), 1); !validation.points.empty())
        losses.push_back(std::move(validation));
    m_loss->setMarks(runMarks(run));
    m_loss->setSeries(std::move(losses));
}

void RunCurves::showScores(const RunView& run) {
    const bool pairs = run.spec.kind == RunKind::Dpo;
    m_scoresCard->setTitle(pairs ? tr("Reward margin") : tr("Validation scores, %"));
    m_scores->setEmptyText(pairs                      ? tr("no step yet")
                           : run.spec.scoreRows == 0 ? tr("No validation window is answered: set Answered windows for task scores.")
                                                      : tr("no validation yet"));
    if (pairs) {
        std::vector<ChartSeries> margins{runSeries(run, "step", "margin", tr("train"), 0)};
        if (ChartSeries heldOut = runSeries(run, "validation", "margin", tr("held out"), 1); !heldOut.points.empty())
            margins.push_back(std::move(heldOut));
        return m_scores->setSeries(std::move(margins));
    }
    std::vector<ChartSeries> scores;
    int color = 0;
    for (const auto& [metric, name] : {std::pair("valid_json", tr("valid JSON")), std::pair("cell_accuracy", tr("cells right")), std::pair("f1", tr("F1"))})
        if (ChartSeries series = runSeries(run, "validation", metric, name, color); !series.points.empty()) {
            for (QPointF& point : series.points)
                point.ry() *= 100;
            scores.push_back(std::move(series));
            ++color;
        }
    m_scores->setSeries(std::move(scores));
}

void RunCurves::showOptimiser(const RunView& run) {
    const bool pairs = run.spec.kind == RunKind::Dpo;
    m_rateCard->setVisible(!pairs);
    m_logProbsCard->setVisible(pairs);
    m_rate->setSeries({runSeries(run, "step", "lr", tr("rate"), 0)});
    m_logProbs->setSeries({runSeries(run, "step", "chosen_logp", tr("chosen"), 0), runSeries(run, "step", "rejected_logp", tr("rejected"), 1)});
    m_norm->setSeries({runSeries(run, "step", "grad_norm", tr("norm"), 0)});
    std::vector<ChartSeries> speeds{runSeries(run, "step", "tokens_per_s", tr("all"), 0)};
    if (ChartSeries labelled = runSeries(run, "step", "labelled_per_s", tr("labelled"), 1); !labelled.points.empty())
        speeds.push_back(std::move(labelled));
    m_speed->setSeries(std::move(speeds));
}

} // namespace cw
