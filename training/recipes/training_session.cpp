// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "training/recipes/training_session.h"

#include "training/recipes/training_run.h"

#include <algorithm>

namespace cw {

TrainingSession::TrainingSession(const Run& run, const LoadedModel& loaded, const Adapter& adapter,
                                 const TrainingRows& rows, Validation* validation,
                                 const StepSettings& passes)
    : m_run(run), m_loaded(loaded), m_adapter(adapter), m_rows(rows), m_validation(validation),
      m_settings(loopSettings(run.spec, static_cast<std::int64_t>(rows.names.size()))),
      m_loop(m_settings, adapter, run.clock, run.exchange),
      m_events(run, loaded, m_settings, rows, adapter), m_checkpoints(run.checkpoints()),
      m_circumstances(circumstancesOf(run, loaded.compute, passes)) {
    state().scores = ScoreHistory(run.spec.score);
}

Result<Trained> TrainingSession::perform(const StepFunction& step) {
    CW_TRY(begin());
    CW_TRY(checkSameStep());
    CW_TRY_ASSIGN(validated, validateIfDue());
    CW_TRY_ASSIGN(first, m_loop.agreeOn(validated));
    if (first != AfterStep::Continue)
        return finish(first);
    LoopCalls calls{step, [this](const StepReport& report) { return afterStep(report); }};
    calls.names = [this](const std::vector<size_t>& rows) { return namesOf(m_rows.names, rows); };
    CW_TRY_ASSIGN(how, m_loop.run(calls));
    return finish(how);
}

// At the newest checkpoint that is whole, or at the beginning.
Status TrainingSession::begin() {
    CW_TRY_ASSIGN(identity, identityOf(m_run, m_settings.rows, m_loaded.origin));
    m_identity = std::move(identity);
    CW_TRY(m_events.start());
    if (m_run.isLeader())
        m_checkpoints.removeUnfinished();
    CW_TRY_ASSIGN(newest, m_checkpoints.newest());
    for (const std::string& sentence : newest.damaged)
        CW_TRY(m_run.note(sentence));
    if (!newest.state)
        return {};
    CW_TRY(checkIdentity(m_identity, newest.state->identity, "its last checkpoint"));
    if (const std::string text = differenceText(m_circumstances, newest.state->circumstances); !text.empty())
        CW_TRY(m_run.note(text));
    state() = newest.state->training;
    CW_TRY(m_checkpoints.restore(state().step, namedParameters(m_adapter), m_loop.optimizer()));
    return m_events.resume(state().step);
}

// Every process reads the checkpoints by itself: they must have found the same one.
Status TrainingSession::checkSameStep() {
    if (!m_run.exchange)
        return {};
    CW_TRY_ASSIGN(shared, m_run.exchange->share({static_cast<double>(state().step)}));
    if (shared.front() == static_cast<double>(state().step))
        return {};
    return Error{ErrorCode::Failed, "The processes of the run don't see the same checkpoint.",
                 "Put the run folder where all of them can read it."};
}

Result<AfterStep> TrainingSession::afterStep(const StepReport& report) {
    if (!m_run.isLeader())
        return AfterStep::Continue; // the first process says what comes next
    CW_TRY(m_events.step(report));
    CW_TRY_ASSIGN(next, validateIfDue());
    if (next == AfterStep::Continue && stopsHere())
        next = AfterStep::Stop;
    CW_TRY(checkpointIfDue(next == AfterStep::Stop));
    return next;
}

bool TrainingSession::isDue(std::int64_t every) const {
    const std::int64_t step = m_loop.state().step;
    return step > 0 && step % everyOrTenTimes(every, m_settings.steps) == 0;
}

// Due after the last step as well, and before the first one if training goes on from an adapter: what it could do is what
// the end is compared with. Where a person's wish to stop comes first, training stops here, and goes on with the validation.
Result<AfterStep> TrainingSession::validateIfDue() {
    const bool isWarmStart = state().step == 0 && m_loaded.adapter.has_value();
    const bool isEnd = state().step == m_settings.steps;
    const bool isMissing = m_validation && m_run.isLeader() && !state().scores.has(state().step);
    if (isMissing && (isWarmStart || isEnd || isDue(m_run.spec.validateEvery))) {
        CW_TRY_ASSIGN(done, validate());
        if (!done)
            return AfterStep::Stop;
    }
    if (!isOutOfPatience() || isEnd)
        return AfterStep::Continue;
    CW_TRY(noteEarlyEnd());
    return AfterStep::Finish;
}

// False if it was stopped before it had its scores.
Result<bool> TrainingSession::validate() {
    CW_TRY_ASSIGN(scores, m_validation->measure(m_adapter, state().step, [this] { return stopsHere(); }));
    if (!scores)
        return false;
    const bool isBest = state().scores.add(*scores);
    if (isBest && m_run.spec.keep == "best")
        CW_TRY(m_checkpoints.writeBest(state().step, adapterWriter()));
    CW_TRY(m_events.validation(*scores, isBest));
    return true;
}

bool TrainingSession::isOutOfPatience() const {
    const ScoreHistory& scores = m_loop.state().scores;
    return m_run.spec.patience > 0 && scores.withoutGain() >= m_run.spec.patience;
}

Status TrainingSession::noteEarlyEnd() {
    const ValidationScores* best = state().scores.best();
    return m_run.note("Training ends early, after step " + std::to_string(state().step) + ": " +
                      std::to_string(state().scores.withoutGain()) + " validations in a row were no better by " +
                      m_run.spec.score +
                      (best ? " than that of step " + std::to_string(best->step) + "." : " than nothing."));
}

Status TrainingSession::checkpointIfDue(bool isStopping) {
    if (!isStopping && !isDue(m_run.spec.checkpointEvery))
        return {};
    const CheckpointState now{state(), m_identity, m_circumstances};
    CW_TRY(m_checkpoints.write(now, adapterWriter(), namedParameters(m_adapter), m_loop.optimizer()));
    return m_events.checkpoint(state().step, m_checkpoints.step(state().step));
}

AdapterWriter TrainingSession::adapterWriter() const {
    return [this](const std::filesystem::path& folder) { return saveAdapter(m_run, m_loaded, m_adapter, folder); };
}

Result<Trained> TrainingSession::finish(AfterStep how) {
    Trained trained{how == AfterStep::Stop ? RunOutcome::Stopped : RunOutcome::Done, state(), state().step};
    if (!m_run.isLeader())
        return trained;
    if (m_run.spec.keep == "best") {
        CW_TRY_ASSIGN(step, keepBest());
        trained.keptStep = step;
    }
    CW_TRY(saveAdapter(m_run, m_loaded, m_adapter, m_run.adapterFolder()));
    CW_TRY(m_events.checkpoint(trained.keptStep, m_run.adapterFolder()));
    return trained;
}

// Puts the best adapter's tensors into the trained ones, where there is one, and gives the step of what they hold then.
Result<std::int64_t> TrainingSession::keepBest() {
    const ValidationScores* best = state().scores.best();
    if (!best) {
        CW_TRY(m_run.note("There is no validation to tell the best adapter by, so the last one is kept."));
        return state().step;
    }
    if (best->step == state().step)
        return best->step;
    const Status restored = m_checkpoints.restoreBest(best->step, namedParameters(m_adapter));
    if (restored)
        return best->step;
    CW_TRY(m_run.note("The best adapter, that of step " + std::to_string(best->step) +
                      ", can't be read, so the last one is kept. " + restored.error().detail));
    return state().step;
}

} // namespace cw
