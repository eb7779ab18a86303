// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/search_pane.h"

#include "app/services/result_qt.h"
#include "core/taxonomy/taxonomy.h"
#include "ui/appearance.h"
#include "ui/widgets/choice_button.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/search_result_delegate.h"
#include "ui/widgets/segmented_control.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QListView>
#include <QLocale>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace cw {

namespace {

constexpr size_t kContracts = 50;

// The chips' order.
constexpr std::optional<CellState> kStates[] = {std::nullopt, CellState::Present, CellState::Absent, CellState::NotReviewed};

QString howToSearch() {
    return SearchPane::tr("All words must stand close together; case and accents don't matter. \"A phrase\" keeps its order, renew* finds every word "
                          "that begins so, -notice leaves out, or finds either. Choose a clause to see where it was overlooked.");
}

QString number(int count) { return QLocale().toString(count); }

} // namespace

SearchPane::SearchPane(QWidget* parent) : QWidget(parent), m_contracts(kContracts) {
    m_stack = new QStackedWidget;
    m_message = new EmptyState(QStringLiteral("search"), tr("Search in every contract"), howToSearch());
    m_clear = new KeyButton(tr("Clear the filters"));
    connect(m_clear, &QPushButton::clicked, this, &SearchPane::filtersToClear);
    m_message->addButton(m_clear);
    m_message->setObjectName(QStringLiteral("searchMessage"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(makeHead());
    makeList();
    m_stack->addWidget(m_list);
    m_stack->addWidget(m_message);
    column->addWidget(m_stack, 1);
    showNothing();
}

QWidget* SearchPane::makeHead() {
    m_count = new QLabel;
    m_count->setObjectName(QStringLiteral("searchCount"));
    m_count->setFont(uiFont(size::kBody, QFont::DemiBold));
    m_note = new QLabel;
    m_note->setObjectName(QStringLiteral("searchNote"));
    m_note->setProperty("role", QStringLiteral("meta"));
    m_clause = new ChoiceButton(tr("State of"), {{tr("any clause"), {}}});
    m_clause->setObjectName(QStringLiteral("searchClause"));
    m_states = new SegmentedControl(tr("Contracts by state of the clause"), {tr("All"), tr("Present"), tr("Absent"), tr("Not reviewed")});
    m_states->setObjectName(QStringLiteral("searchStates"));
    m_states->hide();
    connect(m_clause, &ChoiceButton::chosen, this, [this] {
        m_states->setCurrent(0);
        startOver();
        Q_EMIT requestChanged();
    });
    connect(m_states, &SegmentedControl::chosen, this, [this] {
        startOver();
        Q_EMIT requestChanged();
    });
    auto* bar = new QFrame;
    bar->setProperty("role", QStringLiteral("pane"));
    bar->setFixedHeight(44);
    auto* row = new QHBoxLayout(bar);
    row->setContentsMargins(16, 0, 16, 0);
    row->setSpacing(12);
    row->addWidget(m_count);
    row->addWidget(m_note);
    row->addStretch();
    row->addWidget(m_clause);
    row->addWidget(m_states);
    return bar;
}

void SearchPane::makeList() {
    m_list = new QListView;
    m_list->setObjectName(QStringLiteral("searchResults"));
    m_list->setAccessibleName(tr("Hits in the text"));
    m_list->setModel(&m_model);
    m_list->setItemDelegate(new SearchResultDelegate(m_list));
    m_list->setMouseTracking(true);
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->installEventFilter(this);
    connect(m_list, &QListView::doubleClicked, this, &SearchPane::openRow);
    connect(m_list, &QListView::clicked, this, [this](const QModelIndex& index) {
        if (!m_model.target(index.row()))
            openRow(index); // "more" is a link
    });
}

void SearchPane::setTaxonomy(const Taxonomy* taxonomy) {
    m_taxonomy = taxonomy;
    std::vector<ChoiceButton::Choice> choices{{tr("any clause"), {}}};
    if (taxonomy)
        for (const ClauseType& type : taxonomy->types())
            choices.push_back({toQString(type.title), toQString(type.key), toQString(taxonomy->group(type.group)->title)});
    m_clause->setChoices(std::move(choices));
    m_states->setCurrent(0);
    showNothing();
}

SearchRequest SearchPane::request() const {
    SearchRequest request;
    request.clause = toStdString(m_clause->value().toString());
    if (!request.clause.empty())
        request.state = kStates[m_states->current()];
    request.contracts = m_contracts;
    return request;
}

void SearchPane::startOver() { m_contracts = kContracts; }

void SearchPane::clearState() { m_states->setCurrent(0); }

void SearchPane::showNothing() {
    m_model.clear();
    m_count->clear();
    m_note->clear();
    m_states->hide();
    showMessage(tr("Search in every contract"), howToSearch(), false);
}

void SearchPane::showMessage(const QString& headline, const QString& text, bool clearable) {
    m_message->setText(headline, text);
    m_clear->setVisible(clearable);
    m_stack->setCurrentWidget(m_message);
}

void SearchPane::showCounts() {
    const SearchResult& result = m_model.result();
    m_count->setText(result.contractCount == 1 ? tr("1 contract") : tr("%1 contracts").arg(number(result.contractCount)));
    m_note->setText(result.notIndexed > 0 ? tr("%1 contracts are not in the search yet").arg(number(result.notIndexed)) : QString());
    const bool byState = !m_model.request().clause.empty();
    m_states->setVisible(byState);
    if (!byState)
        return;
    m_states->setChoiceText(0, tr("All %1").arg(number(result.states.all())));
    m_states->setChoiceText(1, tr("Present %1").arg(number(result.states.present)));
    m_states->setChoiceText(2, tr("Absent %1").arg(number(result.states.absent)));
    m_states->setChoiceText(3, tr("Not reviewed %1").arg(number(result.states.notReviewed)));
}

void SearchPane::showResult(const SearchRequest& request, SearchResult result) {
    const int row = m_list->currentIndex().row();
    const bool more = request.words == m_model.request().words && request.clause == m_model.request().clause && request.state == m_model.request().state;
    m_model.setResult(*m_taxonomy, request, std::move(result));
    showCounts();
    if (m_model.rowCount() == 0) {
        const bool narrowed = request.within || request.state;
        return showMessage(tr("No passage has all of this"),
                           narrowed ? tr("The filters leave some contracts out. Clear them, or try fewer words, or the beginning of one with a star: renew*.")
                                    : tr("Try fewer words, or the beginning of one with a star: renew*."),
                           narrowed);
    }
    m_stack->setCurrentWidget(m_list);
    m_list->setCurrentIndex(m_model.index(more && row >= 0 ? std::min(row, m_model.rowCount() - 1) : 0, 0));
}

void SearchPane::showFailure(const Error& error) {
    m_model.clear();
    m_count->clear();
    m_states->hide();
    showMessage(toQString(error.detail), toQString(error.hint), false);
}

void SearchPane::openRow(const QModelIndex& index) {
    if (!index.isValid())
        return;
    const SearchResultModel::Row& row = m_model.at(index.row());
    if (row.kind == SearchResultModel::Kind::MoreHits) {
        m_model.expand(index.row());
        m_list->setCurrentIndex(m_model.index(index.row(), 0));
    } else if (row.kind == SearchResultModel::Kind::MoreContracts) {
        m_contracts += kContracts;
        Q_EMIT requestChanged();
    } else if (const auto target = m_model.target(index.row())) {
        Q_EMIT targetChosen(target->contract, target->place, target->clause);
    }
}

bool SearchPane::eventFilter(QObject* watched, QEvent* event) {
    if (watched == m_list && event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent*>(event)->key();
        if (key == Qt::Key_Return || key == Qt::Key_Enter) {
            openRow(m_list->currentIndex());
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace cw
