// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "training/data/batch.h"

#include <ATen/ops/from_blob.h>

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
    TokenIds tokens, positions, rows, targets, sequences, starts = {0};
    for (size_t i = 0; i < examples.size(); ++i) {
        const Example& example = *examples[i];
        const std::int64_t start = starts.back();
        for (size_t t = 0; t < example.ids.size(); ++t) {
            tokens.push_back(example.ids[t]);
            positions.push_back(static_cast<std::int64_t>(t));
            if (t + 1 == example.ids.size() || example.labels[t + 1] == kIgnored)
                continue; // an example's last token predicts nothing: what follows it is another example
            rows.push_back(start + static_cast<std::int64_t>(t));
            targets.push_back(example.labels[t + 1]);
            sequences.push_back(static_cast<std::int64_t>(i));
        }
        starts.push_back(static_cast<std::int64_t>(tokens.size()));
    }
    return {toTensor(tokens, device),  toTensor(positions, device), std::move(starts),
            toTensor(rows, device),    toTensor(targets, device),   toTensor(sequences, device)};
}

} // namespace cw
