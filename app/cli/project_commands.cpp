// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "app/cli/commands.h"
#include "app/cli/interrupt.h"
#include "app/cli/output.h"
#include "app/cli/progress.h"
#include "app/services/demo.h"
#include "app/services/result_qt.h"
#include "app/services/sample_project.h"
#include "app/services/verify_service.h"

namespace cw::cli {

namespace {

Result<Exit> init(Context& context, const Arguments& arguments) {
    CW_TRY_ASSIGN(session, StoreSession::create(arguments[0], currentIdentity(), context.clock()));
    const std::string folder = session->store().folder().string();
    const size_t types = session->taxonomy().types().size();
    if (context.json())
        printJson({{"project", folder}, {"clause_types", types}});
    else
        print(QStringLiteral("Made the project %1 with %2 clause types.\n").arg(toQString(folder)).arg(types));
    return Exit::Done;
}

Result<Exit> verify(Context& context, const Arguments&) {
    CW_TRY_ASSIGN(session, context.openToRead());
    const VerifyReport report = verifyProject(*session);
    if (context.json()) {
        printJson({{"contracts", report.contracts}, {"cells", report.cells}, {"spans", report.spans},
                   {"audit_entries", report.auditEntries}, {"faults", report.faults}});
    } else {
        print(QStringLiteral("%1 contracts, %2 reviewed cells, %3 spans, %4 audit entries: ")
                  .arg(report.contracts).arg(report.cells).arg(report.spans).arg(report.auditEntries));
        print(report.faults.empty() ? QStringLiteral("all sound.\n") : QStringLiteral("%1 faults.\n").arg(report.faults.size()));
        for (const std::string& fault : report.faults)
            print(std::string_view(fault + "\n"));
    }
    return report.faults.empty() ? Exit::Done : Exit::Negative;
}

Result<Exit> sample(Context& context, const Arguments& arguments) {
    watchForInterrupt();
    Progress progress;
    const auto goOn = [&](int done, int total, const QString& file) {
        progress.show(done, total, file);
        return !wasInterrupted();
    };
    CW_TRY_ASSIGN(session, createSampleProject(arguments[0], currentIdentity(), context.clock(), goOn));
    progress.finish();
    CW_TRY_ASSIGN(contracts, session->store().contracts().all());
    const std::string folder = session->store().folder().string();
    if (context.json())
        printJson({{"project", folder}, {"contracts", contracts.size()}, {"model", kSampleModel}});
    else
        print(QStringLiteral("Made the sample project %1: %2 annotated contracts and the model %3.\n")
                  .arg(toQString(folder)).arg(contracts.size()).arg(QLatin1String(kSampleModel)));
    return Exit::Done;
}

Json scoreJson(const DemoScore& score) {
    return {{"model", score.model},           {"mode", score.mode},        {"outputs", score.outputs},
            {"valid_rate", score.validRate},  {"accuracy", score.accuracy}, {"null_baseline", score.nullBaseline},
            {"present_accuracy", score.presentAccuracy}, {"micro_f1", score.f1 ? Json(*score.f1) : Json()}};
}

QString percent(double share) { return QString::number(100 * share, 'f', 1) + u'%'; }

void printDemo(const DemoReport& report) {
    std::vector<QStringList> rows{{QStringLiteral("model"), QStringLiteral("decoding"), QStringLiteral("outputs"),
                                   QStringLiteral("valid JSON"), QStringLiteral("accuracy"), QStringLiteral("null baseline"),
                                   QStringLiteral("present right")}};
    for (const DemoScore& score : report.scores)
        rows.push_back({toQString(score.model), toQString(score.mode), QString::number(score.outputs), percent(score.validRate),
                        percent(score.accuracy), percent(score.nullBaseline), percent(score.presentAccuracy)});
    print(table(rows, {2, 3, 4, 5, 6}));
    print(u'\n' + toQString(report.note) + u'\n');
    print(QStringLiteral("\nPairs mined: %1. Time: %2 s.\nProject: %3\nReport:  %4\n")
              .arg(report.pairs).arg(report.seconds, 0, 'f', 0).arg(report.project, report.report));
}

Result<Exit> demo(Context& context, const Arguments& arguments) {
    watchForInterrupt();
    Progress progress;
    const auto goOn = [&](int done, int total, const QString& what) {
        progress.show(done, total, what);
        return !wasInterrupted();
    };
    const QString folder = arguments.positional.isEmpty() ? QStringLiteral("clausewright-demo") : arguments[0];
    CW_TRY_ASSIGN(report, runDemo(folder, currentIdentity(), context.clock(), goOn));
    progress.finish();
    if (!context.json()) {
        printDemo(report);
        return Exit::Done;
    }
    Json scores = Json::array();
    for (const DemoScore& score : report.scores)
        scores.push_back(scoreJson(score));
    printJson({{"project", toStdString(report.project)}, {"report", toStdString(report.report)}, {"pairs", report.pairs},
               {"seconds", report.seconds}, {"note", report.note}, {"scores", std::move(scores)}});
    return Exit::Done;
}

} // namespace

std::vector<Command> projectCommands() {
    return {{QStringLiteral("init"), QStringLiteral("DIR"), QStringLiteral("Makes a new project with the default clause types."),
             QStringLiteral("The folder must not exist or be empty; its name usually ends in .clausewright."), 1, 1, {}, init},
            {QStringLiteral("verify"), {}, QStringLiteral("Checks the store, the originals, the texts, every span and the audit chain."),
             QStringLiteral("Exit code 1 if there is a fault."), 0, 0, {}, verify},
            {QStringLiteral("sample"), QStringLiteral("DIR"),
             QStringLiteral("Makes the bundled sample project: real contracts, annotated, with a tiny base model."), {}, 1, 1, {}, sample},
            {QStringLiteral("demo"), QStringLiteral("[DIR]"),
             QStringLiteral("Runs the whole loop on the sample: import, split, SFT, pairs, DPO, evaluation, report."),
             QStringLiteral("DIR takes the project and the report; without it, clausewright-demo in the current folder does. "
                            "It takes a few minutes; Ctrl+C ends it."),
             0, 1, {}, demo}};
}

} // namespace cw::cli
