// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// What a shift did to answers: kept, changed, as directed; and the file of edits.
#include "core/base/file.h"
#include "core/eval/shift/shift_score.h"
#include "tests/support/shift_fixture.h"

#include <QTemporaryDir>
#include <QtTest>

using namespace cw;
using namespace cw::test;

namespace {

const std::string kText = "SUPPLY AGREEMENT\n\nThis Agreement is made as of April 3, 2024. It shall be governed by the laws of the State of Ohio. "
                          "Payment is due within thirty (30) days of the invoice. It renews for one year, from April 3, 2025.\n";

GoldRow gold() {
    return goldIn(kText,
                  {{"document_name", {"SUPPLY AGREEMENT"}, {}},
                   {"agreement_date", {"April 3, 2024"}, std::string("2024-04-03")},
                   {"governing_law", {"governed by the laws of the State of Ohio"}, std::string("US-OH")},
                   {"payment_terms", {"within thirty (30) days of the invoice"}, std::string("P30D")}},
                  {"insurance"});
}

ShiftedContract shifted(ShiftKind kind) { return std::move(*shiftContract(kind, gold(), kText, defaultTaxonomy())); }

const std::string* oldText(const ContractId&) { return &kText; }

// The evaluation of one answer to one text.
Evaluation answered(const GoldRow& row, const std::string& text, const Answer& answer) {
    OutputRow output;
    output.meta.contract = row.contract;
    output.meta.request = row.request;
    output.meta.window = {0, text.size()};
    output.output = encodeAnswer(answer);
    return evaluate({row}, {output}, defaultTaxonomy(), [&](const ContractId&) { return &text; });
}

void set(Answer& answer, const std::string& clause, std::optional<Finding> finding) {
    for (AnswerCell& cell : answer.cells)
        if (cell.key == clause)
            cell.finding = std::move(finding);
}

ShiftOutcome outcome(ShiftKind kind, const Answer& before, const Answer& after) {
    const ShiftedContract contract = shifted(kind);
    return scoreShift(answered(gold(), kText, before), answered(contract.gold, contract.text, after), {contract}, oldText, defaultTaxonomy());
}

} // namespace

