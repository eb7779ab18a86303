// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Recognises the headings of a contract, line by line: "ARTICLE IV", "Section 4. Term", "7.2 Termination.", lines in
// capitals. Any thread.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

namespace cw {

struct Heading {
    std::string text; // "7.2 Termination"
    int level = 0;    // 0 article, schedule, exhibit; 1 section or a line in capitals; 2 and deeper: its subsections
    bool fillsLine = true; // no text of the section follows on the heading's line
};

// A line with what stands around it. A line in capitals is a heading only if it stands alone: a paragraph in capitals
// has many.
struct LineContext {
    std::string_view line; // trimmed, not empty
    std::string_view next; // the line below, trimmed
    bool afterGap = false; // the line above is blank, a heading, or there is none
};

// Reads a document's lines in order: a number is taken as a heading's only where it goes on from those before.
class HeadingReader {
public:
    // The heading that opens the line, or nothing.
    std::optional<Heading> read(const LineContext& at);

private:
    std::optional<Heading> readNamed(std::string_view line);
    std::optional<Heading> readNumbered(std::string_view line);
    bool continues(const std::array<int, 4>& numbers, int depth, bool marked) const;

    int m_lastTop = 0; // number of the last section of level 1
};

} // namespace cw
