// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The table of fields of a run. The order is that of the form and of spec.json.
#include "core/run/run_spec.h"

#include <algorithm>

namespace cw {

namespace {

const std::vector<RunKind> kEvery = {RunKind::Sft, RunKind::Dpo, RunKind::Generate, RunKind::Evaluate, RunKind::Sweep};
const std::vector<RunKind> kTraining = {RunKind::Sft, RunKind::Dpo, RunKind::Sweep};
const std::vector<RunKind> kOne = {RunKind::Sft, RunKind::Dpo}; // not a sweep, which sets these itself
const std::vector<RunKind> kSweep = {RunKind::Sweep};
const std::vector<RunKind> kPreference = {RunKind::Dpo};
const std::vector<RunKind> kDecoding = {RunKind::Generate, RunKind::Evaluate};

// The groups "Memory" and "Validation" are for those who look for them, and so is the rest of two others.
const std::vector<std::string> kAdvancedGroups = {"Memory", "Validation"};
const std::vector<std::string> kAdvancedKeys = {"lora_modules", "lora_ranks",    "lora_scaling",  "lora_init", "lora_plus",
                                                "warmup_share", "weight_decay",  "max_grad_norm", "long_rows", "outliers",
                                                "temperature",  "top_p",         "preference_loss", "label_noise",
                                                "likelihood_weight", "hold_out"};

template <typename T> bool contains(const std::vector<T>& list, const T& value) {
    return std::find(list.begin(), list.end(), value) != list.end();
}

constexpr double kLargestExactInteger = 9007199254740991.0; // 2^53 - 1: every JSON reader keeps it

RunField text(std::string key, std::string title, std::string help, std::string group, std::vector<RunKind> kinds,
              std::string RunSpec::*member, std::vector<std::string> choices = {}) {
    return {std::move(key),
            std::move(title),
            std::move(help),
            std::move(group),
            std::move(kinds),
            member,
            0,
            0,
            std::move(choices)};
}

RunField folder(std::string key, std::string title, std::string help, std::string RunSpec::*member) {
    return {std::move(key), std::move(title), std::move(help), "Model", kEvery, member, 0, 0, {}, true};
}

template <typename Number>
RunField number(std::string key, std::string title, std::string help, std::string group, std::vector<RunKind> kinds,
                Number RunSpec::*member, double minimum, double maximum) {
    return {std::move(key),
            std::move(title),
            std::move(help),
            std::move(group),
            std::move(kinds),
            member,
            minimum,
            maximum,
            {}};
}

void addModelFields(std::vector<RunField>& table) {
    table.push_back(text("name", "Name", "What the list of runs calls this run.", "Model", kEvery, &RunSpec::name));
    table.push_back(folder("model", "Base model",
                           "The base model: a folder in Hugging Face form or a GGUF file, absolute or relative to the run's folder.",
                           &RunSpec::model));
    table.push_back(folder("adapter", "Adapter",
                           "Folder of the adapter that training goes on from (a warm start), or that decoding uses; "
                           "empty for none.",
                           &RunSpec::adapter));
    table.push_back(text(
        "dtype", "Precision",
        "Number format of the frozen base; auto takes bf16 where the processor has it, else f32. Adapters are always "
        "f32.",
        "Model", kEvery, &RunSpec::dtype, {"auto", "f32", "bf16"}));
    table.push_back(text("kernels", "Kernels",
                         "repeatable gives the same bits every time, also after a resume; fast lets a GPU take quicker kernels whose "
                         "sums differ in the last bits. A processor has repeatable ones alone.",
                         "Model", kTraining, &RunSpec::kernels, {"repeatable", "fast"}));
    table.push_back(number("threads", "Threads", "Processor threads to use; 0 takes one for each core.", "Model",
                           kEvery, &RunSpec::threads, 0, 1024));
    table.push_back(number("seed", "Seed", "Start of every random choice; the same seed repeats the run.", "Model",
                           kEvery, &RunSpec::seed, 0, kLargestExactInteger));
}

void addLoraFields(std::vector<RunField>& table) {
    table.push_back(number("lora_rank", "Rank", "Inner dimension of each low-rank update.", "LoRA", kOne,
                           &RunSpec::loraRank, 1, 1024));
    table.push_back(number("lora_alpha", "Alpha", "Scale of the updates: each is multiplied by alpha divided by rank.",
                           "LoRA", kOne, &RunSpec::loraAlpha, 0.01, 10000));
    table.push_back(number("lora_dropout", "Dropout", "Share of an update's inputs that a training step leaves out.",
                           "LoRA", kTraining, &RunSpec::loraDropout, 0, 0.95));
    table.push_back(text("lora_modules", "Projections",
                         "Which of q, k, v, o, gate, up and down get an update, with commas between them.", "LoRA",
                         kTraining, &RunSpec::loraModules));
    table.push_back(text("lora_ranks", "Ranks of their own",
                         "Projections with another rank, for example q:32,down:16; empty for none.", "LoRA", kOne,
                         &RunSpec::loraRanks));
    table.push_back(text("lora_scaling", "Scaling",
                         "standard multiplies an update by alpha / rank, rank_stabilised by alpha / sqrt(rank).",
                         "LoRA", kTraining, &RunSpec::loraScaling, {"standard", "rank_stabilised"}));
    table.push_back(text("lora_init", "Start",
                         "kaiming starts from a random A, pissa from the largest directions of the base's own weights.",
                         "LoRA", kTraining, &RunSpec::loraInit, {"kaiming", "pissa"}));
    table.push_back(number("lora_plus", "LoRA+ ratio",
                           "Learning rate of every B as a multiple of that of its A; 1 for the same.", "LoRA",
                           kTraining, &RunSpec::loraPlus, 0.01, 1000));
}

void addOptimisationFields(std::vector<RunField>& table) {
    const std::string group = "Optimisation";
    table.push_back(number("epochs", "Epochs", "How often training goes through all rows.", group, kTraining,
                           &RunSpec::epochs, 1, 1000));
    table.push_back(number("max_steps", "Most steps",
                           "Optimiser steps after which training ends; 0 for as many as the epochs give.", group,
                           kTraining, &RunSpec::maxSteps, 0, 10000000));
    table.push_back(number("micro_batch", "Rows at once",
                           "Rows in one forward and backward pass: memory grows with it.", group, kTraining,
                           &RunSpec::microBatch, 1, 1024));
    table.push_back(number("accumulation", "Passes a step",
                           "Passes whose gradients are added up before the optimiser takes a step.", group, kTraining,
                           &RunSpec::accumulation, 1, 4096));
    table.push_back(number("learning_rate", "Learning rate",
                           "Highest step size of the optimiser, reached after the warm-up.", group, kOne,
                           &RunSpec::learningRate, 1e-9, 1));
    table.push_back(text("schedule", "Schedule", "How the learning rate falls after the warm-up.", group, kTraining,
                         &RunSpec::schedule, {"constant", "cosine", "linear"}));
    table.push_back(number("warmup_share", "Warm-up", "Share of all steps in which the learning rate rises from 0.",
                           group, kTraining, &RunSpec::warmupShare, 0, 1));
    table.push_back(number("weight_decay", "Weight decay",
                           "Share of each weight, times the learning rate, that a step takes away.", group, kTraining,
                           &RunSpec::weightDecay, 0, 1));
    table.push_back(number("max_grad_norm", "Largest gradient norm",
                           "Gradients with a larger norm are scaled down to it.", group, kTraining,
                           &RunSpec::maxGradNorm, 1e-3, 1e6));
    table.push_back(
        number("max_length", "Longest row",
               "Tokens that a row may have; longer rows are left out and listed. 0 for the model's context.", group,
               kEvery, &RunSpec::maxLength, 0, 1048576));
    table.push_back(text("long_rows", "Rows that don't fit",
                         "leave_out trains without them and lists them; refuse ends before the first step. Rows without an answer "
                         "end it too, but for leave_all_out, which trains without both.",
                         group, kTraining, &RunSpec::longRows, {"leave_out", "refuse", "leave_all_out"}));
    table.push_back(text("outliers", "Outliers",
                         "What happens at a step whose loss or gradient stands out: off, warn names its contracts, "
                         "skip leaves the step out as well.",
                         group, kTraining, &RunSpec::outliers, {"off", "warn", "skip"}));
}

void addMemoryFields(std::vector<RunField>& table) {
    const std::string group = "Memory";
    table.push_back(text("checkpointing", "Computed again",
                         "What the backward pass computes again to save memory; auto takes the least that fits.", group,
                         kTraining, &RunSpec::checkpointing, {"auto", "none", "cheap", "attention", "full"}));
    table.push_back(number("memory_limit", "Memory",
                           "Gigabytes that the run may take; 0 for what the machine has free.", group, kTraining,
                           &RunSpec::memoryLimit, 0, 100000));
    table.push_back(number("processes", "Processes",
                           "Processes that share the rows of each step, one for each GPU where there are some.", group,
                           kOne, &RunSpec::processes, 1, 64));
}

void addValidationFields(std::vector<RunField>& table) {
    const std::string group = "Validation";
    table.push_back(number("validate_every", "Validate every",
                           "Steps between two looks at the validation side; 0 for ten times a run.", group, kTraining,
                           &RunSpec::validateEvery, 0, 10000000));
    table.push_back(text("score", "Score",
                         "What makes an adapter the best: the validation loss, or a score of its answers.", group,
                         kTraining, &RunSpec::score, {"loss", "valid_json", "cell_accuracy", "f1"}));
    table.push_back(number("score_rows", "Answered windows",
                           "Validation windows that are answered each time for the scores; 0 for the loss alone.",
                           group, kTraining, &RunSpec::scoreRows, 0, 100000));
    table.push_back(number("patience", "Patience",
                           "Validations without a better score after which training ends; 0 for never.", group,
                           kTraining, &RunSpec::patience, 0, 10000));
    table.push_back(text("keep", "Adapter to keep", "The adapter that the run leaves: the last one or the best one.",
                         group, kTraining, &RunSpec::keep, {"last", "best"}));
    table.push_back(number("checkpoint_every", "Checkpoint every",
                           "Steps between two checkpoints, from which a run can go on; 0 for ten times a run.", group,
                           kTraining, &RunSpec::checkpointEvery, 0, 10000000));
}

void addSweepFields(std::vector<RunField>& table) {
    table.push_back(text("sweep_ranks", "Ranks", "Ranks to try, with commas between them; alpha is twice the rank.",
                         "Sweep", kSweep, &RunSpec::sweepRanks));
    table.push_back(text("sweep_rates", "Learning rates", "Learning rates to try with each rank.", "Sweep", kSweep,
                         &RunSpec::sweepRates));
}

void addPreferenceFields(std::vector<RunField>& table) {
    const std::string group = "Preference";
    table.push_back(number("beta", "Beta", "How strongly training holds the model to where it started.", group, kPreference,
                           &RunSpec::beta, 1e-3, 10));
    table.push_back(text("preference_loss", "Loss",
                         "sigmoid is DPO itself, robust believes some labels to be wrong, hinge and ipo stop at a margin, "
                         "sigmoid_norm counts by token against a bias to length.",
                         group, kPreference, &RunSpec::preferenceLoss, {"sigmoid", "robust", "hinge", "ipo", "sigmoid_norm"}));
    table.push_back(number("label_noise", "Wrong labels", "Share of the pairs that are believed to be labelled wrongly, for the loss robust.",
                           group, kPreference, &RunSpec::labelNoise, 0, 0.49));
    table.push_back(number("likelihood_weight", "Likelihood weight",
                           "Weight of the chosen answers' own loss beside the preference; above 0 where their log-probability falls.",
                           group, kPreference, &RunSpec::likelihoodWeight, 0, 10));
    table.push_back(number("hold_out", "Held out",
                           "Share of the pairs, by whole contracts, that training never sees and is measured on; 0 for none.",
                           group, kPreference, &RunSpec::holdOut, 0, 0.5));
}

void addDecodingFields(std::vector<RunField>& table) {
    table.push_back(text("decoding", "Decoding",
                         "Free, held to the grammar of the canonical JSON, or both one after the other.", "Decoding",
                         kDecoding, &RunSpec::decoding, {"free", "constrained", "both"}));
    table.push_back(number("max_new_tokens", "Most new tokens", "Tokens after which an answer is cut off.", "Decoding",
                           kDecoding, &RunSpec::maxNewTokens, 1, 65536));
    table.push_back(number("batch", "Answers at once", "Prompts that are answered side by side: memory grows with it.",
                           "Decoding", kDecoding, &RunSpec::batch, 1, 1024));
    table.push_back(text("weights", "Weights",
                         "As they are loaded, or the layers' rounded to four bits: faster on a processor, a little less exact.",
                         "Decoding", kDecoding, &RunSpec::weights, {"as_loaded", "int4"}));
    table.push_back(number("temperature", "Temperature", "0 always takes the most likely token; above it tokens are drawn.",
                           "Decoding", kDecoding, &RunSpec::temperature, 0, 5));
    table.push_back(number("top_p", "Top p", "Draws among the fewest tokens that have this share of the probability.",
                           "Decoding", kDecoding, &RunSpec::topP, 1e-3, 1));
}

std::vector<RunField> makeTable() {
    std::vector<RunField> table;
    addModelFields(table);
    addLoraFields(table);
    addOptimisationFields(table);
    addMemoryFields(table);
    addValidationFields(table);
    addSweepFields(table);
    addPreferenceFields(table);
    addDecodingFields(table);
    for (RunField& field : table)
        field.advanced = contains(kAdvancedGroups, field.group) || contains(kAdvancedKeys, field.key);
    return table;
}

} // namespace

const std::vector<RunField>& runFields() {
    static const std::vector<RunField> table = makeTable();
    return table;
}

std::vector<const RunField*> runFieldsOf(RunKind kind) {
    std::vector<const RunField*> out;
    for (const RunField& field : runFields())
        if (contains(field.kinds, kind))
            out.push_back(&field);
    return out;
}

double suggestedLearningRate(RunKind kind, bool fromAdapter) {
    constexpr double kWarmStartShare = 0.2;
    const double usual = defaultSpec(kind).learningRate;
    const bool lower = fromAdapter && kind != RunKind::Dpo; // that of DPO is for an adapter already
    return lower ? kWarmStartShare * usual : usual;
}

RunSpec defaultSpec(RunKind kind) {
    RunSpec spec;
    spec.kind = kind;
    if (kind == RunKind::Dpo) {
        spec.epochs = 1;
        spec.loraDropout = 0; // policy and reference must differ by what was learned alone
        spec.microBatch = 2;
        spec.accumulation = 4;
        spec.learningRate = 5e-6;
    }
    return spec;
}

} // namespace cw
