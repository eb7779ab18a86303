// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "core/eval/window_gold.h"

#include <algorithm>

namespace cw {

namespace {

std::optional<Finding> inWindow(const std::optional<Finding>& finding, const std::vector<ByteRange>& places,
                                ByteRange window) {
    if (!finding || window.empty())
        return finding;
    Finding inside{{}, finding->value};
    for (size_t i = 0; i < finding->quotes.size() && i < places.size(); ++i)
        if (window.contains(places[i]))
            inside.quotes.push_back(finding->quotes[i]);
    return inside.quotes.empty() || !keepNamedParties(inside) ? std::nullopt : std::optional(inside);
}

} // namespace

std::optional<size_t> goldIndex(const GoldRow& gold, const std::string& key) {
    const auto found = std::find(gold.request.keys.begin(), gold.request.keys.end(), key);
    if (found == gold.request.keys.end())
        return std::nullopt;
    return static_cast<size_t>(found - gold.request.keys.begin());
}

std::optional<Answer> goldOfWindow(const GoldRow& gold, const Request& request, ByteRange window) {
    Answer answer;
    for (const std::string& key : request.keys) {
        const auto index = goldIndex(gold, key);
        if (!index)
            return std::nullopt;
        answer.cells.push_back({key, inWindow(gold.answer.cells[*index].finding, gold.ranges[*index], window)});
    }
    return answer;
}

} // namespace cw