class TestShiftScore : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aModelThatFollowsTheWordsIsInvariant() {
        const ShiftOutcome found = outcome(ShiftKind::DayFirst, gold().answer, shifted(ShiftKind::DayFirst).gold.answer);
        QCOMPARE(found.contracts, 1);
        QCOMPARE(found.invariant.of, 5);
        QCOMPARE(found.invariant.kept, 5);
        QCOMPARE(found.directed.of, 0);
        QCOMPARE(found.contractsKept, 1);
        QVERIFY(!found.invariant.interval); // one contract
        QVERIFY(found.faults.empty());
    }

    void aChangedValueIsAFault() {
        Answer after = shifted(ShiftKind::DayFirst).gold.answer;
        set(after, "agreement_date", Finding{{"3 April 2024"}, std::string("2024-03-04")});
        const ShiftOutcome found = outcome(ShiftKind::DayFirst, gold().answer, after);
        QCOMPARE(found.invariant.kept, 4);
        QCOMPARE(found.contractsKept, 0);
        QCOMPARE(found.faults.size(), size_t{1});
        QCOMPARE(found.faults[0].clause, std::string("agreement_date"));
        QCOMPARE(found.faults[0].expected->quotes, std::vector<std::string>{"3 April 2024"}); // carried along
    }

    // Invariance is of the answers, right or wrong: the gold plays no part.
    void aWrongAnswerThatStaysIsInvariant() {
        Answer before = gold().answer, after = shifted(ShiftKind::DayFirst).gold.answer;
        set(before, "agreement_date", Finding{{"April 3, 2025"}, std::string("2025-04-03")});
        set(after, "agreement_date", Finding{{"3 April 2025"}, std::string("2025-04-03")});
        set(before, "insurance", Finding{{"Payment is due"}, true});
        set(after, "insurance", Finding{{"Payment is due"}, true});
        set(before, "payment_terms", std::nullopt);
        set(after, "payment_terms", std::nullopt);
        QCOMPARE(outcome(ShiftKind::DayFirst, before, after).invariant.kept, 5);
        set(after, "payment_terms", gold().answer.find("payment_terms")->finding); // found now: a change, though a good one
        QCOMPARE(outcome(ShiftKind::DayFirst, before, after).invariant.kept, 4);
    }

    void aDirectedCellMustFollow() {
        const ShiftedContract contract = shifted(ShiftKind::GoverningLaw);
        const ShiftOutcome follows = outcome(ShiftKind::GoverningLaw, gold().answer, contract.gold.answer);
        QCOMPARE(follows.directed.of, 1);
        QCOMPARE(follows.directed.kept, 1);
        QCOMPARE(follows.invariant.of, 4);
        Answer stubborn = contract.gold.answer;
        set(stubborn, "governing_law", Finding{contract.gold.answer.find("governing_law")->finding->quotes, std::string("US-OH")});
        const ShiftOutcome stays = outcome(ShiftKind::GoverningLaw, gold().answer, stubborn);
        QCOMPARE(stays.directed.kept, 0);
        QCOMPARE(stays.directedRightBefore.of, 1);
        QVERIFY(stays.faults[0].directed);
        Answer wrong = gold().answer;
        set(wrong, "governing_law", std::nullopt);
        QCOMPARE(outcome(ShiftKind::GoverningLaw, wrong, stubborn).directedRightBefore.of, 0);
    }

    void unusableOutputsAreToldApart() {
        const ShiftedContract contract = shifted(ShiftKind::DayFirst);
        const auto broken = [](const GoldRow& row, const std::string& text) {
            OutputRow output;
            output.meta.contract = row.contract;
            output.meta.request = row.request;
            output.meta.window = {0, text.size()};
            output.output = "no answer";
            return evaluate({row}, {output}, defaultTaxonomy(), [&](const ContractId&) { return &text; });
        };
        const Evaluation was = broken(gold(), kText), is = broken(contract.gold, contract.text);
        QCOMPARE(scoreShift(was, is, {contract}, oldText, defaultTaxonomy()).unusable, 5);
        const ShiftOutcome lost = scoreShift(answered(gold(), kText, gold().answer), is, {contract}, oldText, defaultTaxonomy());
        QCOMPARE(lost.invariant.kept, 0);
        QCOMPARE(lost.invariant.of, 5);
        const ShiftedContract directed = shifted(ShiftKind::GoverningLaw);
        const ShiftOutcome useless = scoreShift(was, broken(directed.gold, directed.text), {directed}, oldText, defaultTaxonomy());
        QCOMPARE(useless.directed.of, 1); // it didn't do what it must
        QCOMPARE(useless.directed.kept, 0);
        QCOMPARE(useless.unusable, 4);
        QCOMPARE(useless.contracts, 1);
        QCOMPARE(useless.contractsJudged, 0); // no invariant cell of it says anything
    }

    void severalContractsHaveAnInterval() {
        std::vector<ShiftedContract> contracts;
        Evaluation before, after;
        for (int i = 0; i < 12; ++i) {
            GoldRow row = gold();
            row.contract = ContractId("c" + std::to_string(i));
            contracts.push_back(*shiftContract(ShiftKind::DayFirst, row, kText, defaultTaxonomy()));
            Answer answer = contracts.back().gold.answer;
            if (i < 3)
                set(answer, "agreement_date", std::nullopt);
            for (ScoredCell& cell : answered(row, kText, row.answer).cells)
                before.cells.push_back(std::move(cell));
            for (ScoredCell& cell : answered(contracts.back().gold, contracts.back().text, answer).cells)
                after.cells.push_back(std::move(cell));
        }
        const ShiftOutcome found = scoreShift(before, after, contracts, oldText, defaultTaxonomy());
        QCOMPARE(found.contractsKept, 9);
        QCOMPARE(found.contractsJudged, 12);
        QCOMPARE(found.invariant.kept, 57);
        QVERIFY(found.invariant.interval && (*found.invariant.interval)[0] < 0.95 && (*found.invariant.interval)[1] > 0.95);
        QCOMPARE(found.contractsInterval, wilson(9, 12));
        std::reverse(contracts.begin(), contracts.end());
        std::reverse(after.cells.begin(), after.cells.end());
        QVERIFY(*scoreShift(before, after, contracts, oldText, defaultTaxonomy()).invariant.interval == *found.invariant.interval);
    }

    void editsComeBackFromTheirFile() {
        QTemporaryDir folder;
        const std::filesystem::path file = folder.filePath("edits.jsonl").toStdString();
        const ShiftedContract contract = shifted(ShiftKind::GoverningLaw);
        QVERIFY(writeFileAtomically(file, editsLine(ShiftKind::GoverningLaw, contract) + "\n").ok());
        const auto rows = readEdits(file);
        QVERIFY(rows.ok());
        QCOMPARE((*rows)[0].contract.value, std::string("contract"));
        QCOMPARE((*rows)[0].shift, std::string("governing_law"));
        QVERIFY((*rows)[0].edits == contract.edits);
        QCOMPARE((*rows)[0].directed, contract.directed);
        QVERIFY(checkEdits((*rows)[0], kText, "edits.jsonl").ok());
        QVERIFY(!checkEdits((*rows)[0], "too short", "edits.jsonl").ok());
    }

    void badEditsSayWhere() {
        QTemporaryDir folder;
        const std::filesystem::path file = folder.filePath("edits.jsonl").toStdString();
        QVERIFY(writeFileAtomically(file, R"({"v":1,"contract":"a","shift":"x","edits":[[3,1,"a"]],"directed":[]})").ok());
        QVERIFY(readEdits(file).error().detail.ends_with("line 1: \"edits\" must be a list of [begin, end, text]."));
        QVERIFY(writeFileAtomically(file, R"({"v":2,"contract":"a","shift":"x","edits":[],"directed":[]})").ok());
        QCOMPARE(readEdits(file).error().code, ErrorCode::NewerVersion);
    }
};

QTEST_GUILESS_MAIN(TestShiftScore)
#include "test_shift_score.moc"
