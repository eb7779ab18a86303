// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/contract_excerpt.h"

#include "app/services/result_qt.h"
#include "core/base/utf.h"
#include "ui/appearance.h"

namespace cw {

ContractExcerpt::ContractExcerpt(const QString& accessibleName, QWidget* parent) : QTextEdit(parent) {
    setReadOnly(true);
    setFrameShape(QFrame::NoFrame);
    setAccessibleName(accessibleName);
    document()->setDocumentMargin(16);
}

void ContractExcerpt::setContract(const std::string& text) {
    if (text == m_text && !document()->isEmpty())
        return;
    m_text = text;
    setFont(contractFont());
    setPlainText(toQString(text));
}

QTextCursor ContractExcerpt::cursorOf(ByteRange range) const {
    const Utf16Map map(m_text);
    QTextCursor cursor(document());
    cursor.setPosition(static_cast<int>(map.toUtf16(range.begin)));
    cursor.setPosition(static_cast<int>(map.toUtf16(range.end)), QTextCursor::KeepAnchor);
    return cursor;
}

void ContractExcerpt::setMarks(const std::vector<ByteRange>& gold, const std::vector<ByteRange>& predicted) {
    QList<ExtraSelection> marks;
    QTextCursor first;
    const auto mark = [&](const std::vector<ByteRange>& ranges, const QTextCharFormat& format) {
        for (const ByteRange& range : ranges) {
            if (range.empty() || range.end > m_text.size())
                continue;
            marks << ExtraSelection{cursorOf(range), format};
            if (first.isNull())
                first = marks.back().cursor;
        }
    };
    QTextCharFormat goldFormat;
    goldFormat.setBackground(tokens().successFill);
    mark(gold, goldFormat);
    QTextCharFormat predictedFormat;
    predictedFormat.setUnderlineStyle(QTextCharFormat::DashUnderline);
    predictedFormat.setUnderlineColor(tokens().accent);
    predictedFormat.setForeground(tokens().accent);
    mark(predicted, predictedFormat);
    setExtraSelections(marks);
    QTextCursor place(first.isNull() ? QTextCursor(document()) : first);
    place.setPosition(place.selectionEnd());
    setTextCursor(place);
    place.setPosition(first.isNull() ? 0 : first.selectionStart());
    setTextCursor(place);
    ensureCursorVisible();
}

} // namespace cw
