// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Cuts a contract into windows that fit a model, and merges what was found in them. Training, generation and the preview call this same
// code with the same settings. Any thread.
#pragma once

#include "core/base/byte_range.h"

#include <string>
#include <string_view>
#include <vector>

namespace cw {

struct ChunkSettings {
    size_t maxBytes = 16000;   // the most text that a window holds
    size_t overlapBytes = 800; // the most text that a window repeats of the one before: whole sentences only
    friend bool operator==(const ChunkSettings&, const ChunkSettings&) = default;
};

struct Window {
    ByteRange range;
    int part = 1; // from 1
    int parts = 1;
    std::string sectionPath; // of its first byte
    friend bool operator==(const Window&, const Window&) = default;
};

// Packs whole sections into windows of at most maxBytes; a section that is longer is cut between sentences, a longer sentence between
// words, never within a code point. Every byte that is not whitespace lies in at least one window.
std::vector<Window> chunk(std::string_view text, const ChunkSettings& settings);

// Which window takes a span: the first that holds it whole, or nothing (-1): the caller lists it.
int windowOf(const std::vector<Window>& windows, ByteRange span);

} // namespace cw
