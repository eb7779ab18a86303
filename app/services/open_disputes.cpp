// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "app/services/open_disputes.h"

#include "core/base/file.h"
#include "core/prompt/prompt.h"
#include "core/store/review_store.h"

#include <algorithm>

namespace cw {

namespace {

bool isOnTextOf(StoreSession& session, const ReviewNote& dispute, const ScoredRun& run) {
    const auto text = run.texts.find(dispute.contract);
    if (dispute.run == run.id || text == run.texts.end())
        return dispute.run == run.id;
    const auto other = readFile(RunFolder(session.store().runsFolder() / dispute.run.value).text(dispute.contract));
    return other && *other == text->second;
}

// Whether the dispute proposes what the project's gold is.
Result<bool> isMet(StoreSession& session, const ReviewNote& dispute) {
    auto cells = session.store().annotations().cells(dispute.contract);
    if (!cells)
        return cells.error().code == ErrorCode::NotFound ? Result<bool>(false) : cells.error(); // a contract of elsewhere has no gold here
    const Request reviewed = requestOf(*cells, session.taxonomy());
    if (std::find(reviewed.keys.begin(), reviewed.keys.end(), dispute.clause) == reviewed.keys.end())
        return false;
    const std::optional<Finding> gold = goldAnswer(*cells, Request{{dispute.clause}}).cells.front().finding;
    return dispute.proposed == (gold ? encodeFinding(*gold) : "null");
}

} // namespace

Result<std::vector<ReviewNote>> notesAsTheyStand(StoreSession& session, const ContractId& contract, const std::string& clause) {
    CW_TRY_ASSIGN(notes, session.store().reviews().ofClause(contract, clause));
    for (ReviewNote& note : notes) {
        if (note.kind != ReviewNoteKind::Dispute || note.state != ReviewNoteState::Open)
            continue;
        CW_TRY_ASSIGN(met, isMet(session, note));
        if (met)
            note.state = ReviewNoteState::Accepted;
    }
    return notes;
}

Result<std::vector<ReviewNote>> unmetDisputes(StoreSession& session) {
    CW_TRY_ASSIGN(open, session.store().reviews().openDisputes());
    std::vector<ReviewNote> unmet;
    for (ReviewNote& dispute : open) {
        CW_TRY_ASSIGN(met, isMet(session, dispute));
        if (!met)
            unmet.push_back(std::move(dispute));
    }
    return unmet;
}

Result<std::vector<ReviewNote>> unmetDisputes(StoreSession& session, const ScoredRun& run) {
    CW_TRY_ASSIGN(disputes, unmetDisputes(session));
    std::erase_if(disputes, [&](const ReviewNote& dispute) { return !isOnTextOf(session, dispute, run); });
    return disputes;
}

} // namespace cw
