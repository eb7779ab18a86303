// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Runs that begin with an adapter: only on what it was trained on.
#include "core/base/file.h"
#include "core/dataset/rows.h"
#include "tests/support/paths.h"
#include "training/model/adapter_files.h"
#include "training/model/adapter_record.h"
#include "training/recipes/worker.h"

#include <QTemporaryDir>
#include <QtTest>
#include <nlohmann/json.hpp>

using namespace cw;
namespace fs = std::filesystem;

class TestRunOrigin : public QObject {
    Q_OBJECT

    QTemporaryDir m_runs;
    SystemClock m_clock;

    static RunSpec oneStep(const fs::path& adapter = {}) {
        RunSpec spec = defaultSpec(RunKind::Sft);
        spec.model = (test::sampleFolder() / "model").string();
        spec.adapter = adapter.string();
        spec.loraRank = 4;
        spec.loraAlpha = 8;
        spec.microBatch = 1;
        spec.accumulation = 1;
        spec.maxSteps = 1;
        spec.threads = 1;
        return spec;
    }

    RunFolder run(const RunSpec& spec) {
        auto folder = RunFolder::create(m_runs.path().toStdString(), spec, m_clock);
        RowMeta meta;
        meta.contract = ContractId("contract");
        meta.request.keys = {"parties"};
        const std::string row = toLine(ChatRow{"Who?", "Lily and Tom.", meta}) + "\n";
        if (!folder || !writeFileAtomically(folder->train(), row))
            qFatal("The run folder can't be made.");
        runWorker(*folder, m_clock);
        return *folder;
    }

    static nlohmann::json failureOf(const RunFolder& folder) {
        return nlohmann::json::parse(*readFile(folder.endMark(RunState::Failed)));
    }
    static std::vector<std::string> notesOf(const RunFolder& folder) {
        std::vector<std::string> notes;
        for (const RunEvent& event : EventTail(folder.events()).poll())
            if (event.kind == "note")
                notes.push_back(event.text("text"));
        return notes;
    }
    static std::int64_t trainableOf(const RunFolder& folder) {
        for (const RunEvent& event : EventTail(folder.events()).poll())
            if (event.kind == "start")
                return static_cast<std::int64_t>(event.number("trainable"));
        return 0;
    }
    static bool mentionsOrigin(const std::vector<std::string>& notes) {
        return std::ranges::any_of(
            notes, [](const std::string& note) { return note.find("what it was trained on") != std::string::npos; });
    }

    // A run's adapter with one hash of its origin changed.
    fs::path adapterWith(std::string AdapterOrigin::*member) {
        const fs::path adapter = run(oneStep()).adapter();
        AdapterRecord record = *readRecord(adapter);
        *record.origin.*member = "another";
        if (!writeRecord(adapter, record))
            qFatal("The adapter's record can't be written.");
        return adapter;
    }

private Q_SLOTS:
    void aRunGoesOnFromItsOwnAdapter() {
        const RunFolder first = run(oneStep());
        QVERIFY(first.state(m_clock) == RunState::Done);
        const AdapterRecord record = *readRecord(first.adapter());
        QVERIFY(record.origin.has_value());
        QCOMPARE(record.origin->dtype, std::string("f32"));
        QVERIFY(!record.frozen);
        const RunFolder second = run(oneStep(first.adapter()));
        QVERIFY(second.state(m_clock) == RunState::Done);
        QVERIFY(!mentionsOrigin(notesOf(second)));
        QVERIFY(readRecord(second.adapter())->origin == record.origin);
    }

    void anAdapterOfAnotherOriginEndsTheRun_data() {
        QTest::addColumn<int>("which");
        QTest::addColumn<QString>("code");
        QTest::addColumn<QString>("sentence");
        const auto text = [](std::string_view view) {
            return QString::fromUtf8(view.data(), static_cast<qsizetype>(view.size()));
        };
        QTest::newRow("base") << 0 << "wrong_base" << text(kOtherBase);
        QTest::newRow("tokenizer") << 1 << "wrong_template" << text(kOtherTokenizer);
        QTest::newRow("template") << 2 << "wrong_template" << text(kOtherTemplate);
    }

    void anAdapterOfAnotherOriginEndsTheRun() {
        QFETCH(const int, which);
        QFETCH(const QString, code);
        QFETCH(const QString, sentence);
        constexpr std::string AdapterOrigin::*kMembers[] = {&AdapterOrigin::baseHash, &AdapterOrigin::tokenizerHash,
                                                            &AdapterOrigin::templateHash};
        const RunFolder folder = run(oneStep(adapterWith(kMembers[which])));
        QVERIFY(folder.state(m_clock) == RunState::Failed);
        const nlohmann::json failure = failureOf(folder);
        QCOMPARE(QString::fromStdString(failure.at("code").get<std::string>()), code);
        QCOMPARE(QString::fromStdString(failure.at("error").get<std::string>()), sentence);
    }

    void anAdapterMadeElsewhereIsUsedWithANote() {
        const fs::path adapter = run(oneStep()).adapter();
        QVERIFY(writeRecord(adapter, {}));
        const RunFolder folder = run(oneStep(adapter));
        QVERIFY(folder.state(m_clock) == RunState::Done);
        QVERIFY(mentionsOrigin(notesOf(folder)));
    }

    void aPissaRunLeavesItsFrozenPartAndGoesOnFromIt() {
        RunSpec spec = oneStep();
        spec.loraInit = "pissa";
        const RunFolder first = run(spec);
        QVERIFY(first.state(m_clock) == RunState::Done);
        const auto config = readModelConfig(spec.model);
        const auto start = readAdapter(first.adapter(), *config);
        QCOMPARE(start->settings.rank, 4);
        QCOMPARE(trainableOf(first), start->parameterCount() / 2); // the other half is frozen
        RunSpec more = oneStep(first.adapter());
        const RunFolder second = run(more);
        const auto next = readAdapter(second.adapter(), *config);
        for (size_t p = 0; p < kProjections; ++p) {
            const LoraPair& before = start->layers[0][p];
            const LoraPair& after = next->layers[0][p];
            QCOMPARE(after.frozenRank, 4);
            QVERIFY(after.a.narrow(0, 4, 4).equal(before.a.narrow(0, 4, 4)));
            QVERIFY(!after.b.narrow(1, 0, 4).equal(before.b.narrow(1, 0, 4)));
        }
    }

    void aPissaStartWithWeightDecayIsRefused() {
        RunSpec spec = oneStep();
        spec.loraInit = "pissa";
        spec.weightDecay = 0.1;
        const RunFolder folder = run(spec);
        QVERIFY(folder.state(m_clock) == RunState::Failed);
        QCOMPARE(failureOf(folder).at("error").get<std::string>(),
                 std::string("An adapter with the PiSSA start can't be trained with weight decay."));
    }
};

QTEST_GUILESS_MAIN(TestRunOrigin)
#include "test_run_origin.moc"
