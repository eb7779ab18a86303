// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// What the page shows and how it follows the desk. Its actions are in annotate_actions.cpp, its widgets in annotate_layout.cpp.
#include "ui/pages/annotate_page.h"

#include "app/services/result_qt.h"
#include "ui/models/change_words.h"
#include "ui/models/display_title.h"
#include "ui/project.h"
#include "ui/shell.h"
#include "ui/widgets/clause_card.h"
#include "ui/widgets/clause_tree.h"
#include "ui/widgets/key_button.h"
#include "ui/widgets/minimap.h"
#include "ui/widgets/page_view.h"
#include "ui/widgets/segmented_control.h"
#include "ui/widgets/text_view.h"

#include <QLabel>
#include <QListView>
#include <QStackedWidget>

#include <algorithm>

namespace cw {

namespace {

constexpr size_t kHistoryShown = 4;

QString documentFile(Project& project, const Contract& contract) {
    return toQString((project.store().documentsFolder() / contract.documentSha256).string());
}

} // namespace

AnnotatePage::~AnnotatePage() = default;

void AnnotatePage::setProject(Project* project) {
    if (m_project) {
        disconnect(&m_project->session(), nullptr, this, nullptr);
        disconnect(&m_project->undo(), nullptr, this, nullptr);
    }
    m_pageView->setDocument({}, {}, nullptr, nullptr, nullptr);
    m_textView->setText({}, nullptr);
    m_card->setDesk(nullptr);
    m_desk.reset();
    m_project = project;
    if (project) {
        m_desk = std::make_unique<AnnotationDesk>(project->session(), project->undo());
        m_clauses.setTaxonomy(project->session().taxonomy());
        const auto versions = project->store().taxonomies().versions();
        m_versions = versions ? *versions : std::vector<TaxonomyVersion>();
        addClauseKeys();
        connect(m_desk.get(), &AnnotationDesk::opened, this, &AnnotatePage::showContract);
        connect(m_desk.get(), &AnnotationDesk::currentChanged, this, &AnnotatePage::showClause);
        connect(m_desk.get(), &AnnotationDesk::evidenceChanged, this, &AnnotatePage::showEvidence);
        connect(m_desk.get(), &AnnotationDesk::cellsChanged, this, &AnnotatePage::showCells);
        connect(&project->session(), &StoreSession::contractsChanged, this, &AnnotatePage::reloadQueue);
        connect(&project->session(), &StoreSession::cellChanged, this, &AnnotatePage::refreshQueueRow);
        connect(&project->undo(), &UndoService::failed, this, [this](const Error& error) { shell().showMessage(failure(error)); });
    }
    m_stack->setCurrentIndex(0);
    reloadQueue();
    refreshActions();
}

void AnnotatePage::taxonomyChanged() {
    const bool open = m_desk->isOpen();
    const ContractId contract = open ? m_desk->contract().id : ContractId();
    const QString clause = m_clauseKey;
    setProject(m_project);
    if (open)
        openContract(contract, clause);
}

void AnnotatePage::reloadQueue() {
    std::vector<ContractRow> rows;
    if (m_project) {
        auto read = readContractRows(m_project->store());
        if (!read)
            return shell().showMessage(failure(read.error()));
        rows = std::move(*read);
    }
    const int clauses = m_project ? static_cast<int>(m_project->session().taxonomy().types().size()) : 0;
    m_contracts.setRows(std::move(rows), clauses);
    if (m_desk && m_desk->isOpen())
        m_queue->setCurrentIndex(m_queueModel.mapFromSource(m_contracts.index(m_contracts.rowOf(m_desk->contract().id), 0)));
    else if (isVisible())
        nextContract();
    showOpenCount();
}

void AnnotatePage::refreshQueueRow(const ContractId& contract, const QString& clause) {
    const int row = m_contracts.rowOf(contract);
    if (row < 0)
        return;
    if (const auto cells = m_project->store().annotations().cells(contract))
        m_contracts.updateRow(makeContractRow(m_contracts.at(row).contract, *cells, m_project->session().taxonomy()));
    // An undo shows what it changed.
    if (m_stepping && contract == m_desk->contract().id)
        if (const auto at = m_desk->taxonomy().indexOf(toStdString(clause)))
            m_desk->setCurrent(static_cast<int>(*at));
    showOpenCount();
}

void AnnotatePage::openContract(const ContractId& contract, const QString& clause) {
    if (!m_desk)
        return;
    if (!m_desk->isOpen() || m_desk->contract().id != contract)
        if (const Status opened = m_desk->open(contract); !opened)
            return shell().showMessage(failure(opened.error()));
    if (const auto at = m_desk->taxonomy().indexOf(toStdString(clause)))
        goTo(static_cast<int>(*at));
}

void AnnotatePage::showContract() {
    const bool hasPages = m_desk->contract().mediaType == "application/pdf" && !m_desk->lines().empty();
    m_pageView->setDocument(hasPages ? documentFile(*m_project, m_desk->contract()) : QString(), m_desk->text(), &m_desk->ranges(),
                            &m_desk->pages(), &m_desk->lines());
    m_textView->setText(m_desk->text(), &m_desk->ranges());
    m_card->setDesk(m_desk.get());
    m_viewChoice->setVisible(hasPages);
    m_stack->setCurrentIndex(1);
    showView(hasPages);
    m_queue->setCurrentIndex(m_queueModel.mapFromSource(m_contracts.index(m_contracts.rowOf(m_desk->contract().id), 0)));
    m_queue->scrollTo(m_queue->currentIndex());
    showCells();
    showClause();
    Q_EMIT contextChanged();
}

void AnnotatePage::showClause() {
    m_tree->setCurrentClause(m_desk->current());
    m_clauseKey = toQString(m_desk->type().key);
    m_card->setGuidelineNote(guidelineNote(guidelineHistory(m_versions, m_desk->type().key)));
    m_hits = findTerms(m_desk->text(), m_desk->type().searchTerms);
    m_hitPlaces = allPlaces(m_hits);
    for (ContractView* each : {static_cast<ContractView*>(m_pageView), static_cast<ContractView*>(m_textView)})
        each->setHits(m_hitPlaces);
    auto history = clauseHistory(m_project->store(), m_desk->contract().id, m_desk->type().key, kHistoryShown);
    m_card->refreshClause(m_hits, history ? std::move(*history) : std::vector<HistoryLine>());
    showMarks();
    const std::vector<ByteRange> evidence = m_desk->evidence();
    if (!evidence.empty()) {
        view().setCaret(evidence.front().begin);
        view().reveal(evidence.front());
    }
    refreshActions();
}

void AnnotatePage::showEvidence() {
    m_card->complain({});
    m_card->refreshEvidence();
    showMarks();
    refreshActions();
}

void AnnotatePage::showCells() {
    std::vector<CellSign> signs;
    for (const Cell& cell : m_desk->cells())
        signs.push_back(cellSign(cell));
    m_clauses.setSigns(std::move(signs));
    showOpenCount();
    showClause();
}

void AnnotatePage::showMarks() {
    std::vector<SpanMark> marks;
    const auto add = [&](int clause, ByteRange range, SpanMark::Line line) {
        const ClauseType& type = m_desk->taxonomy().types()[static_cast<size_t>(clause)];
        marks.push_back({range, toQString(m_desk->taxonomy().code(type.key)), toQString(m_desk->taxonomy().group(type.group)->letter),
                         toQString(type.title), clause, line, clause == m_desk->current()});
    };
    for (int clause = 0; clause < static_cast<int>(m_desk->cells().size()); ++clause)
        if (clause != m_desk->current() || !m_desk->hasDraft())
            for (const Span& span : m_desk->cells()[static_cast<size_t>(clause)].spans)
                add(clause, span.range, SpanMark::Line::Saved);
    if (m_desk->hasDraft())
        for (const ByteRange range : m_desk->evidence())
            add(m_desk->current(), range, SpanMark::Line::Draft);
    m_pageView->setMarks(marks);
    m_textView->setMarks(std::move(marks));
}

void AnnotatePage::showOpenCount() {
    m_queueCount->setText(m_contracts.rowCount() == 1 ? tr("1 contract") : tr("%1 contracts").arg(m_contracts.rowCount()));
    if (!m_desk || !m_desk->isOpen()) {
        m_openLabel->clear();
        return;
    }
    const int open = m_desk->openCount(), all = static_cast<int>(m_desk->cells().size());
    m_openLabel->setText(open == 0 ? tr("every clause is decided") : open == 1 ? tr("1 clause still open") : tr("%1 clauses still open").arg(open));
    m_clauseCount->setText(tr("%1 of %2").arg(all - open).arg(all));
    m_nextContractButton->setKind(open == 0 ? KeyButton::Kind::Primary : KeyButton::Kind::Secondary);
}

void AnnotatePage::showView(bool page) {
    ContractView* next = page ? static_cast<ContractView*>(m_pageView) : m_textView;
    const size_t caret = view().caret();
    const bool focused = view().hasFocus();
    m_views->setCurrentWidget(next);
    m_viewChoice->setCurrent(page ? 0 : 1);
    m_pageTools->setVisible(page);
    m_minimap->follow(next);
    next->setCaret(caret);
    if (m_desk && m_desk->isOpen())
        next->reveal(m_desk->evidence().empty() ? m_desk->ranges().wordAt(caret) : m_desk->evidence().front());
    if (focused)
        next->setFocus();
    showPlace();
}

void AnnotatePage::showPlace() {
    if (!m_desk || !m_desk->isOpen())
        return;
    m_pageNumber->setText(tr("%1 of %2").arg(m_pageView->currentPage() + 1).arg(std::max<size_t>(1, m_desk->pages().size())));
    m_zoom->setText(m_pageView->zoomText());
}

ContractView& AnnotatePage::view() const { return *static_cast<ContractView*>(m_views->currentWidget()); }

bool AnnotatePage::canDecide() const { return m_desk && m_desk->isOpen() && !m_desk->viewOnly(); }

void AnnotatePage::showEvent(QShowEvent* event) {
    Page::showEvent(event);
    if (m_desk && !m_desk->isOpen())
        nextContract();
    if (m_project && m_desk->isOpen())
        m_project->undo().activate(m_desk->contract().id);
}

PageContext AnnotatePage::context() const {
    if (!m_desk || !m_desk->isOpen())
        return {};
    const Contract& contract = m_desk->contract();
    PageContext out{displayTitle(contract.title), {}};
    if (!contract.language.empty())
        out.details << toQString(contract.language);
    out.details << (contract.pages > 0 ? tr("%1 pages").arg(contract.pages) : tr("text only"));
    out.details << tr("taxonomy v%1").arg(m_desk->taxonomy().version());
    return out;
}

QList<QWidget*> AnnotatePage::topBarWidgets() const {
    return m_desk && m_desk->isOpen() ? QList<QWidget*>{m_openLabel, m_nextContractButton} : QList<QWidget*>{};
}

QList<KeyHint> AnnotatePage::keyHints() const {
    if (!m_desk || !m_desk->isOpen())
        return {{{QStringLiteral("?")}, tr("all keys")}};
    return {{{QStringLiteral("I"), QStringLiteral("\u2026"), QStringLiteral("D"), QStringLiteral("1"), QStringLiteral("\u2013"),
              QStringLiteral("9")}, tr("go to a clause")},
            {{QStringLiteral("Space")}, tr("take the sentence")},
            {{QStringLiteral("Backspace")}, tr("clear")},
            {{QStringLiteral("?")}, tr("all keys")}};
}

QList<QWidget*> AnnotatePage::panes() const {
    if (!m_desk || !m_desk->isOpen())
        return {};
    return {m_views->currentWidget(), m_tree, m_queue, m_card->findChild<QWidget*>(QStringLiteral("annotate.acceptButton"))};
}

// A clause beyond the identity group with its evidence on the first page, in the contract with the most clauses that has one.
void AnnotatePage::showExample() {
    std::vector<const ContractRow*> rows;
    for (int row = 0; row < m_contracts.rowCount(); ++row)
        if (m_contracts.at(row).contract.pages > 0)
            rows.push_back(&m_contracts.at(row));
    const auto present = [](const ContractRow* row) { return std::count(row->signs.begin(), row->signs.end(), CellSign::Present); };
    std::stable_sort(rows.begin(), rows.end(), [&](const ContractRow* a, const ContractRow* b) { return present(a) > present(b); });
    for (const ContractRow* row : rows) {
        openContract(row->contract.id, {});
        for (size_t i = 0; m_desk->isOpen() && i < m_desk->cells().size(); ++i) {
            const std::vector<Span>& spans = m_desk->cells()[i].spans;
            if (!spans.empty() && m_desk->pageOf(spans.front().range.begin) == 0 &&
                m_desk->taxonomy().types()[i].group != m_desk->taxonomy().types().front().group)
                return goTo(static_cast<int>(i));
        }
    }
}

} // namespace cw
