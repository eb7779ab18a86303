// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The library with the keyboard: search, filter, open, import, and what a bad file leads to.
#include "core/store/database.h"
#include "tests/support/window_fixture.h"
#include "ui/pages/annotate_page.h"
#include "ui/widgets/choice_button.h"
#include "ui/widgets/message_bar.h"
#include "ui/widgets/search_pane.h"
#include "ui/widgets/segmented_control.h"
#include "ui/widgets/status_strip.h"
#include "ui/widgets/table_view.h"
#include "ui/widgets/text_view.h"

#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QDir>
#include <QDragEnterEvent>
#include <QLineEdit>
#include <QListView>
#include <QMenu>
#include <QMimeData>
#include <QPushButton>
#include <QTimer>

using namespace cw;
using namespace cw::test;

class TestLibraryJourney : public Journey {
    Q_OBJECT

private Q_SLOTS:
    void init() { m_fixture = std::make_unique<WindowFixture>(); }
    void cleanup() { m_fixture.reset(); }

    void searchAndOpen() {
        openSmallProject();
        QCOMPARE(table().model()->rowCount(), 3);
        press(window(), {Qt::Key_F}, Qt::ControlModifier);
        auto* search = page().findChild<QLineEdit*>(QStringLiteral("librarySearch"));
        QVERIFY(search->hasFocus());
        QTest::keyClicks(search, QStringLiteral("distributor"));
        QCOMPARE(table().model()->rowCount(), 1);
        press(window(), {Qt::Key_Return}); // to the table
        QVERIFY(table().hasFocus());
        press(window(), {Qt::Key_Home, Qt::Key_Return});
        QCOMPARE(window().currentPage()->id(), QStringLiteral("annotate"));
        const auto* annotate = qobject_cast<AnnotatePage*>(window().currentPage());
        QCOMPARE(annotate->desk()->contract().id.value, std::string("lucid-distributor-agreement"));
    }

    void filterByTypeFromTheKeyboard() {
        openSmallProject();
        auto* type = page().findChild<ChoiceButton*>(QStringLiteral("libraryType"));
        type->setFocus();
        QTimer::singleShot(0, this, [] {
            QWidget* menu = QApplication::activePopupWidget();
            QVERIFY(menu);
            for (const Qt::Key key : {Qt::Key_Down, Qt::Key_Down, Qt::Key_Return}) // the first type behind "any"
                QTest::keyClick(menu, key);
        });
        press(window(), {Qt::Key_Space});
        QTRY_COMPARE(type->text(), QStringLiteral("Type: Distributor"));
        QCOMPARE(table().model()->rowCount(), 1);
    }

    void rowsCopyAsATable() {
        openSmallProject();
        table().setFocus();
        press(window(), {Qt::Key_A, Qt::Key_C}, Qt::ControlModifier);
        const QStringList lines = QApplication::clipboard()->text().split(QLatin1Char('\n'), Qt::SkipEmptyParts);
        QCOMPARE(lines.size(), 4); // header and three rows
        QVERIFY(lines.first().startsWith(QStringLiteral("Contract\tParties\tType")));
    }

