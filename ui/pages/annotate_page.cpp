// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// What the page shows and how it follows the desk. Its actions are in annotate_actions.cpp, its widgets in annotate_layout.cpp.
#include "ui/pages/annotate_page.h"

#include "app/services/result_qt.h"
#include "ui/action_registry.h"
#include "ui/models/change_words.h"
#include "ui/models/display_title.h"
#include "ui/models/text_mark_words.h"
#include "ui/project.h"
#include "ui/shell.h"
#include "ui/widgets/clause_card.h"
#include "ui/widgets/clause_tree.h"
#include "ui/widgets/find_bar.h"
#include "ui/widgets/key_button.h"
#include "ui/widgets/minimap.h"
#include "ui/widgets/page_view.h"
#include "ui/widgets/segmented_control.h"
#include "ui/widgets/text_view.h"

#include <QAction>
#include <QLabel>
#include <QListView>
#include <QStackedWidget>
#include <QTimer>

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
    m_card->flushNote();
    m_pageView->setDocument({}, {}, nullptr, nullptr, nullptr);
    m_textView->setText({}, nullptr);
    m_card->setDesk(nullptr);
    m_desk.reset();
    m_project = project;
    if (project) {
        m_desk = std::make_unique<AnnotationDesk>(project->session(), project->undo());
        if (shell().actions().find(QStringLiteral("annotate.order"))->isChecked())
            m_desk->setOrder(AnnotationDesk::Order::LeastSure);
        m_clauses.setTaxonomy(project->session().taxonomy());
        const auto versions = project->store().taxonomies().versions();
        m_versions = versions ? *versions : std::vector<TaxonomyVersion>();
        addClauseKeys();
        connect(m_desk.get(), &AnnotationDesk::opened, this, &AnnotatePage::showContract);
        connect(m_desk.get(), &AnnotationDesk::currentChanged, this, &AnnotatePage::showClause);
        connect(m_desk.get(), &AnnotationDesk::evidenceChanged, this, &AnnotatePage::showEvidence);
        connect(m_desk.get(), &AnnotationDesk::cellsChanged, this, &AnnotatePage::showCells);
        connect(m_desk.get(), &AnnotationDesk::readingsChanged, this, [this] {
            showClause();
            showOpenCount();
            Q_EMIT contextChanged();
        });
        connect(m_desk.get(), &AnnotationDesk::lost, this, &AnnotatePage::closeContract, Qt::QueuedConnection);
        connect(&project->session(), &StoreSession::contractsChanged, this, &AnnotatePage::reloadQueue);
        connect(&project->session(), &StoreSession::personChanged, this, &AnnotatePage::reloadQueue); // what they may see
        connect(&project->session(), &StoreSession::readingsChanged, this, &AnnotatePage::reloadQueue);
        connect(&project->session(), &StoreSession::cellChanged, this, &AnnotatePage::refreshQueueRow);
        connect(&project->undo(), &UndoService::failed, this, [this](const Error& error) { shell().showMessage(failure(error)); });
    }
    m_stack->setCurrentIndex(0);
    reloadQueue();
    refreshActions();
}

void AnnotatePage::closeContract(const Error& error) {
    setProject(m_project);
    shell().showMessage(failure(error));
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
    if (const Status read = m_feed.read(m_project ? &m_project->session() : nullptr); !read)
        return shell().showMessage(failure(read.error()));
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
    if (const auto overview = m_project->store().annotations().overview(contract, m_project->session().readingOf(contract)))
        m_contracts.updateRow(makeContractRow(m_contracts.at(row).contract, *overview, m_project->session().taxonomy()));
    // An undo shows what it changed.
    if (m_stepping && contract == m_desk->contract().id)
        if (const auto at = m_desk->taxonomy().indexOf(toStdString(clause)))
            m_desk->setCurrent(static_cast<int>(*at));
    showOpenCount();
}

void AnnotatePage::openContract(const ContractId& contract, const QString& clause) {
    if (!m_desk)
        return;
    m_cameFrom.clear();
    if (!m_desk->isOpen() || m_desk->contract().id != contract) {
        m_card->flushNote();
        if (const Status opened = m_desk->open(contract); !opened)
            return shell().showMessage(failure(opened.error()));
    }
    if (const auto at = m_desk->taxonomy().indexOf(toStdString(clause)))
        goTo(static_cast<int>(*at));
}

// Once the page is laid out: only then does a view know where the place lies.
void AnnotatePage::revealPlace(ByteRange place, const QString& from) {
    if (!m_desk || !m_desk->isOpen() || place.end > m_desk->text().size())
        return;
    m_cameFrom = from;
    refreshActions();
    QTimer::singleShot(0, this, [this, place, contract = m_desk->contract().id] {
        if (!m_desk || !m_desk->isOpen() || m_desk->contract().id != contract)
            return;
        view().setSelection(place);
        view().reveal(place);
        view().setFocus();
    });
}

