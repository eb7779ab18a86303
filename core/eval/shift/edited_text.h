// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// A text with a list of edits, and where a place of the old text lies in the new one. Pure; any thread.
#pragma once

#include "core/base/byte_range.h"

#include <string>
#include <string_view>
#include <vector>

namespace cw {

// The bytes of `range` become `text`; an empty range inserts, an empty text deletes.
struct TextEdit {
    ByteRange range;
    std::string text;
    friend bool operator==(const TextEdit&, const TextEdit&) = default;
};

// Sorted by place; of edits that overlap the first given stays, and an edit that changes nothing goes.
std::vector<TextEdit> inOrder(std::string_view text, std::vector<TextEdit> edits);

class EditedText {
public:
    // `edits` in order and without overlap, as inOrder() leaves them, each on code point boundaries of `original`.
    EditedText(std::string_view original, std::vector<TextEdit> edits);

    const std::string& text() const { return m_text; }
    const std::vector<TextEdit>& edits() const { return m_edits; }
    // Where a range lies now. One whose end lies in replaced words takes all of what replaced them; what was inserted right before or right
    // behind it stays outside.
    ByteRange carry(ByteRange range) const;
    // Where an edit's text lies now.
    ByteRange placeOf(size_t edit) const;
    // The edits that lie in the range or reach into it.
    size_t editsIn(ByteRange range) const;

private:
    std::vector<TextEdit> m_edits;
    std::vector<size_t> m_begin; // of each edit, in the new text
    std::string m_text;
};

} // namespace cw
