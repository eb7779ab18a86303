// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The widgets of the library.
#include "ui/action_registry.h"
#include "ui/appearance.h"
#include "ui/icons.h"
#include "ui/pages/library_choices.h"
#include "ui/pages/library_page.h"
#include "ui/shell.h"
#include "ui/widgets/bar_legend.h"
#include "ui/widgets/choice_button.h"
#include "ui/widgets/clause_bar.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/search_pane.h"
#include "ui/widgets/segmented_control.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QStackedWidget>

namespace cw {

namespace {

constexpr int kRowHeight = 31, kSearchLeast = 170, kSearchMost = 312;

} // namespace

QWidget* LibraryPage::makeFilterRow() {
    m_mode = new SegmentedControl(tr("Where to search"), {tr("Contracts"), tr("In the text")});
    m_mode->setObjectName(QStringLiteral("libraryMode"));
    connect(m_mode, &SegmentedControl::chosen, this, [this](int mode) {
        showMode(mode == 1);
        m_search->setFocus(Qt::OtherFocusReason);
    });
    m_search = new QLineEdit;
    m_search->setObjectName(QStringLiteral("librarySearch"));
    m_search->setClearButtonEnabled(true);
    m_search->setMinimumWidth(kSearchLeast);
    m_search->setMaximumWidth(kSearchMost);
    m_search->addAction(icon(QStringLiteral("search"), IconTint::Muted), QLineEdit::LeadingPosition);
    m_type = new ChoiceButton(tr("Type"), anyOf({}));
    m_language = new ChoiceButton(tr("Language"), anyOf({}));
    m_state = new ChoiceButton(tr("State"), stateChoices());
    m_person = new ChoiceButton(tr("By"), anyOf({}));
    m_split = new ChoiceButton(tr("Split"), anyOf({}));
    m_type->setObjectName(QStringLiteral("libraryType"));
    m_state->setObjectName(QStringLiteral("libraryState"));
    m_person->setObjectName(QStringLiteral("libraryPerson"));
    m_split->setObjectName(QStringLiteral("librarySplit"));
    auto* bar = new QFrame;
    bar->setProperty("role", QStringLiteral("pane"));
    bar->setFixedHeight(52);
    auto* row = new QHBoxLayout(bar);
    row->setContentsMargins(16, 0, 16, 0);
    row->setSpacing(8);
    row->addWidget(m_mode);
    row->addWidget(m_search, 1);
    row->addSpacing(4);
    for (ChoiceButton* button : {m_type, m_language, m_state, m_person, m_split}) {
        row->addWidget(button);
        connect(button, &ChoiceButton::chosen, this, &LibraryPage::applyFilter);
    }
    row->addStretch();
    connect(m_search, &QLineEdit::textChanged, this, &LibraryPage::wordsChanged);
    connect(m_search, &QLineEdit::returnPressed, this, &LibraryPage::pressEnter);
    return bar;
}

QWidget* LibraryPage::makeTable() {
    m_table = new TableView(tr("Contracts"));
    m_table->setObjectName(QStringLiteral("libraryTable"));
    m_table->setModel(&m_filtered);
    m_table->setEmptyText(tr("No contract matches. Clear a filter to see more, or press Enter to search in the contracts' texts."));
    m_table->setContextMenuPolicy(Qt::CustomContextMenu);
    m_delegate = new ClauseBarDelegate(m_table);
    m_delegate->setFirstPadding(16);
    m_table->setItemDelegate(m_delegate);
    m_table->setRowHeight(kRowHeight);
    m_table->sortByColumn(ContractTableModel::TitleColumn, Qt::AscendingOrder);
    QHeaderView* header = m_table->horizontalHeader();
    const int widths[] = {300, 260, 150, 80, 64, 246, 56};
    for (int column = 0; column < ContractTableModel::ColumnCount; ++column)
        header->resizeSection(column, widths[column]);
    header->setSectionResizeMode(ContractTableModel::TitleColumn, QHeaderView::Stretch);
    header->setSectionResizeMode(ContractTableModel::PartiesColumn, QHeaderView::Stretch);
    connect(m_table, &TableView::rowActivated, this, &LibraryPage::openCurrent);
    connect(m_table, &QWidget::customContextMenuRequested, this, &LibraryPage::showRowMenu);
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this, [this] {
        refreshFoot();
        refreshActions();
    });
    m_pane = new SearchPane;
    connect(m_pane, &SearchPane::requestChanged, this, &LibraryPage::searchText);
    connect(m_pane, &SearchPane::filtersToClear, this, &LibraryPage::clearFilters);
    connect(m_pane, &SearchPane::targetChosen, this, [this](const ContractId& contract, ByteRange place, const QString& clause) {
        shell().openContract(contract, clause, place);
    });
    m_results = new QStackedWidget;
    m_results->addWidget(m_table);
    m_results->addWidget(m_pane);
    return m_results;
}

QWidget* LibraryPage::makeFoot() {
    m_count = new QLabel;
    m_count->setProperty("role", QStringLiteral("meta"));
    m_count->setObjectName(QStringLiteral("libraryCount"));
    auto* bar = new QFrame;
    bar->setProperty("role", QStringLiteral("pane"));
    bar->setFixedHeight(28);
    auto* row = new QHBoxLayout(bar);
    row->setContentsMargins(16, 0, 16, 0);
    row->addWidget(m_count);
    row->addStretch();
    row->addWidget(new BarLegend);
    m_foot = bar;
    return bar;
}

QWidget* LibraryPage::makeEmpty() {
    auto* empty = new EmptyState(QStringLiteral("library"), tr("Bring in the first contracts"),
                                 tr("Import PDF, DOCX and text files, or drop them here. Each is read in a process of its own, and its text "
                                    "and the places of its lines are kept as they were on that day."));
    empty->addButton(KeyButton::forAction(m_importFiles, KeyButton::Kind::Primary));
    empty->addButton(KeyButton::forAction(m_importFolder));
    return empty;
}

} // namespace cw
