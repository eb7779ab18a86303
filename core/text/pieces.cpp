// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "core/text/pieces.h"

#include "core/base/utf.h"
#include "core/text/landmarks.h"
#include "core/text/outline.h"
#include "core/text/segment.h"
#include "core/text/list_item.h"

#include <algorithm>

namespace cw {

namespace {

// "16.4 By You.", "2.1.3 The": a numbered clause that begins within a line.
bool opensNumberedClause(std::string_view piece) {
    const size_t behind = std::min(piece.find_first_not_of("0123456789."), piece.size());
    const std::string_view number = piece.substr(0, behind);
    const size_t dot = number.find('.');
    return dot != std::string_view::npos && dot > 0 && dot < 3 && dot + 1 < number.size() && piece.size() > behind + 1 &&
           piece[behind] == ' ' && piece[behind + 1] >= 'A' && piece[behind + 1] <= 'Z';
}

bool opensLowerCase(std::string_view piece) {
    return !piece.empty() && piece.front() >= 'a' && piece.front() <= 'z';
}

// Tells what lies in front of each sentence, in order.
class BorderReader {
public:
    BorderReader(std::string_view text, const std::vector<HeadingLine>& headings, const std::vector<ByteRange>& signatures)
        : m_text(text), m_signatures(signatures) {
        for (const HeadingLine& found : headings)
            m_headings.push_back({trimmedRange(text, found.line).begin, &found.heading});
    }

    Cut before(ByteRange sentence) {
        const Heading* heading = headingAt(sentence.begin);
        const Cut border = read(sentence, heading);
        m_afterHeading = heading && heading->fillsLine;
        m_inItem = heading == nullptr && (opensItemAt(sentence) || (m_inItem && border == Cut::Other));
        m_previousEnd = sentence.end;
        return border;
    }

private:
    Cut read(ByteRange sentence, const Heading* heading) const {
        if (heading && !m_afterHeading)
            return heading->level <= 1 ? Cut::Section : Cut::Subsection;
        if (m_previousEnd == 0)
            return Cut::Section;
        if (const ByteRange signature = signatureAt(sentence.begin); !signature.empty())
            return signature.begin == sentence.begin ? Cut::Subsection : Cut::Other;
        return m_afterHeading ? Cut::Other : readText(sentence);
    }

    // Of two sentences that no heading parts.
    Cut readText(ByteRange sentence) const {
        const std::string_view between = m_text.substr(m_previousEnd, sentence.begin - m_previousEnd);
        const bool gap = std::count(between.begin(), between.end(), '\n') > 1;
        const char mark = lastMark(m_text.substr(0, m_previousEnd));
        const bool ended = mark == '.' || mark == '?' || mark == '!';
        if (mark == ':')
            return Cut::Other; // what it announces follows
        if (ended && opensNumberedClause(m_text.substr(sentence.begin, sentence.size())))
            return Cut::Subsection;
        if (opensItemAt(sentence))
            return gap && ended ? Cut::Paragraph : Cut::Sentence;
        if (opensLowerCase(m_text.substr(sentence.begin, 1)))
            return Cut::Other; // a page ended in the midst of a sentence
        if (gap && ended)
            return Cut::Paragraph;
        return m_inItem ? Cut::Other : Cut::Sentence;
    }

    const Heading* headingAt(size_t begin) const {
        const auto found = std::lower_bound(m_headings.begin(), m_headings.end(), begin, [](const auto& each, size_t at) { return each.first < at; });
        return found != m_headings.end() && found->first == begin ? found->second : nullptr;
    }

    ByteRange signatureAt(size_t begin) const {
        const auto found = std::find_if(m_signatures.begin(), m_signatures.end(),
                                        [&](ByteRange signature) { return signature.begin <= begin && begin < signature.end; });
        return found == m_signatures.end() ? ByteRange() : *found;
    }

    bool opensItemAt(ByteRange sentence) const { return opensItem(m_text.substr(sentence.begin, 16)); }

    std::string_view m_text;
    std::vector<std::pair<size_t, const Heading*>> m_headings; // by where their lines' text begins
    std::vector<ByteRange> m_signatures;
    size_t m_previousEnd = 0;
    bool m_afterHeading = false; // the sentence before fills its line and is a heading
    bool m_inItem = false;
};

// A range of more than maxBytes, cut at its words, and a longer word at code points.
void addWords(std::string_view text, ByteRange range, Cut before, size_t maxBytes, std::vector<Piece>& pieces) {
    const std::vector<size_t> starts = wordStarts(text, range);
    for (size_t i = 0; i < starts.size(); ++i) {
        ByteRange word = trimmedRange(text, {starts[i], i + 1 < starts.size() ? starts[i + 1] : range.end});
        while (!word.empty()) {
            size_t end = std::min(word.end, word.begin + maxBytes);
            while (end < word.end && !isCodePointBoundary(text, end))
                --end;
            pieces.push_back({{word.begin, end}, before});
            before = Cut::Other;
            word.begin = end;
        }
    }
}

} // namespace

std::vector<Piece> piecesOf(std::string_view text, size_t maxBytes) {
    const std::vector<ByteRange> signatures = findSignatureBlocks(text);
    const std::vector<HeadingLine> headings = findOutline(text, signatures);
    std::vector<Piece> pieces;
    BorderReader borders(text, headings, signatures);
    for (ByteRange sentence : segmentSentences(text, headings)) {
        const Cut before = borders.before(sentence);
        if (sentence.size() <= maxBytes)
            pieces.push_back({sentence, before});
        else
            addWords(text, sentence, before, maxBytes, pieces);
    }
    return pieces;
}

std::vector<size_t> wordStarts(std::string_view text, ByteRange range) {
    std::vector<size_t> starts;
    bool inWord = false;
    for (size_t at = range.begin; at < range.end;) {
        const size_t begin = at;
        const bool isWord = !isWhitespace(decodeCodePoint(text, at));
        if (isWord && !inWord)
            starts.push_back(begin);
        inWord = isWord;
    }
    return starts;
}

} // namespace cw
