// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/redline_text.h"

#include "app/services/result_qt.h"
#include "ui/appearance.h"
#include "ui/models/review_rows.h"

#include <algorithm>
#include <string_view>

namespace cw {

namespace {

QTextCharFormat movedFormat(bool away) {
    QTextCharFormat format;
    format.setForeground(tokens().success);
    format.setBackground(tokens().successFill);
    format.setFontStrikeOut(away);
    if (!away) {
        format.setUnderlineStyle(QTextCharFormat::DashUnderline);
        format.setUnderlineColor(tokens().success);
    }
    return format;
}

QTextCharFormat arrowFormat() {
    QTextCharFormat format;
    format.setForeground(tokens().success);
    format.setFontWeight(QFont::Bold);
    return format;
}

QTextCharFormat formatOf(RedlineKind kind) {
    switch (kind) {
    case RedlineKind::Deleted:
        return deletedFormat();
    case RedlineKind::Inserted:
        return insertedFormat();
    case RedlineKind::MovedAway:
        return movedFormat(true);
    case RedlineKind::MovedHere:
        return movedFormat(false);
    case RedlineKind::Equal:
    case RedlineKind::Ignored:
        break;
    }
    return plainFormat();
}

} // namespace

void ShownText::add(const QString& words, const QTextCharFormat& format) {
    const auto begin = static_cast<int>(text.size());
    text += words;
    text.replace(QLatin1Char('\n'), QChar::LineSeparator);
    formats << QTextLayout::FormatRange{begin, static_cast<int>(words.size()), format};
}

QTextCharFormat plainFormat() {
    QTextCharFormat format;
    format.setForeground(tokens().text);
    return format;
}

QTextCharFormat mutedFormat() {
    QTextCharFormat format;
    format.setForeground(tokens().muted);
    return format;
}

QTextCharFormat deletedFormat() {
    QTextCharFormat format;
    format.setForeground(tokens().danger);
    format.setBackground(tokens().dangerFill);
    format.setFontStrikeOut(true);
    return format;
}

QTextCharFormat insertedFormat() {
    QTextCharFormat format;
    format.setForeground(tokens().insertion);
    format.setBackground(tokens().insertionFill);
    format.setFontUnderline(true);
    return format;
}

ShownText shownRedline(const Redline& redline, const std::string& left, const std::string& right) {
    ShownText shown;
    for (const RedlineRun& run : redline.runs) {
        const bool onRight = run.right.size() > 0 && run.kind != RedlineKind::Deleted && run.kind != RedlineKind::MovedAway;
        const std::string_view words = onRight ? std::string_view(right).substr(run.right.begin, run.right.size())
                                               : std::string_view(left).substr(run.left.begin, run.left.size());
        const auto begin = static_cast<int>(shown.text.size());
        if (run.kind == RedlineKind::MovedAway)
            shown.add(QStringLiteral("\u2192%1 ").arg(run.move), arrowFormat());
        if (run.kind == RedlineKind::MovedHere)
            shown.add(QStringLiteral("\u2190%1 ").arg(run.move), arrowFormat());
        shown.add(toQString(words), formatOf(run.kind));
        if (run.kind == RedlineKind::Equal || run.kind == RedlineKind::Ignored)
            continue;
        const QString said = redlineWords(Redline{{run}}, left, right);
        int from = begin, to = static_cast<int>(shown.text.size()); // without the white space around it
        while (from + 1 < to && shown.text[from].isSpace())
            ++from;
        while (to - 1 > from && shown.text[to - 1].isSpace())
            --to;
        // A deletion and the insertion in its place are one change to go to.
        if (!shown.changes.isEmpty() && shown.changes.back().end == begin) {
            shown.changes.back().end = to;
            shown.changes.back().words += QStringLiteral("; ") + said;
        } else {
            shown.changes << ShownChange{from, to, said};
        }
    }
    return shown;
}

std::unique_ptr<QTextLayout> layOutText(const ShownText& shown, const QFont& font, int width, qreal lineHeight) {
    auto layout = std::make_unique<QTextLayout>(shown.text, font);
    QTextOption option;
    option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    layout->setTextOption(option);
    layout->setFormats(shown.formats);
    layout->setCacheEnabled(true);
    layout->beginLayout();
    qreal y = 0;
    for (QTextLine line = layout->createLine(); line.isValid(); line = layout->createLine()) {
        line.setLineWidth(std::max(1, width));
        line.setPosition({0, y});
        y += std::max(lineHeight, line.height());
    }
    layout->endLayout();
    return layout;
}

int heightOf(const QTextLayout& layout) {
    if (layout.lineCount() == 0 || layout.text().isEmpty())
        return 0;
    const QTextLine last = layout.lineAt(layout.lineCount() - 1);
    return static_cast<int>(last.y() + last.height() + 0.5);
}

QList<QRectF> rectsOf(const QTextLayout& layout, int begin, int end) {
    QList<QRectF> rects;
    for (int i = 0; i < layout.lineCount(); ++i) {
        const QTextLine line = layout.lineAt(i);
        const int first = std::max(begin, line.textStart()), last = std::min(end, line.textStart() + line.textLength());
        if (first >= last)
            continue;
        const qreal left = line.cursorToX(first), right = line.cursorToX(last);
        rects << QRectF(std::min(left, right), line.y(), std::max(2.0, std::abs(right - left)), line.height());
    }
    return rects;
}

} // namespace cw
