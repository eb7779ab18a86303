// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/pages/library_page.h"

#include "app/services/result_qt.h"
#include "ui/action_registry.h"
#include "ui/appearance.h"
#include "ui/dialogs.h"
#include "ui/icons.h"
#include "ui/import_flow.h"
#include "ui/project.h"
#include "ui/widgets/bar_legend.h"
#include "ui/widgets/choice_button.h"
#include "ui/widgets/clause_bar.h"
#include "ui/widgets/empty_state.h"

#include <QDragEnterEvent>
#include <QDropEvent>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QMimeData>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace cw {

namespace {

constexpr int kRowHeight = 31;

// How the State filter reads its choices.
enum StateChoice { kNotStarted = 1, kInProgress, kComplete, kFlagged };

std::vector<ChoiceButton::Choice> anyOf(const QStringList& texts) {
    std::vector<ChoiceButton::Choice> choices{{QObject::tr("any"), {}}};
    for (const QString& text : texts)
        choices.push_back({text, text});
    return choices;
}

QStringList localPaths(const QMimeData* data) {
    QStringList paths;
    for (const QUrl& url : data->urls())
        if (url.isLocalFile())
            paths << url.toLocalFile();
    return paths;
}

} // namespace

LibraryPage::LibraryPage(Shell& shell)
    : Page(QStringLiteral("library"), tr("Library"), shell), m_filtered(m_model), m_stack(new QStackedWidget) {
    setAcceptDrops(true);
    addActions();
    auto* content = new QWidget;
    auto* column = new QVBoxLayout(content);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(makeFilterRow());
    column->addWidget(makeTable(), 1);
    column->addWidget(makeFoot());
    m_stack->addWidget(makeEmpty());
    m_stack->addWidget(content);
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins(0, 0, 0, 0);
    all->addWidget(m_stack);
}

LibraryPage::~LibraryPage() = default;

void LibraryPage::addActions() {
    ActionRegistry& actions = shell().actions();
    m_importFiles = actions.add(this, {QStringLiteral("library.import"), tr("Import contracts"), title(),
                                       {QKeySequence(Qt::CTRL | Qt::Key_I)}, QStringLiteral("import"),
                                       tr("Import PDF and text files")},
                                [this] {
                                    if (canImport())
                                        m_import->start(shell().dialogs().openFiles(this, tr("Import contracts"),
                                                                                    tr("Contracts (*.pdf *.txt)")));
                                });
    m_importFolder = actions.add(this, {QStringLiteral("library.importFolder"), tr("Import a folder"), title(),
                                        {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_I)}, QStringLiteral("folder")},
                                 [this] {
                                     const QString folder = canImport() ? shell().dialogs().openFolder(this, tr("Import a folder")) : QString();
                                     if (!folder.isEmpty())
                                         m_import->start({folder});
                                 });
    m_importLabels = actions.add(this, {QStringLiteral("library.importLabels"), tr("Import labels"), title()}, [this] {
        const QString file = canImport() ? shell().dialogs().openFile(this, tr("Import labels"), tr("Labels (*.json)")) : QString();
        if (!file.isEmpty())
            m_import->importLabels(file);
    });
    actions.add(this, {QStringLiteral("library.search"), tr("Search the contracts"), title(),
                       {QKeySequence(Qt::CTRL | Qt::Key_F), QKeySequence(Qt::Key_Slash)}, QStringLiteral("search")},
                [this] { m_search->setFocus(Qt::ShortcutFocusReason); m_search->selectAll(); });
    actions.addKeyNote({title(), QStringLiteral("Enter"), tr("Annotate the contract")});
    actions.addKeyNote({title(), QStringLiteral("Ctrl C"), tr("Copy the rows as a table")});
    m_importButton = KeyButton::forAction(m_importFiles, KeyButton::Kind::Primary);
    m_importButton->setKeyCaps({});
    m_importButton->setIconName(QStringLiteral("import"));
}

