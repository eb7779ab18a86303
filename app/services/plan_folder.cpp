// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "app/services/plan_folder.h"

#include "app/services/result_qt.h"
#include "core/base/file.h"

#include <QProcess>

#include <nlohmann/json.hpp>

#include <chrono>
#include <filesystem>

namespace cw {

namespace fs = std::filesystem;

namespace {

constexpr auto kStale = std::chrono::hours(24);
constexpr int kAskMilliseconds = 100;

// Folders of programs that were killed in the middle of a plan.
void removeStale(const fs::path& plans) {
    std::error_code ignored;
    const auto now = fs::file_time_type::clock::now();
    for (const fs::directory_entry& entry : fs::directory_iterator(plans, ignored))
        if (std::error_code error; now - entry.last_write_time(error) > kStale && !error)
            fs::remove_all(entry.path(), ignored);
}

// {"error":...,"hint":...} where the worker says why not; else what is known of its end.
Error notPlanned(const QByteArray& printed, const QByteArray& words) {
    const auto json = nlohmann::json::parse(printed.toStdString(), nullptr, false);
    if (json.is_object() && json.contains("error") && json["error"].is_string())
        return {ErrorCode::Failed, json["error"].get<std::string>(), json.value("hint", std::string())};
    const std::string last = words.trimmed().split('\n').last().trimmed().toStdString();
    return {ErrorCode::Failed, "The training program ended before it had a plan.",
            last.empty() ? "Start the run without one." : "Its last words: " + last};
}

Result<std::vector<PreflightRow>> readPreflight(const fs::path& file) {
    CW_TRY_ASSIGN(bytes, readFile(file));
    std::vector<PreflightRow> rows;
    for (const std::string_view line : splitLines(bytes)) {
        CW_TRY_ASSIGN(row, preflightRowFromLine(line, file.string()));
        rows.push_back(std::move(row));
    }
    return rows;
}

} // namespace

Status checkPlannable(RunKind kind) {
    if (makesAdapter(kind))
        return {};
    return Error{ErrorCode::BadUsage, "A run of kind " + std::string(toString(kind)) + " can't be planned.",
                 "Plan a training run: sft, dpo or sweep."};
}

Result<std::shared_ptr<PlanFolder>> PlanFolder::make(StoreSession& session, const RunRequest& request) {
    CW_TRY(checkPlannable(request.spec.kind));
    CW_TRY_ASSIGN(exact, exactRequest(session, request));
    const fs::path plans = session.store().runsFolder() / ".plans";
    removeStale(plans);
    CW_TRY_ASSIGN(folder, RunFolder::create(plans, exact.spec, session.store().clock()));
    return std::shared_ptr<PlanFolder>(new PlanFolder({folder, exact}));
}

PlanFolder::~PlanFolder() {
    std::error_code ignored;
    fs::remove_all(m_run.folder.root(), ignored);
}

Status PlanFolder::setRequest(StoreSession& session, const RunRequest& request) {
    CW_TRY_ASSIGN(exact, exactRequest(session, request));
    for (const fs::path& old : {m_run.folder.plan(), m_run.folder.preflight()}) {
        std::error_code ignored;
        fs::remove(old, ignored);
    }
    m_run.request = exact;
    return writeFileAtomically(m_run.folder.spec(), toJson(exact.spec));
}

QStringList PlanFolder::workerArguments() const {
    return {QStringLiteral("--plan"), toQString(m_run.folder.root().string())};
}

Result<PlannedRun> PlanFolder::result(int exitCode, const QByteArray& printed, const QByteArray& words) const {
    std::error_code ignored;
    if (exitCode != 0 || !fs::exists(m_run.folder.plan(), ignored))
        return notPlanned(printed, words);
    CW_TRY_ASSIGN(json, readFile(m_run.folder.plan()));
    CW_TRY_ASSIGN(plan, runPlanFromJson(json, "plan.json"));
    CW_TRY_ASSIGN(preflight, readPreflight(m_run.folder.preflight()));
    return PlannedRun{std::move(plan), std::move(preflight)};
}

Result<PlannedRun> planNow(StoreSession& session, const RunRequest& request, const std::function<bool()>& cancelled) {
    CW_TRY_ASSIGN(folder, PlanFolder::make(session, request));
    CW_TRY(freezeRun(session, folder->run()));
    QProcess worker;
    worker.start(workerProgram(), folder->workerArguments());
    while (worker.state() != QProcess::NotRunning && !worker.waitForFinished(kAskMilliseconds))
        if (cancelled()) {
            worker.kill();
            worker.waitForFinished();
            return Error{ErrorCode::Cancelled, "The plan was cancelled.", ""};
        }
    if (cancelled()) // the terminal's Ctrl-C ends the worker as well
        return Error{ErrorCode::Cancelled, "The plan was cancelled.", ""};
    const bool ended = worker.error() == QProcess::UnknownError || worker.error() == QProcess::Timedout;
    const int code = ended && worker.exitStatus() == QProcess::NormalExit ? worker.exitCode() : -1;
    return folder->result(code, worker.readAllStandardOutput(), worker.readAllStandardError());
}

} // namespace cw
