// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "app/services/undo/undo_commands.h"

#include "core/model/names.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace cw {

namespace {

Error changedSince(const std::string& what, const std::string& who) {
    return {ErrorCode::BadUsage,
            what + " was changed since" + (who.empty() ? "" : " by " + who) + ", so this step can't be taken any more.",
            "Look at it and decide again; the steps before it can still be taken."};
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

StoreSession::Also UndoService::Command::setUndone(bool undone) {
    return [this, undone] { return m_session.store().undoSteps().setUndone(m_step, undone); };
}

// What somebody changed since, or what has no clause type any more, can never be taken again: such a step goes, so that it doesn't bar
// the way to those before it. Any other failure (a full disk) leaves the stack as it was.
void UndoService::Command::note(const Status& status) {
    if (status)
        return;
    const bool stale = status.error().code == ErrorCode::BadUsage || status.error().code == ErrorCode::NotFound;
    if (!stale || !m_session.store().undoSteps().remove(m_step)) {
        m_stack.failure = status.error();
        return;
    }
    setObsolete(true);
    m_stack.tell(status.error());
}

UndoService::CellsCommand::CellsCommand(Stack& stack, StoreSession& session, std::int64_t step, const Where& where,
                                        std::vector<Cell> before, std::vector<Cell> after, const QString& text)
    : Command(stack, session, step, text), m_where(where), m_before(std::move(before)), m_after(std::move(after)) {}

std::string UndoService::CellsCommand::actionOf(const std::vector<Cell>& cells) {
    const bool uniform =
        std::all_of(cells.begin(), cells.end(), [&](const Cell& cell) { return cell.state == cells.front().state; });
    return cells.empty() || !uniform ? "bulk" : std::string(cw::actionOf(cells.front().state));
}

Result<std::vector<Cell>> UndoService::CellsCommand::read(StoreSession& session, const Where& where, const std::vector<Cell>& like) {
    std::vector<Cell> cells;
    for (const Cell& wanted : like) {
        CW_TRY_ASSIGN(cell, session.store().annotations().cell(where.contract, wanted.clause, where.reading));
        cells.push_back(std::move(cell));
    }
    return cells;
}

Status UndoService::CellsCommand::checkStill(const std::vector<Cell>& expected) {
    CW_TRY_ASSIGN(now, read(m_session, m_where, expected));
    for (size_t i = 0; i < now.size(); ++i)
        if (now[i] != expected[i])
            return changedSince("Clause " + now[i].clause + " of " + m_where.contract.value, now[i].annotator);
    return {};
}

Status UndoService::CellsCommand::writeBefore() {
    CW_TRY(checkStill(m_after));
    return m_session.setCells(m_where.contract, m_before, "undo", m_where.reading, setUndone(true));
}

Status UndoService::CellsCommand::writeAfter() {
    CW_TRY(checkStill(m_before));
    return m_session.setCells(m_where.contract, m_after, actionOf(m_after), m_where.reading, setUndone(false));
}

UndoService::VoteCommand::VoteCommand(Stack& stack, StoreSession& session, std::int64_t step, const PairId& pair, Vote before, Vote after,
                                      const QString& text)
    : Command(stack, session, step, text), m_pair(pair), m_before(std::move(before)), m_after(std::move(after)) {}

std::string UndoService::VoteCommand::toJson(const PairId& pair, const Vote& vote) {
    return nlohmann::json{{"pair", pair.value}, {"verdict", nameOf(vote.verdict)}, {"reasons", vote.reasons}}.dump();
}

std::pair<PairId, UndoService::VoteCommand::Vote> UndoService::VoteCommand::fromJson(std::string_view text) {
    const nlohmann::json json = nlohmann::json::parse(text, nullptr, false);
    if (!json.is_object())
        return {};
    return {PairId(json.value("pair", "")),
            {fromName<Verdict>(json.value("verdict", "")), json.value("reasons", std::vector<std::string>())}};
}

Status UndoService::VoteCommand::write(const Vote& expected, const Vote& wanted, std::string_view action, bool undone) {
    CW_TRY_ASSIGN(now, m_session.store().preferences().get(m_pair));
    if (Vote{now.verdict, now.reasons} != expected)
        return changedSince("The vote on pair " + m_pair.value, now.annotator);
    return m_session.vote(m_pair, wanted.verdict, wanted.reasons, action, setUndone(undone));
}

Status UndoService::VoteCommand::writeBefore() {
    return write(m_after, m_before, "undo", true);
}

Status UndoService::VoteCommand::writeAfter() {
    return write(m_before, m_after, "vote", false);
}

} // namespace cw
