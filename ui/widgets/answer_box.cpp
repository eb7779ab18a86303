// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/answer_box.h"

#include "app/services/result_qt.h"
#include "ui/appearance.h"
#include "ui/models/answer_words.h"
#include "ui/models/value_words.h"
#include "ui/widgets/card_parts.h"
#include "ui/widgets/key_button.h"

#include <QLabel>
#include <QVBoxLayout>

namespace cw {

namespace {

QLabel* wrapped() {
    auto* label = new QLabel;
    label->setWordWrap(true);
    label->setTextFormat(Qt::PlainText);
    return label;
}

CellSign signOf(const Cell& cell) {
    return cell.flags.unsure || cell.state == CellState::NotReviewed ? CellSign::Unsure
           : cell.state == CellState::Present                        ? CellSign::Present
                                                                     : CellSign::Absent;
}

QString stateWords(const Cell& cell) {
    const QString word = cell.state == CellState::Present ? AnswerBox::tr("Present") : AnswerBox::tr("Absent");
    return cell.flags.unsure ? AnswerBox::tr("%1, but unsure").arg(word) : word;
}

QString valueWords(const ClauseType& type, const Cell& cell) {
    const QString words = valueInWords(type, cell.value), canonical = valueLine(cell.value);
    return words.isEmpty() || words == canonical ? canonical : QStringLiteral("%1 (%2)").arg(canonical, words);
}

} // namespace

AnswerBox::AnswerBox(const QString& ordinal, QWidget* parent)
    : QFrame(parent), m_ordinal(ordinal), m_who(wrapped()), m_state(new StateLine), m_value(wrapped()), m_quotes(wrapped()), m_note(wrapped()),
      m_take(new KeyButton(tr("Take"))) {
    setObjectName(QStringLiteral("answerBox"));
    m_who->setProperty("role", QStringLiteral("section"));
    m_note->setProperty("role", QStringLiteral("meta"));
    m_quotes->setTextFormat(Qt::RichText);
    m_quotes->setFont(contractFont(14));
    m_quotes->setTextInteractionFlags(Qt::LinksAccessibleByMouse | Qt::LinksAccessibleByKeyboard);
    m_take->setSmall(true);
    connect(m_take, &QPushButton::clicked, this, &AnswerBox::taken);
    connect(m_quotes, &QLabel::linkActivated, this, [this](const QString& link) { Q_EMIT rangeWanted(rangeOfLink(link)); });
    auto* head = new QHBoxLayout;
    head->addWidget(m_who, 1);
    head->addWidget(m_take, 0, Qt::AlignTop);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(12, 10, 12, 10);
    column->setSpacing(6);
    column->addLayout(head);
    for (QWidget* part : std::initializer_list<QWidget*>{m_state, m_value, m_quotes, m_note})
        column->addWidget(part);
    column->addStretch();
}

void AnswerBox::followKeysOf(const QAction* take) { m_take->followKeysOf(take); }

void AnswerBox::show(const ClauseType& type, const ReaderAnswer& answer, const QString& quotes, bool otherValue) {
    const Tokens& t = tokens();
    setStyleSheet(QStringLiteral("QFrame#answerBox { border: 1px solid %1; border-radius: %2px; background: %3; }")
                      .arg(t.lineStrong.name())
                      .arg(size::kRadius)
                      .arg(t.surface.name()));
    m_who->setText(answer.who.isEmpty() ? m_ordinal : tr("%1: %2").arg(m_ordinal, answer.who));
    m_take->setAccessibleName(tr("Take the answer of the reader: %1").arg(m_who->text()));
    m_state->show(signOf(answer.cell), stateWords(answer.cell), QString());
    const QString value = valueWords(type, answer.cell);
    m_value->setText(value.isEmpty() ? tr("without a value") : tr("Value: %1").arg(value));
    m_value->setVisible(type.kind != ValueKind::Text && answer.cell.state == CellState::Present);
    QFont font = m_value->font();
    font.setWeight(otherValue ? QFont::DemiBold : QFont::Normal);
    font.setUnderline(otherValue);
    m_value->setFont(font);
    m_quotes->setText(quotes);
    m_quotes->setVisible(!quotes.isEmpty());
    m_quotes->setAccessibleName(tr("Evidence of the reader: %1").arg(m_who->text()));
    m_note->setText(tr("Note: %1").arg(toQString(answer.cell.note)));
    m_note->setVisible(!answer.cell.note.empty());
}

} // namespace cw
