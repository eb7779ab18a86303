// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "core/prompt/prompt.h"

#include "core/prompt/stub.h"
#include "core/text/quote.h"

namespace cw {

namespace {

constexpr std::string_view kContract = "\nContract: ";
constexpr std::string_view kPart = " | Part ";

} // namespace

std::string_view titleIn(std::string_view user) {
    const size_t line = user.find(kContract);
    if (line == std::string_view::npos)
        return {};
    const std::string_view behind = user.substr(line + kContract.size());
    const std::string_view whole = behind.substr(0, behind.find('\n'));
    // A title may have such words too, and so may a heading: the first one that a number follows.
    for (size_t at = whole.find(kPart); at != std::string_view::npos; at = whole.find(kPart, at + 1))
        if (const size_t number = at + kPart.size(); number < whole.size() && whole[number] >= '0' && whole[number] <= '9')
            return whole.substr(0, at);
    return {};
}

Prompt makePrompt(const Request& request, std::string_view title, const Window& window,
                  std::string_view canonicalText) {
    std::string user =
        "Extract clauses from the contract text below as one JSON object with exactly these keys, in this order:\n";
    for (size_t i = 0; i < request.keys.size(); ++i)
        user += (i > 0 ? ", " : "") + request.keys[i];
    user += "\nA clause that is not in the text is null. Otherwise {\"q\":[quotes copied exactly from the "
            "text],\"v\":value}; text "
            "clauses have no \"v\"." +
            std::string(kContract) + normalizeQuote(title) + std::string(kPart) + std::to_string(window.part) + " of " + std::to_string(window.parts);
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
