// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The review of two evaluations with the keyboard alone: filter, go from example to example and from change to change, and everything that a
// reviewer decides, in at most two keys, with its undo and its entry in the audit.
#include "app/services/result_qt.h"
#include "core/store/review_store.h"
#include "tests/support/pictures.h"
#include "tests/support/review_fixture.h"
#include "tests/support/window_fixture.h"
#include "ui/models/error_matrix_model.h"
#include "ui/pages/annotate_page.h"
#include "ui/pages/review_view.h"
#include "ui/project.h"
#include "ui/widgets/error_matrix_view.h"
#include "ui/widgets/key_button.h"
#include "ui/widgets/message_bar.h"
#include "ui/widgets/review_columns.h"
#include "ui/widgets/review_document.h"
#include "ui/widgets/text_view.h"

#include <QComboBox>
#include <QLabel>
#include <QLineEdit>

using namespace cw;
using namespace cw::test;

class TestReviewJourney : public Journey {
    Q_OBJECT

private Q_SLOTS:
    void init() {
        m_fixture = std::make_unique<WindowFixture>();
        m_project = m_fixture->path("Review.clausewright");
        {
            auto session = StoreSession::create(m_project, currentIdentity(m_fixture->settings->annotator()), m_fixture->clock);
            QVERIFY(session.ok());
            QVERIFY(fillReviewProject(**session));
        }
        m_fixture->openWindow(m_project);
        press(window(), {Qt::Key_6}, Qt::ControlModifier);
        choose("evaluatedRun", "second");
        QTRY_VERIFY(matrix().isVisible());
        choose("pinnedRun", "first");
        QTRY_VERIFY(matrix().isVisible() && hasBaseline()); // it is scored, too
        openAll();
        press(window(), {Qt::Key_W}); // the right ones too
        QCOMPARE(view().list().size(), 12);
    }

    void cleanup() {
        closeWindow();
        m_fixture.reset();
    }

    void everyFilterOpensAsManyAsItsChipSays() {
        for (int i = 0; i < kReviewFilters; ++i) {
            auto* chip = view().findChild<KeyButton*>(QStringLiteral("reviewFilter%1").arg(i));
            QVERIFY(chip && chip->isVisible());
            const int count = chip->text().section(QLatin1Char(' '), -1).toInt();
            QCOMPARE(chip->isEnabled(), count > 0);
            if (count == 0)
                continue;
            chip->setFocus();
            press(window(), {Qt::Key_Space});
            QVERIFY(chip->isChecked());
            QCOMPARE(view().list().size(), count);
            QCOMPARE(place(), QStringLiteral("1 of %1").arg(count));
            for (int row = 1; row < count; ++row)
                press(window(), {Qt::Key_J});
            QCOMPARE(place(), QStringLiteral("%1 of %1").arg(count));
            press(window(), {Qt::Key_J}); // the last one stays
            QCOMPARE(place(), QStringLiteral("%1 of %1").arg(count));
        }
        QCOMPARE(view().list().count(ReviewFilter::Fixed), 4);
        QCOMPARE(view().list().count(ReviewFilter::Broken), 1);
        QCOMPARE(view().list().count(ReviewFilter::SuspectGold), 1);
    }

    void whatWasSaidOfAnExampleGoesWithIt() {
        while (!place().startsWith(QStringLiteral("1 of ")))
            press(window(), {Qt::Key_K});
        press(window(), {Qt::Key_K});
        QVERIFY2(messages().contains(QStringLiteral("first example")), qPrintable(messages()));
        press(window(), {Qt::Key_J});
        QVERIFY2(!messages().contains(QStringLiteral("first example")), qPrintable(messages()));
    }

    void theFilterStaysFromListToList() {
        auto* chip = view().findChild<KeyButton*>(QStringLiteral("reviewFilter%1").arg(static_cast<int>(ReviewFilter::Broken)));
        chip->setFocus();
        press(window(), {Qt::Key_Space, Qt::Key_Escape});
        QVERIFY(matrix().isVisible());
        openAll();
        QVERIFY(view().list().filter() == ReviewFilter::Broken);
        QCOMPARE(view().current()->contract.value, std::string("gamma"));
    }

