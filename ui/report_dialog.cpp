// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/report_dialog.h"

#include "ui/widgets/close_foot.h"

#include <QTextBlock>
#include <QTextCursor>
#include <QTextEdit>
#include <QVBoxLayout>

#include <algorithm>

namespace cw {

namespace {

constexpr int kMargin = 16, kGap = 12, kWidth = 720, kLeastHeight = 200, kMostHeight = 560;
constexpr int kPadding = 8;  // of the text in its field
constexpr int kFoot = 100;   // the button below, borders and margins
constexpr qreal kIndent = 20, kBetween = 10, kAbove = 3;

void write(QTextCursor& cursor, const QString& text, QFont::Weight weight) {
    QTextCharFormat format;
    format.setFontWeight(weight);
    cursor.insertText(text, format);
}

void beginBlock(QTextCursor& cursor, qreal indent, qreal above) {
    QTextBlockFormat format;
    format.setLeftMargin(indent);
    format.setTopMargin(cursor.atStart() ? 0 : above);
    cursor.atStart() ? cursor.setBlockFormat(format) : cursor.insertBlock(format);
}

void write(QTextCursor& cursor, const ReportEntry& entry) {
    beginBlock(cursor, 0, kBetween);
    write(cursor, entry.name, QFont::DemiBold);
    write(cursor, (entry.name.isEmpty() || entry.what.isEmpty() ? QString() : QStringLiteral(": ")) + entry.what, QFont::Normal);
    for (const QString& line : entry.lines) {
        beginBlock(cursor, kIndent, kAbove);
        write(cursor, line, QFont::Normal);
    }
}

} // namespace

ReportDialog::ReportDialog(const QString& title, const std::vector<ReportEntry>& entries, QWidget* parent) : QDialog(parent) {
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(title);
    setAccessibleName(title);
    auto* view = new QTextEdit;
    view->setReadOnly(true);
    view->setTabChangesFocus(true);
    view->setAccessibleName(tr("Report"));
    view->document()->setDocumentMargin(kPadding);
    QTextCursor cursor(view->document());
    for (const ReportEntry& entry : entries)
        write(cursor, entry);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(kMargin, kMargin, kMargin, kMargin);
    column->setSpacing(kGap);
    column->addWidget(view, 1);
    column->addLayout(closeFoot(*this));
    view->document()->setTextWidth(kWidth - 2 * (kMargin + kPadding));
    resize(kWidth, std::clamp(static_cast<int>(view->document()->size().height()) + kFoot, kLeastHeight, kMostHeight));
}

} // namespace cw
