// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "training/recipes/checkpoint.h"

#include "core/base/file.h"
#include "training/model/safetensors.h"
#include "training/recipes/checked_folder.h"
#include "training/recipes/failure.h"

#include <ATen/core/grad_mode.h>

#include <algorithm>
#include <charconv>

namespace cw {

namespace fs = std::filesystem;

namespace {

constexpr const char* kAdapter = "adapter";
constexpr const char* kAdapterWeights = "adapter_model.safetensors"; // PEFT's name
constexpr const char* kOptimizer = "optimizer.safetensors";
constexpr const char* kState = "state.json";
constexpr std::string_view kStepPrefix = "step-";
constexpr std::string_view kBestPrefix = "best-";
constexpr size_t kKept = 2;

// The numbers of the folders that are called prefix<number>, ascending.
std::vector<std::int64_t> numbered(const fs::path& root, std::string_view prefix) {
    std::vector<std::int64_t> numbers;
    std::error_code ignored;
    for (fs::directory_iterator at(root, ignored), end; at != end; at.increment(ignored)) {
        const std::string name = at->path().filename().string();
        if (!name.starts_with(prefix))
            continue;
        std::int64_t number = 0;
        const char* behind = name.data() + name.size();
        const auto [read, error] = std::from_chars(name.data() + prefix.size(), behind, number);
        if (error == std::errc() && read == behind)
            numbers.push_back(number);
    }
    std::sort(numbers.begin(), numbers.end());
    return numbers;
}

NamedTensors momentsOf(const std::vector<NamedParameter>& parameters, const AdamW& optimizer) {
    NamedTensors tensors;
    for (size_t i = 0; i < parameters.size(); ++i) {
        const AdamWMoments& moments = optimizer.moments()[i];
        tensors.emplace(parameters[i].name + ".mean", moments.mean);
        tensors.emplace(parameters[i].name + ".variance", moments.variance);
        tensors.emplace(parameters[i].name + ".steps", moments.steps);
    }
    return tensors;
}

Status copyInto(const at::Tensor& tensor, const SafetensorsFile& file, const std::string& name) {
    const at::NoGradGuard noGradients;
    CW_TRY_ASSIGN(stored, file.tensor(name));
    if (stored.sizes() != tensor.sizes())
        return tagged(failure::kBadTensors, {ErrorCode::Corrupt, "The checkpoint's \"" + name + "\" has another shape.",
                                             "Start a new run."});
    tensor.copy_(stored);
    return {};
}

Status restoreAdapter(const fs::path& folder, const std::vector<NamedParameter>& parameters) {
    CW_TRY_ASSIGN(file, SafetensorsFile::open(folder / kAdapter / kAdapterWeights));
    for (const NamedParameter& parameter : parameters)
        CW_TRY(copyInto(parameter.tensor, file, parameter.name));
    return {};
}

Result<CheckpointState> readWhole(const fs::path& folder) {
    CW_TRY(checkFolder(folder));
    CW_TRY_ASSIGN(json, readFile(folder / kState));
    return checkpointStateFromJson(json, (folder / kState).string());
}

} // namespace

fs::path CheckpointFolder::step(std::int64_t step) const {
    return m_root / (std::string(kStepPrefix) + std::to_string(step));
}

fs::path CheckpointFolder::best(std::int64_t step) const {
    return m_root / (std::string(kBestPrefix) + std::to_string(step));
}

std::vector<std::int64_t> CheckpointFolder::steps() const {
    return numbered(m_root, kStepPrefix);
}

Status CheckpointFolder::write(const CheckpointState& state, const AdapterWriter& adapter,
                               const std::vector<NamedParameter>& parameters, const AdamW& optimizer) const {
    const auto fill = [&](const fs::path& temporary) -> Status {
        CW_TRY(adapter(temporary / kAdapter));
        CW_TRY(writeSafetensors(temporary / kOptimizer, momentsOf(parameters, optimizer)));
        return writeFileAtomically(temporary / kState, toJson(state));
    };
    CW_TRY(makeFolder(m_root));
    CW_TRY(writeCheckedFolder(step(state.training.step), fill));
    takeAwayOld(state.training);
    return {};
}

Status CheckpointFolder::writeBest(std::int64_t step, const AdapterWriter& adapter) const {
    CW_TRY(makeFolder(m_root));
    return writeCheckedFolder(best(step), [&](const fs::path& temporary) { return adapter(temporary / kAdapter); });
}

// A checkpoint of a later step is a damaged one that the training didn't go on from. What can't be removed stays: it takes
// room, but harms nothing.
void CheckpointFolder::takeAwayOld(const TrainingState& now) const {
    std::vector<std::int64_t> all = steps();
    std::set<std::int64_t> kept, bests;
    std::erase_if(all, [&](std::int64_t number) { return number > now.step; });
    for (size_t i = all.size() - std::min(all.size(), kKept); i < all.size(); ++i) {
        kept.insert(all[i]);
        if (const ValidationScores* best = now.scores.best(all[i]))
            bests.insert(best->step);
    }
    removeOthers(kStepPrefix, kept);
    removeOthers(kBestPrefix, bests);
}

void CheckpointFolder::removeOthers(std::string_view prefix, const std::set<std::int64_t>& kept) const {
    std::error_code ignored;
    for (const std::int64_t number : numbered(m_root, prefix))
        if (!kept.count(number))
            fs::remove_all(m_root / (std::string(prefix) + std::to_string(number)), ignored);
}

Result<CheckpointFolder::Newest> CheckpointFolder::newest() const {
    Newest found;
    const std::vector<std::int64_t> all = steps();
    for (auto at = all.rbegin(); at != all.rend() && !found.state; ++at) {
        auto state = readWhole(step(*at));
        if (state)
            found.state = std::move(*state);
        else if (state.error().code == ErrorCode::NewerVersion)
            return state.error();
        else
            found.damaged.push_back("The checkpoint of step " + std::to_string(*at) + " can't be used: " +
                                    state.error().detail);
    }
    return found;
}

void CheckpointFolder::removeUnfinished() const {
    cw::removeUnfinished(m_root);
}

Status CheckpointFolder::restore(std::int64_t step, const std::vector<NamedParameter>& parameters,
                                 AdamW& optimizer) const {
    const fs::path folder = this->step(step);
    CW_TRY(restoreAdapter(folder, parameters));
    CW_TRY_ASSIGN(file, SafetensorsFile::open(folder / kOptimizer));
    for (const auto& [name, tensor] : momentsOf(parameters, optimizer))
        CW_TRY(copyInto(tensor, file, name));
    return {};
}

Status CheckpointFolder::restoreBest(std::int64_t step, const std::vector<NamedParameter>& parameters) const {
    CW_TRY(checkFolder(best(step)));
    return restoreAdapter(best(step), parameters);
}

} // namespace cw
