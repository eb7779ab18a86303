// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The widgets of the taxonomy editor.
#include "app/services/result_qt.h"
#include "ui/appearance.h"
#include "ui/project.h"
#include "ui/taxonomy_dialog.h"
#include "ui/widgets/card.h"
#include "ui/widgets/key_button.h"
#include "ui/widgets/taxonomy_table.h"

#include <QAction>
#include <QComboBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QScrollArea>

namespace cw {

namespace {

constexpr int kWidth = 1180, kHeight = 680, kListWidth = 620, kPreviewDelay = 250, kTextMinimum = 52;

QPlainTextEdit* textField(const QString& name, int height) {
    auto* field = new QPlainTextEdit;
    field->setAccessibleName(name);
    field->setTabChangesFocus(true);
    field->setStyleSheet(QStringLiteral("QPlainTextEdit { min-height: %1px; max-height: %2px; }").arg(kTextMinimum).arg(height));
    return field;
}

QLabel* wrapped(const char* role) {
    auto* label = new QLabel;
    label->setProperty("role", QLatin1String(role));
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    return label;
}

} // namespace

TaxonomyDialog::TaxonomyDialog(Project& project, Shell& shell, QWidget* parent) : QDialog(parent), m_project(project), m_shell(shell) {
    setAttribute(Qt::WA_DeleteOnClose);
    setObjectName(QStringLiteral("taxonomyDialog"));
    setWindowTitle(tr("Clause types and guidelines"));
    setAccessibleName(windowTitle());
    m_previewTimer.setSingleShot(true);
    m_previewTimer.setInterval(kPreviewDelay);
    connect(&m_previewTimer, &QTimer::timeout, this, &TaxonomyDialog::preview);
    load();
    addActions();
    auto* right = new QVBoxLayout;
    right->setSpacing(size::kGap);
    right->addWidget(makeTexts(), 1);
    right->addWidget(makePreview());
    auto* row = new QHBoxLayout;
    row->setSpacing(size::kGap);
    row->addWidget(makeList());
    row->addLayout(right, 1);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(16, 16, 16, 12);
    column->setSpacing(12);
    column->addLayout(row, 1);
    column->addWidget(makeFoot());
    connect(&m_draft, &TaxonomyDraft::changed, this, &TaxonomyDialog::showDraft);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentChanged, this, [this](const QModelIndex& now) {
        if (now.isValid() && m_table->currentKey() != m_shown)
            showType();
    });
    m_table->setCurrentKey({});
    showDraft();
    resize(kWidth, kHeight);
    m_table->setFocus();
}

QAction* TaxonomyDialog::add(const QString& id, const QString& text, const QString& shortText, const QKeySequence& keys,
                             void (TaxonomyDialog::*run)()) {
    auto* action = new QAction(text, this);
    action->setObjectName(QStringLiteral("taxonomy.") + id);
    action->setIconText(shortText);
    action->setShortcut(keys);
    connect(action, &QAction::triggered, this, run);
    addAction(action);
    return action;
}

void TaxonomyDialog::addActions() {
    const auto ctrl = [](Qt::Key key) { return QKeySequence(Qt::CTRL | key); };
    m_addType = add(QStringLiteral("add"), tr("Add a clause type"), tr("Add"), ctrl(Qt::Key_N), &TaxonomyDialog::addType);
    m_merge = add(QStringLiteral("merge"), tr("Merge the selected types"), tr("Merge"), ctrl(Qt::Key_M), &TaxonomyDialog::merge);
    m_split = add(QStringLiteral("split"), tr("Split the type"), tr("Split"), ctrl(Qt::Key_T), &TaxonomyDialog::split);
    m_retire = add(QStringLiteral("retire"), tr("Retire"), tr("Retire"), ctrl(Qt::Key_R), &TaxonomyDialog::retireOrRevive);
    m_up = add(QStringLiteral("up"), tr("Move up in its group"), tr("Up"), QKeySequence(Qt::ALT | Qt::Key_Up), &TaxonomyDialog::moveUp);
    m_down = add(QStringLiteral("down"), tr("Move down in its group"), tr("Down"), QKeySequence(Qt::ALT | Qt::Key_Down), &TaxonomyDialog::moveDown);
    m_history = add(QStringLiteral("history"), tr("Earlier wordings of the guideline"), tr("Earlier wordings"), ctrl(Qt::Key_H),
                    &TaxonomyDialog::showHistory);
    m_takeBack = add(QStringLiteral("takeBack"), tr("Take back the last edit"), tr("Take back"), ctrl(Qt::Key_Z), &TaxonomyDialog::takeBack);
    m_discard = add(QStringLiteral("discard"), tr("Discard all edits"), tr("Discard"), {}, &TaxonomyDialog::discard);
    m_apply = add(QStringLiteral("apply"), tr("Apply the edits"), tr("Apply"), ctrl(Qt::Key_Return), &TaxonomyDialog::applyChange);
}

