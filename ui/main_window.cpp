// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/main_window.h"

#include "ui/appearance.h"
#include "ui/command_palette.h"
#include "ui/dialogs.h"
#include "ui/keys_dialog.h"
#include "ui/pages/pages.h"
#include "ui/pages/start_page.h"
#include "ui/people_dialog.h"
#include "ui/settings_dialog.h"
#include "ui/taxonomy_dialog.h"
#include "ui/widgets/message_bar.h"
#include "ui/widgets/nav_rail.h"
#include "ui/widgets/status_strip.h"
#include "ui/widgets/top_bar.h"

#include <QApplication>
#include <QCloseEvent>
#include <QDir>
#include <QHBoxLayout>
#include <QVBoxLayout>

namespace cw {

namespace {

const QString kEverywhere = QStringLiteral("Everywhere");

QKeySequence ctrl(Qt::Key key) { return QKeySequence(Qt::CTRL | key); }

} // namespace

MainWindow::MainWindow(Settings& settings, Dialogs& dialogs, const Clock& clock)
    : m_settings(settings), m_dialogs(dialogs), m_clock(clock) {
    setObjectName(QStringLiteral("mainWindow"));
    setAccessibleName(QStringLiteral("Clausewright"));
    resize(1440, 900);
    setMinimumSize(960, 600);
    m_actions.setKeyChoices(keyChoicesIn(m_settings));
    addActions();
    build();
    addPages();
    addPageActions();
    restoreGeometry(m_settings.layout(objectName()));
    setSampleProject({});
    showPage(m_start);
}

MainWindow::~MainWindow() {
    for (Page* page : m_pages)
        page->setProject(nullptr);
}

void MainWindow::build() {
    m_rail = new NavRail;
    m_topBar = new TopBar;
    m_messages = new MessageStack;
    m_stack = new QStackedWidget;
    m_status = new StatusStrip;
    auto* right = new QVBoxLayout;
    right->setSpacing(0);
    right->addWidget(m_topBar);
    right->addWidget(m_messages);
    right->addWidget(m_stack, 1);
    auto* upper = new QHBoxLayout;
    upper->setSpacing(0);
    upper->addWidget(m_rail);
    upper->addLayout(right, 1);
    auto* central = new QWidget;
    auto* all = new QVBoxLayout(central);
    all->setContentsMargins(0, 0, 0, 0);
    all->setSpacing(0);
    all->addLayout(upper, 1);
    all->addWidget(m_status);
    setCentralWidget(central);
    m_rail->setPerson(m_settings.currentPerson());
}

void MainWindow::addPages() {
    m_start = new StartPage(*this, m_actions.find(QStringLiteral("project.sample")), m_actions.find(QStringLiteral("project.open")),
                            m_actions.find(QStringLiteral("project.new")));
    m_stack->addWidget(m_start);
    m_pages = makePages(*this);
    for (Page* page : m_pages) {
        m_stack->addWidget(page);
        m_rail->addPage(page->id(), page->title(), tr("%1 (Ctrl+%2)").arg(page->title()).arg(m_pages.indexOf(page) + 1));
        connect(page, &Page::contextChanged, this, [this, page] {
            if (page == m_stack->currentWidget())
                refreshFrame();
        });
    }
    m_rail->addFoot(QStringLiteral("search"), tr("Search"), tr("Search actions and contracts (Ctrl+K)"));
    m_rail->addFoot(QStringLiteral("settings"), tr("Settings"), tr("Settings (Ctrl+,)"));
    m_rail->setPagesEnabled(false);
    connect(m_rail, &NavRail::pageChosen, this, [this](int index) { showPage(m_pages[index]); });
    connect(m_rail, &NavRail::annotatorChosen, this, &MainWindow::choosePerson);
    connect(m_rail, &NavRail::footChosen, this, [this](const QString& word) { word == tr("Settings") ? showSettings() : showPalette(); });
}

void MainWindow::addActions() {
    addProjectActions();
    m_actions.add(this, {QStringLiteral("window.palette"), tr("Search actions and contracts"), kEverywhere, {ctrl(Qt::Key_K)},
                         QStringLiteral("search"), {}, false}, [this] { showPalette(); });
    m_actions.add(this, {QStringLiteral("window.settings"), tr("Settings"), kEverywhere, {ctrl(Qt::Key_Comma)},
                         QStringLiteral("settings")}, [this] { showSettings(); });
    m_actions.add(this, {QStringLiteral("window.person"), tr("Switch to another person"), kEverywhere,
                         {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_U)}, QStringLiteral("person")}, [this] { choosePerson(); });
    m_actions.add(this, {QStringLiteral("window.keys"), tr("Show all keys"), kEverywhere,
                         {QKeySequence(Qt::Key_Question), QKeySequence(Qt::Key_F1)}, QStringLiteral("keyboard")}, [this] { showKeys(); });
    m_actions.add(this, {QStringLiteral("window.nextPane"), tr("Next pane"), kEverywhere, {QKeySequence(Qt::Key_F6)}, {}, {}, false},
                  [this] { focusNextPane(1); });
    m_actions.add(this, {QStringLiteral("window.previousPane"), tr("Previous pane"), kEverywhere,
                         {QKeySequence(Qt::SHIFT | Qt::Key_F6)}, {}, {}, false}, [this] { focusNextPane(-1); });
    m_actions.add(this, {QStringLiteral("window.closeMessage"), tr("Close the newest message"), kEverywhere,
                         {QKeySequence(Qt::SHIFT | Qt::Key_Escape)}, {}, {}, false}, [this] { m_messages->closeNewest(); });
    for (const auto& [mode, text] : {std::pair(ThemeMode::Light, tr("Light theme")), std::pair(ThemeMode::Dark, tr("Dark theme")),
                                     std::pair(ThemeMode::System, tr("Theme of the desktop"))})
        m_actions.add(this, {QStringLiteral("window.theme.") + toString(mode), text, kEverywhere, {}, {}, {}, true, false},
                      [this, chosen = mode] {
                          m_settings.setTheme(chosen);
                          applyTheme(chosen);
                      });
    m_actions.add(this, {QStringLiteral("window.quit"), tr("Quit"), kEverywhere, {ctrl(Qt::Key_Q)}}, [this] { close(); });
}