    void nAndShiftNGoFromChangeToChange() {
        goTo("alpha", "renewal_term");
        press(window(), {Qt::Key_N});
        const QString first = columns().changeWords();
        QVERIFY2(first.contains(QStringLiteral("deleted: terms")), qPrintable(first)); // the quote of A is one word short
        QCOMPARE(columns().accessibleDescription(), first);
        press(window(), {Qt::Key_N});
        QVERIFY2(columns().changeWords().contains(QStringLiteral("P3Y")), qPrintable(columns().changeWords()));
        press(window(), {Qt::Key_N}, Qt::ShiftModifier);
        QCOMPARE(columns().changeWords(), first);
    }

    void anotherFieldOfTheContractBecomesTheExample() {
        auto* fixed = view().findChild<KeyButton*>(QStringLiteral("reviewFilter%1").arg(static_cast<int>(ReviewFilter::Fixed)));
        fixed->setFocus();
        press(window(), {Qt::Key_Space});
        goTo("alpha", "governing_law");
        const QString listed = place();
        press(window(), {Qt::Key_Down}, Qt::ControlModifier);
        QCOMPARE(view().current()->clause, std::string("renewal_term")); // which the filter leaves out
        QCOMPARE(place(), QStringLiteral("beside %1").arg(listed));
        QVERIFY(page().context().details.contains(QStringLiteral("Renewal term")));
        press(window(), {Qt::Key_3});
        QCOMPARE(notesHere().size(), size_t{1});
        press(window(), {Qt::Key_K});
        QCOMPARE(place(), listed);
        QVERIFY(notesHere().empty()); // the verdict is the other field's

        click("insurance");
        QCOMPARE(view().current()->clause, std::string("insurance"));
        const auto* text = qobject_cast<TextView*>(view().findChild<ReviewDocument*>()->pane());
        QTRY_COMPARE(text->caret(), textOf("alpha").find("staff health"));
        QCOMPARE(columns().sheet().rows.front().key, std::string("governing_law")); // nothing jumped away under the mouse
        press(window(), {Qt::Key_G, Qt::Key_A});
        QVERIFY(cellHere().state == CellState::Present);
        press(window(), {Qt::Key_J}); // on in the list
        QCOMPARE(view().current()->contract.value, std::string("beta"));
    }

    void aChangeInAnotherFieldBringsThatFieldAlong() {
        goTo("alpha", "insurance");
        const int changes = columns().changeCount();
        for (int i = 0; i < changes; ++i)
            press(window(), {Qt::Key_N});
        QCOMPARE(view().current()->clause, columns().sheet().rows[static_cast<size_t>(chosenRow(columns().sheet()))].key);
        QVERIFY(view().current()->clause != "insurance");
        QVERIFY(columns().changeWords().startsWith(QStringLiteral("Governing law")));
    }

    void theContractIsInViewAtTheSpan() {
        goTo("alpha", "governing_law");
        const auto& document = *view().findChild<ReviewDocument*>();
        QVERIFY(!document.showsPages());
        const auto* text = qobject_cast<TextView*>(document.pane());
        QVERIFY(text && text->isVisible());
        std::set<SpanMark::Line> lines;
        for (const SpanMark& mark : text->marks())
            if (mark.current)
                lines.insert(mark.line);
        QVERIFY(lines == (std::set<SpanMark::Line>{SpanMark::Line::Saved, SpanMark::Line::AnswerA}));
        QTRY_COMPARE(text->caret(), textOf("alpha").find("governed by"));
    }

