// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// How good the rules' suggestions are, on every labelled contract of CW_CORPUS: by type, how often a suggestion of present or absent is
// right, and how many clauses get none. Prints a table; asserts nothing.
#include "core/base/file.h"
#include "core/dataset/labels.h"
#include "core/suggest/rules.h"
#include "tests/support/taxonomy.h"

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <map>

using namespace cw;

namespace {

struct Count {
    int presentRight = 0, presentWrong = 0, absentRight = 0, absentWrong = 0, openPresent = 0, openAbsent = 0;
    int valueRight = 0, valueWrong = 0; // of those rightly called present whose gold has a value
};

void add(Count& count, const Cell& gold, const Suggestion* suggestion) {
    const bool present = gold.state == CellState::Present;
    if (!suggestion)
        return ++(present ? count.openPresent : count.openAbsent), void();
    if (suggestion->state == CellState::Absent)
        return ++(present ? count.absentWrong : count.absentRight), void();
    ++(present ? count.presentRight : count.presentWrong);
    if (present && hasValue(gold.value) && hasValue(suggestion->value))
        ++(gold.value == suggestion->value ? count.valueRight : count.valueWrong);
}

void print(const std::string& name, const Count& c) {
    std::printf("%-34s present %4d right %4d wrong | absent %4d right %4d wrong | none %4d present %4d absent | value %4d right %4d wrong\n",
                name.c_str(), c.presentRight, c.presentWrong, c.absentRight, c.absentWrong, c.openPresent, c.openAbsent, c.valueRight, c.valueWrong);
}

} // namespace

int main() {
    const char* corpus = std::getenv("CW_CORPUS");
    if (!corpus)
        return std::puts("Did not run: CW_CORPUS names no folder with contracts."), 0;
    const std::filesystem::path folder = std::filesystem::path(corpus) / "data" / "contracts";
    const auto labels = parseLabels(readFile(folder / "annotations.json").value(), "annotations.json").value();
    const Taxonomy taxonomy = test::defaultTaxonomy();
    std::map<std::string, Count> counts;
    Count total;
    double seconds = 0;
    size_t contracts = 0, bytes = 0;
    for (const LabelledContract& contract : labels) {
        const auto text = readFile(folder / contract.contractFile);
        if (!text || std::filesystem::path(contract.contractFile).extension() != ".txt")
            continue;
        const auto begin = std::chrono::steady_clock::now();
        const std::vector<Suggestion> made = suggestByRules(*text, taxonomy);
        seconds += std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
        ++contracts;
        bytes += text->size();
        std::map<std::string, const Suggestion*> byClause;
        for (const Suggestion& each : made)
            byClause[each.clause] = &each;
        for (const Cell& gold : mapLabels(contract, *text, true, taxonomy).cells)
            if (gold.state != CellState::NotReviewed) {
                const auto found = byClause.find(gold.clause);
                add(counts[gold.clause], gold, found == byClause.end() ? nullptr : found->second);
                add(total, gold, found == byClause.end() ? nullptr : found->second);
            }
    }
    for (const std::string& key : taxonomy.keys())
        print(key, counts[key]);
    print("all", total);
    std::printf("%zu contracts, %.1f MB, %.1f ms a contract\n", contracts, static_cast<double>(bytes) / 1e6, 1000 * seconds / static_cast<double>(contracts));
    return 0;
}
