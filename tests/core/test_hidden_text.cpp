// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Characters that nobody sees: every code point is one or is none, runs become one mark, scripts that need joiners keep them.
#include "core/base/utf.h"
#include "core/text/hidden_text.h"

#include <QtTest>

using namespace cw;

namespace {

std::string words(const TextMark& mark, const std::string& text) { return text.substr(mark.range.begin, mark.range.size()); }

} // namespace

class TestHiddenText : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyCodePointIsJudged();
    void theKnownAttacksAreMarked_data();
    void theKnownAttacksAreMarked();
    void tagsAreSpelt();
    void aRunIsOneMark();
    void scriptsAndPicturesKeepTheirJoiners_data();
    void scriptsAndPicturesKeepTheirJoiners();
    void aLongRunHasAShortDetail();
};

// Default-ignorable code points of Unicode 15 (DerivedCoreProperties) that are assigned, but the soft hyphen, and the annotation and
// hieroglyph controls; nothing else.
void TestHiddenText::everyCodePointIsJudged() {
    const auto expected = [](char32_t c) {
        const std::pair<char32_t, char32_t> ranges[] = {
            {0x034F, 0x034F}, {0x061C, 0x061C}, {0x115F, 0x1160}, {0x17B4, 0x17B5}, {0x180B, 0x180F}, {0x200B, 0x200F}, {0x202A, 0x202E},
            {0x2060, 0x2064}, {0x2066, 0x206F}, {0x3164, 0x3164}, {0xFE00, 0xFE0F}, {0xFEFF, 0xFEFF}, {0xFFA0, 0xFFA0}, {0xFFF9, 0xFFFB},
            {0x13430, 0x1343F}, {0x1BCA0, 0x1BCA3}, {0x1D159, 0x1D159}, {0x1D173, 0x1D17A}, {0xE0001, 0xE0001}, {0xE0020, 0xE007F},
            {0xE0100, 0xE01EF}};
        return std::any_of(std::begin(ranges), std::end(ranges), [&](const auto& range) { return c >= range.first && c <= range.second; });
    };
    for (char32_t c = 1; c < 0x110000; ++c) {
        if (c >= 0xD800 && c < 0xE000)
            continue;
        QVERIFY2(invisibleName(c).empty() != expected(c), qPrintable(QString::number(c, 16)));
        std::string text = "a";
        appendCodePoint(text, c);
        text += "b";
        QCOMPARE(findInvisible(text).size(), static_cast<size_t>(expected(c)));
    }
}

void TestHiddenText::theKnownAttacksAreMarked_data() {
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("detail");
    QTest::newRow("zero-width space") << QStringLiteral("pay\u200Bment") << QStringLiteral("zero-width space");
    QTest::newRow("joiner between Latin letters") << QStringLiteral("a\u200Db") << QStringLiteral("zero-width joiner");
    QTest::newRow("override") << QStringLiteral("fee \u202E001\u202C USD") << QStringLiteral("right-to-left override");
    QTest::newRow("isolate") << QStringLiteral("\u2067abc") << QStringLiteral("right-to-left isolate");
    QTest::newRow("selector behind a letter") << QStringLiteral("a\uFE01b") << QStringLiteral("variation selector");
    QTest::newRow("byte order mark within") << QStringLiteral("a\uFEFFb") << QStringLiteral("zero-width no-break space");
}

void TestHiddenText::theKnownAttacksAreMarked() {
    QFETCH(QString, text);
    QFETCH(QString, detail);
    const auto marks = findInvisible(text.toStdString());
    QVERIFY(!marks.empty());
    QCOMPARE(marks[0].kind, TextMarkKind::Invisible);
    QCOMPARE(QString::fromStdString(marks[0].detail), detail);
}

void TestHiddenText::tagsAreSpelt() {
    std::string text = "Fee";
    for (const char c : std::string("ignore all"))
        appendCodePoint(text, 0xE0000 + static_cast<char32_t>(c));
    text += " due";
    const auto marks = findInvisible(text);
    QCOMPARE(marks.size(), size_t{1});
    QCOMPARE(marks[0].detail, std::string("tag character: \"ignore all\""));
    QCOMPARE(marks[0].range, (ByteRange{3, 3 + 4 * 10}));
}

void TestHiddenText::aRunIsOneMark() {
    const std::string text = "a\u200B\u200B\u202Eb\u200Bc";
    const auto marks = findInvisible(text);
    QCOMPARE(marks.size(), size_t{2});
    QCOMPARE(words(marks[0], text), std::string("\u200B\u200B\u202E"));
    QCOMPARE(marks[0].detail, std::string("zero-width space, right-to-left override"));
    QCOMPARE(words(marks[1], text), std::string("\u200B"));
}

void TestHiddenText::scriptsAndPicturesKeepTheirJoiners_data() {
    QTest::addColumn<QString>("text");
    QTest::newRow("Persian") << QStringLiteral("\u0645\u06CC\u200C\u062E\u0648\u0627\u0647\u0645");
    QTest::newRow("Devanagari") << QStringLiteral("\u0915\u094D\u200D\u0937");
    QTest::newRow("family") << QString::fromUcs4(U"\U0001F468\u200D\U0001F469\u200D\U0001F466");
    QTest::newRow("heart") << QStringLiteral("\u2764\uFE0F");
    QTest::newRow("flag of hearts") << QString::fromUcs4(U"\U0001F3F3\uFE0F\u200D\U0001F308");
    QTest::newRow("keycap") << QStringLiteral("1\uFE0F\u20E3");
    QTest::newRow("ideograph") << QString::fromUcs4(U"\u845B\U000E0100");
    QTest::newRow("soft hyphen") << QStringLiteral("co\u00ADoperate");
}

void TestHiddenText::scriptsAndPicturesKeepTheirJoiners() {
    QFETCH(QString, text);
    QVERIFY(findInvisible(text.toStdString()).empty());
}

void TestHiddenText::aLongRunHasAShortDetail() {
    std::string text;
    for (int i = 0; i < 100'000; ++i)
        appendCodePoint(text, 0xE0041);
    const auto marks = findInvisible(text);
    QCOMPARE(marks.size(), size_t{1});
    QVERIFY(marks[0].detail.size() < 1000);
}

QTEST_GUILESS_MAIN(TestHiddenText)
#include "test_hidden_text.moc"
