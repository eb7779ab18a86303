// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// A small American contract with gold, for shifts; and the property that every shifted contract has.
#pragma once

#include "core/base/utf.h"
#include "core/eval/shift/shift.h"
#include "core/text/quote.h"
#include "tests/support/taxonomy.h"

#include <string>
#include <utility>
#include <vector>

namespace cw::test {

// One present clause: where its words stand, found by the words themselves.
struct GoldWords {
    std::string clause;
    std::vector<std::string> quotes;
    ClauseValue value;
};

// A gold row with these clauses present and `absent` reviewed; quotes as they stand in the text, each at its first place.
inline GoldRow goldIn(const std::string& text, const std::vector<GoldWords>& present, const std::vector<std::string>& absent = {}) {
    GoldRow row;
    row.contract = ContractId("contract");
    for (const std::string& key : defaultTaxonomy().keys()) {
        AnswerCell cell{key, std::nullopt};
        std::vector<ByteRange> ranges;
        bool reviewed = std::find(absent.begin(), absent.end(), key) != absent.end();
        for (const GoldWords& words : present) {
            if (words.clause != key)
                continue;
            reviewed = true;
            cell.finding = Finding{{}, words.value};
            for (const std::string& quote : words.quotes) {
                ranges.push_back({text.find(quote), text.find(quote) + quote.size()});
                cell.finding->quotes.push_back(normalizeQuote(quote));
            }
        }
        if (!reviewed) {
            row.unreviewed.push_back(key);
            continue;
        }
        row.request.keys.push_back(key);
        row.answer.cells.push_back(std::move(cell));
        row.ranges.push_back(std::move(ranges));
    }
    return row;
}

// What is wrong with a shifted contract; empty: every quote is the text at its place, all is valid UTF-8, the answer is a legal one, and
// what no change names has kept its value.
inline std::string faultOf(const GoldRow& before, std::string_view text, const ShiftedContract& after) {
    if (firstInvalidUtf8(after.text))
        return "the text is not UTF-8";
    if (after.edits.empty() || EditedText(text, after.edits).text() != after.text)
        return "the edits don't make the text";
    if (after.gold.answer.cells.size() != before.answer.cells.size() || after.gold.ranges.size() != before.answer.cells.size())
        return "cells came or went";
    for (size_t i = 0; i < after.gold.answer.cells.size(); ++i) {
        const AnswerCell &was = before.answer.cells[i], &is = after.gold.answer.cells[i];
        const bool directed = std::find(after.directed.begin(), after.directed.end(), is.key) != after.directed.end();
        if (!directed && (was.finding.has_value() != is.finding.has_value() || (is.finding && was.finding->value != is.finding->value)))
            return is.key + " has another answer";
        if (directed && was.finding == is.finding)
            return is.key + " is called changed and is not";
        const auto& ranges = after.gold.ranges[i];
        if (ranges.size() != (is.finding ? is.finding->quotes.size() : 0))
            return is.key + " has quotes without a place";
        for (size_t quote = 0; quote < ranges.size(); ++quote) {
            const ByteRange range = ranges[quote];
            if (range.empty() || range.end > after.text.size() || !isCodePointBoundary(after.text, range.begin) || !isCodePointBoundary(after.text, range.end))
                return is.key + " has a place that is none";
            if (normalizeQuote(std::string_view(after.text).substr(range.begin, range.size())) != is.finding->quotes[quote])
                return is.key + " has a quote that is not the text at its place";
        }
    }
    const Status legal = checkEncodable(after.gold.answer, after.gold.request, defaultTaxonomy());
    return legal ? std::string() : legal.error().message();
}

} // namespace cw::test
