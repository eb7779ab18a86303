// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Runs as a worker leaves them, written by a test: folder, events, mark, a row in the index. And a stand-in for the worker that does at
// once what a test tells it, for what can't be seen of a real one: a plan that is refused or takes long, a run that was resumed.
#pragma once

#include "app/services/store_session.h"
#include "core/base/file.h"
#include "core/base/hash.h"
#include "core/run/run_folder.h"
#include "core/run/run_plan.h"

#include <QFile>
#include <QTemporaryDir>
#include <QtTest>

#include <nlohmann/json.hpp>

#include <optional>
#include <string>
#include <vector>

namespace cw::test {

inline RunEvent runEvent(const std::string& kind, std::map<std::string, double> numbers, std::map<std::string, std::string> texts = {}) {
    return {0, "", kind, std::move(numbers), std::move(texts)};
}

// A step as the engine tells it.
inline RunEvent stepEvent(double step, double steps, double loss) {
    return runEvent("step", {{"step", step}, {"steps", steps}, {"loss", loss}, {"lr", 2e-4 * (1 - step / steps)}, {"grad_norm", 0.5 + loss / 4},
                             {"tokens", 8192}, {"labelled", 700}, {"tokens_per_s", 11500 + 10 * step}, {"labelled_per_s", 980 + step},
                             {"tflops", 410.2}, {"peak_share", 0.414}, {"eta_s", 7.5 * (steps - step)}, {"memory_bytes", 37.3e9}});
}

inline std::vector<RunEvent> steps(double from, double to, double all) {
    std::vector<RunEvent> events;
    for (double step = from; step <= to; ++step)
        events.push_back(stepEvent(step, all, 3 / (1 + 0.05 * step)));
    return events;
}

inline Status tellEvents(const RunFolder& folder, const std::vector<RunEvent>& events) {
    const SystemClock clock;
    EventLog log(folder, clock);
    for (const RunEvent& event : events)
        CW_TRY(log.write(event));
    return {};
}

// A run in the project's index. `end` nothing: no mark, so the run is lost once it has events.
inline Result<RunFolder> writeRun(StoreSession& session, const RunSpec& spec, const std::vector<RunEvent>& events,
                                  std::optional<RunState> end = RunState::Done, const std::string& split = "default") {
    CW_TRY_ASSIGN(folder, RunFolder::create(session.store().runsFolder(), spec, session.store().clock()));
    CW_TRY(tellEvents(folder, events));
    if (end)
        CW_TRY(writeFileAtomically(folder.endMark(*end), ""));
    RunRecord record;
    record.id = folder.id();
    record.kind = std::string(toString(spec.kind));
    record.name = spec.name;
    record.folder = folder.root().lexically_relative(session.store().folder()).string();
    record.split = split;
    record.datasetHash = "0123456789abcdef";
    CW_TRY(session.store().runs().add(record));
    session.notifyRuns();
    return folder;
}

inline RunSpec namedSpec(RunKind kind, const std::string& name) {
    RunSpec spec = defaultSpec(kind);
    spec.name = name;
    spec.model = "/models/base";
    return spec;
}

inline RunPlan somePlan() {
    RunPlan plan;
    plan.rows = 1824;
    plan.leftOut = 24;
    plan.steps = 171;
    plan.tokens = 7'400'000;
    plan.labelled = 412'000;
    plan.longest = 8112;
    plan.rowsPerPass = 2;
    plan.tokensPerPass = 16'224;
    plan.largestRowsPerPass = 4;
    plan.checkpointing = "none";
    plan.parts = {{"weights", 14'500'000'000}, {"adapter", 670'000'000},  {"gradients", 670'000'000}, {"optimiser", 1'340'000'000},
                  {"activations", 13'900'000'000}, {"head", 5'200'000'000}, {"working", 600'000'000},  {"allocator", 420'000'000}};
    plan.peakBytes = 37'300'000'000;
    plan.memoryBytes = 80'000'000'000;
    plan.seconds = 1930;
    plan.tokensPerSecond = 11'500;
    plan.device = "cuda";
    plan.dtype = "bf16";
    plan.advice = {"Four rows at once would fit: with accumulation 8 the same 32 rows make a step."};
    return plan;
}

inline std::vector<PreflightRow> somePreflight() {
    return {{"msa-203", 24, 91'000, 5'100, 0, ""}, {"licence-7", 11, 44'000, 2'000, 9'200, "Window 4 has 9,200 tokens; 8,192 fit."}};
}

class FakeWorker {
public:
    FakeWorker() : m_before(qgetenv("CLAUSEWRIGHT_WORKER")) {
        QFile script(path("worker"));
        if (!script.open(QIODevice::WriteOnly))
            return;
        script.write("#!/bin/sh\n"
                     "here=$(dirname \"$0\")\n"
                     "if [ \"$1\" = --plan ]; then\n"
                     "  ls -i \"$2\" \"$2/data\" > \"$here/seen\"\n"
                     "  [ -e \"$here/slow\" ] && exec sleep 60\n"
                     "  if [ -e \"$here/refusal\" ]; then echo 'a warning of some library' >&2; cat \"$here/refusal\"; exit 1; fi\n"
                     "  cp \"$here/plan.json\" \"$here/preflight.jsonl\" \"$2/\"\n"
                     "  exit 0\n"
                     "fi\n"
                     "cat \"$here/events\" >> \"$1/events.jsonl\"\n"
                     ": > \"$1/outputs/predictions.jsonl\"\n" // an evaluation without an answer
                     "touch \"$1/DONE\"\n");
        script.close();
        script.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
        qputenv("CLAUSEWRIGHT_WORKER", path("worker").toLocal8Bit());
        plans(somePlan(), somePreflight());
        tells({});
    }
    ~FakeWorker() { qputenv("CLAUSEWRIGHT_WORKER", m_before); }

    void plans(const RunPlan& plan, const std::vector<PreflightRow>& preflight) {
        std::string rows;
        for (const PreflightRow& row : preflight)
            rows += toLine(row) + "\n";
        put("plan.json", toJson(plan));
        put("preflight.jsonl", rows);
        QFile::remove(path("refusal"));
        QFile::remove(path("slow"));
    }
    void refuses(const std::string& what, const std::string& hint) {
        put("refusal", nlohmann::json({{"error", what}, {"hint", hint}}).dump() + "\n");
    }
    void takesLong() { put("slow", ""); }
    // What the next run or resumed run tells before it is done.
    void tells(const std::vector<RunEvent>& events) {
        std::string lines;
        std::uint64_t number = 1000;
        for (RunEvent event : events) {
            event.seq = number++;
            event.time = formatUtc(SystemClock().now());
            lines += toLine(event) + "\n";
        }
        put("events", lines);
    }
    // The planned folder's files with their numbers, as the worker saw them.
    QByteArray seen() const {
        QFile file(path("seen"));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

private:
    QString path(const char* name) const { return m_folder.filePath(QString::fromLatin1(name)); }
    void put(const char* name, const std::string& bytes) const { (void)writeFileAtomically(path(name).toStdString(), bytes).ok(); }

    QTemporaryDir m_folder;
    QByteArray m_before;
};

} // namespace cw::test
