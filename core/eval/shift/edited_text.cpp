// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "core/eval/shift/edited_text.h"

#include <algorithm>
#include <utility>

namespace cw {

std::vector<TextEdit> inOrder(std::string_view text, std::vector<TextEdit> edits) {
    std::vector<TextEdit> kept;
    for (TextEdit& edit : edits) {
        if (text.substr(edit.range.begin, edit.range.size()) == edit.text)
            continue;
        // Two insertions at one place would have no order; one within, or at the begin of, replaced words neither.
        const bool collides = std::any_of(kept.begin(), kept.end(), [&](const TextEdit& other) {
            return edit.range.overlaps(other.range) || edit.range.begin == other.range.begin ||
                   (edit.range.empty() && other.range.begin < edit.range.begin && edit.range.begin < other.range.end) ||
                   (other.range.empty() && edit.range.begin < other.range.begin && other.range.begin < edit.range.end);
        });
        if (!collides)
            kept.push_back(std::move(edit));
    }
    std::sort(kept.begin(), kept.end(), [](const TextEdit& a, const TextEdit& b) { return a.range < b.range; });
    return kept;
}

EditedText::EditedText(std::string_view original, std::vector<TextEdit> edits) : m_edits(std::move(edits)) {
    size_t done = 0;
    for (const TextEdit& edit : m_edits) {
        m_text += original.substr(done, edit.range.begin - done);
        m_begin.push_back(m_text.size());
        m_text += edit.text;
        done = edit.range.end;
    }
    m_text += original.substr(done);
}

ByteRange EditedText::placeOf(size_t edit) const {
    return {m_begin[edit], m_begin[edit] + m_edits[edit].text.size()};
}

ByteRange EditedText::carry(ByteRange range) const {
    // The last edit that begins before a place tells how far the place has moved.
    const auto editsBefore = [&](size_t place) {
        return static_cast<size_t>(std::lower_bound(m_edits.begin(), m_edits.end(), place,
                                                    [](const TextEdit& edit, size_t at) { return edit.range.begin < at; }) -
                                   m_edits.begin());
    };
    ByteRange out = range;
    size_t before = editsBefore(range.begin);
    if (before < m_edits.size() && m_edits[before].range == ByteRange{range.begin, range.begin})
        ++before; // inserted right before
    if (before > 0) {
        const ByteRange was = m_edits[before - 1].range, is = placeOf(before - 1);
        out.begin = was.end > range.begin ? is.begin : is.end + (range.begin - was.end);
    }
    if (range.empty())
        return {out.begin, out.begin};
    before = editsBefore(range.end);
    if (before > 0) {
        const ByteRange was = m_edits[before - 1].range, is = placeOf(before - 1);
        out.end = was.end > range.end ? is.end : is.end + (range.end - was.end);
    }
    return out;
}

size_t EditedText::editsIn(ByteRange range) const {
    return static_cast<size_t>(std::count_if(m_edits.begin(), m_edits.end(), [&](const TextEdit& edit) {
        return edit.range.overlaps(range) || (edit.range.empty() && range.begin < edit.range.begin && edit.range.begin < range.end);
    }));
}

} // namespace cw
