// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "app/services/review_changes.h"

#include "app/services/pair_service.h"
#include "app/services/result_qt.h"
#include "core/extraction/canonical_json.h"
#include "core/prompt/prompt.h"
#include "core/store/review_store.h"

#include <algorithm>

namespace cw {

namespace {

ReviewNote noteOn(StoreSession& session, const ReviewSubject& subject, ReviewNoteKind kind) {
    ReviewNote note = session.store().reviews().make(kind);
    note.contract = subject.cell->contract;
    note.clause = subject.cell->clause;
    note.run = subject.run->id;
    note.against = subject.against;
    return note;
}

ReviewChange addNote(const ReviewNote& note) {
    ReviewChange change;
    change.notesAfter = {note};
    change.notesBefore = {note};
    change.notesBefore.front().state = ReviewNoteState::Withdrawn;
    return change;
}

ReviewChange replaceNote(const ReviewNote& before, const ReviewNote& after) {
    ReviewChange change;
    change.notesBefore = {before};
    change.notesAfter = {after};
    return change;
}

// This person's open note of a kind about the subject, or nothing.
Result<std::optional<ReviewNote>> ownNote(StoreSession& session, const ReviewSubject& subject, ReviewNoteKind kind) {
    CW_TRY_ASSIGN(notes, session.store().reviews().ofClause(subject.cell->contract, subject.cell->clause));
    for (const ReviewNote& note : notes)
        if (note.kind == kind && note.state == ReviewNoteState::Open && note.person == session.store().identity().person && note.run == subject.run->id &&
            (kind != ReviewNoteKind::Verdict || note.against == subject.against))
            return std::optional(note);
    return std::optional<ReviewNote>();
}

bool isInvalid(const ScoredCell& cell) { return cell.strict.outcome == Outcome::Invalid; }

std::string proposedJson(const std::optional<Finding>& finding) { return finding ? encodeFinding(*finding) : "null"; }

// Spans of an answer in the contract's text, in order and apart from each other.
Result<std::vector<Span>> spansOf(const ScoredCell& answer, const std::string& text) {
    std::vector<ByteRange> ranges = answer.predictedRanges;
    std::sort(ranges.begin(), ranges.end());
    ranges.erase(std::unique(ranges.begin(), ranges.end()), ranges.end());
    std::vector<Span> spans;
    for (const ByteRange& range : ranges) {
        if (range.empty() || range.end > text.size())
            return Error{ErrorCode::BadUsage, "A quote of this answer doesn't stand in the contract, so it can't be evidence.",
                         "Open the clause in Annotate and mark the right words there."};
        if (!spans.empty() && range.begin < spans.back().range.end) { // two quotes that overlap are one piece of evidence
            spans.back().range.end = std::max(spans.back().range.end, range.end);
            continue;
        }
        spans.push_back({range, {}});
    }
    if (spans.empty())
        return Error{ErrorCode::BadUsage, "This answer has no quote, so it can't be evidence.", "Open the clause in Annotate and mark the words there."};
    return spans;
}

Result<Cell> goldCell(const ScoredCell& answer, const std::string& text) {
    Cell cell;
    cell.clause = answer.clause;
    cell.state = CellState::Absent;
    if (!answer.predicted)
        return cell;
    CW_TRY_ASSIGN(spans, spansOf(answer, text));
    cell.state = CellState::Present;
    cell.spans = std::move(spans);
    cell.value = answer.predicted->value;
    return cell;
}

bool isSame(const AcceptedAnswer& a, const AcceptedAnswer& b) {
    const auto sameRange = [](const Span& left, const Span& right) { return left.range == right.range; };
    return a.value == b.value && std::equal(a.spans.begin(), a.spans.end(), b.spans.begin(), b.spans.end(), sameRange);
}

// The cell says it, or accepts it beside what it says.
bool countsAsRight(const Cell& cell, const AcceptedAnswer& answer) {
    return isSame({cell.spans, cell.value}, answer) ||
           std::any_of(cell.alternatives.begin(), cell.alternatives.end(), [&](const AcceptedAnswer& each) { return isSame(each, answer); });
}

// The project's own text of the contract, if it is what the run was scored on.
Result<std::string> sameText(StoreSession& session, const ReviewSubject& subject) {
    const auto frozen = subject.run->texts.find(subject.cell->contract);
    auto text = session.store().contracts().text(subject.cell->contract);
    if (!text)
        return Error{ErrorCode::BadUsage, "The contract of this run isn't in the project, so its gold can't be changed here.",
                     "Open the project that the run came from."};
    if (frozen == subject.run->texts.end() || frozen->second != *text)
        return Error{ErrorCode::BadUsage, "The contract's text is not the one that the run was scored on, so places of its answer mean nothing in it.",
                     "Open the clause in Annotate and mark the words there."};
    return text;
}

} // namespace

Result<ReviewChange> verdictChange(StoreSession& session, const ReviewSubject& subject, ReviewVerdict verdict) {
    CW_TRY_ASSIGN(own, ownNote(session, subject, ReviewNoteKind::Verdict));
    ReviewNote note = noteOn(session, subject, ReviewNoteKind::Verdict);
    note.verdict = verdict;
    if (!own)
        return addNote(note);
    ReviewNote after = *own;
    after.madeAt = note.madeAt;
    if (own->verdict == verdict)
        after.state = ReviewNoteState::Withdrawn;
    else
        after.verdict = verdict;
    return replaceNote(*own, after);
}

Result<ReviewChange> commentChange(StoreSession& session, const ReviewSubject& subject, const std::string& text) {
    if (text.empty())
        return Error{ErrorCode::BadUsage, "A comment needs words.", ""};
    ReviewNote note = noteOn(session, subject, ReviewNoteKind::Comment);
    note.text = text;
    return addNote(note);
}

Result<ReviewChange> disputeChange(StoreSession& session, const ReviewSubject& subject, const std::string& text) {
    CW_TRY_ASSIGN(own, ownNote(session, subject, ReviewNoteKind::Dispute));
    if (own) {
        ReviewNote after = *own;
        after.state = ReviewNoteState::Withdrawn;
        return replaceNote(*own, after);
    }
    if (isInvalid(*subject.cell))
        return Error{ErrorCode::BadUsage, "Run A gave no valid answer here, so there is nothing to put in the gold's place.",
                     "Comment on it, or mend the gold in Annotate."};
    if (subject.cell->predicted == subject.cell->gold)
        return Error{ErrorCode::BadUsage, "Run A's answer is the gold's own.", "Comment on it, or mend the gold in Annotate."};
    ReviewNote note = noteOn(session, subject, ReviewNoteKind::Dispute);
    note.text = text;
    note.proposed = proposedJson(subject.cell->predicted);
    return addNote(note);
}

Result<ReviewChange> goldChange(StoreSession& session, const ReviewSubject& subject, const ScoredCell& answer) {
    if (isInvalid(answer))
        return Error{ErrorCode::BadUsage, "This run gave no valid answer here, so there is nothing to take as gold.", "Open the clause in Annotate."};
    CW_TRY_ASSIGN(text, sameText(session, subject));
    CW_TRY_ASSIGN(cell, goldCell(answer, text));
    CW_TRY_ASSIGN(stored, session.store().annotations().cell(answer.contract, answer.clause));
    if (cell.state == CellState::Present)
        cell.alternatives = stored.alternatives;
    ReviewChange change;
    change.contract = subject.cell->contract;
    change.cellsAfter = {cell};
    CW_TRY_ASSIGN(notes, session.store().reviews().ofClause(answer.contract, answer.clause));
    for (const ReviewNote& note : notes) {
        if (note.kind != ReviewNoteKind::Dispute || note.state != ReviewNoteState::Open || note.proposed != proposedJson(answer.predicted))
            continue;
        change.notesBefore.push_back(note);
        change.notesAfter.push_back(note);
        change.notesAfter.back().state = ReviewNoteState::Accepted;
    }
    return change;
}

Result<ReviewChange> acceptChange(StoreSession& session, const ReviewSubject& subject, const ScoredCell& answer) {
    if (isInvalid(answer) || !answer.predicted)
        return Error{ErrorCode::BadUsage, "This run found nothing here that could be accepted beside the gold.",
                     "If the clause isn't in the contract, make that the gold."};
    CW_TRY_ASSIGN(text, sameText(session, subject));
    CW_TRY_ASSIGN(cell, session.store().annotations().cell(answer.contract, answer.clause));
    if (cell.state != CellState::Present)
        return Error{ErrorCode::BadUsage, "The project's gold has no answer here beside which another one could be accepted.",
                     "Make this answer the gold instead."};
    CW_TRY_ASSIGN(said, goldCell(answer, text));
    const AcceptedAnswer accepted{said.spans, said.value};
    if (countsAsRight(cell, accepted))
        return Error{ErrorCode::BadUsage, "This answer counts as right already.", "The next evaluation scores it so."};
    cell.alternatives.push_back(accepted);
    ReviewChange change;
    change.contract = subject.cell->contract;
    change.cellsAfter = {std::move(cell)};
    return change;
}

Result<ReviewChange> pairChange(StoreSession& session, const ReviewSubject& subject) {
    CW_TRY_ASSIGN(notes, session.store().reviews().ofClause(subject.cell->contract, subject.cell->clause));
    const bool doubtful = std::any_of(notes.begin(), notes.end(), [](const ReviewNote& note) { return note.kind == ReviewNoteKind::Dispute; });
    if (doubtful)
        return Error{ErrorCode::BadUsage, "The gold of this clause is disputed or was changed, so it can't be the chosen answer of a pair.",
                     "Settle the dispute, run the evaluation again, and make the pair from its answers."};
    if (const auto stored = session.store().annotations().cell(subject.cell->contract, subject.cell->clause); stored && subject.cell->predicted) {
        const std::vector<Finding> accepted = acceptedFindings(*stored);
        if (std::find(accepted.begin(), accepted.end(), *subject.cell->predicted) != accepted.end())
            return Error{ErrorCode::BadUsage, "A's answer is accepted beside the gold, so it can't be the rejected one of a pair.",
                         "Take the acceptance back first if it was a mistake."};
    }
    const RunFolder folder(session.store().runsFolder() / subject.run->id.value);
    CW_TRY_ASSIGN(pair, pairOfCell(session, folder, subject.mode, *subject.cell));
    ReviewChange change;
    change.pair = std::move(pair);
    return change;
}

Result<TrainingChange> trainingChange(StoreSession& session, const ReviewSubject& subject, const std::string& name) {
    const ContractId& contract = subject.cell->contract;
    const QString shown = toQString(contract.value), split = toQString(name);
    const auto wanted = [&](const QString& sentence) -> Result<TrainingChange> {
        CW_TRY_ASSIGN(own, ownNote(session, subject, ReviewNoteKind::Wanted));
        if (own)
            return TrainingChange{std::nullopt, QCoreApplication::translate("Review", "%1 is on the list for the next dataset already.").arg(shown)};
        return TrainingChange{addNote(noteOn(session, subject, ReviewNoteKind::Wanted)), sentence};
    };
    CW_TRY_ASSIGN(locked, session.store().splits().lockedTestContracts());
    if (locked.count(contract))
        return wanted(QCoreApplication::translate("Review", "%1 is locked in a test side and stays there for good. It is listed for the next dataset: contracts like "
                                                            "it are wanted for training.").arg(shown));
    if (const auto known = session.store().contracts().get(contract); !known)
        return wanted(QCoreApplication::translate("Review", "%1 isn't in this project. It is listed for the next dataset.").arg(shown));
    auto before = session.store().splits().get(name);
    if (!before || before->frozen) {
        if (before && before->sides.count(contract) && before->sides.at(contract) == Side::Train)
            return TrainingChange{std::nullopt, QCoreApplication::translate("Review", "%1 is on the train side of split %2 already.").arg(shown, split)};
        return wanted(QCoreApplication::translate("Review", "A run has used split %2, so its sides stay as they are. %1 is listed for the next dataset.").arg(shown, split));
    }
    ReviewChange change;
    change.splitBefore = *before;
    change.splitAfter = *before;
    Side& side = change.splitAfter->sides.try_emplace(contract, Side::Validation).first->second;
    if (side == Side::Train)
        return TrainingChange{std::nullopt, QCoreApplication::translate("Review", "%1 is on the train side of split %2 already.").arg(shown, split)};
    side = Side::Train;
    return TrainingChange{change, QCoreApplication::translate("Review", "%1 is on the train side of split %2 now, in a new version of it.").arg(shown, split)};
}

std::vector<Dispute> disputesOf(const std::vector<ReviewNote>& notes, const Taxonomy& taxonomy) {
    std::vector<Dispute> disputes;
    for (const ReviewNote& note : notes) {
        if (note.kind != ReviewNoteKind::Dispute || !taxonomy.find(note.clause))
            continue;
        const auto answer = parseCanonical("{\"" + note.clause + "\":" + note.proposed + "}", Request{{note.clause}}, taxonomy);
        if (answer)
            disputes.push_back({note.contract, note.clause, answer->cells.front().finding});
    }
    return disputes;
}

} // namespace cw