void MainWindow::addProjectActions() {
    m_actions.add(this, {QStringLiteral("project.sample"), tr("Open the sample project"), kEverywhere,
                         {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_O)}}, [this] { (void)openSample(); });
    m_actions.add(this, {QStringLiteral("project.open"), tr("Open a project"), kEverywhere, {ctrl(Qt::Key_O)},
                         QStringLiteral("folder")}, [this] { askForProject(); });
    m_actions.add(this, {QStringLiteral("project.new"), tr("New project"), kEverywhere, {}, QStringLiteral("plus")}, [this] { askForNewProject(); });
    m_actions.add(this, {QStringLiteral("project.taxonomy"), tr("Clause types and guidelines"), kEverywhere,
                         {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_T)}, QStringLiteral("note")}, [this] { showTaxonomy(); })
        ->setEnabled(false);
}

void MainWindow::addPageActions() {
    for (qsizetype i = 0; i < m_pages.size(); ++i) {
        Page* page = m_pages[i];
        QAction* action = m_actions.add(this, {QStringLiteral("window.page.") + page->id(), tr("Go to %1").arg(page->title()), kEverywhere,
                                               {QKeySequence(Qt::CTRL | static_cast<Qt::Key>(Qt::Key_1 + i))}, page->id()},
                                        [this, page] { showPage(page); });
        action->setEnabled(m_project != nullptr);
    }
}

Page* MainWindow::page(const QString& id) const {
    for (Page* page : m_pages)
        if (page->id() == id)
            return page;
    return nullptr;
}

