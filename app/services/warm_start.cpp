// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "app/services/warm_start.h"

#include "app/services/report_comparison.h"
#include "app/services/run_dataset.h"
#include "core/dataset/rows.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <filesystem>
#include <map>
#include <set>

namespace cw {

namespace {

namespace fs = std::filesystem;

bool isAliveOrDone(RunState state) { return isAlive(state) || state == RunState::Done; }

bool isWithin(const fs::path& path, const fs::path& folder) {
    const fs::path relative = path.lexically_relative(folder);
    return !relative.empty() && *relative.begin() != "..";
}

// The run that made an adapter; null where none of this project did.
const RunView* makerOf(const RunSupervisor& runs, const std::string& adapter) {
    for (const RunId& id : runs.runs())
        if (const RunView* run = runs.view(id); run && isWithin(adapter, runs.folder(*run).root()))
            return run;
    return nullptr;
}

void addLearners(WarmStart& found, const RunSupervisor& runs, const RunView& last) {
    for (const RunView* run = &last; run;) {
        const RunId& id = run->record.id;
        if (std::find(found.learners.begin(), found.learners.end(), id) != found.learners.end())
            return; // a circle of hand-written specifications
        found.learners.push_back(id);
        if (run->spec.adapter.empty())
            return;
        run = makerOf(runs, run->spec.adapter);
    }
    found.isFromElsewhere = true;
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
WarmStartSide sideOf(const RunSupervisor& runs, const WarmStart& warmStart, const std::string& split, SideOrigin origin) {
    const auto before = evaluationsOf(runs, warmStart.start, split), after = evaluationsOf(runs, warmStart.result, split);
    for (const Evaluated& later : after)
        for (const Evaluated& earlier : before)
            if (isSameQuestion(earlier.request, later.request))
                return {split, origin, earlier.id, later.id};
    WarmStartSide side{split, origin, {}, {}};
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
    const RunView* maker = makerOf(runs, found.start);
    const std::string old = maker ? maker->record.split : std::string(), now = run->record.split;
    const bool areTwo = !old.empty() && !now.empty() && old != now;
    if (!old.empty())
        found.sides.push_back(sideOf(runs, found, old, areTwo ? SideOrigin::Old : SideOrigin::Only));
    if (areTwo || (old.empty() && !now.empty()))
        found.sides.push_back(sideOf(runs, found, now, areTwo ? SideOrigin::New : SideOrigin::Only));
    addLearners(found, runs, *run);
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
            request.spec.name = (isAfter ? "After " : "Before ") + run.record.name +
                                (warmStart.sides.size() > 1 ? ", test side of " + side.split : "");
            missing.push_back(std::move(request));
        }
    return missing;
}

std::string precisionNote(const BeforeAfterSlice& slice) {
    const int contracts = slice.cells.total.contracts;
    std::string note;
    if (const auto detectable = slice.cells.detectable)
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

namespace {

// The contracts of the rows that a run learnt from, and of those that it was validated on.
Status addLearnt(std::set<ContractId>& learnt, const RunFolder& folder) {
    CW_TRY_ASSIGN(spec, folder.readSpec());
    for (const fs::path& file : {folder.train(), folder.validation()}) {
        std::error_code ignored;
        if (!fs::exists(file, ignored))
            continue;
        const auto add = [&](const auto& rows) {
            for (const auto& row : rows)
                learnt.insert(row.meta.contract);
        };
        if (spec.kind == RunKind::Dpo) {
            CW_TRY_ASSIGN(rows, readPreferenceRows(file));
            add(rows);
        } else {
            CW_TRY_ASSIGN(rows, readChatRows(file));
            add(rows);
        }
    }
    return {};
}

} // namespace

SideToCompare sideToCompare(const RunSupervisor& runs, const WarmStart& warmStart, const WarmStartSide& side) {
    SideToCompare out{side.split, side.origin, {}, warmStart.isFromElsewhere};
    for (const RunId& id : warmStart.learners)
        out.learners.push_back(runs.folder(*runs.view(id)));
    return out;
}

Status addSlices(BeforeAfter& out, const SideToCompare& side, const RunFolder& before, const RunFolder& after) {
    CW_TRY_ASSIGN(earlier, scoreRun(before));
    CW_TRY_ASSIGN(later, scoreRun(after));
    return addSlices(out, side, std::move(earlier), std::move(later));
}

Status addSlices(BeforeAfter& out, const SideToCompare& side, std::shared_ptr<const ScoredRun> earlier, std::shared_ptr<const ScoredRun> later) {
    const char* mode = firstCommonMode(*earlier, *later);
    if (!mode)
        return Error{ErrorCode::BadInput, "The two evaluations have no decoding in common.", "Evaluate both with the same decoding."};
    out.mode = mode;
    std::set<ContractId> learnt;
    for (const RunFolder& learner : side.learners)
        CW_TRY(addLearnt(learnt, learner));
    std::map<ContractId, std::string> languages; // of what is compared
    std::set<std::string> all;
    for (const GoldRow& row : later->gold)
        if (!learnt.contains(row.contract))
            all.insert(languages[row.contract] = row.language);
    if (const size_t left = later->gold.size() - languages.size(); left > 0)
        out.notes.push_back((languages.empty() ? "The test side of " + side.split + " is left out: it has nothing but "
                                               : "Left out of the test side of " + side.split + ": ") +
                            contractsWord(static_cast<int>(left)) + (left == 1 ? " that was" : " that were") + " in the training or validation data of one of the adapters.");
    if (side.hasUnknownLearner)
        out.notes.push_back("What the first adapter was trained on isn't known here: it may have seen contracts of the test side of " + side.split + ".");
    const Evaluation &was = earlier->byMode.at(mode), &is = later->byMode.at(mode);
    const auto slice = [&](const std::string& language, const OfContract& of) {
        return BeforeAfterSlice{side.split, side.origin, language, comparePaired(was, is, Rules::Strict, of), accuracyPrecision(is, Rules::Strict, of)};
    };
    auto whole = slice("", [&](const ContractId& id) { return !learnt.contains(id); });
    if (whole.cells.total.cells == 0 && languages.empty() && !later->gold.empty())
        return {};
    if (whole.cells.total.cells == 0 && whole.cells.regraded > 0)
        return Error{ErrorCode::BadInput, "The gold of every cell that the two evaluations have in common was changed between them.", "Evaluate the earlier one again."};
    if (whole.cells.total.cells == 0)
        return Error{ErrorCode::BadInput, "The two evaluations have no reviewed cell of the same contract in common.",
                     "Compare evaluations of the same side of the same split."};
    if (const std::string note = regradedSentence(whole.cells); !note.empty())
        out.notes.push_back(note);
    out.slices.push_back(std::move(whole));
    for (const std::string& language : all)
        if (all.size() > 1)
            out.slices.push_back(slice(language, [&](const ContractId& id) {
                const auto found = languages.find(id);
                return found != languages.end() && found->second == language;
            }));
    std::vector<GoldRow> compared;
    std::copy_if(later->gold.begin(), later->gold.end(), std::back_inserter(compared), [&](const GoldRow& row) { return languages.contains(row.contract); });
    if (const auto gap = gapChange(was, is, facetsOf(compared, {}, {}), Rules::Strict, {Facet::Language, "en-GB"}, {Facet::Language, "en-US"}))
        out.gaps.push_back({side.split, *gap});
    out.scored.push_back(std::move(earlier));
    out.scored.push_back(std::move(later));
    return {};
}

} // namespace cw
