// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// GPT-2's printable alphabet: each byte stands in a vocabulary file as one visible character. Any thread.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

namespace cw {

// The character, as UTF-8, of each byte: printable Latin-1 stands for itself, the other 68 bytes in order are U+0100, U+0101, ...
const std::array<std::string, 256>& byteLevelAlphabet();

// The bytes that a token's name spells, or nothing if a character is not in the alphabet.
std::optional<std::string> bytesOfName(std::string_view name);

} // namespace cw
