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

const Taxonomy& taxonomy() {
    return test::defaultTaxonomy();
}

Request allTypes() {
    return {taxonomy().keys()};
}

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
            QTest::newRow(name) << QString::fromUtf8(output) << QString::fromLatin1(level)
                                << QString::fromLatin1(fault);
        };
        row("canonical", R"({"parties":null,"governing_law":null,"insurance":{"q":["x"],"v":true}})", "V4", "");
        row("space", R"({"parties": null,"governing_law":null,"insurance":null})", "V3", "whitespace");
        row("order", R"({"governing_law":null,"parties":null,"insurance":null})", "V3", "key_order");
        row("escape", R"({"parties":null,"governing_law":null,"insurance":{"q":["\u0041"],"v":true}})", "V3",
            "escape_style");
        row("missing", R"({"parties":null,"governing_law":null})", "V2", "missing_key");
        row("extra", R"({"parties":null,"governing_law":null,"insurance":null,"colour":1})", "V2", "extra_key");
        row("misspelt", R"({"parties":null,"goverming_law":null,"insurance":null})", "V2", "misspelt_key");
        row("N/A", R"({"parties":null,"governing_law":"N/A","insurance":null})", "V2", "null_style");
        row("empty string", R"({"parties":null,"governing_law":"","insurance":null})", "V2", "null_style");
        row("empty list", R"({"parties":[],"governing_law":null,"insurance":null})", "V2", "null_style");
        row("bare value", R"({"parties":null,"governing_law":null,"insurance":true})", "V2", "wrong_kind");
        row("value without quotes", R"({"parties":null,"governing_law":null,"insurance":{"v":true}})", "V2",
            "wrong_kind");
        row("number for boolean", R"({"parties":null,"governing_law":null,"insurance":{"q":["x"],"v":1}})", "V2",
            "wrong_kind");
        row("unknown code", R"({"parties":null,"governing_law":{"q":["x"],"v":"MARS"},"insurance":null})", "V2",
            "wrong_kind");
        row("duplicate", R"({"parties":null,"parties":null,"governing_law":null,"insurance":null})", "V1",
            "duplicate_key");
        row("fence", "```json\n{\"parties\":null,\"governing_law\":null,\"insurance\":null}\n```", "V1", "fence");
        row("prose before", "Here you are: {\"parties\":null,\"governing_law\":null,\"insurance\":null}", "V1",
            "prose_before");
        row("prose after", "{\"parties\":null,\"governing_law\":null,\"insurance\":null} Done.", "V1", "prose_after");
        row("truncated", "{\"parties\":null,\"governing_law\":{\"q\":[\"the la", "V0", "truncated");
        row("trailing comma", R"({"parties":null,"governing_law":null,"insurance":null,})", "V0", "trailing_comma");
        row("single quotes", "{'parties':null}", "V0", "single_quote");
        row("NaN", R"({"parties":NaN})", "V0", "nan");
        row("raw newline", "{\"parties\":{\"q\":[\"a\nb\"]}}", "V0", "raw_newline");
        row("repetition", "once upon a time once upon a time once upon a time once upon a time once upon a time", "V0",
            "repetition");
        row("nothing", "", "V0", "missing_key");
        row("prose alone", "I can't do that.", "V0", "prose_before");
        row("tilde fence", "~~~\n{\"parties\":null,\"governing_law\":null,\"insurance\":null}\n~~~", "V1", "fence");
        row("final newline", "{\"parties\":null,\"governing_law\":null,\"insurance\":null}\n", "V3", "whitespace");
        row("two objects", R"({"parties":null}{"insurance":null})", "V0", "prose_after");
        row("the same object twice", R"({"parties":null} {"parties":null})", "V0", "repetition");
        row("an example in the prose",
            R"(With {"q":[],"v":1} in mind: {"parties":null,"governing_law":null,"insurance":null})", "V1",
            "prose_before");
        row("a stray brace in the prose", R"(A set { of {"parties":null,"governing_law":null,"insurance":null})", "V1",
            "prose_before");
        row("a list", R"([{"parties":null,"governing_law":null,"insurance":null}])", "V1", "prose_before");
        row("no requested key", R"(Here: {"colour":"red"})", "V0", "prose_before");
        row("an inner object of a cut one", R"({"governing_law":{"q":["x"],"v":"IE"},"parties":{"insurance":null},)",
            "V1", "prose_before");
        row("quotation mark without backslash",
            R"({"parties":null,"insurance":{"q":["the "Effective Date" is"],"v":true}})", "V0", "escape_style");
        row("None", R"({"parties":None})", "V0", "null_style");
        row("Not specified.", R"({"parties":null,"governing_law":"Not specified.","insurance":null})", "V2",
            "null_style");
        row("empty object", R"({"parties":null,"governing_law":{},"insurance":null})", "V2", "null_style");
        row("empty quote", R"({"parties":null,"governing_law":null,"insurance":{"q":[""],"v":true}})", "V2",
            "wrong_kind");
        row("no quote", R"({"parties":null,"governing_law":null,"insurance":{"q":[],"v":true}})", "V2", "wrong_kind");
        row("no value", R"({"parties":null,"governing_law":null,"insurance":{"q":["x"]}})", "V2", "wrong_kind");
        row("null value", R"({"parties":null,"governing_law":null,"insurance":{"q":["x"],"v":null}})", "V2",
            "wrong_kind");
        row("value before quotes", R"({"parties":null,"governing_law":null,"insurance":{"v":true,"q":["x"]}})", "V3",
            "key_order");
        row("role before name",
            R"({"parties":{"q":["A"],"v":[{"r":"other","n":"A"}]},"governing_law":null,"insurance":null})", "V3",
            "key_order");
        row("more in a cell", R"({"parties":null,"governing_law":null,"insurance":{"q":["x"],"v":true,"p":0.9}})", "V2",
            "extra_key");
        row("escaped newline", R"({"parties":null,"governing_law":null,"insurance":{"q":["a\nb"],"v":true}})", "V3",
            "escape_style");
        row("escaped slash", R"({"parties":null,"governing_law":null,"insurance":{"q":["a\/b"],"v":true}})", "V3",
            "escape_style");
        row("escaped key", R"({"\u0070arties":null,"governing_law":null,"insurance":null})", "V3", "escape_style");
        row("a raw delete", "{\"parties\":null,\"governing_law\":null,\"insurance\":{\"q\":[\"a\x7f b\"],\"v\":true}}",
            "V3", "raw_newline");
        row("a duplicate in a cell",
            R"({"parties":null,"governing_law":null,"insurance":{"q":["x"],"q":["x"],"v":true}})", "V1",
            "duplicate_key");
        row("a date as written",
            R"({"parties":{"q":["A"],"v":[{"n":"A","r":"buyer"}]},"governing_law":null,"insurance":null})", "V2",
            "wrong_kind");
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
        QCOMPARE(assessment.faults.empty(), assessment.level == Validity::V4);
    }

    void aMisspeltKeyIsAMissingAndAnExtraOneToo() {
        const Assessment misspelt = assess(R"({"insurence":null})", {{"insurance"}}, taxonomy());
        QCOMPARE(misspelt.faults, (std::vector<std::string>{"missing_key", "extra_key", "misspelt_key"}));
        QCOMPARE(misspelt.invalidKeys, std::vector<std::string>{"insurance"});
        QVERIFY(!has(assess(R"({"assurances":null})", {{"insurance"}}, taxonomy()), "misspelt_key"));
    }

    void whatCanBeUsedIsRead() {
        const Request request{{"governing_law", "insurance", "audit_rights"}};
        const Assessment read =
            assess(R"({"governing_law":{"q":["the laws\n of Ireland"],"v":"IE"},"insurance":"N/A","audit_rights":7})",
                   request, taxonomy());
        QVERIFY(read.level == Validity::V2);
        QVERIFY(read.answer->find("governing_law")->finding == (Finding{{"the laws of Ireland"}, std::string("IE")}));
        QVERIFY(!read.answer->find("insurance")->finding);
        QVERIFY(!read.answer->find("audit_rights"));
        QCOMPARE(read.invalidKeys, (std::vector<std::string>{"insurance", "audit_rights"}));
    }

    void aLoopOfQuotesIsARepetition() {
        std::string looped = R"({ "insurance":{"q":["x")";
        for (int i = 0; i < 20; ++i)
            looped += R"(,"x")";
        QVERIFY(has(assess(looped + R"(],"v":true}})", {{"insurance"}}, taxonomy()), "repetition"));
        QVERIFY(has(assess(looped + looped, {{"insurance"}}, taxonomy(), false), "repetition"));
        QVERIFY(!has(assess(looped.substr(0, 24), {{"insurance"}}, taxonomy(), false), "repetition"));
    }

    // Whatever is done to a canonical answer: a level, tags below V4, and V4 only for bytes that are the encoding of
    // their parse.
    void anyDamageIsJudged() {
        Rng rng(77);
        const Request request{{"document_name", "parties", "agreement_date", "insurance"}};
        static const std::string kBytes = "{}[]\"\\:,'nul \n\t0x\x80\xC3\xF0\x01\x7f";
        for (int i = 0; i < 20000; ++i) {
            std::string output = encodeAnswer(randomAnswer(rng, request));
            for (size_t edits = 1 + rng.below(3); edits > 0 && !output.empty(); --edits) {
                const size_t at = rng.below(output.size());
                const char byte = kBytes[rng.below(kBytes.size())];
                if (const auto kind = rng.below(4); kind == 0)
                    output.erase(at, 1 + rng.below(5));
                else if (kind == 1)
                    output[at] = byte;
                else if (kind == 2)
                    output.insert(at, 1, byte);
                else
                    output.insert(at, output.substr(at / 2, rng.below(20)));
            }
            const Assessment assessment = assess(output, request, taxonomy(), rng.below(8) != 0);
            QCOMPARE(assessment.faults.empty(), assessment.level == Validity::V4);
            QCOMPARE(assessment.answer.has_value(), assessment.level >= Validity::V1);
            if (assessment.level == Validity::V4)
                QCOMPARE(encodeAnswer(*assessment.answer), output);
            if (assessment.level == Validity::V3)
                QVERIFY(checkEncodable(*assessment.answer, request, taxonomy()).ok() || has(assessment, "key_order"));
        }
    }

    void aByteOrderMarkIsNotPartOfTheObject() {
        const Assessment marked = assess("\xEF\xBB\xBF{\"insurance\":null}", {{"insurance"}}, taxonomy());
        QVERIFY(marked.level == Validity::V1);
        QVERIFY(has(marked, "prose_before"));
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
        QVERIFY(assess("{\"insurance\":" + std::string(200000, '['), {{"insurance"}}, taxonomy()).level ==
                Validity::V0);
        QVERIFY(assess(std::string(200000, '{'), {{"insurance"}}, taxonomy()).level == Validity::V0);
        QVERIFY(
            assess(R"({"insurance":)" + std::string(17, '[') + std::string(17, ']') + "}", {{"insurance"}}, taxonomy())
                .level == Validity::V0);
    }

    // Quadratic work would take minutes on each of these.
    void hostileSizeIsJudgedInLinearTime() {
        std::string keys = "{", quotes = R"({"insurance":{"q":["x")", braces;
        for (int i = 0; i < 100000; ++i) {
            keys += "\"k" + std::to_string(i) + "\":null,";
            quotes += R"(,"x")";
            braces += "{}";
        }
        QVERIFY(assess(keys + "\"insurance\":null}", {{"insurance"}}, taxonomy()).level == Validity::V2);
        QVERIFY(assess(quotes + R"(],"v":true}})", {{"insurance"}}, taxonomy()).level == Validity::V2);
        QVERIFY(assess(braces, {{"insurance"}}, taxonomy()).level == Validity::V0);
        QVERIFY(assess(std::string(5 << 20, ' ') + R"({"insurance":null})", {{"insurance"}}, taxonomy()).level <=
                Validity::V3);
        QVERIFY(assess(std::string("{\"insurance\":null}\0junk", 23), {{"insurance"}}, taxonomy()).level ==
                Validity::V1);
        QVERIFY(assess(std::string("{\"insurance\":\0null}", 20), {{"insurance"}}, taxonomy()).level == Validity::V0);
    }

    void theStrictParserSaysWhereTheFormIsLeft() {
        const auto parsed = parseCanonical(R"({"insurance": null})", {{"insurance"}}, taxonomy());
        QVERIFY(!parsed.ok());
        QVERIFY2(QString::fromStdString(parsed.error().detail).contains(QStringLiteral("byte 13")),
                 parsed.error().detail.c_str());
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
