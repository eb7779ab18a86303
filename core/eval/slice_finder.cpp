// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "core/eval/slice_finder.h"

#include "core/eval/paired_tests.h" // benjaminiHochberg
#include "core/eval/permutation.h"

#include <algorithm>
#include <numeric>
#include <tuple>

namespace cw {

namespace {

// At which a slice says more than another: strict, for every candidate that is worse than the rest is asked again.
constexpr double kLevel = 0.005;

// Who is wrong where: contracts by clauses, both in their own order.
class Errors {
public:
    Errors(const Evaluation& evaluation, Rules rules) {
        for (const ScoredCell& cell : evaluation.cells) {
            m_contracts.push_back(cell.contract);
            m_clauses.push_back(cell.clause);
        }
        makeSet(m_contracts);
        makeSet(m_clauses);
        m_state.assign(m_contracts.size() * m_clauses.size(), kNoCell);
        for (const ScoredCell& cell : evaluation.cells) {
            const bool right = scoreOf(cell, rules).right();
            m_state[placeOf(m_contracts, cell.contract) * m_clauses.size() + placeOf(m_clauses, cell.clause)] = right ? kRight : kWrong;
        }
        std::map<std::string, size_t> first;
        for (size_t i = 0; i < m_contracts.size(); ++i)
            m_cluster.push_back(first.emplace(cw::clusterOf(m_contracts[i], evaluation.nearDuplicates), i).first->second);
    }

    const std::vector<ContractId>& contracts() const { return m_contracts; }
    const std::vector<std::string>& clauses() const { return m_clauses; }
    size_t clusterOf(size_t contract) const { return m_cluster[contract]; } // the first contract of its near duplicates

    struct Count {
        int cells = 0, wrong = 0;
        double rate() const { return cells == 0 ? 0 : static_cast<double>(wrong) / cells; }
        Count& operator+=(Count other) {
            cells += other.cells;
            wrong += other.wrong;
            return *this;
        }
    };

    Count of(size_t contract, const std::vector<bool>& clauses) const {
        Count out;
        for (size_t clause = 0; clause < clauses.size(); ++clause)
            if (const char state = m_state[contract * m_clauses.size() + clause]; clauses[clause] && state != kNoCell) {
                ++out.cells;
                out.wrong += state == kWrong;
            }
        return out;
    }

    Count of(const std::vector<size_t>& contracts, const std::vector<bool>& clauses) const {
        Count out;
        for (const size_t contract : contracts)
            out += of(contract, clauses);
        return out;
    }

    void remove(const std::vector<size_t>& contracts, const std::vector<bool>& clauses) {
        for (const size_t contract : contracts)
            for (size_t clause = 0; clause < clauses.size(); ++clause)
                if (clauses[clause])
                    m_state[contract * m_clauses.size() + clause] = kNoCell;
    }

private:
    static constexpr char kNoCell = 0, kRight = 1, kWrong = 2;

    template <typename T> static void makeSet(std::vector<T>& values) {
        std::sort(values.begin(), values.end());
        values.erase(std::unique(values.begin(), values.end()), values.end());
    }
    template <typename T> static size_t placeOf(const std::vector<T>& values, const T& value) {
        return static_cast<size_t>(std::lower_bound(values.begin(), values.end(), value) - values.begin());
    }

