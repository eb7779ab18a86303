// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Gold answers: what a contract's annotation asks, and the target of each of its windows.
#include "core/prompt/prompt.h"
#include "core/prompt/stub.h"
#include "core/text/lines.h"
#include "core/text/quote.h"

#include <algorithm>
#include <utility>

namespace cw {

namespace {

const Cell* findCell(const std::vector<Cell>& cells, std::string_view key) {
    const auto found = std::find_if(cells.begin(), cells.end(), [&](const Cell& cell) { return cell.clause == key; });
    return found == cells.end() ? nullptr : &*found;
}

std::vector<Span> inOrder(std::vector<Span> spans) {
    std::sort(spans.begin(), spans.end(), [](const Span& a, const Span& b) { return a.range < b.range; });
    return spans;
}

ClauseValue normalizedValue(ClauseValue value) {
    if (auto* parties = std::get_if<std::vector<Party>>(&value))
        for (Party& party : *parties)
            party.name = normalizeQuote(party.name);
    return value;
}

Finding findingOf(const std::vector<Span>& spans, const ClauseValue& value) {
    Finding finding{{}, normalizedValue(value)};
    for (const Span& span : inOrder(spans))
        finding.quotes.push_back(normalizeQuote(span.quote));
    return finding;
}

Finding findingOf(const Cell& cell) { return findingOf(cell.spans, cell.value); }

bool isAskable(const Cell& cell, const ClauseType& type) {
    return cell.isReviewed() && (cell.state == CellState::Absent || checkFinding(type, findingOf(cell)));
}

// A present cell with what became of its spans.
struct PresentCell {
    const Cell* cell;
    std::vector<Span> spans;    // in order, without white space at their ends
    std::vector<bool> isPlaced; // in some window's answer
};

PresentCell presentCell(std::string_view text, const Cell& cell) {
    PresentCell present{&cell, inOrder(cell.spans), {}};
    for (Span& span : present.spans)
        span.range = trimmedRange(text, span.range);
    present.isPlaced.assign(present.spans.size(), false);
    return present;
}

std::optional<Finding> findingIn(const Window& window, PresentCell& present) {
    Finding finding{{}, normalizedValue(present.cell->value)};
    std::vector<size_t> held;
    for (size_t i = 0; i < present.spans.size(); ++i) {
        if (!window.range.contains(present.spans[i].range))
            continue;
        finding.quotes.push_back(normalizeQuote(present.spans[i].quote));
        held.push_back(i);
    }
    if (held.empty() || !keepNamedParties(finding))
        return std::nullopt;
    for (size_t i : held)
        present.isPlaced[i] = true;
    return finding;
}

void listLost(const PresentCell& present, std::vector<LostSpan>& lost) {
    for (size_t i = 0; i < present.spans.size(); ++i)
        if (!present.isPlaced[i])
            lost.push_back({present.cell->clause, present.spans[i].range});
}

// One requested type: its cell in each window, or nothing if no window's answer can hold any of its spans.
std::optional<std::vector<AnswerCell>> answersOf(const Cell& cell, std::string_view text,
                                                 const std::vector<Window>& windows, std::vector<LostSpan>& lost) {
    std::vector<AnswerCell> answers(windows.size(), AnswerCell{cell.clause, std::nullopt});
    if (cell.state == CellState::Absent)
        return answers;
    PresentCell present = presentCell(text, cell);
    for (size_t i = 0; i < windows.size(); ++i)
        answers[i].finding = findingIn(windows[i], present);
    listLost(present, lost);
    const bool anyPlaced = std::find(present.isPlaced.begin(), present.isPlaced.end(), true) != present.isPlaced.end();
    return anyPlaced ? std::optional(std::move(answers)) : std::nullopt;
}

} // namespace

Request requestOf(const std::vector<Cell>& cells, const Taxonomy& taxonomy) {
    Request request;
    for (const ClauseType& type : taxonomy.types())
        if (const Cell* cell = findCell(cells, type.key); cell && isAskable(*cell, type))
            request.keys.push_back(type.key);
    return request;
}

ContractTargets makeTargets(std::string_view canonicalText, const std::vector<Cell>& cells, const Taxonomy& taxonomy,
                            const ChunkSettings& settings, const std::vector<std::string>& only) {
    ContractTargets targets;
    for (const Window& window : windowsOf(canonicalText, settings))
        targets.windows.push_back({window, {}, {}});
    std::vector<Window> windows;
    for (const WindowTarget& target : targets.windows)
        windows.push_back(target.window);

    for (const ClauseType& type : taxonomy.types()) {
        const Cell* cell = findCell(cells, type.key);
        if (!cell || !cell->isReviewed() ||
            (!only.empty() && std::find(only.begin(), only.end(), type.key) == only.end()))
            continue;
        if (!isAskable(*cell, type)) {
            listLost(presentCell(canonicalText, *cell), targets.lost);
            continue;
        }
        const auto answers = answersOf(*cell, canonicalText, windows, targets.lost);
        if (!answers)
            continue;
        targets.request.keys.push_back(type.key);
        for (size_t i = 0; i < windows.size(); ++i)
            targets.windows[i].answer.cells.push_back((*answers)[i]);
    }
    if (targets.request.keys.empty())
        targets.windows.clear(); // nothing to ask
    for (WindowTarget& target : targets.windows)
        target.text = encodeAnswer(target.answer);
    return targets;
}

Answer goldAnswer(const std::vector<Cell>& cells, const Request& request) {
    Answer answer;
    for (const std::string& key : request.keys) {
        const Cell* cell = findCell(cells, key);
        const bool present = cell && cell->state == CellState::Present;
        answer.cells.push_back({key, present ? std::optional(findingOf(*cell)) : std::nullopt});
    }
    return answer;
}

std::vector<Finding> acceptedFindings(const Cell& cell) {
    std::vector<Finding> findings;
    for (const AcceptedAnswer& answer : cell.alternatives)
        findings.push_back(findingOf(answer.spans, answer.value));
    return findings;
}

} // namespace cw
