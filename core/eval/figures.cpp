// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "core/eval/figures.h"

#include <algorithm>
#include <functional>
#include <numeric>

namespace cw {

namespace {

// Counts of all cells, behind those of the clauses.
enum Total : size_t { Right, Cells, Hits, Found, Present, Matched, Invented, Absent, Missed, kTotals };
// Counts of one clause: the matched, and the found and the present together, which its F1 is made of.
constexpr size_t kOfClause = 2;

std::optional<double> ratio(int part, int whole) {
    return whole == 0 ? std::nullopt : std::optional(static_cast<double>(part) / whole);
}

std::optional<double> f1Of(int hits, int found, int there) { return ratio(2 * hits, found + there); }

} // namespace

std::string_view toString(Figure figure) {
    switch (figure) {
    case Figure::Accuracy:
        return "accuracy";
    case Figure::MicroF1:
        return "micro_f1";
    case Figure::MacroF1:
        return "macro_f1";
    case Figure::PresenceF1:
        return "presence_f1";
    case Figure::PresentAccuracy:
        return "present_accuracy";
    case Figure::Hallucination:
        return "hallucination_rate";
    case Figure::Omission:
        return "omission_rate";
    }
    return {};
}

CountLayout::CountLayout(const std::vector<std::string>& clauses) {
    for (const std::string& clause : clauses)
        m_clauses.emplace(clause, 0);
    size_t at = 0;
    for (auto& [clause, index] : m_clauses)
        index = kOfClause * at++;
    m_width = kOfClause * m_clauses.size() + kTotals;
}

void CountLayout::add(CountRow& row, const std::string& clause, const CellScore& score, bool goldAbsent) const {
    const bool matched = score.outcome == Outcome::TruePositive, substituted = score.outcome == Outcome::Substitution;
    const bool invented = score.outcome == Outcome::FalsePositive, found = matched || substituted || invented;
    const size_t at = m_clauses.at(clause);
    row[at] += matched;
    row[at + 1] += found + !goldAbsent;
    int* total = row.data() + row.size() - kTotals;
    total[Right] += score.right();
    ++total[Cells];
    total[Hits] += matched || substituted;
    total[Found] += found;
    total[Present] += !goldAbsent;
    total[Matched] += matched;
    total[Invented] += invented;
    total[Absent] += goldAbsent;
    total[Missed] += score.outcome == Outcome::FalseNegative;
}

std::optional<double> CountLayout::value(Figure figure, const CountRow& row) const {
    const int* total = row.data() + row.size() - kTotals;
    switch (figure) {
    case Figure::Accuracy:
        return ratio(total[Right], total[Cells]);
    case Figure::MicroF1:
        return f1Of(total[Matched], total[Found], total[Present]);
    case Figure::MacroF1:
        return macroF1(row);
    case Figure::PresenceF1:
        return f1Of(total[Hits], total[Found], total[Present]);
    case Figure::PresentAccuracy:
        return ratio(total[Matched], total[Present]);
    case Figure::Hallucination:
        return ratio(total[Invented], total[Absent]);
    case Figure::Omission:
        return ratio(total[Missed], total[Present]);
    }
    return std::nullopt;
}

std::optional<ClusterShare> CountLayout::share(Figure figure, const CountRow& row) const {
    const int* total = row.data() + row.size() - kTotals;
    switch (figure) {
    case Figure::Accuracy:
        return ClusterShare{total[Right], total[Cells]};
    case Figure::PresentAccuracy:
        return ClusterShare{total[Matched], total[Present]};
    case Figure::Hallucination:
        return ClusterShare{total[Invented], total[Absent]};
    case Figure::Omission:
        return ClusterShare{total[Missed], total[Present]};
    case Figure::MicroF1:
    case Figure::MacroF1:
    case Figure::PresenceF1:
        return std::nullopt;
    }
    return std::nullopt;
}

std::optional<double> CountLayout::macroF1(const CountRow& row) const {
    double sum = 0;
    int clauses = 0;
    for (size_t at = 0; at < kOfClause * m_clauses.size(); at += kOfClause)
        if (const auto f1 = ratio(2 * row[at], row[at + 1])) {
            sum += *f1;
            ++clauses;
        }
    return clauses == 0 ? std::nullopt : std::optional(sum / clauses);
}

void forEachDraw(const std::vector<CountRow>& rows, int times, Rng rng, const std::function<void(const CountRow&)>& visit) {
    if (rows.empty())
        return;
    const RowSums sums(rows);
    std::vector<std::uint32_t> drawn(rows.size());
    CountRow sum(rows.front().size());
    for (int i = 0; i < times; ++i) {
        for (std::uint32_t& place : drawn)
            place = static_cast<std::uint32_t>(rng.below(rows.size()));
        sums.take(drawn, sum);
        visit(sum);
    }
}

void forEachLeftOut(const std::vector<CountRow>& rows, const std::function<void(const CountRow&)>& visit) {
    if (rows.empty())
        return;
    CountRow all(rows.front().size());
    for (const CountRow& row : rows)
        std::transform(all.begin(), all.end(), row.begin(), all.begin(), std::plus<>());
    CountRow rest(all.size());
    for (const CountRow& row : rows) {
        std::transform(all.begin(), all.end(), row.begin(), rest.begin(), std::minus<>());
        visit(rest);
    }
}

// The sum of all rows less twice that of those whose sign is minus.
void forEachSwap(const std::vector<CountRow>& rows, int times, Rng rng, const std::function<void(const CountRow&)>& visit) {
    if (rows.empty())
        return;
    const RowSums sums(rows);
    std::vector<std::uint32_t> places(rows.size());
    std::iota(places.begin(), places.end(), 0U);
    CountRow all(rows.front().size()), sum(rows.front().size());
    sums.take(places, all);
    for (int i = 0; i < times; ++i) {
        size_t minus = 0;
        for (std::uint32_t place = 0; place < rows.size(); ++place) {
            places[minus] = place;
            minus += rng.below(2);
        }
        sums.take({places.data(), minus}, sum);
        for (size_t column = 0; column < sum.size(); ++column)
            sum[column] = all[column] - 2 * sum[column];
        visit(sum);
    }
}

} // namespace cw
