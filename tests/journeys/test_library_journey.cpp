// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The library with the keyboard: search, filter, open, import, and what a bad file leads to.
#include "tests/support/window_fixture.h"
#include "ui/pages/annotate_page.h"
#include "ui/widgets/choice_button.h"
#include "ui/widgets/message_bar.h"
#include "ui/widgets/table_view.h"

#include <QApplication>
#include <QClipboard>
#include <QLineEdit>
#include <QMenu>
#include <QTimer>

using namespace cw;
using namespace cw::test;

class TestLibraryJourney : public QObject {
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

private:
    void openSmallProject() {
        const QString project = m_fixture->makeProject();
        QVERIFY(!project.isEmpty());
        m_fixture->openWindow(project);
        QCOMPARE(window().currentPage()->id(), QStringLiteral("library"));
    }

    MainWindow& window() { return *m_fixture->window; }
    Page& page() { return *window().page(QStringLiteral("library")); }
    TableView& table() { return *page().findChild<TableView*>(QStringLiteral("libraryTable")); }

    std::unique_ptr<WindowFixture> m_fixture;
};

QTEST_MAIN(TestLibraryJourney)
#include "test_library_journey.moc"
