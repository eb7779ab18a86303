// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// How long the grammar takes to say which tokens may come next, on the windows of every labelled contract of CW_CORPUS, in the form of
// MaskBench: bench_masks [OUT.json] [bytes of a window] [tokenizer folder]. Prints a table; asserts nothing.
#include "core/base/rng.h"
#include "core/dataset/labels.h"
#include "core/prompt/prompt.h"
#include "core/text/quote.h"
#include "tests/support/paths.h"
#include "tests/support/taxonomy.h"
#include "training/generate/answer_constraint.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstdio>
#include <ctime>
#include <map>

using namespace cw;
using namespace cw::test;

namespace {

constexpr std::int64_t kEnd = 2;
constexpr std::uint32_t kBudget = 20000;

// Of this thread's own time, so that other programs on the machine don't count.
double now() {
    timespec time{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return 1e6 * static_cast<double>(time.tv_sec) + 1e-3 * static_cast<double>(time.tv_nsec);
}

// Durations of one kind, in microseconds.
struct Times {
    std::vector<double> all;
    double first = -1; // the first one ever, with cold caches
    void add(double time) {
        if (first < 0)
            first = time;
        all.push_back(time);
    }
    double percentile(double share) {
        std::sort(all.begin(), all.end());
        return all.empty() ? 0 : all[std::min(all.size() - 1, static_cast<size_t>(share * static_cast<double>(all.size())))];
    }
};

class Bench {
public:
    Bench(const Tokenizer& tokenizer) : m_tokenizer(tokenizer), m_trie(tokenizer) {}

    // Walks through a window's gold, token by token, and through random quotes of its text.
    void run(const WindowTarget& target, const Request& request, std::string_view window) {
        auto& grammar = m_grammars[request.keys];
        if (!grammar)
            grammar = std::move(*Grammar::compile(request, defaultTaxonomy(), m_trie, m_tokenizer.textPrefix()));
        const auto begin = now();
        auto constraint = AnswerConstraint::create(grammar, window, kBudget, kEnd);
        times["window indexed"].add(now() - begin);
        for (const std::int64_t token : m_tokenizer.encode(target.text)) {
            measure(*constraint, "gold answer");
            constraint->accept(token, m_tokenizer.tokenBytes(token));
        }
        quotes(grammar, window);
    }

    std::map<std::string, Times> times;

private:
    double measure(AnswerConstraint& constraint, const std::string& name) {
        const auto begin = now();
        m_sink += constraint.allowed().test(0);
        const double time = now() - begin;
        times[name].add(time);
        return time;
    }

    void quotes(const std::shared_ptr<Grammar>& grammar, std::string_view window) {
        const std::string text = normalizeQuote(window);
        auto constraint = AnswerConstraint::create(grammar, window, kBudget, kEnd);
        std::string opening = std::string(m_tokenizer.textPrefix()) + "{\"";
        (void)constraint->follow(opening);
        (void)constraint->follow(constraint->forcedBytes());
        measure(*constraint, "schema");
        measure(*constraint, "schema");
        (void)constraint->follow("{");
        (void)constraint->follow(constraint->forcedBytes());
        const auto start = constraint->place();
        measure(*constraint, "quote start, first of a window");
        measure(*constraint, "quote start, later");
        for (int i = 0; i < 40; ++i) {
            size_t bytes = m_rng.below(text.size());
            for (int depth = 0; depth < 32 && bytes < text.size(); ++depth, ++bytes) {
                if (depth > 0)
                    measure(*constraint, depth == 1 ? "quote, after 1 byte" : depth < 8 ? "quote, after 2 to 7 bytes" : "quote, after 8 bytes");
                if (!constraint->follow(text.substr(bytes, 1)))
                    break;
            }
            constraint->goBack(start);
        }
        // A second quote of the same cell, behind the first.
        const size_t middle = text.find(' ', text.size() / 2);
        if (middle == std::string::npos || !constraint->follow(text.substr(middle + 1, 40)) || !constraint->follow("\",\""))
            return;
        measure(*constraint, "quote start, second of a cell");
    }

    const Tokenizer& m_tokenizer;
    VocabularyTrie m_trie;
    std::map<std::vector<std::string>, std::shared_ptr<Grammar>> m_grammars;
    Rng m_rng{71};
    int m_sink = 0;
};

} // namespace

int main(int count, char** arguments) {
    if (corpusFolder().empty())
        return std::puts("Did not run: CW_CORPUS names no folder with contracts."), 0;
    const std::filesystem::path out = count > 1 ? arguments[1] : "";
    const size_t windowBytes = count > 2 ? std::stoul(arguments[2]) : 32000;
    const std::filesystem::path model = count > 3 ? std::filesystem::path(arguments[3]) : corpusFolder() / "models" / "tokenizers" / "mistral-7b-v0.2";
    const auto tokenizer = loadTokenizer(model);
    if (!tokenizer)
        return std::puts(tokenizer.error().message().c_str()), 1;
    const auto contracts = corpusFolder() / "data" / "contracts";
    Bench bench(**tokenizer);
    size_t windows = 0, quotes = 0, withinWords = 0;
    const auto labels = parseLabels(*readFile(contracts / "annotations.json"), "annotations.json");
    for (const LabelledContract& contract : *labels) {
        const std::string text = *readFile(contracts / contract.contractFile);
        const ContractTargets targets =
            makeTargets(text, mapLabels(contract, text, true, defaultTaxonomy()).cells, defaultTaxonomy(), {windowBytes, 800});
        for (const WindowTarget& target : targets.windows) {
            const std::string_view window = std::string_view(text).substr(target.window.range.begin, target.window.range.size());
            bench.run(target, targets.request, window);
            ++windows;
            const std::string normal = " " + normalizeQuote(window);
            for (const AnswerCell& cell : target.answer.cells)
                for (const std::string& quote : cell.finding ? cell.finding->quotes : std::vector<std::string>()) {
                    ++quotes;
                    withinWords += normal.find(" " + quote) == std::string::npos;
                }
        }
    }
    std::printf("%zu windows of at most %zu bytes, %lld tokens; microseconds\n", windows, windowBytes, static_cast<long long>((*tokenizer)->vocabSize()));
    std::printf("%zu of %zu gold quotes begin behind no space\n", withinWords, quotes);
    std::printf("%-32s %9s %9s %9s %9s %9s %9s %9s\n", "", "masks", "first", "p50", "p90", "p99", "p99.9", "max");
    nlohmann::ordered_json json = {{"windows", windows}, {"window_bytes", windowBytes}, {"vocabulary", (*tokenizer)->vocabSize()}, {"microseconds", nlohmann::ordered_json::object()}};
    for (auto& [name, times] : bench.times) {
        std::printf("%-32s %9zu %9.1f %9.1f %9.1f %9.1f %9.1f %9.1f\n", name.c_str(), times.all.size(), times.first, times.percentile(0.5),
                    times.percentile(0.9), times.percentile(0.99), times.percentile(0.999), times.percentile(1));
        json["microseconds"][name] = {{"masks", times.all.size()}, {"first", times.first}, {"p50", times.percentile(0.5)}, {"p90", times.percentile(0.9)}, {"p99", times.percentile(0.99)}, {"p99.9", times.percentile(0.999)}, {"max", times.percentile(1)}};
    }
    if (!out.empty())
        if (const Status written = writeFileAtomically(out, json.dump(2) + "\n"); !written)
            return std::puts(written.error().message().c_str()), 1;
    return 0;
}
