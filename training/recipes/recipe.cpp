// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "training/recipes/recipe.h"

#include "core/base/file.h"
#include "training/recipes/dpo.h"
#include "training/recipes/evaluate.h"
#include "training/recipes/failure.h"
#include "training/recipes/generate.h"
#include "training/recipes/sft.h"
#include "training/recipes/sweep.h"

#include <algorithm>

namespace cw {

std::filesystem::path Run::resolve(const std::string& path) const {
    return (folder.root() / path).lexically_normal(); // an absolute path replaces the root
}

std::filesystem::path Run::checkpoints() const {
    return trial > 0 ? folder.trial(trial) / "checkpoints" : folder.checkpoints();
}

std::filesystem::path Run::adapterFolder() const {
    return trial > 0 ? folder.trial(trial) / "adapter" : folder.adapter();
}

Status Run::emit(const std::string& kind, std::map<std::string, double> numbers,
                 std::map<std::string, std::string> texts, bool durable) const {
    if (!isLeader())
        return {};
    if (trial > 0)
        numbers["trial"] = static_cast<double>(trial);
    RunEvent event;
    event.kind = kind;
    event.numbers = std::move(numbers);
    event.texts = std::move(texts);
    return events.write(std::move(event), durable);
}

Status Run::note(const std::string& sentence) const {
    return emit("note", {}, {{"text", sentence}});
}

Recipe recipeFor(RunKind kind) {
    static const std::map<RunKind, Recipe> recipes = {{RunKind::Sft, runSft},
                                                      {RunKind::Dpo, runDpo},
                                                      {RunKind::Generate, runGenerate},
                                                      {RunKind::Evaluate, runEvaluate},
                                                      {RunKind::Sweep, runSweep}};
    const auto found = recipes.find(kind);
    return found == recipes.end() ? nullptr : found->second;
}

namespace {

Result<AdapterOrigin> originOf(const std::filesystem::path& model, const ModelConfig& config, const ChatTemplate& chat,
                               const Tokenizer& tokenizer, const Compute& compute) {
    CW_TRY_ASSIGN(weights, WeightSource::open(model));
    CW_TRY_ASSIGN(base, baseHash(config, *weights));
    return AdapterOrigin{.templateHash = templateHash(chat),
                         .tokenizerHash = tokenizerHash(tokenizer),
                         .baseHash = std::move(base),
                         .dtype = compute.dtypeName()};
}

// Refuses an adapter that was made for something else than what is loaded.
Status checkAdapter(const Run& run, const AdapterOrigin& loaded) {
    const auto checked = checkOrigin(run.resolve(run.spec.adapter), loaded);
    if (checked)
        return checked->empty() ? Status() : run.note(*checked);
    const Error& error = checked.error();
    if (error.detail == kOtherBase)
        return tagged(failure::kWrongBase, error);
    return error.detail == kOtherTemplate || error.detail == kOtherTokenizer ? tagged(failure::kWrongTemplate, error) : error;
}

// Once its configuration was read, what is wrong with a model or an adapter is wrong with its tensors.
template <typename T> Result<T> checkedTensors(Result<T> read) {
    if (read || !read.error().tag.empty() || read.error().code != ErrorCode::BadInput)
        return read;
    return tagged(failure::kBadTensors, read.error());
}

} // namespace

Result<LoadedModel> loadModel(const Run& run) {
    const std::filesystem::path folder = run.resolve(run.spec.model);
    CW_TRY_ASSIGN(config, readModelConfig(folder));
    const Compute compute = chooseCompute(run.spec.dtype, run.spec.threads, config, run.process(), run.processes());
    const bool trains = run.spec.kind != RunKind::Generate && run.spec.kind != RunKind::Evaluate;
    if (trains && compute.device.is_cuda() && compute.dtype == at::kFloat)
        return Error{ErrorCode::Unsupported, "On a GPU training computes in bf16; f32 is not possible there.",
                     "Set dtype to auto or bf16."};
    seedAndSetKernels(static_cast<std::uint64_t>(run.spec.seed), run.spec.kernels == "repeatable");
    if (run.isLeader())
        CW_TRY(writeFileAtomically(run.folder.environment(), environmentJson(compute)));
    if (!compute.note.empty())
        CW_TRY(run.note(compute.note));

    CW_TRY_ASSIGN(transformer, checkedTensors(Transformer::load(folder, compute.dtype, compute.device)));
    CW_TRY_ASSIGN(tokenizer, loadTokenizer(folder));
    if (tokenizer->vocabSize() > config.vocabulary)
        return Error{ErrorCode::BadInput,
                     "The tokenizer in " + folder.string() + " has more tokens than the model's vocabulary.",
                     "Check that the tokenizer and config.json belong to one model."};
    CW_TRY_ASSIGN(chat, ChatTemplate::load(folder, *tokenizer));
    CW_TRY_ASSIGN(origin, originOf(folder, config, chat, *tokenizer, compute));
    std::optional<Adapter> adapter;
    if (!run.spec.adapter.empty()) {
        CW_TRY(checkAdapter(run, origin));
        CW_TRY_ASSIGN(read, checkedTensors(readAdapter(run.resolve(run.spec.adapter), config, compute.device)));
        adapter = std::move(read);
    }
    const std::int64_t maxLength =
        run.spec.maxLength > 0 ? std::min(run.spec.maxLength, config.context) : config.context;
    return LoadedModel{compute,         std::move(transformer), std::move(tokenizer), std::move(chat),
                       std::move(adapter), std::move(origin),   maxLength};
}

} // namespace cw
