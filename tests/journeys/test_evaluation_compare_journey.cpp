// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Two evaluations held against each other with the keyboard: pin one, read the deltas, open the kinds, narrow to a slice, list what broke,
// review it, and set all of them side by side with what they cost. The outputs are made up over the sample's gold. With CW_PICTURES it writes
// pictures of every view into that folder, for looking at; if there is a CW_CORPUS too, of 120 contracts of it.
#include "tests/support/pictures.h"
#include "tests/support/project_fixture.h"
#include "tests/support/run_fixture.h"
#include "tests/support/synthetic_runs.h"
#include "tests/support/window_fixture.h"
#include "core/eval/cost.h"
#include "ui/models/cost_table_model.h"
#include "ui/models/error_matrix_model.h"
#include "ui/models/evaluation_table_model.h"
#include "ui/models/example_list_model.h"
#include "ui/pages/error_breakdown.h"
#include "ui/project.h"
#include "ui/widgets/choice_button.h"
#include "ui/widgets/definition_popover.h"
#include "ui/widgets/error_matrix_view.h"
#include "ui/widgets/evaluation_compare.h"
#include "ui/widgets/key_button.h"
#include "ui/widgets/score_strip.h"
#include "ui/widgets/segmented_control.h"
#include "ui/widgets/slice_list.h"

#include <QComboBox>
#include <QDoubleSpinBox>
#include <QLabel>
#include <QListView>

using namespace cw;
using namespace cw::test;

namespace {

constexpr int kScoring = 240'000; // milliseconds on a busy machine
constexpr size_t kDense = 120;

// As many as tell tables and lists from empty ones; for pictures as many as a test side has.
SyntheticGold someGold() {
    const std::filesystem::path sample = test::sampleFolder(), dense = test::corpusFolder() / "data" / "contracts";
    if (wantsPictures() && !test::corpusFolder().empty())
        return syntheticGold(dense / "annotations.json", dense, kDense);
    return syntheticGold(sample / "annotations.json", sample / "contracts", 12);
}

} // namespace

class TestEvaluationCompareJourney : public Journey {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() {
        newSample();
        MainWindow& opened = m_fixture->openWindow(m_project);
        m_gold = someGold();
        for (const auto& [name, errors, seed] : {std::tuple{"base-7b", 0.35, 1}, std::tuple{"sft-r16-from-the-second-split-with-a-long-name-of-its-own", 0.2, 2},
                                                 std::tuple{"dpo-r16-b0.05", 0.15, 3}}) {
            auto spec = namedSpec(RunKind::Evaluate, name);
            spec.decoding = "free";
            const auto run = writeRun(opened.project()->session(), spec, {runEvent("start", {})});
            CW_VERIFY(run);
            CW_VERIFY(writeScorable(*run, m_gold, syntheticOutputs(m_gold, errors, 0.1, static_cast<std::uint64_t>(seed))));
        }
    }

    void init() {
        m_fixture->settings->setPinnedRun(m_project, {}); // what a test pinned would stay
        m_fixture->openWindow(m_project);
        press(window(), {Qt::Key_6}, Qt::ControlModifier);
        QTRY_VERIFY_WITH_TIMEOUT(matrix().isVisible(), kScoring);
    }
    void cleanup() { closeWindow(); }
    void cleanupTestCase() { m_fixture.reset(); }

    void aPinnedRunGivesEveryCellItsDelta() {
        choose("evaluatedRun", QStringLiteral("dpo-r16-b0.05"));
        QVERIFY(deltaOfTotal().isEmpty());
        choose("pinnedRun", QStringLiteral("base-7b"));
        QTRY_VERIFY_WITH_TIMEOUT(!deltaOfTotal().isEmpty(), kScoring);
        QTRY_VERIFY_WITH_TIMEOUT(strip().accessibleDescription().contains(QStringLiteral(" pt")), kScoring);
        QTRY_VERIFY(!page().findChild<QLabel*>(QStringLiteral("shipping"))->text().isEmpty());
        goToTotal();
        QCOMPARE(examples().model()->rowCount(), model().count(model().totalRow(), model().allColumn()));
        QVERIFY(!examples().model()->index(0, 0).data(ExampleListModel::VerdictRole).toString().isEmpty());
    }

