// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The taxonomy editor with the keyboard alone: rename a type, merge two, undo, and see the pages follow.
#include "app/services/result_qt.h"
#include "tests/support/window_fixture.h"
#include "ui/pages/annotate_page.h"
#include "ui/taxonomy_dialog.h"
#include "ui/widgets/message_bar.h"
#include "ui/widgets/taxonomy_table.h"

#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QPushButton>

using namespace cw;
using namespace cw::test;

class TestTaxonomyJourney : public Journey {
    Q_OBJECT

private Q_SLOTS:
    void init() {
        newProject();
        m_fixture->openWindow(m_project);
        window().openContract(kContract, {});
    }

    void cleanup() { m_fixture.reset(); }

    void aTypeIsRenamedAndTheClauseKeepsItsCells() {
        const std::vector<Cell> before = cells();
        openEditor();
        walkTo("insurance");
        focusByTab(QStringLiteral("Title"));
        QTest::keyClick(focus(), Qt::Key_A, Qt::ControlModifier);
        QTest::keyClicks(focus(), QStringLiteral("Insurance cover"));
        QTRY_VERIFY(counts().contains(QStringLiteral("No decision is touched")));
        QVERIFY(label("taxonomyEdits")->text().contains(QStringLiteral("Rename Insurance to Insurance cover")));
        applyEdits();
        QCOMPARE(session().taxonomy().find("insurance")->title, std::string("Insurance cover"));
        QVERIFY(cells() == before);
        QVERIFY(desk().contract().id == kContract); // the contract stays open
        QVERIFY(window().findChild<QAbstractItemView*>(QStringLiteral("clauseTree"))->model() != nullptr);
        QCOMPARE(window().actions().find(QStringLiteral("annotate.clause.R6"))->text(), QStringLiteral("Go to R6 Insurance cover"));
    }

    void twoTypesAreMergedAndOneUndoBringsBothBack() {
        const std::vector<Cell> before = cells();
        openEditor();
        walkTo("license_grant");
        QTest::keyClick(&table(), Qt::Key_Down, Qt::ShiftModifier);
        QCOMPARE(table().selectedKeys(), (std::vector<std::string>{"license_grant", "non_transferable_license"}));
        pressInEditor(Qt::Key_M, Qt::ControlModifier);
        inForm([](QWidget& form) { QTest::keyClick(form.focusWidget(), Qt::Key_Return); });
        QTRY_VERIFY(counts().contains(QStringLiteral("Nothing is deleted")));
        QVERIFY(label("taxonomyEdits")->text().contains(QStringLiteral("into Licence grant")));
        QCOMPARE(session().taxonomy().version(), 1); // a draft is no change
        applyEdits();
        QCOMPARE(session().taxonomy().version(), 2);
        QCOMPARE(cells().size(), size_t(46));
        QCOMPARE(desk().cells().size(), size_t(46));
        QVERIFY(desk().contract().id == kContract);
        QVERIFY(!window().actions().find(QStringLiteral("annotate.clause.P9"))->isEnabled());

        QPushButton* undo = nullptr;
        for (auto* button : window().messages().findChildren<QPushButton*>())
            if (button->text() == QStringLiteral("Undo"))
                undo = button;
        QVERIFY(undo);
        undo->setFocus();
        QTest::keyClick(undo, Qt::Key_Space);
        QCOMPARE(session().taxonomy().version(), 1);
        QVERIFY(cells() == before);
        QCOMPARE(desk().cells().size(), size_t(47));
        QVERIFY(window().actions().find(QStringLiteral("annotate.clause.P9"))->isEnabled());
    }

