// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The stub in front of a window's text: what a reader of the whole contract would know there. Any thread.
#pragma once

#include "core/text/chunk.h"

#include <string_view>
#include <vector>

namespace cw {

// chunk() with the windows' stubs, where the strategy has them. A stub has at most settings.stubBytes and a quarter
// of settings.maxBytes, no empty line, and up to three lines:
//
//   Parties: Acme Ltd ("Supplier"); Beta plc ("Customer")
//   Section: the whole path, where the prompt's own line has room for its inner part alone
//   Defined terms: "Affiliate" means ...; "Price": the price in Schedule 2
//
// What the window itself says is left out: parties that it names, terms that it defines or doesn't use. Terms go by how often the window
// uses them; a long definition is cut behind a word. A window that is the whole contract has no stub.
std::vector<Window> windowsOf(std::string_view canonicalText, const ChunkSettings& settings);

// Gives windows of the contract, however they were cut, their section paths and stubs.
void describe(std::string_view canonicalText, const ChunkSettings& settings, std::vector<Window>& windows);

// The innermost headings of a section's path that have at most maxBytes together, at least the last.
std::string_view innerPath(std::string_view path, size_t maxBytes);

inline constexpr size_t kMaxPathBytes = 60; // of a path in the prompt's own line

} // namespace cw
