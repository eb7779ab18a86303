// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The widgets of the review screen: filters above, columns and contract side by side, verdicts and notes at their feet.
#include "ui/pages/review_view.h"

#include "ui/action_registry.h"
#include "ui/appearance.h"
#include "ui/shell.h"
#include "ui/widgets/key_button.h"
#include "ui/widgets/review_columns.h"
#include "ui/widgets/review_document.h"
#include "ui/widgets/review_notes_view.h"

#include <QAction>
#include <QHBoxLayout>
#include <QLabel>
#include <QSplitter>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace cw {

namespace {

QFrame* pane(QLayout* layout, int height) {
    auto* frame = new QFrame;
    frame->setProperty("role", QStringLiteral("pane"));
    frame->setFixedHeight(height);
    frame->setLayout(layout);
    return frame;
}

QFrame* thinRule() {
    auto* rule = new QFrame;
    rule->setProperty("role", QStringLiteral("rule"));
    return rule;
}

// A button that stays down while its action is on.
KeyButton* toggleFor(QAction* action) {
    KeyButton* button = KeyButton::forAction(action);
    button->setSmall(true);
    button->setCheckable(true);
    button->setChecked(action->isChecked());
    QObject::connect(action, &QAction::toggled, button, &QAbstractButton::setChecked);
    QObject::connect(button, &QAbstractButton::clicked, action, [button, action] { button->setChecked(action->isChecked()); });
    return button;
}

QHBoxLayout* rowOf(int spacing) {
    auto* row = new QHBoxLayout;
    row->setContentsMargins(12, 0, 12, 0);
    row->setSpacing(spacing);
    return row;
}

} // namespace

void ReviewView::build() {
    m_columns = new ReviewColumns;
    m_document = new ReviewDocument;
    connect(m_columns, &ReviewColumns::redlined, this, &ReviewView::showIgnored);
    connect(m_columns, &ReviewColumns::fieldChosen, this, [this](const QString& key) { chooseField(key, true); });
    // What was clicked on the page is in view already.
    connect(m_document, &ReviewDocument::fieldChosen, this, [this](const QString& key) { chooseField(key, false); });
    auto* left = new QWidget;
    auto* leftColumn = new QVBoxLayout(left);
    leftColumn->setContentsMargins(0, 0, 0, 0);
    leftColumn->setSpacing(0);
    leftColumn->addWidget(m_columns, 1);
    leftColumn->addWidget(thinRule());
    leftColumn->addWidget(buildFoot());
    auto* splitter = new QSplitter;
    splitter->setObjectName(QStringLiteral("reviewSplitter"));
    splitter->setChildrenCollapsible(false);
    splitter->addWidget(left);
    splitter->addWidget(buildRight());
    splitter->setSizes({700, 668});
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(buildChips());
    column->addWidget(thinRule());
    column->addWidget(splitter, 1);

    m_place = new QLabel(this);
    m_place->setObjectName(QStringLiteral("reviewPlace"));
    m_previousButton = KeyButton::iconButton(QStringLiteral("chevron-left"), tr("Previous example"), this);
    m_nextButton = KeyButton::iconButton(QStringLiteral("chevron-right"), tr("Next example"), this);
    connect(m_previousButton, &QPushButton::clicked, this, [this] { step(-1); });
    connect(m_nextButton, &QPushButton::clicked, this, [this] { step(1); });
    m_pairButton = KeyButton::forAction(m_pair, KeyButton::Kind::Primary, this);
    for (QWidget* widget : std::initializer_list<QWidget*>{m_place, m_previousButton, m_nextButton, m_pairButton})
        widget->hide(); // until the top bar takes them
}

QWidget* ReviewView::buildChips() {
    QHBoxLayout* row = rowOf(6);
    for (int i = 0; i < kReviewFilters; ++i) {
        auto* chip = new KeyButton(QString());
        chip->setObjectName(QStringLiteral("reviewFilter%1").arg(i));
        chip->setSmall(true);
        chip->setCheckable(true);
        connect(chip, &QAbstractButton::clicked, this, [this, i] {
            m_list.setFilter(static_cast<ReviewFilter>(i));
            showChips();
            showExample(0);
            m_columns->setFocus();
        });
        m_chips[static_cast<size_t>(i)] = chip;
        if (static_cast<ReviewFilter>(i) == ReviewFilter::SuspectGold)
            chip->setIconName(QStringLiteral("flag"));
        row->addWidget(chip);
    }
    m_ignored = new QLabel;
    m_ignored->setObjectName(QStringLiteral("reviewIgnored"));
    m_ignored->setProperty("role", QStringLiteral("meta"));
    m_ignored->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    m_ignored->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred); // the filters need their room first
    row->addWidget(m_ignored, 1);
    for (QAction* action : {m_whole, m_all, m_exactAction})
        row->addWidget(toggleFor(action));
    return pane(row, 44);
}