QWidget* TaxonomyDialog::makeList() {
    auto* card = new Card(tr("Clause types"));
    card->setFixedWidth(kListWidth);
    card->setNote(m_project.session().viewOnly() ? tr("view only") : tr("version %1").arg(m_project.session().taxonomy().version()));
    m_table = new TaxonomyTable(m_draft);
    m_table->setFrameShape(QFrame::NoFrame);
    card->body()->addWidget(m_table, 1);
    auto* tools = new QHBoxLayout;
    tools->setContentsMargins(12, 8, 12, 8);
    tools->setSpacing(6);
    for (QAction* action : {m_addType, m_merge, m_split, m_retire}) {
        KeyButton* button = KeyButton::forAction(action);
        button->setSmall(true);
        button->setAutoDefault(false);
        tools->addWidget(button);
    }
    tools->addStretch();
    for (const auto& [action, iconName] : {std::pair(m_up, "chevron-up"), std::pair(m_down, "chevron-down")}) {
        KeyButton* button = KeyButton::iconButton(QString::fromLatin1(iconName), action->text());
        button->setSmall(true);
        button->setAutoDefault(false);
        connect(button, &QPushButton::clicked, action, &QAction::trigger);
        connect(action, &QAction::enabledChanged, button, &QPushButton::setEnabled);
        tools->addWidget(button);
    }
    if (m_project.session().viewOnly())
        return card;
    auto* rule = new QFrame;
    rule->setProperty("role", QStringLiteral("rule"));
    card->body()->addWidget(rule);
    card->body()->addLayout(tools);
    return card;
}

QWidget* TaxonomyDialog::makeTexts() {
    auto* card = new Card(tr("Type"));
    KeyButton* history = KeyButton::forAction(m_history, KeyButton::Kind::Quiet);
    history->setSmall(true);
    history->setAutoDefault(false);
    card->addHeaderWidget(history);
    m_head = new QLabel;
    m_head->setProperty("role", QStringLiteral("muted"));
    m_title = new QLineEdit;
    m_title->setAccessibleName(tr("Title"));
    m_group = new QComboBox;
    m_group->setAccessibleName(tr("Group"));
    for (const ClauseGroup& group : m_draft.base().groups())
        m_group->addItem(toQString(group.title), toQString(group.key));
    m_guideline = textField(tr("Guideline"), 96);
    m_example = new QLineEdit;
    m_example->setAccessibleName(tr("Example"));
    m_terms = textField(tr("Search terms, one a line"), 112);
    m_codes = new QLineEdit;
    m_codes->setAccessibleName(tr("Codes, separated by commas"));
    m_codes->setToolTip(tr("A code changed in its place is renamed, and its values follow."));
    m_form = new QFormLayout;
    m_form->setHorizontalSpacing(12);
    m_form->setVerticalSpacing(8);
    m_form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    m_form->addRow(QString(), m_head);
    m_form->addRow(tr("Title"), m_title);
    m_form->addRow(tr("Group"), m_group);
    m_form->addRow(tr("Guideline"), m_guideline);
    m_form->addRow(tr("Example"), m_example);
    m_form->addRow(tr("Search terms"), m_terms);
    m_form->addRow(tr("Codes"), m_codes);
    auto* content = new QFrame;
    content->setProperty("role", QStringLiteral("pane"));
    auto* column = new QVBoxLayout(content);
    column->setContentsMargins(12, 12, 12, 12);
    column->addLayout(m_form);
    column->addStretch(); // the room that is left lies below, not between the rows
    auto* scroll = new QScrollArea;
    scroll->setWidget(content);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setAccessibleName(tr("Texts of the type"));
    card->body()->addWidget(scroll, 1);
    for (QLineEdit* line : {m_title, m_example})
        connect(line, &QLineEdit::textEdited, this, &TaxonomyDialog::takeTexts);
    for (QPlainTextEdit* text : {m_guideline, m_terms})
        connect(text, &QPlainTextEdit::textChanged, this, &TaxonomyDialog::takeTexts);
    connect(m_codes, &QLineEdit::editingFinished, this, &TaxonomyDialog::takeCodes);
    connect(m_group, &QComboBox::activated, this, &TaxonomyDialog::moveToGroup);
    return card;
}

Card* TaxonomyDialog::makePreview() {
    auto* card = new Card(tr("What this changes"));
    QVBoxLayout* column = card->addPaddedColumn();
    m_edits = wrapped("plain");
    m_edits->setObjectName(QStringLiteral("taxonomyEdits"));
    m_edits->setAccessibleName(tr("Edits"));
    m_counts = wrapped("muted");
    m_counts->setObjectName(QStringLiteral("taxonomyCounts"));
    m_counts->setAccessibleName(tr("What the edits do"));
    column->addWidget(m_edits);
    column->addWidget(m_counts);
    return card;
}

QWidget* TaxonomyDialog::makeFoot() {
    auto* foot = new QWidget;
    auto* row = new QHBoxLayout(foot);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(8);
    m_problem = wrapped("danger");
    m_problem->setObjectName(QStringLiteral("taxonomyProblem"));
    m_problem->hide();
    row->addWidget(m_problem, 1);
    row->addStretch();
    auto* close = new KeyButton(tr("Close"));
    close->setAutoDefault(false);
    connect(close, &QPushButton::clicked, this, &TaxonomyDialog::reject);
    if (!m_project.session().viewOnly())
        for (QAction* action : {m_takeBack, m_discard, m_apply}) {
            KeyButton* button = KeyButton::forAction(action, action == m_apply ? KeyButton::Kind::Primary : KeyButton::Kind::Secondary);
            button->setAutoDefault(false); // Enter in a field is no Apply
            row->addWidget(button);
        }
    row->insertWidget(2, close);
    return foot;
}

} // namespace cw
