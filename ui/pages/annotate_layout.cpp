// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The widgets of the annotate page.
#include "app/services/settings.h"
#include "ui/action_registry.h"
#include "ui/appearance.h"
#include "ui/pages/annotate_page.h"
#include "ui/shell.h"
#include "ui/widgets/adjudication_pane.h"
#include "ui/widgets/card_parts.h"
#include "ui/widgets/clause_card.h"
#include "ui/widgets/clause_tree.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/find_bar.h"
#include "ui/widgets/key_button.h"
#include "ui/widgets/mark_legend.h"
#include "ui/widgets/minimap.h"
#include "ui/widgets/page_view.h"
#include "ui/widgets/queue_delegate.h"
#include "ui/widgets/segmented_control.h"
#include "ui/widgets/text_view.h"
#include "ui/widgets/value_editor.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QListView>
#include <QSplitter>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace cw {

namespace {

constexpr int kLeftWidth = 256, kCardWidth = 372, kToolbar = 40;

QVBoxLayout* bareColumn(QWidget* widget) {
    auto* column = new QVBoxLayout(widget);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    return column;
}

QWidget* paneHead(const QString& title, QLabel* count) {
    auto* head = new QFrame;
    head->setProperty("role", QStringLiteral("pane"));
    head->setFixedHeight(34);
    auto* row = new QHBoxLayout(head);
    row->setContentsMargins(12, 0, 12, 0);
    auto* label = new QLabel(title);
    label->setFont(uiFont(size::kBody, QFont::DemiBold));
    count->setProperty("role", QStringLiteral("muted"));
    row->addWidget(label);
    row->addStretch();
    row->addWidget(count);
    return head;
}

QWidget* lineRight(QWidget* content) {
    auto* box = new QFrame;
    auto* row = new QHBoxLayout(box);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    row->addWidget(content);
    auto* line = new QFrame;
    line->setFixedWidth(1);
    line->setObjectName(QStringLiteral("verticalRule"));
    row->addWidget(line);
    return box;
}

} // namespace

AnnotatePage::AnnotatePage(Shell& shell)
    : Page(QStringLiteral("annotate"), tr("Annotate"), shell), m_feed(m_contracts), m_queueModel(m_contracts), m_stack(new QStackedWidget) {
    addDecisionActions();
    addEvidenceActions();
    addMoveActions();
    addViewActions();
    connect(&m_feed, &ContractFeed::failed, this, [this](const Error& error) { this->shell().showMessage(failure(error)); });
    m_queueModel.sort(ContractTableModel::TitleColumn);
    m_splitter = new QSplitter;
    m_splitter->setObjectName(QStringLiteral("annotateSplitter"));
    m_splitter->setHandleWidth(1);
    m_splitter->setChildrenCollapsible(false);
    m_splitter->addWidget(lineRight(makeLeft()));
    m_splitter->addWidget(lineRight(makeMiddle()));
    m_splitter->addWidget(makeCard());
    m_splitter->setStretchFactor(0, 0);
    m_splitter->setStretchFactor(1, 1);
    m_splitter->setStretchFactor(2, 0);
    m_splitter->setSizes({kLeftWidth, 740, kCardWidth});
    m_splitter->restoreState(shell.settings().layout(m_splitter->objectName()));
    connect(m_splitter, &QSplitter::splitterMoved, this,
            [this] { this->shell().settings().setLayout(m_splitter->objectName(), m_splitter->saveState()); });
    auto* empty = new EmptyState(QStringLiteral("annotate"), tr("Mark the clauses here"),
                                 tr("Import contracts on the library page first. Then each of the clause types is decided with one key: "
                                    "present with its evidence, or absent."));
    QAction* library = shell.actions().add(this, {QStringLiteral("annotate.toLibrary"), tr("Open the library"), title(), {}, {}, {}, false},
                                           [this] { this->shell().openPage(QStringLiteral("library")); });
    empty->addButton(KeyButton::forAction(library, KeyButton::Kind::Primary));
    m_stack->addWidget(empty);
    m_stack->addWidget(m_splitter);
    bareColumn(this)->addWidget(m_stack);
    m_openLabel = new QLabel;
    m_openLabel->setObjectName(QStringLiteral("openLabel"));
    m_openLabel->setProperty("role", QStringLiteral("muted"));
    m_openLabel->setAccessibleName(tr("Open clauses"));
    m_finishButton = KeyButton::forAction(shell.actions().find(QStringLiteral("annotate.finish")));
}

