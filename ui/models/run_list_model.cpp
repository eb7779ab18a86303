// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/models/run_list_model.h"

#include "app/services/result_qt.h"
#include "app/services/run_numbers.h"

#include <QLocale>

#include <algorithm>

namespace cw {

QString runTitle(const RunView& run) {
    if (!run.record.name.empty())
        return toQString(run.record.name);
    const QString id = toQString(run.record.id.value);
    return toQString(run.record.kind) + QLatin1Char(' ') + id.right(6);
}

QString runStateWord(RunState state) {
    switch (state) {
    case RunState::Waiting:
        return RunListModel::tr("waiting");
    case RunState::Running:
        return RunListModel::tr("running");
    case RunState::Done:
        return RunListModel::tr("done");
    case RunState::Failed:
        return RunListModel::tr("failed");
    case RunState::Stopped:
        return RunListModel::tr("stopped");
    case RunState::Lost:
        return RunListModel::tr("lost");
    }
    return {};
}

namespace {

double stepProgress(const RunView& run) {
    const RunEvent* step = run.last("step");
    return step && step->number("steps") > 0 ? run.history.step() / step->number("steps") : 0;
}

double trialsOf(const RunSpec& spec) {
    const auto ranks = numberList(spec.sweepRanks, 1, 1024), rates = numberList(spec.sweepRates, 1e-9, 1);
    return ranks && rates ? static_cast<double>(ranks->size() * rates->size()) : 0;
}

// Trials that are done, and the share of the one that is at work.
double sweepProgress(const RunView& run) {
    const RunEvent* trial = run.last("trial");
    const double trials = trial ? trial->number("trials") : trialsOf(run.spec);
    if (trials <= 0)
        return -1;
    const double done = trial ? trial->number("trial") : 0;
    const bool between = stepProgress(run) >= 1; // the steps are those of the trial that ended
    return std::min(1.0, (done + (between ? 0 : stepProgress(run))) / trials);
}

QString stepWords(const RunView& run, const RunEvent& step) {
    const QLocale locale;
    QString words = RunListModel::tr("%1 of %2 steps, loss %3")
                        .arg(locale.toString(run.history.step(), 'f', 0), locale.toString(step.number("steps"), 'f', 0), shortNumber(step.number("loss")));
    if (run.state == RunState::Running && step.number("eta_s") > 0)
        words += RunListModel::tr(", %1 left").arg(durationWord(step.number("eta_s")));
    return words;
}

} // namespace

double runProgress(const RunView& run) {
    if (run.spec.kind == RunKind::Sweep)
        return sweepProgress(run);
    if (const RunEvent* step = run.last("step"); step && step->number("steps") > 0)
        return stepProgress(run);
    if (const RunEvent* progress = run.last("progress"); progress && progress->number("total") > 0)
        return progress->number("done") / progress->number("total");
    return -1;
}

QString runScoreName(const std::string& score) {
    if (score == "valid_json")
        return RunListModel::tr("valid JSON");
    if (score == "cell_accuracy")
        return RunListModel::tr("cells right");
    return score == "f1" ? RunListModel::tr("F1") : RunListModel::tr("loss");
}

QString runDetail(const RunView& run) {
    const QLocale locale;
    if (run.state == RunState::Failed)
        return run.failure();
    if (run.state == RunState::Lost)
        return run.canResume() ? RunListModel::tr("its worker ended without a word; resume it")
                               : RunListModel::tr("its worker ended without a word; start it again");
    if (const RunEvent* trial = run.last("trial"); trial && run.spec.kind == RunKind::Sweep)
        return RunListModel::tr("%1 of %2 trials").arg(locale.toString(trial->number("trial"), 'f', 0), locale.toString(trial->number("trials"), 'f', 0));
    if (const RunEvent* step = run.last("step"))
        return stepWords(run, *step);
    if (const RunEvent* progress = run.last("progress"))
        return RunListModel::tr("%1 of %2 windows")
            .arg(locale.toString(progress->number("done"), 'f', 0), locale.toString(progress->number("total"), 'f', 0));
    return toQString(run.record.startedAt).left(16).replace(QLatin1Char('T'), QLatin1Char(' '));
}

void RunListModel::setSupervisor(RunSupervisor* supervisor) {
    if (m_supervisor)
        m_supervisor->disconnect(this);
    m_supervisor = supervisor;
    if (supervisor) {
        connect(supervisor, &RunSupervisor::runAdded, this, &RunListModel::reset);
        const auto changed = [this](const RunId& run) {
            if (const QModelIndex at = indexOf(run); at.isValid())
                Q_EMIT dataChanged(at, at);
        };
        connect(supervisor, &RunSupervisor::runUpdated, this, changed);
        connect(supervisor, &RunSupervisor::runEnded, this, changed);
    }
    reset();
}

void RunListModel::reset() {
    beginResetModel();
    m_ids = m_supervisor ? m_supervisor->runs() : std::vector<RunId>();
    endResetModel();
}

RunId RunListModel::id(const QModelIndex& index) const { return index.isValid() ? m_ids[static_cast<size_t>(index.row())] : RunId(); }

QModelIndex RunListModel::indexOf(const RunId& id) const {
    const auto at = std::find(m_ids.begin(), m_ids.end(), id);
    return at == m_ids.end() ? QModelIndex() : index(static_cast<int>(at - m_ids.begin()));
}

int RunListModel::rowCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : static_cast<int>(m_ids.size()); }

QVariant RunListModel::data(const QModelIndex& index, int role) const {
    const RunView* run = m_supervisor ? m_supervisor->view(id(index)) : nullptr;
    if (!run)
        return {};
    switch (role) {
    case Qt::DisplayRole:
        return runTitle(*run);
    case Qt::AccessibleTextRole:
        return tr("%1, %2, %3").arg(runTitle(*run), runStateWord(run->state), runDetail(*run));
    case Qt::ToolTipRole:
    case DetailRole:
        return runDetail(*run);
    case StateRole:
        return static_cast<int>(run->state);
    case ProgressRole:
        return runProgress(*run);
    default:
        return {};
    }
}

} // namespace cw
