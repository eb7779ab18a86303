// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Tally and Breakdown: the aggregates of evaluation rule 2.9.
#include "core/eval/evaluation.h"

#include <set>

namespace cw {

namespace {

double share(int part, int whole) { return whole == 0 ? 0 : static_cast<double>(part) / whole; }

// 2 hits / (found + there): F1 without a detour by way of precision and recall.
std::optional<double> f1Of(int hits, int found, int there) {
    return found + there == 0 ? std::nullopt : std::optional(2.0 * hits / (found + there));
}

double meanF1(const std::map<std::string, Tally>& perClause) {
    double sum = 0;
    int clauses = 0;
    for (const auto& [clause, tally] : perClause)
        if (const auto f1 = tally.f1()) {
            sum += *f1;
            ++clauses;
        }
    return clauses == 0 ? 0 : sum / clauses;
}

double exactShare(const std::vector<ScoredCell>& cells, Rules rules) {
    std::set<ContractId> all, faulty;
    for (const ScoredCell& cell : cells) {
        all.insert(cell.contract);
        if (!(rules == Rules::Strict ? cell.strict : cell.compat).right())
            faulty.insert(cell.contract);
    }
    return share(static_cast<int>(all.size() - faulty.size()), static_cast<int>(all.size()));
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

Tally& Tally::operator+=(const Tally& other) {
    tp += other.tp;
    tn += other.tn;
    sub += other.sub;
    fp += other.fp;
    fn += other.fn;
    inv += other.inv;
    invAbsent += other.invAbsent;
    return *this;
}

double Tally::accuracy() const { return share(tp + tn, cells()); }
double Tally::nullBaseline() const { return share(goldAbsent(), cells()); }
std::optional<double> Tally::f1() const { return f1Of(tp, predicted(), goldPresent()); }
std::optional<double> Tally::presenceF1() const { return f1Of(tp + sub, predicted(), goldPresent()); }
double Tally::presentAccuracy() const { return share(tp, goldPresent()); }
double Tally::hallucinationRate() const { return share(fp, goldAbsent()); }
double Tally::omissionRate() const { return share(fn, goldPresent()); }

double Tally::skill() const {
    const double base = nullBaseline();
    return base == 1 ? 0 : (accuracy() - base) / (1 - base);
}

Breakdown breakdown(const std::vector<ScoredCell>& cells, Rules rules) {
    Breakdown out;
    for (const ScoredCell& cell : cells) {
        const CellScore& score = rules == Rules::Strict ? cell.strict : cell.compat;
        out.total.add(score.outcome, !cell.gold);
        out.perClause[cell.clause].add(score.outcome, !cell.gold);
        auto& columns = out.perClauseColumn[cell.clause]; // zeros for a clause without a fault
        if (score.right())
            continue;
        ++columns[static_cast<size_t>(columnOf(score.kind))];
        ++out.errorKinds[std::string(toString(score.kind))];
    }
    out.macroF1 = meanF1(out.perClause);
    out.presenceF1 = out.total.presenceF1().value_or(0);
    out.documentExact = exactShare(cells, rules);
    return out;
}

} // namespace cw
