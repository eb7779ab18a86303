// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "app/services/warm_start.h"

#include "app/services/run_dataset.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <filesystem>
#include <map>
#include <set>

namespace cw {

namespace {

namespace fs = std::filesystem;

bool isAliveOrDone(RunState state) {
    return state == RunState::Waiting || state == RunState::Running || state == RunState::Done;
}

bool isWithin(const fs::path& path, const fs::path& folder) {
    const fs::path relative = path.lexically_relative(folder);
    return !relative.empty() && *relative.begin() != "..";
}

// The split that an adapter was trained on; empty where no run of this project made it.
std::string splitOfAdapter(const RunSupervisor& runs, const std::string& adapter) {
    for (const RunId& id : runs.runs())
        if (const RunView* run = runs.view(id); run && isWithin(adapter, runs.folder(*run).root()))
            return run->record.split;
    return {};
}

// An evaluation on a test side with how it was asked.
struct Evaluated {
    RunId id;
    RunRequest request;
};

std::vector<Evaluated> evaluationsOf(const RunSupervisor& runs, const std::string& adapter, const std::string& split) {
    std::vector<Evaluated> found;
    for (const RunId& id : runs.runs()) {
        const RunView* run = runs.view(id);
        if (!run || run->spec.kind != RunKind::Evaluate || run->spec.adapter != adapter || run->record.split != split || !isAliveOrDone(run->state))
            continue;
        if (auto request = readRequest(runs.folder(*run)); request && request->side == Side::Test)
            found.push_back({id, std::move(*request)});
    }
    return found;
}

bool isSameQuestion(const RunRequest& a, const RunRequest& b) {
    return datasetChoice(a) == datasetChoice(b) && a.spec.decoding == b.spec.decoding && a.spec.maxNewTokens == b.spec.maxNewTokens;
}

// The newest two that asked the same; else the newest of either.
WarmStartSide sideOf(const RunSupervisor& runs, const WarmStart& warmStart, const std::string& split) {
    const auto before = evaluationsOf(runs, warmStart.start, split), after = evaluationsOf(runs, warmStart.result, split);
    for (const Evaluated& later : after)
        for (const Evaluated& earlier : before)
            if (isSameQuestion(earlier.request, later.request))
                return {split, earlier.id, later.id};
    WarmStartSide side{split, {}, {}};
    if (!after.empty())
        side.after = after.front().id;
    else if (!before.empty())
        side.before = before.front().id;
    return side;
}

// How the run itself asks, on a test side.
RunRequest askLike(const RunSupervisor& runs, const RunView& run, const std::string& split) {
    RunRequest request;
    if (auto asked = readRequest(runs.folder(run)))
        request.data = asked->data;
    request.data.split = split;
    request.data.negatives = 1;
    request.side = Side::Test;
    request.spec = defaultSpec(RunKind::Evaluate);
    request.spec.model = run.spec.model;
    request.spec.dtype = run.spec.dtype;
    request.spec.threads = run.spec.threads;
    request.spec.maxLength = run.spec.maxLength;
    return request;
}

// "2.5 points": one digit behind the point.
std::string points(double share) {
    std::array<char, 32> text{};
    std::snprintf(text.data(), text.size(), "%.1f points", 100 * share);
    return text.data();
}

std::string contractsWord(int contracts) { return std::to_string(contracts) + (contracts == 1 ? " contract" : " contracts"); }

const char* firstCommonMode(const ScoredRun& a, const ScoredRun& b) {
    for (const char* mode : {"free", "constrained"})
        if (a.byMode.contains(mode) && b.byMode.contains(mode))
            return mode;
    return nullptr;
}

} // namespace

std::optional<WarmStart> warmStartOf(const RunSupervisor& runs, const RunId& id) {
    const RunView* run = runs.view(id);
    if (!run || !makesAdapter(run->spec.kind) || run->spec.adapter.empty() || run->state != RunState::Done)
        return std::nullopt;
    WarmStart found;
    found.run = id;
    found.start = run->spec.adapter;
    found.result = fs::absolute(runs.folder(*run).adapter()).lexically_normal().string();
    for (const std::string& split : {splitOfAdapter(runs, found.start), run->record.split})
        if (!split.empty() && (found.sides.empty() || found.sides.front().split != split))
            found.sides.push_back(sideOf(runs, found, split));
    return found.sides.empty() ? std::nullopt : std::optional(found);
}

std::vector<RunRequest> missingEvaluations(const RunSupervisor& runs, const WarmStart& warmStart) {
    std::vector<RunRequest> missing;
    const RunView& run = *runs.view(warmStart.run);
    for (const WarmStartSide& side : warmStart.sides)
        for (const bool isAfter : {false, true}) {
            if (isAfter ? side.after.has_value() : side.before.has_value())
                continue;
            RunRequest request = askLike(runs, run, side.split);
            if (const auto& counterpart = isAfter ? side.before : side.after)
                if (auto asked = readRequest(runs.folder(*runs.view(*counterpart))))
                    request = std::move(*asked);
            request.spec.adapter = isAfter ? warmStart.result : warmStart.start;
            request.spec.name = (isAfter ? "After " : "Before ") + run.record.name;
            missing.push_back(std::move(request));
        }
    return missing;
}

std::string precisionNote(const BeforeAfterSlice& slice) {
    const int contracts = slice.cells.total.contracts;
    std::string note;
    if (const auto detectable = slice.change.detectable())
        note = "With " + contractsWord(contracts) + " a change below " + points(*detectable) + " would often go unseen.";
    if (const auto half = slice.score.halfWidth()) {
        const int needed = *slice.score.contractsFor(kWantedHalfWidth);
        note += (note.empty() ? "" : " ") + std::string("The score is known to ") + points(*half) + " either way; ";
        note += needed <= contracts ? "that is close enough." : "for " + points(kWantedHalfWidth) + " it takes about " + contractsWord(needed) + ".";
    }
    if (!note.empty() && contracts < kFewContracts)
        note += " From so few contracts this itself is rough.";
    return note;
}

Status addSlices(BeforeAfter& out, const std::string& split, const RunFolder& before, const RunFolder& after) {
    CW_TRY_ASSIGN(earlier, scoreRun(before));
    CW_TRY_ASSIGN(later, scoreRun(after));
    const char* mode = firstCommonMode(*earlier, *later);
    if (!mode)
        return Error{ErrorCode::BadInput, "The two evaluations have no decoding in common.", "Evaluate both with the same decoding."};
    out.mode = mode;
    std::map<ContractId, std::string> languages;
    std::set<std::string> all;
    for (const GoldRow& row : later->gold)
        all.insert(languages[row.contract] = row.language);
    const Evaluation &was = earlier->byMode.at(mode), &is = later->byMode.at(mode);
    const auto slice = [&](const std::string& language, const OfContract& of) {
        return BeforeAfterSlice{split, language, comparePaired(was, is, Rules::Strict, of), changePrecision(was, is, Rules::Strict, of),
                                accuracyPrecision(is, Rules::Strict, of)};
    };
    auto whole = slice("", {});
    if (whole.cells.total.cells == 0)
        return Error{ErrorCode::BadInput, "The two evaluations have no reviewed cell of the same contract in common.",
                     "Compare evaluations of the same side of the same split."};
    out.slices.push_back(std::move(whole));
    for (const std::string& language : all)
        if (all.size() > 1)
            out.slices.push_back(slice(language, [&](const ContractId& id) {
                const auto found = languages.find(id);
                return found != languages.end() && found->second == language;
            }));
    if (const auto gap = gapChange(was, is, facetsOf(later->gold, {}, {}), Rules::Strict, {Facet::Language, "en-GB"}, {Facet::Language, "en-US"}))
        out.gaps.push_back({split, *gap});
    out.scored.push_back(std::move(earlier));
    out.scored.push_back(std::move(later));
    return {};
}

} // namespace cw
