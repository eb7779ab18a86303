// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Which weights a calibration was fitted to: with others its margins mean something else. Any thread.
#pragma once

#include "core/base/result.h"

#include <filesystem>
#include <string>

namespace cw {

struct CalibratedModel {
    std::string adapter;   // adapterHash()
    std::string base;      // as the adapter's own record has them (AdapterOrigin)
    std::string tokenizer;
    friend bool operator==(const CalibratedModel&, const CalibratedModel&) = default;
};

// SHA-256 of the adapter's weights and of the settings that scale them. Reads the whole files.
Result<std::string> adapterHash(const std::filesystem::path& adapterFolder);

// What the two don't have in common, as words for a sentence ("another base model"); empty where they are the same.
std::string differenceOf(const CalibratedModel& fitted, const CalibratedModel& used);

} // namespace cw
