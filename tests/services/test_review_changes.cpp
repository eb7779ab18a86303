// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// What a reviewer does as changes, and as steps of undo that outlive the window: what is refused, with which sentence, and that nothing is half
// written.
#include "app/services/open_disputes.h"
#include "app/services/review_changes.h"
#include "app/services/train_move.h"
#include "app/services/undo/undo_service.h"
#include "core/store/record_json.h"
#include "core/store/review_store.h"
#include "tests/support/project_fixture.h"
#include "tests/support/review_fixture.h"

#include <QTest>

using namespace cw;
using namespace cw::test;

namespace {

struct ReviewFixture {
    QTemporaryDir dir;
    FixedClock clock{TimePoint(std::chrono::milliseconds(1'700'000'000'000))};
    std::unique_ptr<StoreSession> session;
    std::unique_ptr<UndoService> undo;
    std::shared_ptr<const ScoredRun> first, second;

    ReviewFixture() {
        auto made = StoreSession::create(folder(), who("Mia"), clock);
        if (!made || !fillReviewProject(**made))
            return;
        session = std::move(*made);
        const auto runs = session->store().runs().all();
        for (const RunRecord& record : runs.value())
            (record.name == "first" ? first : second) = scoreRun(RunFolder(session->store().runsFolder() / record.id.value)).value();
        undo = std::make_unique<UndoService>(*session);
        undo->activateReviews();
    }
    static Identity who(const std::string& name) { return {name, "1000", "device"}; }
    QString folder() const { return dir.filePath(QStringLiteral("review.clausewright")); }
    void restart() {
        undo.reset();
        session.reset();
        session = std::move(*StoreSession::open(folder(), OpenMode::ReadWrite, StoreSession::Fallback::None, who("Mia"), clock));
        undo = std::make_unique<UndoService>(*session);
        undo->activateReviews();
    }
    ReviewSubject at(const std::string& contract, const std::string& clause) const {
        for (const ScoredCell& cell : second->byMode.at("free").cells)
            if (cell.contract.value == contract && cell.clause == clause)
                return {second.get(), first->id, "free", &cell};
        return {};
    }
    // What the second run said of alpha, as if its contract had been cut before the renewal term.
    void answerInTwoWindows(const std::string& first, const std::string& other) {
        const std::string text = textOf("alpha");
        const size_t cut = text.find("It renews");
        const RunFolder folder(store().runsFolder() / second->id.value);
        std::vector<OutputRow> outputs = {outputRow("alpha", first), outputRow("alpha", other)};
        outputs[0].meta.window = {0, cut};
        outputs[1].meta.window = {cut, text.size()};
        std::vector<ChatRow> prompts;
        for (size_t i = 0; i < outputs.size(); ++i) {
            outputs[i].meta.part = static_cast<int>(i) + 1;
            outputs[i].meta.parts = 2;
            prompts.push_back({"window " + std::to_string(i + 1), {}, outputs[i].meta});
        }
        CW_VERIFY(writeFileAtomically(folder.prompts(), toLines(prompts)));
        CW_VERIFY(writeFileAtomically(folder.predictions(), toLines(outputs)));
    }
    void scoreAgain() { second = scoreRun(RunFolder(store().runsFolder() / second->id.value)).value(); }
    Result<ReviewChange> pair(const ReviewSubject& subject) {
        CW_TRY_ASSIGN(answers, RunAnswers::read(RunFolder(store().runsFolder() / subject.run->id.value), subject.cell->contract));
        return pairChange(*session, subject, answers);
    }
    ProjectStore& store() { return session->store(); }
    Cell gold(const std::string& contract, const std::string& clause) { return store().annotations().cell(ContractId(contract), clause).value(); }
};

Cell presentCellAt(const std::string& contract, const std::string& clause, const std::string& quote, ClauseValue value) {
    Cell cell;
    cell.clause = clause;
    cell.state = CellState::Present;
    const size_t begin = test::textOf(contract).find(quote);
    cell.spans = {{{begin, begin + quote.size()}, quote}};
    cell.value = std::move(value);
    return cell;
}

std::string refusal(const Result<ReviewChange>& change) { return change ? "" : change.error().detail; }

} // namespace

