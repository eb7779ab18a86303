// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "core/base/rng.h"
#include "core/base/utf.h"

#include <QString>
#include <QTest>

using namespace cw;

namespace {

// Code points of every length in UTF-8, the borders between lengths, and both sides of the surrogates.
std::u32string randomCodePoints(Rng& rng, size_t most) {
    static const std::u32string kEdges = U"\x01\x7f\u0080\u07ff\u0800\ue000\ufffd\uffff\U00010000\U0001F600\U0010FFFF";
    std::u32string out;
    for (size_t left = rng.below(most + 1); left > 0; --left)
        out.push_back(rng.below(2) == 0 ? static_cast<char32_t>('a' + rng.below(26))
                                        : kEdges[rng.below(kEdges.size())]);
    return out;
}

} // namespace

class TestUtf : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void codePointsSurviveTheRoundTrip() {
        Rng rng(1);
        for (int i = 0; i < 500; ++i) {
            const std::u32string codePoints = randomCodePoints(rng, 80);
            const std::string bytes = fromCodePoints(codePoints);
            QVERIFY(!firstInvalidUtf8(bytes));
            QVERIFY(toCodePoints(bytes) == codePoints);
            QCOMPARE(codePointCount(bytes), codePoints.size());
        }
    }

    void invalidBytesAreFoundWhereTheyAre_data() {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("lone continuation") << QByteArray("ab\x80");
        QTest::newRow("overlong slash") << QByteArray("ab\xC0\xAF");
        QTest::newRow("overlong in three") << QByteArray("ab\xE0\x80\xAF");
        QTest::newRow("surrogate") << QByteArray("ab\xED\xA0\x80");
        QTest::newRow("beyond the last plane") << QByteArray("ab\xF4\x90\x80\x80");
        QTest::newRow("no such lead") << QByteArray("ab\xFF");
        QTest::newRow("cut off") << QByteArray("ab\xF0\x9F\x98");
    }

    void invalidBytesAreFoundWhereTheyAre() {
        QFETCH(QByteArray, bytes);
        const std::string text = bytes.toStdString();
        QCOMPARE(firstInvalidUtf8(text), std::optional<size_t>(2));
        size_t at = 2;
        QVERIFY(decodeCodePoint(text, at) == U'\uFFFD');
        QCOMPARE(at, size_t{3});
    }

    void offsetsAgreeWithQt() {
        Rng rng(2);
        for (int i = 0; i < 60; ++i) {
            const std::string bytes = fromCodePoints(randomCodePoints(rng, 700));
            const QString text = QString::fromStdString(bytes);
            const Utf16Map map(bytes);
            size_t units = 0;
            for (size_t at = 0; at < bytes.size();) {
                QCOMPARE(map.toUtf16(at), units);
                QCOMPARE(map.toBytes(units), at);
                const size_t begin = at;
                const size_t width = decodeCodePoint(bytes, at) >= 0x10000 ? 2 : 1;
                for (size_t inside = begin + 1; inside < at; ++inside)
                    QCOMPARE(map.toUtf16(inside), units);
                if (width == 2)
                    QCOMPARE(map.toBytes(units + 1), begin);
                units += width;
            }
            QCOMPARE(units, static_cast<size_t>(text.size()));
            QCOMPARE(map.toUtf16(bytes.size() + 9), units);
            QCOMPARE(map.toBytes(units + 9), bytes.size());
        }
    }

    void bordersOfCodePoints() {
        const std::string text = "a\u20acb";
        for (const auto& [offset, is] :
             {std::pair{0, true}, {1, true}, {2, false}, {3, false}, {4, true}, {5, true}, {6, false}})
            QCOMPARE(isCodePointBoundary(text, static_cast<size_t>(offset)), is);
    }

    void whiteSpaceIsUnicodes() {
        for (char32_t c : std::u32string(U" \t\n\v\f\r\u0085\u00a0\u1680\u2000\u200a\u2028\u2029\u202f\u205f\u3000"))
            QVERIFY(isWhitespace(c));
        for (char32_t c : std::u32string(U"a_\u00ad\u200b\ufeff\u180e"))
            QVERIFY(!isWhitespace(c));
        QVERIFY(isControl(0x7f) && isControl(0x9f) && isControl(0) && !isControl(' ') && !isControl(0xa0));
    }
};

QTEST_APPLESS_MAIN(TestUtf)
#include "test_utf.moc"
