// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// What a config.json says about rotary positions. Any thread.
#pragma once

#include "training/model/config_fields.h"
#include "training/model/rope.h"

namespace cw {

// "rope_parameters" of newer files, or "rope_theta" and "rope_scaling" of older ones; `context` is the model's. A kind
// that isn't known, and one that would turn only a part of each head, is refused by name.
RopeSettings ropeFromConfig(ConfigFields& fields, std::int64_t context);

} // namespace cw