QWidget* AnnotatePage::makeLeft() {
    auto* left = new QFrame;
    left->setProperty("role", QStringLiteral("pane"));
    left->setMinimumWidth(200);
    m_queueCount = new QLabel;
    m_queue = new QListView;
    m_queue->setObjectName(QStringLiteral("queue"));
    m_queue->setAccessibleName(tr("Queue of contracts"));
    m_queue->setModel(&m_queueModel);
    m_queue->setItemDelegate(new QueueDelegate(m_queue));
    m_queue->setMouseTracking(true);
    m_queue->setUniformItemSizes(true);
    m_queue->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_queue->setFixedHeight(5 * size::kRow + 6);
    connect(m_queue->selectionModel(), &QItemSelectionModel::currentChanged, this, [this](const QModelIndex& current) {
        if (current.isValid() && m_desk)
            openContract(m_queueModel.at(current.row()).contract.id, {});
    });
    m_clauseCount = new QLabel;
    m_tree = new ClauseTree(m_clauses);
    connect(m_tree, &ClauseTree::clauseChosen, this, &AnnotatePage::goTo);
    connect(m_tree, &ClauseTree::entered, this, &AnnotatePage::acceptByEnter);
    auto* column = bareColumn(left);
    column->addWidget(paneHead(tr("Queue"), m_queueCount));
    column->addWidget(m_queue);
    column->addWidget(rule());
    column->addWidget(paneHead(tr("Clauses"), m_clauseCount));
    column->addWidget(rule());
    column->addWidget(m_tree, 1);
    return left;
}

QWidget* AnnotatePage::makeMiddle() {
    m_pageView = new PageView;
    m_pageView->setInverted(shell().settings().invertsPages());
    m_textView = new TextView;
    m_views = new QStackedWidget;
    m_views->addWidget(m_pageView);
    m_views->addWidget(m_textView);
    m_minimap = new Minimap;
    for (ContractView* each : {static_cast<ContractView*>(m_pageView), static_cast<ContractView*>(m_textView)}) {
        connect(each, &ContractView::selected, this, [this](ByteRange range) {
            if (canDecide())
                m_desk->select(range);
        });
        connect(each, &ContractView::clauseClicked, this, [this](int clause) { m_desk->setCurrent(clause); });
        connect(each, &ContractView::viewChanged, this, &AnnotatePage::showPlace);
        connect(each, &ContractView::entered, this, &AnnotatePage::acceptByEnter);
    }
    auto* middle = new QWidget;
    middle->setMinimumWidth(360);
    auto* column = bareColumn(middle);
    column->addWidget(makeToolbar());
    column->addWidget(rule());
    m_findBar = new FindBar;
    column->addWidget(m_findBar);
    connect(m_findBar, &FindBar::wordsChanged, this, &AnnotatePage::findWords);
    connect(m_findBar, &FindBar::stepWanted, this, &AnnotatePage::stepFound);
    connect(m_findBar, &FindBar::closed, this, &AnnotatePage::closeFind);
    auto* row = new QHBoxLayout;
    row->setSpacing(0);
    row->addWidget(m_views, 1);
    row->addWidget(m_minimap);
    column->addLayout(row, 1);
    return middle;
}

