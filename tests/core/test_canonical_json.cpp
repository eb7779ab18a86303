// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "core/base/rng.h"
#include "core/base/utf.h"
#include "core/extraction/canonical_json.h"
#include "core/extraction/values.h"
#include "core/text/quote.h"
#include "tests/support/taxonomy.h"

#include <QTest>

#include <algorithm>

using namespace cw;

namespace {

const Taxonomy& taxonomy() { return test::defaultTaxonomy(); }

Request allTypes() { return {taxonomy().keys()}; }

// The requested keys of an example whose other keys were left out.
Request keysOf(const std::string& json) {
    Request request;
    for (const std::string& key : taxonomy().keys())
        if (json.find("\"" + key + "\":") != std::string::npos)
            request.keys.push_back(key);
    return request;
}

bool has(const Assessment& assessment, const char* fault) {
    return std::find(assessment.faults.begin(), assessment.faults.end(), fault) != assessment.faults.end();
}

std::string randomText(Rng& rng, size_t most) {
    static const std::u32string kLetters = U"ab \"\\/{}[],:\u00e9\u20ac\U0001F600\u200b'n0";
    std::u32string text = U"x";
    for (size_t left = rng.below(most); left > 0; --left)
        text.push_back(kLetters[rng.below(kLetters.size())]);
    return fromCodePoints(text);
}

ClauseValue randomValue(Rng& rng, const ClauseType& type) {
    switch (type.kind) {
    case ValueKind::Boolean:
        return rng.below(2) == 0;
    case ValueKind::Text:
        return {};
    case ValueKind::Duration:
        return std::string(rng.below(2) ? "P30D" : "perpetual");
    case ValueKind::Date:
        return std::string(rng.below(2) ? "2024-02-29" : "effective_date+P3Y");
    case ValueKind::Enum:
        return type.codes[rng.below(type.codes.size())];
    case ValueKind::Number:
        return std::string(rng.below(2) ? "7.5 %" : "10000 units/P1Y");
    case ValueKind::Money:
        return std::string(rng.below(2) ? "max(USD 1000000,100%fees_paid/P12M)" : "unspecified");
    case ValueKind::PartyList:
        return std::vector<Party>{{randomText(rng, 9), "supplier"}, {"B", "other"}};
    }
    return {};
}

Answer randomAnswer(Rng& rng, const Request& request) {
    Answer answer;
    for (const std::string& key : request.keys) {
        AnswerCell cell{key, {}};
        if (rng.below(3) == 0) {
            Finding finding{{}, randomValue(rng, *taxonomy().find(key))};
            for (size_t quotes = 1 + rng.below(3); quotes > 0; --quotes)
                finding.quotes.push_back(randomText(rng, 30));
            cell.finding = finding;
        }
        answer.cells.push_back(cell);
    }
    return answer;
}

} // namespace

