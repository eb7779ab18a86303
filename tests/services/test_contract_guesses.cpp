// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// What an import supposes of type, language and parties: on opening words of real shape, and measured over the collection.
#include "app/services/contract_guesses.h"
#include "core/base/file.h"
#include "core/dataset/labels.h"
#include "tests/support/paths.h"

#include <QtTest>

#include <filesystem>

using namespace cw;

namespace {

QString joined(const std::vector<std::string>& names) {
    QStringList out;
    for (const std::string& name : names)
        out << QString::fromStdString(name);
    return out.join(u'/');
}

} // namespace

class TestContractGuesses : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void titlesTellTheType_data();
    void titlesTellTheType();
    void wordsTellTheTypeWhereTheTitleDoesNot();
    void openingsNameTheParties_data();
    void openingsNameTheParties();
    void theSamplesAreGuessedRight();
    void theCollectionIsGuessedMostlyRight();
};

void TestContractGuesses::titlesTellTheType_data() {
    QTest::addColumn<QString>("title");
    QTest::addColumn<QString>("type");
    const auto row = [](const char* title, const char* type) { QTest::newRow(title) << QString::fromLatin1(title) << QString::fromLatin1(type); };
    row("MUTUAL NON-DISCLOSURE AGREEMENT", "NDA");
    row("Confidentiality Agreement", "NDA");
    row("Master Services Agreement", "Service");
    row("SUPPLY AGREEMENT", "Supply");
    row("Exclusive Distributor Agreement", "Distributor");
    row("Software Licence", "License");
    row("Software Maintenance Agreement", "Maintenance");
    row("Joint Venture Agreement", "Joint Venture");
    row("Honda Agreement", "");
    row("Two words here", "");
}

void TestContractGuesses::titlesTellTheType() {
    QFETCH(QString, title);
    QFETCH(QString, type);
    QCOMPARE(QString::fromStdString(guessType(title.toStdString(), "Nothing.")), type);
}

void TestContractGuesses::wordsTellTheTypeWhereTheTitleDoesNot() {
    QCOMPARE(guessType("Agreement", "This Supply Agreement is made today."), std::string("Supply"));
    QCOMPARE(guessType("Letter", "The Confidential Information is ours. Confidential Information is secret. Return all Confidential Information."),
             std::string("NDA"));
    QCOMPARE(guessType("Letter", "Dear Sir, this is a letter about, say, a service agreement."), std::string());
}

void TestContractGuesses::openingsNameTheParties_data() {
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("names");
    const auto row = [](const char* tag, const char* text, const char* names) { QTest::newRow(tag) << QString::fromUtf8(text) << QString::fromUtf8(names); };
    row("aliases", "This Agreement is made by and between Corio Inc., a Delaware corporation (\"Corio\"), and Changepoint, Inc., with offices in Ontario "
                   "(the \"Vendor\"). WHEREAS Acme (\"X\") is nobody.", "Corio Inc./Changepoint, Inc.");
    row("curly quotes", "between Fleet Laboratories Limited, whose registered office is in Watford (\u201CFleet\u201D) and Granite State Energy, Inc. "
                        "(hereinafter \u201CGranite\u201D)", "Fleet Laboratories Limited/Granite State Energy, Inc.");
    row("a list", "BETWEEN:\n\n(1) GLAMIS GOLD LTD., a company incorporated in England (\"Glamis\"); and\n\n(2) WESTERN COPPER LIMITED (\"Western\")\n\nBACKGROUND",
        "GLAMIS GOLD LTD./WESTERN COPPER LIMITED");
    row("no aliases", "entered into between Polycom, Inc. and PictureTel Limited. More follows.", "Polycom, Inc./PictureTel Limited");
    row("one alone", "by and between Corio Inc. (\"Corio\").", "");
    row("blanks of a form", "between ____________ (\"Discloser\") and [NAME] (\"Recipient\")", "");
    row("a date and a place", "between June 8, 2010 (\"Date\") and California (\"State\")", "");
    row("no opening", "The parties agree.", "");
}

void TestContractGuesses::openingsNameTheParties() {
    QFETCH(QString, text);
    QFETCH(QString, names);
    QCOMPARE(joined(guessParties(text.toStdString())), names);
}

// Real contracts: what their labels say, without the labels.
void TestContractGuesses::theSamplesAreGuessedRight() {
    const auto labels = parseLabels(readFile(test::sampleFolder() / "annotations.json").value(), "annotations.json").value();
    int texts = 0;
    for (const LabelledContract& contract : labels) {
        const auto text = readFile(test::sampleFolder() / "contracts" / contract.contractFile);
        if (!text)
            continue;
        ++texts;
        const std::string stem = std::filesystem::path(contract.contractFile).stem().string();
        const std::string byText = guessType(guessTitle(*text, stem), *text);
        QCOMPARE(byText.empty() ? guessType(stem, {}) : byText, contract.contractType);
        if (const std::string language = guessLanguage(*text); !language.empty())
            QCOMPARE(language, contract.language);
    }
    QCOMPARE(texts, 9);
    const std::string services = readFile(test::sampleFolder() / "contracts" / "transmontaigne-services-agreement.txt").value();
    QCOMPARE(joined(guessParties(services)), QStringLiteral("TransMontaigne Management Company, LLC/TLP Management Services, LLC"));
}

// The labels of the collection say what is right. Parties are only counted: their labels hold aliases and descriptions.
void TestContractGuesses::theCollectionIsGuessedMostlyRight() {
    const std::filesystem::path corpus = test::corpusFolder();
    if (corpus.empty())
        QSKIP("CW_CORPUS doesn't name the contract collection, so the guesses were not measured.");
    const auto folder = corpus / "data" / "contracts";
    const auto labels = parseLabels(readFile(folder / "annotations.json").value(), "annotations.json").value();
    int all = 0, guessed = 0, right = 0, parties = 0;
    for (const LabelledContract& contract : labels) {
        const auto text = readFile(folder / contract.contractFile);
        if (!text)
            continue;
        const std::string type = guessType(guessTitle(*text, std::filesystem::path(contract.contractFile).stem().string()), *text);
        ++all;
        guessed += !type.empty();
        right += type == contract.contractType;
        parties += !guessParties(*text).empty();
    }
    qInfo("%d contracts: type guessed for %d, right for %d; parties guessed for %d", all, guessed, right, parties);
    QVERIFY(all > 300);
    QVERIFY(right * 100 >= guessed * 95);
    QVERIFY(right * 100 >= all * 85);
    QVERIFY(parties * 100 >= all * 35);
}

QTEST_GUILESS_MAIN(TestContractGuesses)
#include "test_contract_guesses.moc"