QWidget* AnnotatePage::makeToolbar() {
    const auto button = [this](const char* id, const char* iconName) {
        QAction* action = shell().actions().find(QString::fromLatin1(id));
        KeyButton* made = KeyButton::iconButton(QString::fromLatin1(iconName), action->text());
        connect(made, &QPushButton::clicked, action, &QAction::trigger);
        return made;
    };
    m_pageNumber = new QLabel;
    m_zoom = new QLabel;
    m_pageNumber->setAccessibleName(tr("Page"));
    m_zoom->setAccessibleName(tr("Zoom"));
    m_pageTools = new QWidget;
    auto* tools = new QHBoxLayout(m_pageTools);
    tools->setContentsMargins(0, 0, 0, 0);
    tools->setSpacing(4);
    tools->addWidget(button("annotate.previousPage", "chevron-left"));
    tools->addWidget(m_pageNumber);
    tools->addWidget(button("annotate.nextPage", "chevron-right"));
    tools->addSpacing(12);
    tools->addWidget(button("annotate.zoomOut", "zoom-out"));
    tools->addWidget(m_zoom);
    tools->addWidget(button("annotate.zoomIn", "zoom-in"));
    tools->addSpacing(12);
    m_viewChoice = new SegmentedControl(tr("View"), {tr("Page"), tr("Text")});
    m_viewChoice->setObjectName(QStringLiteral("viewChoice"));
    connect(m_viewChoice, &SegmentedControl::chosen, this, [this](int index) { showView(index == 0); });
    auto* bar = new QFrame;
    bar->setProperty("role", QStringLiteral("pane"));
    bar->setFixedHeight(kToolbar);
    auto* row = new QHBoxLayout(bar);
    row->setContentsMargins(8, 0, 12, 0);
    row->setSpacing(4);
    row->addWidget(m_pageTools);
    row->addWidget(m_viewChoice);
    QAction* nextMark = shell().actions().find(QStringLiteral("annotate.nextTextMark"));
    m_textMarkButton = KeyButton::forAction(nextMark);
    m_textMarkButton->setSmall(true);
    m_textMarkButton->setObjectName(QStringLiteral("textMarks"));
    m_documentNotes = button("annotate.documentNotes", "info");
    m_documentNotes->setObjectName(QStringLiteral("documentNotes"));
    m_textMarkWords = new QLabel;
    m_textMarkWords->setProperty("role", QStringLiteral("muted"));
    row->addSpacing(8);
    row->addWidget(m_textMarkButton);
    row->addWidget(m_documentNotes);
    row->addWidget(m_textMarkWords);
    row->addStretch();
    row->addWidget(new MarkLegend);
    return bar;
}

QWidget* AnnotatePage::makeCard() {
    const auto find = [this](const char* id) { return shell().actions().find(QStringLiteral("annotate.") + QLatin1String(id)); };
    m_card = new ClauseCard({find("accept"), find("absent"), find("unsure"), find("later"), find("previousOpen"), find("nextOpen"),
                             find("trimFirst"), find("trimLast"), find("fragment"), find("value"), find("guideline"), find("note"), find("wordings"),
                             find("previousHit"), find("nextHit"), find("denied"), find("takeFirst"), find("takeSecond")});
    connect(m_card, &ClauseCard::noteWritten, this, &AnnotatePage::writeNote);
    connect(m_card, &ClauseCard::fieldLeft, this, [this] { view().setFocus(); });
    connect(m_card, &ClauseCard::valueEntered, this, [this] {
        if (m_card->valueEditor().isLegal())
            view().setFocus(); // the next clause is decided there
        accept();
    });
    m_card->setMinimumWidth(320);
    connect(m_card, &ClauseCard::rangeWanted, this, [this](ByteRange range) {
        view().setCaret(range.begin);
        view().reveal(range);
    });
    connect(&m_card->adjudication(), &AdjudicationPane::firstTaken, this, &AnnotatePage::takeFirst);
    connect(&m_card->adjudication(), &AdjudicationPane::secondTaken, this, &AnnotatePage::takeSecond);
    connect(m_card, &ClauseCard::clauseWanted, this, &AnnotatePage::goTo);
    return m_card;
}

} // namespace cw
