// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The commands on the stacks of UndoService: ids and values, written through the session. GUI thread. A command is a row of the store's
// undo steps too, so that a later window finds it again.
#pragma once

#include "app/services/undo/undo_service.h"

#include <QUndoCommand>

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace cw {

// A stack with what its commands need to go back when a write fails.
struct UndoService::Stack {
    std::optional<Error> failure; // of the step that the stack is just taking
    std::function<void(const Error&)> tell;
    bool steppingBack = false;    // the stack moves, the store stays
    QUndoStack commands;          // last: it still speaks when it goes
};

// A step that is in the store already when it is pushed.
class UndoService::Command : public QUndoCommand {
public:
    Command(Stack& stack, StoreSession& session, std::int64_t step, const QString& text)
        : QUndoCommand(text), m_session(session), m_stack(stack), m_step(step) {}
    void undo() final;
    void redo() final;

protected:
    // Each also writes setUndone(...) in its transaction.
    virtual Status writeBefore() = 0;
    virtual Status writeAfter() = 0;
    StoreSession::Also setUndone(bool undone);
    StoreSession& m_session;

private:
    void note(const Status& status);
    Stack& m_stack;
    std::int64_t m_step;
    bool m_pushed = false;
};

// Sets one cell or several of a contract.
class UndoService::CellsCommand final : public Command {
public:
    struct Where {
        ContractId contract;
        Reading reading = Reading::Record;
    };
    // The cells as they were stored before and after.
    CellsCommand(Stack& stack, StoreSession& session, std::int64_t step, const Where& where, std::vector<Cell> before,
                 std::vector<Cell> after, const QString& text);

    // The audit's word for a decision on these cells: the state that all of them get, or "bulk".
    static std::string actionOf(const std::vector<Cell>& cells);
    static Result<std::vector<Cell>> read(StoreSession& session, const Where& where, const std::vector<Cell>& like);

protected:
    Status writeBefore() override;
    Status writeAfter() override;

private:
    Status checkStill(const std::vector<Cell>& expected);
    Where m_where;
    std::vector<Cell> m_before, m_after;
};

// Votes on a preference pair.
class UndoService::VoteCommand final : public Command {
public:
    struct Vote {
        Verdict verdict = Verdict::None;
        std::vector<std::string> reasons;
        friend bool operator==(const Vote&, const Vote&) = default;
    };
    VoteCommand(Stack& stack, StoreSession& session, std::int64_t step, const PairId& pair, Vote before, Vote after, const QString& text);

    // One side of a step as the store keeps it.
    static std::string toJson(const PairId& pair, const Vote& vote);
    static std::pair<PairId, Vote> fromJson(std::string_view json);

protected:
    Status writeBefore() override;
    Status writeAfter() override;

private:
    Status write(const Vote& expected, const Vote& wanted, std::string_view action, bool undone);
    PairId m_pair;
    Vote m_before, m_after;
};

// A step of a review, whatever it touched.
class UndoService::ReviewCommand final : public Command {
public:
    ReviewCommand(Stack& stack, StoreSession& session, std::int64_t step, ReviewChange change, const QString& text)
        : Command(stack, session, step, text), m_change(std::move(change)) {}

protected:
    Status writeBefore() override { return writeReview(m_session, m_change, ReviewDirection::Undo, setUndone(true)); }
    Status writeAfter() override { return writeReview(m_session, m_change, ReviewDirection::Redo, setUndone(false)); }

private:
    ReviewChange m_change;
};

} // namespace cw
