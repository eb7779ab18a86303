// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/review_notes_view.h"

#include "app/services/result_qt.h"
#include "ui/appearance.h"
#include "ui/models/clause_history.h"
#include "ui/widgets/person_sign.h"

#include <QDateTime>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPainter>
#include <QPen>
#include <QScrollArea>

#include <algorithm>

namespace cw {

namespace {

constexpr int kHeight = 176;

class Sign : public QWidget {
public:
    explicit Sign(Person person) : m_person(std::move(person)) { setFixedSize(24, 24); }

protected:
    void paintEvent(QPaintEvent*) override {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        paintPersonSign(painter, QRectF(rect()).adjusted(1, 1, -1, -1), m_person, tokens().sunken, QPen(tokens().lineStrong, 1), 10);
    }

private:
    Person m_person;
};

QString noteWords(const ReviewNote& note, const ReviewWords& words) {
    const QString text = toQString(note.text);
    switch (note.kind) {
    case ReviewNoteKind::Comment:
        return text;
    case ReviewNoteKind::Verdict:
        return ReviewNotesView::tr("Verdict: %1").arg(verdictWords(note.verdict));
    case ReviewNoteKind::Wanted:
        return ReviewNotesView::tr("Listed for the next dataset: contracts like this are wanted for training.");
    case ReviewNoteKind::Dispute:
        break;
    }
    const QString wish = words.proposal(note);
    const QString dispute = note.state == ReviewNoteState::Accepted ? ReviewNotesView::tr("Dispute, accepted. The gold is now: %1").arg(wish)
                                                                    : ReviewNotesView::tr("Disputes the gold. It should be: %1").arg(wish);
    return text.isEmpty() ? dispute : QStringLiteral("%1. %2").arg(dispute, text);
}

} // namespace

QString verdictWords(ReviewVerdict verdict) {
    switch (verdict) {
    case ReviewVerdict::ARight:
        return ReviewNotesView::tr("A right");
    case ReviewVerdict::BRight:
        return ReviewNotesView::tr("B right");
    case ReviewVerdict::BothWrong:
        return ReviewNotesView::tr("both wrong");
    case ReviewVerdict::None:
        break;
    }
    return {};
}

ReviewNotesView::ReviewNotesView(QWidget* parent)
    : QFrame(parent), m_title(new QLabel), m_scores(new QLabel), m_head(new QHBoxLayout), m_scroll(new QScrollArea), m_rows(new QVBoxLayout),
      m_line(new QLineEdit) {
    setObjectName(QStringLiteral("reviewNotes"));
    setProperty("role", QStringLiteral("pane"));
    setFixedHeight(kHeight);
    m_head->setContentsMargins(12, 6, 12, 4);
    m_head->setSpacing(6);
    m_title->setProperty("role", QStringLiteral("muted"));
    m_scores->setObjectName(QStringLiteral("disputedScores"));
    m_scores->setProperty("role", QStringLiteral("meta"));
    m_scores->setWordWrap(true);
    m_head->addWidget(m_title);
    m_head->addStretch();
    auto* inner = new QFrame;
    inner->setProperty("role", QStringLiteral("pane"));
    m_rows->setContentsMargins(12, 0, 12, 4);
    m_rows->setSpacing(6);
    inner->setLayout(m_rows);
    m_scroll->setWidget(inner);
    m_scroll->setWidgetResizable(true);
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setAccessibleName(tr("What was said of this clause"));
    m_scroll->setFocusPolicy(Qt::NoFocus);
    m_line->setObjectName(QStringLiteral("reviewLine"));
    m_line->hide();
    connect(m_line, &QLineEdit::returnPressed, this, [this] {
        const QString text = m_line->text().trimmed();
        stopWriting();
        Q_EMIT written(text);
    });
    auto* rule = new QFrame;
    rule->setProperty("role", QStringLiteral("rule"));
    auto* line = new QHBoxLayout;
    line->setContentsMargins(12, 0, 12, 6);
    line->addWidget(m_line);
    auto* scores = new QHBoxLayout;
    scores->setContentsMargins(12, 0, 12, 6);
    scores->addWidget(m_scores);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(rule);
    column->addLayout(m_head);
    column->addWidget(m_scroll, 1);
    column->addLayout(line);
    column->addLayout(scores);
    setScores({});
    setNotes({}, {}, {});
}

void ReviewNotesView::addHeaderWidget(QWidget* widget) { m_head->addWidget(widget); }

QWidget* ReviewNotesView::noteRow(const ReviewNote& note, const QList<Person>& people, const ReviewWords& words) {
    const QString name = toQString(note.person);
    const auto known = std::find_if(people.begin(), people.end(), [&](const Person& person) { return person.name == name; });
    auto* row = new QWidget;
    auto* who = new QLabel;
    who->setTextFormat(Qt::PlainText);
    who->setProperty("role", QStringLiteral("meta"));
    who->setText(tr("%1 \u00B7 %2 \u00B7 on %3").arg(name, timeInWords(toQString(note.madeAt), QDateTime::currentDateTime()), words.runName(note.run)));
    auto* said = new QLabel(noteWords(note, words));
    said->setTextFormat(Qt::PlainText);
    said->setWordWrap(true);
    said->setObjectName(QStringLiteral("reviewNote"));
    said->setTextInteractionFlags(Qt::TextSelectableByMouse);
    auto* text = new QVBoxLayout;
    text->setSpacing(1);
    text->addWidget(who);
    text->addWidget(said);
    auto* line = new QHBoxLayout(row);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(10);
    line->addWidget(new Sign(known == people.end() ? newPerson(name, {}) : *known), 0, Qt::AlignTop);
    line->addLayout(text, 1);
    return row;
}

void ReviewNotesView::setNotes(const std::vector<ReviewNote>& notes, const QList<Person>& people, const ReviewWords& words) {
    while (QLayoutItem* item = m_rows->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    for (auto note = notes.rbegin(); note != notes.rend(); ++note)
        m_rows->addWidget(noteRow(*note, people, words));
    m_rows->addStretch();
    m_count = static_cast<int>(notes.size());
    m_title->setText(m_count == 0 ? tr("Nobody has said anything of this clause yet") : m_count == 1 ? tr("1 note on this clause") : tr("%1 notes on this clause").arg(m_count));
}

void ReviewNotesView::setScores(const QString& words) {
    m_scores->setText(words);
    m_scores->setVisible(!words.isEmpty());
}

void ReviewNotesView::write(const QString& placeholder) {
    m_line->clear();
    m_line->setPlaceholderText(placeholder);
    m_line->setAccessibleName(placeholder);
    m_line->show();
    m_line->setFocus();
}

bool ReviewNotesView::isWriting() const { return !m_line->isHidden(); }

void ReviewNotesView::stopWriting() {
    m_line->hide();
    Q_EMIT writingEnded();
}

} // namespace cw
