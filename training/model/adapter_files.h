// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// An adapter's folder in the form of the PEFT library: adapter_config.json and adapter_model.safetensors. Any thread.
#pragma once

#include "training/model/lora.h"

#include <filesystem>

namespace cw {

// Reads an adapter for a model of that shape, in f32, without gradients. What PEFT can express and this program can't
// compute (DoRA, ranks by module, biases, ...) is refused by name, as is a tensor that fits no layer.
Result<Adapter> readAdapter(const std::filesystem::path& folder, const ModelConfig& config,
                            at::Device device = at::kCPU);

// Makes the folder if need be. `baseModel` is the name that PEFT shows for the model underneath.
Status writeAdapter(const std::filesystem::path& folder, const Adapter& adapter, const std::string& baseModel);

// Each tensor under its name in PEFT: "base_model.model.model.layers.0.self_attn.q_proj.lora_A.weight".
struct NamedParameter {
    std::string name;
    at::Tensor tensor;
};
std::vector<NamedParameter> namedParameters(const Adapter& adapter);

} // namespace cw
