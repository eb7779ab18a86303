// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/pages/library_page.h"

#include "app/services/result_qt.h"
#include "app/services/search_indexer.h"
#include "core/model/names.h"
#include "ui/import_flow.h"
#include "ui/pages/library_choices.h"
#include "ui/project.h"
#include "ui/reading_actions.h"
#include "ui/shell.h"
#include "ui/widgets/clause_bar.h"
#include "ui/widgets/search_pane.h"

#include <QDragEnterEvent>
#include <QDropEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QLocale>
#include <QMimeData>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace cw {

namespace {

constexpr int kTypingPause = 250; // milliseconds

QStringList localPaths(const QMimeData* data) {
    QStringList paths;
    for (const QUrl& url : data->urls())
        if (url.isLocalFile())
            paths << url.toLocalFile();
    return paths;
}

// "default, test": the contracts of each side of each split.
std::map<QString, std::set<ContractId>> readSides(ProjectStore& store) {
    std::map<QString, std::set<ContractId>> sides;
    const auto splits = store.splits().all();
    if (!splits)
        return sides;
    for (const Split& split : *splits)
        for (const auto& [contract, side] : split.sides)
            sides[QStringLiteral("%1, %2").arg(toQString(split.name), toQString(nameOf(side)))].insert(contract);
    return sides;
}

Assignments readAssignments(ProjectStore& store) {
    Assignments assignments;
    if (const auto readers = store.contracts().readers())
        for (const auto& [contract, person] : *readers)
            assignments[contract] << toQString(person);
    return assignments;
}

} // namespace

LibraryPage::LibraryPage(Shell& shell)
    : Page(QStringLiteral("library"), tr("Library"), shell), m_feed(m_model), m_filtered(m_model), m_stack(new QStackedWidget) {
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
    m_typing.setSingleShot(true);
    m_typing.setInterval(kTypingPause);
    connect(&m_typing, &QTimer::timeout, this, [this] {
        m_pane->startOver();
        searchText();
    });
    connect(&m_corpus, &CorpusSearch::found, m_pane, &SearchPane::showResult);
    connect(&m_corpus, &CorpusSearch::failed, m_pane, &SearchPane::showFailure);
    connect(&m_feed, &ContractFeed::completed, this, [this] {
        refreshChoices();
        refreshFoot();
    });
    connect(&m_feed, &ContractFeed::failed, this, [this](const Error& error) { this->shell().showMessage(failure(error)); });
    showMode(false);
}

LibraryPage::~LibraryPage() = default;

void LibraryPage::setProject(Project* project) {
    delete m_import;
    m_import = nullptr;
    stopIndexing();
    m_project = project;
    m_readings->setProject(project);
    m_corpus.forget();
    m_pane->setTaxonomy(project ? &project->session().taxonomy() : nullptr);
    showMode(false);
    if (project) {
        StoreSession& session = project->session();
        m_corpus.setProject(project->folder(), session.store().identity());
        m_import = new ImportFlow(session, shell(), this);
        m_delegate->setGroupStarts(groupStarts(session.taxonomy()));
        connect(&session, &StoreSession::contractsChanged, this, &LibraryPage::reload);
        connect(&session, &StoreSession::splitsChanged, this, &LibraryPage::refreshChoices);
        connect(&session, &StoreSession::cellChanged, this, &LibraryPage::refreshRow);
        connect(&session, &StoreSession::personChanged, this, &LibraryPage::takePerson);
        startIndexing();
    }
    for (QAction* action : {m_importFiles, m_importFolder, m_importLabels}) {
        action->setEnabled(canImport());
        action->setVisible(canImport());
    }
    reload();
}

// The texts are searched with this person's eyes from now on; what another one found goes.
void LibraryPage::takePerson() {
    m_corpus.forget();
    m_corpus.setProject(m_project->folder(), m_project->session().store().identity());
    m_pane->startOver();
    if (inText())
        searchText();
}

void LibraryPage::taxonomyChanged() {
    m_delegate->setGroupStarts(groupStarts(m_project->session().taxonomy()));
    m_pane->setTaxonomy(&m_project->session().taxonomy());
    reload();
}

