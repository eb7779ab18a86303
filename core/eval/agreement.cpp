// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "core/eval/agreement.h"

#include "core/base/utf.h"
#include "core/eval/evaluation.h"
#include "core/eval/value_compare.h"
#include "core/text/quote.h"

#include <algorithm>
#include <cmath>
#include <unordered_map>

namespace cw {

namespace {

constexpr double kNoSpread = 1e-6; // of kappa: the sample doesn't vary in what the error is made of

using CellsByClause = std::unordered_map<std::string_view, const Cell*>;

size_t visibleCharacters(std::string_view text) {
    size_t count = 0;
    for (size_t at = 0; at < text.size();)
        count += !isWhitespace(decodeCodePoint(text, at));
    return count;
}

size_t visibleCharacters(const std::vector<Span>& spans) {
    size_t count = 0;
    for (const Span& span : spans)
        count += visibleCharacters(span.quote);
    return count;
}

// Both lists are in order, so one pass meets every pair that overlaps.
size_t commonCharacters(const std::vector<Span>& first, const std::vector<Span>& second) {
    size_t count = 0;
    for (size_t i = 0, j = 0; i < first.size() && j < second.size();) {
        const Span& span = first[i];
        const ByteRange common = span.range.intersected(second[j].range);
        if (!common.empty())
            count += visibleCharacters(
                std::string_view(span.quote).substr(common.begin - span.range.begin, common.size()));
        span.range.end < second[j].range.end ? ++i : ++j;
    }
    return count;
}

bool sameRanges(const std::vector<Span>& first, const std::vector<Span>& second) {
    return std::equal(first.begin(), first.end(), second.begin(), second.end(),
                      [](const Span& a, const Span& b) { return a.range == b.range; });
}

Finding findingOf(const Cell& cell) {
    Finding finding;
    for (const Span& span : cell.spans)
        finding.quotes.push_back(normalizeQuote(span.quote));
    finding.value = cell.value;
    return finding;
}

// What the scorer asks of the other cells: their values alone (anchors of dates).
bool sameValue(const ClauseType& type, const Cell& first, const Cell& second, const std::vector<Cell>& context) {
    if (first.value == second.value)
        return true;
    if (first.value.index() != second.value.index())
        return false;
    std::vector<Finding> findings;
    std::vector<OtherGold> others;
    if (type.kind == ValueKind::Date) {
        findings.reserve(context.size()); // others point into it
        for (const Cell& cell : context)
            if (cell.state == CellState::Present && cell.clause != type.key) {
                findings.push_back(findingOf(cell));
                others.push_back({cell.clause, &findings.back()});
            }
    }
    return compareValues(type.kind, first.value, second.value, Rules::Strict, others) == ErrorKind::None;
}

Difference differenceOf(const CellComparison& cell) {
    if (!cell.counted)
        return Difference::None;
    if (cell.first != cell.second)
        return Difference::Presence;
    if (cell.valued && !cell.valueEqual)
        return Difference::Value;
    return cell.first && cell.overlap.jaccard() < kLeastOverlap ? Difference::Evidence : Difference::None;
}

std::optional<double> share(double part, double whole) {
    return whole > 0 ? std::optional(part / whole) : std::nullopt;
}

// The four cells of the table as a Tally, which the bootstrap pools.
Tally tallyOf(const Agreement& agreement) {
    Tally tally;
    tally.tp = agreement.both;
    tally.fn = agreement.firstOnly;
    tally.fp = agreement.secondOnly;
    tally.tn = agreement.neither;
    return tally;
}

std::optional<double> kappaOf(double both, double firstOnly, double secondOnly, double neither) {
    const double n = both + firstOnly + secondOnly + neither;
    const double first = both + firstOnly, second = both + secondOnly;
    const double chance = first * second + (n - first) * (n - second); // times n * n
    if (n == 0 || chance == n * n)
        return std::nullopt;
    return ((both + neither) * n - chance) / (n * n - chance);
}

// Fleiss, Cohen and Everitt 1969, equation 13, for two categories.
std::optional<double> kappaError(const Agreement& of) {
    const std::optional<double> kappa = of.kappa();
    const double n = of.cells();
    if (!kappa || n < 2)
        return std::nullopt;
    const double p[2][2] = {{of.both / n, of.firstOnly / n}, {of.secondOnly / n, of.neither / n}};
    const double rows[2] = {p[0][0] + p[0][1], p[1][0] + p[1][1]}, columns[2] = {p[0][0] + p[1][0], p[0][1] + p[1][1]};
    const double chance = rows[0] * columns[0] + rows[1] * columns[1];
    double agreed = 0, crossed = 0;
    for (int i = 0; i < 2; ++i)
        for (int j = 0; j < 2; ++j) {
            const double weight = i == j ? 1 - (rows[i] + columns[i]) * (1 - *kappa) : columns[i] + rows[j];
            (i == j ? agreed : crossed) += p[i][j] * weight * weight;
        }
    const double rest = *kappa - chance * (1 - *kappa);
    const double variance = agreed + (1 - *kappa) * (1 - *kappa) * crossed - rest * rest;
    return std::sqrt(std::max(variance, 0.0) / n) / (1 - chance);
}

std::optional<std::array<double, 2>> largeSampleInterval(const Agreement& of) {
    const std::optional<double> error = kappaError(of);
    if (!error || *error < kNoSpread)
        return std::nullopt;
    constexpr double z = 1.959963984540054; // the normal distribution's 97.5 % point
    return std::array<double, 2>{std::max(*of.kappa() - z * *error, -1.0), std::min(*of.kappa() + z * *error, 1.0)};
}

std::optional<std::array<double, 2>> clusterInterval(const std::vector<Tally>& contracts) {
    const Statistic kappa = [](const Tally& t) { return kappaOf(t.tp, t.fn, t.fp, t.tn); };
    return bootstrap(contracts, kappa, "kappa");
}

CellsByClause byClause(const std::vector<Cell>& cells) {
    CellsByClause out;
    out.reserve(cells.size());
    for (const Cell& cell : cells)
        out.emplace(cell.clause, &cell);
    return out;
}

// Adds a contract's cells to the table; gives its own share of the total.
Agreement addPair(AgreementTable& table, const ReadingPair& pair, const Taxonomy& taxonomy) {
    const CellsByClause first = byClause(pair.first), second = byClause(pair.second);
    Agreement own;
    for (size_t i = 0; i < taxonomy.types().size(); ++i) {
        const ClauseType& type = taxonomy.types()[i];
        const auto a = first.find(type.key), b = second.find(type.key);
        const bool there = a != first.end() && b != second.end();
        const CellComparison cell = there ? compareCells(type, *a->second, *b->second, pair.first) : CellComparison();
        table.perClause[i].second.add(cell);
        table.total.add(cell);
        own.add(cell);
        if (pair.settled && cell.difference != Difference::None)
            table.conflicts.push_back({pair.contract, type.key, cell.difference, *a->second, *b->second});
    }
    return own;
}

} // namespace

std::string_view toString(Difference difference) {
    static constexpr std::array<std::string_view, 4> kNames = {"none", "presence", "value", "evidence"};
    return kNames.at(static_cast<size_t>(difference));
}

double SpanOverlap::f1() const {
    return share(2.0 * static_cast<double>(common), static_cast<double>(first + second)).value_or(1);
}

double SpanOverlap::jaccard() const {
    return share(static_cast<double>(common), static_cast<double>(first + second - common)).value_or(1);
}

SpanOverlap spanOverlap(const std::vector<Span>& first, const std::vector<Span>& second) {
    const size_t of = visibleCharacters(first);
    if (sameRanges(first, second))
        return {of, of, of};
    return {commonCharacters(first, second), of, visibleCharacters(second)};
}

CellComparison compareCells(const ClauseType& type, const Cell& first, const Cell& second,
                            const std::vector<Cell>& context) {
    CellComparison out;
    out.counted = first.state != CellState::NotReviewed && second.state != CellState::NotReviewed;
    out.first = first.state == CellState::Present;
    out.second = second.state == CellState::Present;
    if (out.counted && out.first && out.second) {
        out.valued = hasValue(first.value) || hasValue(second.value);
        out.valueEqual = out.valued && sameValue(type, first, second, context);
        out.overlap = spanOverlap(first.spans, second.spans);
    }
    out.difference = differenceOf(out);
    return out;
}

void Agreement::add(const CellComparison& cell) {
    if (!cell.counted) {
        ++unreviewed;
        return;
    }
    ++(cell.first ? cell.second ? both : firstOnly : cell.second ? secondOnly : neither);
    valued += cell.valued;
    valuesEqual += cell.valueEqual;
    if (!cell.first || !cell.second)
        return;
    f1Sum += cell.overlap.f1();
    exactSpans += cell.overlap.same();
}

std::optional<double> Agreement::raw() const {
    return share(both + neither, cells());
}

std::optional<double> Agreement::positive() const {
    return share(2.0 * both, 2.0 * both + firstOnly + secondOnly);
}

std::optional<double> Agreement::negative() const {
    return share(2.0 * neither, 2.0 * neither + firstOnly + secondOnly);
}

std::optional<double> Agreement::kappa() const {
    return kappaOf(both, firstOnly, secondOnly, neither);
}

std::optional<double> Agreement::spanF1() const {
    return share(f1Sum, both);
}

std::optional<double> Agreement::exactShare() const {
    return share(exactSpans, both);
}

std::optional<double> Agreement::valueEquality() const {
    return share(valuesEqual, valued);
}

AgreementTable agreement(const std::vector<ReadingPair>& pairs, const Taxonomy& taxonomy) {
    AgreementTable table;
    table.contracts = static_cast<int>(pairs.size());
    for (const ClauseType& type : taxonomy.types())
        table.perClause.emplace_back(type.key, Agreement());
    std::vector<Tally> contracts;
    contracts.reserve(pairs.size());
    for (const ReadingPair& pair : pairs)
        contracts.push_back(tallyOf(addPair(table, pair, taxonomy)));
    for (auto& [clause, of] : table.perClause)
        of.kappaInterval = largeSampleInterval(of);
    table.total.kappaInterval = clusterInterval(contracts);
    return table;
}

} // namespace cw
