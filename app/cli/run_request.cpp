// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "app/cli/run_request.h"

#include "app/cli/cell_output.h"
#include "app/cli/dataset_options.h"
#include "app/services/result_qt.h"
#include "core/base/file.h"

#include <filesystem>

namespace cw::cli {

namespace {

Error usage(const std::string& what, const std::string& hint = {}) { return {ErrorCode::BadUsage, what, hint}; }

Result<RunSpec> specOf(RunKind kind, const Arguments& arguments) {
    RunSpec spec = defaultSpec(kind);
    if (arguments.positional.size() > 1) {
        CW_TRY_ASSIGN(json, readFile(std::filesystem::path(toStdString(arguments[1]))));
        CW_TRY_ASSIGN(read, runSpecFromJson(json, toStdString(arguments[1])));
        if (read.kind != kind)
            return usage(toStdString(arguments[1]) + " describes a run of kind " + std::string(toString(read.kind)) + ".");
        spec = std::move(read);
    }
    for (const QString& assignment : arguments.values("set")) {
        const qsizetype equals = assignment.indexOf(u'=');
        if (equals <= 0)
            return usage("--set takes KEY=VALUE, not " + toStdString(assignment) + ".");
        CW_TRY(setField(spec, toStdString(assignment.left(equals)), toStdString(assignment.mid(equals + 1))));
    }
    return spec;
}

} // namespace

std::vector<Option> runRequestOptions() {
    std::vector<Option> options{{QStringLiteral("set"), QStringLiteral("KEY=VALUE"), QStringLiteral("Sets one field of the run."), true},
                                {QStringLiteral("side"), QStringLiteral("SIDE"),
                                 QStringLiteral("What generate and evaluate ask about: train, validation or test; else test.")},
                                {QStringLiteral("data"), QStringLiteral("DIR"),
                                 QStringLiteral("What generate and evaluate ask about, from a folder that `shift` wrote, instead of a side.")},
                                {QStringLiteral("voted-only"), {}, QStringLiteral("dpo: leave out mined pairs that nobody voted on.")}};
    for (Option& option : datasetOptionTable())
        options.push_back(std::move(option));
    return options;
}

Result<RunRequest> runRequest(const Arguments& arguments, const Taxonomy& taxonomy) {
    const auto kind = runKindFromString(toStdString(arguments[0]));
    if (!kind)
        return usage("There is no run of kind " + toStdString(arguments[0]) + ".", "Use sft, dpo, sweep, generate or evaluate.");
    RunRequest request;
    CW_TRY_ASSIGN(spec, specOf(*kind, arguments));
    request.spec = std::move(spec);
    CW_TRY_ASSIGN(data, datasetOptions(arguments, taxonomy));
    request.data = std::move(data);
    CW_TRY_ASSIGN(side, sideFromName(arguments.value("side", QStringLiteral("test"))));
    request.side = side;
    request.useMined = !arguments.has("voted-only");
    if (arguments.has("data")) {
        if (*kind != RunKind::Generate && *kind != RunKind::Evaluate)
            return usage("--data is for runs of kind generate and evaluate.", "Train on the project's contracts.");
        request.folder = std::filesystem::absolute(toStdString(arguments.value("data"))).lexically_normal().string();
    }
    return request;
}

QString runFieldsHelp() {
    QStringList keys;
    for (const RunField& field : runFields())
        keys += toQString(field.key);
    return QStringLiteral("Fields: %1.").arg(keys.join(QStringLiteral(", ")));
}

} // namespace cw::cli