    void hiddenWordsAreSaidAndOneKeyShowsThem() {
        const auto* warning = view().findChild<QLabel*>(QStringLiteral("mistrusted"));
        goTo("alpha", "insurance");
        QVERIFY(!warning->isVisible());
        goTo("gamma", "document_name");
        QVERIFY(warning->isVisible());
        QVERIFY2(warning->text().contains(QStringLiteral("text that nobody sees: 1")), qPrintable(warning->text()));
        press(window(), {Qt::Key_H});
        const auto* text = qobject_cast<TextView*>(view().findChild<ReviewDocument*>()->pane());
        QTRY_COMPARE(text->caret(), textOf("gamma").find("The Licensor"));
        QVERIFY2(warning->text().startsWith(QStringLiteral("1 of 1. Hidden text")), qPrintable(warning->text()));
    }

    void oneKeyIsAVerdictWithPersonAndTime() {
        goTo("alpha", "renewal_term");
        press(window(), {Qt::Key_3});
        auto notes = notesHere();
        QCOMPARE(notes.size(), size_t{1});
        QVERIFY(notes[0].verdict == ReviewVerdict::BothWrong);
        QCOMPARE(notes[0].person, std::string("Mia Kern"));
        QVERIFY(!notes[0].madeAt.empty());
        press(window(), {Qt::Key_2}); // a changed mind
        QVERIFY(notesHere().size() == 1 && notesHere()[0].verdict == ReviewVerdict::BRight);
        QCOMPARE(auditHere(), QStringList({QStringLiteral("import"), QStringLiteral("verdict"), QStringLiteral("verdict")}));
        press(window(), {Qt::Key_Z}, Qt::ControlModifier);
        QVERIFY(notesHere().size() == 1 && notesHere()[0].verdict == ReviewVerdict::BothWrong);
        press(window(), {Qt::Key_Z}, Qt::ControlModifier);
        QVERIFY(notesHere().empty());
        press(window(), {Qt::Key_Z}, Qt::ControlModifier | Qt::ShiftModifier);
        QCOMPARE(notesHere().size(), size_t{1});
        QCOMPARE(auditHere().last(), QStringLiteral("verdict"));
        press(window(), {Qt::Key_J, Qt::Key_K}); // it is in view when one comes back
        QVERIFY(view().findChild<KeyButton*>(QStringLiteral("review.bothWrongButton"))->isChecked());
        checkAudit();
    }

    void oneKeyMakesAPreferencePair() {
        goTo("alpha", "renewal_term");
        press(window(), {Qt::Key_P, Qt::Key_J}); // without waiting
        QTRY_COMPARE(store().preferences().all()->size(), size_t{1});
        const PreferencePair pair = store().preferences().all()->front();
        QCOMPARE(pair.first, encodeAnswer(threeContracts()[0].answer)); // the gold's encoding, chosen
        QCOMPARE(pair.second, secondOutputs()[0].output);
        QVERIFY(pair.verdict == Verdict::FirstBetter);
        QCOMPARE(pair.prompt, std::string("Extract the clauses of alpha"));
        QCOMPARE(pair.annotator, std::string("Mia Kern"));
        goTo("alpha", "renewal_term");
        press(window(), {Qt::Key_P}); // the same once more
        QTRY_VERIFY2(messages().contains(QStringLiteral("is there already")), qPrintable(messages()));
        QCOMPARE(store().preferences().all()->size(), size_t{1});
        press(window(), {Qt::Key_Z}, Qt::ControlModifier);
        QVERIFY(store().preferences().all()->empty());
        const auto audit = store().audit().entries(pair.id.value);
        QVERIFY(audit.ok() && audit->size() == 2 && audit->at(0).action == "add" && audit->at(1).action == "undo");
        checkAudit();
    }

    void nothingOfALockedContractTrains() {
        goTo("gamma", "document_name");
        press(window(), {Qt::Key_P});
        QTRY_VERIFY2(messages().contains(QStringLiteral("learn its own test")), qPrintable(messages()));
        QVERIFY(store().preferences().all()->empty());
        press(window(), {Qt::Key_T});
        QVERIFY(store().splits().get("default")->sides.at(ContractId("gamma")) == Side::Test);
        QTRY_COMPARE(store().reviews().wanted()->size(), size_t{1});
        QVERIFY2(messages().contains(QStringLiteral("stays there for good")), qPrintable(messages()));
        press(window(), {Qt::Key_Z}, Qt::ControlModifier);
        QVERIFY(store().reviews().wanted()->empty());
    }

