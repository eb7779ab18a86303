// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Cuts a contract into windows that fit a model. Training, generation and the preview call this same code with the same settings. Any
// thread.
#pragma once

#include "core/base/byte_range.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cw {

// Fixed: between words, wherever they lie. Sentence: whole sentences. Section: whole sections one after the other, a longer one as by
// sentences. SectionOverlap: numbered clauses, packed so that the cuts cost least, with a stub in front of each window.
enum class ChunkStrategy { Fixed, Sentence, Section, SectionOverlap };

std::string_view nameOf(ChunkStrategy strategy); // "section_overlap"
std::optional<ChunkStrategy> chunkStrategyFromName(std::string_view name);
std::vector<std::string> chunkStrategyNames();

struct ChunkSettings {
    size_t maxBytes = 16000;   // the most text that a window holds
    size_t overlapBytes = 800; // the most text that a window repeats of the one before: whole sentences, with Fixed whole words
    ChunkStrategy strategy = ChunkStrategy::SectionOverlap;
    size_t stubBytes = 900; // the longest stub (core/prompt/stub.h); of SectionOverlap alone
    friend bool operator==(const ChunkSettings&, const ChunkSettings&) = default;
};

struct Window {
    ByteRange range;
    int part = 1; // from 1
    int parts = 1;
    std::string sectionPath; // of its first byte
    std::string stub = {};   // what the prompt says of the contract before the window's text; never part of it
    friend bool operator==(const Window&, const Window&) = default;
};

// Windows of at most maxBytes (4 or more), cut within a section, sentence or word only where that alone is longer, never within a code
// point; stubs are left empty. Every byte that is not white space lies in at least one window, each begins and ends behind the one before.
std::vector<Window> chunk(std::string_view text, const ChunkSettings& settings);

// Sets the paths of windows that were cut elsewhere, as chunk() does.
void addSectionPaths(std::string_view text, const ChunkSettings& settings, std::vector<Window>& windows);

// Which window takes a span: the first that holds it whole, or nothing (-1): the caller lists it.
int windowOf(const std::vector<Window>& windows, ByteRange span);

} // namespace cw
