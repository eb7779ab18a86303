// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "core/store/match_expression.h"

namespace cw {

namespace {

std::string expression(const SearchTerm& term) {
    std::string out = "\"";
    for (const std::string& word : term.words)
        out += (out.size() > 1 ? " " : "") + word;
    return out + (term.prefix ? "\" *" : "\"");
}

std::string anyOf(const std::vector<SearchTerm>& terms) {
    std::string out;
    for (const SearchTerm& term : terms)
        out += (out.empty() ? "" : " OR ") + expression(term);
    return "(" + out + ")";
}

} // namespace

std::string matchExpression(const SearchQuery& query) {
    std::string out;
    for (const std::vector<SearchTerm>& alternatives : query.all)
        out += (out.empty() ? "" : " AND ") + anyOf(alternatives);
    return query.without.empty() ? out : "(" + out + ") NOT " + anyOf(query.without);
}

} // namespace cw
