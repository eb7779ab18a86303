// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// How long agreement takes to be read and worked out: 1,200 contracts x 47 clause types x 2 readings, a third of the cells present
// with a quote of some 300 characters. Prints the times; ends with 1 where the median is over 500 ms.
#include "app/services/agreement_service.h"
#include "app/services/store_view.h"
#include "core/base/rng.h"
#include "core/store/database.h"
#include "tests/support/project_fixture.h"

#include <QCoreApplication>
#include <QElapsedTimer>

#include <algorithm>
#include <cstdio>
#include <cstdlib>

using namespace cw;
using namespace cw::test;

namespace {

constexpr int kContracts = 1200, kPassages = 60, kRuns = 7;
constexpr double kTargetMs = 500;

std::string longText() {
    std::string text;
    for (int i = 0; i < kPassages; ++i)
        text += "Section " + std::to_string(i) + ". The supplier shall, within thirty (30) days of the effective date and at its own cost, deliver the "
                "goods to the place that the buyer names, and keep them insured until they are accepted; the buyer may refuse goods that do "
                "not conform to the specification, and shall say so in writing within ten (10) business days.\n";
    return text;
}

Cell decided(const ClauseType& type, const std::string& text, Rng& rng) {
    Cell cell;
    cell.clause = type.key;
    cell.state = CellState::Absent;
    if (rng.uniform() > 0.33)
        return cell;
    const size_t passage = static_cast<size_t>(rng.below(kPassages)), length = text.size() / kPassages;
    const size_t begin = passage * length, end = std::min(text.size(), begin + length - static_cast<size_t>(rng.below(40)));
    cell.state = CellState::Present;
    cell.spans = {{{begin, end}, text.substr(begin, end - begin)}};
    if (type.kind == ValueKind::Duration)
        cell.value = std::string(rng.uniform() < 0.5 ? "P12M" : "P1Y");
    if (type.kind == ValueKind::Boolean)
        cell.value = true;
    return cell;
}

// Two readings that are the same but for a tenth of the cells.
void fill(ProjectStore& store, const std::string& text) {
    Rng rng(7);
    for (int i = 0; i < kContracts; ++i) {
        const auto id = store.contracts().add(contractNamed("contract-" + std::to_string(i)), documentOf(text)).value();
        std::vector<Cell> first, second;
        for (const ClauseType& type : store.taxonomy().types()) {
            first.push_back(decided(type, text, rng));
            second.push_back(rng.uniform() < 0.1 ? decided(type, text, rng) : first.back());
        }
        for (Cell& cell : second)
            cell.annotator = "Ben";
        const bool fine = store.readings().assign({id}, "Ben").ok() && store.annotations().setAll(id, first, "bulk").ok() &&
                          store.annotations().setAll(id, second, "import", Reading::Second).ok();
        if (!fine)
            std::exit(2);
    }
}

} // namespace

int main(int argc, char** argv) {
    const QCoreApplication application(argc, argv);
    QTemporaryDir temporary;
    const QString folder = temporary.filePath(QStringLiteral("Large.clausewright"));
    const FixedClock clock(noon());
    auto store = ProjectStore::create(folder.toStdString(), defaultTaxonomy(), ana(), clock);
    if (!store)
        return 2;
    fill(**store, longText());
    std::vector<double> times;
    AgreementReport report;
    for (int i = 0; i < kRuns; ++i) {
        QElapsedTimer timer;
        timer.start();
        auto read = withView(folder, ana(), [&](StoreSession& view) {
            const qint64 opened = timer.elapsed();
            auto pairs = view.store().readings().pairs();
            std::printf("view %lld ms, pairs %lld ms", static_cast<long long>(opened), static_cast<long long>(timer.elapsed() - opened));
            timer.start();
            return readAgreement(view);
        });
        if (!read)
            return 2;
        times.push_back(static_cast<double>(timer.nsecsElapsed()) / 1e6);
        report = std::move(*read);
        std::printf(", all of it %.0f ms\n", times.back());
    }
    std::sort(times.begin(), times.end());
    const double median = times[kRuns / 2];
    std::printf("%d contracts, %d cells: median %.0f ms (target %.0f), kappa %.3f\n", report.table.contracts, report.table.total.cells(), median,
                kTargetMs, report.table.total.kappa().value_or(-2));
    return median <= kTargetMs ? 0 : 1;
}
