// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "core/text/landmarks.h"

#include "core/text/lines.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <string>

namespace cw {

namespace {

constexpr size_t kMaxEntryGap = 3;        // blocks without a page number between two entries
constexpr size_t kMaxBlockInGap = 120;    // bytes of such a block: a page's foot, "Page", a title that goes on
constexpr size_t kMaxSignatureBlock = 240; // bytes of a block of a signature, behind the words that open it
constexpr size_t kMaxBlocksInSignature = 60;

// Blocks are what blank lines part, trimmed.
std::vector<ByteRange> blocksOf(std::string_view text) {
    std::vector<ByteRange> blocks;
    bool open = false;
    for (ByteRange line : lineRanges(text)) {
        const ByteRange trimmed = trimmedRange(text, line);
        if (trimmed.empty()) {
            open = false;
        } else if (open) {
            blocks.back().end = trimmed.end;
        } else {
            blocks.push_back(trimmed);
            open = true;
        }
    }
    return blocks;
}

std::string lowered(std::string_view text) {
    std::string out(text);
    for (char& c : out)
        c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    return out;
}

bool isNumeral(std::string_view word) {
    const auto all = [&](std::string_view letters) {
        return !word.empty() && word.find_first_not_of(letters) == std::string_view::npos;
    };
    return (all("0123456789") && word.size() <= 3) || (all("ivxlc") && word.size() <= 6);
}

// "2.1 Fees ........ 7", "ARTICLE 2 Licenses 13".
bool endsWithPageNumber(std::string_view block) {
    const size_t space = block.find_last_of(" \t\n.");
    return space != std::string_view::npos && space > 2 && isNumeral(block.substr(space + 1));
}

bool opensContents(std::string_view block) {
    const std::string start = lowered(block.substr(0, 40));
    return start.starts_with("table of contents") || start == "contents" || start.starts_with("contents\n") ||
           start.starts_with("index\n") || start == "index";
}

constexpr std::array<std::string_view, 8> kSignatureWords = {"by:",  "name:",      "title:",     "its:",
                                                             "by\t", "signature:", "signed by ", "signed:"};

bool opensSignatureLine(const std::string& line) {
    return std::any_of(kSignatureWords.begin(), kSignatureWords.end(),
                       [&](std::string_view word) { return line.starts_with(word); });
}

// How many of a block's lines are such as "By: ____".
size_t signatureLines(std::string_view block) {
    size_t count = 0;
    for (ByteRange line : lineRanges(block)) {
        const ByteRange trimmed = trimmedRange(block, line);
        count += opensSignatureLine(lowered(block.substr(trimmed.begin, std::min<size_t>(trimmed.size(), 12))));
    }
    return count;
}

bool isTestimonium(std::string_view block) {
    const std::string start = lowered(block.substr(0, 40));
    return start.find("in witness whereof") != std::string::npos || start.find("in witness hereof") != std::string::npos;
}

// "Exhibit A": what a signature never holds.
bool opensDivision(std::string_view block) {
    HeadingReader reader;
    const auto heading = reader.read({block.substr(0, std::min(block.find('\n'), block.size())), {}, true});
    return heading && heading->level == 0;
}

// Finds one signature block after the other in the blocks of a text.
class SignatureScanner {
public:
    explicit SignatureScanner(std::string_view text) : m_text(text), m_blocks(blocksOf(text)) {}

    std::vector<ByteRange> run() const {
        std::vector<ByteRange> out;
        for (size_t i = 0; i < m_blocks.size();) {
            const size_t behind = signatureFrom(i);
            if (behind > i)
                out.push_back({m_blocks[i].begin, m_blocks[behind - 1].end});
            i = std::max(behind, i + 1);
        }
        return out;
    }

private:
    std::string_view at(size_t block) const { return m_text.substr(m_blocks[block].begin, m_blocks[block].size()); }

    // The number of the first block behind a signature that begins at block `first`; `first` itself if none does.
    size_t signatureFrom(size_t first) const {
        const bool testimonium = isTestimonium(at(first));
        size_t lines = signatureLines(at(first));
        if (!testimonium && (lines == 0 || m_blocks[first].size() > kMaxSignatureBlock))
            return first;
        size_t behind = first + 1;
        size_t end = behind; // behind the last block with a line to sign on
        while (behind < m_blocks.size() && behind - first < kMaxBlocksInSignature &&
               m_blocks[behind].size() <= kMaxSignatureBlock && !opensDivision(at(behind))) {
            const size_t more = signatureLines(at(behind++));
            lines += more;
            end = more > 0 ? behind : end;
        }
        return testimonium || lines >= 2 ? end : first;
    }

    std::string_view m_text;
    std::vector<ByteRange> m_blocks;
};

} // namespace

ByteRange findContentsTable(std::string_view text) {
    const std::vector<ByteRange> blocks = blocksOf(text);
    const auto at = [&](size_t block) { return text.substr(blocks[block].begin, blocks[block].size()); };
    for (size_t first = 0; first < blocks.size(); ++first) {
        if (!opensContents(at(first)))
            continue;
        size_t end = endsWithPageNumber(at(first)) ? first + 1 : first;
        for (size_t i = first + 1; i < blocks.size() && i - end <= kMaxEntryGap + (end == first); ++i)
            if (endsWithPageNumber(at(i)))
                end = i + 1;
            else if (blocks[i].size() > kMaxBlockInGap)
                break;
        if (end > first)
            return {blocks[first].begin, blocks[end - 1].end};
    }
    return {};
}

std::vector<ByteRange> findSignatureBlocks(std::string_view text) {
    return SignatureScanner(text).run();
}

} // namespace cw
