// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The verbs of the library and their keys.
#include "app/services/result_qt.h"
#include "ui/action_registry.h"
#include "ui/dialogs.h"
#include "ui/field_dialog.h"
#include "ui/import_flow.h"
#include "ui/pages/library_page.h"
#include "ui/project.h"
#include "ui/reading_actions.h"
#include "ui/shell.h"
#include "ui/widgets/key_button.h"
#include "ui/widgets/table_view.h"

#include <QLineEdit>
#include <QMenu>

#include <algorithm>

namespace cw {

namespace {

// "NDA" of all, or nothing where they differ.
QString commonValue(const std::vector<const ContractRow*>& rows, QString ContractRow::* field) {
    for (const ContractRow* row : rows)
        if (row->*field != rows.front()->*field)
            return {};
    return rows.empty() ? QString() : rows.front()->*field;
}

} // namespace

void LibraryPage::addActions() {
    ActionRegistry& actions = shell().actions();
    m_importFiles = actions.add(this, {QStringLiteral("library.import"), tr("Import contracts"), title(),
                                       {QKeySequence(Qt::CTRL | Qt::Key_I)}, QStringLiteral("import"),
                                       tr("Import PDF, DOCX and text files")},
                                [this] {
                                    if (canImport())
                                        m_import->start(shell().dialogs().openFiles(this, tr("Import contracts"),
                                                                                    tr("Contracts (*.pdf *.docx *.docm *.txt)")));
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
    actions.addKeyNote({title(), QStringLiteral("Enter"), tr("Annotate the contract")});
    actions.addKeyNote({title(), QStringLiteral("Ctrl C"), tr("Copy the rows as a table")});
    m_importButton = KeyButton::forAction(m_importFiles, KeyButton::Kind::Primary);
    m_importButton->setKeyCaps({});
    m_importButton->setIconName(QStringLiteral("import"));
    addSearchActions();
    addFieldActions();
    m_readings = new ReadingActions(shell(), this, title(), [this] { return selectedContracts(); });
    connect(m_readings, &ReadingActions::changed, this, &LibraryPage::reload); // whose eyes, and what is in conflict
}

void LibraryPage::addSearchActions() {
    ActionRegistry& actions = shell().actions();
    actions.add(this, {QStringLiteral("library.search"), tr("Search the contracts"), title(),
                       {QKeySequence(Qt::CTRL | Qt::Key_F), QKeySequence(Qt::Key_Slash)}, QStringLiteral("search")},
                [this] {
                    shell().openPage(id());
                    m_search->setFocus(Qt::ShortcutFocusReason);
                    m_search->selectAll();
                });
    actions.add(this, {QStringLiteral("library.searchText"), tr("Search in the text of every contract"), title(),
                       {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_F)}, QStringLiteral("search")},
                [this] {
                    if (!m_project)
                        return;
                    shell().openPage(id());
                    showMode(true);
                    m_search->setFocus(Qt::ShortcutFocusReason);
                    m_search->selectAll();
                });
    m_leaveText = actions.add(this, {QStringLiteral("library.leaveText"), tr("Back to the list of contracts"), title(), {Qt::Key_Escape}, {}, {}, false},
                              [this] {
                                  showMode(false);
                                  m_table->setFocus(Qt::ShortcutFocusReason);
                              });
    m_leaveText->setEnabled(false);
}

void LibraryPage::addFieldActions() {
    ActionRegistry& actions = shell().actions();
    m_confirm = actions.add(this, {QStringLiteral("library.confirm"), tr("Confirm the guess"), title(), {Qt::Key_C}, QStringLiteral("check"),
                                   tr("The guessed type and language of the selected contracts are right")},
                            [this] { confirmGuesses(); });
    m_changeType = actions.add(this, {QStringLiteral("library.type"), tr("Change the type"), title(), {Qt::Key_T}}, [this] { changeType(); });
    m_changeLanguage = actions.add(this, {QStringLiteral("library.language"), tr("Change the language"), title(), {Qt::Key_L}},
                                   [this] { changeLanguage(); });
    refreshActions();
}

void LibraryPage::refreshActions() {
    const bool chosen = canImport() && m_table && !inText() && m_table->selectionModel()->hasSelection();
    m_changeType->setEnabled(chosen);
    m_changeLanguage->setEnabled(chosen);
    bool guessed = false;
    if (chosen)
        for (const QModelIndex& index : m_table->selectionModel()->selectedRows()) {
            const ContractRow& row = m_filtered.at(index.row());
            guessed = guessed || row.typeGuessed || row.languageGuessed;
        }
    m_confirm->setEnabled(guessed);
}

std::vector<ContractId> LibraryPage::selectedContracts() const {
    std::vector<ContractId> ids;
    for (const QModelIndex& index : m_table->selectionModel()->selectedRows())
        ids.push_back(m_filtered.at(index.row()).contract.id);
    return ids;
}

void LibraryPage::confirmGuesses() {
    const auto ids = selectedContracts();
    afterChange(m_project->store().contracts().confirmGuesses(ids), ids.size() == 1 ? tr("Confirmed.") : tr("Confirmed for %1 contracts.").arg(ids.size()));
}

void LibraryPage::changeType() {
    std::vector<FieldDialog::Choice> choices;
    for (const QString& type : m_model.types())
        choices.push_back({type, type});
    std::vector<const ContractRow*> rows;
    for (const QModelIndex& index : m_table->selectionModel()->selectedRows())
        rows.push_back(&m_filtered.at(index.row()));
    auto* dialog = new FieldDialog(rows.size() == 1 ? tr("Type of the contract") : tr("Type of %1 contracts").arg(rows.size()), tr("Type"), tr("Change the type"), choices,
                                   commonValue(rows, &ContractRow::type), true, this);
    connect(dialog, &FieldDialog::chosen, this, [this, ids = selectedContracts()](const QString& type) {
        afterChange(m_project->store().contracts().setType(ids, toStdString(type)), tr("The type is %1.").arg(type));
    });
    dialog->open();
}

void LibraryPage::changeLanguage() {
    std::vector<const ContractRow*> rows;
    for (const QModelIndex& index : m_table->selectionModel()->selectedRows())
        rows.push_back(&m_filtered.at(index.row()));
    auto* dialog = new FieldDialog(rows.size() == 1 ? tr("Language of the contract") : tr("Language of %1 contracts").arg(rows.size()), tr("Language"), tr("Change the language"),
                                   {{tr("American English"), QStringLiteral("en-US")}, {tr("British English"), QStringLiteral("en-GB")}, {tr("not known"), QString()}},
                                   commonValue(rows, &ContractRow::language), false, this);
    connect(dialog, &FieldDialog::chosen, this, [this, ids = selectedContracts()](const QString& language) {
        afterChange(m_project->store().contracts().setLanguage(ids, toStdString(language)),
                    language.isEmpty() ? tr("The language is not known.") : tr("The language is %1.").arg(language));
    });
    dialog->open();
}

void LibraryPage::afterChange(const Status& changed, const QString& done) {
    if (!changed)
        return shell().showMessage(failure(changed.error()));
    m_project->session().notifyContracts();
    shell().showMessage({Message::Kind::Success, done});
}

void LibraryPage::showRowMenu(const QPoint& at) {
    QMenu menu;
    for (QAction* action : {m_confirm, m_changeType, m_changeLanguage})
        if (action->isEnabled())
            menu.addAction(action);
    if (!menu.isEmpty())
        menu.exec(m_table->viewport()->mapToGlobal(at));
}

} // namespace cw
