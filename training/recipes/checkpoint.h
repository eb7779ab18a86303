// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Checkpoints: all that a training has to keep to go on as if nothing had happened. Nothing random is among it: row order
// and dropout follow from the seed and the step. One writer; any number of readers.
//
//   step-<n>/adapter/                in PEFT form, so that it can be used as it is
//   step-<n>/optimizer.safetensors   f32: <parameter>.mean, .variance, .steps
//   step-<n>/state.json              CheckpointState
//   step-<n>/manifest.json           the SHA-256 of every file
//   best-<n>/adapter/                the best adapter by a validation's score, with a manifest too
#pragma once

#include "training/model/adapter_files.h"
#include "training/optim/adamw.h"
#include "training/recipes/run_identity.h"
#include "training/recipes/training_state.h"

#include <functional>
#include <set>

namespace cw {

struct CheckpointState {
    TrainingState training;
    RunIdentity identity;
    Circumstances circumstances;
    friend bool operator==(const CheckpointState&, const CheckpointState&) = default;
};

std::string toJson(const CheckpointState& state);
Result<CheckpointState> checkpointStateFromJson(std::string_view json, const std::string& where);

// Writes an adapter into a folder: what the recipe knows and a checkpoint doesn't is in the function.
using AdapterWriter = std::function<Status(const std::filesystem::path& folder)>;

class CheckpointFolder {
public:
    explicit CheckpointFolder(std::filesystem::path root) : m_root(std::move(root)) {}

    std::filesystem::path step(std::int64_t step) const;
    std::filesystem::path best(std::int64_t step) const;
    // Of the checkpoints that are there, ascending, damaged or not.
    std::vector<std::int64_t> steps() const;

    // Writes the checkpoint of the state's step, whole or not at all, then takes away what is no longer needed: all but the
    // last two, and all best adapters but those of these two.
    Status write(const CheckpointState& state, const AdapterWriter& adapter,
                 const std::vector<NamedParameter>& parameters, const AdamW& optimizer) const;
    Status writeBest(std::int64_t step, const AdapterWriter& adapter) const;

    // The newest checkpoint that is whole, and a sentence for each newer one that isn't. One of another version of this program is
    // an error: it may be whole, and going on from an older one would take it away.
    struct Newest {
        std::optional<CheckpointState> state;
        std::vector<std::string> damaged;
    };
    Result<Newest> newest() const;

    // What a writer that was killed has left. For the writer alone.
    void removeUnfinished() const;

    // Copies a checkpoint's tensors into those of the adapter and of its optimiser.
    Status restore(std::int64_t step, const std::vector<NamedParameter>& parameters, AdamW& optimizer) const;
    // The same of a best adapter, once it is sure that it is whole.
    Status restoreBest(std::int64_t step, const std::vector<NamedParameter>& parameters) const;

private:
    void takeAwayOld(const TrainingState& now) const;
    void removeOthers(std::string_view prefix, const std::set<std::int64_t>& kept) const;

    std::filesystem::path m_root;
};

} // namespace cw