    void aFolderIsDropped() {
        QVERIFY(m_fixture->openWindow().createProject(m_fixture->path("New.clausewright")).ok());
        QVERIFY(QDir().mkpath(m_fixture->path("dropped/within")));
        QVERIFY(QFile::copy(QString::fromStdString((test::sampleFolder() / "contracts" / "business-sale-nda.txt").string()), m_fixture->path("dropped/within/nda.txt")));
        QMimeData words, folder;
        words.setText(QStringLiteral("no file"));
        folder.setUrls({QUrl::fromLocalFile(m_fixture->path("dropped"))});
        QDragEnterEvent refused({100, 100}, Qt::CopyAction, &words, Qt::LeftButton, Qt::NoModifier);
        refused.ignore();
        QApplication::sendEvent(&page(), &refused);
        QVERIFY(!refused.isAccepted());
        QDragEnterEvent over({100, 100}, Qt::CopyAction, &folder, Qt::LeftButton, Qt::NoModifier);
        over.ignore();
        QApplication::sendEvent(&page(), &over);
        QVERIFY(over.isAccepted());
        QDropEvent drop({100, 100}, Qt::CopyAction, &folder, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(&page(), &drop);
        QTRY_COMPARE_WITH_TIMEOUT(table().model()->rowCount(), 1, 30000);
    }

    void importShowsProgressAndTellsOfTheBadFile() {
        QVERIFY(m_fixture->openWindow().createProject(m_fixture->path("New.clausewright")).ok());
        QFile bad(m_fixture->path("empty.txt"));
        QVERIFY(bad.open(QIODevice::WriteOnly));
        bad.close();
        m_fixture->dialogs.files = {QString::fromStdString((test::sampleFolder() / "contracts" / "business-sale-nda.txt").string()), bad.fileName()};
        press(window(), {Qt::Key_I}, Qt::ControlModifier);
        QTRY_COMPARE_WITH_TIMEOUT(table().model()->rowCount(), 1, 30000);
        QTRY_VERIFY_WITH_TIMEOUT(!window().messages().isEmpty(), 30000);
        const QString said = window().messages().texts().last();
        QVERIFY2(said.contains(QStringLiteral("empty.txt")), qPrintable(said));
        QVERIFY2(said.endsWith(QStringLiteral("The other contract is in.")), qPrintable(said));
    }

    void anEmptyProjectSaysWhatToDo() {
        QVERIFY(m_fixture->openWindow().createProject(m_fixture->path("New.clausewright")).ok());
        QVERIFY(!table().isVisible());
    }

    void searchInTheTextOpensAtTheHitAndComesBack() {
        openSmallProject();
        press(window(), {Qt::Key_F}, Qt::ControlModifier | Qt::ShiftModifier);
        QVERIFY(search().hasFocus());
        QTest::keyClicks(&search(), QStringLiteral("\"laws of the State of Colorado\""));
        press(window(), {Qt::Key_Return});
        QTRY_COMPARE(pane().model().rowCount(), 2); // one contract, one hit
        QVERIFY(results().hasFocus());
        press(window(), {Qt::Key_Down, Qt::Key_Return});
        QCOMPARE(window().currentPage()->id(), QStringLiteral("annotate"));
        const AnnotationDesk& desk = *qobject_cast<AnnotatePage*>(window().currentPage())->desk();
        QCOMPARE(desk.contract().id.value, std::string("transmontaigne-services-agreement"));
        QCOMPARE(desk.type().key, std::string("governing_law")); // the hit lies in its span
        QTRY_COMPARE(toQString(desk.text().substr(textView().selection().begin, textView().selection().size())), QStringLiteral("laws of the State of Colorado"));
        QVERIFY(!desk.hasDraft()); // looking is no decision
        press(window(), {Qt::Key_Escape});
        QCOMPARE(window().currentPage()->id(), QStringLiteral("library"));
        QVERIFY(results().hasFocus());
        QCOMPARE(results().currentIndex().row(), 1);
        press(window(), {Qt::Key_Escape});
        QVERIFY(table().hasFocus());
        QCOMPARE(table().model()->rowCount(), 3); // the words were the texts', not the list's
    }

    void whereNoTitleMatchesEnterSearchesTheTexts() {
        openSmallProject();
        press(window(), {Qt::Key_F}, Qt::ControlModifier);
        QTest::keyClicks(&search(), QStringLiteral("denver"));
        QCOMPARE(table().model()->rowCount(), 0);
        press(window(), {Qt::Key_Return});
        QTRY_VERIFY(pane().model().rowCount() > 0);
        QCOMPARE(pane().model().at(0).kind, SearchResultModel::Kind::Contract);
        QTest::keyClicks(&search(), QStringLiteral(" unheard"));
        QTRY_COMPARE(pane().model().rowCount(), 0);
        QVERIFY(!results().isVisible()); // it says what to do next
    }

    void aClausePartsTheHitsByItsState() {
        openSmallProject();
        press(window(), {Qt::Key_F}, Qt::ControlModifier | Qt::ShiftModifier);
        QTest::keyClicks(&search(), QStringLiteral("agreement"));
        press(window(), {Qt::Key_Return});
        QTRY_VERIFY(pane().model().rowCount() > 3);
        auto* clause = page().findChild<ChoiceButton*>(QStringLiteral("searchClause"));
        clause->setFocus();
        QTimer::singleShot(0, this, [] { // the second group's first clause
            for (const Qt::Key key : {Qt::Key_Down, Qt::Key_Down, Qt::Key_Down, Qt::Key_Right, Qt::Key_Return})
                QTest::keyClick(QApplication::activePopupWidget(), key);
        });
        press(window(), {Qt::Key_Space});
        QCOMPARE(clause->text(), QStringLiteral("State of: Renewal term"));
        QTRY_COMPARE(pane().model().request().clause, std::string("renewal_term"));
        const StateCounts states = pane().model().result().states;
        QCOMPARE(states.all(), 3);
        auto* chips = page().findChild<SegmentedControl*>(QStringLiteral("searchStates"));
        QVERIFY(chips->isVisible());
        chips->findChildren<QPushButton*>().at(2)->setFocus();
        press(window(), {Qt::Key_Space});
        QTRY_COMPARE(pane().model().result().contractCount, states.absent);
        QVERIFY(pane().model().result().states == states);
    }

    void filtersNarrowTheTextsToo() {
        openSmallProject();
        press(window(), {Qt::Key_F}, Qt::ControlModifier | Qt::ShiftModifier);
        QTest::keyClicks(&search(), QStringLiteral("agreement"));
        QTRY_COMPARE(pane().model().result().contractCount, 3); // without Enter, a little later
        auto* type = page().findChild<ChoiceButton*>(QStringLiteral("libraryType"));
        type->setFocus();
        QTimer::singleShot(0, this, [] {
            for (const Qt::Key key : {Qt::Key_Down, Qt::Key_Down, Qt::Key_Return})
                QTest::keyClick(QApplication::activePopupWidget(), key);
        });
        press(window(), {Qt::Key_Space});
        QTRY_COMPARE(pane().model().result().contractCount, 1);
    }

    void aGuessIsConfirmedOrChanged() {
        openSmallProject();
        Contract contract;
        contract.id = ContractId("guess");
        contract.title = "A guess";
        contract.type = "Supply";
        contract.language = "en-US";
        contract.documentSha256 = "guess";
        contract.guessed = {"type", "language"};
        DocumentText document;
        document.text = "Nobody said what this is.\n";
        QVERIFY(store().contracts().add(contract, document).ok());
        window().project()->session().notifyContracts();
        table().setFocus();
        press(window(), {Qt::Key_PageUp}); // titles are sorted
        const auto type = [this] { return table().model()->index(table().currentIndex().row(), ContractTableModel::TypeColumn).data().toString(); };
        QCOMPARE(type(), QStringLiteral("? Supply"));
        press(window(), {Qt::Key_C});
        QCOMPARE(type(), QStringLiteral("Supply"));
        QVERIFY(store().contracts().get(contract.id)->guessed.empty());
        inDialog(window(), [this] { press(window(), {Qt::Key_T}); }, [](QWidget& dialog) {
            auto* box = dialog.findChild<QComboBox*>(QStringLiteral("fieldBox"));
            QCOMPARE(box->currentText(), QStringLiteral("Supply"));
            QTest::keyClicks(box->lineEdit(), QStringLiteral("Licence"));
            QTest::keyClick(box->lineEdit(), Qt::Key_Return);
        });
        QCOMPARE(type(), QStringLiteral("Licence"));
        QCOMPARE(store().audit().entries("guess")->back().action, std::string("type"));
    }

    void aStoreFromBeforeTheSearchComesIntoItWhileTheWindowIsOpen() {
        const QString project = m_fixture->makeProject();
        {
            auto database = Database::open(project.toStdString() + "/project.sqlite", Database::Mode::Write);
            QVERIFY(database.ok());
            QVERIFY((*database)->execute("DELETE FROM passages; INSERT INTO passage_words (passage_words) VALUES ('delete-all')").ok());
        }
        m_fixture->openWindow(project);
        press(window(), {Qt::Key_F}, Qt::ControlModifier | Qt::ShiftModifier);
        QTest::keyClicks(&search(), QStringLiteral("agreement"));
        QTRY_COMPARE(pane().model().result().contractCount, 3);
        QVERIFY(!window().status().hasJob(QStringLiteral("searchIndex")));
    }

private:
    void openSmallProject() {
        newProject();
        m_fixture->openWindow(m_project);
        QCOMPARE(window().currentPage()->id(), QStringLiteral("library"));
    }

    Page& page() { return *window().page(QStringLiteral("library")); }
    ProjectStore& store() { return window().project()->store(); }
    QLineEdit& search() { return *page().findChild<QLineEdit*>(QStringLiteral("librarySearch")); }
    SearchPane& pane() { return *page().findChild<SearchPane*>(); }
    QListView& results() { return *pane().list(); }
    ContractView& textView() { return *window().currentPage()->findChild<TextView*>(); }
    TableView& table() { return *page().findChild<TableView*>(QStringLiteral("libraryTable")); }
};

QTEST_MAIN(TestLibraryJourney)
#include "test_library_journey.moc"
