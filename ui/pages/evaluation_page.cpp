// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/pages/evaluation_page.h"

#include "app/services/background.h"
#include "ui/action_registry.h"
#include "ui/appearance.h"
#include "ui/models/display_title.h"
#include "ui/project.h"
#include "ui/shell.h"
#include "ui/widgets/card.h"
#include "ui/widgets/contract_excerpt.h"
#include "ui/widgets/diff_view.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/error_matrix_view.h"
#include "ui/widgets/example_list_delegate.h"
#include "ui/widgets/key_button.h"
#include "ui/widgets/score_strip.h"
#include "ui/widgets/segmented_control.h"

#include <QComboBox>
#include <QHeaderView>
#include <QLabel>
#include <QListView>
#include <QLocale>
#include <QSplitter>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace cw {

namespace {

const char* const kModes[] = {"free", "constrained"};

std::optional<double> bound(const Evaluation& evaluation, const char* name, size_t end) {
    const auto interval = evaluation.intervals.find(name);
    return interval == evaluation.intervals.end() ? std::nullopt : std::optional<double>(interval->second[end]);
}

QString countOf(int part, int whole) { return QStringLiteral("%1 / %2").arg(QLocale().toString(part), QLocale().toString(whole)); }

} // namespace

EvaluationPage::EvaluationPage(Shell& shell) : Page(QStringLiteral("evaluation"), tr("Evaluation"), shell) {
    addActions();
    build();
}

void EvaluationPage::addActions() {
    ActionRegistry& actions = shell().actions();
    m_reviewAction = actions.add(this, {QStringLiteral("evaluation.review"), tr("Review the examples"), title(),
                                        {QKeySequence(Qt::CTRL | Qt::Key_R)}, QStringLiteral("compare"), {}},
                                 [this] { review(0); });
    actions.add(this, {QStringLiteral("evaluation.next"), tr("Next example"), title(), {Qt::Key_J}, {}, {}}, [this] { stepReview(1); });
    actions.add(this, {QStringLiteral("evaluation.previous"), tr("Previous example"), title(), {Qt::Key_K}, {}, {}}, [this] { stepReview(-1); });
    actions.add(this, {QStringLiteral("evaluation.back"), tr("Back to the matrix"), title(), {Qt::Key_Escape}, {}, {}}, [this] { leaveReview(); });
    actions.add(this, {QStringLiteral("evaluation.annotate"), tr("Open in Annotate"), title(), {QKeySequence(Qt::CTRL | Qt::Key_Return)},
                       QStringLiteral("annotate"), {}},
                [this] { openInAnnotate(); });
    m_reviewButton = KeyButton::forAction(m_reviewAction, KeyButton::Kind::Primary, this);
    m_reviewButton->hide();
}

void EvaluationPage::build() {
    m_run = new QComboBox(this);
    m_run->setAccessibleName(tr("Evaluated run"));
    m_run->setMinimumWidth(180);
    m_run->setMaximumWidth(300);
    m_run->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    m_mode = new SegmentedControl(tr("Decoding"), {tr("Free"), tr("Constrained")}, this);
    m_mode->setObjectName(QStringLiteral("decodingMode"));
    m_rules = new SegmentedControl(tr("Rules"), {tr("Strict"), tr("Compat")}, this);
    for (QWidget* control : std::initializer_list<QWidget*>{m_run, m_mode, m_rules})
        control->hide(); // until the top bar takes them
    connect(m_run, &QComboBox::currentIndexChanged, this, &EvaluationPage::score);
    connect(m_mode, &SegmentedControl::chosen, this, &EvaluationPage::showEvaluation);
    connect(m_rules, &SegmentedControl::chosen, this, &EvaluationPage::showEvaluation);

    auto* empty = new EmptyState(QStringLiteral("evaluation"), tr("See where the model is right, and where not"),
                                 tr("An evaluation run answers for the contracts of the locked test side. Its scores, its errors by clause and kind, "
                                    "and every wrong cell beside the contract show here."));
    auto* toRuns = new KeyButton(tr("Open the runs"), KeyButton::Kind::Primary);
    connect(toRuns, &QPushButton::clicked, this, [this] { shell().openPage(QStringLiteral("runs")); });
    empty->addButton(toRuns);
    auto* working = new QLabel(tr("Scoring the run"));
    working->setAlignment(Qt::AlignCenter);
    working->setProperty("role", QStringLiteral("muted"));

    m_stack = new QStackedWidget;
    m_stack->addWidget(empty);
    m_stack->addWidget(working);
    m_stack->addWidget(buildMatrix());
    m_stack->addWidget(buildReview());
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_stack);
}

