// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "core/text/packed_windows.h"

#include <algorithm>
#include <array>
#include <limits>

namespace cw {

namespace {

constexpr std::array<double, 5> kCutCost = {0, 1, 4, 16, 64}; // by Cut
// A window more costs a prompt and an answer: as much as a cut between paragraphs (of the values tried by bench_chunks, 0.5 to 32, the one
// that cut fewest spans at 8,000 bytes, with no more windows than filling section by section).
constexpr double kWindowCost = 4;
// Times the square of a window's fill: of partitions that are equally good, the most even one.
constexpr double kFillCost = 0.1;

double costOf(Cut cut) {
    return kCutCost[static_cast<size_t>(cut)];
}

class Packer {
public:
    Packer(const std::vector<Piece>& pieces, size_t maxBytes, size_t overlapBytes)
        : m_pieces(pieces), m_max(maxBytes), m_overlap(overlapBytes) {}

    std::vector<ByteRange> windows() const {
        const std::vector<size_t> firsts = cheapestFirsts();
        std::vector<ByteRange> out;
        for (size_t i = 0; i < firsts.size(); ++i) {
            const size_t end = endBefore(i + 1 < firsts.size() ? firsts[i + 1] : m_pieces.size());
            const size_t room = m_max - (end - m_pieces[firsts[i]].range.begin);
            const size_t from = i == 0 ? 0 : repeatFrom(firsts[i], firsts[i - 1] + 1, std::min(room, m_overlap));
            out.push_back({m_pieces[from].range.begin, end});
        }
        return out;
    }

private:
    size_t endBefore(size_t piece) const { return m_pieces[piece - 1].range.end; }

    // The first new piece of each window. best[j]: the least that windows over the pieces before j cost.
    std::vector<size_t> cheapestFirsts() const {
        std::vector<double> best(m_pieces.size() + 1, std::numeric_limits<double>::infinity());
        std::vector<size_t> from(m_pieces.size() + 1, 0);
        best[0] = 0;
        for (size_t first = 0; first < m_pieces.size(); ++first) {
            const size_t begin = m_pieces[first].range.begin;
            const double cut = first == 0 ? 0 : costOf(m_pieces[first].before);
            const size_t repeated = first == 0 ? 0 : begin - m_pieces[repeatFrom(first, 1, m_overlap)].range.begin;
            for (size_t end = first + 1; end <= m_pieces.size() && endBefore(end) - begin <= m_max; ++end) {
                const size_t size = endBefore(end) - begin;
                const double fill = static_cast<double>(size) / static_cast<double>(m_max);
                const double cost = best[first] + kWindowCost + kFillCost * fill * fill + (size + repeated <= m_max ? cut : 1.5 * cut);
                if (cost < best[end]) {
                    best[end] = cost;
                    from[end] = first;
                }
            }
        }
        std::vector<size_t> firsts;
        for (size_t end = m_pieces.size(); end > 0; end = from[end])
            firsts.push_back(from[end]);
        std::reverse(firsts.begin(), firsts.end());
        return firsts;
    }

    // The piece from which a window whose first new piece is `first` repeats, at most `room` bytes and none before `earliest`.
    size_t repeatFrom(size_t first, size_t earliest, size_t room) const {
        const size_t begin = m_pieces[first].range.begin;
        size_t paragraph = first, sentence = first;
        for (size_t i = first; i > earliest && begin - m_pieces[i - 1].range.begin <= room; --i) {
            const Piece& piece = m_pieces[i - 1];
            if (opensLeaf(piece))
                return i - 1;
            if (piece.before == Cut::Paragraph)
                paragraph = i - 1;
            if (piece.before == Cut::Sentence)
                sentence = i - 1;
        }
        return paragraph != first ? paragraph : sentence;
    }

    const std::vector<Piece>& m_pieces;
    size_t m_max;
    size_t m_overlap;
};

} // namespace

std::vector<ByteRange> packedWindows(const std::vector<Piece>& pieces, size_t maxBytes, size_t overlapBytes) {
    return Packer(pieces, maxBytes, overlapBytes).windows();
}

} // namespace cw
