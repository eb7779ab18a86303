// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The frame with the keyboard: ways in, pages, panes, the palette, messages, view-only; and a name on everything for a screen reader.
#include "tests/support/window_fixture.h"
#include "ui/command_palette.h"
#include "ui/action_registry.h"
#include "ui/key_choice_dialog.h"
#include "ui/keys_dialog.h"
#include "ui/pages/annotate_page.h"
#include "ui/screenshots.h"
#include "ui/widgets/message_bar.h"

#include <QAbstractButton>
#include <QAccessible>
#include <QApplication>
#include <QImage>
#include <QKeySequenceEdit>
#include <QSignalSpy>
#include <QLabel>
#include <QLineEdit>

using namespace cw;
using namespace cw::test;

class TestFrameJourney : public Journey {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { newProject(); }

    void cleanup() { closeWindow(); }
    void cleanupTestCase() { m_fixture.reset(); }

    void aWindowWithoutAProjectOffersTheSample() {
        MainWindow& window = m_fixture->openWindow();
        QVERIFY(!window.currentPage());
        press(window, {Qt::Key_2}, Qt::ControlModifier); // no page without a project
        QVERIFY(!window.currentPage());
        window.setSampleProject([this]() -> Result<QString> { return m_project; });
        press(window, {Qt::Key_O}, Qt::ControlModifier | Qt::ShiftModifier);
        QVERIFY(window.currentPage());
        QCOMPARE(window.project()->session().name(), QStringLiteral("Supplier contracts"));
    }

    void everyPageHasItsKey() {
        MainWindow& window = m_fixture->openWindow(m_project);
        QCOMPARE(window.pages().size(), 6);
        for (int i = 5; i >= 0; --i) {
            press(window, {Qt::Key_1 + i}, Qt::ControlModifier);
            QCOMPARE(window.currentPage(), window.pages()[i]);
        }
    }

    void f6GoesRoundThePanes() {
        MainWindow& window = m_fixture->openWindow(m_project);
        const QList<QWidget*> panes = window.currentPage()->panes();
        QVERIFY(panes.size() > 1);
        for (qsizetype i = 1; i <= panes.size(); ++i) {
            press(window, {Qt::Key_F6});
            QCOMPARE(QApplication::focusWidget(), panes[i % panes.size()]);
        }
    }

    void thePaletteOpensAContract() {
        MainWindow& window = m_fixture->openWindow(m_project);
        press(window, {Qt::Key_K}, Qt::ControlModifier);
        auto* palette = window.findChild<CommandPalette*>();
        QVERIFY(palette);
        auto* query = palette->findChild<QLineEdit*>(QStringLiteral("paletteQuery"));
        QTest::keyClicks(query, QStringLiteral("distr agr"));
        QTest::keyClick(query, Qt::Key_Return);
        QTRY_COMPARE(window.currentPage()->id(), QStringLiteral("annotate"));
        QCOMPARE(qobject_cast<AnnotatePage*>(window.currentPage())->desk()->contract().id.value,
                 std::string("lucid-distributor-agreement"));
    }

    void questionMarkShowsTheKeys() {
        MainWindow& window = m_fixture->openWindow(m_project);
        press(window, {Qt::Key_Question});
        QVERIFY(window.findChild<KeysDialog*>());
    }

    void anActionTakesOtherKeysAndKeepsThem() {
        m_fixture->openWindow(m_project);
        QAction* absent = window().actions().find(QStringLiteral("annotate.absent"));
        chooseKeys(QStringLiteral("annotate.absent"), Qt::Key_I, false); // the first key of the identity group
        QCOMPARE(absent->shortcut(), QKeySequence(Qt::Key_X));
        chooseKeys(QStringLiteral("annotate.absent"), Qt::Key_A, false); // accept has it
        chooseKeys(QStringLiteral("annotate.absent"), Qt::Key_Space, false); // the contract has it
        chooseKeys(QStringLiteral("annotate.absent"), Qt::Key_Y, true);
        QCOMPARE(absent->shortcut(), QKeySequence(Qt::Key_Y));
        QVERIFY(window().actions().conflicts().isEmpty());
        closeWindow();
        m_fixture->openWindow(m_project); // a new window finds it in the settings
        absent = window().actions().find(QStringLiteral("annotate.absent"));
        QCOMPARE(absent->shortcut(), QKeySequence(Qt::Key_Y));
        QVERIFY(window().actions().objection(window().actions().find(QStringLiteral("annotate.later")), Qt::Key_X).isEmpty()); // free now
        QVERIFY(window().actions().objection(absent, QKeySequence()).isEmpty()); // none are everybody's
        m_fixture->settings->setKeys({});
    }

