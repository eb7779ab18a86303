// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Held-out preference rows: whole contracts, the same ones for the same seed.
#include "core/dataset/hold_out.h"

#include <QtTest>

#include <set>

using namespace cw;

namespace {

std::vector<PreferenceRow> rowsOf(int contracts, int each) {
    std::vector<PreferenceRow> rows;
    for (int i = 0; i < contracts * each; ++i) {
        PreferenceRow row{"prompt " + std::to_string(i), "a", "b", {}};
        row.meta.contract = ContractId("contract-" + std::to_string(i % contracts));
        rows.push_back(std::move(row));
    }
    return rows;
}

std::set<ContractId> contractsOf(const std::vector<PreferenceRow>& rows) {
    std::set<ContractId> contracts;
    for (const PreferenceRow& row : rows)
        contracts.insert(row.meta.contract);
    return contracts;
}

} // namespace

class TestHoldOut : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void wholeContractsAreHeldOut() {
        const HeldOut held = holdOut(rowsOf(20, 3), 0.1, 17);
        QCOMPARE(held.validation.size(), size_t{6});
        QCOMPARE(held.train.size(), size_t{54});
        QCOMPARE(contractsOf(held.validation).size(), size_t{2});
        for (const ContractId& contract : contractsOf(held.validation))
            QVERIFY(!contractsOf(held.train).contains(contract));
    }

    void theSeedDecidesAndTheOrderOfRowsDoesNot() {
        auto rows = rowsOf(20, 3);
        const auto first = contractsOf(holdOut(rows, 0.2, 17).validation);
        std::reverse(rows.begin(), rows.end());
        QVERIFY(contractsOf(holdOut(rows, 0.2, 17).validation) == first);
        QVERIFY(contractsOf(holdOut(rows, 0.2, 18).validation) != first);
    }

    void trainingIsNeverLeftWithoutRows() {
        QVERIFY(holdOut(rowsOf(1, 30), 0.5, 17).validation.empty());
        QVERIFY(holdOut(rowsOf(5, 1), 0.1, 17).validation.empty()); // less than one row
        QVERIFY(holdOut(rowsOf(20, 3), 0, 17).validation.empty());
        const HeldOut two = holdOut(rowsOf(2, 10), 0.5, 17);
        QCOMPARE(two.validation.size(), size_t{10});
        QCOMPARE(two.train.size(), size_t{10});
        QVERIFY(holdOut({}, 0.5, 17).train.empty());
    }
};

QTEST_APPLESS_MAIN(TestHoldOut)
#include "test_hold_out.moc"
