// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The names of places that have a law of their own, with their codes: ISO 3166-2 for the parts of the United States,
// Canada, Australia and the United Kingdom, ISO 3166-1 for countries. Any thread.
#pragma once

#include <string_view>
#include <vector>

namespace cw {

struct Jurisdiction {
    std::string_view name;    // lower case
    std::string_view code;    // empty: the name alone doesn't tell which place is meant
    bool isAdjective = false; // "english": only before "law"
};

const std::vector<Jurisdiction>& jurisdictions();

} // namespace cw