    void keysOpenTheKindsAndShowRates() {
        const int columns = model().columnCount();
        goToTotal();
        press(window(), {Qt::Key_E});
        QVERIFY(model().columnCount() > columns);
        press(window(), {Qt::Key_R});
        QVERIFY(model().rates());
        QCOMPARE(page().findChild<SegmentedControl*>(QStringLiteral("countOrRate"))->current(), 1);
        press(window(), {Qt::Key_R, Qt::Key_E});
        QCOMPARE(model().columnCount(), columns);
        QVERIFY(!model().rates());
    }

    void aGroupFoldsByKey() {
        matrix().setFocus();
        matrix().setCurrentIndex(model().index(0, 0));
        const int rows = model().rowCount();
        press(window(), {Qt::Key_Left});
        QVERIFY(model().rowCount() < rows);
        press(window(), {Qt::Key_Right});
        QCOMPARE(model().rowCount(), rows);
        press(window(), {Qt::Key_End, Qt::Key_PageDown, Qt::Key_PageDown, Qt::Key_PageDown, Qt::Key_PageDown, Qt::Key_Down, Qt::Key_Down});
        QCOMPARE(matrix().currentIndex().row(), model().totalRow());
        press(window(), {Qt::Key_Up});
        QCOMPARE(matrix().currentIndex().row(), model().totalRow() - 1);
    }

    void theReviewOpensAtTheChosenExampleAndComesBack() {
        choose("pinnedRun", QStringLiteral("base-7b"));
        QTRY_VERIFY_WITH_TIMEOUT(!deltaOfTotal().isEmpty(), kScoring);
        goToTotal();
        examples().setFocus();
        press(window(), {Qt::Key_Down, Qt::Key_Down});
        QCOMPARE(examples().currentIndex().row(), 2);
        QTest::keyClick(&examples(), Qt::Key_Return, Qt::ShiftModifier);
        QVERIFY(!matrix().isVisible());
        press(window(), {Qt::Key_Escape});
        QVERIFY(matrix().isVisible());
        QVERIFY(examples().hasFocus());
    }

    void aSliceNarrowsTheMatrixAndASecondTimeWidensItAgain() {
        QTRY_VERIFY_WITH_TIMEOUT(slices().model()->rowCount() > 0, kScoring);
        const int all = model().row(model().totalRow()).counts.cells;
        int row = 0;
        while (slices().slices().row(row).kind != SliceListModel::Kind::Slice)
            ++row;
        slices().setFocus();
        slices().setCurrentIndex(slices().model()->index(row, 0));
        press(window(), {Qt::Key_Return});
        QVERIFY(model().row(model().totalRow()).counts.cells < all);
        QVERIFY(page().findChild<ChoiceButton*>(QStringLiteral("sliceChoice"))->isChecked());
        goToTotal();
        QCOMPARE(examples().model()->rowCount(), model().count(model().totalRow(), model().allColumn()));
        slices().setFocus();
        press(window(), {Qt::Key_Return});
        QCOMPARE(model().row(model().totalRow()).counts.cells, all);
    }

    void f1SaysWhatANumberMeans() {
        goToTotal();
        press(window(), {Qt::Key_F1});
        auto* popover = page().findChild<DefinitionPopover*>();
        QVERIFY(popover && popover->isVisible());
        QVERIFY(popover->accessibleDescription().contains(QStringLiteral("Gold: ")));
        QTest::keyClick(popover, Qt::Key_Escape);
        QVERIFY(!popover->isVisible());
        strip().setFocus();
        QTRY_VERIFY_WITH_TIMEOUT((press(window(), {Qt::Key_F1}), popover->isVisible()), kScoring);
        QVERIFY(popover->accessibleName().startsWith(QStringLiteral("Accuracy")));
        popover->close();
    }

