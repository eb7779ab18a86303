// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/pages/error_breakdown.h"

#include "ui/appearance.h"
#include "ui/models/score_words.h"
#include "ui/widgets/card.h"
#include "ui/widgets/chip_row.h"
#include "ui/widgets/definition_popover.h"
#include "ui/widgets/error_matrix_view.h"
#include "ui/widgets/example_list_delegate.h"
#include "ui/widgets/key_button.h"
#include "ui/widgets/score_strip.h"
#include "ui/widgets/segmented_control.h"
#include "ui/widgets/slice_list.h"

#include <QAction>
#include <QKeyEvent>
#include <QListView>
#include <QLocale>
#include <QVBoxLayout>

#include <algorithm>
#include <array>
#include <cassert>

namespace cw {

namespace {

constexpr std::array kStripScores = {ScoreOf::Accuracy, ScoreOf::MicroF1, ScoreOf::MacroF1, ScoreOf::Invented, ScoreOf::Valid, ScoreOf::Quotes};

QString initial(const QString& words) { return words.left(1).toUpper() + words.mid(1); }

} // namespace

ErrorBreakdown::ErrorBreakdown(const Actions& actions, QWidget* parent) : QWidget(parent), m_strip(new ScoreStrip), m_definition(new DefinitionPopover(this)) {
    auto* row = new QHBoxLayout;
    row->setContentsMargins(size::kGap, size::kGap, size::kGap, size::kGap);
    row->setSpacing(size::kGap);
    row->addWidget(buildMatrix(actions), 5);
    row->addWidget(buildSide(actions), 2);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_strip);
    column->addLayout(row, 1);
    connect(m_strip, &ScoreStrip::definitionWanted, this, &ErrorBreakdown::defineScore);
    for (QWidget* counted : std::initializer_list<QWidget*>{m_strip, matrixView()})
        counted->installEventFilter(this);
}

QWidget* ErrorBreakdown::buildMatrix(const Actions& actions) {
    m_pane = new ErrorMatrixPane(&m_matrix);
    connect(matrixView(), &ErrorMatrixView::cellChosen, this, &ErrorBreakdown::showExamples);
    connect(matrixView(), &TableView::rowActivated, this, [this] { Q_EMIT reviewWanted(0); });
    m_counting = new SegmentedControl(tr("What the cells show"), {tr("Count"), tr("Rate")});
    m_counting->setObjectName(QStringLiteral("countOrRate"));
    connect(m_counting, &SegmentedControl::chosen, actions.rates, &QAction::trigger);
    for (KeyButton* button : m_counting->findChildren<KeyButton*>())
        button->setSmall(true);
    m_kindsButton = KeyButton::forAction(actions.kinds, KeyButton::Kind::Secondary, this);
    m_kindsButton->setSmall(true);
    m_matrixCard = new Card(tr("Errors by clause and kind"));
    m_matrixCard->addHeaderWidget(m_counting);
    m_matrixCard->addHeaderWidget(m_kindsButton);
    m_matrixCard->body()->addWidget(m_pane);
    return m_matrixCard;
}

QWidget* ErrorBreakdown::buildSide(const Actions& actions) {
    m_slices = new SliceList;
    connect(m_slices, &SliceList::sliceChosen, this, &ErrorBreakdown::sliceChosen);
    m_sliceCard = new Card(tr("Slices"));
    m_sliceCard->setNote(tr("accuracy, % and 95 % interval"));
    m_sliceCard->body()->addWidget(m_slices);

    m_list = new QListView;
    m_list->setObjectName(QStringLiteral("exampleList"));
    m_list->setAccessibleName(tr("Examples of the chosen cell"));
    m_list->setModel(&m_examples);
    m_list->setItemDelegate(new ExampleListDelegate(m_list));
    m_list->setMouseTracking(true);
    m_list->setUniformItemSizes(true);
    connect(m_list, &QListView::activated, this, [this](const QModelIndex& at) { Q_EMIT reviewWanted(at.row()); });
    m_chips = new ChipRow(tr("Kinds of these examples"));
    connect(m_chips, &ChipRow::chosen, this, &ErrorBreakdown::showKind);
    m_orderButton = KeyButton::forAction(actions.order, KeyButton::Kind::Quiet, this);
    auto* against = KeyButton::forAction(actions.against, KeyButton::Kind::Secondary, this);
    for (KeyButton* button : {m_orderButton, against}) {
        button->setSmall(true);
        button->setKeyCaps({}); // the room is for the words; the status bar and the tips name the keys
    }
    auto* narrowing = new QHBoxLayout;
    narrowing->setContentsMargins(0, 0, 8, 0);
    narrowing->setSpacing(0);
    narrowing->addWidget(m_chips, 1);
    narrowing->addStretch();
    narrowing->addWidget(m_orderButton, 0, Qt::AlignTop);
    m_exampleCard = new Card(tr("Examples"));
    m_exampleCard->addHeaderWidget(against);
    m_exampleCard->body()->addLayout(narrowing);
    m_exampleCard->body()->addWidget(m_list);

    m_side = new QWidget;
    auto* column = new QVBoxLayout(m_side);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(size::kGap);
    column->addWidget(m_sliceCard, 2);
    column->addWidget(m_exampleCard, 4);
    return m_side;
}

