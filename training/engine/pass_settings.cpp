// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "training/engine/pass_settings.h"

#include <algorithm>
#include <array>

namespace cw {

namespace {

constexpr std::array<std::string_view, 4> kNames = {"none", "cheap", "attention", "full"};

} // namespace

std::string_view toString(Checkpointing level) {
    return kNames[static_cast<size_t>(level)];
}

std::optional<Checkpointing> checkpointingFromString(std::string_view name) {
    const auto found = std::ranges::find(kNames, name);
    if (found == kNames.end())
        return std::nullopt;
    return static_cast<Checkpointing>(found - kNames.begin());
}

} // namespace cw