class TestReviewChanges : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aChangeComesBackFromItsJson() {
        ReviewFixture f;
        QVERIFY(f.session);
        ReviewChange change = goldChange(*f.session, f.at("alpha", "insurance"), *f.at("alpha", "insurance").cell).value();
        change.cellsBefore = {f.gold("alpha", "insurance")};
        change.notesAfter = verdictChange(*f.session, f.at("alpha", "insurance"), ReviewVerdict::ARight)->notesAfter;
        change.notesBefore = change.notesAfter;
        change.pair = f.pair(f.at("alpha", "renewal_term"))->pair;
        change.splitBefore = change.splitAfter = f.store().splits().get("default").value();
        change.splitAfter->sides[ContractId("alpha")] = Side::Train;
        const ReviewChange again = reviewChangeFromJson(toJson(change));
        QVERIFY(again.contract == change.contract && again.cellsAfter == change.cellsAfter && again.cellsBefore == change.cellsBefore);
        QVERIFY(again.notesAfter == change.notesAfter && again.notesBefore == change.notesBefore);
        QVERIFY(again.pair == change.pair && again.splitBefore == change.splitBefore && again.splitAfter == change.splitAfter);
        QVERIFY(reviewChangeFromJson("[]").contract.empty());
    }

    void aStepIsTakenBackInALaterWindow() {
        ReviewFixture f;
        QVERIFY(f.session);
        const ReviewSubject subject = f.at("alpha", "insurance");
        CW_VERIFY(f.undo->review(disputeChange(*f.session, subject, "health cover").value(), QStringLiteral("dispute")));
        CW_VERIFY(f.undo->review(goldChange(*f.session, subject, *subject.cell).value(), QStringLiteral("gold")));
        QVERIFY(f.store().reviews().openDisputes()->empty()); // accepted with the gold that it wanted
        f.restart();
        QVERIFY(f.undo->canUndoReview());
        f.undo->group().undo();
        QVERIFY(f.gold("alpha", "insurance").state == CellState::Absent);
        QCOMPARE(f.store().reviews().openDisputes()->size(), size_t{1});
        f.undo->group().undo();
        QVERIFY(f.store().reviews().openDisputes()->empty());
        QVERIFY(!f.undo->canUndoReview() && f.undo->canRedoReview());
        f.restart();
        f.undo->group().redo();
        f.undo->group().redo();
        QVERIFY(f.gold("alpha", "insurance").state == CellState::Present);
        CW_VERIFY(f.store().audit().verify());
    }

    void anAnswerIsAcceptedBesideTheGold() {
        ReviewFixture f;
        QVERIFY(f.session);
        const ReviewSubject subject = f.at("alpha", "renewal_term");
        QVERIFY(!subject.cell->strict.right());
        Cell undecided;
        undecided.clause = "renewal_term";
        CW_VERIFY(f.session->setCell(ContractId("alpha"), undecided, "unreviewed"));
        QVERIFY2(refusal(acceptChange(*f.session, subject, *subject.cell)).find("no answer here") != std::string::npos, "");
        Cell gold = presentCellAt("alpha", "renewal_term", "renews for one (1) year terms", std::string("P1Y"));
        CW_VERIFY(f.session->setCell(ContractId("alpha"), gold, "present"));
        CW_VERIFY(f.undo->review(acceptChange(*f.session, subject, *subject.cell).value(), QStringLiteral("accepted")));
        const Cell mended = f.gold("alpha", "renewal_term");
        QVERIFY(mended.value == gold.value && mended.alternatives.size() == 1);
        QVERIFY(mended.alternatives.front().value == subject.cell->predicted->value);
        QVERIFY2(refusal(acceptChange(*f.session, subject, *subject.cell)).find("counts as right already") != std::string::npos, "");
        QVERIFY2(refusal(f.pair(subject)).find("is accepted beside the gold") != std::string::npos, "");
        f.restart();
        f.undo->group().undo();
        QVERIFY(f.gold("alpha", "renewal_term").alternatives.empty() && f.gold("alpha", "renewal_term").value == gold.value);
        f.undo->group().redo();
        QCOMPARE(f.gold("alpha", "renewal_term").alternatives.size(), size_t{1});
        CW_VERIFY(f.store().audit().verify());
    }

    void onlyWhatCouldBeGoldIsAccepted() {
        ReviewFixture f;
        QVERIFY(f.session);
        const ReviewSubject missed = f.at("alpha", "governing_law");
        ScoredCell nothing = *missed.cell;
        nothing.predicted.reset();
        QVERIFY2(refusal(acceptChange(*f.session, missed, nothing)).find("found nothing here") != std::string::npos, "");
        ScoredCell ungrounded = *f.at("alpha", "renewal_term").cell;
        ungrounded.predictedRanges = {ByteRange()};
        CW_VERIFY(f.session->setCell(ContractId("alpha"), presentCellAt("alpha", "renewal_term", "year terms", std::string("P1Y")), "present"));
        QVERIFY2(refusal(acceptChange(*f.session, f.at("alpha", "renewal_term"), ungrounded)).find("doesn't stand in the contract") != std::string::npos, "");
    }

    void whatSomebodyChangedSinceIsNotTakenBack() {
        ReviewFixture f;
        QVERIFY(f.session);
        const ReviewSubject subject = f.at("alpha", "insurance");
        CW_VERIFY(f.undo->review(goldChange(*f.session, subject, *subject.cell).value(), QStringLiteral("gold")));
        Cell unsure = absentCell("insurance");
        unsure.flags.unsure = true;
        CW_VERIFY(f.session->setCell(ContractId("alpha"), unsure, "absent"));
        QSignalSpy failed(f.undo.get(), &UndoService::failed);
        f.undo->group().undo();
        QCOMPARE(failed.size(), 1);
        QVERIFY(f.gold("alpha", "insurance").state == CellState::Absent);
        QVERIFY(!f.undo->canUndoReview()); // it doesn't bar the way to those before it
    }

    void aPairThatWasVotedOnSinceIsNotTakenBack() {
        ReviewFixture f;
        QVERIFY(f.session);
        const ReviewSubject subject = f.at("alpha", "renewal_term");
        QSignalSpy failed(f.undo.get(), &UndoService::failed);
        CW_VERIFY(f.undo->review(f.pair(subject).value(), QStringLiteral("pair")));
        const PairId pair = f.store().preferences().all()->front().id;
        CW_VERIFY(f.undo->vote(pair, Verdict::SecondMuchBetter, {"wrong value"}, QStringLiteral("vote")));
        f.undo->activateReviews();
        f.undo->group().undo();
        QCOMPARE(failed.size(), 1);
        QVERIFY(f.store().preferences().get(pair)->verdict == Verdict::SecondMuchBetter);

        const ReviewChange second = f.pair(f.at("beta", "governing_law")).value();
        const PairId other = second.pair->id;
        CW_VERIFY(f.undo->review(second, QStringLiteral("pair")));
        f.clock.advance(std::chrono::hours(1));
        CW_VERIFY(f.undo->vote(other, Verdict::Tie, {}, QStringLiteral("vote")));
        f.undo->activateVotes();
        f.undo->group().undo(); // the vote of the pair's making is back, later
        f.undo->activateReviews();
        f.undo->group().undo();
        QCOMPARE(failed.size(), 1);
        QVERIFY(!f.store().preferences().get(other).ok());
    }

    void aVerdictIsChangedAndTakenBack() {
        ReviewFixture f;
        QVERIFY(f.session);
        const ReviewSubject subject = f.at("beta", "governing_law");
        const auto verdicts = [&] { return f.store().reviews().ofClause(subject.cell->contract, subject.cell->clause).value(); };
        for (const ReviewVerdict verdict : {ReviewVerdict::ARight, ReviewVerdict::BothWrong})
            CW_VERIFY(f.undo->review(verdictChange(*f.session, subject, verdict).value(), QStringLiteral("verdict")));
        QVERIFY(verdicts().size() == 1 && verdicts().front().verdict == ReviewVerdict::BothWrong);
        CW_VERIFY(f.undo->review(verdictChange(*f.session, subject, ReviewVerdict::BothWrong).value(), QStringLiteral("verdict")));
        QVERIFY(verdicts().empty());
    }

    void goldIsNotTakenFromWhatCannotBeGold() {
        ReviewFixture f;
        QVERIFY(f.session);
        // The first run's output for beta is no valid answer.
        const auto& cells = f.first->byMode.at("free").cells;
        const auto beta = std::find_if(cells.begin(), cells.end(), [](const ScoredCell& cell) { return cell.contract.value == "beta"; });
        QVERIFY2(refusal(goldChange(*f.session, f.at("beta", "document_name"), *beta)).find("no valid answer") != std::string::npos, "");
        // A quote that is not in the text.
        ScoredCell ungrounded = *f.at("alpha", "insurance").cell;
        ungrounded.predictedRanges = {ByteRange()};
        QVERIFY2(refusal(goldChange(*f.session, f.at("alpha", "insurance"), ungrounded)).find("doesn't stand in the contract") != std::string::npos, "");
        // A contract that the project hasn't, and one whose text is another one by now.
        ScoredRun elsewhere = *f.second;
        ScoredCell cell = *f.at("alpha", "insurance").cell;
        elsewhere.texts[cell.contract] += "More.";
        QVERIFY2(refusal(goldChange(*f.session, {&elsewhere, {}, "free", &cell}, cell)).find("not the one") != std::string::npos, "");
        cell.contract = ContractId("delta");
        QVERIFY2(refusal(goldChange(*f.session, {&elsewhere, {}, "free", &cell}, cell)).find("isn't in the project") != std::string::npos, "");
    }

    void absentIsAnAnswerThatCanBeGold() {
        ReviewFixture f;
        QVERIFY(f.session);
        const ReviewSubject subject = f.at("gamma", "document_name");
        CW_VERIFY(f.undo->review(goldChange(*f.session, subject, *subject.cell).value(), QStringLiteral("gold")));
        QVERIFY(f.gold("gamma", "document_name").state == CellState::Absent);
    }

    void whatAPersonWroteOfTheClauseStaysWithIt() {
        ReviewFixture f;
        QVERIFY(f.session);
        for (const char* clause : {"insurance", "renewal_term"}) { // found, and taken from an answer that says absent
            Cell before = absentCell(clause);
            before.note = "See schedule 2.";
            before.lookedFor = {{"insur", 3}};
            before.suggestion = "rules";
            before.flags.unsure = true;
            CW_VERIFY(f.session->setCell(ContractId("alpha"), before, "absent"));
            const ReviewSubject subject = f.at("alpha", clause);
            ScoredCell answer = *subject.cell;
            if (before.clause == "renewal_term")
                answer.predicted.reset();
            CW_VERIFY(f.undo->review(goldChange(*f.session, subject, answer).value(), QStringLiteral("gold")));
            const Cell after = f.gold("alpha", clause);
            QVERIFY(after.state == (answer.predicted ? CellState::Present : CellState::Absent));
            QCOMPARE(after.note, before.note);
            QVERIFY(after.lookedFor == before.lookedFor);
            QCOMPARE(after.suggestion, before.suggestion);
            QVERIFY(!after.flags.any()); // it is decided
        }
    }

    void aDisputeNeedsAnotherAnswer() {
        ReviewFixture f;
        QVERIFY(f.session);
        QVERIFY(!refusal(disputeChange(*f.session, f.at("alpha", "document_name"), "")).empty()); // A says what the gold says
        const ReviewSubject subject = f.at("alpha", "insurance");
        CW_VERIFY(f.undo->review(disputeChange(*f.session, subject, "").value(), QStringLiteral("dispute")));
        QVERIFY(!refusal(f.pair(subject)).empty()); // doubtful gold is no chosen answer
        const auto again = disputeChange(*f.session, subject, "");
        QVERIFY(again.ok() && again->notesAfter.front().state == ReviewNoteState::Withdrawn);
    }

    void aDisputeEndsWithTheGoldThatItWants() {
        ReviewFixture f;
        QVERIFY(f.session);
        const ReviewSubject subject = f.at("alpha", "insurance");
        CW_VERIFY(f.undo->review(disputeChange(*f.session, subject, "").value(), QStringLiteral("dispute")));
        QCOMPARE(unmetDisputes(*f.session)->size(), size_t{1});
        const Cell asDisputed = goldChange(*f.session, subject, *subject.cell)->cellsAfter.front();
        CW_VERIFY(f.undo->setCell(ContractId("alpha"), asDisputed, QStringLiteral("present"))); // in Annotate
        QVERIFY(unmetDisputes(*f.session)->empty());
        QVERIFY(notesAsTheyStand(*f.session, subject.cell->contract, "insurance")->front().state == ReviewNoteState::Accepted);
        f.undo->activate(ContractId("alpha"));
        f.undo->group().undo();
        QCOMPARE(unmetDisputes(*f.session)->size(), size_t{1}); // as it was
        QVERIFY(notesAsTheyStand(*f.session, subject.cell->contract, "insurance")->front().state == ReviewNoteState::Open);
    }

    void itsAuthorTakesADisputeBackFromAnyRun() {
        ReviewFixture f;
        QVERIFY(f.session);
        ReviewSubject subject = f.at("alpha", "insurance");
        CW_VERIFY(f.undo->review(disputeChange(*f.session, subject, "").value(), QStringLiteral("dispute")));
        subject.run = f.first.get();
        const auto again = disputeChange(*f.session, subject, "");
        QVERIFY(again.ok() && again->notesAfter.front().state == ReviewNoteState::Withdrawn);
        CW_VERIFY(f.undo->review(*again, QStringLiteral("dispute")));
        QVERIFY(f.store().reviews().openDisputes()->empty());
    }

    void aDisputeCountsForRunsOnTheSameText() {
        ReviewFixture f;
        QVERIFY(f.session);
        CW_VERIFY(f.undo->review(disputeChange(*f.session, f.at("alpha", "insurance"), "").value(), QStringLiteral("dispute")));
        QCOMPARE(unmetDisputes(*f.session, *f.second)->size(), size_t{1});
        QCOMPARE(unmetDisputes(*f.session, *f.first)->size(), size_t{1});
        ScoredRun shifted = *f.first;
        shifted.texts[ContractId("alpha")] += "It is made in England.";
        QVERIFY(unmetDisputes(*f.session, shifted)->empty());
    }

    void aDisputeFollowsTheAnswerOfTheOtherDecoding() {
        ReviewFixture f;
        QVERIFY(f.session);
        const ReviewSubject free = f.at("alpha", "insurance");
        CW_VERIFY(f.undo->review(disputeChange(*f.session, free, "health cover").value(), QStringLiteral("dispute")));
        ScoredCell answer = *free.cell;
        answer.predicted = found("staff health insurance", false);
        ReviewSubject constrained = free;
        constrained.mode = "constrained";
        constrained.cell = &answer;
        CW_VERIFY(f.undo->review(disputeChange(*f.session, constrained, "it is none").value(), QStringLiteral("dispute")));
        const auto open = f.store().reviews().openDisputes().value();
        QCOMPARE(open.size(), size_t{1});
        QCOMPARE(open.front().proposed, encodeFinding(*answer.predicted));
        QCOMPARE(open.front().text, std::string("it is none"));
        answer.predicted = answer.gold; // what says the gold proposes nothing: the dispute goes
        QVERIFY(disputeChange(*f.session, constrained, "")->notesAfter.front().state == ReviewNoteState::Withdrawn);
        f.undo->group().undo();
        QCOMPARE(f.store().reviews().openDisputes()->front().proposed, encodeFinding(*free.cell->predicted));
    }

    void disputesReadTheirProposals() {
        ReviewFixture f;
        QVERIFY(f.session);
        ReviewNote present = f.store().reviews().make(ReviewNoteKind::Dispute);
        present.contract = ContractId("alpha");
        present.clause = "insurance";
        present.proposed = encodeFinding(found("staff health insurance", true));
        ReviewNote absent = present, unknown = present, broken = present;
        absent.clause = "governing_law";
        absent.proposed = "null";
        unknown.clause = "no_such_clause";
        broken.proposed = "{";
        const std::vector<Dispute> disputes = disputesOf({present, absent, unknown, broken}, f.session->taxonomy());
        QCOMPARE(disputes.size(), size_t{2});
        QVERIFY(disputes[0].proposed == found("staff health insurance", true));
        QVERIFY(!disputes[1].proposed);
    }

    void whatARunHasUsedGetsANewVersionForTraining() {
        ReviewFixture f;
        QVERIFY(f.session);
        const Split used = f.store().splits().get("default").value();
        QVERIFY(used.frozen);
        const TrainingChange moved = trainingChange(*f.session, f.at("beta", "governing_law"), "default", {}).value();
        QVERIFY2(moved.sentence.contains(QStringLiteral("default-2")), qPrintable(moved.sentence));
        CW_VERIFY(f.undo->review(*moved.change, QStringLiteral("train")));
        const Split next = f.store().splits().get("default-2").value();
        QVERIFY(!next.frozen && next.sides.at(ContractId("beta")) == Side::Train);
        QVERIFY(next.sides.at(ContractId("alpha")) == Side::Validation && next.sides.at(ContractId("gamma")) == Side::Test);
        QVERIFY(f.store().splits().get("default").value() == used);
        // Another one goes into the same version, from whichever of the two its run was; until a run has used that.
        QVERIFY(!trainingChange(*f.session, f.at("beta", "insurance"), "default-2", {})->change);
        const TrainingChange second = trainingChange(*f.session, f.at("alpha", "insurance"), "default", {}).value();
        QCOMPARE(second.change->splitAfter->name, std::string("default-2"));
        CW_VERIFY(f.store().splits().freeze("default-2"));
        QCOMPARE(trainingChange(*f.session, f.at("alpha", "insurance"), "default", {})->change->splitAfter->name, std::string("default-3"));
        f.undo->group().undo(); // a run learnt from it: too late
        QVERIFY(f.store().splits().get("default-2").value().sides.at(ContractId("beta")) == Side::Train);
    }

    void aNewVersionIsTakenBackAndForth() {
        ReviewFixture f;
        QVERIFY(f.session);
        const auto side = [&] { return f.store().splits().get("default-2")->sides.at(ContractId("beta")); };
        CW_VERIFY(f.undo->review(*trainingChange(*f.session, f.at("beta", "governing_law"), "default", {})->change, QStringLiteral("train")));
        f.restart();
        f.undo->group().undo();
        QVERIFY(side() == Side::Validation);
        f.undo->group().redo();
        QVERIFY(side() == Side::Train);
    }

    void nearDuplicatesGoWithTheContractOrKeepItOut() {
        ReviewFixture f;
        QVERIFY(f.session);
        const TrainingChange both = trainingChange(*f.session, f.at("beta", "governing_law"), "default", {ContractId("alpha")}).value();
        QVERIFY(both.change->splitAfter->sides.at(ContractId("alpha")) == Side::Train);
        QVERIFY2(both.sentence.contains(QStringLiteral("alpha")), qPrintable(both.sentence));
        const TrainingChange kept = trainingChange(*f.session, f.at("beta", "governing_law"), "default", {ContractId("gamma")}).value();
        QVERIFY(kept.change && !kept.change->splitAfter && kept.change->notesAfter.front().kind == ReviewNoteKind::Wanted);
        QVERIFY2(kept.sentence.contains(QStringLiteral("gamma")), qPrintable(kept.sentence));
    }

    void whatStandsInTheProjectTwiceIsFound() {
        ReviewFixture f;
        QVERIFY(f.session);
        std::string text;
        for (int i = 0; i < 60; ++i)
            text += "Clause " + std::to_string(i) + " of this agreement binds party " + std::to_string(7 * i) + ". ";
        for (const char* id : {"copy-1", "copy-2"}) {
            Contract contract;
            contract.id = ContractId(id);
            contract.documentSha256 = sha256Hex(std::string(id));
            DocumentText document;
            document.text = text + id;
            CW_VERIFY(f.store().contracts().add(contract, document));
        }
        QVERIFY(nearDuplicatesOf(f.store(), ContractId("copy-1")).value() == std::set<ContractId>{ContractId("copy-2")});
        QVERIFY(nearDuplicatesOf(f.store(), ContractId("alpha"))->empty());
        QVERIFY(nearDuplicatesOf(f.store(), ContractId("elsewhere"))->empty());
    }

    void aLockedContractIsListedInstead() {
        ReviewFixture f;
        QVERIFY(f.session);
        const TrainingChange locked = trainingChange(*f.session, f.at("gamma", "document_name"), "default", {}).value();
        QVERIFY(locked.change && !locked.change->splitAfter && locked.change->notesAfter.front().kind == ReviewNoteKind::Wanted);
        CW_VERIFY(f.undo->review(*locked.change, QStringLiteral("wanted")));
        QVERIFY(!trainingChange(*f.session, f.at("gamma", "document_name"), "default", {})->change); // listed already
        QVERIFY(!trainingChange(*f.session, f.at("beta", "governing_law"), "no-such-split", {})->change->splitAfter);
    }

    void aPairIsMadeOfThePromptThatShowedTheClause() {
        ReviewFixture f;
        QVERIFY(f.session);
        f.answerInTwoWindows(encodeAnswer(answerOf({})), encodeAnswer(answerOf({}))); // the renewal term stands in the second
        const auto change = f.pair(f.at("alpha", "renewal_term"));
        QVERIFY2(change.ok(), refusal(change).c_str());
        QCOMPARE(change->pair->prompt, std::string("window 2"));
        QVERIFY(change->pair->first.find("renews for one (1) year terms") != std::string::npos);
        QVERIFY(change->pair->first.find("SUPPLY AGREEMENT") == std::string::npos); // it stands in the other window
        QVERIFY(change->pair->verdict == Verdict::FirstBetter);
        QVERIFY(!refusal(f.pair(f.at("gamma", "document_name"))).empty()); // locked
    }

    void noPairPrefersGoldThatWasGivenUp() {
        ReviewFixture f;
        QVERIFY(f.session);
        const ReviewSubject subject = f.at("alpha", "insurance");
        QVERIFY(f.pair(subject).ok());
        CW_VERIFY(f.undo->review(disputeChange(*f.session, subject, "").value(), QStringLiteral("dispute")));
        QVERIFY2(refusal(f.pair(f.at("alpha", "renewal_term"))).find("disputed") != std::string::npos, ""); // the same prompt's answer
        CW_VERIFY(f.undo->review(goldChange(*f.session, subject, *subject.cell).value(), QStringLiteral("gold")));
        QVERIFY2(refusal(f.pair(subject)).find("changed since") != std::string::npos, "");
        QVERIFY(!refusal(f.pair(f.at("alpha", "renewal_term"))).empty());
        f.undo->group().undo();
        f.undo->group().undo();
        QVERIFY(f.pair(subject).ok());
        // A dispute that was settled bars nothing once a run was frozen with the new gold.
        ReviewNote accepted = f.store().reviews().make(ReviewNoteKind::Dispute);
        accepted.contract = subject.cell->contract;
        accepted.clause = subject.cell->clause;
        accepted.state = ReviewNoteState::Accepted;
        CW_VERIFY(f.store().reviews().put(accepted, "accept"));
        QVERIFY(f.pair(subject).ok());
    }

    void noPairIsMadeOfAnotherText() {
        ReviewFixture f;
        QVERIFY(f.session);
        const RunFolder folder(f.store().runsFolder() / f.second->id.value);
        CW_VERIFY(writeFileAtomically(folder.text(ContractId("alpha")), "Rewritten as a British drafter would. " + textOf("alpha")));
        QVERIFY2(refusal(f.pair(f.at("alpha", "renewal_term"))).find("another text") != std::string::npos, "");
    }

    void aPairIsMadeOfTheWindowThatErred() {
        ReviewFixture f;
        QVERIFY(f.session);
        // The first window misses the law; the second invents an insurance that stands nowhere.
        const Findings invented = {{"renewal_term", found("renews for one (1) year terms", std::string("P1Y"))}, {"insurance", found("fire cover of 5 m", true)}};
        f.answerInTwoWindows(encodeAnswer(answerOf({{"document_name", found("SUPPLY AGREEMENT")}})), encodeAnswer(answerOf(invented)));
        f.scoreAgain();
        const auto change = f.pair(f.at("alpha", "insurance"));
        QVERIFY2(change.ok(), refusal(change).c_str());
        QCOMPARE(change->pair->prompt, std::string("window 2"));
        QVERIFY(change->pair->origin == PairOrigin::Hallucinated);
        QCOMPARE(f.pair(f.at("alpha", "governing_law"))->pair->prompt, std::string("window 1"));
        QVERIFY2(refusal(f.pair(f.at("alpha", "renewal_term"))).find("is right") != std::string::npos, "");
    }
};

QTEST_GUILESS_MAIN(TestReviewChanges)
#include "test_review_changes.moc"