void AnnotatePage::showContract() {
    const bool hasPages = m_desk->contract().mediaType == "application/pdf" && !m_desk->lines().empty();
    m_pageView->setDocument(hasPages ? documentFile(*m_project, m_desk->contract()) : QString(), m_desk->text(), &m_desk->ranges(),
                            &m_desk->pages(), &m_desk->lines());
    m_textView->setText(m_desk->text(), &m_desk->ranges());
    showTextMarks();
    if (!m_findBar->isHidden())
        findWords(m_findBar->words());
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
    forgetQuestion();
    m_tree->setCurrentClause(m_desk->current());
    m_clauseKey = toQString(m_desk->type().key);
    m_card->setGuidelineNote(guidelineNote(guidelineHistory(m_versions, m_desk->type().key)));
    m_hitPlaces = allPlaces(m_desk->hits());
    showHits();
    auto history = clauseHistory(m_project->store(), m_desk->contract().id, m_desk->type().key, kHistoryShown);
    m_card->setSuggestionOrigin(m_desk->suggestion() ? originWords(m_desk->suggestion()->origin) : QString());
    m_card->refreshClause(history ? std::move(*history) : std::vector<HistoryLine>());
    showMarks();
    showWhereToRead();
    refreshActions();
}

void AnnotatePage::showTextMarks() {
    m_textMark = 0;
    const size_t count = markedPlaces(m_desk->textMarks()).size();
    for (ContractView* each : {static_cast<ContractView*>(m_pageView), static_cast<ContractView*>(m_textView)})
        each->setTextMarks(m_desk->textMarks());
    m_textMarkButton->setVisible(count > 0);
    m_textMarkButton->setText(count == 1 ? tr("1 marked place") : tr("%1 marked places").arg(count));
    m_textMarkWords->clear();
    m_documentNotes->setVisible(m_desk->hasDocumentNotes());
}

// The places of the words that a person looks for, else of the clause's terms.
void AnnotatePage::showHits() {
    const std::vector<ByteRange>& places = m_findBar->isHidden() || m_found.empty() ? m_hitPlaces : m_found;
    for (ContractView* each : {static_cast<ContractView*>(m_pageView), static_cast<ContractView*>(m_textView)})
        each->setHits(places);
}

// The evidence, or for an open clause the hit that is most likely about it: Space takes its sentence at once.
void AnnotatePage::showWhereToRead() {
    const std::vector<ByteRange> evidence = m_desk->evidence();
    const ByteRange place = !evidence.empty() ? evidence.front() : m_desk->cell().isReviewed() ? ByteRange() : m_desk->likeliestHit();
    if (place.empty())
        return;
    view().setCaret(place.begin);
    view().reveal(place);
}

void AnnotatePage::showEvidence() {
    forgetQuestion();
    m_card->complain({});
    m_card->refreshEvidence();
    showMarks();
    refreshActions();
}

void AnnotatePage::showCells() {
    std::vector<CellSign> signs;
    for (int clause = 0; clause < static_cast<int>(m_desk->cells().size()); ++clause)
        signs.push_back(m_desk->suggestionFor(clause) ? CellSign::Suggested : cellSign(m_desk->cells()[static_cast<size_t>(clause)]));
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
    for (int clause = 0; clause < static_cast<int>(m_desk->cells().size()); ++clause) {
        if (clause == m_desk->current() && m_desk->hasDraft())
            continue;
        const Suggestion* suggestion = m_desk->suggestionFor(clause);
        for (const Span& span : suggestion ? suggestion->spans : m_desk->cells()[static_cast<size_t>(clause)].spans)
            add(clause, span.range, suggestion ? SpanMark::Line::Suggested : SpanMark::Line::Saved);
    }
    if (m_desk->hasDraft())
        for (const ByteRange range : m_desk->evidence())
            add(m_desk->current(), range, SpanMark::Line::Draft);
    m_pageView->setMarks(marks);
    m_textView->setMarks(std::move(marks));
}

// "rules", or the name of the run whose model suggests.
QString AnnotatePage::originWords(const std::string& origin) const {
    if (origin.starts_with("rules"))
        return tr("rules");
    const auto run = m_project->store().runs().get(RunId(origin));
    return run ? toQString(run->name.empty() ? run->kind : run->name) : tr("a model");
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
    m_finishButton->setKind(open == 0 && !m_desk->isFinished() ? KeyButton::Kind::Primary : KeyButton::Kind::Secondary);
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
    if (m_desk->reading() == Reading::Second)
        out.details << tr("second reading, blind");
    if (m_desk->isFinished())
        out.details << tr("finished");
    out.details << tr("taxonomy v%1").arg(m_desk->taxonomy().version());
    return out;
}

QList<QWidget*> AnnotatePage::topBarWidgets() const {
    return m_desk && m_desk->isOpen() ? QList<QWidget*>{m_openLabel, m_finishButton} : QList<QWidget*>{};
}

QList<KeyHint> AnnotatePage::keyHints() const {
    if (!m_desk || !m_desk->isOpen())
        return {allKeysHint()};
    if (!shell().actions().keyChoices().singleKeys)
        return {{{QStringLiteral("Space")}, tr("take the sentence")}, hint({QStringLiteral("window.palette")}, tr("every action")), allKeysHint()};
    return {{{QStringLiteral("I"), QStringLiteral("\u2026"), QStringLiteral("D"), QStringLiteral("1"), QStringLiteral("\u2013"),
              QStringLiteral("9")}, tr("go to a clause")},
            {{QStringLiteral("Space")}, tr("take the sentence")},
            hint({QStringLiteral("clear")}, tr("clear")),
            allKeysHint()};
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