// A small window's width goes to the clauses' names first.
void ErrorBreakdown::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    m_side->setFixedWidth(std::clamp(width() - 924, 284, 400));
}

ErrorMatrixView* ErrorBreakdown::matrixView() const { return m_pane->view(); }

void ErrorBreakdown::clear() {
    m_examples.setExamples({}, Rules::Strict, m_words);
    m_matrix.clear();
    m_slices->slices().clear();
    m_pairs.clear();
    m_figures.reset();
    m_facets.reset();
    m_conditions.clear();
    m_narrowedTo.clear();
    m_shown = {};
}

void ErrorBreakdown::setEvaluation(const ShownEvaluation& shown) {
    const bool otherRun = m_shown.pair.shown != shown.pair.shown;
    m_shown = shown;
    m_figures.reset();
    if (otherRun) {
        m_facets = std::make_shared<FacetTable>(facetsOf(*shown.pair.shown->scored));
        m_slices->slices().clear();
    }
    m_pairs = pairCells(*shown.pair.evaluation(), shown.pair.other());
    m_matrix.setPinned(shown.pair.other() ? shown.pinnedName : QString());
    showScores(*m_strip, m_shown, nullptr);
    count();
}

void ErrorBreakdown::setFigures(std::shared_ptr<const ScoreFigures> figures) {
    m_figures = std::move(figures);
    showScores(*m_strip, m_shown, m_figures.get());
}

void ErrorBreakdown::setSlices(const SliceReport& report) {
    m_slices->slices().setReport(report, m_shown.pair.shown->scored->taxonomy);
    m_slices->setNarrowed(m_conditions);
}

void ErrorBreakdown::narrow(const std::vector<CellCondition>& conditions, const QString& title) {
    m_conditions = conditions;
    m_narrowedTo = title;
    m_slices->setNarrowed(conditions);
    if (m_shown.pair.shown)
        count();
}

// The matrix anew; the cell in the focus stays the same clause and kind where it is still there.
void ErrorBreakdown::count() {
    const Taxonomy& taxonomy = m_shown.pair.shown->scored->taxonomy;
    const CellFilter filter = m_conditions.empty() ? CellFilter() : filterOf(m_conditions, m_facets, taxonomy);
    std::vector<CellPair> narrowed;
    if (filter)
        std::copy_if(m_pairs.begin(), m_pairs.end(), std::back_inserter(narrowed), [&filter](const CellPair& pair) { return filter(*pair.shown); });
    const QModelIndex before = matrixView()->currentIndex();
    const std::string clause = before.isValid() ? m_matrix.row(before.row()).key : std::string();
    const int column = before.isValid() ? before.column() : m_matrix.allColumn();
    m_matrix.setCounts(countErrors(filter ? narrowed : m_pairs, m_shown.pair.rules), taxonomy);
    showLegend();
    int row = m_matrix.totalRow();
    for (int at = 0; at < m_matrix.rowCount(); ++at)
        if (!clause.empty() && m_matrix.row(at).key == clause)
            row = at;
    if (row >= 0)
        matrixView()->setCurrentIndex(m_matrix.index(row, column));
    showExamples(matrixView()->currentIndex());
}

void ErrorBreakdown::showLegend() {
    const QString what = m_matrix.rates() ? tr("wrong cells, %") : tr("wrong cells");
    const QString deltas = m_shown.pair.other() ? tr("▾ fewer, ▴ more than %1").arg(m_shown.pinnedName) : tr("muted names: under 15 positives");
    const QString narrowed = m_narrowedTo.isEmpty() ? QString() : tr("%1 alone").arg(m_narrowedTo);
    QStringList parts{narrowed, what, deltas};
    parts.removeAll(QString());
    m_matrixCard->setNote(parts.join(QStringLiteral(" · ")));
}

