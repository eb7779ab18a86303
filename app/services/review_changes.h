// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// What a reviewer does to one cell of a scored run, as changes for UndoService::review. Nothing here writes. GUI thread.
#pragma once

#include "app/services/evaluation_service.h"
#include "app/services/run_answers.h"
#include "app/services/undo/review_change.h"
#include "core/eval/disputes.h"

#include <QCoreApplication>
#include <QString>

#include <optional>
#include <set>
#include <string>
#include <vector>

namespace cw {

// The cell that is looked at.
struct ReviewSubject {
    const ScoredRun* run = nullptr;   // A
    RunId against;                    // B, or empty
    std::string mode;                 // of the answers: "free", "constrained"
    const ScoredCell* cell = nullptr; // of A
};

// A subject that stays when its run goes: for a deed about which a job has to find out something first.
struct KeptSubject {
    RunId run, against;
    std::string mode;
    ScoredCell cell;
    KeptSubject(const ReviewSubject& subject) : run(subject.run->id), against(subject.against), mode(subject.mode), cell(*subject.cell) {}
};

// The same verdict once more takes it back.
Result<ReviewChange> verdictChange(StoreSession& session, const ReviewSubject& subject, ReviewVerdict verdict);

Result<ReviewChange> commentChange(StoreSession& session, const ReviewSubject& subject, const std::string& text);

// Says that the gold is wrong and should be A's answer; once more takes the person's own dispute back, from whichever run it is. A person has
// one open dispute about a clause: from an answer that says something else, it proposes that one instead. BadUsage where A gave no valid
// answer, or the gold's own.
Result<ReviewChange> disputeChange(StoreSession& session, const ReviewSubject& subject, const std::string& text);

// Makes `answer`'s prediction (A's or B's cell of the subject) the gold in the project, and accepts the disputes that propose just that.
// BadUsage with the reason where it can't: an invalid answer, a quote that isn't in the text, a contract that is not in the project or has
// another text by now.
Result<ReviewChange> goldChange(StoreSession& session, const ReviewSubject& subject, const ScoredCell& answer);

// Keeps the project's gold and accepts `answer`'s prediction (A's or B's cell of the subject) beside it: later evaluations take it for right
// too. BadUsage as for goldChange, and where the project's gold isn't present, says that already, or accepts it already.
Result<ReviewChange> acceptChange(StoreSession& session, const ReviewSubject& subject, const ScoredCell& answer);

// The gold's answer to the prompt in which A got this cell wrong, as chosen, and A's output as rejected. `answers` are A's to the contract.
// BadUsage for a contract of the locked test side, for another text than the project's, for a right cell, and where the gold that this prompt
// showed is disputed or is another one by now, in whichever of its clauses, or accepts A's answer.
Result<ReviewChange> pairChange(StoreSession& session, const KeptSubject& subject, const RunAnswers& answers);

// What adding the contract, with its near duplicates, to training comes to under the rules of splits: another side of the newest version of the
// split `name`, in a version after it where a run has used that one. Where the contract must stay (it or a near duplicate is locked), a note
// that its like is wanted. Nothing to write where it trains already.
struct TrainingChange {
    std::optional<ReviewChange> change;
    QString sentence;
};
Result<TrainingChange> trainingChange(StoreSession& session, const KeptSubject& subject, const std::string& name, const std::set<ContractId>& nearDuplicates);

ReviewChange withdrawal(const ReviewNote& note); // takes an open note back

// The open disputes of the contracts of a run as the core takes them.
std::vector<Dispute> disputesOf(const std::vector<ReviewNote>& notes, const Taxonomy& taxonomy);

} // namespace cw
