// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Undo and redo of what a person decides. GUI thread.
//
// Each person has one stack a contract, and one for the votes on preference pairs, in one group. A decision is written first and put on
// its stack then, so a stack holds only what is in the store. Undo and redo write as well: with the audit's action
// "undo", or the decision's own.
#pragma once

#include "app/services/store_session.h"

#include <QUndoGroup>
#include <QUndoStack>

#include <map>
#include <memory>
#include <optional>
#include <string>
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
    Status setCells(const ContractId& contract, const std::vector<Cell>& after,
                    const QString& text); // one step of undo
    Status vote(const PairId& pair, Verdict verdict, const std::vector<std::string>& reasons, const QString& text);

    // Whose undo and redo actions work on the active stack.
    QUndoGroup& group() { return m_group; }
    void activate(const ContractId& contract);
    void activateVotes();
    bool canUndoVote() const;

Q_SIGNALS:
    void votesUndoable(bool can); // whether a vote of this sitting can be taken back has changed
    // A decision, an undo or a redo could not be written; the stack is where it was.
    void failed(const cw::Error& error);

private:
    struct Stack;
    class Command;
    class CellsCommand;
    class VoteCommand;

    Stack& stackOf(const ContractId& contract);
    Stack& votesStack() const;
    void changePerson();
    std::unique_ptr<Stack> newStack();
    Status tell(const Error& error);

    StoreSession& m_session;
    QUndoGroup m_group;
    std::string m_person;               // before the stacks, which still speak when they go
    std::optional<ContractId> m_active; // nothing: the votes
    std::map<std::pair<std::string, ContractId>, std::unique_ptr<Stack>> m_stacks; // by person and contract
    std::map<std::string, std::unique_ptr<Stack>> m_votes;                         // by person
};

} // namespace cw
