// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Reads every include of the source tree and checks the house's dependency rule.
#include <QDirIterator>
#include <QFile>
#include <QRegularExpression>
#include <QTest>

namespace {

struct Include {
    QString file; // relative to the source tree
    QString name; // what stands between the brackets or quotes
};

QList<Include> includesUnder(const QString& folder) {
    static const QRegularExpression kInclude(QStringLiteral("^\\s*#\\s*include\\s*[<\"]([^>\"]+)[>\"]"));
    const QDir root(QStringLiteral(CW_SOURCE_DIR));
    QList<Include> out;
    QDirIterator files(root.filePath(folder), {QStringLiteral("*.h"), QStringLiteral("*.cpp")}, QDir::Files, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        QFile file(files.next());
        if (!file.open(QIODevice::ReadOnly))
            qFatal("unreadable source file");
        for (const QByteArray& line : file.readAll().split('\n'))
            if (const auto match = kInclude.match(QString::fromUtf8(line)); match.hasMatch())
                out << Include{root.relativeFilePath(file.fileName()), match.captured(1)};
    }
    return out;
}

QStringList offences(const QList<Include>& includes, const std::function<bool(const Include&)>& forbidden) {
    QStringList out;
    for (const Include& include : includes)
        if (forbidden(include))
            out << include.file + QStringLiteral(" includes ") + include.name;
    return out;
}

bool isQt(const QString& name) { return name.startsWith(QLatin1Char('Q')) && name.size() > 1 && name.at(1).isUpper(); }

bool isTorch(const QString& name) {
    return name.startsWith(QLatin1String("torch/")) || name.startsWith(QLatin1String("ATen/")) || name.startsWith(QLatin1String("c10/"));
}

bool isUnder(const QString& name, std::initializer_list<const char*> folders) {
    return std::any_of(folders.begin(), folders.end(), [&](const char* folder) { return name.startsWith(QLatin1String(folder)); });
}

} // namespace

class TestLayers : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void coreKnowsNeitherQtNorTorchNorTheLayersAbove() {
        const QList<Include> includes = includesUnder(QStringLiteral("core"));
        QVERIFY(includes.size() > 100);
        QCOMPARE(offences(includes, [](const Include& i) {
                     return isQt(i.name) || isTorch(i.name) || isUnder(i.name, {"training/", "app/", "ui/", "resources/"});
                 }), QStringList());
    }

    void onlyTheStoreIncludesSqlite() {
        QList<Include> includes;
        for (const char* folder : {"core", "training", "app", "ui", "resources"})
            includes += includesUnder(QLatin1String(folder));
        QCOMPARE(offences(includes, [](const Include& i) {
                     return i.name == QLatin1String("sqlite3.h") && !i.file.startsWith(QLatin1String("core/store/"));
                 }), QStringList());
    }

    void onlyTheReaderParsesDocuments() {
        QList<Include> includes;
        for (const char* folder : {"core", "training", "app", "ui", "resources"})
            includes += includesUnder(QLatin1String(folder));
        const auto parses = [](const Include& i) { return i.name.startsWith(QLatin1String("QPdf")) && i.name != QLatin1String("QPdfWriter"); };
        QVERIFY(!offences(includes, parses).isEmpty());
        QCOMPARE(offences(includes, [&](const Include& i) { return parses(i) && !i.file.startsWith(QLatin1String("app/reader/")); }),
                 QStringList());
    }

    void thePureCoreDoesNotKnowTheStore() {
        QList<Include> includes = includesUnder(QStringLiteral("core"));
        QCOMPARE(offences(includes, [](const Include& i) {
                     return !i.file.startsWith(QLatin1String("core/store/")) && i.name.startsWith(QLatin1String("core/store/"));
                 }), QStringList());
    }

    void trainingKnowsNeitherQtNorTheStoreNorTheWindow() {
        const QList<Include> includes = includesUnder(QStringLiteral("training"));
        QVERIFY(includes.size() > 50);
        QCOMPARE(offences(includes, [](const Include& i) { return isQt(i.name) || isUnder(i.name, {"core/store/", "app/", "ui/"}); }),
                 QStringList());
    }

    void onlyTrainingIncludesTorch() {
        QList<Include> includes;
        for (const char* folder : {"core", "app", "ui", "resources"})
            includes += includesUnder(QLatin1String(folder));
        QCOMPARE(offences(includes, [](const Include& i) { return isTorch(i.name) || i.name.startsWith(QLatin1String("training/")); }),
                 QStringList());
    }

    void servicesKnowNoWidgetsAndNotTheWindow() {
        static const QStringList kWidgetHeaders = {
            QStringLiteral("QWidget"), QStringLiteral("QApplication"), QStringLiteral("QMainWindow"), QStringLiteral("QDialog"),
            QStringLiteral("QMessageBox"), QStringLiteral("QFileDialog"), QStringLiteral("QLabel"), QStringLiteral("QPushButton"),
            QStringLiteral("QtWidgets")};
        QCOMPARE(offences(includesUnder(QStringLiteral("app/services")), [](const Include& i) {
                     return kWidgetHeaders.contains(i.name) || i.name.startsWith(QLatin1String("QtWidgets/")) ||
                            isUnder(i.name, {"ui/", "app/cli/", "app/reader/"});
                 }), QStringList());
        QCOMPARE(offences(includesUnder(QStringLiteral("app/cli")), [](const Include& i) { return i.name.startsWith(QLatin1String("ui/")); }),
                 QStringList());
    }

    void theWindowKnowsNeitherSqlNorJson() {
        QCOMPARE(offences(includesUnder(QStringLiteral("ui")), [](const Include& i) {
                     return i.name.startsWith(QLatin1String("QJson")) || i.name.startsWith(QLatin1String("nlohmann/")) ||
                            i.name.startsWith(QLatin1String("QSql")) || i.name.startsWith(QLatin1String("core/store/database"));
                 }), QStringList());
    }

    void nothingOpensTheNetwork() {
        QList<Include> includes;
        for (const char* folder : {"core", "training", "app", "ui"})
            includes += includesUnder(QLatin1String(folder));
        QCOMPARE(offences(includes, [](const Include& i) {
                     return i.name.startsWith(QLatin1String("QNetwork")) || i.name.startsWith(QLatin1String("QTcp")) ||
                            i.name == QLatin1String("sys/socket.h");
                 }), QStringList());
    }

    void noSourceFileIsLongerThan600Lines() {
        QStringList tooLong;
        for (const char* folder : {"core", "training", "app", "ui"}) {
            QDirIterator files(QStringLiteral(CW_SOURCE_DIR "/") + QLatin1String(folder), {QStringLiteral("*.h"), QStringLiteral("*.cpp")},
                               QDir::Files, QDirIterator::Subdirectories);
            while (files.hasNext()) {
                QFile file(files.next());
                QVERIFY(file.open(QIODevice::ReadOnly));
                if (file.readAll().count('\n') > 600)
                    tooLong << file.fileName();
            }
        }
        QCOMPARE(tooLong, QStringList());
    }
};

QTEST_APPLESS_MAIN(TestLayers)
#include "test_layers.moc"