QWidget* ReviewView::buildFoot() {
    const auto button = [](QAction* action, KeyButton::Joint joint = KeyButton::Joint::None) {
        KeyButton* made = KeyButton::forAction(action);
        made->setJoint(joint);
        return made;
    };
    QHBoxLayout* deeds = rowOf(0);
    const KeyButton::Joint joints[] = {KeyButton::Joint::First, KeyButton::Joint::Middle, KeyButton::Joint::Last};
    for (int i = 0; i < m_judging.size(); ++i) {
        m_verdicts.push_back(button(m_judging[i], joints[i]));
        m_verdicts.back()->setCheckable(true);
        connect(m_verdicts.back(), &QAbstractButton::clicked, this, &ReviewView::showNotes); // the store says which one is down
        deeds->addWidget(m_verdicts.back());
    }
    deeds->addStretch();
    deeds->addWidget(button(m_writes[0]));
    deeds->addSpacing(6);
    deeds->addWidget(button(m_writes[2]));
    deeds->addSpacing(6);
    auto* undo = KeyButton::iconButton(QStringLiteral("undo"), m_undo->text());
    undo->setKind(KeyButton::Kind::Secondary);
    connect(undo, &QPushButton::clicked, m_undo, &QAction::trigger);
    connect(m_undo, &QAction::changed, undo, [this, undo] { undo->setEnabled(m_undo->isEnabled()); });
    deeds->addWidget(undo);

    QHBoxLayout* mending = rowOf(6);
    auto* question = new QLabel(tr("Gold:"));
    question->setProperty("role", QStringLiteral("muted"));
    mending->addWidget(question);
    m_takeA->setIconText(tr("A's"));
    m_takeB->setIconText(tr("B's"));
    mending->addWidget(button(m_takeA));
    mending->addWidget(button(m_takeB));
    m_acceptA->setIconText(tr("A's too"));
    m_acceptB->setIconText(tr("B's too"));
    mending->addWidget(button(m_acceptA));
    mending->addWidget(button(m_acceptB));
    auto* annotate = new KeyButton(tr("In Annotate"));
    annotate->followKeysOf(m_writes[0]);
    connect(annotate, &QPushButton::clicked, this, &ReviewView::openInAnnotate);
    mending->addWidget(annotate);
    mending->addStretch();
    auto* leave = new KeyButton(tr("Leave it"), KeyButton::Kind::Quiet);
    leave->setKeyCaps({QStringLiteral("Esc")});
    connect(leave, &QPushButton::clicked, this, [this] { setMending(false); });
    mending->addWidget(leave);

    m_foot = new QStackedWidget;
    m_foot->addWidget(pane(deeds, 52));
    m_foot->addWidget(pane(mending, 52));
    m_foot->setFixedHeight(52);
    return m_foot;
}

QWidget* ReviewView::buildRight() {
    m_notes = new ReviewNotesView;
    for (QAction* action : {m_writes[3], m_writes[4]}) {
        KeyButton* button = KeyButton::forAction(action);
        button->setSmall(true);
        m_notes->addHeaderWidget(button);
    }
    connect(m_notes, &ReviewNotesView::written, this, &ReviewView::takeWords);
    connect(m_notes, &ReviewNotesView::writingEnded, this, [this] {
        if (m_columns->isVisible())
            m_columns->setFocus();
    });
    auto* mistrusted = KeyButton::forAction(m_mistrusted);
    mistrusted->setSmall(true);
    m_document->addWarningButton(mistrusted);
    auto* right = new QWidget;
    auto* column = new QVBoxLayout(right);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_document, 1);
    column->addWidget(m_notes);
    return right;
}

} // namespace cw
