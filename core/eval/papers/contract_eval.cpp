// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "core/eval/papers/contract_eval.h"

#include "core/eval/papers/token_jaccard.h"

#include <algorithm>

namespace cw {

namespace {

constexpr const char* kNothing = "No related clause.";

std::optional<double> ratio(double part, double whole) { return whole > 0 ? std::optional(part / whole) : std::nullopt; }

// (1 + b2) P R / (b2 P + R), in counts, so that it is defined where P or R is not.
std::optional<double> f(double b2, const ContractEvalScores& s) {
    return ratio((1 + b2) * s.tp, (1 + b2) * s.tp + b2 * s.fn + s.fp);
}

std::string joined(const std::vector<std::string>& quotes) {
    std::string out;
    for (const std::string& quote : quotes)
        out += (out.empty() ? "" : " ") + quote;
    return out;
}

std::string outputOf(const ScoredCell& cell) {
    if (cell.predicted)
        return joined(cell.predicted->quotes);
    return cell.strict.outcome == Outcome::Invalid ? std::string() : std::string(kNothing);
}

} // namespace

std::optional<double> ContractEvalScores::accuracy() const { return ratio(tp + tn, tp + tn + fn + fp); }
std::optional<double> ContractEvalScores::precision() const { return ratio(tp, tp + fp); }
std::optional<double> ContractEvalScores::recall() const { return ratio(tp, tp + fn); }
std::optional<double> ContractEvalScores::f1() const { return f(1, *this); }
std::optional<double> ContractEvalScores::f2() const { return f(4, *this); }
std::optional<double> ContractEvalScores::falseNullRate() const { return ratio(falseNull, present()); }

ContractEvalScores contractEvalScores(const std::vector<ScoredCell>& cells) {
    ContractEvalScores scores;
    double sum = 0;
    for (const ScoredCell& cell : cells) {
        const bool saysNothing = !cell.predicted && cell.strict.outcome != Outcome::Invalid;
        if (!cell.gold) {
            ++(saysNothing ? scores.tn : scores.fp);
            continue;
        }
        const std::string output = outputOf(cell);
        const std::vector<std::string>& gold = cell.gold->quotes;
        const bool holdsAll = cell.predicted && std::all_of(gold.begin(), gold.end(), [&](const std::string& quote) { return output.find(quote) != std::string::npos; });
        ++(holdsAll ? scores.tp : scores.fn);
        scores.falseNull += saysNothing ? 1 : 0;
        sum += tokenJaccard(joined(gold), output, true);
    }
    scores.jaccard = ratio(sum, scores.present());
    return scores;
}

} // namespace cw