    void oneKeyAddsAContractToTraining() {
        const auto sideOf = [this](const char* split) { return store().splits().get(split)->sides.at(ContractId("beta")); };
        goTo("beta", "governing_law");
        press(window(), {Qt::Key_T, Qt::Key_K}); // without waiting
        QTRY_VERIFY2(messages().contains(QStringLiteral("train side of split default-2")), qPrintable(messages()));
        QVERIFY(sideOf("default-2") == Side::Train);
        QVERIFY(sideOf("default") == Side::Validation); // which runs have used
        press(window(), {Qt::Key_Z}, Qt::ControlModifier);
        QVERIFY(sideOf("default-2") == Side::Validation);
        QVERIFY(!store().splits().get("default-2")->frozen);
    }

    void oneKeyAcceptsAnAnswerBesideTheGold() {
        goTo("alpha", "insurance");
        press(window(), {Qt::Key_G, Qt::Key_A}); // the gold has an answer now
        press(window(), {Qt::Key_V});
        QVERIFY2(messages().contains(QStringLiteral("counts as right already")), qPrintable(messages()));
        press(window(), {Qt::Key_Z}, Qt::ControlModifier);
        goTo("alpha", "renewal_term");
        const Cell gold = cellHere();
        QVERIFY(gold.state == CellState::Present && gold.alternatives.empty());
        press(window(), {Qt::Key_V});
        QVERIFY2(messages().contains(QStringLiteral("counts as right beside the gold")), qPrintable(messages()));
        QVERIFY(cellHere().value == gold.value && cellHere().alternatives.size() == 1);
        press(window(), {Qt::Key_Z}, Qt::ControlModifier);
        QVERIFY(cellHere().value == gold.value && cellHere().alternatives.empty());
        QCOMPARE(auditHere(), QStringList({QStringLiteral("import"), QStringLiteral("present"), QStringLiteral("undo")}));
        checkAudit();
    }

    void twoKeysTakeAnAnswerAsGold() {
        goTo("alpha", "insurance");
        press(window(), {Qt::Key_A}); // alone it is nothing
        QVERIFY(cellHere().state == CellState::Absent);
        press(window(), {Qt::Key_G, Qt::Key_A});
        QVERIFY(cellHere().state == CellState::Present);
        QCOMPARE(cellHere().spans.front().quote, std::string("staff health insurance"));
        QVERIFY(cellHere().value == ClauseValue(true));
        press(window(), {Qt::Key_Z}, Qt::ControlModifier);
        QVERIFY(cellHere().state == CellState::Absent);
        QCOMPARE(auditHere(), QStringList({QStringLiteral("import"), QStringLiteral("present"), QStringLiteral("undo")}));
        press(window(), {Qt::Key_G, Qt::Key_Escape}); // Escape closes the innermost
        QVERIFY(view().isVisible());
    }

    void whatCannotBeTakenBackIsNotCalledUndone() {
        goTo("alpha", "insurance");
        press(window(), {Qt::Key_G, Qt::Key_A});
        Cell elsewhere = cellHere(); // as another page leaves it
        elsewhere.note = "Ask the client.";
        QVERIFY(window().project()->session().setCell(ContractId("alpha"), elsewhere, "present").ok());
        press(window(), {Qt::Key_Z}, Qt::ControlModifier);
        QVERIFY2(!messages().contains(QStringLiteral("Undone")), qPrintable(messages()));
        QVERIFY2(messages().contains(QStringLiteral("was changed since")), qPrintable(messages()));
        QVERIFY(cellHere() == elsewhere);
    }

