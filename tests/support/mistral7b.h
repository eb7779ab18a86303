// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The sizes of Mistral-7B, for what is reckoned or measured without its weights.
#pragma once

#include "training/model/model_config.h"

namespace cw::test {

inline ModelConfig mistral7b() {
    ModelConfig config;
    config.family = "mistral";
    config.vocabulary = 32000;
    config.hidden = 4096;
    config.intermediate = 14336;
    config.layers = 32;
    config.heads = 32;
    config.kvHeads = 8;
    config.headWidth = 128;
    config.context = 32768;
    config.rope.theta = 1e6;
    return config;
}

} // namespace cw::test
