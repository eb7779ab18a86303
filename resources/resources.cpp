// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "resources/resources.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>

// The macro must stand outside any namespace.
static void registerEmbeddedFiles() { Q_INIT_RESOURCE(clausewright); }

namespace cw {

void initResources() { registerEmbeddedFiles(); }

QByteArray defaultTaxonomyJson() {
    registerEmbeddedFiles();
    QFile file(QStringLiteral(":/clausewright/taxonomy/default.json"));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QString sampleFolder() {
    const QString fromEnvironment = qEnvironmentVariable("CLAUSEWRIGHT_SAMPLE");
    const QString installed = QCoreApplication::applicationDirPath() + QStringLiteral("/../share/clausewright/sample");
    for (const QString& folder : {fromEnvironment, installed, QStringLiteral(CW_SAMPLE_SOURCE)})
        if (!folder.isEmpty() && QDir(folder).exists())
            return QDir::cleanPath(folder);
    return {};
}

} // namespace cw
