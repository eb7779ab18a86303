// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "training/model/weight_source.h"

#include "core/run/model_place.h"
#include "training/model/gguf_weights.h"
#include "training/model/weight_files.h"

namespace cw {

namespace {

std::string shapeText(c10::IntArrayRef shape) {
    std::string text;
    for (const std::int64_t size : shape)
        text += (text.empty() ? "" : " x ") + std::to_string(size);
    return text;
}

constexpr auto kHint = "Check that the configuration and the weights belong to one model.";

} // namespace

Result<std::unique_ptr<WeightSource>> WeightSource::open(const std::filesystem::path& model) {
    CW_TRY_ASSIGN(ggufFile, ggufFileOf(model));
    if (ggufFile)
        return openGgufWeights(*ggufFile);
    return openWeightFiles(model);
}

Result<at::Tensor> WeightSource::tensor(const std::string& name) const {
    if (!contains(name))
        return Error{ErrorCode::BadInput, "The weights in " + place() + " lack \"" + name + "\".", kHint};
    CW_TRY_ASSIGN(tensor, read(name));
    if (!at::isFloatingType(tensor.scalar_type()))
        return Error{ErrorCode::Unsupported, "Tensor \"" + name + "\" in " + place() + " is no matrix of floats.",
                     "Choose a model with F32, F16 or BF16 weights."};
    return tensor;
}

Result<at::Tensor> WeightSource::tensor(const std::string& name, const std::vector<std::int64_t>& shape) const {
    CW_TRY_ASSIGN(tensor, this->tensor(name));
    if (tensor.sizes() != c10::IntArrayRef(shape))
        return Error{ErrorCode::BadInput,
                     "Tensor \"" + name + "\" in " + place() + " is " + shapeText(tensor.sizes()) +
                         ", but the model's configuration asks for " + shapeText(shape) + ".",
                     kHint};
    return tensor;
}

} // namespace cw
