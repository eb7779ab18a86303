// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// An adapter's folder in the form of the PEFT library: adapter_config.json and adapter_model.safetensors; beside them
// clausewright.json, which PEFT leaves alone (adapter_record.h). Any thread.
#pragma once

#include "training/model/adapter_origin.h"
#include "training/model/lora.h"

#include <filesystem>

namespace cw {

// Reads an adapter for a model of that shape, in f32 whatever the file has, without gradients. Ranks and alphas by
// module, and modules that have no pair, are as PEFT has them; each pair has its own scale. What PEFT can express and
// this program can't compute (DoRA, biases, ...) is refused by name, as is a tensor that fits no layer.
Result<Adapter> readAdapter(const std::filesystem::path& folder, const ModelConfig& config,
                            at::Device device = at::kCPU);

// Makes the folder if need be. `baseModel` is the name that PEFT shows for the model underneath; `origin`, what the
// adapter was trained on, null where nobody knows. A frozen part is written as if it were trained, so that PEFT
// computes the same; readAdapter() finds it again.
Status writeAdapter(const std::filesystem::path& folder, const Adapter& adapter, const std::string& baseModel,
                    const AdapterOrigin* origin = nullptr);

// Each tensor under its name in PEFT: "base_model.model.model.layers.0.self_attn.q_proj.lora_A.weight".
struct NamedParameter {
    std::string name;
    at::Tensor tensor;
};
std::vector<NamedParameter> namedParameters(const Adapter& adapter);

} // namespace cw
