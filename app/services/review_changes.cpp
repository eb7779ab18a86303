// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "app/services/review_changes.h"

#include "app/services/open_disputes.h"
#include "app/services/pair_service.h"
#include "app/services/result_qt.h"
#include "app/services/train_move.h"
#include "core/base/file.h"
#include "core/dataset/gold_of_cells.h"
#include "core/eval/window_gold.h"
#include "core/extraction/canonical_json.h"
#include "core/prompt/prompt.h"
#include "core/store/review_store.h"

#include <algorithm>

namespace cw {

namespace {

ReviewNote noteOn(StoreSession& session, const KeptSubject& subject, ReviewNoteKind kind) {
    ReviewNote note = session.store().reviews().make(kind);
    note.contract = subject.cell.contract;
    note.clause = subject.cell.clause;
    note.run = subject.run;
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

// A dispute is about the gold, whichever run showed it; a verdict is about two runs.
bool isAbout(const ReviewNote& note, const KeptSubject& subject) {
    return note.kind == ReviewNoteKind::Dispute ||
           (note.run == subject.run && (note.kind != ReviewNoteKind::Verdict || note.against == subject.against));
}

// This person's open note of a kind about the subject, or nothing; of several disputes that of this run.
Result<std::optional<ReviewNote>> ownNote(StoreSession& session, const KeptSubject& subject, ReviewNoteKind kind) {
    CW_TRY_ASSIGN(notes, session.store().reviews().ofClause(subject.cell.contract, subject.cell.clause));
    std::optional<ReviewNote> own;
    for (const ReviewNote& note : notes)
        if (note.kind == kind && note.state == ReviewNoteState::Open && note.person == session.store().identity().person && isAbout(note, subject) &&
            (!own || note.run == subject.run))
            own = note;
    return own;
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

// What a person wrote of the clause, looked for or was shown stays with it: only the decision is another one.
Result<Cell> goldCell(const ScoredCell& answer, const Cell& stored, const std::string& text) {
    if (!answer.predicted) {
        Cell absent;
        absent.clause = answer.clause;
        absent.state = CellState::Absent;
        absent.note = stored.note;
        absent.lookedFor = stored.lookedFor;
        absent.suggestion = stored.suggestion;
        return absent;
    }
    CW_TRY_ASSIGN(spans, spansOf(answer, text));
    Cell cell = stored;
    cell.state = CellState::Present;
    cell.flags = {};
    cell.dwellMs = 0;
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

// A pair's window is a place in the project's text: a run on a shifted contract, say, has none.
Status checkOwnText(StoreSession& session, const RunId& run, const ContractId& contract) {
    const auto frozen = readFile(RunFolder(session.store().runsFolder() / run.value).text(contract));
    const auto text = session.store().contracts().text(contract);
    if (frozen && text && *frozen == *text)
        return {};
    return Error{ErrorCode::BadUsage, "This run was asked about another text of " + contract.value + " than the project's, so no preference pair can be made of it.",
                 "Make pairs from an evaluation of the project's own contracts."};
}

// What counts as right beside the gold is no mistake to unlearn.
Status checkNotAccepted(StoreSession& session, const ScoredCell& answer) {
    CW_TRY_ASSIGN(stored, session.store().annotations().cell(answer.contract, answer.clause));
    const std::vector<Finding> accepted = acceptedFindings(stored);
    if (!answer.predicted || std::find(accepted.begin(), accepted.end(), *answer.predicted) == accepted.end())
        return {};
    return Error{ErrorCode::BadUsage, "A's answer is accepted beside the gold, so it can't be the rejected one of a pair.",
                 "Take the acceptance back first if it was a mistake."};
}

// The chosen answer has all clauses of its prompt, not only the one that is looked at.
Status checkUndisputed(StoreSession& session, const PreferencePair& pair) {
    CW_TRY_ASSIGN(disputes, unmetDisputes(session));
    for (const ReviewNote& note : disputes)
        if (note.contract == pair.contract && std::find(pair.request.begin(), pair.request.end(), note.clause) != pair.request.end())
            return Error{ErrorCode::BadUsage, "The gold of " + note.clause + " is disputed, so it can't be in the chosen answer of a pair.",
                         "Settle the dispute first: take an answer as gold, or have it taken back."};
    return {};
}

// The project's gold of a contract as a run would freeze it now.
Result<GoldRow> goldNow(StoreSession& session, const ContractId& contract) {
    CW_TRY_ASSIGN(cells, session.store().annotations().cells(contract));
    GoldRow gold;
    gold.contract = contract;
    takeGold(gold, cells, requestOf(cells, session.taxonomy()));
    return gold;
}

// A run keeps the gold that it was frozen with; what the project has given up since must not be preferred.
Status checkStillGold(StoreSession& session, const PreferencePair& pair) {
    CW_TRY_ASSIGN(gold, goldNow(session, pair.contract));
    const auto answer = goldOfWindow(gold, Request{pair.request}, pair.window);
    if (answer && encodeAnswer(*answer) == pair.first)
        return {};
    return Error{ErrorCode::BadUsage, "The gold of " + pair.contract.value + " was changed since this run, so its old answer can't be the chosen one of a pair.",
                 "Run the evaluation again and make the pair from its answers."};
}

QString words(const char* text) { return QCoreApplication::translate("Review", text); }

QString trainedWords(const TrainMove& move, const ContractId& contract, const std::string& newest) {
    const QString shown = toQString(contract.value), name = toQString(move.after.name);
    QString sentence = move.isNewVersion ? words("%1 is on the train side of split %2 now, a new version of %3, which a run has used. Choose %2 for the next training.")
                                               .arg(shown, name, toQString(newest))
                                         : words("%1 is on the train side of split %2 now.").arg(shown, name);
    QStringList along;
    for (const ContractId& copy : move.along)
        along << toQString(copy.value);
    if (!along.isEmpty())
        sentence += QLatin1Char(' ') + words("Its near duplicates are there too: %1.").arg(along.join(QStringLiteral(", ")));
    return sentence;
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
    const bool saysGold = subject.cell->predicted == subject.cell->gold;
    const std::string proposed = proposedJson(subject.cell->predicted);
    if (own && (isInvalid(*subject.cell) || saysGold || own->proposed == proposed))
        return withdrawal(*own);
    if (isInvalid(*subject.cell))
        return Error{ErrorCode::BadUsage, "Run A gave no valid answer here, so there is nothing to put in the gold's place.",
                     "Comment on it, or mend the gold in Annotate."};
    if (saysGold)
        return Error{ErrorCode::BadUsage, "Run A's answer is the gold's own.", "Comment on it, or mend the gold in Annotate."};
    ReviewNote note = noteOn(session, subject, ReviewNoteKind::Dispute);
    note.text = text;
    note.proposed = proposed;
    if (!own)
        return addNote(note);
    note.id = own->id;
    return replaceNote(*own, note);
}

Result<ReviewChange> goldChange(StoreSession& session, const ReviewSubject& subject, const ScoredCell& answer) {
    if (isInvalid(answer))
        return Error{ErrorCode::BadUsage, "This run gave no valid answer here, so there is nothing to take as gold.", "Open the clause in Annotate."};
    CW_TRY_ASSIGN(text, sameText(session, subject));
    CW_TRY_ASSIGN(stored, session.store().annotations().cell(subject.cell->contract, answer.clause));
    CW_TRY_ASSIGN(cell, goldCell(answer, stored, text));
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
                     "Make this answer the gold instead. If absent is as right, mark the clause unsure in Annotate: no score counts it then."};
    CW_TRY_ASSIGN(said, goldCell(answer, cell, text));
    const AcceptedAnswer accepted{said.spans, said.value};
    if (countsAsRight(cell, accepted))
        return Error{ErrorCode::BadUsage, "This answer counts as right already.", "The next evaluation scores it so."};
    cell.alternatives.push_back(accepted);
    ReviewChange change;
    change.contract = subject.cell->contract;
    change.cellsAfter = {std::move(cell)};
    return change;
}

Result<ReviewChange> pairChange(StoreSession& session, const KeptSubject& subject, const RunAnswers& answers) {
    CW_TRY_ASSIGN(pair, pairOfCell(session, answers, subject.mode, subject.cell));
    CW_TRY(checkOwnText(session, subject.run, subject.cell.contract));
    CW_TRY(checkUndisputed(session, pair));
    CW_TRY(checkNotAccepted(session, subject.cell));
    CW_TRY(checkStillGold(session, pair));
    ReviewChange change;
    change.pair = std::move(pair);
    return change;
}

Result<TrainingChange> trainingChange(StoreSession& session, const KeptSubject& subject, const std::string& name, const std::set<ContractId>& nearDuplicates) {
    const ContractId& contract = subject.cell.contract;
    const QString shown = toQString(contract.value);
    const auto wanted = [&](const QString& sentence) -> Result<TrainingChange> {
        CW_TRY_ASSIGN(own, ownNote(session, subject, ReviewNoteKind::Wanted));
        if (own)
            return TrainingChange{std::nullopt, words("%1 is on the list for the next dataset already.").arg(shown)};
        return TrainingChange{addNote(noteOn(session, subject, ReviewNoteKind::Wanted)), sentence};
    };
    CW_TRY_ASSIGN(locked, session.store().splits().lockedTestContracts());
    if (locked.count(contract))
        return wanted(words("%1 is locked in a test side and stays there for good. It is listed for the next dataset: contracts like it are wanted for training.").arg(shown));
    for (const ContractId& copy : nearDuplicates)
        if (locked.count(copy))
            return wanted(words("A near duplicate of %1, %2, is locked in a test side, so a model would learn its own test. It is listed for the next dataset.")
                              .arg(shown, toQString(copy.value)));
    if (const auto known = session.store().contracts().get(contract); !known)
        return wanted(words("%1 isn't in this project. It is listed for the next dataset.").arg(shown));
    const auto newest = newestVersion(session.store().splits(), name);
    if (!newest && newest.error().code != ErrorCode::NotFound)
        return newest.error();
    if (!newest)
        return wanted(words("The project has no split %2 yet. %1 is listed for the next dataset.").arg(shown, toQString(name)));
    const auto move = trainMove(*newest, contract, nearDuplicates);
    if (!move)
        return TrainingChange{std::nullopt, words("%1 is on the train side of split %2 already.").arg(shown, toQString(newest->name))};
    ReviewChange change;
    change.splitBefore = move->before;
    change.splitAfter = move->after;
    return TrainingChange{change, trainedWords(*move, contract, newest->name)};
}

ReviewChange withdrawal(const ReviewNote& note) {
    ReviewNote after = note;
    after.state = ReviewNoteState::Withdrawn;
    return replaceNote(note, after);
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