void ErrorBreakdown::toggleKinds() {
    const QModelIndex before = matrixView()->currentIndex();
    const int row = before.row();
    ErrorKind kind = ErrorKind::Missed;
    if (before.isValid() && m_matrix.isError(before.column())) { // the most frequent one of the column
        const KindCounts& counts = m_matrix.row(row).counts.kinds;
        const std::vector<ErrorKind> kinds = m_matrix.kindsOf(before.column());
        kind = *std::max_element(kinds.begin(), kinds.end(), [&counts](ErrorKind a, ErrorKind b) {
            return counts[static_cast<size_t>(a)] < counts[static_cast<size_t>(b)];
        });
    }
    m_matrix.setKindsOpen(!m_matrix.kindsOpen());
    if (row >= 0)
        matrixView()->setCurrentIndex(m_matrix.index(row, m_matrix.columnOfKind(kind)));
}

void ErrorBreakdown::toggleRates() {
    m_matrix.setRates(!m_matrix.rates());
    m_counting->setCurrent(m_matrix.rates() ? 1 : 0);
    showLegend();
}

void ErrorBreakdown::toggleOrder() {
    m_order = m_order == ExampleOrder::LeastAlike ? ExampleOrder::LeastSure : ExampleOrder::LeastAlike;
    showExamples(matrixView()->currentIndex());
}

void ErrorBreakdown::goToTotal() {
    if (m_matrix.totalRow() >= 0)
        matrixView()->setCurrentIndex(m_matrix.index(m_matrix.totalRow(), m_matrix.allColumn()));
}

bool ErrorBreakdown::goTo(const std::string& clause, ErrorKind kind) {
    const int row = m_matrix.rowOf(clause), column = m_matrix.columnOfKind(kind);
    if (row < 0 || column < 0 || m_matrix.count(row, column) == 0)
        return false;
    matrixView()->setCurrentIndex(m_matrix.index(row, column));
    return true;
}

void ErrorBreakdown::showExamples(const QModelIndex& cell) {
    std::vector<CellPair> examples;
    if (m_matrix.isCount(cell)) {
        const CellFilter inCell = m_matrix.filterOf(cell, m_shown.pair.rules);
        const CellFilter inSlice = m_conditions.empty() ? CellFilter() : filterOf(m_conditions, m_facets, m_shown.pair.shown->scored->taxonomy);
        examples = examplesOf(
            m_pairs, m_shown.pair.rules, [&](const ScoredCell& one) { return inCell(one) && (!inSlice || inSlice(one)); }, m_order,
            [](const ScoredCell& one) { return one.confidence; });
        assert(static_cast<int>(examples.size()) == m_matrix.count(cell.row(), cell.column()));
    }
    m_examples.setExamples(std::move(examples), m_shown.pair.rules, m_words);
    QStringList chips;
    const auto kinds = m_examples.kinds();
    for (const auto& [kind, count] : kinds)
        chips << QStringLiteral("%1 %2").arg(kindWords(kind), QLocale().toString(count));
    m_chips->setChips(kinds.size() > 1 ? chips : QStringList());
    countShown();
}

void ErrorBreakdown::showKind(int chip) {
    m_examples.setKind(chip < 0 ? std::nullopt : std::optional(m_examples.kinds()[static_cast<size_t>(chip)].first));
    countShown();
}

void ErrorBreakdown::countShown() {
    const QModelIndex cell = matrixView()->currentIndex();
    const int shown = m_examples.rowCount();
    if (shown == 0) {
        m_exampleCard->setTitle(tr("Examples"));
        m_exampleCard->setNote(tr("choose a count"));
    } else {
        const ErrorMatrixModel::Row& row = m_matrix.row(cell.row());
        const QString code = row.code.isEmpty() ? QString() : row.code + QLatin1Char(' ');
        m_exampleCard->setTitle(code + tr("%1: %2").arg(initial(m_matrix.titleOf(cell)), QLocale().toString(shown)));
        m_exampleCard->setNote({});
        m_list->setCurrentIndex(m_examples.index(0));
    }
    m_orderButton->setVisible(shown > 1);
    Q_EMIT examplesChanged(shown);
}

void ErrorBreakdown::refreshPages() { m_list->viewport()->update(); }

