// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "app/services/undo/undo_service.h"

#include "app/services/undo/undo_commands.h"

namespace cw {

UndoService::UndoService(StoreSession& session, QObject* parent)
    : QObject(parent), m_session(session), m_votes(newStack()) {
    connect(&m_votes->commands, &QUndoStack::canUndoChanged, this, &UndoService::votesUndoable);
}

UndoService::~UndoService() = default;

Status UndoService::setCell(const ContractId& contract, Cell after, const QString& text) {
    return setCells(contract, {std::move(after)}, text);
}

Status UndoService::setCells(const ContractId& contract, const std::vector<Cell>& after, const QString& text) {
    if (after.empty())
        return {};
    auto before = CellsCommand::read(m_session, contract, after);
    if (!before)
        return tell(before.error());
    if (const Status written = m_session.setCells(contract, after, CellsCommand::actionOf(after)); !written)
        return tell(written.error());
    auto stored =
        CellsCommand::read(m_session, contract, after); // with the quotes and the annotator that the store gave them
    if (!stored)
        return tell(stored.error());
    Stack& stack = stackOf(contract);
    stack.commands.push(new CellsCommand(stack, m_session, contract, std::move(*before), std::move(*stored), text));
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
    m_votes->commands.push(new VoteCommand(*m_votes, m_session, *before, after, text));
    return {};
}

void UndoService::activate(const ContractId& contract) {
    m_group.setActiveStack(&stackOf(contract).commands);
}

void UndoService::activateVotes() {
    m_group.setActiveStack(&m_votes->commands);
}

bool UndoService::canUndoVote() const {
    return m_votes->commands.canUndo();
}

UndoService::Stack& UndoService::stackOf(const ContractId& contract) {
    auto& stack = m_stacks[contract];
    if (!stack)
        stack = newStack();
    return *stack;
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
