// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The commands on the stacks of UndoService: ids and values, written through the session. GUI thread.
#pragma once

#include "app/services/undo/undo_service.h"

#include <QUndoCommand>

#include <optional>
#include <string>

namespace cw {

// A stack with what its commands need to go back when a write fails.
struct UndoService::Stack {
    std::optional<Error> failure; // of the step that the stack is just taking
    bool steppingBack = false;    // the stack moves, the store stays
    QUndoStack commands;          // last: it still speaks when it goes
};

// A step that is in the store already when it is pushed.
class UndoService::Command : public QUndoCommand {
public:
    Command(Stack& stack, const QString& text) : QUndoCommand(text), m_stack(stack) {}
    void undo() final;
    void redo() final;

protected:
    virtual Status writeBefore() = 0;
    virtual Status writeAfter() = 0;

private:
    void note(const Status& status);
    Stack& m_stack;
    bool m_pushed = false;
};

// Sets one cell or several of a contract.
class UndoService::CellsCommand final : public Command {
public:
    // The cells as they were stored before and after.
    CellsCommand(Stack& stack, StoreSession& session, const ContractId& contract, Reading reading, std::vector<Cell> before,
                 std::vector<Cell> after, const QString& text);

    // The audit's word for a decision on these cells: the state that all of them get, or "bulk".
    static std::string actionOf(const std::vector<Cell>& cells);
    static Result<std::vector<Cell>> read(StoreSession& session, const ContractId& contract, Reading reading,
                                          const std::vector<Cell>& like);

protected:
    Status writeBefore() override;
    Status writeAfter() override;

private:
    Status checkStill(const std::vector<Cell>& expected);
    StoreSession& m_session;
    ContractId m_contract;
    Reading m_reading;
    std::vector<Cell> m_before, m_after;
};

// Votes on a preference pair.
class UndoService::VoteCommand final : public Command {
public:
    VoteCommand(Stack& stack, StoreSession& session, const PreferencePair& before, const PreferencePair& after,
                const QString& text);

protected:
    Status writeBefore() override;
    Status writeAfter() override;

private:
    struct Vote {
        Verdict verdict = Verdict::None;
        std::vector<std::string> reasons;
        friend bool operator==(const Vote&, const Vote&) = default;
    };
    Status write(const Vote& expected, const Vote& wanted, std::string_view action);
    StoreSession& m_session;
    PairId m_pair;
    Vote m_before, m_after;
};

} // namespace cw
