// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "core/prompt/prompt.h"

namespace cw {

Prompt makePrompt(const Request& request, std::string_view title, const Window& window, std::string_view canonicalText) {
    std::string keys;
    for (const std::string& key : request.keys)
        keys += (keys.empty() ? "" : ", ") + key;
    Prompt prompt;
    prompt.user = "Extract clauses from the contract text below as one JSON object with exactly these keys, in this order:\n" + keys +
                  "\nA clause that is not in the text is null. Otherwise {\"q\":[quotes copied exactly from the text],\"v\":value}; "
                  "text clauses have no \"v\".\nContract: " +
                  std::string(title) + " | Part " + std::to_string(window.part) + " of " + std::to_string(window.parts);
    if (!window.sectionPath.empty())
        prompt.user += " | " + window.sectionPath;
    prompt.user += "\n\n";
    prompt.textAt = prompt.user.size();
    prompt.user += canonicalText.substr(window.range.begin, window.range.size());
    return prompt;
}

Request requestOf(const std::vector<Cell>& cells, const Taxonomy& taxonomy) {
    Request request;
    for (const ClauseType& type : taxonomy.types())
        for (const Cell& cell : cells)
            if (cell.clause == type.key && cell.isReviewed())
                request.keys.push_back(type.key);
    return request;
}

} // namespace cw
