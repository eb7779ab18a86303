// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "core/text/segment.h"

#include <algorithm>
#include <utility>

namespace cw {

namespace {

// The headings that are open at a place, outermost first.
class Outline {
public:
    void open(const Heading& heading) {
        while (!m_open.empty() && m_open.back().level >= heading.level)
            m_open.pop_back();
        m_open.push_back(heading);
    }
    int depth() const { return static_cast<int>(m_open.size()) - 1; }
    std::string path() const {
        std::string out;
        for (const Heading& heading : m_open)
            out += (out.empty() ? "" : " > ") + heading.text;
        return out;
    }

private:
    std::vector<Heading> m_open;
};

} // namespace

std::vector<Section> segmentSections(std::string_view text) {
    return sectionsUnder(text, findHeadings(text));
}

std::vector<Section> sectionsUnder(std::string_view text, const std::vector<HeadingLine>& headings) {
    std::vector<Section> sections;
    Outline outline;
    if (!text.empty())
        sections.push_back({{0, text.size()}, {}, {}, 0});
    for (const HeadingLine& found : headings) {
        const size_t begin = found.line.begin;
        if (begin == 0)
            sections.clear(); // no preamble
        else
            sections.back().range.end = begin;
        outline.open(found.heading);
        sections.push_back({{begin, text.size()}, found.heading.text, outline.path(), outline.depth()});
    }
    return sections;
}

ByteRange sentenceAt(std::string_view text, size_t offset) {
    const std::vector<ByteRange> sentences = segmentSentences(text);
    const auto found =
        std::find_if(sentences.begin(), sentences.end(), [&](ByteRange sentence) { return offset < sentence.end; });
    if (found != sentences.end())
        return *found;
    return sentences.empty() ? ByteRange() : sentences.back();
}

} // namespace cw
