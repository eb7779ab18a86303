// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "app/services/run_dataset.h"
#include "core/base/file.h"

#include <QTemporaryDir>
#include <QTest>
#include <nlohmann/json.hpp>

using namespace cw;

namespace {

RunRequest requestWith(const ChunkSettings& chunk) {
    RunRequest request;
    request.spec = defaultSpec(RunKind::Generate);
    request.spec.model = "model";
    request.data.chunk = chunk;
    return request;
}

} // namespace

class TestRunDataset : public QObject {
    Q_OBJECT

private:
    QTemporaryDir m_dir;

    RunFolder newFolder(const RunRequest& request) {
        return *RunFolder::create(m_dir.path().toStdString(), request.spec, SystemClock());
    }

private Q_SLOTS:
    void howContractsAreCutComesBack() {
        for (const std::string& name : chunkStrategyNames()) {
            const RunRequest request = requestWith({4000, 200, *chunkStrategyFromName(name), 123});
            const RunFolder folder = newFolder(request);
            QVERIFY(writeDatasetChoice(folder, request).ok());
            const auto read = readRequest(folder);
            QVERIFY2(read.ok(), read ? "" : read.error().message().c_str());
            QVERIFY(read->data.chunk == request.data.chunk);
        }
    }

    // What was written before there were strategies was cut by sections, without a stub.
    void anOlderFileIsCutAsItWas() {
        const RunRequest request = requestWith({4000, 200});
        const RunFolder folder = newFolder(request);
        auto json = nlohmann::ordered_json::parse(datasetChoice(request));
        QVERIFY(json.erase("strategy") == 1 && json.erase("stub") == 1);
        QVERIFY(writeFileAtomically(folder.dataset(), json.dump()).ok());
        const auto read = readRequest(folder);
        QVERIFY(read.ok());
        QVERIFY(read->data.chunk == (ChunkSettings{4000, 200, ChunkStrategy::Section, 0}));
    }

    void anUnknownStrategyIsRefused() {
        const RunRequest request = requestWith({4000, 200});
        const RunFolder folder = newFolder(request);
        auto json = nlohmann::ordered_json::parse(datasetChoice(request));
        json["strategy"] = "paragraph";
        QVERIFY(writeFileAtomically(folder.dataset(), json.dump()).ok());
        const auto read = readRequest(folder);
        QVERIFY(!read.ok());
        QVERIFY(read.error().code == ErrorCode::Corrupt);
    }
};

QTEST_APPLESS_MAIN(TestRunDataset)
#include "test_run_dataset.moc"
