// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The window: rail, top bar, messages, the current page, status strip; and the project that the pages work on. GUI thread.
#pragma once

#include "core/base/clock.h"
#include "ui/action_registry.h"
#include "ui/page.h"
#include "ui/project.h"
#include "ui/shell.h"
#include "app/services/settings.h"

#include <QMainWindow>
#include <QStackedWidget>

#include <memory>
#include <vector>

namespace cw {

class MessageStack;
class NavRail;
class StartPage;
class StatusStrip;
class TopBar;

class MainWindow : public QMainWindow, public Shell {
    Q_OBJECT

public:
    // All three outlive the window.
    MainWindow(Settings& settings, Dialogs& dialogs, const Clock& clock);
    ~MainWindow() override;

    // Opens a project and shows its library; a failure goes to the message bar and leaves what is open.
    Status openProject(const QString& folder);
    Status createProject(const QString& folder);
    Status openSample();
    // How to make or find the sample project; without it the window does not offer one.
    void setSampleProject(std::function<Result<QString>()> ensure);
    void closeProject();
    // Asks who sits here; from the answer on every decision carries that name.
    void choosePerson();
    Project* project() { return m_project.get(); }

    const QList<Page*>& pages() const { return m_pages; }
    Page* page(const QString& id) const;
    Page* currentPage() const; // null on the start page
    MessageStack& messages() { return *m_messages; }
    StatusStrip& status() { return *m_status; }

    ActionRegistry& actions() override { return m_actions; }
    Dialogs& dialogs() override { return m_dialogs; }
    Settings& settings() override { return m_settings; }
    void showMessage(const Message& message) override;
    void openPage(const QString& id) override;
    void openContract(const ContractId& contract, const QString& clause = {}, std::optional<ByteRange> place = {}) override;
    void showJob(const QString& id, const JobProgress& progress, std::function<void()> cancel) override;
    void endJob(const QString& id) override;

protected:
    void closeEvent(QCloseEvent* event) override;

private:
    void build();
    void addPages();
    void addActions();
    void addProjectActions();
    void addPageActions();
    Status adopt(Result<std::unique_ptr<Project>> opened);
    QString viewOnlyNote() const;
    void tellViewOnly();
    void showPage(Page* page);
    void refreshFrame(); // top bar, hints and title from the current page
    void focusNextPane(int step);
    void askForProject();
    void askForNewProject();
    void takePerson();
    void showSettings();
    void showTaxonomy();
    void showKeys();
    void showPalette();

    Settings& m_settings;
    Dialogs& m_dialogs;
    const Clock& m_clock;
    std::function<Result<QString>()> m_ensureSample;
    ActionRegistry m_actions;
    std::unique_ptr<Project> m_project;
    QList<Page*> m_pages;
    StartPage* m_start = nullptr;
    NavRail* m_rail = nullptr;
    TopBar* m_topBar = nullptr;
    MessageStack* m_messages = nullptr;
    StatusStrip* m_status = nullptr;
    QStackedWidget* m_stack = nullptr;
};

} // namespace cw