    // Several types begin with the word, and one of them must not take the title's place.
    void aMergeIntoANewTitleKeepsItAsTyped() {
        openEditor();
        walkTo("license_grant");
        pressInEditor(Qt::Key_M, Qt::ControlModifier);
        inForm([](QWidget& form) {
            auto* list = form.findChild<QListWidget*>();
            QCOMPARE(list->item(0)->text(), QStringLiteral("Licence grant")); // what is chosen comes first
            QCOMPARE(list->item(0)->checkState(), Qt::Checked);
            QListWidgetItem* other = list->findItems(QStringLiteral("Non-transferable licence"), Qt::MatchExactly).value(0);
            QVERIFY(other && other->checkState() == Qt::Unchecked);
            list->scrollToItem(other);
            QTest::mouseClick(list->viewport(), Qt::LeftButton, {}, list->visualItemRect(other).center());
            QCOMPARE(other->checkState(), Qt::Checked);
            list->setFocus();
            QTest::keyClick(list, Qt::Key_Space);
            QCOMPARE(other->checkState(), Qt::Unchecked);
            QTest::keyClick(list, Qt::Key_Space);
            auto* into = form.findChild<QComboBox*>();
            into->setFocus();
            into->lineEdit()->selectAll();
            QTest::keyClicks(into, QStringLiteral("Licence"));
            QCOMPARE(into->currentText(), QStringLiteral("Licence"));
            if (QWidget* proposals = QApplication::activePopupWidget())
                QTest::keyClick(proposals, Qt::Key_Return); // none is chosen
            QTest::keyClick(into, Qt::Key_Return);
        });
        QVERIFY(editor()->draft().taxonomy().find("licence"));
        QCOMPARE(editor()->draft().taxonomy().find("licence")->title, std::string("Licence"));
        QVERIFY(editor()->draft().taxonomy().findRetired("license_grant"));
        QVERIFY(editor()->draft().taxonomy().findRetired("non_transferable_license"));
    }

    void aNewTypeIsAddedAndDecidedByItsKey() {
        openEditor();
        walkTo("data_protection");
        pressInEditor(Qt::Key_N, Qt::ControlModifier);
        inForm([](QWidget& form) {
            QTest::keyClicks(form.focusWidget(), QStringLiteral("Key person"));
            QTest::keyClick(form.focusWidget(), Qt::Key_Return);
        });
        QCOMPARE(table().currentKey(), std::string("key_person"));
        applyEdits();
        auto* page = window().page(QStringLiteral("annotate"));
        page->panes().first()->setFocus();
        press(window(), {Qt::Key_D, Qt::Key_3});
        QCOMPARE(desk().type().key, std::string("key_person"));
        press(window(), {Qt::Key_X});
        QVERIFY(window().project()->store().annotations().cell(kContract, "key_person")->state == CellState::Absent);
        QVERIFY(!session().undoTaxonomy(session().taxonomy().version()).ok()); // somebody decided on it since
    }

    void aGuidelineShowsWhoChangedIt() {
        openEditor();
        walkTo("insurance");
        focusByTab(QStringLiteral("Guideline"));
        QTest::keyClick(focus(), Qt::Key_A, Qt::ControlModifier);
        QTest::keyClicks(focus(), QStringLiteral("A duty to keep insurance."));
        applyEdits();
        window().openContract(kContract, QStringLiteral("insurance"));
        auto* note = window().findChild<QLabel*>(QStringLiteral("guidelineNote"));
        QVERIFY(note->text().startsWith(QStringLiteral("guideline v2, changed ")));
        QVERIFY(note->text().endsWith(QStringLiteral(" by Mia Kern")));
        window().page(QStringLiteral("annotate"))->panes().first()->setFocus();
        press(window(), {Qt::Key_G}, Qt::ShiftModifier);
        QWidget* history = QApplication::activeModalWidget();
        QVERIFY(history && history->objectName() == QStringLiteral("guidelineHistory"));
        QCOMPARE(history->findChild<QListWidget*>()->count(), 2);
        history->close();
    }

    void escapeKeepsEditsUnlessTheyAreDropped() {
        openEditor();
        walkTo("insurance");
        pressInEditor(Qt::Key_R, Qt::ControlModifier);
        QVERIFY(editor()->draft().taxonomy().findRetired("insurance"));
        QTest::keyClick(&table(), Qt::Key_Escape);
        QVERIFY(editor()); // the answer was no
        pressInEditor(Qt::Key_Z, Qt::ControlModifier);
        QVERIFY(editor()->draft().change().empty());
        QTest::keyClick(&table(), Qt::Key_Escape);
        QTRY_VERIFY(!editor());
        QCOMPARE(session().taxonomy().version(), 1);
    }

