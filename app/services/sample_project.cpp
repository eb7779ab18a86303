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

Status makeAndFill(const QString& folder, const QString& sample, const Identity& identity, const Clock& clock, const ImportProgress& goOn) {
    CW_TRY_ASSIGN(session, StoreSession::create(folder, identity, clock));
    return fill(*session, sample, goOn);
}

} // namespace

Result<std::unique_ptr<StoreSession>> createSampleProject(const QString& folder, const Identity& identity, const Clock& clock,
                                                          const ImportProgress& goOn) {
    CW_TRY_ASSIGN(sample, bundledSample());
    if (QDir place(folder); place.exists() && !place.isEmpty())
        return Error{ErrorCode::BadUsage, "The folder " + toStdString(folder) + " is not empty.", "Choose another one."};
    // Made beside its place and moved there whole: whoever is killed half-way leaves nothing that looks like a project.
    const QString part = folder + QStringLiteral(".part");
    std::error_code ignored;
    fs::remove_all(pathOf(part), ignored);
    if (const Status filled = makeAndFill(part, sample, identity, clock, goOn); !filled) {
        fs::remove_all(pathOf(part), ignored);
        return filled.error();
    }
    QDir().rmdir(folder);
    if (!QDir().rename(part, folder)) {
        fs::remove_all(pathOf(part), ignored);
        return Error{ErrorCode::WriteFailed, "Couldn't write " + toStdString(folder) + ".", "Check the path and that you may write there."};
    }
    return StoreSession::open(folder, OpenMode::ReadWrite, StoreSession::Fallback::None, identity, clock);
}

Result<QString> ensureSampleProject(const Clock& clock) {
    const QString folder = QStandardPaths::writableLocation(QStandardPaths::AppDataLocation) + QStringLiteral("/sample.clausewright");
    if (QFileInfo::exists(folder + QStringLiteral("/project.sqlite")))
        return folder;
    CW_TRY(createSampleProject(folder, currentIdentity(), clock));
    return folder;
}

} // namespace cw
