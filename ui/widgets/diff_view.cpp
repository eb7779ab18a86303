// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/diff_view.h"

#include "app/services/result_qt.h"
#include "core/text/word_diff.h"
#include "ui/appearance.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QTextCursor>
#include <QTextEdit>

namespace cw {

namespace {

QTextEdit* textPane(const QString& name) {
    auto* pane = new QTextEdit;
    pane->setReadOnly(true);
    pane->setFrameShape(QFrame::NoFrame);
    pane->setAccessibleName(name);
    pane->document()->setDocumentMargin(12);
    return pane;
}

QTextCharFormat formatOf(DiffKind kind) {
    QTextCharFormat format;
    format.setForeground(tokens().text);
    if (kind == DiffKind::Deleted) {
        format.setForeground(tokens().danger);
        format.setBackground(tokens().dangerFill);
        format.setFontStrikeOut(true);
    }
    if (kind == DiffKind::Inserted) {
        format.setForeground(tokens().insertion);
        format.setBackground(tokens().insertionFill);
        format.setFontUnderline(true);
    }
    return format;
}

QWidget* titled(const QString& title, QTextEdit* pane) {
    auto* label = new QLabel(title);
    label->setProperty("role", QStringLiteral("meta"));
    label->setContentsMargins(12, 0, 0, 0);
    label->setFixedHeight(26);
    auto* box = new QWidget;
    auto* column = new QVBoxLayout(box);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(label);
    column->addWidget(pane, 1);
    return box;
}

} // namespace

DiffView::DiffView(const QString& leftTitle, const QString& rightTitle, QWidget* parent)
    : QWidget(parent), m_left(textPane(leftTitle)), m_right(textPane(rightTitle)) {
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    auto* rule = new QFrame;
    rule->setProperty("role", QStringLiteral("rule"));
    rule->setStyleSheet(QStringLiteral("min-width: 1px; max-width: 1px; max-height: 16777215px;"));
    row->addWidget(titled(leftTitle, m_left), 1);
    row->addWidget(rule);
    row->addWidget(titled(rightTitle, m_right), 1);
}

void DiffView::setTexts(const std::string& left, const std::string& right) {
    m_leftText = left;
    m_rightText = right;
    show();
}

void DiffView::show() {
    m_left->clear();
    m_right->clear();
    for (QTextEdit* pane : {m_left, m_right})
        pane->setFont(contractFont(14));
    QTextCursor left(m_left->document()), right(m_right->document());
    for (const DiffRun& run : diffWords(m_leftText, m_rightText)) {
        if (run.kind != DiffKind::Inserted)
            left.insertText(toQString(std::string_view(m_leftText).substr(run.left.begin, run.left.size())), formatOf(run.kind));
        if (run.kind != DiffKind::Deleted)
            right.insertText(toQString(std::string_view(m_rightText).substr(run.right.begin, run.right.size())), formatOf(run.kind));
    }
    for (QTextEdit* pane : {m_left, m_right})
        pane->moveCursor(QTextCursor::Start);
}

void DiffView::changeEvent(QEvent* event) {
    if (event->type() == QEvent::PaletteChange)
        show(); // the marks carry the theme's colours
    QWidget::changeEvent(event);
}

} // namespace cw