QWidget* LibraryPage::makeFilterRow() {
    m_search = new QLineEdit;
    m_search->setObjectName(QStringLiteral("librarySearch"));
    m_search->setAccessibleName(tr("Search the contracts"));
    m_search->setPlaceholderText(tr("Title, party or type"));
    m_search->setClearButtonEnabled(true);
    m_search->setFixedWidth(312);
    m_search->addAction(icon(QStringLiteral("search"), IconTint::Muted), QLineEdit::LeadingPosition);
    m_type = new ChoiceButton(tr("Type"), anyOf({}));
    m_language = new ChoiceButton(tr("Language"), anyOf({}));
    m_state = new ChoiceButton(tr("State"), {{tr("any"), {}},
                                             {tr("not started"), kNotStarted},
                                             {tr("in progress"), kInProgress},
                                             {tr("complete"), kComplete},
                                             {tr("with something unsure"), kFlagged}});
    m_type->setObjectName(QStringLiteral("libraryType"));
    auto* bar = new QFrame;
    bar->setProperty("role", QStringLiteral("pane"));
    bar->setFixedHeight(52);
    auto* row = new QHBoxLayout(bar);
    row->setContentsMargins(16, 0, 16, 0);
    row->setSpacing(8);
    row->addWidget(m_search);
    row->addSpacing(8);
    for (ChoiceButton* button : {m_type, m_language, m_state}) {
        row->addWidget(button);
        connect(button, &ChoiceButton::chosen, this, &LibraryPage::applyFilter);
    }
    row->addStretch();
    connect(m_search, &QLineEdit::textChanged, this, &LibraryPage::applyFilter);
    connect(m_search, &QLineEdit::returnPressed, this, [this] { m_table->setFocus(); });
    return bar;
}

QWidget* LibraryPage::makeTable() {
    m_table = new TableView(tr("Contracts"));
    m_table->setObjectName(QStringLiteral("libraryTable"));
    m_table->setModel(&m_filtered);
    m_table->setEmptyText(tr("No contract matches. Clear a filter to see more."));
    m_delegate = new ClauseBarDelegate(m_table);
    m_delegate->setFirstPadding(16);
    m_table->setItemDelegate(m_delegate);
    m_table->setRowHeight(kRowHeight);
    m_table->sortByColumn(ContractTableModel::TitleColumn, Qt::AscendingOrder);
    QHeaderView* header = m_table->horizontalHeader();
    const int widths[] = {300, 260, 150, 72, 64, 246, 56};
    for (int column = 0; column < ContractTableModel::ColumnCount; ++column)
        header->resizeSection(column, widths[column]);
    header->setSectionResizeMode(ContractTableModel::TitleColumn, QHeaderView::Stretch);
    header->setSectionResizeMode(ContractTableModel::PartiesColumn, QHeaderView::Stretch);
    connect(m_table, &TableView::rowActivated, this, &LibraryPage::openCurrent);
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this, &LibraryPage::refreshFoot);
    return m_table;
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
    return bar;
}

QWidget* LibraryPage::makeEmpty() {
    auto* empty = new EmptyState(QStringLiteral("library"), tr("Bring in the first contracts"),
                                 tr("Import PDF and text files, or drop them here. Each is read in a process of its own, and its text "
                                    "and the places of its lines are kept as they were on that day."));
    empty->addButton(KeyButton::forAction(m_importFiles, KeyButton::Kind::Primary));
    empty->addButton(KeyButton::forAction(m_importFolder));
    return empty;
}

void LibraryPage::setProject(Project* project) {
    delete m_import;
    m_import = nullptr;
    m_project = project;
    if (project) {
        StoreSession& session = project->session();
        m_import = new ImportFlow(session, shell(), this);
        m_delegate->setGroupStarts(groupStarts(session.taxonomy()));
        connect(&session, &StoreSession::contractsChanged, this, &LibraryPage::reload);
        connect(&session, &StoreSession::cellChanged, this, &LibraryPage::refreshRow);
    }
    for (QAction* action : {m_importFiles, m_importFolder, m_importLabels}) {
        action->setEnabled(canImport());
        action->setVisible(canImport());
    }
    reload();
}

void LibraryPage::taxonomyChanged() {
    m_delegate->setGroupStarts(groupStarts(m_project->session().taxonomy()));
    reload();
}

bool LibraryPage::canImport() const { return m_project && !m_project->session().viewOnly(); }

