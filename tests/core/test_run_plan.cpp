// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The plan of a run and the preflight's lines: their form on disk, and what is refused.
#include "core/run/run_plan.h"

#include <QtTest>
#include <nlohmann/json.hpp>

using namespace cw;

namespace {

RunPlan somePlan() {
    RunPlan plan;
    plan.rows = 1200;
    plan.leftOut = 3;
    plan.steps = 114;
    plan.tokens = 9'600'000'000;
    plan.labelled = 700'000'000;
    plan.longest = 8192;
    plan.rowsPerPass = 1;
    plan.tokensPerPass = 8192;
    plan.largestRowsPerPass = 4;
    plan.checkpointing = "cheap";
    plan.parts = {{"weights", 14'500'000'000}, {"adapter", 671'088'640}, {"allocator", 0}};
    plan.peakBytes = 42'000'000'000;
    plan.memoryBytes = 79'000'000'000;
    plan.seconds = 2280.5;
    plan.tokensPerSecond = 12500.25;
    plan.device = "cuda";
    plan.dtype = "bf16";
    plan.advice = {"3 rows are left out.", "The warm-up has 1 step."};
    return plan;
}

} // namespace

class TestRunPlan : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void planSurvivesItsJson() {
        const auto read = runPlanFromJson(toJson(somePlan()), "plan.json");
        QVERIFY(read.ok());
        QVERIFY(*read == somePlan());
    }

    void planHasTheDocumentedMembers() {
        const auto json = nlohmann::ordered_json::parse(toJson(somePlan()));
        std::string names;
        for (const auto& [name, value] : json.items())
            names += name + " ";
        QCOMPARE(names, std::string("version rows left_out steps tokens labelled longest rows_per_pass tokens_per_pass "
                                    "largest_rows_per_pass checkpointing parts peak_bytes memory_bytes seconds "
                                    "tokens_per_s device dtype advice "));
        QCOMPARE(json["parts"].dump(), std::string(R"({"weights":14500000000,"adapter":671088640,"allocator":0})"));
        QVERIFY(toJson(somePlan()).ends_with("}\n"));
    }

    void planOfANewerProgramIsRefusedByItsVersion() {
        auto json = nlohmann::json::parse(toJson(somePlan()));
        json["version"] = 2;
        const auto read = runPlanFromJson(json.dump(), "runs/x/plan.json");
        QVERIFY(!read);
        QVERIFY(read.error().code == ErrorCode::NewerVersion);
        QCOMPARE(read.error().detail, std::string("runs/x/plan.json has version 2; this program knows 1."));
    }

    void badPlanIsRefused_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("nothing") << QByteArray();
        QTest::newRow("cut off") << QByteArray(toJson(somePlan()).substr(0, 100).c_str());
        QTest::newRow("no object") << QByteArray("[1]");
        QTest::newRow("no version") << QByteArray("{}");
        auto json = nlohmann::json::parse(toJson(somePlan()));
        json["parts"] = "many";
        QTest::newRow("parts are no object") << QByteArray(json.dump().c_str());
        json = nlohmann::json::parse(toJson(somePlan()));
        json.erase("peak_bytes");
        QTest::newRow("a member lacks") << QByteArray(json.dump().c_str());
    }

    void badPlanIsRefused() {
        QFETCH(QByteArray, text);
        const auto read = runPlanFromJson(text.toStdString(), "plan.json");
        QVERIFY(!read);
        QVERIFY(read.error().code == ErrorCode::BadInput);
        QCOMPARE(read.error().message(),
                 std::string("plan.json is not a plan that this program wrote. Plan the run again."));
    }

    void preflightRowSurvivesItsLine() {
        const PreflightRow row{"01H", 3, 24000, 1800, 9000, "1 row is left out: \"too long\"."};
        const auto read = preflightRowFromLine(toLine(row), "preflight.jsonl, line 1");
        QVERIFY(read.ok());
        QVERIFY(*read == row);
        QVERIFY(toLine(row).find('\n') == std::string::npos);
    }

    void preflightRowWithoutANoteHasNone() {
        QCOMPARE(toLine(PreflightRow{"a", 1, 2, 1, 0, ""}),
                 std::string(R"({"contract":"a","windows":1,"tokens":2,"labelled":1,"cut":0})"));
        QVERIFY(preflightRowFromLine(R"({"contract":"a","windows":1,"tokens":2,"labelled":1,"cut":0})", "x")->note ==
                "");
    }

    void badPreflightRowIsRefused() {
        for (const char* line : {"", "{}", R"({"contract":1,"windows":1,"tokens":2,"labelled":1,"cut":0})"}) {
            const auto read = preflightRowFromLine(line, "preflight.jsonl, line 4");
            QVERIFY(!read);
            QVERIFY(read.error().detail.starts_with("preflight.jsonl, line 4 is not"));
        }
    }

    void namesThatAreNotUtf8StillGiveALine() {
        QVERIFY(preflightRowFromLine(toLine(PreflightRow{"a\xff", 1, 2, 1, 0, "\xfe"}), "x").ok());
    }
};

QTEST_APPLESS_MAIN(TestRunPlan)
#include "test_run_plan.moc"
