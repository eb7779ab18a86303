// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "app/services/suggestion_service.h"

#include "app/services/evaluation_service.h"
#include "core/eval/contract_outputs.h"
#include "core/suggest/rules.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <utility>

namespace cw {

namespace {

bool hasOpenClause(const std::vector<Cell>& cells) {
    return std::any_of(cells.begin(), cells.end(), [](const Cell& cell) { return !cell.isReviewed(); });
}

// The mode whose answers are shown: constrained decoding can't be malformed.
const std::string& bestMode(const ScoredRun& run) {
    static const std::string constrained = "constrained", free = "free";
    return run.byMode.contains(constrained) ? constrained : free;
}

std::map<ContractId, std::vector<const OutputRow*>> rowsByContract(const ScoredRun& run) {
    const bool constrained = bestMode(run) == "constrained";
    std::map<ContractId, std::vector<const OutputRow*>> rows;
    for (const OutputRow& row : run.outputs)
        if (row.constrained == constrained)
            rows[row.meta.contract].push_back(&row);
    return rows;
}

Request requestOfRows(const std::vector<const OutputRow*>& rows, const Taxonomy& taxonomy) {
    std::set<std::string> asked;
    for (const OutputRow* row : rows)
        for (const std::string& key : row->meta.request.keys)
            asked.insert(key);
    Request request;
    for (const std::string& key : taxonomy.keys())
        if (asked.contains(key))
            request.keys.push_back(key);
    return request;
}

double scoreOf(const Tally& tally, bool present) {
    const int right = present ? tally.tp : tally.tn;
    const int all = present ? tally.predicted() : tally.tn + tally.fn;
    return (right + 1.0) / (all + 2.0);
}

// As the store takes them: found in the text, in order, without overlap.
std::vector<Span> spansOf(std::vector<ByteRange> ranges, std::string_view text) {
    std::sort(ranges.begin(), ranges.end());
    std::vector<Span> spans;
    for (const ByteRange range : ranges)
        if (!range.empty() && (spans.empty() || range.begin >= spans.back().range.end))
            spans.push_back({range, std::string(text.substr(range.begin, range.size()))});
    return spans;
}

OtherReading otherReadingOf(const Alternative& other, std::string_view text) {
    return {other.value, spansOf(other.ranges, text), static_cast<int>(other.window) + 1,
            other.margin ? std::optional(static_cast<double>(*other.margin)) : std::nullopt};
}

std::optional<Suggestion> suggestionOf(const MergedCell& cell, const PredictedFinding& predicted, const Tally& tally, std::string_view text) {
    if (predicted.cell.invalid)
        return std::nullopt;
    const std::string& key = cell.key;
    Suggestion out;
    if (cell.margin)
        out.margin = static_cast<double>(*cell.margin);
    for (const Alternative& other : cell.alternatives)
        out.others.push_back(otherReadingOf(other, text));
    out.clause = key;
    out.state = predicted.cell.finding ? CellState::Present : CellState::Absent;
    out.score = scoreOf(tally, out.state == CellState::Present);
    if (!predicted.cell.finding)
        return out;
    out.spans = spansOf(predicted.ranges, text);
    if (out.spans.empty() || out.spans.size() != predicted.ranges.size())
        return std::nullopt; // not all in the text, or not as the store takes them
    out.value = predicted.cell.finding->value;
    return out;
}

// The run's taxonomy may be older than the project's: what the project no longer has is left out.
ContractSuggestions answersOf(const ContractId& contract, const std::vector<const OutputRow*>& rows, const ScoredRun& run,
                              const std::string& text, const Taxonomy& taxonomy) {
    const Request request = requestOfRows(rows, run.taxonomy);
    const ContractOutputs outputs(contract, rows, run.taxonomy, &text);
    const auto predictions = outputs.predictions(request);
    const auto merged = outputs.merged(request);
    const auto& perClause = run.byMode.at(bestMode(run)).strict.perClause;
    ContractSuggestions out{contract, {}};
    for (size_t i = 0; i < request.keys.size(); ++i) {
        if (!taxonomy.find(request.keys[i]))
            continue;
        const auto tally = perClause.find(request.keys[i]);
        if (auto each = suggestionOf(merged[i], predictions[i], tally == perClause.end() ? Tally() : tally->second, text))
            out.suggestions.push_back(std::move(*each));
    }
    return out;
}

struct Outcomes {
    SuggestionTally tally;
    std::vector<int> dwells;
};

void count(Outcomes& outcomes, SuggestionOutcome outcome, int dwellMs) {
    switch (outcome) {
    case SuggestionOutcome::Open:
        ++outcomes.tally.open;
        return;
    case SuggestionOutcome::Accepted:
        ++outcomes.tally.accepted;
        break;
    case SuggestionOutcome::Corrected:
        ++outcomes.tally.corrected;
        break;
    case SuggestionOutcome::Rejected:
        ++outcomes.tally.rejected;
        break;
    }
    if (dwellMs > 0)
        outcomes.dwells.push_back(dwellMs);
}

using OutcomesByOrigin = std::map<std::pair<std::string, bool>, Outcomes>; // the origin, and whether it was kept blind

void count(OutcomesByOrigin& byOrigin, const ContractId& contract, const std::vector<Suggestion>& suggestions, const std::vector<Cell>& decided) {
    std::map<std::string, const Cell*> cells;
    for (const Cell& cell : decided)
        cells[cell.clause] = &cell;
    for (const Suggestion& suggestion : suggestions) {
        const bool blind = isKeptBlind(contract, suggestion.clause);
        const auto cell = cells.find(suggestion.clause);
        // A cell decided without seeing this suggestion tells something only where it was hidden on purpose.
        if (cell != cells.end() && !blind && cell->second->suggestion != suggestion.origin)
            continue;
        Outcomes& outcomes = byOrigin[{suggestion.origin, blind}];
        cell == cells.end() ? count(outcomes, SuggestionOutcome::Open, 0)
                            : count(outcomes, outcomeOf(suggestion, *cell->second), cell->second->dwellMs);
    }
}

// What each reader decided without the other: once the two are compared the record is what came of both, so the first reading stands for
// its own; until then the record does. Of a second reading as much as there is.
Result<std::array<std::map<ContractId, std::vector<Cell>>, 2>> cellsByReader(AnnotationStore& annotations) {
    CW_TRY_ASSIGN(first, annotations.touchedCells());
    CW_TRY_ASSIGN(compared, annotations.touchedCells(Reading::First));
    CW_TRY_ASSIGN(second, annotations.touchedCells(Reading::Second));
    for (auto& [contract, cells] : compared)
        first[contract] = std::move(cells);
    return std::array{std::move(first), std::move(second)};
}

double medianSeconds(std::vector<int> dwells) {
    if (dwells.empty())
        return 0;
    const auto middle = dwells.begin() + static_cast<std::ptrdiff_t>(dwells.size() / 2);
    std::nth_element(dwells.begin(), middle, dwells.end());
    return *middle / 1000.0;
}

} // namespace

Result<Suggestions> suggestionsByRules(StoreSession& session) {
    Suggestions out{std::string(kRulesOrigin), {}, 0};
    CW_TRY_ASSIGN(contracts, session.store().contracts().all());
    for (const Contract& contract : contracts) {
        CW_TRY_ASSIGN(cells, session.store().annotations().cells(contract.id, session.readingOf(contract.id)));
        if (!hasOpenClause(cells))
            continue;
        CW_TRY_ASSIGN(text, session.store().contracts().text(contract.id));
        out.contracts.push_back({contract.id, suggestByRules(text, session.taxonomy())});
    }
    return out;
}

Result<Suggestions> suggestionsOfRun(StoreSession& session, const RunFolder& folder) {
    CW_TRY_ASSIGN(run, scoreRun(folder));
    Suggestions out{run->id.value, {}, 0};
    for (const auto& [contract, rows] : rowsByContract(*run)) {
        const auto frozen = run->texts.find(contract);
        const auto now = session.store().contracts().text(contract);
        if (!now || frozen == run->texts.end() || *now != frozen->second) {
            ++out.otherTexts;
            continue;
        }
        out.contracts.push_back(answersOf(contract, rows, *run, *now, session.taxonomy()));
    }
    return out;
}

Result<SuggestionReport> saveSuggestions(StoreSession& session, const Suggestions& suggestions) {
    SuggestionReport report;
    report.otherTexts = suggestions.otherTexts;
    const Status saved = session.store().atomically([&]() -> Status {
        for (const ContractSuggestions& each : suggestions.contracts) {
            CW_TRY(session.store().suggestions().replace(each.contract, suggestions.origin, each.suggestions));
            ++report.contracts;
            for (const Suggestion& suggestion : each.suggestions) {
                ++(suggestion.state == CellState::Present ? report.present : report.absent);
                report.disagreements += !suggestion.others.empty();
            }
        }
        return {};
    });
    CW_TRY(saved);
    session.notifySuggestions();
    return report;
}

Result<std::vector<SuggestionTally>> suggestionOutcomes(StoreSession& session) {
    CW_TRY_ASSIGN(suggestions, session.store().suggestions().all());
    CW_TRY_ASSIGN(decided, cellsByReader(session.store().annotations()));
    OutcomesByOrigin byOrigin;
    for (const auto& [contract, each] : suggestions)
        for (size_t reader = 0; reader < decided.size(); ++reader)
            if (const auto cells = decided[reader].find(contract); cells != decided[reader].end())
                count(byOrigin, contract, each, cells->second);
            else if (reader == 0)
                count(byOrigin, contract, each, {});
    std::vector<SuggestionTally> out;
    for (auto& [key, outcomes] : byOrigin) {
        outcomes.tally.origin = key.first;
        outcomes.tally.blind = key.second;
        outcomes.tally.medianDwellSeconds = medianSeconds(std::move(outcomes.dwells));
        out.push_back(outcomes.tally);
    }
    return out;
}

} // namespace cw