    void aViewerReadsItOnly() {
        closeWindow();
        const auto writer = StoreSession::open(m_project, OpenMode::ReadWrite, StoreSession::Fallback::None, currentIdentity(), m_fixture->clock);
        QVERIFY(writer.ok());
        m_fixture->openWindow(m_project);
        QVERIFY(session().viewOnly());
        openEditor();
        walkTo("insurance");
        pressInEditor(Qt::Key_R, Qt::ControlModifier);
        QVERIFY(editor()->draft().change().empty());
        QVERIFY(counts().contains(QStringLiteral("viewing only")));
        for (const QLineEdit* line : editor()->findChildren<QLineEdit*>())
            QVERIFY(line->isReadOnly() || !line->isVisible());
        for (const QPushButton* button : editor()->findChildren<QPushButton*>())
            QVERIFY(button->text() != QStringLiteral("Apply"));
    }

    void everythingHasANameAndFitsASmallScreen() {
        openEditor();
        QVERIFY(editor()->width() <= 1280 && editor()->height() <= 720);
        for (const QWidget* widget : editor()->findChildren<QWidget*>())
            if (widget->isVisible() && widget->focusPolicy() != Qt::NoFocus && widget->metaObject()->className() != QByteArray("QScrollBar"))
                if (auto* button = qobject_cast<const QPushButton*>(widget); !button || button->text().isEmpty())
                    QVERIFY2(!widget->accessibleName().isEmpty(), qPrintable(widget->objectName() + QLatin1String(widget->metaObject()->className())));
    }

private:
    const ContractId kContract{"lucid-distributor-agreement"};

    StoreSession& session() { return window().project()->session(); }
    const AnnotationDesk& desk() { return *qobject_cast<AnnotatePage*>(window().page(QStringLiteral("annotate")))->desk(); }
    TaxonomyDialog* editor() { return window().findChild<TaxonomyDialog*>(); }
    TaxonomyTable& table() { return *editor()->findChild<TaxonomyTable*>(); }
    QLabel* label(const char* name) { return editor()->findChild<QLabel*>(QLatin1String(name)); }
    QString counts() { return label("taxonomyCounts")->text(); }
    QWidget* focus() { return editor()->focusWidget(); }
    std::vector<Cell> cells() { return *window().project()->store().annotations().cells(kContract); }

    // qWaitForWindowActive() is content with a dialog whose parent has the focus: shortcuts and the focus are not.
    static void waitUntilActive(QWidget& widget) { QTRY_COMPARE(QApplication::activeWindow(), &widget); }
    void openEditor() {
        press(window(), {Qt::Key_T}, Qt::ControlModifier | Qt::ShiftModifier);
        QVERIFY(editor());
        waitUntilActive(*editor());
        QVERIFY(table().hasFocus());
    }
    void walkTo(const std::string& key) {
        for (int i = 0; i < 60 && table().currentKey() != key; ++i)
            QTest::keyClick(&table(), Qt::Key_Down);
        QCOMPARE(table().currentKey(), key);
    }
    void focusByTab(const QString& name) {
        for (int i = 0; i < 40 && focus()->accessibleName() != name; ++i)
            QTest::keyClick(focus(), Qt::Key_Tab);
        QCOMPARE(focus()->accessibleName(), name);
    }
    void pressInEditor(Qt::Key key, Qt::KeyboardModifiers modifiers) { QTest::keyClick(focus() ? focus() : editor(), key, modifiers); }
    void applyEdits() {
        pressInEditor(Qt::Key_Return, Qt::ControlModifier);
        QTRY_VERIFY(!editor());
        window().activateWindow(); // a desktop does so when a dialog closes
        waitUntilActive(window());
    }
    void inForm(const std::function<void(QWidget&)>& drive) {
        QWidget* form = QApplication::activeModalWidget();
        QVERIFY(form && form != editor());
        waitUntilActive(*form);
        drive(*form);
        QTRY_VERIFY(QApplication::activeModalWidget() == editor());
        editor()->activateWindow();
        waitUntilActive(*editor());
    }
};

QTEST_MAIN(TestTaxonomyJourney)
#include "test_taxonomy_journey.moc"
