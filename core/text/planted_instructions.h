// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Words of a contract that speak to a model rather than to the parties: orders about its task, the frames of chats and prompts, an answer in our
// own JSON. Pure; any thread.
#pragma once

#include "core/base/byte_range.h"

#include <string_view>
#include <vector>

namespace cw {

// Each such passage from its first word to the end of its line, at most 160 bytes, in the order of the text. It knows a list of phrases that
// no contract of a large collection has: what it finds deserves a look, what it doesn't find may be there all the same.
std::vector<ByteRange> findPlantedInstructions(std::string_view text);

} // namespace cw
