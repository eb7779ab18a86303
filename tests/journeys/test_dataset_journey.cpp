// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The dataset with the keyboard: split, split again, and rows that hold null where a clause is absent.
#include "app/services/result_qt.h"
#include "core/base/file.h"
#include "core/dataset/rows.h"
#include "core/store/review_store.h"
#include "tests/support/pictures.h"
#include "tests/support/window_fixture.h"
#include "ui/models/annotation_desk.h"
#include "ui/pages/annotate_page.h"
#include "ui/project.h"
#include "ui/widgets/key_button.h"
#include "ui/widgets/message_bar.h"
#include "ui/widgets/table_view.h"

#include <QLabel>
#include <QSpinBox>

#include <set>

using namespace cw;
using namespace cw::test;

class TestDatasetJourney : public Journey {
    Q_OBJECT

private Q_SLOTS:
    void init() {
        newProject();
        m_fixture->openWindow(m_project);
        press(window(), {Qt::Key_3}, Qt::ControlModifier);
        QCOMPARE(window().currentPage()->id(), QStringLiteral("dataset"));
    }

    void cleanup() { m_fixture.reset(); }

    void anUnsplitProjectExportsNothing() {
        QVERIFY(page().context().details.contains(QStringLiteral("not split yet")));
        for (const QAction* action : page().overflowActions())
            QVERIFY(!action->isEnabled() || !action->objectName().startsWith(QStringLiteral("dataset.")));
        m_fixture->dialogs.saveAs = m_fixture->path("train.jsonl");
        press(window(), {Qt::Key_E}, Qt::ControlModifier);
        QVERIFY(!QFile::exists(m_fixture->dialogs.saveAs));
    }

    void oneKeySplitsByTypeAndTheTestSideStaysLocked() {
        split(34);
        const std::set<ContractId> test = testSide();
        QCOMPARE(test.size(), size_t(1));
        QCOMPARE(table().model()->rowCount(), 4); // three types and all
        QVERIFY(page().context().details.contains(QStringLiteral("2 train, 0 validation, 1 test")));
        QVERIFY(page().findChild<QLabel*>(QStringLiteral("splitNote"))->text().startsWith(QStringLiteral("The test side is locked")));

        setSpin("Seed", 4711);
        split(67);
        QCOMPARE(stored().seed, std::uint64_t(4711));
        for (const ContractId& contract : test)
            QVERIFY(testSide().count(contract)); // more may join; none leaves
    }

    void trainingRowsHoldNullAndNoTestContract() {
        split(34);
        m_fixture->dialogs.saveAs = m_fixture->path("train.jsonl");
        press(window(), {Qt::Key_E}, Qt::ControlModifier);
        QVERIFY(window().messages().texts().last().startsWith(QStringLiteral("Exported to train.jsonl")));
        QVERIFY(QFile::exists(m_fixture->path("train.jsonl.manifest.json")));
        const auto rows = readChatRows(m_fixture->dialogs.saveAs.toStdString());
        QVERIFY2(rows.ok(), rows.ok() ? "" : rows.error().message().c_str());
        QVERIFY(!rows->empty());
        bool absent = false;
        for (const ChatRow& row : *rows) {
            QVERIFY(!testSide().count(row.meta.contract));
            absent |= row.assistant.find(":null") != std::string::npos;
            QVERIFY(row.assistant.find("N/A") == std::string::npos);
        }
        QVERIFY(absent);
    }

    void theRowsAreCountedForTheirWindows() {
        split(34);
        setSpin("Most text in a window, bytes", 2000);
        auto* count = page().findChild<QWidget*>(QStringLiteral("countRows"));
        count->setFocus();
        press(window(), {Qt::Key_Space});
        const auto* counts = page().findChild<QLabel*>(QStringLiteral("rowCounts"));
        QTRY_VERIFY2(counts->text().startsWith(QStringLiteral("Train: ")), qPrintable(counts->text()));
        QVERIFY2(!counts->text().startsWith(QStringLiteral("Train: 0")), qPrintable(counts->text()));
    }

    void whatReviewsWantForTrainingIsListedOpenedAndTakenOff() {
        const auto* list = page().findChild<TableView*>(QStringLiteral("wantedTable"));
        QVERIFY(!list->isVisible());
        ProjectStore& store = window().project()->store();
        const ContractId contract = store.contracts().all().value().front().id;
        for (const char* clause : {"governing_law", "insurance"}) {
            ReviewNote note = store.reviews().make(ReviewNoteKind::Wanted);
            note.contract = contract;
            note.clause = clause;
            QVERIFY(store.reviews().put(note, "wanted").ok());
        }
        window().project()->session().notifyReviews();
        QVERIFY(list->isVisible());
        QCOMPARE(list->model()->rowCount(), 2);
        QCOMPARE(list->model()->index(0, 1).data().toString(), QStringLiteral("Insurance")); // the newest first
        pictures(window(), QStringLiteral("wanted"));
        page().findChild<TableView*>(QStringLiteral("wantedTable"))->setFocus();
        press(window(), {Qt::Key_Down, Qt::Key_Return});
        QCOMPARE(window().currentPage()->id(), QStringLiteral("annotate"));
        QCOMPARE(qobject_cast<AnnotatePage*>(window().currentPage())->desk()->type().key, std::string("governing_law"));
        press(window(), {Qt::Key_3}, Qt::ControlModifier);
        page().findChild<TableView*>(QStringLiteral("wantedTable"))->setFocus();
        press(window(), {Qt::Key_Delete});
        QCOMPARE(list->model()->rowCount(), 1);
        QVERIFY2(window().messages().texts().last().contains(QStringLiteral("off the list")), qPrintable(window().messages().texts().last()));
        window().findChild<KeyButton*>(QStringLiteral("messageStep"))->click();
        QCOMPARE(store.reviews().wanted()->size(), size_t{2});
        QCOMPARE(list->model()->rowCount(), 2);
        QVERIFY(store.audit().verify().ok());
    }

private:
    Page& page() { return *window().currentPage(); }
    TableView& table() { return *page().findChild<TableView*>(QStringLiteral("splitTable")); }
    Split stored() { return window().project()->store().splits().get("default").value(); }

    std::set<ContractId> testSide() {
        std::set<ContractId> out;
        for (const auto& [contract, side] : stored().sides)
            if (side == Side::Test)
                out.insert(contract);
        return out;
    }

    void setSpin(const char* name, int value) {
        for (QSpinBox* box : page().findChildren<QSpinBox*>())
            if (box->accessibleName() == QString::fromLatin1(name)) {
                box->setFocus();
                box->selectAll();
                QTest::keyClicks(box, QString::number(value));
                QTest::keyClick(box, Qt::Key_Return);
                QCOMPARE(box->value(), value);
                return;
            }
        QFAIL(name);
    }

    void split(int testPercent) {
        setSpin("Test side, percent", testPercent);
        setSpin("Validation side, percent", 0);
        QSignalSpy made(&window().project()->session(), &StoreSession::splitsChanged);
        press(window(), {Qt::Key_S}, Qt::ControlModifier | Qt::ShiftModifier);
        QTRY_COMPARE(made.count(), 1);
    }
};

QTEST_MAIN(TestDatasetJourney)
#include "test_dataset_journey.moc"
