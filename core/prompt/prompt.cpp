// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "core/prompt/prompt.h"

#include "core/prompt/stub.h"
#include "core/text/quote.h"

namespace cw {

Prompt makePrompt(const Request& request, std::string_view title, const Window& window,
                  std::string_view canonicalText) {
    std::string user =
        "Extract clauses from the contract text below as one JSON object with exactly these keys, in this order:\n";
    for (size_t i = 0; i < request.keys.size(); ++i)
        user += (i > 0 ? ", " : "") + request.keys[i];
    user += "\nA clause that is not in the text is null. Otherwise {\"q\":[quotes copied exactly from the "
            "text],\"v\":value}; text "
            "clauses have no \"v\".\nContract: " +
            normalizeQuote(title) + " | Part " + std::to_string(window.part) + " of " + std::to_string(window.parts);
    if (!window.sectionPath.empty())
        user += " | " + std::string(innerPath(window.sectionPath, kMaxPathBytes));
    if (!window.stub.empty())
        user += "\n" + window.stub;
    user += "\n\n";
    const size_t textAt = user.size();
    user += canonicalText.substr(window.range.begin, window.range.size());
    return {std::move(user), textAt};
}

} // namespace cw
