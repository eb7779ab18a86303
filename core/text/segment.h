// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Sections and sentences of a contract's canonical text. Any thread.
#pragma once

#include "core/base/byte_range.h"
#include "core/text/lines.h"

#include <string>
#include <string_view>
#include <vector>

namespace cw {

// A run of text under one heading. Sections follow each other without gap and cover the whole text.
struct Section {
    ByteRange range;
    std::string heading; // "7.2 Termination", empty for the preamble
    std::string path;    // "7 Term > 7.2 Termination"
    int depth = 0;
};

std::vector<Section> segmentSections(std::string_view text);
// The same under these headings of the text, in order.
std::vector<Section> sectionsUnder(std::string_view text, const std::vector<HeadingLine>& headings);

// Sentences, trimmed of surrounding whitespace, in order. Knows the abbreviations and numbers of contracts ("Inc.", "Sec. 4.", "No. 5").
std::vector<ByteRange> segmentSentences(std::string_view text);
// The same, where these are the text's headings.
std::vector<ByteRange> segmentSentences(std::string_view text, const std::vector<HeadingLine>& headings);

// The sentence that holds `offset`, or the nearest one behind it.
ByteRange sentenceAt(std::string_view text, size_t offset);

} // namespace cw
