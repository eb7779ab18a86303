// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "app/services/pair_service.h"

#include "core/base/file.h"
#include "core/base/rng.h"
#include "core/eval/scorer.h"
#include "core/eval/window_gold.h"

#include <algorithm>
#include <optional>
#include <set>
#include <utility>

namespace cw {

namespace {

// The answer that a prompt should have got, or nothing if the gold doesn't know one of its keys.
std::optional<std::string> referenceAnswer(const ChatRow& prompt, const GoldRow& gold) {
    if (!prompt.assistant.empty())
        return prompt.assistant;
    const auto answer = goldOfWindow(gold, prompt.meta.request, prompt.meta.window);
    return answer ? std::optional(encodeAnswer(*answer)) : std::nullopt;
}

// A clause that the contract doesn't have anywhere.
bool inventsClause(const Answer& answer, const GoldRow& gold) {
    return std::any_of(answer.cells.begin(), answer.cells.end(), [&](const AnswerCell& cell) {
        const auto index = goldIndex(gold, cell.key);
        return cell.finding && index && !gold.answer.cells[*index].finding;
    });
}

// What a run's folder gives to mine from.
struct Mine {
    RunId run;
    Taxonomy taxonomy;
    std::vector<ChatRow> prompts;
    std::vector<OutputRow> outputs;
    std::map<ContractId, GoldRow> gold;

