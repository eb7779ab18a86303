// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/pages/evaluation_page.h"

#include "ui/action_registry.h"
#include "ui/models/display_title.h"
#include "ui/pages/review_view.h"
#include "ui/project.h"
#include "ui/shell.h"
#include "ui/widgets/cost_view.h"
#include "ui/widgets/error_matrix_view.h"
#include "ui/widgets/evaluation_compare.h"
#include "ui/widgets/key_button.h"
#include "ui/widgets/score_strip.h"
#include "ui/widgets/segmented_control.h"
#include "ui/widgets/slice_list.h"
#include "ui/widgets/table_view.h"

#include <QComboBox>
#include <QLabel>
#include <QListView>
#include <QLocale>
#include <QStackedWidget>

#include <algorithm>

namespace cw {

EvaluationPage::EvaluationPage(Shell& shell) : Page(QStringLiteral("evaluation"), tr("Evaluation"), shell) {
    addActions();
    build();
    connect(&m_pages, &PageIndex::found, m_errors, &ErrorBreakdown::refreshPages);
}

void EvaluationPage::addActions() {
    ActionRegistry& actions = shell().actions();
    const auto add = [&](const char* id, const QString& text, const QKeySequence& keys, const std::function<void()>& run, const QString& icon = {},
                         const QString& shortText = {}) {
        ActionSpec spec{QString::fromLatin1(id), text, title(), {keys}, icon, {}};
        spec.shortText = shortText;
        return actions.add(this, spec, run);
    };
    m_reviewAction = add("evaluation.review", tr("Review the examples"), QKeySequence(Qt::CTRL | Qt::Key_R), [this] { reviewExamples(0); }, QStringLiteral("compare"));
    m_againstAction = add("evaluation.against", tr("Review A against B"), QKeySequence(Qt::SHIFT | Qt::Key_Return),
                          [this] { reviewExamples(std::max(0, m_errors->list()->currentIndex().row())); }, {}, tr("A against B"));
    add("evaluation.annotate", tr("Open in Annotate"), QKeySequence(Qt::CTRL | Qt::Key_Return), [this] { openInAnnotate(); }, QStringLiteral("annotate"));
    m_kindsAction = add("evaluation.kinds", tr("Open the kinds"), Qt::Key_E, [this] {
        m_errors->toggleKinds();
        m_kindsAction->setText(m_errors->matrix().kindsOpen() ? tr("Close the kinds") : tr("Open the kinds"));
        m_kindsAction->setIconText(m_kindsAction->text());
    });
    m_ratesAction = add("evaluation.rates", tr("Counts or rates"), Qt::Key_R, [this] { m_errors->toggleRates(); });
    m_orderAction = add("evaluation.order", tr("Order of the examples: least alike first"), Qt::Key_O, [this] {
        m_errors->toggleOrder();
        m_orderAction->setIconText(m_errors->isLeastSureFirst() ? tr("least sure first") : tr("least alike first"));
        m_orderAction->setText(tr("Order of the examples: %1").arg(m_orderAction->iconText()));
    }, {}, tr("least alike first"));
    ActionSpec pin{QStringLiteral("evaluation.pin"), tr("Pin this evaluation"), title(), {Qt::Key_P}, {}, {}};
    pin.shortText = tr("Pin");
    m_panels = new QStackedWidget(this); // the scope: in the review the same key makes a pair
    m_pinAction = actions.add(m_panels, pin, [this] {
        if (const auto run = m_compare->current(); run && m_panel->current() == Compare)
            pinRun(*run == pinnedRun() ? RunId() : *run);
    });
    actions.addKeyNote({title(), QStringLiteral("F1"), tr("on a score or a cell of the matrix: what the number means")});
    m_reviewButton = KeyButton::forAction(m_reviewAction, KeyButton::Kind::Primary, this);
    m_reviewButton->hide();
}

void EvaluationPage::setProject(Project* project) {
    m_review->setProject(project);
    m_reviewPair = {};
    m_project = project;
    stopComparing(); // what is being scored is of the project before
    m_cache.clear();
    m_shown = {};
    m_pages.setSource(!project ? PageIndex::LinesOf() : [project](const ContractId& contract) {
        auto lines = project->store().contracts().lines(contract);
        return lines ? *std::move(lines) : std::vector<LineBox>();
    });
    if (project) {
        connect(&project->runs(), &RunSupervisor::runEnded, this, &EvaluationPage::reloadRuns);
        connect(&project->runs(), &RunSupervisor::runAdded, this, &EvaluationPage::reloadRuns);
    }
    reloadRuns();
}

ExampleWords EvaluationPage::words() {
    return {[this](const ContractId& id) { return contractTitle(id); },
            [this](const ScoredCell& cell) {
                for (const auto* ranges : {&cell.goldRanges, &cell.predictedRanges})
                    for (const ByteRange& range : *ranges)
                        if (!range.empty())
                            return m_pages.pageOf(cell.contract, range.begin);
                return 0;
            }};
}

QString EvaluationPage::contractTitle(const ContractId& id) const {
    const auto found = m_titles.find(id);
    return found == m_titles.end() ? toQString(id.value) : found->second;
}

void EvaluationPage::reviewExamples(int row) { review(m_shown.pair, m_errors->examples().shownCells(), row); }

void EvaluationPage::review(const ShownPair& pair, std::vector<const ScoredCell*> examples, int row) {
    if (examples.empty())
        return;
    m_review->clear(); // it looks at the runs of before
    m_reviewPair = pair;
    setView(Review);
    m_review->review({pair.shown->scored.get(), pair.pinned ? pair.pinned->scored.get() : nullptr, pair.mode, pair.rules, std::move(examples), row});
}

void EvaluationPage::leaveReview() {
    if (m_stack->currentIndex() != Review)
        return;
    setView(Matrix);
    if (m_panel->current() == Compare)
        return m_compare->table()->setFocus();
    if (const int row = m_review->requestRow(); row >= 0)
        m_errors->list()->setCurrentIndex(m_errors->examples().index(row));
    m_errors->list()->setFocus();
}

void EvaluationPage::openInAnnotate() {
    const CellPair* listed = m_errors->examples().example(m_errors->list()->currentIndex().row());
    const ScoredCell* cell = m_stack->currentIndex() == Review ? m_review->current() : listed ? listed->shown : nullptr;
    if (cell)
        shell().openContract(cell->contract, toQString(cell->clause));
}

void EvaluationPage::setView(View view) {
    m_stack->setCurrentIndex(view);
    for (QAction* action : {m_kindsAction, m_ratesAction, m_orderAction}) // of what the review hides
        action->setEnabled(view == Matrix);
    m_reviewAction->setEnabled(view == Matrix && !m_errors->examples().shownCells().empty());
    Q_EMIT contextChanged();
}

void EvaluationPage::showExample() {
    const ErrorMatrixModel& matrix = m_errors->matrix();
    for (int row = 0; row < matrix.rowCount(); ++row)
        for (int column = ErrorMatrixModel::FirstError; column < matrix.allColumn(); ++column)
            if (matrix.row(row).kind == ErrorMatrixModel::Row::Kind::Clause && matrix.isCount(matrix.index(row, column)))
                return m_errors->matrixView()->setCurrentIndex(matrix.index(row, column));
}

PageContext EvaluationPage::context() const {
    if (m_stack->currentIndex() == Review)
        return m_review->context();
    const Evaluation* shown = evaluation();
    if (!shown)
        return {};
    // The runs' names stand in the boxes beside it.
    return {shown->contracts == 1 ? tr("1 contract") : tr("%1 contracts").arg(shown->contracts),
            {tr("outputs: %1").arg(shown->outputs.size()), tr("not reviewed: %1").arg(QLocale().toString(shown->unreviewed))}};
}

QList<QWidget*> EvaluationPage::topBarWidgets() const {
    switch (m_stack->currentIndex()) {
    case Matrix:
        return {m_run, m_pinned, m_reviewButton};
    case Review:
        return m_review->topBarWidgets();
    default:
        return m_run->count() > 0 ? QList<QWidget*>{m_run} : QList<QWidget*>();
    }
}

QList<QAction*> EvaluationPage::overflowActions() const {
    return m_stack->currentIndex() == Matrix ? QList<QAction*>{m_kindsAction, m_ratesAction, m_orderAction} : QList<QAction*>();
}

QList<KeyHint> EvaluationPage::keyHints() const {
    if (m_stack->currentIndex() < Matrix)
        return {allKeysHint()};
    if (m_stack->currentIndex() == Review)
        return m_review->keyHints() << allKeysHint();
    if (m_panel->current() == Compare)
        return {{{QStringLiteral("Enter")}, tr("open")}, hint({QStringLiteral("pin")}, tr("pin")), {{QStringLiteral("F6")}, tr("pane")}, allKeysHint()};
    if (m_panel->current() == Calibration || m_panel->current() == Costs)
        return {{{QStringLiteral("F6")}, tr("pane")}, allKeysHint()};
    return {{{QStringLiteral("Enter")}, tr("review")}, hint({QStringLiteral("against")}, tr("A against B")), {{QStringLiteral("F1")}, tr("what a number means")},
            {{QStringLiteral("F6")}, tr("pane")}, allKeysHint()};
}

QList<QWidget*> EvaluationPage::panes() const {
    if (m_stack->currentIndex() == Review)
        return m_review->panes();
    if (m_panel->current() == Compare)
        return {m_compare->table()};
    if (m_panel->current() == Calibration)
        return {m_panel};
    if (m_panel->current() == Costs)
        return {m_costs->table(), m_costs->firstPrice()};
    return {m_errors->matrixView(), m_errors->list(), m_errors->slices(), m_errors->strip()};
}

} // namespace cw