    void gTwiceOpensTheClauseWhereItIsAnnotated() {
        goTo("alpha", "governing_law");
        press(window(), {Qt::Key_G, Qt::Key_G});
        QCOMPARE(window().currentPage()->id(), QStringLiteral("annotate"));
        QCOMPARE(qobject_cast<AnnotatePage*>(window().currentPage())->desk()->type().key, std::string("governing_law"));
    }

    void twoKeysDisputeTheGoldAndTheScoresSayWhatThatChanges() {
        goTo("alpha", "insurance");
        const auto* scores = view().findChild<QLabel*>(QStringLiteral("disputedScores"));
        QVERIFY(!scores->isVisible());
        press(window(), {Qt::Key_D, Qt::Key_Return});
        QCOMPARE(store().reviews().openDisputes()->size(), size_t{1});
        QCOMPARE(store().reviews().openDisputes()->front().proposed, encodeFinding(found("staff health insurance", true)));
        // 8 of 12 are right; with this one 9. Of the pinned run's 5 of 12 it is the sixth.
        QCOMPARE(scores->text(), QString::fromUtf8("Accuracy if 1 dispute is accepted: A 66.7 → 75.0, B 41.7 → 50.0"));
        press(window(), {Qt::Key_P}); // disputed gold is no chosen answer
        QTRY_VERIFY2(messages().contains(QStringLiteral("is disputed")), qPrintable(messages()));
        QVERIFY(store().preferences().all()->empty());
        press(window(), {Qt::Key_G, Qt::Key_A}); // what it proposes becomes the gold
        QVERIFY(store().reviews().openDisputes()->empty());
        QVERIFY(notesHere().front().state == ReviewNoteState::Accepted);
        press(window(), {Qt::Key_Z}, Qt::ControlModifier);
        QCOMPARE(store().reviews().openDisputes()->size(), size_t{1});
        press(window(), {Qt::Key_D}); // taken back
        QVERIFY(store().reviews().openDisputes()->empty());
        QVERIFY(!scores->isVisible());
        checkAudit();
    }

    void aCommentIsInViewWheneverTheClauseIs() {
        goTo("alpha", "insurance");
        press(window(), {Qt::Key_C});
        auto* line = view().findChild<QLineEdit*>(QStringLiteral("reviewLine"));
        QVERIFY(line->isVisible() && line->hasFocus());
        QTest::keyClicks(line, QStringLiteral("1 health cover is no insurance clause"));
        press(window(), {Qt::Key_Return});
        QCOMPARE(notesHere().size(), size_t{1}); // the letters were words, not deeds
        QCOMPARE(notesHere()[0].text, std::string("1 health cover is no insurance clause"));
        press(window(), {Qt::Key_J, Qt::Key_K});
        const auto* note = view().findChild<QLabel*>(QStringLiteral("reviewNote"));
        QTRY_VERIFY(note && note->isVisible());
        QCOMPARE(note->text(), QStringLiteral("1 health cover is no insurance clause"));
        press(window(), {Qt::Key_C, Qt::Key_Escape});
        QVERIFY(view().isVisible() && !line->isVisible());
    }

    void theExactComparisonIsOneKeyAway() {
        goTo("alpha", "document_name");
        auto* exact = view().findChild<KeyButton*>(QStringLiteral("review.exactButton"));
        QVERIFY(!exact->isChecked());
        press(window(), {Qt::Key_X});
        QVERIFY(exact->isChecked());
        QCOMPARE(view().findChild<QLabel*>(QStringLiteral("reviewIgnored"))->text(), QStringLiteral("Every character counts"));
        press(window(), {Qt::Key_F}); // this field alone
        QCOMPARE(columns().sheet().rows.size(), size_t{1});
    }

