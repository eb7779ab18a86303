// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "app/services/sample_project.h"

#include "app/services/dataset_service.h"
#include "app/services/result_qt.h"
#include "core/base/file.h"
#include "resources/resources.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QStandardPaths>

#include <filesystem>

namespace cw {

namespace fs = std::filesystem;

namespace {

const SplitRequest kSampleSplit{{4}, {1}, 1};

fs::path pathOf(const QString& file) { return QFile::encodeName(file).toStdString(); }

Result<QString> bundledSample() {
    const QString folder = sampleFolder();
    if (!folder.isEmpty() && QFileInfo::exists(folder + QStringLiteral("/annotations.json")))
        return folder;
    return Error{ErrorCode::NotFound, "The bundled sample is missing.", "Install Clausewright again, or set CLAUSEWRIGHT_SAMPLE to its folder."};
}

// Into the project, so that its folder is whole by itself.
Status copyModel(StoreSession& session, const QString& from) {
    const fs::path folder = session.store().modelsFolder() / kSampleModel;
    CW_TRY(makeFolder(folder));
    for (const QString& name : QDir(from).entryList(QDir::Files)) {
        CW_TRY_ASSIGN(bytes, readFile(pathOf(from + u'/' + name)));
        CW_TRY(writeFileAtomically(folder / pathOf(name), bytes));
    }
    return session.store().models().add({kSampleModel, std::string("models/") + kSampleModel, "base", {}, {}, {}});
}

Status fill(StoreSession& session, const QString& sample, const ImportProgress& goOn) {
    ImportOptions options;
    options.annotations = sample + QStringLiteral("/annotations.json");
    const ImportReport report = importNow(session, {sample + QStringLiteral("/contracts")}, options, goOn);
    if (report.cancelled)
        return Error{ErrorCode::Cancelled, "The sample project was not made: cancelled.", ""};
    if (!report.failures.empty())
        return report.failures.front().error;
    CW_TRY(copyModel(session, sample + QStringLiteral("/model")));
    CW_TRY(DatasetService(session).makeSplit("default", kSampleSplit, {"contract_type"}));
    return {};
}

} // namespace

Result<std::unique_ptr<StoreSession>> createSampleProject(const QString& folder, const Identity& identity, const Clock& clock,
                                                          const ImportProgress& goOn) {
    CW_TRY_ASSIGN(sample, bundledSample());
    CW_TRY_ASSIGN(session, StoreSession::create(folder, identity, clock));
    if (const Status filled = fill(*session, sample, goOn); !filled) {
        session.reset();
        std::error_code ignored;
        fs::remove_all(pathOf(folder), ignored);
        return filled.error();
    }
    return session;
}

Result<QString> ensureSampleProject(const Clock& clock) {
    const QString folder = QStandardPaths::writableLocation(QStandardPaths::AppDataLocation) + QStringLiteral("/sample.clausewright");
    if (QFileInfo::exists(folder + QStringLiteral("/project.sqlite")))
        return folder;
    CW_TRY(createSampleProject(folder, currentIdentity(), clock));
    return folder;
}

} // namespace cw