void LibraryPage::reload() {
    std::vector<ContractRow> rows;
    int clauses = 0;
    if (m_project) {
        auto read = readContractRows(m_project->store());
        if (!read)
            return shell().showMessage(failure(read.error()));
        rows = std::move(*read);
        clauses = static_cast<int>(m_project->session().taxonomy().types().size());
    }
    m_model.setRows(std::move(rows), clauses);
    m_type->setChoices(anyOf(m_model.types()));
    m_language->setChoices(anyOf(m_model.languages()));
    m_stack->setCurrentIndex(m_model.rowCount() == 0 ? 0 : 1);
    applyFilter();
    if (!m_table->currentIndex().isValid() && m_filtered.rowCount() > 0)
        m_table->setCurrentIndex(m_filtered.index(0, 0));
    Q_EMIT contextChanged();
}

void LibraryPage::refreshRow(const ContractId& contract) {
    const int at = m_model.rowOf(contract);
    if (at < 0)
        return;
    const auto cells = m_project->store().annotations().cells(contract);
    if (!cells)
        return shell().showMessage(failure(cells.error()));
    m_model.updateRow(makeContractRow(m_model.at(at).contract, *cells, m_project->session().taxonomy()));
    refreshFoot();
}

void LibraryPage::applyFilter() {
    ContractFilter filter;
    filter.words = m_search->text();
    filter.type = m_type->value().toString();
    filter.language = m_language->value().toString();
    const int state = m_state->value().toInt();
    filter.onlyFlagged = state == kFlagged;
    if (state >= kNotStarted && state <= kComplete)
        filter.progress = static_cast<Progress>(state - kNotStarted);
    m_filtered.setFilter(filter);
    refreshFoot();
}

void LibraryPage::refreshFoot() {
    const int all = m_model.rowCount(), shown = m_filtered.rowCount();
    int complete = 0;
    for (int row = 0; row < all; ++row)
        complete += progressOf(m_model.at(row)) == Progress::Complete;
    QStringList parts;
    parts << (shown == all ? tr("%1 contracts").arg(QLocale().toString(all))
                           : tr("%1 of %2 contracts").arg(QLocale().toString(shown), QLocale().toString(all)));
    parts << tr("%1 complete").arg(QLocale().toString(complete));
    if (const auto selected = m_table->selectionModel()->selectedRows().size(); selected > 0)
        parts << tr("%1 selected").arg(selected);
    m_count->setText(parts.join(QStringLiteral(", ")));
}

void LibraryPage::openCurrent() {
    if (const QModelIndex current = m_table->currentIndex(); current.isValid())
        shell().openContract(m_filtered.at(current.row()).contract.id);
}

PageContext LibraryPage::context() const {
    if (!m_project)
        return {};
    return {m_project->session().name(),
            {tr("%1 contracts").arg(QLocale().toString(m_model.rowCount())),
             tr("taxonomy v%1, %2 clause types")
                 .arg(m_project->session().taxonomy().version())
                 .arg(m_project->session().taxonomy().types().size())}};
}

QList<QWidget*> LibraryPage::topBarWidgets() const { return canImport() ? QList<QWidget*>{m_importButton} : QList<QWidget*>{}; }

QList<QAction*> LibraryPage::overflowActions() const {
    return canImport() ? QList<QAction*>{m_importFolder, m_importLabels} : QList<QAction*>{};
}

QList<KeyHint> LibraryPage::keyHints() const {
    return {{{QStringLiteral("Enter")}, tr("annotate")},
            {{QStringLiteral("Ctrl"), QStringLiteral("F")}, tr("search")},
            {{QStringLiteral("F6")}, tr("pane")},
            {{QStringLiteral("?")}, tr("all keys")}};
}

QList<QWidget*> LibraryPage::panes() const { return {m_table, m_search}; }

void LibraryPage::showExample() {
    if (m_filtered.rowCount() > 0)
        m_table->setCurrentIndex(m_filtered.index(std::min(2, m_filtered.rowCount() - 1), 0));
}

void LibraryPage::dragEnterEvent(QDragEnterEvent* event) {
    if (canImport() && !localPaths(event->mimeData()).isEmpty())
        event->acceptProposedAction();
}

void LibraryPage::dropEvent(QDropEvent* event) {
    event->acceptProposedAction();
    m_import->start(localPaths(event->mimeData()));
}

} // namespace cw