    std::vector<ContractId> m_contracts;
    std::vector<std::string> m_clauses;
    std::vector<char> m_state;
    std::vector<size_t> m_cluster; // of each contract
};

std::vector<size_t> allOf(size_t count) {
    std::vector<size_t> out(count);
    std::iota(out.begin(), out.end(), size_t{0});
    return out;
}

struct Candidate {
    std::vector<CellCondition> conditions; // sorted
    std::vector<size_t> contracts;         // in order
    std::vector<bool> clauses;
    bool onContracts() const { return !conditions.empty() && conditions.front().of == CellCondition::Of::Contract; }
};

std::vector<size_t> common(const std::vector<size_t>& a, const std::vector<size_t>& b) {
    std::vector<size_t> out;
    std::set_intersection(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(out));
    return out;
}

// Every single condition that some cell meets.
std::vector<Candidate> singles(const Errors& errors, const FacetTable& facets, const Taxonomy& taxonomy) {
    std::map<CellCondition, Candidate> out;
    const auto at = [&](const CellCondition& condition) -> Candidate& {
        Candidate& candidate = out[condition];
        candidate.conditions = {condition};
        return candidate;
    };
    for (size_t i = 0; i < errors.contracts().size(); ++i)
        if (const auto found = facets.find(errors.contracts()[i]); found != facets.end())
            for (const FacetValue& value : found->second)
                at({CellCondition::Of::Contract, value.facet, value.value}).contracts.push_back(i);
    for (size_t i = 0; i < errors.clauses().size(); ++i)
        if (const ClauseType* type = taxonomy.find(errors.clauses()[i]))
            for (const CellCondition& condition : {CellCondition{CellCondition::Of::ClauseGroup, {}, type->group},
                                                   CellCondition{CellCondition::Of::ClauseKind, {}, std::string(toString(type->kind))}}) {
                Candidate& candidate = at(condition);
                candidate.clauses.resize(errors.clauses().size(), false);
                candidate.clauses[i] = true;
            }
    std::vector<Candidate> list;
    for (auto& [condition, candidate] : out) {
        if (candidate.onContracts())
            candidate.clauses.assign(errors.clauses().size(), true);
        else
            candidate.contracts = allOf(errors.contracts().size());
        list.push_back(std::move(candidate));
    }
    return list;
}

bool sameSubject(const CellCondition& a, const CellCondition& b) {
    return a.of == b.of && a.facet == b.facet;
}

class Finder {
public:
    Finder(const Evaluation& evaluation, const FacetTable& facets, const Taxonomy& taxonomy, Rules rules, const SliceSearch& search)
        : m_errors(evaluation, rules), m_search(search), m_singles(singles(m_errors, facets, taxonomy)),
          m_every(allOf(m_errors.contracts().size())) {}

    SliceFindings run() {
        enumerate();
        SliceFindings out;
        out.tested = static_cast<int>(m_candidates.size());
        std::vector<FoundSlice> slices = tested();
        std::vector<size_t> order = allOf(slices.size());
        std::erase_if(order, [&](size_t i) { return slices[i].score <= 0 || slices[i].adjusted > m_search.falseDiscovery; });
        std::sort(order.begin(), order.end(), [&](size_t a, size_t b) {
            return std::tuple(-slices[a].score, slices[a].conditions.size(), slices[a].conditions) <
                   std::tuple(-slices[b].score, slices[b].conditions.size(), slices[b].conditions);
        });
        Errors rest = m_errors;
        for (const size_t i : order) {
            if (static_cast<int>(out.found.size()) >= m_search.most)
                break;
            if (!saysMoreThanParents(m_candidates[i]) || (!isWithinAny(m_candidates[i], out.found) && !isWorse(rest, m_candidates[i])))
                continue;
            rest.remove(m_candidates[i].contracts, m_candidates[i].clauses);
            out.found.push_back(std::move(slices[i]));
        }
        return out;
    }

private:
    bool isSupported(const Candidate& candidate) const {
        const auto least = static_cast<size_t>(m_search.leastContracts);
        const size_t inside = candidate.contracts.size(), outside = m_every.size() - inside;
        return inside >= least && (!candidate.onContracts() || outside >= least) && m_errors.of(candidate.contracts, candidate.clauses).cells > 0;
    }

