// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "core/eval/tally.h"

#include "core/eval/evaluation.h"

#include <cstdlib>
#include <numeric>

namespace cw {

namespace {

double share(int part, int whole) { return whole == 0 ? 0 : static_cast<double>(part) / whole; }

std::optional<double> shareIfAny(int part, int whole) {
    return whole == 0 ? std::nullopt : std::optional(static_cast<double>(part) / whole);
}

// 2 hits / (found + there): F1 without a detour by way of precision and recall.
std::optional<double> f1Of(int hits, int found, int there) { return shareIfAny(2 * hits, found + there); }

void addMeanF1(Breakdown& breakdown) {
    double sum = 0;
    for (const auto& [clause, tally] : breakdown.perClause)
        if (const auto f1 = tally.f1()) {
            sum += *f1;
            ++breakdown.macroClauses;
        }
    breakdown.macroF1 = breakdown.macroClauses == 0 ? 0 : sum / breakdown.macroClauses;
}

Documents documentsOf(const std::vector<ScoredCell>& cells, CellScore ScoredCell::*side) {
    std::map<ContractId, int> wrong;
    Documents out;
    for (const ScoredCell& cell : cells) {
        const CellScore& score = cell.*side;
        wrong[cell.contract] += score.right() ? 0 : 1;
        out.errors += score.right() ? 0 : 1;
        out.falseValues += score.outcome == Outcome::FalsePositive ? 1 : 0;
    }
    out.contracts = static_cast<int>(wrong.size());
    for (const auto& [contract, count] : wrong) {
        out.exact += count == 0 ? 1 : 0;
        out.atMostOneWrong += count <= 1 ? 1 : 0;
    }
    return out;
}

// Null, false, true: 0, 1, 2; nothing for a value of another kind.
std::optional<size_t> answerIndex(const std::optional<Finding>& finding) {
    if (!finding)
        return 0;
    const bool* flag = std::get_if<bool>(&finding->value);
    return flag ? std::optional<size_t>(*flag ? 2 : 1) : std::nullopt;
}

void addBoolean(std::map<std::string, BooleanTable>& tables, const ScoredCell& cell) {
    const auto gold = answerIndex(cell.gold);
    const auto predicted = cell.strict.outcome == Outcome::Invalid ? std::optional<size_t>(3) : answerIndex(cell.predicted);
    if (gold && predicted)
        ++tables[cell.clause][*gold][*predicted];
}

// A clause of which nobody says true or false is of another kind.
void keepBooleans(std::map<std::string, BooleanTable>& tables) {
    std::erase_if(tables, [](const auto& entry) {
        const BooleanTable& table = entry.second;
        return std::accumulate(table[1].begin(), table[1].end(), 0) + std::accumulate(table[2].begin(), table[2].end(), 0) + table[0][1] +
                   table[0][2] ==
               0;
    });
}

void addEvidence(Breakdown& out, const ScoredCell& cell, const CellScore& score) {
    if (!score.right() || !cell.evidence)
        return;
    ++out.rightValues;
    out.rightInDoubt += cell.isInDoubt() ? 1 : 0;
}

void addSpanViews(SpanViews& out, const ScoredCell& cell, const CellScore& score) {
    if (!cell.gold || hasValue(cell.gold->value))
        return;
    ++out.cells;
    out.any += score.anySpan ? 1 : 0;
    out.all += score.allSpans ? 1 : 0;
    out.right += score.right() ? 1 : 0;
}

// A cell that stands in no kind, or in two, would make a table that contradicts the total.
void checkSums(const Breakdown& breakdown, size_t cells) {
    int kinds = 0, columns = 0;
    for (const auto& [kind, count] : breakdown.errorKinds)
        kinds += count;
    for (const auto& [clause, counts] : breakdown.perClauseColumn)
        columns += std::accumulate(counts.begin(), counts.end(), 0);
    Tally clauses;
    for (const auto& [clause, tally] : breakdown.perClause)
        clauses += tally;
    const Tally& total = breakdown.total;
    const int wrong = total.cells() - total.right();
    if (kinds != wrong || columns != wrong || breakdown.documents.errors != wrong || clauses != total ||
        total.cells() != static_cast<int>(cells) || total.ungrounded + total.misread > total.fp)
        std::abort();
}

Breakdown breakdownOf(const std::vector<ScoredCell>& cells, CellScore ScoredCell::*side) {
    Breakdown out;
    for (const ScoredCell& cell : cells) {
        const CellScore& score = cell.*side;
        out.total.add(score, !cell.gold);
        out.perClause[cell.clause].add(score, !cell.gold);
        addBoolean(out.booleans, cell);
        addEvidence(out, cell, score);
        addSpanViews(out.spans, cell, score);
        out.rightByAlternative += score.byAlternative ? 1 : 0;
        auto& columns = out.perClauseColumn[cell.clause]; // zeros for a clause without a fault
        if (score.right())
            continue;
        ++columns[static_cast<size_t>(columnOf(score.kind))];
        ++out.errorKinds[std::string(toString(score.kind))];
    }
    keepBooleans(out.booleans);
    addMeanF1(out);
    out.presenceF1 = out.total.presenceF1().value_or(0);
    out.documents = documentsOf(cells, side);
    out.documentExact = out.documents.share(out.documents.exact);
    checkSums(out, cells.size());
    return out;
}

} // namespace

void Tally::add(Outcome outcome, bool goldIsAbsent) {
    switch (outcome) {
    case Outcome::TrueNegative:
        ++tn;
        break;
    case Outcome::TruePositive:
        ++tp;
        break;
    case Outcome::Substitution:
        ++sub;
        break;
    case Outcome::FalsePositive:
        ++fp;
        break;
    case Outcome::FalseNegative:
        ++fn;
        break;
    case Outcome::Invalid:
        ++inv;
        invAbsent += goldIsAbsent ? 1 : 0;
        break;
    }
}

void Tally::add(const CellScore& score, bool goldIsAbsent) {
    add(score.outcome, goldIsAbsent);
    if (score.outcome != Outcome::FalsePositive)
        return;
    ungrounded += score.tags.has(ErrorKind::HallucinatedUngrounded) ? 1 : 0;
    misread += score.tags.has(ErrorKind::HallucinatedMisread) ? 1 : 0;
}

Tally& Tally::operator+=(const Tally& other) {
    tp += other.tp;
    tn += other.tn;
    sub += other.sub;
    fp += other.fp;
    fn += other.fn;
    inv += other.inv;
    invAbsent += other.invAbsent;
    ungrounded += other.ungrounded;
    misread += other.misread;
    return *this;
}

double Tally::accuracy() const { return share(right(), cells()); }
double Tally::nullBaseline() const { return share(goldAbsent(), cells()); }
std::optional<double> Tally::precision() const { return shareIfAny(tp, predicted()); }
std::optional<double> Tally::f1() const { return f1Of(tp, predicted(), goldPresent()); }
std::optional<double> Tally::f2() const { return shareIfAny(5 * tp, predicted() + 4 * goldPresent()); } // 5 P R / (4 P + R)
std::optional<double> Tally::presenceF1() const { return f1Of(tp + sub, predicted(), goldPresent()); }
double Tally::presentAccuracy() const { return share(tp, goldPresent()); }
double Tally::hallucinationRate() const { return share(fp, goldAbsent()); }
double Tally::ungroundedRate() const { return share(ungrounded, goldAbsent()); }
double Tally::misreadRate() const { return share(misread, goldAbsent()); }
double Tally::falseDiscovery() const { return share(fp, predicted()); }
double Tally::omissionRate() const { return share(fn, goldPresent()); }

double Tally::skill() const {
    const double base = nullBaseline();
    return base == 1 ? 0 : (accuracy() - base) / (1 - base);
}

Breakdown breakdown(const std::vector<ScoredCell>& cells, Rules rules) {
    return breakdownOf(cells, rules == Rules::Strict ? &ScoredCell::strict : &ScoredCell::compat);
}

Breakdown lenientBreakdown(const std::vector<ScoredCell>& cells) { return breakdownOf(cells, &ScoredCell::lenient); }

} // namespace cw