    void allEvaluationsStandSideBySideAndTheirFlipsOpen() {
        auto* panel = page().findChild<SegmentedControl*>(QStringLiteral("evaluationPanel"));
        panel->findChildren<KeyButton*>().last()->click();
        auto& table = *page().findChild<TableView*>(QStringLiteral("evaluationTable"));
        const auto& rows = *qobject_cast<EvaluationTableModel*>(table.model());
        QCOMPARE(rows.rowCount(), 3);
        const auto rowOf = [&rows](const QString& name) {
            for (int row = 0; row < rows.rowCount(); ++row)
                if (rows.rows()[static_cast<size_t>(row)].name == name)
                    return row;
            return -1;
        };
        table.setFocus();
        table.setCurrentIndex(rows.index(rowOf(QStringLiteral("base-7b")), EvaluationTableModel::FirstScore));
        press(window(), {Qt::Key_P});
        QTRY_COMPARE(rowOf(QStringLiteral("base-7b")), 0);
        QVERIFY(rows.isPinned(0));
        const auto gained = [&] { return rows.index(rowOf(QStringLiteral("dpo-r16-b0.05")), EvaluationTableModel::Gained); };
        QTRY_VERIFY_WITH_TIMEOUT(rows.flips(gained()) > 0, kScoring);
        table.setFocus();
        table.setCurrentIndex(gained());
        press(window(), {Qt::Key_Return});
        QTRY_VERIFY_WITH_TIMEOUT(!table.isVisible(), kScoring);
        press(window(), {Qt::Key_Escape});
        QVERIFY(table.isVisible());
    }

    void aPinnedRunIsStillPinnedAtTheNextStart() {
        choose("evaluatedRun", QStringLiteral("dpo-r16-b0.05"));
        choose("pinnedRun", QStringLiteral("base-7b"));
        QTRY_VERIFY_WITH_TIMEOUT(!deltaOfTotal().isEmpty(), kScoring);
        closeWindow();
        m_fixture->openWindow(m_project);
        press(window(), {Qt::Key_6}, Qt::ControlModifier);
        QTRY_VERIFY_WITH_TIMEOUT(matrix().isVisible() && !deltaOfTotal().isEmpty(), kScoring);
        QVERIFY(page().window()->findChild<QComboBox*>(QStringLiteral("pinnedRun"))->currentText().endsWith(QStringLiteral("base-7b")));
    }

    void aPriceMakesMoneyOfTimeBesideTheQuality() {
        choose("evaluatedRun", QStringLiteral("dpo-r16-b0.05"));
        show(2);
        auto& table = *page().findChild<TableView*>(QStringLiteral("costTable"));
        QVERIFY(table.isVisible());
        const auto money = [&table] { return textIn(table, QStringLiteral("Money"), CostTableModel::PerCorrect); };
        QCOMPARE(money(), QStringLiteral("not known"));
        QVERIFY(textIn(table, QStringLiteral("Time, s"), CostTableModel::PerCorrect) != QStringLiteral("not known"));
        auto* price = page().findChild<QDoubleSpinBox*>(QStringLiteral("pricePerHour"));
        price->setFocus();
        price->selectAll();
        QTest::keyClicks(price, QStringLiteral("36"));
        press(window(), {Qt::Key_Return});
        QVERIFY(money() != QStringLiteral("not known"));
        show(3);
        const auto& compare = *page().findChild<EvaluationCompare*>();
        QVERIFY(compare.table()->isColumnHidden(EvaluationTableModel::Money));
        choosePart("compareColumns", 1);
        QVERIFY(!compare.table()->isColumnHidden(EvaluationTableModel::Money) && !compare.table()->isColumnHidden(EvaluationTableModel::FirstScore));
        QTRY_VERIFY_WITH_TIMEOUT(compare.model().rows().back().figures != nullptr, kScoring);
        for (int row = 0; row < compare.model().rowCount(); ++row) {
            const QModelIndex cell = compare.model().index(row, EvaluationTableModel::Money);
            QVERIFY(cell.data().toString() != QStringLiteral("not known"));
            QVERIFY(cell.data(EvaluationTableModel::ChangeRole).toString().endsWith(QStringLiteral("a right one")));
        }
        closeWindow();
        QCOMPARE(m_fixture->settings->prices().perHour.value_or(0), 36.0);
    }

