// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The dataset page's list of what reviews want for training: contracts that had to stay where they are, whose like the next dataset should have.
#include "app/services/review_changes.h"
#include "core/store/review_store.h"
#include "ui/action_registry.h"
#include "ui/models/display_title.h"
#include "ui/pages/dataset_page.h"
#include "ui/project.h"
#include "ui/shell.h"
#include "ui/widgets/card.h"
#include "ui/widgets/key_button.h"
#include "ui/widgets/table_view.h"

#include <QHeaderView>
#include <QLocale>
#include <QVBoxLayout>

#include <algorithm>

namespace cw {

namespace {

constexpr int kLeastHeight = 140; // pixels of the table: its header and three rows

} // namespace

QWidget* DatasetPage::buildWantedCard() {
    m_wantedTable = new TableView(tr("Wanted for training"));
    m_wantedTable->setObjectName(QStringLiteral("wantedTable"));
    m_wantedTable->setModel(&m_wanted);
    m_wantedTable->setItemDelegate(new RowDelegate(m_wantedTable));
    styleHeader(m_wantedTable);
    m_wantedTable->setSortingEnabled(false);
    m_wantedTable->setSelectionMode(QAbstractItemView::SingleSelection);
    QHeaderView* header = m_wantedTable->horizontalHeader();
    header->setSectionResizeMode(QHeaderView::Fixed);
    header->setSectionResizeMode(WantedTableModel::Contract, QHeaderView::Stretch);
    header->resizeSection(WantedTableModel::Clause, 128);
    header->resizeSection(WantedTableModel::Person, 84);
    connect(m_wantedTable, &TableView::rowActivated, this, &DatasetPage::openWanted);
    // The scope is the table: elsewhere on the page the key has another meaning, or none.
    m_removeWanted = shell().actions().add(m_wantedTable, {QStringLiteral("dataset.removeWanted"), tr("Take off the list of wanted contracts"), title(), {Qt::Key_Delete}, {}, {},
                                                           true, true, tr("Remove")},
                                           [this] { removeWanted(); });
    shell().actions().addKeyNote({title(), QStringLiteral("Enter"), tr("Open the wanted contract at its clause")});
    auto* remove = KeyButton::forAction(m_removeWanted);
    remove->setSmall(true);
    m_wantedTable->setMinimumHeight(kLeastHeight);
    m_wantedCard = new Card(tr("Wanted for training"));
    m_wantedCard->addHeaderWidget(remove);
    m_wantedCard->body()->addWidget(m_wantedTable);
    return m_wantedCard;
}

// The newest first. Without any the card goes: the page has enough to say.
void DatasetPage::refreshWanted() {
    std::vector<WantedRow> rows;
    if (m_project) {
        auto notes = m_project->store().reviews().wanted();
        if (!notes)
            return shell().showMessage(failure(notes.error()));
        const Taxonomy& taxonomy = m_project->session().taxonomy();
        for (auto note = notes->rbegin(); note != notes->rend(); ++note) {
            const auto contract = m_project->store().contracts().get(note->contract);
            const ClauseType* type = taxonomy.find(note->clause);
            const QString name = contract && !contract->title.empty() ? displayTitle(contract->title) : toQString(note->contract.value);
            rows.push_back({*note, name, toQString(type ? type->title : note->clause), contract.ok()});
        }
    }
    const int before = m_wantedTable->currentIndex().row();
    m_wanted.setRows(std::move(rows));
    const int count = m_wanted.rowCount();
    m_wantedTable->setCurrentIndex(m_wanted.index(std::clamp(before, 0, std::max(0, count - 1)), 0));
    m_wantedCard->setNote(count == 1 ? tr("1 clause") : tr("%1 clauses").arg(QLocale().toString(count)));
    m_wantedCard->setVisible(count > 0);
    m_removeWanted->setEnabled(count > 0 && m_project && !m_project->session().viewOnly());
}

void DatasetPage::openWanted() {
    const WantedRow* row = m_wanted.at(m_wantedTable->currentIndex().row());
    if (!row)
        return;
    if (!row->isHere)
        return shell().showMessage({Message::Kind::Info, tr("%1 isn't in this project. Open the project that the evaluation came from.").arg(row->contract), {}, {}, {}});
    shell().openContract(row->note.contract, toQString(row->note.clause));
}

// One step of the review's undo, which the message offers at once.
void DatasetPage::removeWanted() {
    const WantedRow* row = m_wanted.at(m_wantedTable->currentIndex().row());
    if (!row)
        return;
    const QString what = QStringLiteral("%1, %2").arg(row->contract, row->clause);
    if (const Status written = m_project->undo().review(withdrawal(row->note), tr("%1: no longer wanted").arg(row->clause)); !written)
        return shell().showMessage(failure(written.error()));
    const auto undo = [this] {
        if (!m_project)
            return;
        m_project->undo().activateReviews();
        m_project->undo().group().undo();
    };
    shell().showMessage({Message::Kind::Info, tr("%1 is off the list.").arg(what), tr("Undo"), undo, QStringLiteral("wanted")});
}

} // namespace cw