    // Level by level, each slice from one with a condition less. Of slices that are the same cells the first stays, that with the fewest
    // conditions; which cells are wrong decides nothing here, or the tests would not be honest.
    void enumerate() {
        std::vector<Candidate> level{{{}, m_every, std::vector<bool>(m_errors.clauses().size(), true)}};
        std::set<std::pair<std::vector<size_t>, std::vector<bool>>> seen{{level.front().contracts, level.front().clauses}};
        for (int depth = 0; depth < m_search.deepest; ++depth) {
            std::vector<Candidate> deeper;
            for (const Candidate& parent : level)
                for (const Candidate& single : m_singles)
                    if (auto candidate = joined(parent, single); candidate && seen.insert({candidate->contracts, candidate->clauses}).second)
                        deeper.push_back(std::move(*candidate));
            m_candidates.insert(m_candidates.end(), deeper.begin(), deeper.end());
            level = std::move(deeper);
        }
    }

    std::optional<Candidate> joined(const Candidate& parent, const Candidate& single) const {
        const CellCondition& added = single.conditions.front();
        const auto& have = parent.conditions;
        if (!have.empty() && (!(have.back() < added) || std::any_of(have.begin(), have.end(), [&](const auto& each) { return sameSubject(each, added); })))
            return std::nullopt;
        Candidate out = parent;
        out.conditions.push_back(added);
        out.contracts = common(parent.contracts, single.contracts);
        for (size_t i = 0; i < out.clauses.size(); ++i)
            out.clauses[i] = out.clauses[i] && single.clauses[i];
        return isSupported(out) ? std::optional(std::move(out)) : std::nullopt;
    }

    // The members' errors beyond what those of `population` have on average on the same clauses. Near duplicates are one, a member if most of
    // them are: alike as they are, a slice hardly parts them.
    static SumQuestion againstOthers(const Errors& errors, const std::vector<size_t>& population, const std::vector<size_t>& members,
                                     const std::vector<bool>& clauses) {
        const double expected = errors.of(population, clauses).rate();
        struct Cluster {
            double beyond = 0;
            int members = 0, others = 0;
        };
        std::map<size_t, Cluster> clusters;
        for (const size_t contract : population) {
            const Errors::Count count = errors.of(contract, clauses);
            Cluster& cluster = clusters[errors.clusterOf(contract)];
            cluster.beyond += count.wrong - expected * count.cells;
            ++(std::binary_search(members.begin(), members.end(), contract) ? cluster.members : cluster.others);
        }
        SumQuestion question;
        for (const auto& [name, cluster] : clusters) {
            if (cluster.members > cluster.others)
                question.members.push_back(question.values.size());
            question.values.push_back(cluster.beyond);
        }
        return question;
    }

    // The errors on `clauses` beyond what each contract has on average on `all`; near duplicates are one.
    static SumQuestion againstOtherClauses(const Errors& errors, const std::vector<size_t>& contracts, const std::vector<bool>& clauses,
                                           const std::vector<bool>& all) {
        std::map<size_t, double> beyond; // by cluster
        for (const size_t contract : contracts) {
            const Errors::Count count = errors.of(contract, clauses);
            beyond[errors.clusterOf(contract)] += count.wrong - errors.of(contract, all).rate() * count.cells;
        }
        SumQuestion question;
        question.signs = true;
        for (const auto& [cluster, value] : beyond)
            question.values.push_back(value);
        return question;
    }

    SumQuestion question(const Errors& errors, const Candidate& candidate) const {
        return candidate.onContracts() ? againstOthers(errors, m_every, candidate.contracts, candidate.clauses)
                                       : againstOtherClauses(errors, m_every, candidate.clauses, everyClause());
    }

    bool isLarge(const SumQuestion& question, std::string_view purpose) const {
        return sumTests({question}, m_search.permutations, m_search.rounds, purpose).front() <= kLevel;
    }

    bool isWorse(const Errors& errors, const Candidate& candidate) const { return isLarge(question(errors, candidate), "slice_rest"); }