QWidget* EvaluationPage::buildMatrix() {
    m_strip = new ScoreStrip;
    m_view = new ErrorMatrixView;
    m_view->setModel(&m_matrix);
    m_view->setRowHeight(26);
    QHeaderView* header = m_view->horizontalHeader();
    header->setSectionResizeMode(QHeaderView::Fixed);
    header->setFixedHeight(40); // names of two words stand on two lines
    header->setSectionResizeMode(ErrorMatrixModel::Clause, QHeaderView::Stretch);
    header->resizeSection(ErrorMatrixModel::Cells, 40);
    for (int column = ErrorMatrixModel::FirstError; column < ErrorMatrixModel::All; ++column)
        header->resizeSection(column, 70);
    header->resizeSection(ErrorMatrixModel::All, 44);
    header->resizeSection(ErrorMatrixModel::Percent, 60);
    connect(m_view, &ErrorMatrixView::cellChosen, this, &EvaluationPage::showExamples);
    connect(m_view, &TableView::rowActivated, this, [this] { review(0); });
    auto* matrix = new Card(tr("Errors by clause and kind"));
    matrix->setNote(tr("wrong cells; muted names have under 15 positives"));
    matrix->body()->addWidget(m_view);

    m_list = new QListView;
    m_list->setObjectName(QStringLiteral("exampleList"));
    m_list->setAccessibleName(tr("Examples of the chosen cell"));
    m_list->setModel(&m_examples);
    m_list->setItemDelegate(new ExampleListDelegate(m_list));
    m_list->setMouseTracking(true);
    m_list->setUniformItemSizes(true);
    connect(m_list, &QListView::activated, this, [this](const QModelIndex& at) { review(at.row()); });
    m_exampleCard = new Card(tr("Examples"));
    m_exampleCard->body()->addWidget(m_list);
    m_exampleCard->setMinimumWidth(240);
    m_exampleCard->setMaximumWidth(340);

    auto* row = new QHBoxLayout;
    row->setContentsMargins(size::kGap, size::kGap, size::kGap, size::kGap);
    row->setSpacing(size::kGap);
    row->addWidget(matrix, 4);
    row->addWidget(m_exampleCard, 1);
    auto* content = new QWidget;
    auto* column = new QVBoxLayout(content);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_strip);
    column->addLayout(row, 1);
    return content;
}

QWidget* EvaluationPage::buildReview() {
    m_reviewTitle = new QLabel;
    m_reviewTitle->setObjectName(QStringLiteral("reviewTitle"));
    m_reviewTitle->setProperty("role", QStringLiteral("section"));
    m_reviewTitle->setContentsMargins(12, 0, 0, 0);
    m_reviewTitle->setFixedHeight(40);
    m_diff = new DiffView(tr("Gold"), tr("Prediction"));
    auto* left = new QWidget;
    auto* column = new QVBoxLayout(left);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_reviewTitle);
    column->addWidget(m_diff, 1);
    m_contract = new ContractExcerpt(tr("The contract"));
    m_contract->setObjectName(QStringLiteral("reviewContract"));
    auto* splitter = new QSplitter;
    splitter->setObjectName(QStringLiteral("reviewSplitter"));
    splitter->setChildrenCollapsible(false);
    splitter->addWidget(left);
    splitter->addWidget(m_contract);
    splitter->setSizes({700, 668});
    return splitter;
}

void EvaluationPage::setProject(Project* project) {
    m_project = project;
    m_scored.reset();
    if (project) {
        connect(&project->runs(), &RunSupervisor::runEnded, this, &EvaluationPage::reloadRuns);
        connect(&project->runs(), &RunSupervisor::runAdded, this, &EvaluationPage::reloadRuns);
    }
    reloadRuns();
}

void EvaluationPage::reloadRuns() {
    const QString chosen = m_run->currentData().toString();
    const QSignalBlocker quiet(m_run);
    m_run->clear();
    if (m_project)
        for (const RunId& id : m_project->runs().runs()) {
            const RunView* run = m_project->runs().view(id);
            if (run && run->spec.kind == RunKind::Evaluate && run->state == RunState::Done)
                m_run->addItem(run->record.name.empty() ? toQString(id.value).right(8) : toQString(run->record.name), toQString(id.value));
        }
    const int again = m_run->findData(chosen);
    m_run->setCurrentIndex(again >= 0 ? again : m_run->count() > 0 ? 0 : -1);
    if (again < 0 || !m_scored)
        score();
}

