// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// A model's weights under the names of Hugging Face ("model.layers.0.self_attn.q_proj.weight"), whatever file they lie
// in. Read-only; any thread.
#pragma once

#include "core/base/result.h"

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace cw {

// What a tensor is known by without being read whole.
struct TensorSample {
    std::string type; // of its values or blocks in the file
    std::vector<std::int64_t> shape;
    std::string bytes; // the first ones in the file, at most 4096
};

class WeightSource {
public:
    virtual ~WeightSource() = default;

    // `model`: a folder with safetensors, or a GGUF model (see model_place.h).
    static Result<std::unique_ptr<WeightSource>> open(const std::filesystem::path& model);

    // Every tensor of the files, sorted; one without a place in a model of the Llama family has its name of the file.
    virtual std::vector<std::string> names() const = 0;
    virtual bool contains(const std::string& name) const = 0;

    // The tensor in the dtype that the file has it in (f32 where it is quantised), over the mapped file where no value
    // has to move. Never write to it. Other than floats are refused.
    Result<at::Tensor> tensor(const std::string& name) const;
    Result<at::Tensor> tensor(const std::string& name, const std::vector<std::int64_t>& shape) const;

    // Of a name that is contained.
    virtual Result<TensorSample> sample(const std::string& name) const = 0;

    // Says that the tensor was copied and its bytes won't be looked at soon: see MappedFile::forget.
    virtual void forget(const std::string& name) const = 0;

protected:
    static constexpr std::uint64_t kSampleBytes = 4096;

    // Of a name that is contained.
    virtual Result<at::Tensor> read(const std::string& name) const = 0;
    virtual std::string place() const = 0; // the file or folder, for errors
};

} // namespace cw
