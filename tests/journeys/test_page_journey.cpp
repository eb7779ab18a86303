// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The pages of a PDF contract in the window: drawn by the reader, white or dark, and a sentence in their place when they can't be drawn.
#include "tests/support/window_fixture.h"
#include "ui/pages/annotate_page.h"
#include "ui/widgets/page_view.h"

#include <QScrollBar>

#include <algorithm>

using namespace cw;
using namespace cw::test;

class TestPageJourney : public Journey {
    Q_OBJECT

private Q_SLOTS:
    void init() { newProject(); }

    void cleanup() {
        m_fixture.reset();
        applyTheme(ThemeMode::Light);
    }

    void thePageIsDrawnByTheReader() {
        open();
        QTRY_VERIFY_WITH_TIMEOUT(inkOfFirstPage() > 500, 30'000);
        QCOMPARE(paperColour(), QColor(Qt::white));
    }

    void aKeyMakesPagesDarkInADarkWindow() {
        applyTheme(ThemeMode::Dark);
        open();
        QTRY_VERIFY_WITH_TIMEOUT(inkOfFirstPage() > 500, 30'000);
        QCOMPARE(paperColour(), QColor(Qt::white)); // until somebody wants it otherwise
        pressDarkPages();
        QCOMPARE(paperColour(), QColor(Qt::black));
        QVERIFY(m_fixture->settings->invertsPages());
        QVERIFY(brightestOfFirstPage() > 200); // letters
        closeWindow();
        open();
        QTRY_VERIFY_WITH_TIMEOUT(brightestOfFirstPage() > 200, 30'000);
        QCOMPARE(paperColour(), QColor(Qt::black));
        pressDarkPages();
        QCOMPARE(paperColour(), QColor(Qt::white));
        QVERIFY(!m_fixture->settings->invertsPages());
    }

    void aWhiteWindowKeepsWhitePages() {
        m_fixture->settings->setInvertsPages(true);
        open();
        QCOMPARE(paperColour(), QColor(Qt::white));
    }

    void aPageThatCantBeDrawnSaysSo() {
        const QByteArray real = qgetenv("CLAUSEWRIGHT_READER");
        qputenv("CLAUSEWRIGHT_READER", "/bin/false");
        open();
        auto* renderer = view().findChild<PageRenderer*>();
        QTRY_VERIFY_WITH_TIMEOUT(!renderer->problem(0).isEmpty(), 30'000);
        qputenv("CLAUSEWRIGHT_READER", real);
        QCOMPARE(renderer->problem(0), QStringLiteral("Page 1 can't be drawn: the document reader stopped. Its text is in the text view, and all marks are kept."));
        QTRY_VERIFY(inkOfFirstPage() > 50); // the sentence
    }

private:
    void open() {
        m_fixture->openWindow(m_project);
        window().openContract(ContractId("lucid-distributor-agreement"), {});
        QVERIFY(view().isVisible());
        view().setFocus();
        view().verticalScrollBar()->setValue(0);
    }

    PageView& view() { return *window().page(QStringLiteral("annotate"))->findChild<PageView*>(); }
    void pressDarkPages() { press(window(), {Qt::Key_D}, Qt::ControlModifier | Qt::ShiftModifier); }

    // The upper part of the first page, without the room at its left where tags stand.
    QImage firstPage() {
        const QImage seen = view().viewport()->grab().toImage();
        const QRect page = view().pageRects().front().translated(view().contentOrigin()).toRect();
        return seen.copy(page.adjusted(8, 4, -8, 0).intersected(seen.rect().adjusted(0, 0, 0, -8)));
    }

    QColor paperColour() { return QColor(firstPage().pixel(firstPage().width() - 6, 4)); }

    int inkOfFirstPage() {
        const QImage image = firstPage();
        int dark = 0;
        for (int y = 0; y < image.height(); ++y)
            for (int x = 0; x < image.width(); ++x)
                dark += qGray(image.pixel(x, y)) < 100 ? 1 : 0;
        return dark;
    }

    int brightestOfFirstPage() {
        const QImage image = firstPage();
        int brightest = 0;
        for (int y = 0; y < image.height(); ++y)
            for (int x = 0; x < image.width(); ++x)
                brightest = std::max(brightest, qGray(image.pixel(x, y)));
        return brightest;
    }
};

QTEST_MAIN(TestPageJourney)
#include "test_page_journey.moc"
