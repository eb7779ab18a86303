// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Which rule makes the better decision of a contract out of its windows' margins: bench_margin_rules RUN_FOLDER... reads what runs with
// constrained decoding left and prints, for each run, the F1 of "present" over all its clauses, with biases that were fitted to the other
// four fifths of the contracts. Asserts nothing.
#include "core/base/file.h"
#include "core/eval/calibration.h"
#include "core/run/run_folder.h"
#include "core/taxonomy/taxonomy.h"

#include <cstdio>
#include <set>

using namespace cw;

namespace {

constexpr int kFolds = 5;

struct Counts {
    int right = 0, called = 0, present = 0;
    void add(const MarginRow& row, double bias) {
        const bool isCalled = static_cast<double>(row.margin) + bias > 0;
        called += isCalled;
        present += row.present;
        right += isCalled && row.present;
    }
    double f1() const { return right == 0 ? 0 : 2.0 * right / (called + present); }
};

// The contracts of one fold, or all others.
std::vector<OutputRow> part(const std::vector<OutputRow>& outputs, const std::set<std::string>& fold, bool inside) {
    std::vector<OutputRow> out;
    for (const OutputRow& row : outputs)
        if (row.constrained && fold.contains(row.meta.contract.value) == inside)
            out.push_back(row);
    return out;
}

Counts heldOut(const std::vector<OutputRow>& outputs, const std::vector<GoldRow>& gold, MarginRule rule, bool fits) {
    std::set<std::string> contracts;
    for (const OutputRow& row : outputs)
        contracts.insert(row.meta.contract.value);
    std::vector<std::set<std::string>> folds(kFolds);
    for (size_t i = 0; const std::string& contract : contracts)
        folds[i++ % kFolds].insert(contract);
    Counts counts;
    for (const auto& fold : folds) {
        auto others = marginRows(part(outputs, fold, false), gold, rule);
        for (const auto& [key, rows] : marginRows(part(outputs, fold, true), gold, rule)) {
            const double bias = fits ? fitBias(others[key]) : 0;
            for (const MarginRow& row : rows)
                counts.add(row, bias);
        }
    }
    return counts;
}

Status measure(const std::filesystem::path& path) {
    const RunFolder folder(path);
    CW_TRY_ASSIGN(json, readFile(folder.taxonomy()));
    CW_TRY_ASSIGN(taxonomy, Taxonomy::fromJson(json, folder.taxonomy().string()));
    CW_TRY_ASSIGN(gold, readGoldRows(folder.gold(), taxonomy));
    CW_TRY_ASSIGN(outputs, readOutputRows(folder.predictions()));
    std::printf("%s\n%-24s %8s %8s %8s %8s\n", path.c_str(), "", "F1", "right", "called", "present");
    for (const MarginRule rule : {MarginRule::Largest, MarginRule::NullSum})
        for (const bool fits : {false, true}) {
            const Counts counts = heldOut(outputs, gold, rule, fits);
            std::printf("%-24s %8.4f %8d %8d %8d\n", (std::string(nameOf(rule)) + (fits ? ", fitted bias" : ", no bias")).c_str(),
                        counts.f1(), counts.right, counts.called, counts.present);
        }
    return {};
}

} // namespace

int main(int count, char** arguments) {
    if (count < 2)
        return std::puts("bench_margin_rules RUN_FOLDER..."), 2;
    for (int i = 1; i < count; ++i)
        if (const Status status = measure(arguments[i]); !status)
            return std::puts(status.error().message().c_str()), 1;
    return 0;
}