    const ChatRow* promptOf(const OutputRow& output) const {
        const auto found = std::find_if(prompts.begin(), prompts.end(), [&](const ChatRow& row) {
            return row.meta.contract == output.meta.contract && row.meta.part == output.meta.part &&
                   row.meta.window == output.meta.window;
        });
        return found == prompts.end() ? nullptr : &*found;
    }
};

Result<Mine> openMine(const RunFolder& folder) {
    Mine mine;
    mine.run = folder.id();
    CW_TRY_ASSIGN(json, readFile(folder.taxonomy()));
    CW_TRY_ASSIGN(taxonomy, Taxonomy::fromJson(json, folder.taxonomy().string()));
    mine.taxonomy = std::move(taxonomy);
    CW_TRY_ASSIGN(prompts, readChatRows(folder.prompts()));
    mine.prompts = std::move(prompts);
    CW_TRY_ASSIGN(outputs, readOutputRows(folder.predictions()));
    mine.outputs = std::move(outputs);
    CW_TRY_ASSIGN(gold, readGoldRows(folder.gold(), mine.taxonomy));
    for (GoldRow& row : gold)
        mine.gold.emplace(row.contract, std::move(row));
    return mine;
}

// Why an output is worth a pair, or nothing.
std::optional<PairOrigin> originOf(const OutputRow& output, const GoldRow& gold, const Taxonomy& taxonomy,
                                   const MineOptions& options) {
    const Assessment judged = assess(output.output, output.meta.request, taxonomy, output.finish == FinishReason::Stop);
    if (judged.level < Validity::V3)
        return options.malformed ? std::optional(PairOrigin::Malformed) : std::nullopt;
    return options.hallucinated && inventsClause(*judged.answer, gold) ? std::optional(PairOrigin::Hallucinated)
                                                                       : std::nullopt;
}

PreferencePair makePair(const Mine& mine, const ChatRow& prompt, const OutputRow& output, std::string reference,
                        PairOrigin origin, long long milliseconds) {
    PreferencePair pair;
    pair.id = PairId(newUlid(milliseconds));
    pair.contract = output.meta.contract;
    pair.window = output.meta.window;
    pair.prompt = prompt.user;
    pair.request = prompt.meta.request.keys;
    pair.first = std::move(reference);
    pair.second = output.output;
    pair.origin = origin;
    pair.run = mine.run;
    return pair;
}

// How many places of the cell, of its gold or of what was taken for it, the window shows.
int shownPlaces(ByteRange window, const ScoredCell& cell) {
    int shown = 0;
    for (const auto* ranges : {&cell.goldRanges, &cell.predictedRanges})
        for (const ByteRange& range : *ranges)
            shown += !range.empty() && range.begin >= window.begin && range.end <= window.end;
    return shown;
}

// Whether an output's own answer to the clause is wrong by the strict rules, against the right answer to its prompt; one that can't be used is.
bool errsAt(const ClauseType& type, const Assessment& judged, const Answer& right, const GoldRow& gold) {
    const std::vector<std::string>& invalid = judged.invalidKeys;
    if (judged.level < Validity::V2 || std::find(invalid.begin(), invalid.end(), type.key) != invalid.end())
        return true;
    const AnswerCell *given = judged.answer->find(type.key), *wanted = right.find(type.key);
    if (!given || !wanted)
        return false;
    std::vector<OtherGold> others;
    for (const AnswerCell& other : gold.answer.cells)
        if (other.finding && other.key != type.key)
            others.push_back({other.key, &*other.finding});
    PredictedCell prediction;
    prediction.finding = given->finding;
    return !scoreCell(type, wanted->finding, prediction, Rules::Strict, others).right();
}

// The pairs of a run, with the report's counts but `added`.
std::vector<PreferencePair> findPairs(const Mine& mine, const std::set<ContractId>& locked, const MineOptions& options,
                                      long long milliseconds, MineReport& report) {
    std::vector<PreferencePair> pairs;
    for (const OutputRow& output : mine.outputs) {
        const ChatRow* prompt = mine.promptOf(output);
        const auto gold = mine.gold.find(output.meta.contract);
        if (!prompt || gold == mine.gold.end())
            continue;
        const auto origin = originOf(output, gold->second, mine.taxonomy, options);
        const auto reference = origin ? referenceAnswer(*prompt, gold->second) : std::nullopt;
        if (!reference || *reference == output.output)
            continue;
        if (locked.count(output.meta.contract)) {
            ++report.locked;
            continue;
        }
        ++(*origin == PairOrigin::Malformed ? report.malformed : report.hallucinated);
        pairs.push_back(makePair(mine, *prompt, output, *reference, *origin, milliseconds));
    }
    return pairs;
}

} // namespace

Result<MineReport> minePairs(StoreSession& session, const RunFolder& folder, const MineOptions& options) {
    CW_TRY_ASSIGN(spec, folder.readSpec());
    if (spec.kind != RunKind::Generate && spec.kind != RunKind::Evaluate)
        return Error{ErrorCode::BadUsage, "A run of kind " + std::string(toString(spec.kind)) + " writes no answers to mine.",
                     "Choose a generate run, or start one over the train side."};
    CW_TRY_ASSIGN(mine, openMine(folder));
    CW_TRY_ASSIGN(locked, session.store().splits().lockedTestContracts());
    MineReport report;
    const long long now = unixMilliseconds(session.store().clock().now());
    CW_TRY_ASSIGN(added, session.store().preferences().add(findPairs(mine, locked, options, now, report)));
    report.added = added;
    if (added > 0)
        session.notifyPairs();
    return report;
}

Result<PreferencePair> pairOfCell(StoreSession& session, const RunFolder& folder, const std::string& mode, const ScoredCell& cell) {
    CW_TRY_ASSIGN(locked, session.store().splits().lockedTestContracts());
    if (locked.count(cell.contract))
        return Error{ErrorCode::BadUsage, cell.contract.value + " is locked in a test side, so no preference pair may be made of it: a model would learn its own test.",
                     "Make pairs from an evaluation of the train or validation side."};
    if (cell.strict.right())
        return Error{ErrorCode::BadUsage, "The run's answer to this clause is right, so there is nothing to reject.", "Make pairs from wrong answers."};
    CW_TRY_ASSIGN(mine, openMine(folder));
    const auto gold = mine.gold.find(cell.contract);
    const ClauseType* type = mine.taxonomy.find(cell.clause);
    std::optional<PreferencePair> best;
    int bestShown = -1;
    for (const OutputRow& output : mine.outputs) {
        if (output.meta.contract != cell.contract || output.constrained != (mode == "constrained") || gold == mine.gold.end() || !type)
            continue;
        const ChatRow* prompt = mine.promptOf(output);
        const auto reference = prompt ? referenceAnswer(*prompt, gold->second) : std::nullopt;
        const auto right = reference ? parseCanonical(*reference, output.meta.request, mine.taxonomy) : Result<Answer>(Answer());
        const int shown = shownPlaces(output.meta.window, cell);
        if (!right || shown <= bestShown)
            continue;
        const Assessment judged = assess(output.output, output.meta.request, mine.taxonomy, output.finish == FinishReason::Stop);
        if (!right->find(cell.clause) || !errsAt(*type, judged, *right, gold->second))
            continue;
        const long long now = unixMilliseconds(session.store().clock().now());
        const PairOrigin origin = judged.level < Validity::V3                        ? PairOrigin::Malformed
                                  : cell.strict.outcome == Outcome::FalsePositive ? PairOrigin::Hallucinated
                                                                                  : PairOrigin::Candidates;
        best = makePair(mine, *prompt, output, *reference, origin, now);
        bestShown = shown;
    }
    if (!best)
        return Error{ErrorCode::BadUsage, "No single output of this run is wrong about this clause by what its prompt showed, so there is no pair to make.",
                     "Look at another example."};
    best->verdict = Verdict::FirstBetter;
    best->reasons = {std::string(toString(cell.strict.kind))};
    best->annotator = session.store().identity().person;
    best->votedAt = formatUtc(session.store().clock().now());
    best->firstShownLeft = showFirstLeft(best->id, best->annotator);
    return *best;
}

bool showFirstLeft(const PairId& pair, const std::string& annotator) {
    constexpr std::uint64_t kSeed = 0x626c696e64; // "blind"
    return Rng(kSeed, pair.value + '\n' + annotator).below(2) == 0;
}

} // namespace cw
