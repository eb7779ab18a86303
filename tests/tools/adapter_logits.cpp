// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Our side of tests/tools/check_peft.py: adapter_logits MODEL ADAPTER [plain|ranks|rank_stabilised|pissa] writes
// ADAPTER/logits.json, the logits of the model with that adapter for a few tokens, in f32. With a kind it makes the
// adapter first: as a run of that kind starts it, with the trained B moved away from its start.
#include "core/base/file.h"
#include "tests/support/reference_pass.h"
#include "training/model/adapter_files.h"
#include "training/model/pissa.h"

#include <ATen/TensorOperators.h>
#include <ATen/core/grad_mode.h>
#include <ATen/ops/empty.h>
#include <ATen/ops/tensor.h>
#include <nlohmann/json.hpp>

#include <cstdio>

using namespace cw;

namespace {

constexpr std::int64_t kTokens = 24;

std::vector<std::int64_t> someTokens(const ModelConfig& config) {
    Rng rng(20261126);
    std::vector<std::int64_t> tokens;
    for (std::int64_t i = 0; i < kTokens; ++i)
        tokens.push_back(static_cast<std::int64_t>(rng.below(static_cast<std::uint64_t>(config.vocabulary))));
    return tokens;
}

void moveTrainedPart(Adapter& adapter) {
    Rng rng(7);
    for (auto& layer : adapter.layers)
        for (LoraPair& pair : layer) {
            if (!pair.isPresent())
                continue;
            const at::Tensor trained = pair.b.narrow(1, 0, pair.rank() - pair.frozenRank);
            at::Tensor moves = at::empty(trained.sizes(), at::kFloat);
            for (std::int64_t i = 0; i < moves.numel(); ++i)
                moves.data_ptr<float>()[i] = static_cast<float>(rng.uniform() - 0.5) * 0.1F;
            trained.add_(moves);
        }
}

Result<Adapter> make(const Transformer& model, const std::string& kind) {
    const bool ranked = kind == "ranks";
    CW_TRY_ASSIGN(settings, loraSettings(8, 16, 0.05, ranked ? "q,v,down" : "q,k,v,o,gate,up,down",
                                         ranked ? "q:3,down:5" : "", kind == "rank_stabilised"));
    if (kind == "pissa")
        return makePissaAdapter(model, settings, 17);
    return makeAdapter(model.config(), settings, 17);
}

Status run(const std::filesystem::path& folder, const std::filesystem::path& adapterFolder, const std::string& kind) {
    const at::NoGradGuard noGradients;
    CW_TRY_ASSIGN(model, Transformer::load(folder, at::kFloat));
    if (!kind.empty()) {
        CW_TRY_ASSIGN(made, make(model, kind));
        moveTrainedPart(made);
        CW_TRY(writeAdapter(adapterFolder, made, folder.filename().string()));
    }
    CW_TRY_ASSIGN(adapter, readAdapter(adapterFolder, model.config()));
    const std::vector<std::int64_t> tokens = someTokens(model.config());
    const at::Tensor hidden =
        test::referencePass(model, at::tensor(tokens, at::kLong).unsqueeze(0), &adapter);
    const at::Tensor logits = model.logits(hidden).contiguous();
    const float* values = logits.const_data_ptr<float>();
    const nlohmann::json out = {{"tokens", tokens}, {"logits", std::vector<float>(values, values + logits.numel())}};
    return writeFileAtomically(adapterFolder / "logits.json", out.dump());
}

} // namespace

int main(int argc, char** argv) {
    if (argc != 3 && argc != 4) {
        std::fprintf(stderr, "adapter_logits MODEL ADAPTER [plain|ranks|rank_stabilised|pissa]\n");
        return 2;
    }
    if (const Status done = run(argv[1], argv[2], argc == 4 ? argv[3] : ""); !done) {
        std::fprintf(stderr, "%s\n", done.error().message().c_str());
        return 1;
    }
    return 0;
}
