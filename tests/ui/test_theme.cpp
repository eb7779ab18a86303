// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The theme's promise: whatever is painted can be read, in both themes.
#include "app/services/theme.h"
#include "ui/appearance.h"

#include <QComboBox>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QTest>

using namespace cw;

class TestTheme : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void textAndMeaningfulLinesHaveContrast_data() {
        QTest::addColumn<bool>("dark");
        QTest::newRow("light") << false;
        QTest::newRow("dark") << true;
    }

    void textAndMeaningfulLinesHaveContrast() {
        QFETCH(bool, dark);
        for (const ContrastPair& pair : contrastPairs(dark ? darkTokens() : lightTokens())) {
            const double ratio = contrastRatio(pair.ink, pair.ground);
            QVERIFY2(ratio >= pair.least, qPrintable(QStringLiteral("%1: %2 on %3 is %4, not %5")
                                                         .arg(pair.what, pair.ink.name(), pair.ground.name())
                                                         .arg(ratio, 0, 'f', 2).arg(pair.least)));
        }
    }

    // Measured on the controls: a style sheet with a colour of its own would make Qt halve it for the placeholder.
    void placeholdersCanBeRead_data() { textAndMeaningfulLinesHaveContrast_data(); }

    void placeholdersCanBeRead() {
        QFETCH(bool, dark);
        applyTheme(dark ? ThemeMode::Dark : ThemeMode::Light);
        QLineEdit line;
        QPlainTextEdit text;
        QComboBox box;
        box.setEditable(true);
        for (QWidget* field : std::initializer_list<QWidget*>{&line, &text, box.lineEdit()}) {
            field->ensurePolished();
            const QColor ink = field->palette().color(QPalette::PlaceholderText), ground = tokens().surface;
            const double ratio = contrastRatio(blended(ink, ground, ink.alphaF()), ground);
            QVERIFY2(ratio >= 4.5, qPrintable(QStringLiteral("%1: %2").arg(QLatin1String(field->metaObject()->className())).arg(ratio)));
            QVERIFY(contrastRatio(field->palette().color(QPalette::Text), ground) > ratio); // what is typed stands out from it
        }
    }

    void contrastFollowsTheStandard() {
        QCOMPARE(contrastRatio(Qt::black, Qt::white), 21.0);
        QCOMPARE(contrastRatio(Qt::white, Qt::white), 1.0);
        // The grey that WCAG's own examples give as just enough on white.
        QVERIFY(contrastRatio(QColor(QRgb(0xFF767676)), Qt::white) >= 4.5);
        QVERIFY(contrastRatio(QColor(QRgb(0xFF777777)), Qt::white) < 4.5);
    }

    void everyGroupHasItsOwnColourAndPattern() {
        QSet<QRgb> inks;
        QSet<int> patterns;
        for (const QChar letter : QStringLiteral("ITLCMPRD")) {
            const GroupStyle style = groupStyle(letter, lightTokens());
            inks.insert(style.ink.rgb());
            patterns.insert(static_cast<int>(style.pattern));
        }
        QCOMPARE(inks.size(), 8);
        QCOMPARE(patterns.size(), 8);
    }

    void theStyleSheetHasNoUnknownToken() {
        QVERIFY(!styleSheetFor(lightTokens()).contains(QLatin1Char('@')));
        QVERIFY(!styleSheetFor(darkTokens()).contains(QLatin1Char('@')));
    }

    void themeNamesGoThereAndBack() {
        for (const ThemeMode mode : {ThemeMode::System, ThemeMode::Light, ThemeMode::Dark})
            QVERIFY(themeModeFromString(toString(mode)) == mode);
        QVERIFY(themeModeFromString(QStringLiteral("sepia")) == ThemeMode::System);
    }
};

QTEST_MAIN(TestTheme)
#include "test_theme.moc"
