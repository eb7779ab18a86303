// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// How fast the evaluation page is: up to 150 contracts x 47 types, five runs. Scoring one, and all of them from their folders, as the page
// does; what the window's thread does at a choice (matrix, another pinned run, rates, kinds), a click on a cell until its list is painted, and a review's first picture. Prints
// the 50th, 95th and 99th percentiles in milliseconds. The gold is real: the sample's contracts, or with CW_CORPUS the large collection's,
// repeated until there are enough; the outputs are made up.
//   bench_evaluation [contracts] [runs] [clicks]
#include "app/services/evaluation_cache.h"
#include "core/run/run_folder.h"
#include "resources/resources.h"
#include "tests/support/paths.h"
#include "tests/support/run_fixture.h"
#include "tests/support/synthetic_runs.h"
#include "ui/action_registry.h"
#include "ui/appearance.h"
#include "ui/pages/error_breakdown.h"
#include "ui/widgets/error_matrix_view.h"
#include "ui/widgets/review_columns.h"

#include <QAction>
#include <QApplication>
#include <QElapsedTimer>
#include <QListView>
#include <QTemporaryDir>
#include <QTextStream>

#include <cmath>
#include <cstdlib>
#include <functional>

using namespace cw;
using namespace cw::test;

namespace {

QTextStream& out() {
    static QTextStream stream(stdout);
    return stream;
}

double percentile(const std::vector<double>& sorted, double share) {
    const auto rank = static_cast<size_t>(std::ceil(share * static_cast<double>(sorted.size())));
    return sorted[std::clamp<size_t>(rank, 1, sorted.size()) - 1];
}

void measure(const QString& what, int rounds, const std::function<void(int)>& run) {
    std::vector<double> times;
    for (int round = 0; round < rounds; ++round) {
        QElapsedTimer timer;
        timer.start();
        run(round);
        times.push_back(static_cast<double>(timer.nsecsElapsed()) / 1e6);
    }
    std::sort(times.begin(), times.end());
    out() << QStringLiteral("%1  p50 %2  p95 %3  p99 %4  (n %5)\n").arg(what, -58).arg(percentile(times, 0.5), 8, 'f', 2)
                 .arg(percentile(times, 0.95), 8, 'f', 2).arg(percentile(times, 0.99), 8, 'f', 2).arg(rounds);
    out().flush();
}

SyntheticGold goldOf(size_t contracts) {
    const char* corpus = std::getenv("CW_CORPUS");
    const std::filesystem::path sample = test::sampleFolder();
    const std::filesystem::path folder = corpus ? std::filesystem::path(corpus) / "data" / "contracts" : sample / "contracts";
    SyntheticGold gold = syntheticGold(corpus ? folder / "annotations.json" : sample / "annotations.json", folder, contracts);
    if (gold.rows.empty())
        qFatal("There is no labelled contract in %s.", folder.c_str());
    for (size_t i = 0; gold.rows.size() < contracts; ++i) {
        GoldRow again = gold.rows[i];
        again.contract = ContractId(again.contract.value + "-" + std::to_string(gold.rows.size()));
        gold.texts[again.contract] = gold.texts[gold.rows[i].contract];
        gold.rows.push_back(std::move(again));
    }
    return gold;
}

std::vector<RunFolder> writeRuns(const std::filesystem::path& root, const SyntheticGold& gold, const std::vector<std::vector<OutputRow>>& outputs) {
    std::vector<RunFolder> folders;
    for (const std::vector<OutputRow>& rows : outputs) {
        folders.push_back(RunFolder::create(root, namedSpec(RunKind::Evaluate, "run"), SystemClock()).value());
        if (!writeScorable(folders.back(), gold, rows).ok())
            qFatal("%s can't be written.", root.c_str());
    }
    return folders;
}

// As the page is: painted, not only laid out.
void paint(QWidget& widget) {
    QCoreApplication::sendPostedEvents();
    (void)widget.grab();
}

} // namespace

