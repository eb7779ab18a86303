// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// What a reviewer does as changes, and as steps of undo that outlive the window: what is refused, with which sentence, and that nothing is half
// written.
#include "app/services/review_changes.h"
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
        change.pair = pairChange(*f.session, f.at("alpha", "renewal_term"))->pair;
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
        QVERIFY(f.gold("alpha", "insurance").state == CellState::NotReviewed);
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
        QVERIFY2(refusal(acceptChange(*f.session, subject, *subject.cell)).find("no answer here") != std::string::npos, "");
        Cell gold = presentCellAt("alpha", "renewal_term", "renews for one (1) year terms", std::string("P1Y"));
        CW_VERIFY(f.session->setCell(ContractId("alpha"), gold, "present"));
        CW_VERIFY(f.undo->review(acceptChange(*f.session, subject, *subject.cell).value(), QStringLiteral("accepted")));
        const Cell mended = f.gold("alpha", "renewal_term");
        QVERIFY(mended.value == gold.value && mended.alternatives.size() == 1);
        QVERIFY(mended.alternatives.front().value == subject.cell->predicted->value);
        QVERIFY2(refusal(acceptChange(*f.session, subject, *subject.cell)).find("counts as right already") != std::string::npos, "");
        QVERIFY2(refusal(pairChange(*f.session, subject)).find("is accepted beside the gold") != std::string::npos, "");
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
        CW_VERIFY(f.session->setCell(ContractId("alpha"), absentCell("insurance"), "absent"));
        QSignalSpy failed(f.undo.get(), &UndoService::failed);
        f.undo->group().undo();
        QCOMPARE(failed.size(), 1);
        QVERIFY(f.gold("alpha", "insurance").state == CellState::Absent);
        QVERIFY(!f.undo->canUndoReview()); // it doesn't bar the way to those before it
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

    void aDisputeNeedsAnotherAnswer() {
        ReviewFixture f;
        QVERIFY(f.session);
        QVERIFY(!refusal(disputeChange(*f.session, f.at("alpha", "document_name"), "")).empty()); // A says what the gold says
        const ReviewSubject subject = f.at("alpha", "insurance");
        CW_VERIFY(f.undo->review(disputeChange(*f.session, subject, "").value(), QStringLiteral("dispute")));
        QVERIFY(!refusal(pairChange(*f.session, subject)).empty()); // doubtful gold is no chosen answer
        const auto again = disputeChange(*f.session, subject, "");
        QVERIFY(again.ok() && again->notesAfter.front().state == ReviewNoteState::Withdrawn);
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

    void theRulesOfSplitsDecideWhatAddingToTrainingDoes() {
        ReviewFixture f;
        QVERIFY(f.session);
        const TrainingChange moved = trainingChange(*f.session, f.at("beta", "governing_law"), "default").value();
        QVERIFY(moved.change && moved.change->splitAfter->sides.at(ContractId("beta")) == Side::Train);
        const TrainingChange locked = trainingChange(*f.session, f.at("gamma", "document_name"), "default").value();
        QVERIFY(locked.change && !locked.change->splitAfter && locked.change->notesAfter.front().kind == ReviewNoteKind::Wanted);
        CW_VERIFY(f.undo->review(*locked.change, QStringLiteral("wanted")));
        QVERIFY(!trainingChange(*f.session, f.at("gamma", "document_name"), "default")->change); // listed already
        CW_VERIFY(f.store().splits().freeze("default"));
        const TrainingChange frozen = trainingChange(*f.session, f.at("beta", "governing_law"), "default").value();
        QVERIFY(frozen.change && !frozen.change->splitAfter);
        QVERIFY(f.store().splits().get("default")->sides.at(ContractId("beta")) == Side::Validation);
    }

    void aPairIsMadeOfThePromptThatShowedTheClause() {
        ReviewFixture f;
        QVERIFY(f.session);
        // Alpha in two windows: the renewal term stands in the second.
        const std::string text = textOf("alpha");
        const size_t cut = text.find("It renews");
        const RunFolder folder(f.store().runsFolder() / f.second->id.value);
        std::vector<OutputRow> outputs = {outputRow("alpha", encodeAnswer(answerOf({}))),
                                          outputRow("alpha", encodeAnswer(answerOf({})))};
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
        const auto change = pairChange(*f.session, f.at("alpha", "renewal_term"));
        QVERIFY2(change.ok(), refusal(change).c_str());
        QCOMPARE(change->pair->prompt, std::string("window 2"));
        QVERIFY(change->pair->first.find("renews for one (1) year terms") != std::string::npos);
        QVERIFY(change->pair->first.find("SUPPLY AGREEMENT") == std::string::npos); // it stands in the other window
        QVERIFY(change->pair->verdict == Verdict::FirstBetter);
        QVERIFY(!refusal(pairChange(*f.session, f.at("gamma", "document_name"))).empty()); // locked
    }
};

QTEST_GUILESS_MAIN(TestReviewChanges)
#include "test_review_changes.moc"
