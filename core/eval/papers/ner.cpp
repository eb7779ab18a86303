// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "core/eval/papers/ner.h"

#include "core/eval/sparse_assignment.h"

#include <algorithm>
#include <map>

namespace cw {

namespace {

std::optional<double> ratio(double part, int whole) { return whole > 0 ? std::optional(part / whole) : std::nullopt; }

double credit(const NerCounts& counts) { return counts.cor + 0.5 * counts.par; }

NerCounts& operator+=(NerCounts& a, const NerCounts& b) {
    a.cor += b.cor;
    a.inc += b.inc;
    a.par += b.par;
    a.mis += b.mis;
    a.spu += b.spu;
    return a;
}

NerScores& operator+=(NerScores& a, const NerScores& b) {
    a.strict += b.strict;
    a.exact += b.exact;
    a.partial += b.partial;
    a.type += b.type;
    return a;
}

NerScores pairScores(const TypedSpan& gold, const TypedSpan& predicted) {
    const bool sameBounds = gold.range == predicted.range, sameType = gold.type == predicted.type;
    const auto rightIf = [](bool right) { return right ? NerCounts{.cor = 1} : NerCounts{.inc = 1}; };
    return {rightIf(sameBounds && sameType), rightIf(sameBounds), sameBounds ? NerCounts{.cor = 1} : NerCounts{.par = 1}, rightIf(sameType)};
}

void addAlone(NerScores& scores, int missed, int spurious) {
    for (NerCounts* counts : {&scores.strict, &scores.exact, &scores.partial, &scores.type}) {
        counts->mis += missed;
        counts->spu += spurious;
    }
}

// Twice the credit of a pair, and below that its overlap in thousandths of the union.
long long weightOf(const TypedSpan& gold, const TypedSpan& predicted, long long scale) {
    const size_t common = gold.range.intersected(predicted.range).size();
    if (common == 0)
        return 0;
    const NerScores pair = pairScores(gold, predicted);
    const double sum = credit(pair.strict) + credit(pair.exact) + credit(pair.partial) + credit(pair.type);
    const size_t all = gold.range.size() + predicted.range.size() - common;
    return static_cast<long long>(2 * sum) * scale + static_cast<long long>(1000 * common / all);
}

// The pairs that overlap, found in one walk along the text: each span meets those of the other side that are open where it begins.
std::vector<WeightedPair> overlappingPairs(const std::vector<TypedSpan>& gold, const std::vector<TypedSpan>& predicted) {
    const auto scale = static_cast<long long>(1000 * (std::min(gold.size(), predicted.size()) + 1)); // more than all overlaps together
    std::vector<WeightedPair> pairs;
    std::vector<size_t> openGold, openPredicted;
    const auto add = [&](size_t g, size_t p) {
        if (const long long weight = weightOf(gold[g], predicted[p], scale); weight > 0)
            pairs.push_back({static_cast<int>(g), static_cast<int>(p), weight});
    };
    for (size_t g = 0, p = 0; g < gold.size() || p < predicted.size();) {
        const bool isGold = p == predicted.size() || (g < gold.size() && gold[g].range.begin <= predicted[p].range.begin);
        const size_t begin = isGold ? gold[g].range.begin : predicted[p].range.begin;
        std::erase_if(openGold, [&](size_t open) { return gold[open].range.end <= begin; });
        std::erase_if(openPredicted, [&](size_t open) { return predicted[open].range.end <= begin; });
        for (const size_t open : isGold ? openPredicted : openGold)
            isGold ? add(g, open) : add(open, p);
        isGold ? openGold.push_back(g++) : openPredicted.push_back(p++);
    }
    return pairs;
}

void makeDistinct(std::vector<TypedSpan>& spans) {
    std::sort(spans.begin(), spans.end());
    spans.erase(std::unique(spans.begin(), spans.end()), spans.end());
}

struct ContractSpans {
    std::vector<TypedSpan> gold, predicted;
    int goldWithoutPlace = 0, predictedWithoutPlace = 0;
};

// The places of a finding's quotes; how many have none.
int addPlaces(std::vector<TypedSpan>& spans, const std::string& type, const std::optional<Finding>& finding, const std::vector<ByteRange>& places) {
    if (!finding)
        return 0;
    int found = 0;
    for (const ByteRange place : places)
        if (!place.empty()) {
            spans.push_back({place, type});
            ++found;
        }
    return std::max(0, static_cast<int>(finding->quotes.size()) - found);
}

} // namespace

std::optional<double> NerCounts::precision() const { return ratio(credit(*this), actual()); }
std::optional<double> NerCounts::recall() const { return ratio(credit(*this), possible()); }
std::optional<double> NerCounts::f1() const { return ratio(2 * credit(*this), actual() + possible()); }

NerScores nerScores(std::vector<TypedSpan> gold, std::vector<TypedSpan> predicted) {
    makeDistinct(gold);
    makeDistinct(predicted);
    const auto golds = static_cast<int>(gold.size()), predictions = static_cast<int>(predicted.size());
    const auto pairs = assignSparse(golds, predictions, overlappingPairs(gold, predicted));
    NerScores scores;
    for (const auto& [g, p] : pairs)
        scores += pairScores(gold[static_cast<size_t>(g)], predicted[static_cast<size_t>(p)]);
    const auto paired = static_cast<int>(pairs.size());
    addAlone(scores, golds - paired, predictions - paired);
    return scores;
}

std::optional<NerScores> nerScores(const std::vector<ScoredCell>& cells) {
    std::map<ContractId, ContractSpans> contracts;
    bool anyGold = false;
    for (const ScoredCell& cell : cells) {
        ContractSpans& spans = contracts[cell.contract];
        spans.goldWithoutPlace += addPlaces(spans.gold, cell.clause, cell.gold, cell.goldRanges);
        spans.predictedWithoutPlace += addPlaces(spans.predicted, cell.clause, cell.predicted, cell.predictedRanges);
        anyGold = anyGold || !spans.gold.empty();
    }
    if (!anyGold)
        return std::nullopt;
    NerScores scores;
    for (auto& [contract, spans] : contracts) {
        scores += nerScores(std::move(spans.gold), std::move(spans.predicted));
        addAlone(scores, spans.goldWithoutPlace, spans.predictedWithoutPlace);
    }
    return scores;
}

} // namespace cw
