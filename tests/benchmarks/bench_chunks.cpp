// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// How often windows cut what people labelled: for each way of cutting and size of window, the share of the spans of every contract of
// CW_CORPUS that no window holds whole, the windows, and the text that they repeat. And where in a contract the facts about it as a whole
// stand, which is what core/prompt/window_priors holds. Prints tables and writes them as tests/benchmarks/results/chunks.json, or into the
// file that is named; asserts nothing.
#include "core/base/file.h"
#include "core/dataset/labels.h"
#include "core/prompt/stub.h"
#include "core/prompt/window_priors.h"
#include "core/text/lines.h"
#include "tests/support/paths.h"
#include "tests/support/taxonomy.h"

#include <nlohmann/json.hpp>

#include <array>
#include <cmath>
#include <cstdio>
#include <filesystem>
#include <map>

using namespace cw;

namespace {

constexpr size_t kSizes[] = {24000, 8000, 2000}; // bytes; the first is about 6,000 tokens

struct LabelledText {
    std::string name;
    std::string text;
    std::vector<ByteRange> gold;     // spans of the clause types
    std::map<std::string, std::vector<ByteRange>> byClause;
    std::vector<ByteRange> labelled; // of every category, those without a clause type too
};

std::vector<LabelledText> readTexts(const std::filesystem::path& folder) {
    const auto labels = parseLabels(readFile(folder / "annotations.json").value(), "annotations.json").value();
    std::vector<LabelledText> out;
    for (const LabelledContract& contract : labels) {
        LabelledText each{contract.contractFile, readFile(folder / contract.contractFile).value(), {}, {}, {}};
        for (const LabelClause& clause : contract.clauses)
            for (const LabelSpan& span : clause.spans)
                each.labelled.push_back(trimmedRange(each.text, span.range));
        for (const Cell& cell : mapLabels(contract, each.text, true, test::defaultTaxonomy()).cells)
            for (const Span& span : cell.spans) {
                each.gold.push_back(trimmedRange(each.text, span.range));
                each.byClause[cell.clause].push_back(each.gold.back());
            }
        out.push_back(std::move(each));
    }
    return out;
}

struct Count {
    size_t gold = 0, goldCut = 0, labelled = 0, labelledCut = 0, windows = 0, text = 0, repeated = 0, stubs = 0;
    size_t longer = 0; // gold spans that are longer than a window: no way of cutting holds them
};

size_t cutOf(const std::vector<Window>& windows, const std::vector<ByteRange>& spans) {
    return static_cast<size_t>(std::count_if(spans.begin(), spans.end(), [&](ByteRange span) { return windowOf(windows, span) < 0; }));
}

Count measure(const std::vector<LabelledText>& texts, const ChunkSettings& settings) {
    Count count;
    for (const LabelledText& each : texts) {
        const std::vector<Window> windows = windowsOf(each.text, settings);
        count.gold += each.gold.size();
        count.goldCut += cutOf(windows, each.gold);
        count.labelled += each.labelled.size();
        count.labelledCut += cutOf(windows, each.labelled);
        count.longer += static_cast<size_t>(
            std::count_if(each.gold.begin(), each.gold.end(), [&](ByteRange span) { return span.size() > settings.maxBytes; }));
        count.windows += windows.size();
        count.text += each.text.size();
        for (size_t i = 0; i < windows.size(); ++i) {
            count.repeated += i > 0 ? windows[i - 1].range.intersected(windows[i].range).size() : 0;
            count.stubs += windows[i].stub.size();
        }
    }
    return count;
}

// Of the contracts that have the clause: windows with a span of it, and all of them, in the places that a prior speaks of.
struct PlaceCount {
    size_t with = 0, all = 0;
    double logOdds() const { return std::log((static_cast<double>(with) + 0.5) / (static_cast<double>(all - with) + 0.5)); }
};

// One a place: opening, general, signing, none of these.
std::array<PlaceCount, 4> countPlaces(const std::vector<LabelledText>& texts, const std::string& key) {
    std::array<PlaceCount, 4> counts;
    for (const LabelledText& each : texts) {
        const auto found = each.byClause.find(key);
        if (found == each.byClause.end())
            continue;
        std::vector<ByteRange> windows;
        for (const Window& window : chunk(each.text, {8000, 400}))
            windows.push_back(window.range);
        const std::vector<WindowPlace> places = placesOf(each.text, windows);
        for (size_t i = 0; i < windows.size(); ++i) {
            const bool has = std::any_of(found->second.begin(), found->second.end(), [&](ByteRange span) { return windows[i].contains(span); });
            const std::array<bool, 4> is = {places[i].opening, places[i].general, places[i].signing, places[i] == WindowPlace()};
            for (size_t place = 0; place < is.size(); ++place)
                if (is[place]) {
                    counts[place].with += has;
                    ++counts[place].all;
                }
        }
    }
    return counts;
}

nlohmann::ordered_json printPlaces(const std::vector<LabelledText>& texts) {
    constexpr std::array<const char*, 4> kPlaces = {"opening", "general", "signing", "elsewhere"};
    nlohmann::ordered_json out;
    std::printf("\nWindows of 8000 bytes with a span, by place; in brackets the log-odds against elsewhere, in nats\n");
    for (const char* key : {"document_name", "parties", "agreement_date", "effective_date", "expiration_date", "governing_law"}) {
        const auto counts = countPlaces(texts, key);
        std::printf("%-16s", key);
        for (size_t place = 0; place < counts.size(); ++place) {
            std::printf("  %s %zu of %zu (%+.2f)", kPlaces[place], counts[place].with, counts[place].all, counts[place].logOdds() - counts.back().logOdds());
            out[key][kPlaces[place]] = {{"with", counts[place].with}, {"windows", counts[place].all}};
        }
        std::printf("\n");
    }
    return out;
}

double percent(size_t part, size_t whole) { return whole == 0 ? 0 : 100.0 * static_cast<double>(part) / static_cast<double>(whole); }

} // namespace