int main(int argc, char** argv) {
    QApplication application(argc, argv);
    initResources();
    applyTheme(ThemeMode::Light);
    const size_t contracts = argc > 1 ? static_cast<size_t>(std::atoi(argv[1])) : 150;
    const int runs = argc > 2 ? std::atoi(argv[2]) : 5, clicks = argc > 3 ? std::atoi(argv[3]) : 300;
    const SyntheticGold gold = goldOf(contracts);
    std::vector<std::vector<OutputRow>> outputs;
    for (int run = 0; run < runs; ++run)
        outputs.push_back(syntheticOutputs(gold, 0.2 - 0.02 * run, 0.03, static_cast<std::uint64_t>(run + 1)));

    std::vector<std::shared_ptr<const KeptRun>> kept;
    measure(QStringLiteral("score one run"), runs, [&](int run) {
        auto scored = std::make_shared<ScoredRun>();
        scored->id = RunId("run-" + std::to_string(run));
        scored->taxonomy = defaultTaxonomy();
        scored->gold = gold.rows;
        scored->outputs = outputs[static_cast<size_t>(run)];
        scored->texts = gold.texts;
        scored->byMode.emplace("free", evaluate(gold.rows, scored->outputs, scored->taxonomy, gold.textOf()));
        kept.push_back(std::make_shared<KeptRun>(KeptRun{scored, "gold", scored->id.value}));
    });
    const QTemporaryDir folder;
    const std::vector<RunFolder> folders = writeRuns(folder.path().toStdString(), gold, outputs);
    measure(QStringLiteral("score all %1 runs from their folders").arg(runs), 5, [&](int) {
        for (const RunFolder& run : folders)
            (void)scoreRun(run).value();
    });
    const auto pairOf = [&](int shown, int pinned) {
        return ShownEvaluation{{kept[static_cast<size_t>(shown % runs)], kept[static_cast<size_t>(pinned % runs)], "free", Rules::Strict},
                               QStringLiteral("shown"), QStringLiteral("pinned")};
    };
    measure(QStringLiteral("changes of six scores, 10,000 resamples (in a job)"), 3, [&](int round) {
        const ShownEvaluation shown = pairOf(round, round + 1);
        (void)scoreFigures(*shown.pair.evaluation(), Rules::Strict, shown.pair.other());
    });
    measure(QStringLiteral("slices and what is worse than the rest (in a job)"), 1, [&](int) { (void)sliceReport(*kept[0]->scored, "free"); });

    QAction against, kinds, rates, order;
    ErrorBreakdown page({&against, &kinds, &rates, &order});
    page.setWords({[](const ContractId& id) { return QString::fromStdString(id.value); }, {}});
    page.resize(1368, 800);
    page.show();
    page.setEvaluation(pairOf(0, 1));
    paint(page);
    out() << QStringLiteral("%1 cells, %2 wrong\n").arg(page.matrix().row(page.matrix().totalRow()).counts.cells)
                 .arg(page.matrix().count(page.matrix().totalRow(), page.matrix().allColumn()));
    measure(QStringLiteral("another pinned run: matrix and list, painted"), 20, [&](int round) {
        page.setEvaluation(pairOf(0, 1 + round % (runs - 1)));
        paint(page);
    });
    measure(QStringLiteral("another run: the same"), 20, [&](int round) {
        page.setEvaluation(pairOf(round, round + 1));
        paint(page);
    });
    measure(QStringLiteral("open or close the kinds, painted"), 10, [&](int) {
        page.toggleKinds();
        paint(page);
    });
    Rng rng(5);
    const ErrorMatrixModel& matrix = page.matrix();
    const auto clickSomewhere = [&] {
        const QModelIndex cell = matrix.index(static_cast<int>(rng.below(static_cast<std::uint64_t>(matrix.rowCount()))),
                                              ErrorMatrixModel::FirstError + static_cast<int>(rng.below(kErrorColumns + 1)));
        page.matrixView()->setCurrentIndex(cell);
    };
    measure(QStringLiteral("click a cell: its list, painted"), clicks, [&](int) {
        clickSomewhere();
        paint(page);
    });
    measure(QStringLiteral("click the total: the longest list, painted"), 20, [&](int round) {
        page.matrixView()->setCurrentIndex(matrix.index(matrix.totalRow(), round % 2 ? matrix.allColumn() : ErrorMatrixModel::FirstError));
        paint(page);
    });
    const Evaluation &shown = kept[0]->scored->byMode.at("free"), &pinned = kept[static_cast<size_t>(runs - 1)]->scored->byMode.at("free");
    ReviewColumns review;
    review.resize(700, 800);
    review.show();
    measure(QStringLiteral("review a cell: all fields of its contract, painted"), clicks, [&](int) {
        const ScoredCell& cell = shown.cells[static_cast<size_t>(rng.below(shown.cells.size()))];
        review.setSheet(reviewSheet({&kept[0]->scored->taxonomy, &shown, &pinned, Rules::Strict, {}, {}}, cell, true), {});
        paint(review);
    });
    return 0;
}