Page* MainWindow::currentPage() const {
    auto* page = qobject_cast<Page*>(m_stack->currentWidget());
    return page == m_start ? nullptr : page;
}

Status MainWindow::openProject(const QString& folder) { return adopt(Project::open(folder, m_settings.annotator(), m_clock)); }

Status MainWindow::createProject(const QString& folder) { return adopt(Project::create(folder, m_settings.annotator(), m_clock)); }

void MainWindow::setSampleProject(std::function<Result<QString>()> ensure) {
    m_ensureSample = std::move(ensure);
    QAction* action = m_actions.find(QStringLiteral("project.sample"));
    action->setVisible(m_ensureSample != nullptr);
    action->setEnabled(m_ensureSample != nullptr);
    if (m_stack->currentWidget() == m_start)
        showPage(m_start);
}

Status MainWindow::openSample() {
    Result<QString> folder = m_ensureSample();
    if (!folder) {
        showMessage(failure(folder.error()));
        return folder.error();
    }
    return openProject(*folder);
}

Status MainWindow::adopt(Result<std::unique_ptr<Project>> opened) {
    if (!opened) {
        showMessage(failure(opened.error()));
        return opened.error();
    }
    closeProject();
    m_project = std::move(*opened);
    m_settings.setLastProject(m_project->folder());
    m_messages->clear();
    connect(&m_project->session(), &StoreSession::saved, this, [this](const QDateTime& at) { m_status->setSaved(at); });
    connect(&m_project->session(), &StoreSession::taxonomyChanged, this, [this] {
        for (Page* page : std::as_const(m_pages))
            page->taxonomyChanged();
    });
    m_status->setSaved({});
    connect(&m_project->undo().group(), &QUndoGroup::undoTextChanged, m_status, [this, note = viewOnlyNote()](const QString& text) {
        m_status->setNote(text.isEmpty() ? note : tr("last: %1").arg(text));
    });
    m_rail->setPagesEnabled(true);
    m_actions.find(QStringLiteral("project.taxonomy"))->setEnabled(true);
    for (Page* page : m_pages) {
        m_actions.find(QStringLiteral("window.page.") + page->id())->setEnabled(true);
        page->setProject(m_project.get());
    }
    tellViewOnly();
    if (!m_pages.isEmpty())
        showPage(m_pages.first());
    return {};
}

void MainWindow::closeProject() {
    if (!m_project)
        return;
    for (Page* page : m_pages) {
        m_actions.find(QStringLiteral("window.page.") + page->id())->setEnabled(false);
        page->setProject(nullptr);
    }
    m_rail->setPagesEnabled(false);
    m_actions.find(QStringLiteral("project.taxonomy"))->setEnabled(false);
    m_project.reset();
    m_status->setNote({});
    showPage(m_start);
}

QString MainWindow::viewOnlyNote() const { return m_project->session().viewOnly() ? tr("view only") : QString(); }

void MainWindow::tellViewOnly() {
    m_status->setNote(viewOnlyNote());
    if (m_project->session().viewOnly())
        showMessage(failure(m_project->session().lockReason()));
}

void MainWindow::showPage(Page* page) {
    m_stack->setCurrentWidget(page);
    m_rail->setCurrent(static_cast<int>(m_pages.indexOf(page)));
    refreshFrame();
    if (const QList<QWidget*> panes = page->panes(); !panes.isEmpty())
        panes.first()->setFocus(Qt::OtherFocusReason);
    else
        page->setFocus(Qt::OtherFocusReason);
}

void MainWindow::refreshFrame() {
    const auto* page = static_cast<const Page*>(m_stack->currentWidget());
    m_topBar->show(page->title(), page->context(), page->topBarWidgets(), page->overflowActions());
    m_status->setHints(page->keyHints());
    setWindowTitle(m_project ? tr("%1 \u2013 Clausewright").arg(m_project->session().name()) : QStringLiteral("Clausewright"));
}

