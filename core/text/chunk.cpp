// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "core/text/chunk.h"

#include "core/text/greedy_windows.h"
#include "core/text/landmarks.h"
#include "core/text/outline.h"
#include "core/text/packed_windows.h"
#include "core/text/pieces.h"
#include "core/text/segment.h"

#include <algorithm>
#include <array>
#include <utility>

namespace cw {

namespace {

constexpr size_t kSmallestWindow = 4; // bytes: the longest code point

constexpr std::array<std::pair<ChunkStrategy, std::string_view>, 4> kNames = {{{ChunkStrategy::Fixed, "fixed"},
                                                                               {ChunkStrategy::Sentence, "sentence"},
                                                                               {ChunkStrategy::Section, "section"},
                                                                               {ChunkStrategy::SectionOverlap, "section_overlap"}}};

std::string pathAt(const std::vector<Section>& sections, size_t offset) {
    const auto behind = std::upper_bound(sections.begin(), sections.end(), offset,
                                         [](size_t at, const Section& section) { return at < section.range.begin; });
    return (behind - 1)->path;
}

std::vector<ByteRange> greedyRanges(std::string_view text, ChunkStrategy strategy, size_t maxBytes, size_t overlapBytes) {
    switch (strategy) {
    case ChunkStrategy::Fixed:
        return fixedWindows(text, maxBytes, overlapBytes);
    case ChunkStrategy::Sentence:
        return sentenceWindows(text, maxBytes, overlapBytes);
    default:
        return sectionWindows(text, maxBytes, overlapBytes);
    }
}

} // namespace

std::string_view nameOf(ChunkStrategy strategy) {
    return std::find_if(kNames.begin(), kNames.end(), [&](const auto& each) { return each.first == strategy; })->second;
}

std::optional<ChunkStrategy> chunkStrategyFromName(std::string_view name) {
    const auto found = std::find_if(kNames.begin(), kNames.end(), [&](const auto& each) { return each.second == name; });
    return found == kNames.end() ? std::nullopt : std::optional(found->first);
}

std::vector<std::string> chunkStrategyNames() {
    std::vector<std::string> names;
    for (const auto& [strategy, name] : kNames)
        names.emplace_back(name);
    return names;
}

std::vector<Window> chunk(std::string_view text, const ChunkSettings& settings) {
    const size_t maxBytes = std::max(settings.maxBytes, kSmallestWindow);
    const size_t overlapBytes = std::min(settings.overlapBytes, maxBytes / 2);
    const std::vector<ByteRange> ranges = settings.strategy == ChunkStrategy::SectionOverlap
                                              ? packedWindows(piecesOf(text, maxBytes), maxBytes, overlapBytes)
                                              : greedyRanges(text, settings.strategy, maxBytes, overlapBytes);
    std::vector<Window> windows;
    for (ByteRange range : ranges)
        windows.push_back({range, static_cast<int>(windows.size()) + 1, static_cast<int>(ranges.size()), {}, {}});
    addSectionPaths(text, settings, windows);
    return windows;
}

void addSectionPaths(std::string_view text, const ChunkSettings& settings, std::vector<Window>& windows) {
    const std::vector<Section> sections = settings.strategy == ChunkStrategy::SectionOverlap
                                              ? sectionsUnder(text, findOutline(text, findSignatureBlocks(text)))
                                              : segmentSections(text);
    for (Window& window : windows)
        window.sectionPath = pathAt(sections, window.range.begin);
}

int windowOf(const std::vector<Window>& windows, ByteRange span) {
    const auto found =
        std::find_if(windows.begin(), windows.end(), [&](const Window& window) { return window.range.contains(span); });
    return found == windows.end() ? -1 : static_cast<int>(found - windows.begin());
}

} // namespace cw