Definition ErrorBreakdown::definitionOfCell(const QModelIndex& cell) const {
    const ErrorMatrixModel::Row& row = m_matrix.row(cell.row());
    const int column = m_matrix.isError(cell.column()) ? cell.column() : m_matrix.allColumn();
    Definition definition{QStringLiteral("%1: %2").arg(row.title, initial(m_matrix.titleOf(m_matrix.index(cell.row(), column)))), m_matrix.columnHelp(column), {}};
    const QLocale locale;
    const int wrong = m_matrix.count(cell.row(), column);
    definition.facts << tr("%1 / %2 reviewed cells, %3 %")
                            .arg(locale.toString(wrong), locale.toString(row.counts.cells),
                                 percentText(row.counts.cells == 0 ? 0 : static_cast<double>(wrong) / row.counts.cells));
    definition.facts << tr("Contracts with the clause: %1").arg(locale.toString(row.counts.positives));
    if (m_shown.pair.other()) {
        int before = 0, now = 0;
        for (const ErrorKind kind : m_matrix.kindsOf(column)) {
            before += row.counts.otherKinds[static_cast<size_t>(kind)];
            now += row.counts.pairedKinds[static_cast<size_t>(kind)];
        }
        definition.facts << tr("Of the %1 cells that %2 has too: %3, there %4")
                                .arg(locale.toString(row.counts.paired), m_shown.pinnedName, locale.toString(now), locale.toString(before));
        if (row.counts.regraded > 0)
            definition.facts << tr("Not compared, since their gold differs: %1 cells").arg(locale.toString(row.counts.regraded));
    }
    definition.facts << provenance(m_shown.pair);
    return definition;
}

void ErrorBreakdown::defineScore(int score) {
    if (m_figures)
        m_definition->open(scoreDefinition(m_figures->of(kStripScores[static_cast<size_t>(score)]), m_shown.pair, m_shown.pinnedName), m_strip,
                           m_strip->cellRect(score));
}

void ErrorBreakdown::defineCell() {
    const QModelIndex cell = matrixView()->currentIndex();
    if (!cell.isValid())
        return;
    QRect anchor = matrixView()->visualRect(cell);
    if (cell.row() == m_matrix.totalRow())
        anchor = QRect(matrixView()->columnViewportPosition(cell.column()), matrixView()->viewport()->height(), 1, 1);
    m_definition->open(definitionOfCell(cell), matrixView()->viewport(), anchor);
}

// F1 opens what a number means where there are numbers; everywhere else it is the page of keys.
bool ErrorBreakdown::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::ShortcutOverride || event->type() == QEvent::KeyPress) {
        auto* key = static_cast<QKeyEvent*>(event);
        if (key->key() == Qt::Key_F1 && key->modifiers() == Qt::NoModifier) {
            if (event->type() == QEvent::KeyPress)
                watched == m_strip ? defineScore(m_strip->current()) : defineCell();
            event->accept();
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

void showScores(ScoreStrip& strip, const ShownEvaluation& shown, const ScoreFigures* figures) {
    const Evaluation& evaluation = *shown.pair.evaluation();
    const Breakdown& breakdown = shown.pair.rules == Rules::Strict ? evaluation.strict : evaluation.compat;
    const Tally& total = breakdown.total;
    const QLocale locale;
    const auto count = [&locale](int value) { return locale.toString(value); };
    const auto few = std::count_if(breakdown.perClause.begin(), breakdown.perClause.end(), [](const auto& clause) { return clause.second.goldPresent() < 15; });
    const ScoreFigures rates = figures ? ScoreFigures() : ratesOf(evaluation, shown.pair.rules);
    std::vector<Score> scores;
    for (const ScoreOf of : kStripScores) {
        const ScoreFigure& figure = figures ? figures->of(of) : rates.of(of);
        Score score;
        score.title = scoreColumn(of);
        score.rate = figure.rate;
        if (figure.interval) {
            score.low = (*figure.interval)[0];
            score.high = (*figure.interval)[1];
        }
        score.baseline = of == ScoreOf::Accuracy ? figure.null : std::nullopt;
        score.pinned = figure.other;
        score.change = changeText(figure);
        const Turn turn = turnOf(figure);
        score.turn = turn == Turn::Better ? 1 : turn == Turn::Worse ? -1 : 0;
        switch (of) {
        case ScoreOf::Accuracy:
            score.note = ScoreStrip::tr("null %1 · skill %2 · n %3").arg(percentText(total.nullBaseline()), locale.toString(total.skill(), 'f', 2), count(total.cells()));
            break;
        case ScoreOf::MicroF1:
            score.note = ScoreStrip::tr("present only %1 · n %2").arg(percentText(total.presentAccuracy()), count(total.goldPresent()));
            break;
        case ScoreOf::MacroF1:
            score.note = ScoreStrip::tr("%1 types, %2 with n < 15").arg(breakdown.perClause.size()).arg(few);
            break;
        default:
            score.note = figure.whole > 0 ? QStringLiteral("%1 / %2").arg(count(figure.part), count(figure.whole)) : ScoreStrip::tr("nothing to count");
        }
        score.definition = scoreDefinition(figure, shown.pair, shown.pinnedName).html();
        scores.push_back(score);
    }
    strip.setScores(std::move(scores));
}

} // namespace cw
