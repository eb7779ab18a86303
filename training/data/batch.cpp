// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "training/data/batch.h"

#include <ATen/ops/from_blob.h>
#include <ATen/ops/zeros.h>

#include <algorithm>

namespace cw {

namespace {

at::Tensor toTensor(TokenIds& values, at::Device device) {
    return at::from_blob(values.data(), {static_cast<std::int64_t>(values.size())}, at::kLong).clone().to(device);
}

} // namespace

std::int64_t Example::labelCount() const {
    return labels.empty()
               ? 0
               : std::count_if(labels.begin() + 1, labels.end(), [](std::int64_t id) { return id != kIgnored; });
}

Example makeExample(const TokenIds& prompt, const TokenIds& answer) {
    Example example{prompt, TokenIds(prompt.size(), kIgnored)};
    example.ids.insert(example.ids.end(), answer.begin(), answer.end());
    example.labels.insert(example.labels.end(), answer.begin(), answer.end());
    return example;
}

Batch makeBatch(const std::vector<const Example*>& examples, at::Device device) {
    size_t length = 0;
    for (const Example* example : examples)
        length = std::max(length, example->ids.size());

    Batch batch;
    TokenIds tokens(examples.size() * length, 0), rows, targets, sequences;
    for (size_t b = 0; b < examples.size(); ++b) {
        const Example& example = *examples[b];
        std::copy(example.ids.begin(), example.ids.end(), tokens.begin() + static_cast<std::ptrdiff_t>(b * length));
        batch.tokenCount += static_cast<std::int64_t>(example.ids.size());
        for (size_t t = 0; t + 1 < example.labels.size(); ++t)
            if (example.labels[t + 1] != kIgnored) {
                rows.push_back(static_cast<std::int64_t>(b * length + t));
                targets.push_back(example.labels[t + 1]);
                sequences.push_back(static_cast<std::int64_t>(b));
            }
    }
    batch.tokens =
        toTensor(tokens, device).view({static_cast<std::int64_t>(examples.size()), static_cast<std::int64_t>(length)});
    batch.rows = toTensor(rows, device);
    batch.targets = toTensor(targets, device);
    batch.sequenceOf = toTensor(sequences, device);
    return batch;
}

} // namespace cw
