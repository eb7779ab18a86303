// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "app/services/pair_service.h"

#include "core/base/rng.h"
#include "core/eval/scorer.h"
#include "core/eval/window_gold.h"

#include <algorithm>
#include <optional>
#include <set>
#include <utility>

namespace cw {

namespace {

// A clause that the contract doesn't have anywhere.
bool inventsClause(const Answer& answer, const GoldRow& gold) {
    return std::any_of(answer.cells.begin(), answer.cells.end(), [&](const AnswerCell& cell) {
        const auto index = goldIndex(gold, cell.key);
        return cell.finding && index && !gold.answer.cells[*index].finding;
    });
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

PreferencePair makePair(const RunAnswers& answers, const ChatRow& prompt, const OutputRow& output, std::string reference,
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
    pair.run = answers.run();
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

} // namespace

Result<MinedPairs> findPairs(StoreSession& reader, const RunFolder& folder, const MineOptions& options) {
    CW_TRY_ASSIGN(spec, folder.readSpec());
    if (spec.kind != RunKind::Generate && spec.kind != RunKind::Evaluate)
        return Error{ErrorCode::BadUsage, "A run of kind " + std::string(toString(spec.kind)) + " writes no answers to mine.",
                     "Choose a generate run, or start one over the train side."};
    CW_TRY_ASSIGN(answers, RunAnswers::read(folder));
    CW_TRY_ASSIGN(locked, reader.store().splits().lockedTestContracts());
    const long long now = unixMilliseconds(reader.store().clock().now());
    MinedPairs mined;
    for (const OutputRow& output : answers.outputs()) {
        const ChatRow* prompt = answers.promptOf(output);
        const GoldRow* gold = answers.goldOf(output.meta.contract);
        if (!prompt || !gold)
            continue;
        const auto origin = originOf(output, *gold, answers.taxonomy(), options);
        const auto reference = origin ? answers.referenceAnswer(*prompt) : std::nullopt;
        if (!reference || *reference == output.output)
            continue;
        if (locked.count(output.meta.contract)) {
            ++mined.report.locked;
            continue;
        }
        ++(*origin == PairOrigin::Malformed ? mined.report.malformed : mined.report.hallucinated);
        mined.pairs.push_back(makePair(answers, *prompt, output, *reference, *origin, now));
    }
    return mined;
}

Result<MineReport> addPairs(StoreSession& session, const MinedPairs& mined) {
    CW_TRY_ASSIGN(added, session.store().preferences().add(mined.pairs));
    if (added > 0)
        session.notifyPairs();
    MineReport report = mined.report;
    report.added = added;
    return report;
}

Result<MineReport> minePairs(StoreSession& session, const RunFolder& folder, const MineOptions& options) {
    CW_TRY_ASSIGN(mined, findPairs(session, folder, options));
    return addPairs(session, mined);
}

Result<PreferencePair> pairOfCell(StoreSession& session, const RunAnswers& answers, const std::string& mode, const ScoredCell& cell) {
    CW_TRY_ASSIGN(locked, session.store().splits().lockedTestContracts());
    if (locked.count(cell.contract))
        return Error{ErrorCode::BadUsage, cell.contract.value + " is locked in a test side, so no preference pair may be made of it: a model would learn its own test.",
                     "Make pairs from an evaluation of the train or validation side."};
    if (cell.strict.right())
        return Error{ErrorCode::BadUsage, "The run's answer to this clause is right, so there is nothing to reject.", "Make pairs from wrong answers."};
    const GoldRow* gold = answers.goldOf(cell.contract);
    const ClauseType* type = answers.taxonomy().find(cell.clause);
    const TimePoint now = session.store().clock().now();
    std::optional<PreferencePair> best;
    int bestShown = -1;
    for (const OutputRow& output : answers.outputs()) {
        if (output.meta.contract != cell.contract || output.constrained != (mode == "constrained") || !gold || !type)
            continue;
        const ChatRow* prompt = answers.promptOf(output);
        const auto reference = prompt ? answers.referenceAnswer(*prompt) : std::nullopt;
        const auto right = reference ? parseCanonical(*reference, output.meta.request, answers.taxonomy()) : Result<Answer>(Answer());
        const int shown = shownPlaces(output.meta.window, cell);
        if (!right || !right->find(cell.clause) || shown <= bestShown)
            continue;
        const Assessment judged = assess(output.output, output.meta.request, answers.taxonomy(), output.finish == FinishReason::Stop);
        if (!errsAt(*type, judged, *right, *gold))
            continue;
        const PairOrigin origin = judged.level < Validity::V3                        ? PairOrigin::Malformed
                                  : cell.strict.outcome == Outcome::FalsePositive ? PairOrigin::Hallucinated
                                                                                  : PairOrigin::Candidates;
        best = makePair(answers, *prompt, output, *reference, origin, unixMilliseconds(now));
        bestShown = shown;
    }
    if (!best)
        return Error{ErrorCode::BadUsage, "No single output of this run is wrong about this clause by what its prompt showed, so there is no pair to make.",
                     "Look at another example."};
    best->verdict = Verdict::FirstBetter;
    best->reasons = {std::string(toString(cell.strict.kind))};
    best->annotator = session.store().identity().person;
    best->votedAt = formatUtc(now);
    best->firstShownLeft = showFirstLeft(best->id, best->annotator);
    return *best;
}

bool showFirstLeft(const PairId& pair, const std::string& annotator) {
    constexpr std::uint64_t kSeed = 0x626c696e64; // "blind"
    return Rng(kSeed, pair.value + '\n' + annotator).below(2) == 0;
}

} // namespace cw
