// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "core/base/file.h"
#include "core/prompt/prompt.h"
#include "core/prompt/stub.h"
#include "core/text/defined_terms.h"
#include "tests/support/paths.h"

#include <QTest>

using namespace cw;

namespace {

const std::string kFiller = " Nothing of this matters to anybody who reads it, since it only fills the section until that has its length. Nor"
                            " does this, which says the same in other words and stands here for no other reason than the one before did."
                            " It goes on for a while, as contracts do, and comes to an end where nobody expects that any more, namely here.";

// Three sections, each a window of its own.
const std::string kText =
    "SUPPLY AGREEMENT between Acme Ltd (\"Supplier\") and Beta Holdings, Inc. (\"Customer\").\n\nWHEREAS both want it:\n\n"
    "1. Definitions\n\"Affiliate\" means a company under the same control as a party.\n"
    "\"Widget\" means a small part that nobody needs.\n"
    "The Customer shall pay the price set out in Schedule 2 (the \"Price\") for it." +
    kFiller + "\n\n"
    "2. Payment\nThe Customer shall pay the Price to the Supplier or to an Affiliate, and the Price is net. "
    "An Affiliate may ask for the Price. The Priceless thing is free of charge for all of us." +
    kFiller + kFiller + "\n\n"
    "3. Law\nThis is governed by the laws of Ireland, and by nothing else at all in this world or in any other one." +
    kFiller + kFiller + "\n";

ChunkSettings settings(size_t stubBytes) {
    return {1000, 0, ChunkStrategy::SectionOverlap, stubBytes};
}

const Window& windowWith(const std::vector<Window>& windows, const std::string& words) {
    return windows.at(static_cast<size_t>(windowOf(windows, {kText.find(words), kText.find(words) + words.size()})));
}

} // namespace

class TestStub : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void definedTermsAreFound() {
        const auto terms = findDefinedTerms(kText);
        QCOMPARE(terms.size(), size_t{5});
        QCOMPARE(terms[2].term, std::string("Affiliate"));
        QCOMPARE(kText.substr(terms[2].definition.begin, terms[2].definition.size()),
                 std::string("\"Affiliate\" means a company under the same control as a party."));
        QCOMPARE(terms[4].term, std::string("Price"));
        QCOMPARE(kText.substr(terms[4].definition.begin, terms[4].definition.size()),
                 std::string("The Customer shall pay the price set out in Schedule 2"));
        QCOMPARE(kText.substr(terms[4].mention.begin, terms[4].mention.size()), std::string("Price"));
    }

    void curlyMarksCountAndLowerCaseWordsDoNot() {
        const auto terms = findDefinedTerms("\u201CNet Sales\u201D shall mean all sales. He said \"hello\" means nothing. \"Cost\" matters.");
        QCOMPARE(terms.size(), size_t{1});
        QCOMPARE(terms[0].term, std::string("Net Sales"));
    }

    void wordsAreCountedWhole() {
        QCOMPARE(countWholeWords("Price, Prices, the Price. Priceless \"Price\"", "Price"), size_t{3});
        QCOMPARE(countWholeWords("", "Price"), size_t{0});
    }

    void theStubSaysWhatTheWindowDoesNot() {
        const auto windows = windowsOf(kText, settings(900));
        QVERIFY(windows.size() > 1);
        QCOMPARE(windows[0].stub, std::string());
        QCOMPARE(windowWith(windows, "The Priceless thing").stub,
                 std::string("Parties: Acme Ltd (\"Supplier\"); Beta Holdings, Inc. (\"Customer\")\n"
                             "Defined terms: \"Price\": The Customer shall pay the price set out in Schedule 2; "
                             "\"Affiliate\" means a company under the same control as a party."));
        QCOMPARE(windowWith(windows, "nothing else at all").stub.find("Widget"), std::string::npos);
    }

    void theStubStandsBeforeTheTextAndIsNoPartOfIt() {
        const auto windows = windowsOf(kText, settings(900));
        const Window& window = windowWith(windows, "The Priceless thing");
        const Prompt prompt = makePrompt({{"parties"}}, "Supply", window, kText);
        QCOMPARE(prompt.user.substr(prompt.textAt), kText.substr(window.range.begin, window.range.size()));
        QCOMPARE(prompt.user.find("\n\n") + 2, prompt.textAt); // the first empty line ends what isn't text
        QVERIFY(prompt.user.find("\n" + window.stub + "\n\n") != std::string::npos);
        Window plain = window;
        plain.stub.clear();
        std::string expected = prompt.user;
        expected.erase(expected.find("\n" + window.stub), window.stub.size() + 1);
        QCOMPARE(makePrompt({{"parties"}}, "Supply", plain, kText).user, expected);
    }

    void theStubKeepsToItsSize() {
        for (size_t bytes = 0; bytes < 400; bytes += 7)
            for (const Window& window : windowsOf(kText, settings(bytes)))
                QVERIFY(window.stub.size() <= std::min<size_t>(bytes, 250)); // a quarter of the window
    }

    void otherStrategiesAndWholeContractsHaveNone() {
        ChunkSettings sections = settings(900);
        sections.strategy = ChunkStrategy::Section;
        for (const Window& window : windowsOf(kText, sections))
            QVERIFY(window.stub.empty());
        const ChunkSettings whole;
        QCOMPARE(windowsOf(kText, whole).size(), size_t{1});
        QVERIFY(windowsOf(kText, whole) == chunk(kText, whole));
    }

    void aLongPathIsGivenWhole() {
        const std::string title(50, 'T');
        const std::string text = "ARTICLE I " + title + "\n\n1.1 " + title + "\n\n" + std::string(400, 'x') + "\n\n1.2 " + title + "\n\n" +
                                 std::string(400, 'y') + "\n";
        const auto windows = windowsOf(text, {600, 0, ChunkStrategy::SectionOverlap, 900});
        QCOMPARE(windows.size(), size_t{2});
        QCOMPARE(windows[1].stub, "Section: ARTICLE I " + title + " > 1.2 " + title);
    }

    void stubsOfTheCollectionHaveNoEmptyLine() {
        const auto folder = test::corpusFolder();
        if (folder.empty())
            QSKIP("CW_CORPUS is not set: the large collection was not read.");
        size_t stubs = 0;
        for (const auto& entry : std::filesystem::directory_iterator(folder / "data" / "contracts")) {
            if (entry.path().extension() != ".txt")
                continue;
            for (const Window& window : windowsOf(*readFile(entry.path()), {8000, 400})) {
                QVERIFY(window.stub.size() <= ChunkSettings().stubBytes);
                QVERIFY(window.stub.find("\n\n") == std::string::npos && !window.stub.starts_with('\n'));
                stubs += !window.stub.empty();
            }
        }
        QVERIFY(stubs > 1000);
    }
};

QTEST_APPLESS_MAIN(TestStub)
#include "test_stub.moc"