    // Without any one of its conditions the slice is less bad.
    bool saysMoreThanParents(const Candidate& candidate) const {
        if (candidate.conditions.size() < 2)
            return true;
        for (const CellCondition& left : candidate.conditions) {
            const Candidate parent = without(candidate, left);
            const SumQuestion asked = left.of == CellCondition::Of::Contract
                                          ? againstOthers(m_errors, parent.contracts, candidate.contracts, candidate.clauses)
                                          : againstOtherClauses(m_errors, candidate.contracts, candidate.clauses, parent.clauses);
            if (!isLarge(asked, "slice_parent"))
                return false;
        }
        return true;
    }

    Candidate without(const Candidate& candidate, const CellCondition& left) const {
        Candidate out{{}, m_every, everyClause()};
        for (const Candidate& single : m_singles) {
            const CellCondition& condition = single.conditions.front();
            if (condition == left || !std::binary_search(candidate.conditions.begin(), candidate.conditions.end(), condition))
                continue;
            out.conditions.push_back(condition);
            out.contracts = common(out.contracts, single.contracts);
            for (size_t i = 0; i < out.clauses.size(); ++i)
                out.clauses[i] = out.clauses[i] && single.clauses[i];
        }
        return out;
    }

    static bool isWithinAny(const Candidate& candidate, const std::vector<FoundSlice>& found) {
        return std::any_of(found.begin(), found.end(), [&](const FoundSlice& slice) {
            return std::includes(candidate.conditions.begin(), candidate.conditions.end(), slice.conditions.begin(), slice.conditions.end());
        });
    }

    std::vector<bool> everyClause() const { return std::vector<bool>(m_errors.clauses().size(), true); }

    FoundSlice described(const Candidate& candidate) const {
        const Errors::Count all = m_errors.of(m_every, everyClause()), in = m_errors.of(candidate.contracts, candidate.clauses);
        const Errors::Count population = candidate.onContracts() ? m_errors.of(m_every, candidate.clauses) : all;
        FoundSlice out;
        out.conditions = candidate.conditions;
        out.contracts = static_cast<int>(candidate.contracts.size());
        out.cells = in.cells;
        out.wrong = in.wrong;
        out.otherCells = population.cells - in.cells;
        out.otherWrong = population.wrong - in.wrong;
        if (all.wrong > 0)
            out.score = m_search.alpha * (in.rate() / all.rate() - 1) - (1 - m_search.alpha) * (static_cast<double>(all.cells) / in.cells - 1);
        return out;
    }

    // p of those with a score; the others count among the tests with p = 1, which is on the safe side.
    std::vector<FoundSlice> tested() const {
        std::vector<FoundSlice> out;
        std::vector<SumQuestion> questions;
        std::vector<size_t> asked;
        for (size_t i = 0; i < m_candidates.size(); ++i) {
            out.push_back(described(m_candidates[i]));
            if (out.back().score <= 0)
                continue;
            questions.push_back(question(m_errors, m_candidates[i]));
            asked.push_back(i);
        }
        const std::vector<double> p = sumTests(questions, m_search.permutations, m_search.rounds, "slices");
        for (size_t i = 0; i < asked.size(); ++i)
            out[asked[i]].p = p[i];
        std::vector<double> all;
        for (const FoundSlice& slice : out)
            all.push_back(slice.p);
        const std::vector<double> adjusted = benjaminiHochberg(all);
        for (size_t i = 0; i < out.size(); ++i)
            out[i].adjusted = adjusted[i];
        return out;
    }

    Errors m_errors;
    SliceSearch m_search;
    std::vector<Candidate> m_singles; // by condition
    std::vector<size_t> m_every;
    std::vector<Candidate> m_candidates;
};

} // namespace

SliceFindings findSlices(const Evaluation& evaluation, const FacetTable& facets, const Taxonomy& taxonomy, Rules rules,
                         const SliceSearch& search) {
    return Finder(evaluation, facets, taxonomy, rules, search).run();
}

} // namespace cw
