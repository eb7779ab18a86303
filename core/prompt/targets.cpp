// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Gold answers, of a window and of a whole contract.
#include "core/base/utf.h"
#include "core/prompt/prompt.h"
#include "core/text/quote.h"

#include <algorithm>

namespace cw {

namespace {

const Cell* cellOf(const std::vector<Cell>& cells, const std::string& key) {
    const auto found = std::find_if(cells.begin(), cells.end(), [&](const Cell& cell) { return cell.clause == key; });
    return found == cells.end() ? nullptr : &*found;
}

// A party list names only parties whose name stands in one of the quotes: the answer must follow from what it quotes.
ClauseValue valueFor(const ClauseValue& value, const std::vector<std::string>& quotes) {
    const auto* parties = std::get_if<std::vector<Party>>(&value);
    if (!parties)
        return value;
    std::vector<Party> named;
    for (const Party& party : *parties)
        if (std::any_of(quotes.begin(), quotes.end(), [&](const std::string& quote) { return quote.find(party.name) != std::string::npos; }))
            named.push_back(party);
    return named.empty() ? ClauseValue() : ClauseValue(std::move(named));
}

// Spans that an answer can quote at all; the others are lost wherever the windows lie.
std::vector<Span> quotable(const Cell& cell, std::vector<LostSpan>& lost) {
    std::vector<Span> out;
    for (const Span& span : cell.spans) {
        const std::string quote = normalizeQuote(span.quote);
        if (quote.empty() || codePointCount(quote) > kMaxQuoteCodePoints || out.size() == kMaxQuotes)
            lost.push_back({cell.clause, span.range});
        else
            out.push_back(span);
    }
    return out;
}

struct GoldCell {
    const Cell* cell;
    const ClauseType* type;
    std::vector<Span> spans;
};

// The finding of one window: quotes of the spans that lie in it whole. A party list without a named party has no legal value there, so
// its quotes (aliases, signature lines) are left to the window that names the parties.
std::optional<Finding> findingIn(const GoldCell& gold, ByteRange window) {
    Finding finding;
    for (const Span& span : gold.spans)
        if (window.contains(span.range))
            finding.quotes.push_back(normalizeQuote(span.quote));
    if (finding.quotes.empty())
        return std::nullopt;
    finding.value = valueFor(gold.cell->value, finding.quotes);
    if (gold.type->kind == ValueKind::PartyList && !hasValue(finding.value))
        return std::nullopt;
    return finding;
}

} // namespace

Answer goldAnswer(const std::vector<Cell>& cells, const Request& request) {
    Answer answer;
    for (const std::string& key : request.keys) {
        AnswerCell out{key, {}};
        if (const Cell* cell = cellOf(cells, key); cell && cell->state == CellState::Present) {
            Finding finding{{}, cell->value};
            for (const Span& span : cell->spans)
                finding.quotes.push_back(normalizeQuote(span.quote));
            out.finding = std::move(finding);
        }
        answer.cells.push_back(std::move(out));
    }
    return answer;
}

ContractTargets makeTargets(std::string_view canonicalText, const std::vector<Cell>& cells, const Taxonomy& taxonomy,
                            const ChunkSettings& settings, const std::vector<std::string>& only) {
    ContractTargets targets;
    std::vector<GoldCell> gold;
    for (const std::string& key : requestOf(cells, taxonomy).keys) {
        if (!only.empty() && std::find(only.begin(), only.end(), key) == only.end())
            continue;
        const Cell* cell = cellOf(cells, key);
        targets.request.keys.push_back(key);
        gold.push_back({cell, taxonomy.find(key), quotable(*cell, targets.lost)});
    }
    if (gold.empty())
        return targets;
    const std::vector<Window> windows = chunk(canonicalText, settings);
    for (const GoldCell& of : gold)
        for (const Span& span : of.spans)
            if (windowOf(windows, span.range) < 0)
                targets.lost.push_back({of.cell->clause, span.range});
    for (const Window& window : windows) {
        WindowTarget target{window, {}, {}};
        for (const GoldCell& of : gold)
            target.answer.cells.push_back({of.cell->clause, findingIn(of, window.range)});
        target.text = encodeAnswer(target.answer);
        targets.windows.push_back(std::move(target));
    }
    return targets;
}

} // namespace cw