    void nothingIsCutInASmallWindow() {
        goTo("alpha", "renewal_term");
        press(window(), {Qt::Key_D, Qt::Key_Return, Qt::Key_N});
        for (const ThemeMode mode : {ThemeMode::Light, ThemeMode::Dark}) {
            applyTheme(mode);
            window().resize(1280, 720);
            QTest::qWait(100);
            QCOMPARE(window().size(), QSize(1280, 720)); // nothing in it asks for more
            for (const KeyButton* button : window().findChildren<KeyButton*>())
                QVERIFY2(!button->isVisible() || button->width() >= button->sizeHint().width(), qPrintable(button->text()));
            picture(window(), mode == ThemeMode::Light ? QStringLiteral("review-light") : QStringLiteral("review-dark"));
            press(window(), {Qt::Key_G});
            for (const KeyButton* button : view().findChildren<KeyButton*>())
                QVERIFY2(!button->isVisible() || button->width() >= button->sizeHint().width(), qPrintable(button->text()));
            picture(window(), mode == ThemeMode::Light ? QStringLiteral("mend-light") : QStringLiteral("mend-dark"));
            press(window(), {Qt::Key_Escape});
        }
        applyTheme(ThemeMode::Light);
    }

private:
    void checkAudit() { QVERIFY(store().audit().verify().ok()); }

    void choose(const char* box, const char* run) {
        auto* runs = page().window()->findChild<QComboBox*>(QString::fromLatin1(box));
        QVERIFY(runs);
        for (int i = 0; i < runs->count(); ++i)
            if (runs->itemData(i, Qt::ToolTipRole).toString().endsWith(QString::fromLatin1(run)))
                return runs->setCurrentIndex(i);
        QFAIL(run);
    }

    bool hasBaseline() {
        const ErrorMatrixModel& model = *matrix().matrix();
        return !model.index(model.totalRow(), ErrorMatrixModel::FirstError).data(ErrorMatrixModel::DeltaTextRole).toString().isEmpty();
    }

    // Every wrong cell: the total of the matrix.
    void openAll() {
        matrix().setFocus();
        const ErrorMatrixModel& model = *matrix().matrix();
        matrix().setCurrentIndex(model.index(model.totalRow(), model.allColumn()));
        press(window(), {Qt::Key_R}, Qt::ControlModifier);
        QVERIFY(view().isVisible());
    }

    void goTo(const std::string& contract, const std::string& clause) {
        for (int i = 0; i < view().list().size(); ++i)
            press(window(), {Qt::Key_K});
        for (int i = 0; i < view().list().size(); ++i) {
            if (view().current()->contract.value == contract && view().current()->clause == clause)
                return;
            press(window(), {Qt::Key_J});
        }
        QFAIL("the list has no such example");
    }

    void click(const std::string& clause) {
        const std::vector<ReviewRow>& rows = columns().sheet().rows;
        for (int row = 0; row < static_cast<int>(rows.size()); ++row)
            if (rows[static_cast<size_t>(row)].key == clause)
                return QTest::mouseClick(columns().viewport(), Qt::LeftButton, {}, columns().rowRect(row).center());
        QFAIL(clause.c_str());
    }

    ProjectStore& store() { return window().project()->store(); }
    std::vector<ReviewNote> notesHere() { return store().reviews().ofClause(view().current()->contract, view().current()->clause).value(); }
    Cell cellHere() { return store().annotations().cell(view().current()->contract, view().current()->clause).value(); }
    QStringList auditHere() {
        QStringList actions;
        const auto entries = store().audit().entries(view().current()->contract.value + "/" + view().current()->clause);
        for (const AuditEntry& entry : entries.value())
            actions << toQString(entry.action);
        return actions;
    }
    QString messages() {
        return window().messages().texts().join(QLatin1Char('\n'));
    }
    Page& page() { return *window().page(QStringLiteral("evaluation")); }
    ReviewView& view() { return *page().findChild<ReviewView*>(); }
    ReviewColumns& columns() { return *page().findChild<ReviewColumns*>(); }
    ErrorMatrixView& matrix() { return *page().findChild<ErrorMatrixView*>(QStringLiteral("errorMatrix")); }
    QString place() { return page().window()->findChild<QLabel*>(QStringLiteral("reviewPlace"))->text(); }
};

QTEST_MAIN(TestReviewJourney)
#include "test_review_journey.moc"
