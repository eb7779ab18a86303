// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "core/dataset/gold_of_cells.h"

#include "core/prompt/prompt.h"

#include <algorithm>

namespace cw {

void takeGold(GoldRow& row, const std::vector<Cell>& cells, const Request& request) {
    row.request = request;
    row.answer = goldAnswer(cells, request);
    for (const Cell& cell : cells) {
        if (std::find(request.keys.begin(), request.keys.end(), cell.clause) == request.keys.end()) {
            row.unreviewed.push_back(cell.clause);
            continue;
        }
        std::vector<ByteRange>& ranges = row.ranges.emplace_back();
        for (const Span& span : cell.spans)
            ranges.push_back(span.range);
        if (!cell.alternatives.empty())
            row.alternatives.emplace(cell.clause, acceptedFindings(cell));
    }
}

} // namespace cw
