// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// What a run is asked to do. One typed table of fields drives the JSON file, the command line's --set, the form in the window, the
// validation and the documentation. Plain data; any thread.
#pragma once

#include "core/base/result.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace cw {

enum class RunKind { Sft, Dpo, Generate, Evaluate };

std::string_view toString(RunKind kind); // "sft", "dpo", "generate", "evaluate"
std::optional<RunKind> runKindFromString(std::string_view name);

struct RunSpec {
    int version = 1;
    RunKind kind = RunKind::Sft;
    std::string name;    // for people
    std::string model;   // folder of the base model in Hugging Face form (absolute, or relative to the run folder)
    std::string adapter; // folder of a PEFT adapter to start from (sft, dpo) or to use (generate, evaluate); empty: none

    // LoRA (sft, dpo)
    std::int64_t loraRank = 64;
    double loraAlpha = 128;
    double loraDropout = 0.05;

    // Optimisation (sft, dpo)
    std::int64_t epochs = 3;
    std::int64_t maxSteps = 0; // 0: as many as the epochs give
    std::int64_t microBatch = 4;
    std::int64_t accumulation = 8;
    double learningRate = 2e-4;
    std::string schedule = "cosine"; // "constant", "cosine", "linear"
    double warmupShare = 0.03;       // of all steps
    double weightDecay = 0.0;
    double maxGradNorm = 1.0;
    std::int64_t seed = 17;
    std::string dtype = "auto"; // "auto", "f32", "bf16": of the frozen base; adapters are always f32
    std::int64_t threads = 0;   // 0: as many as cores
    std::int64_t maxLength = 0; // tokens a row; 0: the model's context

    // Preference (dpo)
    double beta = 0.1;

    // Decoding (generate, evaluate)
    std::string decoding = "free"; // "free", "constrained", "both"
    std::int64_t maxNewTokens = 1024;
    std::int64_t batch = 8;

    friend bool operator==(const RunSpec&, const RunSpec&) = default;
};

// One field of the table.
struct RunField {
    std::string key;   // in the JSON and on the command line: "learning_rate"
    std::string title; // in the form: "Learning rate"
    std::string help;  // one sentence, with the unit
    std::string group; // "Model", "LoRA", "Optimisation", "Preference", "Decoding"
    std::vector<RunKind> kinds; // the runs that have it
    std::variant<std::string RunSpec::*, std::int64_t RunSpec::*, double RunSpec::*> member;
    double minimum = 0;
    double maximum = 0;               // numbers only; minimum == maximum: no bound
    std::vector<std::string> choices; // strings only; empty: free
    bool isPath = false;
};

const std::vector<RunField>& runFields();
std::vector<const RunField*> runFieldsOf(RunKind kind);

// The kind's defaults (a DPO run starts at a learning rate of 5e-6 and one epoch, for example).
RunSpec defaultSpec(RunKind kind);

// Sets one field from its text; the error says what is allowed.
Status setField(RunSpec& spec, std::string_view key, std::string_view text);
std::string fieldText(const RunSpec& spec, const RunField& field);

// Everything that can be checked without reading a file.
Status validate(const RunSpec& spec);

std::string toJson(const RunSpec& spec);
Result<RunSpec> runSpecFromJson(std::string_view json, std::string_view where); // keeps to the known version; unknown fields are an error

} // namespace cw