void EvaluationPage::score() {
    m_examples.setExamples({}, rules(), {});
    m_matrix.clear();
    m_scored.reset();
    m_scoring = {};
    if (!m_project || m_run->currentIndex() < 0)
        return setView(Empty);
    m_scoring = RunId(m_run->currentData().toString().toStdString());
    setView(Working);
    const RunFolder folder(m_project->store().runsFolder() / m_scoring.value);
    inBackground(
        this, [folder] { return scoreRun(folder); },
        [this, id = m_scoring](Result<std::shared_ptr<const ScoredRun>> scored) {
            if (id != m_scoring)
                return; // another run was chosen meanwhile
            if (!scored) {
                setView(Empty);
                return shell().showMessage(failure(scored.error()));
            }
            m_scored = *std::move(scored);
            for (int mode = 0; mode < 2; ++mode)
                m_mode->setChoiceEnabled(mode, m_scored->byMode.count(kModes[mode]) > 0);
            if (!evaluation())
                m_mode->setCurrent(1 - m_mode->current());
            showEvaluation();
        });
}

const Evaluation* EvaluationPage::evaluation() const {
    if (!m_scored)
        return nullptr;
    const auto found = m_scored->byMode.find(kModes[std::max(0, m_mode->current())]);
    return found == m_scored->byMode.end() ? nullptr : &found->second;
}

Rules EvaluationPage::rules() const { return m_rules->current() == 1 ? Rules::Compat : Rules::Strict; }

void EvaluationPage::showEvaluation() {
    const Evaluation* shown = evaluation();
    if (!shown)
        return setView(Empty);
    const Breakdown& breakdown = rules() == Rules::Strict ? shown->strict : shown->compat;
    showScores(*shown, breakdown);
    m_matrix.setBreakdown(breakdown, m_scored->taxonomy);
    setView(Matrix);
    const int last = m_matrix.rowCount() - 1;
    if (last >= 0)
        m_view->setCurrentIndex(m_matrix.index(last, ErrorMatrixModel::All));
    Q_EMIT contextChanged();
}

void EvaluationPage::showScores(const Evaluation& shown, const Breakdown& breakdown) {
    const Tally& total = breakdown.total;
    const int outputs = static_cast<int>(shown.outputs.size());
    const QLocale locale;
    Score accuracy{tr("Accuracy, %"), total.accuracy(), bound(shown, "accuracy", 0), bound(shown, "accuracy", 1), total.nullBaseline(),
                   tr("null baseline %1 · n %2").arg(locale.toString(100 * total.nullBaseline(), 'f', 1), locale.toString(total.cells()))};
    Score micro{tr("Value F1, micro, %"), total.f1(), bound(shown, "micro_f1", 0), bound(shown, "micro_f1", 1), 0.0,
                tr("n %1 present").arg(locale.toString(total.goldPresent()))};
    Score macro{tr("Value F1, macro, %"), breakdown.macroF1, {}, {}, {}, tr("types: %1").arg(breakdown.perClause.size())};
    Score invented{tr("Invented, % of absent"), total.hallucinationRate(), {}, {}, {}, countOf(total.fp, total.goldAbsent())};
    Score valid{tr("Valid JSON (V3), %"), shown.validRate(), bound(shown, "valid", 0), bound(shown, "valid", 1), {},
                countOf(shown.countAtLeast(Validity::V3), outputs)};
    Score found{tr("Quotes found, %"), {}, {}, {}, {}, tr("no quotes")};
    if (shown.hasTexts && shown.quotes > 0) {
        const auto interval = wilson(shown.groundedQuotes, shown.quotes);
        found = {found.title, static_cast<double>(shown.groundedQuotes) / shown.quotes, interval[0], interval[1], {},
                 countOf(shown.groundedQuotes, shown.quotes)};
    }
    m_strip->setScores({accuracy, micro, macro, invented, valid, found});
}

void EvaluationPage::showExamples(const QModelIndex& cell) {
    const Evaluation* shown = evaluation();
    std::vector<const ScoredCell*> examples;
    if (shown && m_matrix.isCount(cell))
        examples = examplesOf(*shown, rules(), m_matrix.row(cell.row()), cell.column(), m_scored->taxonomy);
    const int count = static_cast<int>(examples.size());
    m_examples.setExamples(std::move(examples), rules(), [this](const ContractId& id) { return contractTitle(id); });
    m_exampleCard->setTitle(count == 0 ? tr("Examples") : m_matrix.row(cell.row()).title);
    m_exampleCard->setNote(count == 0 ? tr("choose a count") : QLocale().toString(count));
    m_reviewAction->setText(count == 0 ? tr("Review the examples") : count == 1 ? tr("Review 1 example") : tr("Review %1 examples").arg(count));
    m_reviewAction->setEnabled(count > 0);
    if (count > 0)
        m_list->setCurrentIndex(m_examples.index(0));
}