    void picturesForWhoeverWantsThem() {
        if (!wantsPictures())
            QSKIP("CW_PICTURES names no folder for pictures.");
        choose("evaluatedRun", QStringLiteral("dpo-r16-b0.05"));
        choose("pinnedRun", QStringLiteral("base-7b"));
        QTRY_VERIFY_WITH_TIMEOUT(strip().accessibleDescription().contains(QStringLiteral(" pt")), kScoring);
        QTRY_VERIFY_WITH_TIMEOUT(slices().model()->rowCount() > 0, kScoring);
        page().findChild<QDoubleSpinBox*>(QStringLiteral("pricePerHour"))->setValue(2.5);
        goToSomeSpan();
        pictures(window(), QStringLiteral("errors"));
        press(window(), {Qt::Key_E, Qt::Key_R});
        pictures(window(), QStringLiteral("kinds"));
        press(window(), {Qt::Key_R, Qt::Key_E});
        show(1);
        pictures(window(), QStringLiteral("calibration"));
        show(2);
        pictures(window(), QStringLiteral("cost"));
        show(3);
        auto& compare = *page().findChild<EvaluationCompare*>();
        QTRY_VERIFY_WITH_TIMEOUT(compare.model().rows().back().figures != nullptr, kScoring);
        pictures(window(), QStringLiteral("compare"));
        choosePart("compareColumns", 1);
        pictures(window(), QStringLiteral("compare-cost"));
        show(0);
        goToTotal();
        press(window(), {Qt::Key_R}, Qt::ControlModifier);
        press(window(), {Qt::Key_J, Qt::Key_J, Qt::Key_N});
        pictures(window(), QStringLiteral("review-dense"));
        press(window(), {Qt::Key_Escape});
    }

private:
    void show(int panel) { choosePart("evaluationPanel", panel); }
    void choosePart(const char* control, int part) {
        page().findChild<SegmentedControl*>(QString::fromLatin1(control))->findChildren<KeyButton*>()[part]->click();
    }
    static QString textIn(const TableView& table, const QString& title, int column) {
        for (int row = 0; row < table.model()->rowCount(); ++row)
            if (table.model()->index(row, 0).data().toString() == title)
                return table.model()->index(row, column).data().toString();
        return {};
    }
    // The clause with the most wrong spans.
    void goToSomeSpan() {
        const int column = model().columnOfKind(ErrorKind::SpanTooShort);
        int best = 0;
        for (int row = 0; row < model().totalRow(); ++row)
            if (model().row(row).kind == ErrorMatrixModel::Row::Kind::Clause &&
                (model().row(best).kind != ErrorMatrixModel::Row::Kind::Clause || model().count(row, column) > model().count(best, column)))
                best = row;
        matrix().setFocus();
        matrix().setCurrentIndex(model().index(best, column));
    }
    void choose(const char* box, const QString& name) {
        auto* combo = page().window()->findChild<QComboBox*>(QString::fromLatin1(box));
        for (int i = 0; i < combo->count(); ++i)
            if (combo->itemData(i, Qt::ToolTipRole).toString().endsWith(name))
                combo->setCurrentIndex(i);
        QTRY_VERIFY_WITH_TIMEOUT(matrix().isVisible(), kScoring);
    }
    void goToTotal() {
        matrix().setFocus();
        matrix().setCurrentIndex(model().index(model().totalRow(), model().allColumn()));
    }
    QString deltaOfTotal() { return model().index(model().totalRow(), ErrorMatrixModel::FirstError).data(ErrorMatrixModel::DeltaTextRole).toString(); }

    Page& page() { return *window().page(QStringLiteral("evaluation")); }
    ErrorMatrixView& matrix() { return *page().findChild<ErrorMatrixView*>(QStringLiteral("errorMatrix")); }
    const ErrorMatrixModel& model() { return *matrix().matrix(); }
    QListView& examples() { return *page().findChild<QListView*>(QStringLiteral("exampleList")); }
    SliceList& slices() { return *page().findChild<SliceList*>(); }
    ScoreStrip& strip() { return *page().findChild<ScoreStrip*>(); }
    SyntheticGold m_gold;
};

QTEST_MAIN(TestEvaluationCompareJourney)
#include "test_evaluation_compare_journey.moc"
