// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "core/eval/assignment.h"

#include <algorithm>
#include <limits>

namespace cw {

namespace {

constexpr int kNobody = -1;

// Minimises cost: rows enter one at a time, each by the shortest augmenting path in reduced costs. Rows beyond the columns find padding, so
// the work is rows by the square of the longer side.
class Assignment {
public:
    explicit Assignment(const std::vector<std::vector<long long>>& weights)
        : m_weights(weights),
          m_size(static_cast<int>(std::max(weights.size(), weights.empty() ? 0 : weights[0].size()))),
          m_rowPotential(static_cast<size_t>(m_size)), m_columnPotential(static_cast<size_t>(m_size)),
          m_rowOf(static_cast<size_t>(m_size), kNobody) {
        for (int row = 0; row < static_cast<int>(weights.size()); ++row)
            enter(row);
    }

    const std::vector<int>& rowOfColumn() const { return m_rowOf; }

private:
    // Cost of a pair; the padding of the columns costs nothing.
    long long cost(int row, int column) const {
        const auto r = static_cast<size_t>(row);
        const auto c = static_cast<size_t>(column);
        return r < m_weights.size() && c < m_weights[r].size() ? -m_weights[r][c] : 0;
    }

    void enter(int row) {
        const auto n = static_cast<size_t>(m_size);
        std::vector<long long> distance(n, std::numeric_limits<long long>::max());
        std::vector<int> before(n, kNobody); // the column from which the path came
        std::vector<bool> settled(n, false);
        int column = kNobody;
        int current = row;
        do {
            relax(current, column, distance, before, settled);
            column = nearest(distance, settled);
            shift(distance[static_cast<size_t>(column)], row, distance, settled);
            settled[static_cast<size_t>(column)] = true;
            current = m_rowOf[static_cast<size_t>(column)];
        } while (current != kNobody);
        flip(row, column, before);
    }

    void relax(int row, int from, std::vector<long long>& distance, std::vector<int>& before,
               const std::vector<bool>& settled) const {
        for (size_t c = 0; c < distance.size(); ++c) {
            const long long reduced =
                cost(row, static_cast<int>(c)) - m_rowPotential[static_cast<size_t>(row)] - m_columnPotential[c];
            if (!settled[c] && reduced < distance[c]) {
                distance[c] = reduced;
                before[c] = from;
            }
        }
    }

    static int nearest(const std::vector<long long>& distance, const std::vector<bool>& settled) {
        int best = kNobody;
        for (size_t c = 0; c < distance.size(); ++c)
            if (!settled[c] && (best == kNobody || distance[c] < distance[static_cast<size_t>(best)]))
                best = static_cast<int>(c);
        return best;
    }

    // Moves the potentials by `delta`, so that the nearest column's edge becomes tight.
    void shift(long long delta, int entering, std::vector<long long>& distance, const std::vector<bool>& settled) {
        m_rowPotential[static_cast<size_t>(entering)] += delta;
        for (size_t c = 0; c < distance.size(); ++c) {
            if (settled[c]) {
                m_columnPotential[c] -= delta;
                m_rowPotential[static_cast<size_t>(m_rowOf[c])] += delta;
            } else {
                distance[c] -= delta;
            }
        }
    }

    void flip(int entering, int column, const std::vector<int>& before) {
        while (column != kNobody) {
            const int previous = before[static_cast<size_t>(column)];
            m_rowOf[static_cast<size_t>(column)] =
                previous == kNobody ? entering : m_rowOf[static_cast<size_t>(previous)];
            column = previous;
        }
    }

    const std::vector<std::vector<long long>>& m_weights;
    int m_size;
    std::vector<long long> m_rowPotential;
    std::vector<long long> m_columnPotential;
    std::vector<int> m_rowOf; // per column
};

} // namespace

std::vector<std::pair<int, int>> assign(const std::vector<std::vector<long long>>& weights) {
    const Assignment assignment(weights);
    std::vector<std::pair<int, int>> pairs;
    for (size_t column = 0; column < assignment.rowOfColumn().size(); ++column) {
        const auto row = static_cast<size_t>(assignment.rowOfColumn()[column]);
        if (row < weights.size() && column < weights[row].size() && weights[row][column] > 0)
            pairs.emplace_back(static_cast<int>(row), static_cast<int>(column));
    }
    std::sort(pairs.begin(), pairs.end());
    return pairs;
}

} // namespace cw
