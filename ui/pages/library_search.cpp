// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// How the library searches: in the list by every key, in the texts at a little distance or at Enter.
#include "app/services/search_indexer.h"
#include "ui/pages/library_page.h"
#include "ui/project.h"
#include "ui/shell.h"
#include "ui/widgets/choice_button.h"
#include "ui/widgets/search_pane.h"
#include "ui/widgets/segmented_control.h"
#include "ui/widgets/table_view.h"

#include <QLineEdit>
#include <QListView>
#include <QStackedWidget>

namespace cw {

namespace {

const QString kJob = QStringLiteral("searchIndex");

} // namespace

bool LibraryPage::inText() const { return m_results && m_results->currentWidget() == m_pane; }

// Each mode keeps its own words; the texts are searched for the list's words where nothing else was asked yet.
void LibraryPage::swapWords(bool text) {
    const QSignalBlocker quiet(m_search);
    const QString words = m_search->text();
    (text ? m_titleWords : m_textWords) = words;
    if (!text)
        m_search->setText(m_titleWords);
    else if (words.isEmpty())
        m_search->setText(m_textWords);
}

void LibraryPage::showMode(bool text) {
    if (text != inText())
        swapWords(text);
    m_mode->setCurrent(text ? 1 : 0);
    m_results->setCurrentIndex(text ? 1 : 0);
    m_foot->setVisible(!text);
    m_leaveText->setEnabled(text);
    m_search->setAccessibleName(text ? tr("Search in the text of every contract") : tr("Search the contracts"));
    m_search->setPlaceholderText(text ? tr("Words, \"a phrase\", begin*, -without") : tr("Title, party or type"));
    m_typing.stop();
    applyFilter();
    refreshActions();
    Q_EMIT contextChanged();
}

void LibraryPage::wordsChanged() {
    if (inText())
        m_typing.start();
    else
        applyFilter();
}

// To what was found; where no title matches, on into the texts.
void LibraryPage::pressEnter() {
    if (inText()) {
        if (m_typing.isActive() || m_pane->model().rowCount() == 0)
            searchText();
        m_pane->list()->setFocus(Qt::OtherFocusReason);
    } else if (m_filtered.rowCount() == 0 && !m_search->text().trimmed().isEmpty()) {
        showMode(true);
        m_titleWords.clear(); // they lead nowhere
    } else {
        m_table->setFocus(Qt::OtherFocusReason);
    }
}

void LibraryPage::searchText() {
    m_typing.stop();
    if (!m_project || !inText())
        return;
    SearchRequest request = m_pane->request();
    request.words = toStdString(m_search->text());
    if (parseSearchQuery(request.words).empty()) {
        m_corpus.forget();
        return m_pane->showNothing();
    }
    if (const ContractFilter filter = chosenFilter(); !filter.isAny()) {
        request.within.emplace();
        for (int row = 0; row < m_model.rowCount(); ++row)
            if (matches(m_model.at(row), filter))
                request.within->insert(m_model.at(row).contract.id);
    }
    m_corpus.start(request);
}

void LibraryPage::clearFilters() {
    for (ChoiceButton* button : {m_type, m_language, m_state, m_person, m_split})
        button->reset();
    m_pane->clearState();
    searchText();
}

// Contracts from before the search come into it while the window is open.
void LibraryPage::startIndexing() {
    m_indexer = new SearchIndexer(m_project->session(), this);
    connect(m_indexer, &SearchIndexer::progressed, this, [this](int done, int total) {
        shell().showJob(kJob, {tr("Adding to the search"), done, total, {}}, {});
    });
    connect(m_indexer, &SearchIndexer::finished, this, [this] {
        shell().endJob(kJob);
        searchText();
    });
    connect(m_indexer, &SearchIndexer::failed, this, [this](const Error& error) {
        shell().endJob(kJob);
        shell().showMessage(failure(error));
    });
    m_indexer->start();
}

void LibraryPage::stopIndexing() {
    if (m_indexer)
        shell().endJob(kJob);
    delete m_indexer;
    m_indexer = nullptr;
}

} // namespace cw