    void lettersAloneCanBeSwitchedOff() {
        m_fixture->openWindow(m_project);
        window().openPage(QStringLiteral("annotate"));
        const auto keysOf = [&](const char* id) { return window().actions().find(QString::fromLatin1(id))->shortcuts(); };
        const auto toggle = [&] {
            inDialog(window(), [&] { press(window(), {Qt::Key_F1}); },
                     [](QWidget& dialog) { dialog.findChild<QAbstractButton*>(QStringLiteral("singleKeys"))->click(); });
        };
        toggle();
        QVERIFY(keysOf("annotate.accept").isEmpty() && keysOf("annotate.clause.T1").isEmpty() && keysOf("annotate.groupAbsent").isEmpty());
        QCOMPARE(keysOf("annotate.undo").first(), QKeySequence(Qt::CTRL | Qt::Key_Z));
        QCOMPARE(keysOf("window.keys"), QList<QKeySequence>{QKeySequence(Qt::Key_F1)});
        QVERIFY(!m_fixture->settings->singleKeys());
        toggle();
        QCOMPARE(keysOf("annotate.accept").first(), QKeySequence(Qt::Key_A));
    }

    void noTwoActionsShareAKey() {
        MainWindow& window = m_fixture->openWindow(m_project);
        QCOMPARE(window.actions().conflicts().join(QStringLiteral("; ")), QString());
    }

    void atMostTwoMessagesStand() {
        MainWindow& window = m_fixture->openWindow(m_project);
        for (const char* text : {"First.", "Second.", "Third.", "Third."})
            window.showMessage({Message::Kind::Info, QString::fromLatin1(text)});
        QCOMPARE(window.messages().texts(), QStringList({QStringLiteral("Second."), QStringLiteral("Third.")}));
        press(window, {Qt::Key_Escape}, Qt::ShiftModifier);
        QCOMPARE(window.messages().texts(), QStringList({QStringLiteral("Second.")}));
        for (const char* text : {"A is finished.", "B is finished."})
            window.showMessage({Message::Kind::Success, QString::fromLatin1(text), {}, {}, QStringLiteral("finish")});
        QCOMPARE(window.messages().texts(), QStringList({QStringLiteral("Second."), QStringLiteral("B is finished.")}));
    }

    void anotherProjectTakesThePlaceOfOneThatIsBeingAnnotated() {
        MainWindow& window = m_fixture->openWindow(m_project);
        press(window, {Qt::Key_2}, Qt::ControlModifier);
        QVERIFY(qobject_cast<AnnotatePage*>(window.currentPage())->desk()->isOpen());
        QVERIFY(window.createProject(m_fixture->path("Other.clausewright")).ok());
        QCOMPARE(window.project()->session().name(), QStringLiteral("Other"));
        press(window, {Qt::Key_2}, Qt::ControlModifier);
        QVERIFY(!qobject_cast<AnnotatePage*>(window.currentPage())->desk()->isOpen());
    }

    void aFailureToOpenKeepsWhatIsOpen() {
        MainWindow& window = m_fixture->openWindow(m_project);
        QVERIFY(!window.openProject(m_fixture->path("nowhere")).ok());
        QVERIFY(window.project());
        QVERIFY(!window.messages().isEmpty());
    }

