// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "app/services/run_supervisor.h"

#include "app/services/result_qt.h"
#include "app/services/background.h"
#include "app/services/run_launch.h"
#include "app/services/store_view.h"
#include "core/base/file.h"

#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <filesystem>
#include <memory>
#include <utility>

namespace cw {

namespace {

constexpr int kPollMilliseconds = 250; // so that no run is told of more than four times a second
constexpr int kPollsBetweenLooks = 8;  // of a window that may only look, at runs that have ended

// A run folder that nobody has taken over: it goes with the last who holds this. So a job whose window is gone meanwhile leaves no copy of the
// contracts behind.
class UnclaimedFolder {
public:
    explicit UnclaimedFolder(std::filesystem::path folder) : m_folder(std::move(folder)) {}
    UnclaimedFolder(const UnclaimedFolder&) = delete;
    UnclaimedFolder& operator=(const UnclaimedFolder&) = delete;
    ~UnclaimedFolder() {
        std::error_code ignored;
        if (!m_folder.empty())
            std::filesystem::remove_all(m_folder, ignored);
    }
    void claim() { m_folder.clear(); }

private:
    std::filesystem::path m_folder;
};

// What a FAILED mark says: JSON by the worker, a sentence by whoever couldn't start one; nothing for an empty one.
std::optional<Error> markedError(const QString& mark) {
    const QJsonObject object = QJsonDocument::fromJson(mark.toUtf8()).object();
    if (const QString error = object[QLatin1String("error")].toString(); !error.isEmpty())
        return Error{ErrorCode::Failed, toStdString(error), toStdString(object[QLatin1String("hint")].toString())};
    if (mark.isEmpty() || mark.startsWith(QLatin1Char('{')))
        return std::nullopt;
    return Error{ErrorCode::Failed, toStdString(mark), ""};
}

} // namespace

struct RunSupervisor::Followed {
    RunView view;
    RunFolder folder;
    EventTail tail;
};

std::optional<Error> RunView::trouble() const {
    if (state == RunState::Lost)
        return Error{ErrorCode::Failed, "The worker ended without a word: it was killed, or the machine went down.",
                     canResume() ? "Resume it: it goes on from its last checkpoint." : "Start it again."};
    if (state != RunState::Failed)
        return std::nullopt;
    if (auto told = markedError(mark)) // an end event may be that of an earlier session
        return told;
    if (const RunEvent* end = last("end"); end && !end->text("error").empty())
        return Error{ErrorCode::Failed, end->text("error"), end->text("hint")};
    return Error{ErrorCode::Failed, "The run failed without a word.", "Its folder's worker.log may say more."};
}

QString RunView::failure() const {
    const auto error = trouble();
    return error ? sentence(*error) : QString();
}

bool RunView::canResume() const {
    return makesAdapter(spec.kind) && (state == RunState::Stopped || state == RunState::Failed || state == RunState::Lost);
}

namespace {

// What is new in the folder. The state is asked for before the events are read: a worker that ends in between has written all of them by
// then or is read again.
bool readNews(RunView& view, const RunFolder& folder, EventTail& tail, const Clock& clock) {
    view.state = folder.state(clock);
    std::vector<RunEvent> fresh = tail.poll();
    for (RunEvent& event : fresh)
        view.history.take(std::move(event));
    const auto mark = view.state == RunState::Failed ? readFile(folder.endMark(RunState::Failed)) : Result<std::string>(std::string());
    view.mark = mark ? toQString(*mark).trimmed() : QString();
    return !fresh.empty();
}

Error cantResume(const RunId& id, const std::string& why, const std::string& hint) {
    return {ErrorCode::BadUsage, "Run " + id.value + " " + why, hint};
}

Status checkResumable(const RunView& run) {
    const RunId& id = run.record.id;
    if (!makesAdapter(run.spec.kind))
        return cantResume(id, "is no training: only training has checkpoints to go on from.", "Start it again.");
    if (isAlive(run.state))
        return cantResume(id, "is at work already.", "Wait for it, or stop it.");
    if (run.state == RunState::Done)
        return cantResume(id, "is done: nothing of it is left to do.", "Start a new run; it may go on from this one's adapter.");
    return {};
}

} // namespace

RunView readRun(const RunRecord& record, const RunFolder& folder, const Clock& clock) {
    RunView view;
    view.record = record;
    if (auto spec = folder.readSpec())
        view.spec = std::move(*spec);
    EventTail tail(folder.events());
    readNews(view, folder, tail, clock);
    return view;
}

RunSupervisor::RunSupervisor(StoreSession& session, QObject* parent) : QObject(parent), m_session(session) {
    m_timer.setInterval(kPollMilliseconds);
    connect(&m_timer, &QTimer::timeout, this, &RunSupervisor::poll);
    connect(&session, &StoreSession::runsChanged, this, &RunSupervisor::refresh);
    refresh();
}

RunSupervisor::~RunSupervisor() = default;

RunFolder RunSupervisor::folderOf(const RunRecord& record) const { return RunFolder(m_session.store().folder() / record.folder); }

Result<RunId> RunSupervisor::launch(const RunRequest& request) {
    CW_TRY_ASSIGN(run, prepareRun(m_session, request));
    return start(run);
}

void RunSupervisor::launchLater(const RunRequest& request, std::function<void(Result<RunId>)> done) {
    auto begun = beginRun(m_session, request);
    if (!begun)
        return done(begun.error());
    const QString folder = toQString(m_session.store().folder().string());
    const auto unclaimed = std::make_shared<UnclaimedFolder>(begun->folder.root());
    inBackground(
        this,
        [folder, identity = m_session.store().identity(), run = *begun, unclaimed] {
            return withView(folder, identity, [&](StoreSession& view) { return freezeRun(view, run); });
        },
        [this, run = *begun, unclaimed, done = std::move(done)](const Result<FrozenData>& frozen) {
            if (!frozen)
                return done(frozen.error());
            unclaimed->claim();
            const auto prepared = finishRun(m_session, run, *frozen);
            done(prepared ? start(*prepared) : Result<RunId>(prepared.error()));
        });
}

Result<RunId> RunSupervisor::start(const PreparedRun& run) {
    if (const Status indexed = m_session.store().runs().add(run.record); !indexed) {
        std::error_code ignored;
        std::filesystem::remove_all(run.folder.root(), ignored);
        return indexed.error();
    }
    m_session.notifyRuns(); // followed before it has a worker: no end, however early, goes by untold
    m_session.notifySplits();
    const Status started = startWorker(run.folder);
    if (const auto found = m_followed.find(run.record.id); found != m_followed.end())
        read(*found->second, true); // also a run that couldn't start is in the list, with its reason
    CW_TRY(started);
    return run.record.id;
}

Status RunSupervisor::stop(const RunId& id) {
    const auto found = m_followed.find(id);
    if (found == m_followed.end())
        return Error{ErrorCode::NotFound, "There is no run " + id.value + " in the project.", "List the runs to see their ids."};
    if (!isAlive(found->second->view.state))
        return Error{ErrorCode::BadUsage, "Run " + id.value + " has ended already.", ""};
    return found->second->folder.requestStop();
}

Status RunSupervisor::resume(const RunId& id) {
    if (m_session.viewOnly())
        return m_session.lockReason();
    const auto found = m_followed.find(id);
    if (found == m_followed.end())
        return Error{ErrorCode::NotFound, "There is no run " + id.value + " in the project.", "List the runs to see their ids."};
    Followed& run = *found->second;
    read(run, true); // it may have been resumed from elsewhere
    CW_TRY(checkResumable(run.view));
    CW_TRY(checkWorker());
    CW_TRY(run.folder.reopen());
    read(run, true); // alive from here on: the end of a worker that is done at once is an end too
    const Status started = startWorker(run.folder);
    read(run, true);
    m_timer.start();
    return started;
}

const RunView* RunSupervisor::view(const RunId& id) const {
    const auto found = m_followed.find(id);
    return found == m_followed.end() ? nullptr : &found->second->view;
}

void RunSupervisor::refresh() {
    const auto records = m_session.store().runs().all();
    if (!records)
        return; // the store tells its own failures; what is followed goes on
    std::vector<RunId> fresh;
    m_order.clear();
    for (const RunRecord& record : *records) {
        m_order.push_back(record.id);
        if (!m_followed.contains(record.id)) {
            follow(record);
            fresh.push_back(record.id);
        }
    }
    if (m_session.viewOnly() && !m_order.empty())
        m_timer.start(); // whoever may write resumes what has ended here
    for (const RunId& id : fresh)
        Q_EMIT runAdded(id);
}

void RunSupervisor::follow(const RunRecord& record) {
    const RunFolder folder = folderOf(record);
    auto run = std::make_unique<Followed>(Followed{{}, folder, EventTail(folder.events())});
    run->view.record = record;
    if (auto spec = folder.readSpec())
        run->view.spec = std::move(*spec);
    Followed& followed = *run;
    m_followed[record.id] = std::move(run);
    read(followed, false);
    if (isAlive(followed.view.state))
        m_timer.start();
}

void RunSupervisor::read(Followed& run, bool tell) {
    const RunState before = run.view.state;
    const bool news = readNews(run.view, run.folder, run.tail, m_session.store().clock());
    if (run.view.state == RunState::Done || run.view.state == RunState::Stopped)
        (void)registerAdapter(m_session, run.view.record, run.view.spec); // what isn't written now is written at the next opening
    const RunId id = run.view.record.id;
    const bool ended = isAlive(before) && !isAlive(run.view.state);
    if (tell && (news || before != run.view.state))
        Q_EMIT runUpdated(id);
    if (tell && ended)
        Q_EMIT runEnded(id);
}

// A run that has ended stays ended while this window alone may resume it. Otherwise it is looked at now and then.
bool RunSupervisor::isDue(const Followed& run) const {
    if (isAlive(run.view.state))
        return true;
    const bool isTurn = m_session.viewOnly() && m_polls % kPollsBetweenLooks == 0;
    return isTurn && run.folder.state(m_session.store().clock()) != run.view.state;
}

void RunSupervisor::poll() {
    ++m_polls;
    std::vector<RunId> due;
    for (const auto& [id, run] : m_followed)
        if (isDue(*run))
            due.push_back(id);
    if (due.empty() && !m_session.viewOnly())
        m_timer.stop();
    for (const RunId& id : due)
        read(*m_followed.at(id), true);
}

} // namespace cw