void MainWindow::focusNextPane(int step) {
    const auto* page = static_cast<const Page*>(m_stack->currentWidget());
    QList<QWidget*> panes;
    for (QWidget* pane : page->panes())
        if (pane->isVisible() && pane->isEnabled())
            panes << pane;
    if (panes.isEmpty())
        return;
    const QWidget* focus = QApplication::focusWidget();
    qsizetype at = step > 0 ? -1 : panes.size();
    for (qsizetype i = 0; i < panes.size(); ++i)
        if (focus && (panes[i] == focus || panes[i]->isAncestorOf(focus)))
            at = i;
    panes[(at + step + panes.size()) % panes.size()]->setFocus(Qt::ShortcutFocusReason);
}

void MainWindow::showMessage(const Message& message) { m_messages->add(message); }

void MainWindow::openPage(const QString& id) {
    if (Page* wanted = page(id); wanted && m_project)
        showPage(wanted);
}

void MainWindow::openContract(const ContractId& contract, const QString& clause, std::optional<ByteRange> place) {
    const Page* from = currentPage();
    Page* annotate = page(QStringLiteral("annotate"));
    annotate->openContract(contract, clause);
    showPage(annotate);
    if (place)
        annotate->revealPlace(*place, from ? from->id() : QString());
}

void MainWindow::showJob(const QString& id, const JobProgress& progress, std::function<void()> cancel) {
    m_status->showJob(id, progress, std::move(cancel));
}

void MainWindow::endJob(const QString& id) { m_status->endJob(id); }

void MainWindow::askForProject() {
    if (const QString folder = m_dialogs.openFolder(this, tr("Open a project")); !folder.isEmpty())
        (void)openProject(folder);
}

void MainWindow::askForNewProject() {
    const QString folder = m_dialogs.saveFile(this, tr("New project"), QDir::homePath() + QStringLiteral("/Contracts.clausewright"),
                                              tr("Clausewright projects (*.clausewright)"));
    if (!folder.isEmpty())
        (void)createProject(folder);
}

void MainWindow::showSettings() {
    auto* dialog = new SettingsDialog(m_settings, this);
    connect(dialog, &SettingsDialog::annotatorChanged, this, &MainWindow::takePerson);
    connect(dialog, &SettingsDialog::peopleWanted, this, &MainWindow::choosePerson);
    dialog->open();
}

void MainWindow::choosePerson() {
    auto* dialog = new PeopleDialog(m_settings, PeopleDialog::Purpose::Work, tr("Who is working?"), tr("Continue as %1"), this);
    connect(dialog, &PeopleDialog::chosen, this, [this](const QString& name) { m_settings.setAnnotator(name); });
    connect(dialog, &PeopleDialog::chosen, this, &MainWindow::takePerson);
    connect(dialog, &QDialog::rejected, this, &MainWindow::takePerson); // a profile may have changed all the same
    dialog->open();
}

// Whom the settings name writes from now on.
void MainWindow::takePerson() {
    m_rail->setPerson(m_settings.currentPerson());
    if (m_project)
        m_project->session().setPerson(toQString(currentIdentity(m_settings.annotator()).person));
}

void MainWindow::showTaxonomy() { (new TaxonomyDialog(*m_project, *this, this))->open(); }

void MainWindow::showKeys() {
    auto* dialog = new KeysDialog(m_actions, m_settings, this);
    connect(dialog, &KeysDialog::changed, this, &MainWindow::refreshFrame);
    dialog->open();
}

void MainWindow::showPalette() {
    auto* palette = new CommandPalette(m_actions, m_project.get(), this);
    connect(palette, &CommandPalette::contractChosen, this, [this](const ContractId& id) { openContract(id, {}); });
    palette->open();
}

void MainWindow::closeEvent(QCloseEvent* event) {
    m_settings.setLayout(objectName(), saveGeometry());
    QMainWindow::closeEvent(event);
}

} // namespace cw
