// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The tables of the evaluation page over real gold with made-up outputs: every count is as long as its list and adds up, deltas are the
// differences, folding hides and shows; the words of scores; slices narrow; evaluations side by side.
#include "app/services/result_qt.h"
#include "core/base/rng.h"
#include "resources/resources.h"
#include "tests/support/synthetic_runs.h"
#include "ui/models/cost_table_model.h"
#include "ui/models/error_matrix_model.h"
#include "ui/models/evaluation_table_model.h"
#include "ui/models/example_list_model.h"
#include "ui/models/page_index.h"
#include "ui/models/score_words.h"
#include "ui/models/slice_list_model.h"
#include "ui/widgets/fitted_label.h"
#include "ui/widgets/score_strip.h"

#include <QSignalSpy>
#include <QtTest>

using namespace cw;
using namespace cw::test;

namespace {

using Row = ErrorMatrixModel::Row;

ScoreFigure changed(ScoreOf score, double change, std::optional<double> p, std::optional<double> detectable = {}) {
    ScoreFigure figure;
    figure.of = score;
    figure.rate = 0.9;
    figure.change = ScoreChange{change, {}, p, detectable};
    return figure;
}

} // namespace

class TestEvaluationModels : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() {
        QLocale::setDefault(QLocale::c());
        initResources();
        const std::filesystem::path sample = toStdString(sampleFolder());
        m_gold = syntheticGold(sample / "annotations.json", sample / "contracts", 12);
        QVERIFY(m_gold.rows.size() >= 5);
        const TextOf texts = m_gold.textOf();
        m_shown = evaluate(m_gold.rows, syntheticOutputs(m_gold, 0.25, 0.3, 1), defaultTaxonomy(), texts);
        m_other = evaluate(m_gold.rows, syntheticOutputs(m_gold, 0.35, 0.3, 2), defaultTaxonomy(), texts);
        m_pairs = pairCells(m_shown, &m_other);
        QVERIFY(m_shown.strict.total.accuracy() < 0.95);
    }

    void init() {
        m_model.setKindsOpen(false);
        m_model.setRates(false);
        for (int row = 0; row < m_model.rowCount(); ++row) // what a test has folded stays so
            if (m_model.index(row, 0).data(ErrorMatrixModel::FoldRole).toBool())
                m_model.toggleFold(row);
        m_model.setPinned(QStringLiteral("other"));
        m_model.setCounts(countErrors(m_pairs, Rules::Strict), defaultTaxonomy());
    }

    void everyColumnAddsUpToTheTotal_data() {
        QTest::addColumn<bool>("open");
        QTest::newRow("eight groups") << false;
        QTest::newRow("every kind") << true;
    }
    void everyColumnAddsUpToTheTotal() {
        QFETCH(const bool, open);
        m_model.setKindsOpen(open);
        QCOMPARE(m_model.allColumn() - ErrorMatrixModel::FirstError, open ? static_cast<int>(allErrorKinds().size()) : kErrorColumns);
        const int total = m_model.totalRow();
        int all = 0;
        for (int column = ErrorMatrixModel::FirstError; column <= m_model.allColumn(); ++column) {
            int groups = 0, clauses = 0;
            for (int row = 0; row < total; ++row)
                (m_model.row(row).kind == Row::Kind::Group ? groups : clauses) += m_model.count(row, column);
            QCOMPARE(groups, m_model.count(total, column));
            QCOMPARE(clauses, m_model.count(total, column));
            all += column < m_model.allColumn() ? m_model.count(total, column) : 0;
        }
        const Tally& tally = m_shown.strict.total;
        QCOMPARE(all, m_model.count(total, m_model.allColumn()));
        QCOMPARE(all, tally.cells() - tally.tp - tally.tn);
    }

    void tenThousandRandomCellsAreAsLongAsTheirLists() {
        Rng rng(11);
        for (int click = 0; click < 10000; ++click) {
            if (click % 500 == 0)
                m_model.setKindsOpen(!m_model.kindsOpen());
            if (click % 700 == 0)
                foldSomeGroup(rng);
            const QModelIndex cell = m_model.index(static_cast<int>(rng.below(static_cast<std::uint64_t>(m_model.rowCount()))),
                                                   static_cast<int>(rng.below(static_cast<std::uint64_t>(m_model.columnCount()))));
            if (!m_model.isError(cell.column()))
                continue;
            const auto list = examplesOf(m_pairs, Rules::Strict, m_model.filterOf(cell, Rules::Strict), ExampleOrder::LeastAlike);
            QCOMPARE(static_cast<int>(list.size()), m_model.count(cell.row(), cell.column()));
        }
    }

    void aDeltaIsTheDifferenceOfTheTwoMatrices() {
        ErrorMatrixModel other;
        other.setCounts(countErrors(pairCells(m_other, nullptr), Rules::Strict), defaultTaxonomy());
        bool more = false, fewer = false;
        for (int row = 0; row < m_model.rowCount(); ++row)
            for (int column = ErrorMatrixModel::FirstError; column < m_model.allColumn(); ++column) {
                const int delta = m_model.index(row, column).data(ErrorMatrixModel::DeltaRole).toInt();
                QCOMPARE(delta, m_model.count(row, column) - other.count(row, column));
                const QString text = m_model.index(row, column).data(ErrorMatrixModel::DeltaTextRole).toString();
                QCOMPARE(text, delta == 0 ? QStringLiteral("·") : (delta > 0 ? QStringLiteral("▴") : QStringLiteral("▾")) + QString::number(std::abs(delta)));
                more |= delta > 0;
                fewer |= delta < 0;
            }
        QVERIFY(more && fewer);
        QVERIFY(other.index(0, ErrorMatrixModel::FirstError).data(ErrorMatrixModel::DeltaTextRole).toString().isEmpty());
    }

    void aRateIsTheCountOfItsCells() {
        m_model.setRates(true);
        const int total = m_model.totalRow(), column = m_model.columnOfKind(ErrorKind::Missed);
        const Row& row = m_model.row(total);
        QCOMPARE(m_model.index(total, column).data().toString(), percentText(static_cast<double>(m_model.count(total, column)) / row.counts.cells));
    }

    void aFoldedGroupKeepsItsRowAndItsCounts() {
        const int before = m_model.rowCount(), all = m_model.count(m_model.totalRow(), m_model.allColumn());
        QVERIFY(m_model.row(0).kind == Row::Kind::Group);
        const int of = m_model.count(0, m_model.allColumn());
        m_model.toggleFold(0);
        QVERIFY(m_model.rowCount() < before);
        QVERIFY(m_model.row(1).kind != Row::Kind::Clause);
        QVERIFY(m_model.index(0, 0).data(ErrorMatrixModel::FoldRole).toBool());
        QCOMPARE(m_model.count(0, m_model.allColumn()), of);
        QCOMPARE(m_model.count(m_model.totalRow(), m_model.allColumn()), all);
        const QModelIndex cell = m_model.index(0, m_model.allColumn());
        QCOMPARE(static_cast<int>(examplesOf(m_pairs, Rules::Strict, m_model.filterOf(cell, Rules::Strict), ExampleOrder::LeastAlike).size()), of);
        m_model.toggleFold(0);
        QCOMPARE(m_model.rowCount(), before);
    }

    void theChipsCountTheExamplesAndNarrowThem() {
        const QModelIndex cell = m_model.index(m_model.totalRow(), m_model.allColumn());
        ExampleListModel list;
        list.setExamples(examplesOf(m_pairs, Rules::Strict, m_model.filterOf(cell, Rules::Strict), ExampleOrder::LeastAlike), Rules::Strict,
                         {[](const ContractId& id) { return toQString(id.value); }, {}});
        const int all = list.rowCount();
        QCOMPARE(all, m_model.count(cell.row(), cell.column()));
        const auto kinds = list.kinds();
        QVERIFY(kinds.size() > 1);
        int sum = 0;
        for (const auto& [kind, count] : kinds) {
            list.setKind(kind);
            QCOMPARE(list.rowCount(), count);
            QCOMPARE(list.index(0).data(ExampleListModel::KindRole).toString(), kindWords(kind));
            sum += count;
        }
        QCOMPARE(sum, all);
        list.setKind({});
        QCOMPARE(static_cast<int>(list.shownCells().size()), all);
        double last = 0;
        for (int row = 0; row < all && list.example(row)->shown->gold && list.example(row)->shown->predicted; ++row) {
            QVERIFY(list.example(row)->shown->strict.textSimilarity >= last);
            last = list.example(row)->shown->strict.textSimilarity;
        }
    }

    void aVerdictIsSaidInWords() {
        ExampleListModel list;
        list.setExamples(examplesOf(m_pairs, Rules::Strict, [](const ScoredCell&) { return true; }, ExampleOrder::ByContract), Rules::Strict,
                         {[](const ContractId& id) { return toQString(id.value); }, [](const ScoredCell&) { return 7; }});
        QSet<QString> verdicts;
        for (int row = 0; row < list.rowCount(); ++row) {
            verdicts << list.index(row).data(ExampleListModel::VerdictRole).toString();
            QVERIFY(list.index(row).data(Qt::AccessibleTextRole).toString().contains(QStringLiteral("p 7")));
        }
        QVERIFY(verdicts.contains(QStringLiteral("broken")));
        QVERIFY(verdicts.contains(QStringLiteral("still wrong")));
        QVERIFY(!verdicts.contains(QString()));
    }

    void everyKindHasWordsOfItsOwn() {
        QSet<QString> names;
        for (const ErrorKind kind : allErrorKinds()) {
            names << kindWords(kind);
            QVERIFY(kindHelp(kind).startsWith(kindWords(kind).left(1).toUpper()));
        }
        QCOMPARE(names.size(), static_cast<qsizetype>(allErrorKinds().size()));
    }

    void aChangeIsCalledOneOnlyWithATest() {
        QCOMPARE(changeText(changed(ScoreOf::Accuracy, 0.009, 0.004, 0.012)), QStringLiteral("▴ 0.9 pt, p 0.004"));
        QVERIFY(turnOf(changed(ScoreOf::Accuracy, 0.009, 0.004)) == Turn::Better);
        QVERIFY(turnOf(changed(ScoreOf::Invented, 0.009, 0.004)) == Turn::Worse); // more of what is invented
        QCOMPARE(changeText(changed(ScoreOf::Accuracy, -0.013, 0.0004)), QStringLiteral("▾ 1.3 pt, p < 0.001"));
        QCOMPARE(changeText(changed(ScoreOf::Accuracy, 0.007, 0.3, 0.012)), QStringLiteral("+0.7 pt, n too small"));
        QCOMPARE(changeText(changed(ScoreOf::Accuracy, 0.02, 0.3, 0.012)), QStringLiteral("▴ 2.0 pt, p 0.30"));
        QVERIFY(turnOf(changed(ScoreOf::Accuracy, 0.02, 0.3, 0.012)) == Turn::Unclear);
        QCOMPARE(changeText(changed(ScoreOf::Quotes, 0.003, {})), QStringLiteral("+0.3 pt"));
        QCOMPARE(pointsText(-0.0001), QStringLiteral("0.0"));
    }

    void shippingIsSaidWithItsBound() {
        const auto said = [](double change, double low, double high) {
            const NonInferiority shipping = shippingVerdict(change, std::array<double, 2>{low, high}, 150);
            return verdictText(shipping.verdict) + QStringLiteral(": ") + shippingBounds(shipping);
        };
        QCOMPARE(said(0.001, -0.003, 0.005), QStringLiteral("fit to ship: lower bound -0.3 pt > -0.5"));
        QCOMPARE(said(-0.02, -0.03, -0.01), QStringLiteral("not fit to ship: upper bound -1.0 pt < -0.5"));
        QVERIFY(said(0, -0.02, 0.02).startsWith(QStringLiteral("can't tell yet: [-2.0, +2.0] holds -0.5 pt")));
    }

    void whatIsntComparedIsSaid() {
        PairedComparison pair;
        QCOMPARE(regradedText(pair), QString());
        pair.regraded = 12;
        QCOMPARE(regradedText(pair), QStringLiteral(" · 12 cells not compared: their gold differs"));
        pair.clusters = 3;
        QCOMPARE(shippingBounds(shippingVerdict(pair)), QStringLiteral("too few contracts; about 30 would tell"));
    }

    void aSliceNarrowsToItsCells() {
        ScoredRun run;
        run.taxonomy = defaultTaxonomy();
        run.gold = m_gold.rows;
        run.texts = m_gold.texts;
        run.byMode.emplace("free", m_shown);
        SliceListModel model;
        model.setReport(sliceReport(run, "free"), run.taxonomy);
        const auto facets = std::make_shared<const FacetTable>(facetsOf(run));
        int slices = 0;
        for (int row = 0; row < model.rowCount(); ++row) {
            const SliceListModel::Row& of = model.row(row);
            if (of.kind != SliceListModel::Kind::Slice)
                continue;
            ++slices;
            const CellFilter in = filterOf(of.conditions, facets, run.taxonomy);
            std::set<ContractId> contracts;
            int cells = 0, right = 0;
            for (const ScoredCell& cell : m_shown.cells)
                if (in(cell)) {
                    contracts.insert(cell.contract);
                    ++cells;
                    right += cell.strict.right();
                }
            QCOMPARE(static_cast<int>(contracts.size()), of.contracts);
            QCOMPARE(static_cast<double>(right) / cells, *of.rate);
        }
        QVERIFY(slices > 2);
        const CellFilter group = filterOf({{CellCondition::Of::ClauseGroup, {}, "term"}}, facets, run.taxonomy);
        for (const ScoredCell& cell : m_shown.cells)
            QCOMPARE(group(cell), run.taxonomy.find(cell.clause)->group == "term");
    }

    void evaluationsStandSideBySide() {
        EvaluationTableModel model;
        model.setRows({{RunId("b"), QStringLiteral("second"), {}, 0, {}, {}, {}}, {RunId("a"), QStringLiteral("first"), {}, 0, {}, {}, {}}}, RunId("a"));
        QVERIFY(model.isPinned(0)); // above all others
        QVERIFY(model.index(1, EvaluationTableModel::FirstScore).data().toString().isEmpty()); // not scored yet
        model.setFigures(RunId("a"), m_other.contracts, {}, std::make_shared<ScoreFigures>(scoreFigures(m_other, Rules::Strict, nullptr)));
        const auto figures = std::make_shared<ScoreFigures>(scoreFigures(m_shown, Rules::Strict, &m_other));
        Cost cost;
        cost.contracts = 4;
        cost.correctPresent = 10;
        cost.tokensOut = 6000;
        cost.latencyP50 = 2;
        cost.latencyP95 = 3.5;
        model.setFigures(RunId("b"), m_shown.contracts, cost, figures);
        QVERIFY(model.index(1, EvaluationTableModel::FirstScore).data().toString().startsWith(percentText(m_shown.strict.total.accuracy())));
        QCOMPARE(model.index(1, EvaluationTableModel::FirstScore).data(EvaluationTableModel::ChangeRole).toString(), changeText(figures->of(ScoreOf::Accuracy)));
        int gained = 0, lost = 0;
        for (const CellPair& pair : m_pairs) {
            gained += pair.shown->strict.right() && !pair.other->strict.right();
            lost += !pair.shown->strict.right() && pair.other->strict.right();
        }
        QCOMPARE(model.flips(model.index(1, EvaluationTableModel::Gained)), gained);
        QCOMPARE(model.flips(model.index(1, EvaluationTableModel::Lost)), lost);
        QVERIFY(gained > 0 && lost > 0);
        QVERIFY(model.index(0, EvaluationTableModel::FirstScore).data(EvaluationTableModel::ChangeRole).toString().isEmpty());
        QCOMPARE(model.index(0, EvaluationTableModel::Gained).data().toString(), QString());
        const auto cell = [&model](int row, int column) {
            return model.index(row, column).data().toString() + QLatin1Char('|') + model.index(row, column).data(EvaluationTableModel::ChangeRole).toString();
        };
        QCOMPARE(cell(1, EvaluationTableModel::TokensWritten), QStringLiteral("1500|600 a right one"));
        QCOMPARE(cell(1, EvaluationTableModel::Latency), QStringLiteral("2|p95 3.50"));
        for (const int column : {EvaluationTableModel::TokensRead, EvaluationTableModel::Time, EvaluationTableModel::Energy, EvaluationTableModel::Money})
            QCOMPARE(cell(1, column), QStringLiteral("not known|")); // never 0
        QVERIFY(model.index(1, EvaluationTableModel::Money).data(MutedRole).toBool());
    }

    void anIntervalFitsBesideItsScoreInASmallWindow() {
        ScoreStrip strip;
        strip.resize(1208, 123); // a window of 1280
        Score score;
        score.rate = 1.0;
        score.low = 0.701;
        score.high = 1.0;
        Score narrow = score;
        narrow.rate = narrow.high = 0.9991; // one letter more than 100
        strip.setScores({score, narrow, score, score, narrow, score});
        for (int at = 0; at < 6; ++at) {
            const ScoreStrip::Interval interval = strip.intervalOf(at);
            QVERIFY(interval.text.startsWith(QStringLiteral("[70.1, ")));
            QVERIFY(QFontMetrics(interval.font).horizontalAdvance(interval.text) <= interval.room.width());
            QVERIFY(strip.cellRect(at).contains(interval.room));
        }
        strip.setScores({Score{}});
        QVERIFY(strip.intervalOf(0).text.isEmpty());
    }

    void whatAScoreCountsIsWholeInASmallWindow() {
        ScoreStrip strip;
        strip.resize(1208, 123); // a window of 1280
        Score score;
        score.rate = 0.942;
        score.note = QStringLiteral("null 68.2 \u00B7 skill 0.55 \u00B7 n 5,640");
        Score wide = score;
        wide.note = QStringLiteral("null 68.2 \u00B7 skill \u22120.55 \u00B7 n 1,005,640");
        strip.setScores({score, wide, score, score, score, score});
        for (int at = 0; at < 6; ++at) {
            const ScoreStrip::Note note = strip.noteOf(at);
            QCOMPARE(note.lines.join(QStringLiteral(" \u00B7 ")), at == 1 ? wide.note : score.note);
            for (const QString& line : note.lines)
                QVERIFY(QFontMetrics(note.font).horizontalAdvance(line) <= strip.cellRect(at).width() - 24);
        }
    }

    void aSentenceInABarEndsInDotsAndIsWholeInItsTip() {
        FittedLabel label;
        label.setText(QStringLiteral("can't tell yet: [-1.2, 0.9] holds -0.5 pt; about 1,200 contracts would tell"));
        label.resize(200, 44);
        const QStringList two = label.shownLines();
        QCOMPARE(two.size(), 2);
        label.resize(900, 44);
        QCOMPARE(label.shownLines(), QStringList{label.text()});
        label.resize(200, 16);
        QCOMPARE(label.shownLines().size(), 1);
        QVERIFY(label.shownLines().front().endsWith(QChar(0x2026)));
        QVERIFY(label.fontMetrics().horizontalAdvance(label.shownLines().front()) <= 200);
    }

    void costIsKnownOrSaidNotToBe() {
        Cost cost;
        cost.contracts = 4;
        cost.correctPresent = 16;
        cost.seconds = 32;
        cost.money = 0.0123;
        cost.latencyP50 = 7.25;
        Cost other = cost;
        other.correctPresent = 0; // bought nothing
        CostTableModel model;
        model.setCosts(cost, other);
        const auto row = [&model](const QString& title) {
            for (int at = 0; at < model.rowCount(); ++at)
                if (model.index(at, CostTableModel::What).data().toString() == title)
                    return at;
            return -1;
        };
        const auto text = [&](const QString& title, int column) { return model.index(row(title), column).data().toString(); };
        QCOMPARE(text(QStringLiteral("Time, s"), CostTableModel::Whole), QStringLiteral("32"));
        QCOMPARE(text(QStringLiteral("Time, s"), CostTableModel::PerContract), QStringLiteral("8"));
        QCOMPARE(text(QStringLiteral("Time, s"), CostTableModel::PerCorrect), QStringLiteral("2"));
        QCOMPARE(text(QStringLiteral("Time, s"), CostTableModel::PinnedPerCorrect), QStringLiteral("not known"));
        QCOMPARE(text(QStringLiteral("Money"), CostTableModel::Whole), QStringLiteral("0.0123"));
        QCOMPARE(text(QStringLiteral("Energy, Wh"), CostTableModel::Whole), QStringLiteral("not known"));
        QVERIFY(model.index(row(QStringLiteral("Energy, Wh")), CostTableModel::Whole).data(MutedRole).toBool());
        QCOMPARE(text(QStringLiteral("Latency of a contract, p50, s"), CostTableModel::Whole), QStringLiteral("\u2013")); // there is no sum
        QCOMPARE(text(QStringLiteral("Latency of a contract, p50, s"), CostTableModel::PerContract), QStringLiteral("7.25"));
        QCOMPARE(amountText(0.000456), QStringLiteral("0.000456"));
        QCOMPARE(amountText(12345.6), QStringLiteral("12346"));
        QCOMPARE(amountText(0.0), QStringLiteral("0"));
    }

    void aPageIsKnownOnceItsContractWasRead() {
        PageIndex pages;
        QCOMPARE(pages.pageOf(ContractId("a"), 5), 0); // no source
        pages.setSource([](const ContractId&) {
            return std::vector<LineBox>{{0, {0, 10}, 0, 0, 0, 0}, {0, {11, 20}, 0, 0, 0, 0}, {1, {21, 30}, 0, 0, 0, 0}};
        });
        QSignalSpy found(&pages, &PageIndex::found);
        QCOMPARE(pages.pageOf(ContractId("a"), 15), 0);
        QVERIFY(found.wait());
        QCOMPARE(pages.pageOf(ContractId("a"), 15), 1);
        QCOMPARE(pages.pageOf(ContractId("a"), 20), 1); // between the lines
        QCOMPARE(pages.pageOf(ContractId("a"), 25), 2);
    }

private:
    void foldSomeGroup(Rng& rng) {
        const int row = static_cast<int>(rng.below(static_cast<std::uint64_t>(m_model.rowCount())));
        if (m_model.row(row).kind == Row::Kind::Group)
            m_model.toggleFold(row);
    }

    SyntheticGold m_gold;
    Evaluation m_shown, m_other;
    std::vector<CellPair> m_pairs;
    ErrorMatrixModel m_model;
};

QTEST_MAIN(TestEvaluationModels)
#include "test_evaluation_models.moc"
