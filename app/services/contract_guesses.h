// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// What an import supposes about a contract where nobody says it. Pure; any thread.
#pragma once

#include "core/extraction/party_guess.h"

#include <string>
#include <string_view>
#include <vector>

namespace cw {

// The first line near the top that reads like a document's name, else the file name's stem with its words apart.
std::string guessTitle(std::string_view text, std::string_view stem);

// "en-GB" or "en-US" by the spellings that only one of them has; empty where they don't tell.
std::string guessLanguage(std::string_view text);

// The kind of contract by its title, else by the words of its first pages, in the names of the published collections ("NDA", "License",
// "Supply"); empty where nothing tells.
std::string guessType(std::string_view title, std::string_view text);

} // namespace cw
