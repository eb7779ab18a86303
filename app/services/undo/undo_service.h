// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Undo and redo of what a person decides. GUI thread.
//
// One stack a contract and reading (the one that this person works in), one for the votes on preference pairs and one for the steps of
// reviews, in one group; each is this person's alone. A decision is written first and put on its stack then, so a stack holds only what
// is in the store. The step is written in the decision's own
// transaction: a later window goes on where this one ended. Undo and redo write as well: with the audit's action "undo", or the
// decision's own.
#pragma once

#include "app/services/store_session.h"
#include "app/services/undo/review_change.h"

#include <QUndoGroup>
#include <QUndoStack>

#include <functional>
#include <map>
#include <memory>
#include <utility>
#include <vector>

namespace cw {

class UndoService : public QObject {
    Q_OBJECT

public:
    explicit UndoService(StoreSession& session, QObject* parent = nullptr);
    ~UndoService() override;

    // `text` names the decision in the menu: "Governing law: absent". A failure leaves store and stack as they were; it
    // is returned, and told by `failed` too.
    Status setCell(const ContractId& contract, Cell after, const QString& text);
    Status setCells(const ContractId& contract, const std::vector<Cell>& after, const QString& text); // one step of undo
    Status vote(const PairId& pair, Verdict verdict, const std::vector<std::string>& reasons, const QString& text);

    Status review(ReviewChange change, const QString& text);

    // Whose undo and redo actions work on the active stack.
    QUndoGroup& group() { return m_group; }
    void activate(const ContractId& contract);
    void activateVotes();
    void activateReviews();
    bool canUndoVote() const;
    bool canUndoReview() const;
    bool canRedoReview() const;

    // After the store changed under it: another person, a taxonomy's new version.
    void reload();

Q_SIGNALS:
    void votesUndoable(bool can); // whether a vote can be taken back has changed
    // A decision, an undo or a redo could not be written; the stack is where it was.
    void failed(const cw::Error& error);

private:
    struct Stack;
    class Command;
    class CellsCommand;
    class VoteCommand;
    class ReviewCommand;

    Stack& stackOf(const ContractId& contract, Reading reading);
    std::unique_ptr<Stack> newStack();
    void fill(Stack& stack, const std::string& subject, const std::function<Command*(const UndoStep&)>& command);
    Status tell(const Error& error);

    StoreSession& m_session;
    QUndoGroup m_group;
    std::map<std::pair<ContractId, Reading>, std::unique_ptr<Stack>> m_stacks;
    std::unique_ptr<Stack> m_votes;
    std::unique_ptr<Stack> m_reviews;
    enum class Active { Votes, Reviews, Contract };
    Active m_kind = Active::Votes; // which stack is active
    ContractId m_active;           // ... and of which contract
};

} // namespace cw