bool LibraryPage::canImport() const { return m_project && !m_project->session().viewOnly(); }

void LibraryPage::reload() {
    const ContractId current = m_table->currentIndex().isValid() ? m_filtered.at(m_table->currentIndex().row()).contract.id : ContractId();
    if (const Status read = m_feed.read(m_project ? &m_project->session() : nullptr); !read)
        return shell().showMessage(failure(read.error()));
    refreshChoices();
    m_stack->setCurrentIndex(m_model.rowCount() == 0 ? 0 : 1);
    applyFilter();
    const int kept = m_model.rowOf(current);
    const QModelIndex index = kept < 0 ? QModelIndex() : m_filtered.mapFromSource(m_model.index(kept, 0));
    if (index.isValid() || m_filtered.rowCount() > 0)
        m_table->setCurrentIndex(index.isValid() ? index : m_filtered.index(0, 0));
    refreshActions();
    Q_EMIT contextChanged();
}

void LibraryPage::refreshChoices() {
    m_sides = m_project ? readSides(m_project->store()) : std::map<QString, std::set<ContractId>>();
    const Assignments assignments = m_project ? readAssignments(m_project->store()) : Assignments();
    QStringList people = m_model.annotators(), sides;
    for (const auto& [contract, readers] : assignments)
        people << readers;
    people.removeDuplicates();
    people.sort(Qt::CaseInsensitive);
    for (const auto& [side, contracts] : m_sides)
        sides << side;
    m_type->setChoices(anyOf(m_model.types()));
    m_language->setChoices(anyOf(m_model.languages()));
    m_person->setChoices(anyOf(people));
    m_split->setChoices(anyOf(sides));
    m_split->setVisible(!sides.isEmpty());
    m_filtered.setAssignments(assignments);
}

void LibraryPage::refreshRow(const ContractId& contract) {
    const int at = m_model.rowOf(contract);
    if (at < 0)
        return;
    const auto overview = m_project->store().annotations().overview(contract, m_project->session().readingOf(contract));
    if (!overview)
        return shell().showMessage(failure(overview.error()));
    m_model.updateRow(makeContractRow(m_model.at(at).contract, *overview, m_project->session().taxonomy()));
    refreshFoot();
}

ContractFilter LibraryPage::chosenFilter() const {
    ContractFilter filter;
    filter.type = m_type->value().toString();
    filter.language = m_language->value().toString();
    filter.person = m_person->value().toString();
    if (const auto side = m_sides.find(m_split->value().toString()); side != m_sides.end())
        filter.within = side->second;
    const int state = m_state->value().toInt();
    filter.onlyFlagged = state == kFlagged;
    filter.onlyGuessed = state == kGuessed;
    if (state >= kNotStarted && state <= kComplete)
        filter.progress = static_cast<Progress>(state - kNotStarted);
    if (state == kToAdjudicate)
        filter.only = m_readings->toAdjudicate();
    if (state == kMySecondReadings)
        filter.only = m_readings->mySecondReadings();
    return filter;
}

void LibraryPage::applyFilter() {
    if (inText()) {
        m_pane->startOver();
        return searchText();
    }
    ContractFilter filter = chosenFilter();
    filter.words = m_search->text();
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
    QList<QAction*> actions = canImport() ? QList<QAction*>{m_importFolder, m_importLabels} : QList<QAction*>{};
    return m_project ? actions << m_readings->actions() : actions;
}

QList<KeyHint> LibraryPage::keyHints() const {
    const KeyHint all = allKeysHint(), search = hint({QStringLiteral("search")}, tr("search"));
    if (inText())
        return {{{QStringLiteral("Enter")}, tr("open at the hit")}, search, {{QStringLiteral("Esc")}, tr("back to the contracts")}, all};
    return {{{QStringLiteral("Enter")}, tr("annotate")},
            search,
            hint({QStringLiteral("searchText")}, tr("in the text")),
            {{QStringLiteral("F6")}, tr("pane")},
            all};
}

QList<QWidget*> LibraryPage::panes() const {
    if (inText())
        return {m_pane->model().rowCount() > 0 ? static_cast<QWidget*>(m_pane->list()) : m_search, m_search};
    return {m_table, m_search};
}

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