int main(int argc, char** argv) {
    const std::filesystem::path corpus = test::corpusFolder();
    if (corpus.empty())
        return std::puts("Did not run: CW_CORPUS names no folder with contracts."), 0;
    const std::vector<LabelledText> texts = readTexts(corpus / "data" / "contracts");
    nlohmann::ordered_json rows = nlohmann::ordered_json::array();
    std::printf("%zu contracts\n%-16s %7s %8s %6s %8s %7s %8s %9s %9s\n", texts.size(), "strategy", "window", "overlap", "cut", "share", "longer",
                "windows", "repeated", "stub");
    for (size_t size : kSizes)
        for (const std::string& name : chunkStrategyNames())
            for (size_t overlap : {size_t{0}, size / 20}) {
                const Count count = measure(texts, {size, overlap, *chunkStrategyFromName(name), 900});
                std::printf("%-16s %7zu %8zu %6zu %7.3f%% %7zu %8zu %8.2f%% %9zu\n", name.c_str(), size, overlap, count.goldCut,
                            percent(count.goldCut, count.gold), count.longer, count.windows, percent(count.repeated, count.text), count.stubs);
                rows.push_back({{"strategy", name}, {"window_bytes", size}, {"overlap_bytes", overlap}, {"gold_spans", count.gold},
                                {"gold_cut", count.goldCut}, {"gold_longer_than_a_window", count.longer},
                                {"labelled_spans", count.labelled}, {"labelled_cut", count.labelledCut}, {"windows", count.windows},
                                {"text_bytes", count.text}, {"repeated_bytes", count.repeated}, {"stub_bytes", count.stubs}});
            }
    const std::filesystem::path file = argc > 1 ? argv[1] : test::sourceFolder() / "tests/benchmarks/results/chunks.json";
    const nlohmann::ordered_json result = {{"v", 1}, {"contracts", texts.size()}, {"rows", rows}, {"places", printPlaces(texts)}};
    if (const Status written = writeFileAtomically(file, result.dump(1) + "\n"); !written)
        return std::puts(written.error().message().c_str()), 1;
    return 0;
}
