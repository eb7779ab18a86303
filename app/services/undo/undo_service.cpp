// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "app/services/undo/undo_service.h"

#include "app/services/undo/undo_commands.h"

namespace cw {

UndoService::UndoService(StoreSession& session, QObject* parent) : QObject(parent), m_session(session) {
    changePerson();
    connect(&session, &StoreSession::personChanged, this, [this] {
        const bool isActive = m_group.activeStack() != nullptr;
        changePerson();
        if (isActive)
            m_active ? activate(*m_active) : activateVotes();
    });
}

UndoService::~UndoService() = default;

Status UndoService::setCell(const ContractId& contract, Cell after, const QString& text) {
    return setCells(contract, {std::move(after)}, text);
}

Status UndoService::setCells(const ContractId& contract, const std::vector<Cell>& after, const QString& text) {
    if (after.empty())
        return {};
    const Reading reading = m_session.readingOf(contract);
    auto before = CellsCommand::read(m_session, contract, reading, after);
    if (!before)
        return tell(before.error());
    if (const Status written = m_session.setCells(contract, after, CellsCommand::actionOf(after), reading); !written)
        return tell(written.error());
    auto stored =
        CellsCommand::read(m_session, contract, reading, after); // with the quotes and the annotator that the store gave them
    if (!stored)
        return tell(stored.error());
    Stack& stack = stackOf(contract);
    stack.commands.push(
        new CellsCommand(stack, m_session, contract, reading, std::move(*before), std::move(*stored), text));
    return {};
}

Status UndoService::vote(const PairId& pair, Verdict verdict, const std::vector<std::string>& reasons,
                         const QString& text) {
    const auto before = m_session.store().preferences().get(pair);
    if (!before)
        return tell(before.error());
    if (const Status written = m_session.vote(pair, verdict, reasons); !written)
        return tell(written.error());
    PreferencePair after = *before;
    after.verdict = verdict;
    after.reasons = reasons;
    Stack& stack = votesStack();
    stack.commands.push(new VoteCommand(stack, m_session, *before, after, text));
    return {};
}

void UndoService::activate(const ContractId& contract) {
    m_active = contract;
    m_group.setActiveStack(&stackOf(contract).commands);
}

void UndoService::activateVotes() {
    m_active.reset();
    m_group.setActiveStack(&votesStack().commands);
}

bool UndoService::canUndoVote() const {
    return votesStack().commands.canUndo();
}

UndoService::Stack& UndoService::stackOf(const ContractId& contract) {
    auto& stack = m_stacks[{m_person, contract}];
    if (!stack)
        stack = newStack();
    return *stack;
}

UndoService::Stack& UndoService::votesStack() const {
    return *m_votes.at(m_person);
}

// Nobody takes back what another person decided.
void UndoService::changePerson() {
    m_person = m_session.store().identity().person;
    auto& votes = m_votes[m_person];
    if (!votes) {
        votes = newStack();
        connect(&votes->commands, &QUndoStack::canUndoChanged, this, [this, of = m_person](bool can) {
            if (of == m_person)
                Q_EMIT votesUndoable(can);
        });
    }
    Q_EMIT votesUndoable(canUndoVote());
}

std::unique_ptr<UndoService::Stack> UndoService::newStack() {
    auto stack = std::make_unique<Stack>();
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
