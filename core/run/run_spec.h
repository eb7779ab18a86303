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

// Sweep: one SFT run for each pair of a rank and a learning rate, compared by a score.
enum class RunKind { Sft, Dpo, Generate, Evaluate, Sweep };

std::string_view toString(RunKind kind); // "sft", "dpo", "generate", "evaluate", "sweep"
std::optional<RunKind> runKindFromString(std::string_view name);
bool makesAdapter(RunKind kind); // sft, dpo, sweep: the runs that train

struct RunSpec {
    int version = 1;
    RunKind kind = RunKind::Sft;
    std::string name;    // for people
    std::string model;   // the base model: a folder in Hugging Face form or a GGUF file (absolute, or relative to the run folder)
    std::string adapter; // folder of a PEFT adapter to start from (sft, dpo) or to use (generate, evaluate); empty: none

    // LoRA (sft, dpo, sweep)
    std::int64_t loraRank = 64;
    double loraAlpha = 128;
    double loraDropout = 0.05;
    std::string loraModules = "q,k,v,o,gate,up,down"; // the projections that get an update
    std::string loraRanks;                            // exceptions from the rank: "q:32,down:16"
    std::string loraScaling = "standard";             // "standard": alpha / rank, "rank_stabilised": alpha / sqrt(rank)
    std::string loraInit = "kaiming";                 // "kaiming", "pissa"
    double loraPlus = 1;                              // learning rate of B as a multiple of that of A

    // Optimisation (sft, dpo, sweep)
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
    std::string kernels = "repeatable"; // the same bits every time, or "fast": a GPU's may differ in the last ones
    std::int64_t threads = 0;   // 0: as many as cores
    std::int64_t maxLength = 0; // tokens a row; 0: the model's context
    std::string longRows = "leave_out"; // "leave_out": list them, "refuse": end before the first step
    std::string outliers = "warn";      // steps whose loss or gradient stands out: "off", "warn", "skip"

    // Memory (sft, dpo, sweep)
    std::string checkpointing = "auto"; // "auto", "none", "cheap", "attention", "full": what backward computes again
    double memoryLimit = 0;             // GB that the run may take; 0: what the machine has free
    std::int64_t processes = 1;         // that share each step's rows

    // Validation and checkpoints (sft, dpo, sweep)
    std::int64_t validateEvery = 0;   // steps; 0: ten times a run
    std::string score = "loss";       // which adapter is the best: "loss", "valid_json", "cell_accuracy", "f1"
    std::int64_t scoreRows = 0;       // validation windows that are answered for the task scores; 0: none
    std::int64_t patience = 0;        // validations without a better score after which training ends; 0: never
    std::string keep = "last";        // the adapter that the run leaves: "last", "best"
    std::int64_t checkpointEvery = 0; // steps; 0: ten times a run

    // Sweep
    std::string sweepRanks = "8,16,32,64";
    std::string sweepRates = "1e-4,2e-4,4e-4";

    // Preference (dpo)
    double beta = 0.1;
    std::string preferenceLoss = "sigmoid"; // "sigmoid", "robust", "hinge", "ipo", "sigmoid_norm"
    double labelNoise = 0;                  // share of the pairs whose labels are believed to be wrong ("robust" alone)
    double likelihoodWeight = 0;            // of the chosen answers' mean loss a token, added to the preference loss
    double holdOut = 0.1;                   // share of the pairs, whole contracts, that training never sees but is measured on

    // Decoding (generate, evaluate)
    std::string decoding = "free"; // "free", "constrained", "both"
    std::int64_t maxNewTokens = 1024;
    std::int64_t batch = 8;
    std::string weights = "as_loaded"; // "as_loaded", "int4": of the model's layers while it decodes
    double temperature = 0;            // 0: the most likely token
    double topP = 1;

    friend bool operator==(const RunSpec&, const RunSpec&) = default;
};

// One field of the table.
struct RunField {
    std::string key;   // in the JSON and on the command line: "learning_rate"
    std::string title; // in the form: "Learning rate"
    std::string help;  // one sentence, with the unit
    std::string group; // "Model", "LoRA", "Optimisation", "Memory", "Validation", "Sweep", "Preference", "Decoding"
    std::vector<RunKind> kinds; // the runs that have it
    std::variant<std::string RunSpec::*, std::int64_t RunSpec::*, double RunSpec::*> member;
    double minimum = 0;
    double maximum = 0;               // numbers only; minimum == maximum: no bound
    std::vector<std::string> choices; // strings only; empty: free
    bool isPath = false;
    bool advanced = false; // most runs leave it as it is: the form folds it away
};

const std::vector<RunField>& runFields();
std::vector<const RunField*> runFieldsOf(RunKind kind);

// The kind's defaults (a DPO run starts at a learning rate of 5e-6 and one epoch, for example).
RunSpec defaultSpec(RunKind kind);

// The kind's learning rate; a fifth of it where training goes on from an adapter, so that what it has learnt stays.
double suggestedLearningRate(RunKind kind, bool fromAdapter);

// Sets one field from its text; the error says what is allowed.
Status setField(RunSpec& spec, std::string_view key, std::string_view text);
std::string fieldText(const RunSpec& spec, const RunField& field);

// "16,32,64" or "1e-4, 2e-4" as numbers, each from `minimum` to `maximum`; the error says what is allowed.
Result<std::vector<double>> numberList(std::string_view text, double minimum, double maximum);

// Everything that can be checked without reading a file.
Status validate(const RunSpec& spec);

std::string toJson(const RunSpec& spec);
Result<RunSpec> runSpecFromJson(std::string_view json, std::string_view where); // keeps to the known version; unknown fields are an error

} // namespace cw
