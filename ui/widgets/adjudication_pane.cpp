// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/adjudication_pane.h"

#include "ui/appearance.h"
#include "ui/models/answer_words.h"
#include "ui/widgets/answer_box.h"

#include <QEvent>
#include <QLabel>
#include <QVBoxLayout>

namespace cw {

namespace {

constexpr int kSideBySide = 480; // narrower than this, a column holds too few words a line

QString titleOf(Difference difference) {
    switch (difference) {
    case Difference::Presence:
        return AdjudicationPane::tr("One reader found the clause, the other didn't");
    case Difference::Value:
        return AdjudicationPane::tr("The readers give different values");
    case Difference::Evidence:
        return AdjudicationPane::tr("The readers mark different evidence");
    case Difference::None:
        break;
    }
    return AdjudicationPane::tr("Two answers to decide between");
}

} // namespace

AdjudicationPane::AdjudicationPane(QWidget* parent)
    : QWidget(parent), m_first(new AnswerBox(tr("First"))), m_second(new AnswerBox(tr("Second"))),
      m_title(new QLabel), m_answers(new QBoxLayout(QBoxLayout::TopToBottom)) {
    setObjectName(QStringLiteral("adjudicationPane"));
    setAccessibleName(tr("Two readings"));
    m_title->setWordWrap(true);
    auto* hint = new QLabel(tr("Take one, or decide anew as usual."));
    hint->setProperty("role", QStringLiteral("meta"));
    hint->setWordWrap(true);
    m_answers->setSpacing(8);
    m_answers->addWidget(m_first);
    m_answers->addWidget(m_second);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(6);
    column->addWidget(m_title);
    column->addLayout(m_answers);
    column->addWidget(hint);
    column->addStretch(1);
    connect(m_first, &AnswerBox::taken, this, &AdjudicationPane::takeFirst);
    connect(m_second, &AnswerBox::taken, this, &AdjudicationPane::takeSecond);
    connect(m_first, &AnswerBox::rangeWanted, this, &AdjudicationPane::rangeWanted);
    connect(m_second, &AnswerBox::rangeWanted, this, &AdjudicationPane::rangeWanted);
    hide();
}

void AdjudicationPane::followKeysOf(const QAction* first, const QAction* second) {
    m_first->followKeysOf(first);
    m_second->followKeysOf(second);
}

void AdjudicationPane::show(const ClauseType& type, const ReaderAnswer& first, const ReaderAnswer& second, Difference difference) {
    m_type = type;
    m_firstAnswer = first;
    m_secondAnswer = second;
    m_difference = difference;
    m_hasConflict = true;
    refresh();
    setVisible(true);
}

void AdjudicationPane::clear() {
    m_hasConflict = false;
    hide();
}

void AdjudicationPane::takeFirst() {
    if (m_hasConflict)
        Q_EMIT firstTaken();
}

void AdjudicationPane::takeSecond() {
    if (m_hasConflict)
        Q_EMIT secondTaken();
}

void AdjudicationPane::refresh() {
    m_title->setText(titleOf(m_difference));
    const auto [first, second] = markedQuotes(m_firstAnswer.cell.spans, m_secondAnswer.cell.spans, tokens());
    const bool otherValue = m_difference == Difference::Value;
    m_first->show(m_type, m_firstAnswer, first, otherValue);
    m_second->show(m_type, m_secondAnswer, second, otherValue);
}

void AdjudicationPane::resizeEvent(QResizeEvent* event) {
    const bool beside = width() >= kSideBySide;
    m_answers->setDirection(beside ? QBoxLayout::LeftToRight : QBoxLayout::TopToBottom);
    for (int i = 0; i < 2; ++i)
        m_answers->setStretch(i, beside ? 1 : 0); // equal widths; but each as high as its answer
    QWidget::resizeEvent(event);
}

void AdjudicationPane::changeEvent(QEvent* event) {
    if (event->type() == QEvent::PaletteChange && m_hasConflict)
        refresh(); // the marks carry the theme's colours
    QWidget::changeEvent(event);
}

} // namespace cw