class TestCanonicalJson : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theWorkedExamplesAreCanonicalByteForByte_data() {
        QTest::addColumn<QString>("name");
        for (const char* name : {"a", "b", "c"})
            QTest::newRow(name) << QString::fromLatin1(name);
    }

    void theWorkedExamplesAreCanonicalByteForByte() {
        QFETCH(QString, name);
        const std::string stem = "taxonomy/example_" + name.toStdString();
        const std::string json = test::testData(stem + ".json");
        const Request request = keysOf(json);
        QCOMPARE(request.keys.size(), name == QLatin1String("a") ? 47U : name == QLatin1String("b") ? 13U : 4U);
        const auto answer = parseCanonical(json, request, taxonomy());
        QVERIFY2(answer.ok(), answer ? "" : answer.error().detail.c_str());
        QCOMPARE(encodeAnswer(*answer), json);
        QVERIFY(checkEncodable(*answer, request, taxonomy()).ok());
        const NormalizedText text(test::testData(stem + ".txt"));
        for (const AnswerCell& cell : answer->cells)
            if (cell.finding)
                for (const std::string& quote : cell.finding->quotes)
                    QVERIFY2(!text.findAll(quote).empty(), quote.c_str());
    }

    void theLeftOutKeysOfExampleBAreNull() {
        const Request part = keysOf(test::testData("taxonomy/example_b.json"));
        const auto answer = parseCanonical(test::testData("taxonomy/example_b.json"), part, taxonomy());
        QVERIFY(answer.ok());
        Answer whole;
        for (const std::string& key : allTypes().keys) {
            const AnswerCell* cell = answer->find(key);
            whole.cells.push_back(cell ? *cell : AnswerCell{key, {}});
        }
        QVERIFY(assess(encodeAnswer(whole), allTypes(), taxonomy()).level == Validity::V4);
    }

    void anAllNullAnswerHas1220Bytes() {
        Answer answer;
        for (const std::string& key : allTypes().keys)
            answer.cells.push_back({key, {}});
        QCOMPARE(encodeAnswer(answer).size(), 1220U);
        QVERIFY(assess(encodeAnswer(answer), allTypes(), taxonomy()).level == Validity::V4);
    }

    void encodingAParseGivesTheSameBytes() {
        Rng rng(20261124);
        const Request request = allTypes();
        for (int i = 0; i < 2000; ++i) {
            const Answer answer = randomAnswer(rng, request);
            const std::string bytes = encodeAnswer(answer);
            const auto parsed = parseCanonical(bytes, request, taxonomy());
            QVERIFY2(parsed.ok(), parsed ? "" : (parsed.error().detail + bytes).c_str());
            QVERIFY(*parsed == answer);
            QCOMPARE(encodeAnswer(*parsed), bytes);
        }
    }

    void aCutAnswerNeverReachesV2() {
        const std::string bytes = test::testData("taxonomy/example_a.json");
        for (size_t length = 0; length < bytes.size(); length += 7) {
            const Assessment cut = assess(std::string_view(bytes).substr(0, length), allTypes(), taxonomy());
            QVERIFY(cut.level < Validity::V2);
        }
    }

    void levelsAndFaults_data() {
        QTest::addColumn<QString>("output");
        QTest::addColumn<QString>("level");
        QTest::addColumn<QString>("fault");
        const auto row = [](const char* name, const char* output, const char* level, const char* fault) {
            QTest::newRow(name) << QString::fromUtf8(output) << QString::fromLatin1(level) << QString::fromLatin1(fault);
        };
        row("canonical", R"({"parties":null,"governing_law":null,"insurance":{"q":["x"],"v":true}})", "V4", "");
        row("space", R"({"parties": null,"governing_law":null,"insurance":null})", "V3", "whitespace");
        row("order", R"({"governing_law":null,"parties":null,"insurance":null})", "V3", "key_order");
        row("escape", R"({"parties":null,"governing_law":null,"insurance":{"q":["\u0041"],"v":true}})", "V3", "escape_style");
        row("missing", R"({"parties":null,"governing_law":null})", "V2", "missing_key");
        row("extra", R"({"parties":null,"governing_law":null,"insurance":null,"colour":1})", "V2", "extra_key");
        row("misspelt", R"({"parties":null,"goverming_law":null,"insurance":null})", "V2", "misspelt_key");
        row("N/A", R"({"parties":null,"governing_law":"N/A","insurance":null})", "V2", "null_style");
        row("empty string", R"({"parties":null,"governing_law":"","insurance":null})", "V2", "null_style");
        row("empty list", R"({"parties":[],"governing_law":null,"insurance":null})", "V2", "null_style");
        row("bare value", R"({"parties":null,"governing_law":null,"insurance":true})", "V2", "wrong_kind");
        row("value without quotes", R"({"parties":null,"governing_law":null,"insurance":{"v":true}})", "V2", "wrong_kind");
        row("number for boolean", R"({"parties":null,"governing_law":null,"insurance":{"q":["x"],"v":1}})", "V2", "wrong_kind");
        row("unknown code", R"({"parties":null,"governing_law":{"q":["x"],"v":"MARS"},"insurance":null})", "V2", "wrong_kind");
        row("duplicate", R"({"parties":null,"parties":null,"governing_law":null,"insurance":null})", "V1", "duplicate_key");
        row("fence", "```json\n{\"parties\":null,\"governing_law\":null,\"insurance\":null}\n```", "V1", "fence");
        row("prose before", "Here you are: {\"parties\":null,\"governing_law\":null,\"insurance\":null}", "V1", "prose_before");
        row("prose after", "{\"parties\":null,\"governing_law\":null,\"insurance\":null} Done.", "V1", "prose_after");
        row("truncated", "{\"parties\":null,\"governing_law\":{\"q\":[\"the la", "V0", "truncated");
        row("trailing comma", R"({"parties":null,"governing_law":null,"insurance":null,})", "V0", "trailing_comma");
        row("single quotes", "{'parties':null}", "V0", "single_quote");
        row("NaN", R"({"parties":NaN})", "V0", "nan");
        row("raw newline", "{\"parties\":{\"q\":[\"a\nb\"]}}", "V0", "raw_newline");
        row("repetition", "once upon a time once upon a time once upon a time once upon a time once upon a time", "V0", "repetition");
        row("nothing", "", "V0", "");
    }

    void levelsAndFaults() {
        QFETCH(QString, output);
        QFETCH(QString, level);
        QFETCH(QString, fault);
        const Request request{{"parties", "governing_law", "insurance"}};
        const Assessment assessment = assess(output.toStdString(), request, taxonomy());
        QCOMPARE(QString::fromStdString(std::string(toString(assessment.level))), level);
        if (!fault.isEmpty())
            QVERIFY2(has(assessment, fault.toLatin1().constData()), qPrintable(output));
        QCOMPARE(assessment.answer.has_value(), assessment.level >= Validity::V1);
    }

    void anOutputCutAtItsLimitIsNotV2() {
        const Assessment cut = assess(R"({"insurance":null})", {{"insurance"}}, taxonomy(), false);
        QVERIFY(cut.level == Validity::V1);
        QVERIFY(has(cut, "truncated"));
    }

    void invalidUtf8IsV0() {
        const Assessment bad = assess("{\"insurance\":{\"q\":[\"\xff\"],\"v\":true}}", {{"insurance"}}, taxonomy());
        QVERIFY(bad.level == Validity::V0);
        QVERIFY(has(bad, "bad_utf8"));
    }

    void hostileDepthIsRefusedQuietly() {
        QVERIFY(assess("{\"insurance\":" + std::string(200000, '['), {{"insurance"}}, taxonomy()).level == Validity::V0);
        QVERIFY(assess(std::string(200000, '{'), {{"insurance"}}, taxonomy()).level == Validity::V0);
    }

    void whatCantBeEncodedIsNamed() {
        const Request request{{"insurance"}};
        const Answer tooMany{{{"insurance", Finding{std::vector<std::string>(65, "x"), true}}}};
        const Status status = checkEncodable(tooMany, request, taxonomy());
        QVERIFY(!status.ok());
        QVERIFY(QString::fromStdString(status.error().detail).contains(QStringLiteral("insurance")));
        QVERIFY(!checkEncodable({{{"insurance", Finding{{std::string(3501, 'x')}, true}}}}, request, taxonomy()).ok());
        QVERIFY(!checkEncodable({{{"insurance", Finding{{"a\nb"}, true}}}}, request, taxonomy()).ok());
        QVERIFY(!checkEncodable({{{"insurance", Finding{{"x"}, {}}}}}, request, taxonomy()).ok());
        QVERIFY(checkEncodable({{{"insurance", Finding{{"x"}, false}}}}, request, taxonomy()).ok());
    }
};

QTEST_APPLESS_MAIN(TestCanonicalJson)
#include "test_canonical_json.moc"
