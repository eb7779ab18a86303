// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// calibration.json of a folder: there, missing, and broken.
#include "core/base/file.h"
#include "core/eval/calibration_file.h"

#include <QTemporaryDir>
#include <QtTest>

using namespace cw;

class TestCalibrationFile : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aFolderHasOneOrNot() {
        const QTemporaryDir dir;
        const std::filesystem::path folder(dir.path().toStdString());
        QVERIFY(readCalibration(folder).ok() && !*readCalibration(folder));
        const CalibratedModel model{"adapter", "base", "tokenizer"};
        const Calibration clauses = {{"insurance", {-0.5, 1.25, 0.75, 40}}};
        QVERIFY(writeFileAtomically(folder / kCalibrationFile, calibrationJson(model, clauses)).ok());
        QVERIFY(**readCalibration(folder) == (StoredCalibration{model, clauses}));
    }

    void aBrokenOneNamesItself() {
        const QTemporaryDir dir;
        const std::filesystem::path folder(dir.path().toStdString());
        QVERIFY(writeFileAtomically(folder / kCalibrationFile, "{").ok());
        QVERIFY(!readCalibration(folder).ok());
        QVERIFY(readCalibration(folder).error().detail.find("calibration.json") != std::string::npos);
    }
};

QTEST_APPLESS_MAIN(TestCalibrationFile)
#include "test_calibration_file.moc"
