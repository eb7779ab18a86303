// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// A recipe does one kind of run from its folder's data to its folder's outputs, and reads top to bottom. It returns
// expected failures as errors; exceptions of LibTorch end at the worker's door. One thread.
#pragma once

#include "core/run/run_folder.h"
#include "training/distributed/gradient_exchange.h"
#include "training/model/adapter_files.h"
#include "training/model/compute.h"
#include "training/model/transformer.h"
#include "training/tokenizer/chat_template.h"

#include <map>

namespace cw {

// What a recipe works with; the references outlive it.
struct Run {
    const RunFolder& folder;
    const RunSpec& spec;
    const Clock& clock;
    EventLog& events;
    GradientExchange* exchange = nullptr; // null: one process alone
    std::int64_t trial = 0;               // of a sweep, from 1; 0: the run itself

    // One process alone writes to the run folder.
    bool isLeader() const { return process() == 0; }
    std::int64_t process() const { return exchange ? exchange->process() : 0; }
    std::int64_t processes() const { return exchange ? exchange->processes() : 1; }
    std::filesystem::path checkpoints() const; // of the trial, or of the run
    std::filesystem::path adapterFolder() const;

    // A path of the specification: absolute, or relative to the run folder.
    std::filesystem::path resolve(const std::string& path) const;
    // Does nothing unless this process leads. A trial's events have its number as "trial".
    Status emit(const std::string& kind, std::map<std::string, double> numbers,
                std::map<std::string, std::string> texts = {}, bool durable = false) const;
    Status note(const std::string& sentence) const;
};

enum class RunOutcome { Done, Stopped };

using Recipe = Result<RunOutcome> (*)(const Run& run);

// Null where no recipe does that kind of run.
Recipe recipeFor(RunKind kind);

// What every recipe loads first: the specification's model and adapter with their tokenizer, where to compute settled,
// random sources seeded and environment.json written.
struct LoadedModel {
    Compute compute;
    Transformer transformer;
    std::unique_ptr<Tokenizer> tokenizer;
    ChatTemplate chat;
    std::optional<Adapter> adapter; // without gradients
    AdapterOrigin origin;           // of an adapter that is trained on all this
    std::int64_t maxLength = 0;     // tokens of prompt and answer together
};
Result<LoadedModel> loadModel(const Run& run);

} // namespace cw
