// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "app/services/undo/undo_service.h"

#include "app/services/result_qt.h"
#include "app/services/undo/undo_commands.h"
#include "core/store/record_json.h"

namespace cw {

namespace {

constexpr const char* kVotes = "votes";
constexpr const char* kReviews = "reviews";

std::string subjectOf(const ContractId& contract, Reading reading) { return std::to_string(static_cast<int>(reading)) + "/" + contract.value; }

} // namespace

UndoService::UndoService(StoreSession& session, QObject* parent) : QObject(parent), m_session(session) {
    reload();
    // Nobody takes back what another person decided.
    connect(&session, &StoreSession::personChanged, this, &UndoService::reload);
}

UndoService::~UndoService() = default;

void UndoService::reload() {
    const bool wasActive = m_group.activeStack() != nullptr;
    m_group.setActiveStack(nullptr);
    m_stacks.clear();
    m_votes = newStack();
    fill(*m_votes, kVotes, [this](const UndoStep& step) -> Command* {
        const auto [pair, before] = VoteCommand::fromJson(step.before);
        return new VoteCommand(*m_votes, m_session, step.step, pair, before, VoteCommand::fromJson(step.after).second, toQString(step.label));
    });
    m_reviews = newStack();
    fill(*m_reviews, kReviews, [this](const UndoStep& step) -> Command* {
        return new ReviewCommand(*m_reviews, m_session, step.step, reviewChangeFromJson(step.after), toQString(step.label));
    });
    connect(&m_votes->commands, &QUndoStack::canUndoChanged, this, &UndoService::votesUndoable);
    Q_EMIT votesUndoable(canUndoVote());
    if (!wasActive)
        return;
    switch (m_kind) {
    case Active::Votes:
        return activateVotes();
    case Active::Reviews:
        return activateReviews();
    case Active::Contract:
        return activate(m_active);
    }
}

Status UndoService::setCell(const ContractId& contract, Cell after, const QString& text) {
    return setCells(contract, {std::move(after)}, text);
}

Status UndoService::setCells(const ContractId& contract, const std::vector<Cell>& wishes, const QString& text) {
    if (wishes.empty())
        return {};
    const Reading reading = m_session.readingOf(contract);
    const CellsCommand::Where where{contract, reading};
    Stack& stack = stackOf(contract, reading);
    std::vector<Cell> before, after; // after: with the quotes and the annotator that the store gave them
    std::int64_t step = 0;
    const auto remember = [&]() -> Status {
        CW_TRY_ASSIGN(stored, CellsCommand::read(m_session, where, wishes));
        after = std::move(stored);
        CW_TRY_ASSIGN(number, m_session.store().undoSteps().push(subjectOf(contract, reading),
                                                                 {0, toStdString(text), cellsToJson(before), cellsToJson(after)}));
        step = number;
        return {};
    };
    auto then = CellsCommand::read(m_session, where, wishes);
    if (!then)
        return tell(then.error());
    before = std::move(*then);
    if (const Status written = m_session.setCells(contract, wishes, CellsCommand::actionOf(wishes), reading, remember); !written)
        return tell(written.error());
    stack.commands.push(new CellsCommand(stack, m_session, step, where, std::move(before), std::move(after), text));
    return {};
}

Status UndoService::vote(const PairId& pair, Verdict verdict, const std::vector<std::string>& reasons, const QString& text) {
    const auto then = m_session.store().preferences().get(pair);
    if (!then)
        return tell(then.error());
    const VoteCommand::Vote before{then->verdict, then->reasons}, after{verdict, reasons};
    std::int64_t step = 0;
    const auto remember = [&]() -> Status {
        CW_TRY_ASSIGN(number, m_session.store().undoSteps().push(kVotes, {0, toStdString(text), VoteCommand::toJson(pair, before),
                                                                          VoteCommand::toJson(pair, after)}));
        step = number;
        return {};
    };
    if (const Status written = m_session.vote(pair, verdict, reasons, "vote", remember); !written)
        return tell(written.error());
    m_votes->commands.push(new VoteCommand(*m_votes, m_session, step, pair, before, after, text));
    return {};
}

Status UndoService::review(ReviewChange change, const QString& text) {
    std::int64_t step = 0;
    const auto remember = [&]() -> Status {
        CW_TRY_ASSIGN(number, m_session.store().undoSteps().push(kReviews, {0, toStdString(text), "{}", toJson(change)}));
        step = number;
        return {};
    };
    if (const Status written = writeReview(m_session, change, ReviewDirection::First, remember); !written)
        return tell(written.error());
    m_reviews->commands.push(new ReviewCommand(*m_reviews, m_session, step, std::move(change), text));
    return {};
}

void UndoService::activate(const ContractId& contract) {
    m_kind = Active::Contract;
    m_active = contract;
    m_group.setActiveStack(&stackOf(contract, m_session.readingOf(contract)).commands);
}

void UndoService::activateReviews() {
    m_kind = Active::Reviews;
    m_group.setActiveStack(&m_reviews->commands);
}

bool UndoService::canUndoReview() const { return m_reviews->commands.canUndo(); }

bool UndoService::canRedoReview() const { return m_reviews->commands.canRedo(); }

void UndoService::activateVotes() {
    m_kind = Active::Votes;
    m_group.setActiveStack(&m_votes->commands);
}

bool UndoService::canUndoVote() const {
    return m_votes->commands.canUndo();
}

UndoService::Stack& UndoService::stackOf(const ContractId& contract, Reading reading) {
    auto& stack = m_stacks[{contract, reading}];
    if (stack)
        return *stack;
    stack = newStack();
    fill(*stack, subjectOf(contract, reading), [&, this](const UndoStep& step) -> Command* {
        return new CellsCommand(*stack, m_session, step.step, {contract, reading}, cellsFromJson(step.before), cellsFromJson(step.after),
                                toQString(step.label));
    });
    return *stack;
}

// What earlier windows left: their steps are in the store already, so that pushing them writes nothing.
void UndoService::fill(Stack& stack, const std::string& subject, const std::function<Command*(const UndoStep&)>& command) {
    const auto steps = m_session.store().undoSteps().steps(subject);
    if (!steps) {
        tell(steps.error()).ok();
        return;
    }
    int done = 0;
    for (const UndoStep& step : *steps) {
        stack.commands.push(command(step));
        done += step.undone ? 0 : 1;
    }
    stack.steppingBack = true;
    stack.commands.setIndex(done);
    stack.steppingBack = false;
}

std::unique_ptr<UndoService::Stack> UndoService::newStack() {
    auto stack = std::make_unique<Stack>();
    stack->tell = [this](const Error& error) { tell(error).ok(); };
    m_group.addStack(&stack->commands);
    // QUndoStack moves on whatever a command does, so a step whose write failed is taken back here.
    connect(&stack->commands, &QUndoStack::indexChanged, this, [this, at = stack.get(), last = 0](int index) mutable {
        if (!at->failure) {
            last = index;
            return;
        }
        const Error error = *at->failure;
        at->failure.reset();
        at->steppingBack = true;
        at->commands.setIndex(last);
        at->steppingBack = false;
        tell(error).ok();
    });
    return stack;
}

Status UndoService::tell(const Error& error) {
    Q_EMIT failed(error);
    return error;
}

} // namespace cw
