// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// From a number to the words behind it with the keyboard: the matrix of a real evaluation run, its examples, the diff, the contract.
#include "app/services/result_qt.h"
#include "tests/support/window_fixture.h"
#include "ui/models/error_matrix_model.h"
#include "ui/models/example_list_model.h"
#include "ui/pages/annotate_page.h"
#include "ui/project.h"
#include "ui/widgets/error_matrix_view.h"
#include "ui/widgets/review_columns.h"
#include "ui/widgets/review_document.h"
#include "ui/widgets/segmented_control.h"

#include <QAbstractButton>
#include <QLabel>
#include <QListView>

using namespace cw;
using namespace cw::test;

namespace {

constexpr int kLongest = 240'000; // milliseconds that the run may take on a busy machine

RunRequest tinyEvaluation() {
    RunRequest request;
    request.spec = defaultSpec(RunKind::Evaluate);
    request.spec.name = "Base";
    request.spec.model = kSampleModel;
    request.spec.decoding = "both";
    request.spec.maxNewTokens = 64;
    request.spec.batch = 16;
    request.spec.threads = 1;
    request.spec.dtype = "f32";
    request.data.only = {"document_name", "governing_law"};
    request.data.chunk = {105, 15, ChunkStrategy::Section, 0};
    return request;
}

} // namespace

class TestEvaluationJourney : public Journey {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() {
        if (qEnvironmentVariableIsEmpty("CLAUSEWRIGHT_WORKER"))
            QSKIP("Clausewright was built without training, so no run was scored.");
        newSample();
        MainWindow& window = m_fixture->openWindow(m_project);
        press(window, {Qt::Key_6}, Qt::ControlModifier);
        QVERIFY(!matrix().isVisible()); // nothing scored yet: the page says where to start
        RunSupervisor& runs = window.project()->runs();
        const auto id = runs.launch(tinyEvaluation());
        QVERIFY2(id.ok(), id.ok() ? "" : id.error().message().c_str());
        QTRY_VERIFY_WITH_TIMEOUT(runs.view(*id)->state == RunState::Done, kLongest);
        QTRY_VERIFY(matrix().isVisible()); // it came by itself
    }

    void init() {
        m_fixture->openWindow(m_project);
        press(window(), {Qt::Key_6}, Qt::ControlModifier);
        QTRY_VERIFY(matrix().isVisible());
    }

    void cleanup() { closeWindow(); }
    void cleanupTestCase() { m_fixture.reset(); }

    void theMatrixCountsTheTypesThatWereAskedFor() {
        QStringList clauses;
        for (int row = 0; row < model().rowCount(); ++row)
            if (model().row(row).kind == ErrorMatrixModel::Row::Kind::Clause)
                clauses << toQString(model().row(row).key);
        QCOMPARE(clauses, QStringList({QStringLiteral("document_name"), QStringLiteral("governing_law")}));
        QVERIFY(model().count(model().totalRow(), model().allColumn()) > 0);
    }

    void arrowsGoToACountAndItsExamplesShow() {
        goToACount();
        QCOMPARE(examples().model()->rowCount(), count());
        press(window(), {Qt::Key_Left, Qt::Key_Left, Qt::Key_Left, Qt::Key_Home}); // the clause's name: nothing to list
        QCOMPARE(examples().model()->rowCount(), 0);
    }

    void enterShowsGoldAndPredictionBesideTheContract() {
        goToACount(2);
        press(window(), {Qt::Key_Return});
        QVERIFY(columns().isVisible());
        const ReviewRow& field = columns().sheet().rows.front();
        QVERIFY(field.chosen && !field.sides[1].score.right());
        QVERIFY(page().findChild<ReviewDocument*>()->text().size() > 500);
        const int all = examples().model()->rowCount();
        QCOMPARE(place(), QStringLiteral("1 of %1").arg(all));
        press(window(), {Qt::Key_J});
        QCOMPARE(place(), QStringLiteral("2 of %1").arg(all));
        press(window(), {Qt::Key_K});
        QCOMPARE(place(), QStringLiteral("1 of %1").arg(all));
        press(window(), {Qt::Key_Escape});
        QVERIFY(matrix().isVisible());
        QVERIFY(examples().hasFocus());
    }

    void anExampleOpensWhereItIsAnnotated() {
        goToACount();
        press(window(), {Qt::Key_R}, Qt::ControlModifier);
        const std::string clause = columns().sheet().rows.front().key;
        press(window(), {Qt::Key_Return}, Qt::ControlModifier);
        QCOMPARE(window().currentPage()->id(), QStringLiteral("annotate"));
        const auto* annotate = qobject_cast<AnnotatePage*>(window().currentPage());
        QCOMPARE(annotate->desk()->type().key, clause);
    }

    void theOtherDecodingIsOneStepAway() {
        auto* decoding = page().window()->findChild<SegmentedControl*>(QStringLiteral("decodingMode"));
        QVERIFY(decoding);
        QCOMPARE(decoding->current(), 0);
        QAbstractButton* constrained = decoding->findChildren<QAbstractButton*>().last();
        constrained->setFocus();
        press(window(), {Qt::Key_Space});
        QCOMPARE(decoding->current(), 1);
        QVERIFY(matrix().isVisible());
        bool invalid = false; // constrained answers are always valid JSON
        for (int row = 0; row < model().rowCount(); ++row)
            invalid |= model().count(row, model().columnOfKind(ErrorKind::OutputInvalid)) > 0;
        QVERIFY(!invalid);
    }

private:
    // The first count of at least so many, from the top left with the arrow keys.
    void goToACount(int least = 1) {
        matrix().setFocus();
        matrix().setCurrentIndex(model().index(0, 0));
        for (int row = 0; row < model().rowCount(); ++row) {
            for (int column = 0; column < model().allColumn(); ++column) {
                if (column >= ErrorMatrixModel::FirstError && model().isCount(matrix().currentIndex()) && count() >= least)
                    return;
                press(window(), {Qt::Key_Right});
            }
            press(window(), {Qt::Key_Home, Qt::Key_Down});
        }
        QFAIL("no error in the matrix");
    }

    int count() { return matrix().currentIndex().data().toString().toInt(); }
    Page& page() { return *window().page(QStringLiteral("evaluation")); }
    ErrorMatrixView& matrix() { return *page().findChild<ErrorMatrixView*>(QStringLiteral("errorMatrix")); }
    const ErrorMatrixModel& model() { return *qobject_cast<ErrorMatrixModel*>(matrix().model()); }
    QListView& examples() { return *page().findChild<QListView*>(QStringLiteral("exampleList")); }
    ReviewColumns& columns() { return *page().findChild<ReviewColumns*>(); }
    QString place() { return page().window()->findChild<QLabel*>(QStringLiteral("reviewPlace"))->text(); }
};

QTEST_MAIN(TestEvaluationJourney)
#include "test_evaluation_journey.moc"
