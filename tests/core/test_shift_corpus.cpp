// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The UK shift suite over the large collection: to how many contracts each transform applies, that every carried quote is the text at
// its place, and that nothing around an edit reads as nobody would write it. With CW_SHIFT_OUT a folder, it also writes the shifted texts there, to be read by a person.
// label: slow
#include "core/base/file.h"
#include "core/dataset/labels.h"
#include "core/prompt/prompt.h"
#include "tests/support/odd_readings.h"
#include "tests/support/paths.h"
#include "tests/support/shift_fixture.h"

#include <QtTest>

using namespace cw;
using namespace cw::test;

namespace {

struct Labelled {
    GoldRow gold;
    std::string text;
};

std::vector<Labelled> collection() {
    std::vector<Labelled> out;
    const auto folder = corpusFolder() / "data" / "contracts";
    const auto all = parseLabels(*readFile(folder / "annotations.json"), "annotations.json");
    for (const LabelledContract& labels : *all) {
        Labelled contract{{}, *readFile(folder / labels.contractFile)};
        const LabelMapping mapping = mapLabels(labels, contract.text, true, defaultTaxonomy());
        contract.gold.contract = ContractId(labels.contractFile.substr(0, labels.contractFile.size() - 4));
        contract.gold.request = requestOf(mapping.cells, defaultTaxonomy());
        contract.gold.answer = goldAnswer(mapping.cells, contract.gold.request);
        for (const AnswerCell& cell : contract.gold.answer.cells) {
            const auto at = std::find_if(mapping.cells.begin(), mapping.cells.end(), [&](const Cell& each) { return each.clause == cell.key; });
            std::vector<ByteRange>& ranges = contract.gold.ranges.emplace_back();
            for (const Span& span : at->spans)
                ranges.push_back(span.range);
        }
        out.push_back(std::move(contract));
    }
    return out;
}

void keepForReading(const ShiftInfo& info, const ShiftedContract& contract) {
    const char* folder = std::getenv("CW_SHIFT_OUT");
    if (!folder)
        return;
    const auto place = std::filesystem::path(folder) / std::string(info.name);
    (void)makeFolder(place);
    (void)writeFileAtomically(place / (contract.gold.contract.value + ".txt"), contract.text).ok();
}

} // namespace

class TestShiftCorpus : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyShiftedContractHasItsQuotes() {
        if (corpusFolder().empty())
            QSKIP("CW_CORPUS doesn't name the contract collection, so it was not shifted.");
        const std::vector<Labelled> contracts = collection();
        QCOMPARE(contracts.size(), size_t{371});
        std::map<ShiftKind, int> applied;
        size_t odd = 0;
        for (const ShiftInfo& info : shifts()) {
            size_t edits = 0, directed = 0;
            std::map<std::string, int> reasons;
            for (const Labelled& contract : contracts) {
                const auto out = shiftContract(info.kind, contract.gold, contract.text, defaultTaxonomy());
                if (!out) {
                    ++reasons[out.error().detail];
                    continue;
                }
                const std::string fault = faultOf(contract.gold, contract.text, *out);
                QVERIFY2(fault.empty(), (std::string(info.name) + ", " + contract.gold.contract.value + ": " + fault).c_str());
                for (const std::string& line : oddReadings(contract.text, *out)) {
                    ++odd;
                    qInfo("    %s, %s: %s", std::string(info.name).c_str(), contract.gold.contract.value.c_str(), line.c_str());
                }
                ++applied[info.kind];
                edits += out->edits.size();
                directed += out->directed.size();
                keepForReading(info, *out);
            }
            qInfo("%-18s %3d of 371 contracts, %6zu edits, %3zu changed answers", std::string(info.name).c_str(), applied[info.kind], edits, directed);
            for (const auto& [reason, count] : reasons)
                qInfo("    %3d: %s", count, reason.c_str());
        }
        for (const ShiftInfo& info : shifts())
            QVERIFY2(applied[info.kind] > 0, std::string(info.name).c_str());
        qInfo("%zu odd readings", odd);
        QCOMPARE(odd, size_t{0});
    }
};

QTEST_GUILESS_MAIN(TestShiftCorpus)
#include "test_shift_corpus.moc"
