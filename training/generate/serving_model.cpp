// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "training/generate/serving_model.h"

#include <ATen/Parallel.h>
#include <ATen/ops/empty.h>

namespace cw {

namespace {

constexpr std::int64_t kRowsAtOnce = 32;

ServingModel::Packed packedRows(const at::Tensor& weight) {
    const at::Tensor rows = weight.to(at::kCPU, at::kFloat).contiguous();
    const std::int64_t out = rows.size(0), in = rows.size(1), groups = in / kernels::kInt4Group;
    ServingModel::Packed packed{at::empty({out, in / 2}, at::kByte), at::empty({out, groups}, at::kBFloat16)};
    auto* bytes = packed.bytes.data_ptr<std::uint8_t>();
    auto* scales = packed.scales.data_ptr<c10::BFloat16>();
    at::parallel_for(0, out, kRowsAtOnce, [&](std::int64_t begin, std::int64_t end) {
        for (std::int64_t row = begin; row < end; ++row)
            kernels::toInt4(rows.const_data_ptr<float>() + row * in, in, bytes + row * in / 2, scales + row * groups);
    });
    return packed;
}

template <typename T> at::Tensor unpacked(const ServingModel::Packed& packed, at::ScalarType dtype) {
    const std::int64_t out = packed.bytes.size(0), in = 2 * packed.bytes.size(1), groups = in / kernels::kInt4Group;
    at::Tensor rows = at::empty({out, in}, dtype);
    at::parallel_for(0, out, kRowsAtOnce, [&](std::int64_t begin, std::int64_t end) {
        for (std::int64_t row = begin; row < end; ++row)
            kernels::fromInt4(packed.bytes.const_data_ptr<std::uint8_t>() + row * in / 2,
                              packed.scales.const_data_ptr<c10::BFloat16>() + row * groups, in, rows.data_ptr<T>() + row * in);
    });
    return rows;
}

at::Tensor unpacked(const ServingModel::Packed& packed, const Transformer& model) {
    const at::Tensor rows = model.dtype() == at::kFloat ? unpacked<float>(packed, at::kFloat)
                                                        : unpacked<c10::BFloat16>(packed, at::kBFloat16);
    return rows.to(model.device());
}

// LoRA's changes are often smaller than half a step of a bf16 weight.
bool canFold(const Transformer& transformer, const Adapter* adapter, ServingForm form) {
    return adapter && form == ServingForm::Folded && transformer.dtype() == at::kFloat;
}

} // namespace

ServingModel::ServingModel(const Transformer& transformer, const Adapter* adapter, ServingForm form)
    : m_transformer(canFold(transformer, adapter, form) ? transformer.merged(*adapter) : transformer),
      m_adapter(canFold(transformer, adapter, form) ? nullptr : adapter) {
    if (form != ServingForm::Int4)
        return;
    const auto isRounded = [](const at::Tensor& weight) { return weight.size(1) % kernels::kInt4Group == 0; };
    for (const Transformer::Layer& layer : m_transformer.layers())
        if (device().is_cpu()) {
            auto& packed = m_packed.emplace_back();
            for (size_t p = 0; p < kProjections; ++p)
                if (isRounded(layer.weights[p]))
                    packed[p] = packedRows(layer.weights[p]);
        } else {
            auto& writtenOut = m_writtenOut.emplace_back();
            for (size_t p = 0; p < kProjections; ++p)
                writtenOut[p] = isRounded(layer.weights[p]) ? unpacked(packedRows(layer.weights[p]), m_transformer) : layer.weights[p];
        }
}

at::Tensor ServingModel::dense(size_t layer, Projection projection) const {
    if (const Packed* rounded = packed(layer, projection))
        return unpacked(*rounded, m_transformer);
    const auto place = static_cast<size_t>(projection);
    return m_writtenOut.empty() ? m_transformer.layers()[layer].weights[place] : m_writtenOut[layer][place];
}

const ServingModel::Packed* ServingModel::packed(size_t layer, Projection projection) const {
    if (m_packed.empty())
        return nullptr;
    const std::optional<Packed>& rounded = m_packed[layer][static_cast<size_t>(projection)];
    return rounded ? &*rounded : nullptr;
}

} // namespace cw
