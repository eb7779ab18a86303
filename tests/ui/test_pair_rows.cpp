// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "core/base/file.h"
#include "ui/models/pair_rows.h"

#include <QTest>

using namespace cw;

class TestPairRows : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() {
        auto json = readFile(std::string(CW_SOURCE_DIR) + "/resources/taxonomy/default.json");
        QVERIFY(json.ok());
        auto taxonomy = Taxonomy::fromJson(*json, "default.json");
        QVERIFY(taxonomy.ok());
        m_taxonomy = *taxonomy;
    }

    void equalKeysFoldAndDifferingOnesShowTheWords() {
        const PairComparison out = comparePair(R"({"parties":null,"governing_law":{"q":["the laws of England"],"v":"GB-EAW"},"insurance":null})",
                                               R"({"parties":null,"governing_law":{"q":["the laws of Scotland"],"v":"GB-SCT"},"insurance":null})",
                                               kRequest, m_taxonomy);
        QCOMPARE(out.rows.size(), 3U);
        QCOMPARE(out.rows[0].folded, std::vector<std::string>{"parties"});
        QCOMPARE(out.rows[1].key, std::string("governing_law"));
        QVERIFY(!out.rows[1].left.marked.empty());
        const ByteRange first = out.rows[1].left.marked.front();
        QCOMPARE(out.rows[1].left.text.substr(first.begin, first.size()), std::string("England"));
        QCOMPARE(out.leftPresent, 1);
        QVERIFY(!out.leftMalformed && !out.rightMalformed);
    }

    void unfoldingShowsEveryKey() {
        const std::string answer = R"({"parties":null,"governing_law":null,"insurance":null})";
        QCOMPARE(comparePair(answer, answer, kRequest, m_taxonomy).rows.size(), 1U);
        QCOMPARE(comparePair(answer, answer, kRequest, m_taxonomy, true).rows.size(), 3U);
    }

    void aMalformedOutputIsShownAsItCame() {
        const std::string broken = "{\"parties\":null,\"governing_law\":{\"q\":[\"x";
        const PairComparison out = comparePair(R"({"parties":null,"governing_law":null,"insurance":null})", broken, kRequest, m_taxonomy);
        QCOMPARE(out.rows.size(), 1U);
        QVERIFY(out.rows[0].key.empty());
        QCOMPARE(out.rows[0].right.text, broken);
        QVERIFY(out.rightMalformed && !out.leftMalformed);
    }

private:
    const Request kRequest{{"parties", "governing_law", "insurance"}};
    Taxonomy m_taxonomy;
};

QTEST_APPLESS_MAIN(TestPairRows)
#include "test_pair_rows.moc"
