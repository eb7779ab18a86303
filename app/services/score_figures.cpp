// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "app/services/score_figures.h"

#include "core/eval/intervals.h"
#include "core/eval/paired_tests.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <string>

namespace cw {

namespace {

std::optional<double> share(int part, int whole) { return whole == 0 ? std::nullopt : std::optional(static_cast<double>(part) / whole); }

std::vector<Tally> tallies(const Evaluation& evaluation, Rules rules) {
    std::map<std::string, Tally> byCluster;
    for (const ScoredCell& cell : evaluation.cells)
        byCluster[clusterOf(cell.contract, evaluation.nearDuplicates)].add(scoreOf(cell, rules), !cell.gold);
    std::vector<Tally> out;
    for (const auto& [cluster, tally] : byCluster)
        out.push_back(tally);
    return out;
}

// The evaluation's own interval, or one by the compatible rules over clusters.
class Intervals {
public:
    Intervals(const Evaluation& evaluation, Rules rules, bool draws) : m_evaluation(evaluation), m_strict(rules == Rules::Strict) {
        if (!m_strict && draws)
            m_tallies = tallies(evaluation, rules);
    }
    std::optional<std::array<double, 2>> of(const char* name, const Statistic& statistic) const {
        if (!m_strict)
            return bootstrap(m_tallies, statistic, name);
        const auto found = m_evaluation.intervals.find(name);
        return found == m_evaluation.intervals.end() ? std::nullopt : std::optional(found->second);
    }
    std::optional<std::array<double, 2>> macro() const { // over clauses, which a tally of contracts doesn't hold: strict rules alone
        const auto found = m_evaluation.intervals.find("macro_f1");
        return m_strict && found != m_evaluation.intervals.end() ? std::optional(found->second) : std::nullopt;
    }

private:
    const Evaluation& m_evaluation;
    bool m_strict;
    std::vector<Tally> m_tallies;
};

// What is the same by both sets of rules.
std::optional<std::array<double, 2>> ofOutputs(const Evaluation& evaluation, const char* name) {
    const auto found = evaluation.intervals.find(name);
    return found == evaluation.intervals.end() ? std::nullopt : std::optional(found->second);
}

std::vector<ScoreFigure> figuresOf(const Evaluation& shown, Rules rules, bool draws) {
    const Breakdown& breakdown = rules == Rules::Strict ? shown.strict : shown.compat;
    const Tally& total = breakdown.total;
    const Intervals intervals(shown, rules, draws);
    std::vector<ScoreFigure> scores;
    scores.push_back({ScoreOf::Accuracy, share(total.tp + total.tn, total.cells()), intervals.of("accuracy", [](const Tally& tally) { return tally.accuracy(); }),
                      total.cells() == 0 ? std::nullopt : std::optional(total.nullBaseline()), total.tp + total.tn, total.cells(), {}, {}});
    scores.push_back({ScoreOf::MicroF1, total.f1(), intervals.of("micro_f1", [](const Tally& tally) { return tally.f1(); }), 0.0, 0, total.goldPresent(), {}, {}});
    scores.push_back({ScoreOf::MacroF1, total.f1() ? std::optional(breakdown.macroF1) : std::nullopt, intervals.macro(), 0.0, 0,
                      static_cast<int>(breakdown.perClause.size()), {}, {}});
    scores.push_back({ScoreOf::PresentAccuracy, share(total.tp, total.goldPresent()),
                      intervals.of("present_accuracy", [](const Tally& tally) { return share(tally.tp, tally.goldPresent()); }), 0.0, total.tp,
                      total.goldPresent(), {}, {}});
    scores.push_back({ScoreOf::Invented, share(total.fp, total.goldAbsent()),
                      intervals.of("hallucination_rate", [](const Tally& tally) { return share(tally.fp, tally.goldAbsent()); }), {}, total.fp, total.goldAbsent(), {}, {}});
    const int valid = shown.countAtLeast(Validity::V3), outputs = static_cast<int>(shown.outputs.size());
    scores.push_back({ScoreOf::Valid, share(valid, outputs), ofOutputs(shown, "valid"), {}, valid, outputs, {}, {}});
    ScoreFigure quotes{ScoreOf::Quotes, {}, {}, {}, shown.groundedQuotes, shown.quotes, {}, {}};
    if (shown.hasTexts && shown.quotes > 0) {
        quotes.rate = share(shown.groundedQuotes, shown.quotes);
        quotes.interval = ofOutputs(shown, "quotes_found");
    }
    scores.push_back(quotes);
    return scores;
}

void take(ScoreFigure& figure, const PairedFigure& paired) {
    figure.other = paired.before;
    if (const auto change = paired.change())
        figure.change = ScoreChange{*change, paired.interval, paired.p, {}};
}

// Of one contract's outputs.
struct OutputCount {
    int valid = 0, outputs = 0;
    bool allValid() const { return valid == outputs; }
};

std::map<ContractId, OutputCount> outputsByContract(const Evaluation& evaluation) {
    std::map<ContractId, OutputCount> counts;
    for (const ScoredOutput& output : evaluation.outputs) {
        OutputCount& count = counts[output.contract];
        ++count.outputs;
        count.valid += output.level >= Validity::V3;
    }
    return counts;
}

// A cluster is one flip at most, by which way most of its contracts went, so that McNemar's exact test fits. Over the contracts that both have.
void compareValidity(ScoreFigure& figure, const Evaluation& shown, const Evaluation& other) {
    const std::map<ContractId, OutputCount> before = outputsByContract(other);
    const Clusters clusters = united(shown.nearDuplicates, other.nearDuplicates);
    std::map<std::string, int> gains; // contracts that became valid less those that became invalid
    OutputCount was, is;
    for (const auto& [contract, count] : outputsByContract(shown)) {
        const auto found = before.find(contract);
        if (found == before.end())
            continue;
        gains[clusterOf(contract, clusters)] += static_cast<int>(count.allValid()) - static_cast<int>(found->second.allValid());
        was = {was.valid + found->second.valid, was.outputs + found->second.outputs};
        is = {is.valid + count.valid, is.outputs + count.outputs};
    }
    if (gains.empty())
        return;
    const auto fixed = std::count_if(gains.begin(), gains.end(), [](const auto& cluster) { return cluster.second > 0; });
    const auto broken = std::count_if(gains.begin(), gains.end(), [](const auto& cluster) { return cluster.second < 0; });
    figure.other = share(was.valid, was.outputs);
    // Fewer flips than McNemar's least can't show anything.
    figure.change = ScoreChange{*share(is.valid, is.outputs) - *figure.other, {}, mcnemarExact(static_cast<int>(fixed), static_cast<int>(broken)),
                                static_cast<double>(kLeastFlips) / static_cast<double>(gains.size())};
}

// Quotes and how many of them are in the text, of the contracts that are in `of`.
std::array<int, 2> quotesOf(const Evaluation& evaluation, const std::map<ContractId, OutputCount>& of) {
    std::array<int, 2> count{};
    for (const ScoredCell& cell : evaluation.cells)
        if (of.contains(cell.contract))
            for (const ByteRange& range : cell.predictedRanges) {
                ++count[0];
                count[1] += !range.empty();
            }
    return count;
}

void compareQuotes(ScoreFigure& figure, const Evaluation& shown, const Evaluation& other) {
    if (!shown.hasTexts || !other.hasTexts)
        return;
    const auto [wasOf, was] = quotesOf(other, outputsByContract(shown));
    const auto [isOf, is] = quotesOf(shown, outputsByContract(other));
    figure.other = share(was, wasOf);
    if (const auto now = share(is, isOf); now && figure.other)
        figure.change = ScoreChange{*now - *figure.other, {}, {}, {}};
}

} // namespace

bool isLowerBetter(ScoreOf score) { return score == ScoreOf::Invented; }

bool isShare(ScoreOf score) { return score != ScoreOf::MicroF1 && score != ScoreOf::MacroF1; }

bool ScoreChange::isTooSmallToTell() const { return !isClear() && detectable && std::abs(change) < *detectable; }

ScoreFigures ratesOf(const Evaluation& shown, Rules rules) {
    ScoreFigures figures;
    figures.scores = figuresOf(shown, rules, false);
    return figures;
}

ScoreFigures scoreFigures(const Evaluation& shown, Rules rules, const Evaluation* other) {
    ScoreFigures figures;
    figures.scores = figuresOf(shown, rules, true);
    if (!other)
        return figures;
    const auto of = [&figures](ScoreOf score) -> ScoreFigure& { return figures.scores[static_cast<size_t>(score)]; };
    figures.pair = comparePaired(*other, shown, rules);
    const PairedComparison& pair = *figures.pair;
    if (pair.total.cells == 0)
        return figures;
    of(ScoreOf::Accuracy).other = pair.total.before();
    of(ScoreOf::Accuracy).change = ScoreChange{pair.total.change(), pair.interval, pair.p, pair.detectable};
    take(of(ScoreOf::MicroF1), pair.microF1);
    take(of(ScoreOf::MacroF1), pair.macroF1);
    take(of(ScoreOf::Invented), pair.hallucination);
    compareValidity(of(ScoreOf::Valid), shown, *other);
    compareQuotes(of(ScoreOf::Quotes), shown, *other);
    figures.shipping = shippingVerdict(pair);
    for (auto* list : {&figures.pair->fixed, &figures.pair->broken, &figures.pair->stillWrong})
        list->clear();
    return figures;
}

} // namespace cw