    void aLockedProjectIsViewOnlyAndSaysWhoHoldsIt() {
        auto holder = StoreSession::open(m_project, OpenMode::ReadWrite, StoreSession::Fallback::None, currentIdentity(), m_fixture->clock);
        QVERIFY(holder.ok());
        MainWindow& window = m_fixture->openWindow(m_project);
        QVERIFY(window.project()->session().viewOnly());
        QCOMPARE(window.messages().texts(), QStringList({QString::fromStdString(window.project()->session().lockReason().message())}));
        press(window, {Qt::Key_2}, Qt::ControlModifier);
        QVERIFY(!window.actions().find(QStringLiteral("annotate.absent"))->isEnabled());
        QVERIFY(!window.actions().find(QStringLiteral("library.import"))->isVisible());
    }

    void everythingThatTakesTheFocusHasAName() {
        MainWindow& window = m_fixture->openWindow(m_project);
        for (Page* page : window.pages()) {
            window.openPage(page->id());
            page->showExample();
            QCoreApplication::processEvents();
            for (QWidget* widget : window.findChildren<QWidget*>()) {
                const bool control = widget->focusPolicy() != Qt::NoFocus || qobject_cast<QAbstractButton*>(widget);
                if (!control || !widget->isVisible() || isInner(widget))
                    continue;
                const QAccessibleInterface* interface = QAccessible::queryAccessibleInterface(widget);
                QVERIFY2(interface && !interface->text(QAccessible::Name).isEmpty(),
                         qPrintable(page->id() + QStringLiteral(": ") + QString::fromLatin1(widget->metaObject()->className()) +
                                    QLatin1Char(' ') + widget->objectName()));
            }
        }
    }

    void picturesOfAllPagesAreTakenLightAndDark() {
        MainWindow& window = m_fixture->openWindow(m_project);
        for (const ThemeMode mode : {ThemeMode::Dark, ThemeMode::Light}) {
            applyTheme(mode);
            QVERIFY(takeScreenshots(window, m_fixture->path("pictures")).ok());
            for (const Page* page : window.pages()) {
                const QImage picture(m_fixture->path("pictures") + QLatin1Char('/') + page->id() + QStringLiteral(".png"));
                QCOMPARE(picture.size(), QSize(1440, 900) * window.devicePixelRatio());
                const QColor corner = picture.pixelColor(picture.width() - 2, 2); // of the top bar
                QVERIFY2((corner.lightness() < 64) == (mode == ThemeMode::Dark), qPrintable(page->id()));
            }
        }
    }

private:
    // Presses a key for the action on the page of keys; it is taken, or the reason why not stands there.
    void chooseKeys(const QString& action, Qt::Key key, bool isTaken) {
        inDialog(window(), [&] { press(window(), {Qt::Key_F1}); }, [&](QWidget& dialog) {
            dialog.findChild<QAbstractButton*>(QStringLiteral("keysOf.") + action)->click();
            auto* choice = dialog.findChild<KeyChoiceDialog*>();
            QVERIFY(choice);
            auto* keys = choice->findChild<QKeySequenceEdit*>(QStringLiteral("keyEdit"));
            keys->clear();
            QTest::keyClick(keys, key);
            auto* use = choice->findChild<QAbstractButton*>(QStringLiteral("keyUse"));
            QSignalSpy(keys, &QKeySequenceEdit::keySequenceChanged).wait(3000);
            QCOMPARE(use->isEnabled(), isTaken);
            QCOMPARE(choice->findChild<QLabel*>(QStringLiteral("keyProblem"))->text().isEmpty(), isTaken);
            isTaken ? use->click() : choice->reject();
        });
    }

    // Parts of a standard control: the control itself has the name.
    static bool isInner(const QWidget* widget) {
        return widget->objectName().startsWith(QStringLiteral("qt_")) ||
               (widget->parentWidget() && widget->parentWidget()->inherits("QComboBox")) ||
               (widget->parentWidget() && widget->parentWidget()->inherits("QLineEdit")) || widget->inherits("QScrollBar");
    }
};

QTEST_MAIN(TestFrameJourney)
#include "test_frame_journey.moc"