QString EvaluationPage::contractTitle(const ContractId& id) const {
    for (const GoldRow& row : m_scored->gold)
        if (row.contract == id)
            return row.title.empty() ? toQString(id.value) : displayTitle(row.title);
    return toQString(id.value);
}

void EvaluationPage::review(int row) {
    const ScoredCell* cell = m_examples.example(row);
    if (!cell)
        return;
    m_reviewed = row;
    const ClauseType* type = m_scored->taxonomy.find(cell->clause);
    const CellScore& score = rules() == Rules::Strict ? cell->strict : cell->compat;
    m_reviewTitle->setText(tr("%1, %2: %3 (%4 of %5)")
                               .arg(type ? toQString(type->title) : toQString(cell->clause), contractTitle(cell->contract), kindWords(score.kind))
                               .arg(row + 1)
                               .arg(m_examples.rowCount()));
    m_diff->setTexts(findingWords(cell->gold).toStdString(), findingWords(cell->predicted).toStdString());
    const auto text = m_scored->texts.find(cell->contract);
    m_contract->setContract(text == m_scored->texts.end() ? std::string() : text->second);
    m_contract->setMarks(cell->goldRanges, cell->predictedRanges);
    setView(Review);
    m_contract->setFocus();
}

void EvaluationPage::stepReview(int by) {
    if (m_stack->currentIndex() == Review)
        review(std::clamp(m_reviewed + by, 0, m_examples.rowCount() - 1));
}

void EvaluationPage::leaveReview() {
    if (m_stack->currentIndex() != Review)
        return;
    setView(Matrix);
    m_list->setCurrentIndex(m_examples.index(m_reviewed));
    m_list->setFocus();
}

void EvaluationPage::openInAnnotate() {
    const ScoredCell* cell = m_examples.example(m_stack->currentIndex() == Review ? m_reviewed : m_list->currentIndex().row());
    if (cell)
        shell().openContract(cell->contract, toQString(cell->clause));
}

void EvaluationPage::setView(View view) {
    m_stack->setCurrentIndex(view);
    Q_EMIT contextChanged();
}

void EvaluationPage::showExample() {
    for (int row = 0; row < m_matrix.rowCount(); ++row)
        for (int column = ErrorMatrixModel::FirstError; column < ErrorMatrixModel::All; ++column)
            if (m_matrix.row(row).kind == ErrorMatrixModel::Row::Kind::Clause && m_matrix.isCount(m_matrix.index(row, column)))
                return m_view->setCurrentIndex(m_matrix.index(row, column));
}

PageContext EvaluationPage::context() const {
    const Evaluation* shown = evaluation();
    if (!shown)
        return {};
    // The run's name stands in the box beside it.
    return {shown->contracts == 1 ? tr("1 contract") : tr("%1 contracts").arg(shown->contracts),
            {tr("outputs: %1").arg(shown->outputs.size()), tr("not reviewed: %1").arg(QLocale().toString(shown->unreviewed))}};
}

QList<QWidget*> EvaluationPage::topBarWidgets() const {
    switch (m_stack->currentIndex()) {
    case Matrix:
        return {m_run, m_mode, m_rules, m_reviewButton};
    case Review:
        return {m_run, m_mode, m_rules};
    default:
        return m_run->count() > 0 ? QList<QWidget*>{m_run} : QList<QWidget*>();
    }
}

QList<KeyHint> EvaluationPage::keyHints() const {
    if (m_stack->currentIndex() < Matrix)
        return {allKeysHint()};
    if (m_stack->currentIndex() == Review)
        return {hint({QStringLiteral("next"), QStringLiteral("previous")}, tr("next, previous")),
                hint({QStringLiteral("annotate")}, tr("annotate")),
                {{QStringLiteral("Esc")}, tr("back")},
                allKeysHint()};
    return {{{QStringLiteral("Enter")}, tr("review")}, {{QStringLiteral("F6")}, tr("pane")}, allKeysHint()};
}

QList<QWidget*> EvaluationPage::panes() const {
    if (m_stack->currentIndex() == Review)
        return {m_contract, m_diff->leftText(), m_diff->rightText()};
    return {m_view, m_list};
}

} // namespace cw
