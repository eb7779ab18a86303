// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// What the golden tests of training share: the tiny model, the stored adapters and JSON, and comparisons. Stored values
// come from transformers, PEFT and TRL in f32 (tests/data/README.md).
#pragma once

#include "core/base/file.h"
#include "tests/support/paths.h"
#include "tests/support/set_trainable.h"
#include "training/data/batch.h"
#include "training/model/adapter_files.h"
#include "training/model/safetensors.h"
#include "training/model/transformer.h"

#include <ATen/Parallel.h>
#include <ATen/TensorOperators.h>
#include <ATen/core/grad_mode.h>
#include <nlohmann/json.hpp>

#include <cmath>
#include <cstdio>
#include <cstdlib>

namespace cw::golden {

// Test data that can't be read is no failure of what is tested: the program ends with the reason.
template <typename T> T must(Result<T> result) {
    if (!result) {
        std::fprintf(stderr, "%s\n", result.error().message().c_str());
        std::abort();
    }
    return std::move(*result);
}

inline std::filesystem::path folder() {
    return test::dataFolder() / "golden" / "train";
}

inline nlohmann::json json(const std::string& name) {
    return nlohmann::json::parse(must(readFile(folder() / name)));
}

inline SafetensorsFile tensors(const std::string& name) {
    return must(SafetensorsFile::open(folder() / name));
}

// On one thread, as the stored values were made; the model is too small to gain from more.
inline Transformer tinyModel() {
    at::set_num_threads(1);
    return must(Transformer::load(test::sampleFolder() / "model", at::kFloat));
}

inline Adapter adapter(const std::string& name, const Transformer& model) {
    Adapter read = must(readAdapter(folder() / name, model.config()));
    test::setTrainable(read, true);
    return read;
}

inline std::vector<Example> examples(const nlohmann::json& samples) {
    std::vector<Example> out;
    for (const auto& sample : samples)
        out.push_back(makeExample(sample["prompt_ids"].get<TokenIds>(), sample["answer_ids"].get<TokenIds>()));
    return out;
}

inline double largestDifference(const at::Tensor& a, const at::Tensor& b) {
    return (a.detach() - b).abs().max().item<double>();
}

// 0 where every value is within 1e-5 or within a thousandth of the expected one; else by how much the worst one is
// beyond.
inline double beyondTolerance(const at::Tensor& actual, const at::Tensor& expected) {
    const at::Tensor allowed = (expected.abs() * 1e-3).clamp_min(1e-5);
    return ((actual - expected).abs() - allowed).clamp_min(0).max().item<double>();
}

// The worst gradient of an adapter against a stored file that has one of each name.
inline double worstGradient(const Adapter& adapter, const SafetensorsFile& expected) {
    double worst = 0;
    for (const NamedParameter& parameter : namedParameters(adapter))
        worst = std::max(worst, beyondTolerance(parameter.tensor.grad(), must(expected.tensor(parameter.name))));
    return worst;
}

// How far `actual` lies from `expected`, as a share of the way that `expected` has come from `start`. Of all weights
// together: where a gradient is nearly 0, Adam turns rounding noise into a whole step, so single weights may differ.
inline double shareOfTheWay(const Adapter& actual, const Adapter& expected, const Adapter& start) {
    const at::NoGradGuard noGradients;
    double off = 0, way = 0;
    for (size_t i = 0; i < start.parameters().size(); ++i) {
        off += (actual.parameters()[i] - expected.parameters()[i]).square().sum().item<double>();
        way += (start.parameters()[i] - expected.parameters()[i]).square().sum().item<double>();
    }
    return std::sqrt(off / way);
}

} // namespace cw::golden
