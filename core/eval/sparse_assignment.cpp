// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "core/eval/sparse_assignment.h"

#include <algorithm>
#include <functional>
#include <limits>
#include <queue>

namespace cw {

namespace {

constexpr int kNobody = -1;
constexpr long long kFar = std::numeric_limits<long long>::max();

// Minimises cost, which is -weight. A row may stay alone at no cost. Reduced costs, cost - potentials of row and column, are never negative,
// and a row's potential never is above 0, what staying alone costs it.
class SparseAssignment {
public:
    SparseAssignment(int rows, int columns, const std::vector<WeightedPair>& pairs)
        : m_edges(static_cast<size_t>(rows)), m_rows(static_cast<size_t>(rows)), m_columns(static_cast<size_t>(columns)) {
        for (const WeightedPair& pair : pairs)
            m_edges[static_cast<size_t>(pair.row)].push_back({pair.column, -pair.weight});
        for (int row = 0; row < rows; ++row)
            enter(row);
    }

    int columnOf(int row) const { return m_rows[static_cast<size_t>(row)].column; }

private:
    struct Edge {
        int column;
        long long cost;
    };
    struct Row {
        int column = kNobody;
        long long potential = 0;
    };
    struct Column {
        int row = kNobody;
        long long potential = 0;
        long long distance = kFar; // in the search at hand
        int from = kNobody;        // the row from which the path came
        bool settled = false;
    };
    // Where a shortest path ends: at a free column, or at a row that stays alone from then on.
    struct End {
        int column = kNobody;
        int row = kNobody;
        long long distance = 0;
    };
    using Reached = std::pair<long long, int>; // distance, column

    Row& rowAt(int row) { return m_rows[static_cast<size_t>(row)]; }
    Column& columnAt(int column) { return m_columns[static_cast<size_t>(column)]; }

    void enter(int row) {
        long long& potential = rowAt(row).potential;
        for (const Edge& edge : m_edges[static_cast<size_t>(row)])
            potential = std::min(potential, edge.cost - columnAt(edge.column).potential);
        const End end = shortestPath(row);
        movePotentials(row, end.distance);
        flip(end);
        forgetSearch();
    }

    End shortestPath(int row) {
        std::priority_queue<Reached, std::vector<Reached>, std::greater<>> reached;
        End alone{kNobody, row, kFar};
        for (long long distance = 0;;) {
            relax(row, distance, reached);
            if (const long long left = distance - rowAt(row).potential; left < alone.distance)
                alone = {kNobody, row, left};
            while (!reached.empty() && columnAt(reached.top().second).settled)
                reached.pop();
            if (reached.empty() || alone.distance <= reached.top().first)
                return alone;
            const int column = reached.top().second;
            distance = reached.top().first;
            columnAt(column).settled = true;
            row = columnAt(column).row;
            if (row == kNobody)
                return {column, kNobody, distance};
        }
    }

    template <typename Queue> void relax(int row, long long distance, Queue& reached) {
        for (const Edge& edge : m_edges[static_cast<size_t>(row)]) {
            Column& column = columnAt(edge.column);
            const long long through = distance + edge.cost - rowAt(row).potential - column.potential;
            if (column.settled || through >= column.distance)
                continue;
            if (column.distance == kFar)
                m_seen.push_back(edge.column);
            column.distance = through;
            column.from = row;
            reached.emplace(through, edge.column);
        }
    }

    // Makes every pair of the path tight, and none of the others negative.
    void movePotentials(int entering, long long length) {
        rowAt(entering).potential += length;
        for (const int seen : m_seen) {
            Column& column = columnAt(seen);
            if (!column.settled || column.row == kNobody)
                continue;
            column.potential -= length - column.distance;
            rowAt(column.row).potential += length - column.distance;
        }
    }

    // Gives each row of the path, from its end back to the one that enters and has none yet, the column behind it.
    void flip(const End& end) {
        int column = end.column;
        if (end.row != kNobody)
            column = std::exchange(rowAt(end.row).column, kNobody);
        while (column != kNobody) {
            const int row = columnAt(column).from;
            columnAt(column).row = row;
            column = std::exchange(rowAt(row).column, column);
        }
    }

    void forgetSearch() {
        for (const int seen : m_seen) {
            Column& column = columnAt(seen);
            column.distance = kFar;
            column.from = kNobody;
            column.settled = false;
        }
        m_seen.clear();
    }

    std::vector<std::vector<Edge>> m_edges; // by row
    std::vector<Row> m_rows;
    std::vector<Column> m_columns;
    std::vector<int> m_seen; // columns that the search at hand reached
};

} // namespace

std::vector<std::pair<int, int>> assignSparse(int rows, int columns, const std::vector<WeightedPair>& pairs) {
    const SparseAssignment assignment(rows, columns, pairs);
    std::vector<std::pair<int, int>> out;
    for (int row = 0; row < rows; ++row)
        if (assignment.columnOf(row) != kNobody)
            out.emplace_back(row, assignment.columnOf(row));
    return out;
}

} // namespace cw
