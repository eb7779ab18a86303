// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/pages/review_view.h"

#include "app/services/open_disputes.h"
#include "app/services/result_qt.h"
#include "app/services/settings.h"
#include "core/store/review_store.h"
#include "core/text/defined_terms.h"
#include "ui/action_registry.h"
#include "ui/key_text.h"
#include "ui/models/display_title.h"
#include "ui/models/dispute_words.h"
#include "ui/models/example_list_model.h"
#include "ui/project.h"
#include "ui/shell.h"
#include "ui/widgets/key_button.h"
#include "ui/widgets/review_columns.h"
#include "ui/widgets/review_document.h"
#include "ui/widgets/review_notes_view.h"

#include <QAction>
#include <QLabel>
#include <QLocale>
#include <QStackedWidget>

#include <algorithm>
#include <set>

namespace cw {

namespace {

// What the run wrote for the contract, one output after the other.
std::string rawOutput(const ScoredRun* run, const ContractId& contract, const std::string& mode) {
    std::string out;
    if (!run)
        return out;
    for (const OutputRow& row : run->outputs)
        if (row.meta.contract == contract && row.constrained == (mode == "constrained"))
            out += (out.empty() ? "" : "\n\n") + row.output;
    return out;
}

// Every cell of the clauses that the examples are of, the right ones too.
std::vector<const ScoredCell*> wholeClauses(const Evaluation& evaluation, const std::vector<const ScoredCell*>& examples) {
    std::set<std::string> clauses;
    for (const ScoredCell* example : examples)
        clauses.insert(example->clause);
    std::vector<const ScoredCell*> cells;
    for (const ScoredCell& cell : evaluation.cells)
        if (clauses.count(cell.clause))
            cells.push_back(&cell);
    return cells;
}

} // namespace

ReviewView::ReviewView(Shell& shell, QWidget* parent) : QWidget(parent), m_shell(shell) {
    setObjectName(QStringLiteral("reviewView"));
    addActions();
    build();
    refreshActions();
}

void ReviewView::setProject(Project* project) {
    clear();
    if (m_project)
        disconnect(&m_project->session(), nullptr, this, nullptr);
    m_project = project;
    if (!project)
        return;
    const auto refresh = [this] {
        if (isEmpty())
            return;
        showNotes();
        showScores();
        refreshActions();
    };
    connect(&project->session(), &StoreSession::reviewsChanged, this, refresh);
    connect(&project->session(), &StoreSession::personChanged, this, refresh);
}

void ReviewView::clear() {
    m_request = {};
    m_list.setCells({});
    m_row = -1;
    m_example = {};
    m_first = nullptr;
    setMending(false);
    m_notes->stopWriting();
    m_columns->setSheet({}, {});
    m_document->clear();
    m_termsOf = {};
    refreshActions();
}

void ReviewView::review(const ReviewRequest& request) {
    m_request = request;
    m_wholeClause = false;
    m_disputes.clear();
    QStringList names{runName(request.a->id)};
    if (request.b)
        names << runName(request.b->id);
    m_columns->setNames(names);
    const auto row = static_cast<size_t>(std::max(0, request.row));
    regroup(row < request.examples.size() ? request.examples[row] : nullptr);
    showScores();
    m_columns->setFocus();
}

const Evaluation* ReviewView::evaluationOf(const ScoredRun* run) const {
    if (!run)
        return nullptr;
    const auto found = run->byMode.find(m_request.mode);
    return found == run->byMode.end() ? nullptr : &found->second;
}

// The cells in their groups; `keep` stays in view if the filter leaves it.
void ReviewView::regroup(const ScoredCell* keep) {
    const Evaluation* a = evaluationOf(m_request.a);
    const ScoredCell* before = listed();
    m_list.setCells(groupForReview(m_wholeClause && a ? wholeClauses(*a, m_request.examples) : m_request.examples, evaluationOf(m_request.b), m_request.rules));
    if (m_request.row > 0 && keep && m_list.rowOf(keep) < 0)
        m_list.setFilter(ReviewFilter::All); // an example that a person chose comes before a filter of before
    showChips();
    const int kept = m_list.rowOf(keep);
    showExample(std::max(0, kept >= 0 ? kept : m_list.rowOf(before)));
}

int ReviewView::requestRow() const {
    for (const ScoredCell* cell : {current(), listed()}) {
        const auto found = std::find(m_request.examples.begin(), m_request.examples.end(), cell);
        if (cell && found != m_request.examples.end())
            return static_cast<int>(found - m_request.examples.begin());
    }
    return -1;
}

void ReviewView::showExample(int row) {
    setMending(false);
    if (m_notes->isWriting())
        m_notes->stopWriting();
    m_row = std::min(row, m_list.size() - 1);
    m_example = m_row >= 0 ? m_list.at(m_row) : ReviewedCell();
    m_first = m_example.a;
    const ScoredCell* cell = current();
    if (cell) {
        const auto text = m_request.a->texts.find(cell->contract);
        m_document->setContract(m_project, cell->contract, text == m_request.a->texts.end() ? std::string() : text->second);
        if (m_termsOf != cell->contract) {
            m_termsOf = cell->contract;
            m_terms.clear();
            for (DefinedTerm& term : findDefinedTerms(m_document->text()))
                m_terms.push_back(std::move(term.term));
        }
        showFields();
    }
    showSubject();
}

void ReviewView::showSubject() {
    showPlace();
    showNotes();
    refreshActions();
    Q_EMIT contextChanged();
}

void ReviewView::showPlace() {
    const QString place = tr("%1 of %2").arg(m_row + 1).arg(m_list.size());
    m_place->setText(m_list.size() == 0 ? tr("none") : current() == listed() ? place : tr("beside %1").arg(place));
    m_place->setToolTip(current() == listed() ? QString() : tr("Another field of the same contract, which the list doesn't have"));
}

void ReviewView::showFields() {
    const ScoredCell* cell = current();
    if (!cell)
        return;
    const auto text = m_request.a->texts.find(cell->contract);
    const ReviewSheetSource source{&m_request.a->taxonomy,
                                   evaluationOf(m_request.a),
                                   evaluationOf(m_request.b),
                                   m_request.rules,
                                   rawOutput(m_request.a, cell->contract, m_request.mode),
                                   rawOutput(m_request.b, cell->contract, m_request.mode),
                                   text == m_request.a->texts.end() ? std::string_view() : std::string_view(text->second)};
    ReviewSheet sheet = reviewSheet(source, *m_first, m_allFields);
    chooseRow(sheet, cell->clause);
    m_columns->setSheet(std::move(sheet), {m_exact, false, m_terms});
    m_document->setRows(m_columns->sheet());
    if (const int row = chosenRow(m_columns->sheet()); row >= 0)
        m_document->revealField(m_columns->sheet().rows[static_cast<size_t>(row)]);
}

void ReviewView::showChips() {
    const QStringList words = {tr("All"), tr("Fixed"), tr("Broken"), tr("Same wrong"), tr("Differently wrong"), tr("Both right"), tr("Suspect gold")};
    for (int i = 0; i < kReviewFilters; ++i) {
        const auto filter = static_cast<ReviewFilter>(i);
        KeyButton* chip = m_chips[static_cast<size_t>(i)];
        const int count = m_list.count(filter);
        chip->setText(QStringLiteral("%1 %2").arg(words[i], QLocale().toString(count)));
        chip->setAccessibleName(chip->text());
        chip->setChecked(filter == m_list.filter());
        chip->setEnabled(count > 0 || filter == ReviewFilter::All);
        chip->setVisible(filter == ReviewFilter::All || m_request.b);
        chip->updateGeometry();
    }
}

void ReviewView::showIgnored() {
    const QString ignored = ignoredWords(m_columns->ignoredSpace(), m_columns->ignoredLetters());
    m_ignored->setText(m_columns->isCoarse()  ? tr("Coarse difference so far")
                       : m_exact              ? tr("Every character counts")
                       : ignored.isEmpty()    ? QString()
                                              : tr("Ignored: %1").arg(ignored));
    m_ignored->setToolTip(m_ignored->text());
}

void ReviewView::showNotes() {
    const ScoredCell* cell = current();
    std::vector<ReviewNote> notes;
    ReviewVerdict own = ReviewVerdict::None;
    if (cell && m_project) {
        auto read = notesAsTheyStand(m_project->session(), cell->contract, cell->clause);
        if (!read)
            m_shell.showMessage(failure(read.error()));
        else
            notes = std::move(*read);
        for (const ReviewNote& note : notes)
            if (note.kind == ReviewNoteKind::Verdict && note.person == m_project->store().identity().person && note.run == m_request.a->id &&
                note.against == subject().against)
                own = note.verdict;
    }
    for (size_t i = 0; i < m_verdicts.size(); ++i)
        m_verdicts[i]->setChecked(own == static_cast<ReviewVerdict>(i + 1));
    const auto proposal = [this](const ReviewNote& note) {
        const std::vector<Dispute> disputes = disputesOf({note}, m_request.a->taxonomy);
        return disputes.empty() ? tr("what this run's clause types don't know") : findingWords(disputes.front().proposed).replace(QStringLiteral("\n\n"), QStringLiteral(", "));
    };
    m_notes->setNotes(notes, m_shell.settings().people(), {[this](const RunId& id) { return runName(id); }, proposal});
}

// What the open disputes would change in the scores of both runs. Scoring takes a moment, so the same disputes are scored once.
void ReviewView::showScores() {
    auto disputes = m_request.a && m_project ? unmetDisputes(m_project->session(), *m_request.a) : Result<std::vector<ReviewNote>>(std::vector<ReviewNote>());
    if (!disputes || disputes->empty()) {
        m_disputes.clear();
        return m_notes->setScores({});
    }
    if (*disputes == m_disputes)
        return;
    m_disputes = std::move(*disputes);
    m_notes->setScores(disputedScores(*m_request.a, m_request.b, m_request.mode, m_request.rules, disputesOf(m_disputes, m_request.a->taxonomy)));
}

// From a field beside the list the way back is the example that it was reached from.
void ReviewView::step(int by) {
    const int row = by < 0 && current() != listed() ? m_row : m_row + by;
    if (row < 0 || row >= m_list.size())
        return tell(by > 0 ? tr("This is the last example of the list.") : tr("This is the first example of the list."));
    tell({}); // what was said was of the example before
    showExample(row);
}

void ReviewView::stepChange(int by) {
    if (!m_columns->stepChange(by))
        tell(m_columns->changeCount() == 0 ? tr("Nothing differs from the gold here.")
             : by > 0                      ? tr("There is no further change in this contract.")
                                           : tr("There is no change before this one."));
}

void ReviewView::stepField(int by) {
    const ReviewRow* row = rowBeside(m_columns->sheet(), by);
    if (!row)
        return tell(by > 0 ? tr("This is the last field of the contract that differs.") : tr("This is the first field of the contract."));
    tell({});
    chooseField(toQString(row->key), true);
}

// Another field of the same contract becomes the example: what is shown, said and done is about it from here on. The rows stay where they are.
void ReviewView::chooseField(const QString& key, bool reveal) {
    const std::vector<ReviewRow>& rows = m_columns->sheet().rows;
    const auto row = std::find_if(rows.begin(), rows.end(), [&key](const ReviewRow& one) { return one.a && toQString(one.key) == key; });
    if (row == rows.end())
        return;
    if (reveal)
        m_document->revealField(*row);
    if (row->a == current())
        return;
    setMending(false);
    if (m_notes->isWriting())
        m_notes->stopWriting();
    m_example = groupedCell(*row->a, row->b, m_request.rules);
    if (const int place = m_list.rowOf(row->a); place >= 0)
        m_row = place;
    m_columns->choose(row->key);
    m_document->setRows(m_columns->sheet());
    showSubject();
}

// Escape closes the innermost.
void ReviewView::goBack() {
    if (m_notes->isWriting())
        return m_notes->stopWriting();
    if (m_mending)
        return setMending(false);
    Q_EMIT left();
}

ReviewSubject ReviewView::subject() const { return {m_request.a, m_request.b ? m_request.b->id : RunId(), m_request.mode, current()}; }

QString ReviewView::runName(const RunId& id) const {
    const RunView* run = m_project ? m_project->runs().view(id) : nullptr;
    return run && !run->record.name.empty() ? toQString(run->record.name) : toQString(id.value).right(8);
}

QString ReviewView::contractTitle(const ContractId& id) const {
    for (const GoldRow& row : m_request.a->gold)
        if (row.contract == id && !row.title.empty())
            return displayTitle(row.title);
    return toQString(id.value);
}

QString ReviewView::clauseTitle() const {
    const ScoredCell* cell = current();
    const ClauseType* type = cell ? m_request.a->taxonomy.find(cell->clause) : nullptr;
    return type ? toQString(type->title) : cell ? toQString(cell->clause) : QString();
}

bool ReviewView::mayWrite() const { return m_project && !m_project->session().viewOnly() && current(); }

PageContext ReviewView::context() const {
    if (!current())
        return {};
    PageContext context{contractTitle(current()->contract), {clauseTitle()}};
    if (m_request.b)
        context.details << tr("against %1").arg(runName(m_request.b->id));
    return context;
}

QList<QWidget*> ReviewView::topBarWidgets() const { return {m_previousButton, m_place, m_nextButton, m_pairButton}; }

QList<QWidget*> ReviewView::panes() const { return {m_columns, m_document->pane()}; }

QList<KeyHint> ReviewView::keyHints() const {
    const auto caps = [this](std::initializer_list<const char*> ids) {
        QStringList keys;
        for (const char* id : ids)
            keys << keyCaps(m_shell.actions().find(QStringLiteral("review.") + QLatin1String(id))->shortcut());
        return keys;
    };
    return {{caps({"next", "previous"}), tr("next, previous")},
            {caps({"nextChange"}), tr("next change")},
            {caps({"aRight", "bRight", "bothWrong"}), tr("verdict")},
            {{QStringLiteral("Esc")}, tr("back")}};
}

void ReviewView::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    if (!m_project)
        return;
    m_project->undo().activateReviews();
    if (isEmpty())
        return;
    showNotes(); // the gold may be another one since: it was mended in Annotate
    showScores();
}

} // namespace cw
