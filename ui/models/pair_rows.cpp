// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/models/pair_rows.h"

#include "core/text/word_diff.h"

namespace cw {

namespace {

std::string cellText(const Assessment& assessment, const std::string& key) {
    const AnswerCell* cell = assessment.answer ? assessment.answer->find(key) : nullptr;
    if (!cell)
        return "(missing)";
    return cell->finding ? encodeFinding(*cell->finding) : "null";
}

int countPresent(const Assessment& assessment) {
    int present = 0;
    if (assessment.answer)
        for (const AnswerCell& cell : assessment.answer->cells)
            present += cell.finding.has_value();
    return present;
}

PairRow differingRow(std::string key, std::string left, std::string right) {
    PairRow row{{}, std::move(key), {std::move(left), {}}, {std::move(right), {}}};
    for (const DiffRun& run : diffWords(row.left.text, row.right.text)) {
        if (run.kind == DiffKind::Deleted)
            row.left.marked.push_back(run.left);
        if (run.kind == DiffKind::Inserted)
            row.right.marked.push_back(run.right);
    }
    return row;
}

} // namespace

PairComparison comparePair(const std::string& left, const std::string& right, const Request& request, const Taxonomy& taxonomy,
                           bool showEqual) {
    const Assessment a = assess(left, request, taxonomy);
    const Assessment b = assess(right, request, taxonomy);
    PairComparison out;
    out.leftPresent = countPresent(a);
    out.rightPresent = countPresent(b);
    out.leftMalformed = a.level < Validity::V3;
    out.rightMalformed = b.level < Validity::V3;
    if (out.leftMalformed || out.rightMalformed) {
        out.rows.push_back(differingRow({}, left, right)); // malformed text must be seen as it came
        return out;
    }
    for (const std::string& key : request.keys) {
        std::string one = cellText(a, key), other = cellText(b, key);
        if (one != other || showEqual) {
            out.rows.push_back(differingRow(key, std::move(one), std::move(other)));
            continue;
        }
        if (out.rows.empty() || out.rows.back().folded.empty())
            out.rows.emplace_back();
        out.rows.back().folded.push_back(key);
    }
    return out;
}

} // namespace cw
