// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "app/cli/run_facts.h"

#include "app/services/result_qt.h"
#include "app/services/run_comparison.h"
#include "app/services/run_numbers.h"

#include <cmath>

namespace cw::cli {

namespace {

constexpr const char* kStepFacts[] = {"steps",        "loss",             "tokens_per_s",     "labelled_per_s", "tflops",    "peak_share", "eta_s",
                                      "memory_bytes", "memory_now_bytes", "gpu_memory_bytes", "gpu_celsius",    "grad_norm", "lr"};

QLocale plain() { return QLocale::c(); }

QString word(const RunEvent& event, const char* key) { return shortNumber(event.number(key), plain()); }

// A member that is a number; nothing where the event hasn't got it.
std::optional<double> find(const RunEvent& event, const char* key) {
    const auto found = event.numbers.find(key);
    return found == event.numbers.end() || !std::isfinite(found->second) ? std::nullopt : std::optional(found->second);
}

void addLine(std::vector<QStringList>& lines, const char* name, const QString& figure) {
    if (!figure.isEmpty())
        lines.push_back({QString::fromLatin1(name), figure});
}

void addStepLines(std::vector<QStringList>& lines, const RunView& run, const RunEvent& step) {
    const auto add = [&](const char* name, const char* key, auto&& toWord) {
        if (const auto value = find(step, key))
            addLine(lines, name, toWord(*value));
    };
    const auto number = [](double value) { return shortNumber(value, plain()); };
    const auto bytes = [](double value) { return bytesWord(value, plain()); };
    const auto count = [](double value) { return countWord(value, plain()); };
    const auto share = [](double value) { return percentWord(value, plain()); };
    add("loss", "loss", number);
    add("gradient norm", "grad_norm", number);
    add("learning rate", "lr", number);
    add("tokens/s", "tokens_per_s", count);
    add("labelled tokens/s", "labelled_per_s", count);
    add("TFLOP/s", "tflops", number);
    add("share of peak", "peak_share", share);
    add("memory", "memory_bytes", bytes);
    add("GPU memory", "gpu_memory_bytes", bytes);
    if (isAlive(run.state))
        add("time left", "eta_s", [](double value) { return durationWord(value, plain()); });
}

QString resumedWord(const RunView& run) {
    QStringList steps;
    for (const double step : run.history.resumes())
        steps += QStringLiteral("step %1").arg(countWord(step, plain()));
    return steps.join(QStringLiteral(", "));
}

QString stepEventText(const RunEvent& event) {
    QString text = QStringLiteral("step %1 of %2, loss %3").arg(countWord(event.number("step"), plain()), countWord(event.number("steps"), plain()), word(event, "loss"));
    if (const auto rate = find(event, "tokens_per_s"))
        text += QStringLiteral(", %1 tokens/s").arg(countWord(*rate, plain()));
    if (const auto left = find(event, "eta_s"))
        text += QStringLiteral(", %1 left").arg(durationWord(*left, plain()));
    return text;
}

QString validationText(const RunEvent& event) {
    QString text = QStringLiteral("validation loss %1 at step %2").arg(word(event, "loss"), countWord(event.number("step"), plain()));
    for (const char* score : {"valid_json", "cell_accuracy", "f1"})
        if (event.numbers.contains(score))
            text += QStringLiteral(", %1 %2").arg(QLatin1String(score), word(event, score));
    return event.number("best") > 0 ? text + QStringLiteral(", the best so far") : text;
}

QString trialText(const RunEvent& event) {
    if (!event.text("text").empty())
        return QStringLiteral("trial %1 of %2 failed: %3").arg(countWord(event.number("trial"), plain()), countWord(event.number("trials"), plain()), toQString(event.text("text")));
    return QStringLiteral("trial %1 of %2: rank %3, rate %4, score %5, %6, %7")
        .arg(countWord(event.number("trial"), plain()), countWord(event.number("trials"), plain()), word(event, "rank"), word(event, "lr"),
             word(event, "score"), durationWord(event.number("seconds"), plain()), bytesWord(event.number("bytes"), plain()));
}

} // namespace

Json factsJson(const RunView& run) {
    Json facts = Json::object();
    if (const RunEvent* step = run.last("step")) {
        facts["step"] = run.history.step();
        for (const char* key : kStepFacts)
            if (const auto value = find(*step, key); value && (std::string_view(key) != "eta_s" || isAlive(run.state)))
                facts[key] = *value;
    }
    if (const MetricSeries& losses = run.history.series("validation", "loss"); !losses.empty() && std::isfinite(losses.back().value))
        facts["validation_loss"] = losses.back().value;
    if (run.history.seconds() > 0)
        facts["seconds"] = run.history.seconds();
    if (const auto best = bestScore(run))
        facts["best"] = {{"score", run.spec.score}, {"value", best->value}, {run.spec.kind == RunKind::Sweep ? "trial" : "step", best->step}};
    if (const auto resumes = run.history.resumes(); !resumes.empty())
        facts["resumed_from"] = resumes;
    return facts;
}

QString progressWord(const RunView& run) {
    if (const RunEvent* step = run.last("step"))
        return countWord(run.history.step(), plain()) + u'/' + countWord(step->number("steps"), plain());
    if (const RunEvent* progress = run.last("progress"))
        return QStringLiteral("%1/%2 %3").arg(countWord(progress->number("done"), plain()), countWord(progress->number("total"), plain()),
                                              toQString(progress->text("what")));
    return {};
}

QString bestWord(const RunView& run) {
    const auto best = bestScore(run);
    if (!best)
        return {};
    const QString where = run.spec.kind == RunKind::Sweep ? QStringLiteral("%1 %2 of trial %3") : QStringLiteral("%1 %2 at %3");
    return where.arg(toQString(run.spec.score), shortNumber(best->value, plain()), countWord(best->step, plain()));
}

std::vector<QStringList> factLines(const RunView& run) {
    std::vector<QStringList> lines;
    addLine(lines, "done", progressWord(run));
    if (const RunEvent* step = run.last("step"))
        addStepLines(lines, run, *step);
    addLine(lines, "best score", bestWord(run));
    if (run.history.seconds() > 0)
        addLine(lines, "time at work", durationWord(run.history.seconds(), plain()));
    addLine(lines, "resumed from", resumedWord(run));
    if (const RunEvent* checkpoint = run.last("checkpoint"))
        addLine(lines, "last checkpoint", QStringLiteral("step %1").arg(countWord(checkpoint->number("step"), plain())));
    return lines;
}

QString eventText(const RunEvent& event) {
    const auto count = [&](const char* key) { return countWord(event.number(key), plain()); };
    if (event.kind == "step")
        return stepEventText(event);
    if (event.kind == "progress")
        return QStringLiteral("%1 of %2 %3").arg(count("done"), count("total"), toQString(event.text("what")));
    if (event.kind == "validation")
        return validationText(event);
    if (event.kind == "trial")
        return trialText(event);
    if (event.kind == "resume" || event.kind == "checkpoint")
        return QStringLiteral("%1 step %2").arg(event.kind == "resume" ? QStringLiteral("resumed from") : QStringLiteral("checkpoint at"), count("step"));
    return toQString(event.kind + (event.text("text").empty() ? "" : ": " + event.text("text")));
}

Json eventJson(const RunEvent& event) { return Json::parse(cw::toLine(event)); }

} // namespace cw::cli
