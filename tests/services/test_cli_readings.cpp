// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Double annotation with the built command line: assign, read blind, finish, agreement, adjudicate.
#include "app/services/result_qt.h"
#include "tests/support/project_fixture.h"

#include <QProcess>

#include <nlohmann/json.hpp>

using namespace cw;
using namespace cw::test;
using Json = nlohmann::json;

class TestCliReadings : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() {
        m_project = std::make_unique<ProjectFixture>();
        QVERIFY(m_project->store != nullptr);
        decideAll("Ana", Reading::Record);
        CW_VERIFY(m_project->store->annotations().set(m_project->msa, presentCell("insurance", "3 April 2024"), "present"));
        m_project->store.reset(); // the command line writes
    }

    void fromAssignmentToAdjudication() {
        QCOMPARE(run("readings assign msa --to Ben").code, 0);
        Json list = run("--json readings list").json()["readings"];
        QCOMPARE(list.size(), size_t(1));
        QCOMPARE(list[0]["state"].get<std::string>(), std::string("assigned"));
        QCOMPARE(list[0]["second_reader"].get<std::string>(), std::string("Ben"));

        QCOMPARE(run("annotate msa non_compete --absent --annotator Ben").code, 0); // into the second reading
        const Outcome early = run("readings finish msa --annotator Ben");
        QCOMPARE(early.code, 2);
        QVERIFY2(early.err.contains("46 clauses are not decided"), early.err.constData());
        reopenStore("Ben");
        decideAll("Ben", Reading::Second);
        m_project->store.reset();
        QCOMPARE(run("readings finish msa --annotator Ben").code, 0);

        const Json finished = run("--json readings finish msa --annotator Ana").json();
        QCOMPARE(finished["conflicts"], Json::array({"insurance"}));
        Json report = run("agreement PROJECT --json").json();
        QCOMPARE(report["contracts"].get<int>(), 1);
        QCOMPARE(report["open_conflicts"].get<int>(), 1);
        QCOMPARE(report["conflicts"][0]["kind"].get<std::string>(), std::string("presence"));
        QCOMPARE(report["conflicts"][0]["first"]["state"].get<std::string>(), std::string("present"));
        QCOMPARE(report["total"]["n"].get<int>(), 47);
        QCOMPARE(report["per_clause"].size(), size_t(47));
        QVERIFY(report["per_clause"]["non_compete"]["kappa"].is_null()); // nothing varies
        QVERIFY(run("agreement PROJECT").out.contains("1 to adjudicate"));

        QCOMPARE(run("adjudicate PROJECT msa insurance --take both").code, 2);
        const Json taken = run("--json adjudicate PROJECT msa insurance --take second --annotator Cleo").json();
        QCOMPARE(taken["state"].get<std::string>(), std::string("absent"));
        QCOMPARE(taken["annotator"].get<std::string>(), std::string("Cleo"));
        QCOMPARE(run("adjudicate PROJECT msa insurance --take first").code, 2); // settled
        QCOMPARE(run("--json readings list").json()["readings"][0]["state"].get<std::string>(), std::string("done"));
    }

    void aBlindReaderIsShownTheirOwnReading() {
        QCOMPARE(run("readings assign msa --to Ben").code, 0);
        m_person = QStringLiteral("Ben");
        int decided = 0;
        const Json shown = run("--json show msa").json();
        for (const Json& cell : shown["clauses"])
            decided += cell["state"] != "not_reviewed";
        QCOMPARE(decided, 0);
        const Json entries = run("--json audit msa").json()["entries"];
        for (const Json& entry : entries)
            QVERIFY(entry["entity"] != "cell");
        const Json contracts = run("--json contracts").json();
        QVERIFY2(QByteArray::fromStdString(contracts.dump()).contains("\"absent\":0"), contracts.dump().c_str());
    }

    void refusalsSayWhy() {
        const Outcome own = run("readings assign msa --to Ana");
        QCOMPARE(own.code, 2);
        QVERIFY2(own.err.contains("has decided in the record"), own.err.constData());
        QCOMPARE(run("readings assign msa").code, 2);
        QCOMPARE(run("readings assign nothing --to Ben").code, 3);
        QCOMPARE(run("readings assign msa --to Ben").code, 0);
        QCOMPARE(run("readings assign msa --withdraw").code, 0);
        QCOMPARE(run("--json readings list").json()["readings"].size(), size_t(0));
    }

    void finishingAndReopeningTheRecord() {
        QCOMPARE(run("readings finish msa --annotator Ana").code, 0);
        QVERIFY(run("--json readings list").json()["readings"][0]["record_finished"].get<bool>());
        QCOMPARE(run("readings finish msa --reopen --annotator Ana").code, 0);
        QCOMPARE(run("--json readings list").json()["readings"].size(), size_t(0));
    }

private:
    struct Outcome {
        int code = -1;
        QByteArray out, err;
        Json json() const { return Json::parse(out.toStdString(), nullptr, false); }
    };

    // A line of words; PROJECT stands for the project's folder.
    Outcome run(const char* line) {
        const QString folder = toQString(m_project->folder.string());
        QStringList words = QString::fromLatin1(line).split(QLatin1Char(' '));
        words.replaceInStrings(QStringLiteral("PROJECT"), folder);
        QProcess process;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        const QString settings = m_project->temporary.filePath(QStringLiteral("settings") + m_person);
        const std::string file = toStdString(settings + QStringLiteral("/clausewright.ini"));
        if (!m_person.isEmpty() && (!makeFolder(toStdString(settings)) || !writeFileAtomically(file, "[person]\nannotator=" + toStdString(m_person) + "\n")))
            return {};
        environment.insert(QStringLiteral("CLAUSEWRIGHT_SETTINGS"), settings);
        environment.insert(QStringLiteral("CLAUSEWRIGHT_PROJECT"), folder);
        process.setProcessEnvironment(environment);
        process.start(QStringLiteral(CW_BINARY_DIR "/bin/clausewright-cli"), words);
        if (!process.waitForFinished(60'000))
            return {};
        return {process.exitCode(), process.readAllStandardOutput(), process.readAllStandardError()};
    }

    void reopenStore(const std::string& person) {
        auto opened = m_project->open(OpenMode::ReadWrite, {person, "1000", "device-a"});
        CW_VERIFY(opened);
        m_project->store = std::move(*opened);
    }

    void decideAll(const std::string& person, Reading reading) {
        m_project->store->setPerson(person);
        std::vector<Cell> all;
        for (const ClauseType& type : m_project->store->taxonomy().types())
            all.push_back(absentCell(type.key));
        CW_VERIFY(m_project->store->annotations().setAll(m_project->msa, all, "bulk", reading));
    }

    std::unique_ptr<ProjectFixture> m_project;
    QString m_person;
};

QTEST_GUILESS_MAIN(TestCliReadings)
#include "test_cli_readings.moc"
