// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// links: core
// How long scoring takes: the first 150 labelled contracts of CW_CORPUS, 47 clauses each, five runs of made-up quality whose outputs are
// the gold with cells lost, invented and altered; each run is scored with its texts, intervals and calibration, then compared with the
// first one. Prints the best and the median of some rounds, on the clock and in time of the processor, which other load touches less;
// asserts nothing.
//   bench_scoring [rounds]
#include "core/base/file.h"
#include "core/base/rng.h"
#include "core/dataset/labels.h"
#include "core/eval/paired.h"
#include "core/text/quote.h"
#include "tests/support/paths.h"
#include "tests/support/taxonomy.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>

using namespace cw;

namespace {

constexpr size_t kContracts = 150;
constexpr int kRuns = 5;

struct Corpus {
    std::vector<GoldRow> gold;
    std::map<ContractId, std::string> texts;
};

GoldRow goldOf(const LabelledContract& labels, const std::string& text) {
    GoldRow row;
    row.contract = ContractId(labels.contractFile);
    std::map<std::string, Cell> cells;
    for (Cell& cell : mapLabels(labels, text, true, test::defaultTaxonomy()).cells)
        cells[cell.clause] = cell;
    for (const ClauseType& type : test::defaultTaxonomy().types()) {
        AnswerCell answer{type.key, std::nullopt};
        std::vector<ByteRange> places;
        Finding finding;
        for (const Span& span : cells[type.key].spans) {
            finding.quotes.push_back(normalizeQuote(span.quote));
            places.push_back(span.range);
        }
        finding.value = cells[type.key].value;
        if (!finding.quotes.empty() && checkFinding(type, finding))
            answer.finding = finding;
        row.request.keys.push_back(type.key);
        row.ranges.push_back(answer.finding ? places : std::vector<ByteRange>());
        row.answer.cells.push_back(std::move(answer));
    }
    return row;
}

Corpus readCorpus(const std::filesystem::path& folder) {
    Corpus corpus;
    const auto labelled = parseLabels(readFile(folder / "annotations.json").value(), "annotations.json").value();
    for (const LabelledContract& labels : labelled) {
        if (corpus.gold.size() == kContracts || labels.source.find("CUAD") == std::string::npos)
            continue;
        const std::string text = readFile(folder / labels.contractFile).value();
        corpus.gold.push_back(goldOf(labels, text));
        corpus.texts[corpus.gold.back().contract] = text;
    }
    return corpus;
}

// A quote as models get it wrong: cut short, or one sign changed.
std::string altered(Rng& rng, std::string quote) {
    const size_t at = static_cast<size_t>(rng.below(quote.size()));
    if (rng.below(2) == 0)
        return normalizeQuote(std::string_view(quote).substr(0, std::max<size_t>(1, quote.find(' ', at))));
    if (quote[at] >= 'a' && quote[at] < 'z')
        ++quote[at];
    return quote;
}

OutputRow outputOf(Rng& rng, const GoldRow& gold) {
    OutputRow row;
    row.meta.contract = gold.contract;
    row.meta.request = gold.request;
    Answer answer = gold.answer;
    for (AnswerCell& cell : answer.cells) {
        const auto luck = rng.below(100);
        const AnswerCell& other = gold.answer.cells[static_cast<size_t>(rng.below(gold.answer.cells.size()))];
        const ClauseType& type = *test::defaultTaxonomy().find(cell.key);
        row.margins.push_back(static_cast<float>(rng.uniform() * 10 - 5));
        if (luck < 4) {
            cell.finding.reset();
        } else if (luck < 10 && other.finding && (type.kind == ValueKind::Text || type.kind == ValueKind::Boolean)) {
            cell.finding = Finding{other.finding->quotes, type.kind == ValueKind::Text ? ClauseValue() : ClauseValue(true)};
        } else if (luck < 30 && cell.finding) {
            std::string& quote = cell.finding->quotes[static_cast<size_t>(rng.below(cell.finding->quotes.size()))];
            quote = altered(rng, quote);
        }
        if (cell.finding && !checkFinding(type, *cell.finding))
            cell.finding.reset();
    }
    row.output = encodeAnswer(answer);
    return row;
}

void print(const char* what, std::vector<double> seconds) {
    std::sort(seconds.begin(), seconds.end());
    std::printf("  %s: best %.3f s, median %.3f s\n", what, seconds.front(), seconds[seconds.size() / 2]);
}

template <typename Work> void measure(const char* what, int rounds, Work work) {
    std::vector<double> clock, processor;
    for (int round = 0; round < rounds; ++round) {
        const auto begin = std::chrono::steady_clock::now();
        const std::clock_t used = std::clock();
        work();
        processor.push_back(static_cast<double>(std::clock() - used) / CLOCKS_PER_SEC);
        clock.push_back(std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count());
    }
    std::printf("%s, %d rounds\n", what, rounds);
    print("clock", clock);
    print("processor", processor);
}

} // namespace

int main(int argc, char** argv) {
    const int rounds = argc > 1 ? std::max(1, std::atoi(argv[1])) : 5;
    const std::filesystem::path folder = test::corpusFolder() / "data" / "contracts";
    if (test::corpusFolder().empty() || !std::filesystem::exists(folder / "annotations.json")) {
        std::printf("CW_CORPUS names no folder with data/contracts: nothing measured\n");
        return 0;
    }
    const Corpus corpus = readCorpus(folder);
    std::vector<std::vector<OutputRow>> runs(kRuns);
    for (int run = 0; run < kRuns; ++run) {
        Rng rng(static_cast<std::uint64_t>(run), "bench_scoring");
        for (const GoldRow& gold : corpus.gold)
            runs[static_cast<size_t>(run)].push_back(outputOf(rng, gold));
    }
    const TextOf textOf = [&](const ContractId& contract) { return &corpus.texts.at(contract); };
    std::vector<Evaluation> evaluations;
    measure("five runs scored with intervals", rounds, [&] {
        evaluations.clear();
        for (const auto& outputs : runs)
            evaluations.push_back(evaluate(corpus.gold, outputs, test::defaultTaxonomy(), textOf));
    });
    for (const Evaluation& scored : evaluations)
        std::printf("  %d contracts, %d cells, accuracy %.4f, macro F1 %.4f\n", scored.contracts, scored.strict.total.cells(),
                    scored.strict.total.accuracy(), scored.strict.macroF1);
    measure("four comparisons with intervals and tests", rounds, [&] {
        for (size_t run = 1; run < evaluations.size(); ++run)
            comparePaired(evaluations[0], evaluations[run], Rules::Strict);
    });
    return 0;
}
