// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "app/services/undo/undo_commands.h"

#include <algorithm>

namespace cw {

namespace {

Error changedSince(const std::string& what, const std::string& who) {
    return {ErrorCode::BadUsage,
            what + " was changed since" + (who.empty() ? "" : " by " + who) + ", so this step can't be taken.",
            "Look at it and decide again."};
}

std::string_view actionOf(CellState state) {
    switch (state) {
    case CellState::Present:
        return "present";
    case CellState::Absent:
        return "absent";
    case CellState::NotReviewed:
        break;
    }
    return "unreviewed";
}

} // namespace

void UndoService::Command::undo() {
    if (!m_stack.steppingBack)
        note(writeBefore());
}

void UndoService::Command::redo() {
    if (m_pushed && !m_stack.steppingBack)
        note(writeAfter());
    m_pushed = true;
}

void UndoService::Command::note(const Status& status) {
    if (!status)
        m_stack.failure = status.error();
}

UndoService::CellsCommand::CellsCommand(Stack& stack, StoreSession& session, const ContractId& contract, Reading reading,
                                        std::vector<Cell> before, std::vector<Cell> after, const QString& text)
    : Command(stack, text), m_session(session), m_contract(contract), m_reading(reading), m_before(std::move(before)),
      m_after(std::move(after)) {}

std::string UndoService::CellsCommand::actionOf(const std::vector<Cell>& cells) {
    const bool uniform =
        std::all_of(cells.begin(), cells.end(), [&](const Cell& cell) { return cell.state == cells.front().state; });
    return cells.empty() || !uniform ? "bulk" : std::string(cw::actionOf(cells.front().state));
}

Result<std::vector<Cell>> UndoService::CellsCommand::read(StoreSession& session, const ContractId& contract,
                                                          Reading reading, const std::vector<Cell>& like) {
    std::vector<Cell> cells;
    for (const Cell& wanted : like) {
        CW_TRY_ASSIGN(cell, session.store().annotations().cell(contract, wanted.clause, reading));
        cells.push_back(std::move(cell));
    }
    return cells;
}

Status UndoService::CellsCommand::checkStill(const std::vector<Cell>& expected) {
    CW_TRY_ASSIGN(now, read(m_session, m_contract, m_reading, expected));
    for (size_t i = 0; i < now.size(); ++i)
        if (now[i] != expected[i])
            return changedSince("Clause " + now[i].clause + " of " + m_contract.value, now[i].annotator);
    return {};
}

Status UndoService::CellsCommand::writeBefore() {
    CW_TRY(checkStill(m_after));
    return m_session.setCells(m_contract, m_before, "undo", m_reading);
}

Status UndoService::CellsCommand::writeAfter() {
    CW_TRY(checkStill(m_before));
    return m_session.setCells(m_contract, m_after, actionOf(m_after), m_reading);
}

UndoService::VoteCommand::VoteCommand(Stack& stack, StoreSession& session, const PreferencePair& before,
                                      const PreferencePair& after, const QString& text)
    : Command(stack, text), m_session(session),
      m_pair(after.id), m_before{before.verdict, before.reasons}, m_after{after.verdict, after.reasons} {}

Status UndoService::VoteCommand::write(const Vote& expected, const Vote& wanted, std::string_view action) {
    CW_TRY_ASSIGN(now, m_session.store().preferences().get(m_pair));
    if (Vote{now.verdict, now.reasons} != expected)
        return changedSince("The vote on pair " + m_pair.value, now.annotator);
    return m_session.vote(m_pair, wanted.verdict, wanted.reasons, action);
}

Status UndoService::VoteCommand::writeBefore() {
    return write(m_after, m_before, "undo");
}

Status UndoService::VoteCommand::writeAfter() {
    return write(m_before, m_after, "vote");
}

} // namespace cw
