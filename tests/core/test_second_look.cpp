// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "core/prompt/prompt.h"
#include "core/prompt/second_look.h"
#include "core/prompt/stub.h"
#include "core/text/quote.h"
#include "tests/support/taxonomy.h"

#include <QTest>

using namespace cw;
using namespace cw::test;

namespace {

const Request kRequest{{"force_majeure"}};

// Terms are defined at the beginning and used all over, so every window has much that a stub could say.
std::string contractText() {
    std::string text = "1. Definitions\n";
    for (const char* term : {"Alpha", "Bravo", "Charlie", "Delta", "Echo", "Foxtrot"})
        text += "\"" + std::string(term) + "\" means each of the things that are named in the schedule which begins with this letter.\n";
    for (int i = 2; i < 40; ++i)
        text += std::to_string(i) + ". Part\nThe Alpha and the Bravo go with the Charlie and the Delta, and number " + std::to_string(i) +
                " of the Echo pays the Foxtrot on the day on which it is due and at no other time than that.\n";
    return text;
}

struct Read {
    std::vector<ChatRow> prompts;
    std::vector<OutputRow> outputs;
    size_t longestStub = 0;
};

// Windows that are cut within sentences, each with a quote of its last words.
Read readWith(size_t stubBytes) {
    const std::string text = contractText();
    ChunkSettings settings{1200, 0, ChunkStrategy::SectionOverlap, stubBytes};
    std::vector<Window> windows = chunk(text, {1200, 0, ChunkStrategy::Fixed, 0});
    describe(text, settings, windows);
    Read read;
    for (const Window& window : windows) {
        const Prompt prompt = makePrompt(kRequest, "Agreement", window, text);
        ChatRow row{prompt.user, {}, {}};
        row.meta.contract = ContractId("a");
        row.meta.window = window.range;
        row.meta.part = window.part;
        row.meta.parts = window.parts;
        row.meta.request = kRequest;
        row.meta.textAt = prompt.textAt;
        const std::string shown = normalizeQuote(text.substr(window.range.begin, window.range.size()));
        const std::string quote = shown.substr(shown.size() - 31);
        OutputRow output{row.meta, true, encodeAnswer({{{"force_majeure", Finding{{quote.substr(quote.find(' ') + 1)}, {}}}}}), FinishReason::Stop, 9};
        read.prompts.push_back(std::move(row));
        read.outputs.push_back(std::move(output));
        read.longestStub = std::max(read.longestStub, window.stub.size());
    }
    return read;
}

} // namespace

class TestSecondLook : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aStubIsNoLongerThanTheRunsOwn_data() {
        QTest::addColumn<int>("bytes");
        for (const int bytes : {0, 130, 220, 300})
            QTest::addRow("%d bytes", bytes) << bytes;
    }

    void aStubIsNoLongerThanTheRunsOwn() {
        QFETCH(int, bytes);
        const Read read = readWith(static_cast<size_t>(bytes));
        QCOMPARE(read.longestStub > 0, bytes > 0);
        const std::vector<ChatRow> looks = secondLooks(read.prompts, read.outputs, defaultTaxonomy());
        QVERIFY(!looks.empty());
        size_t longest = 0;
        for (const ChatRow& look : looks) {
            QVERIFY(look.meta.again);
            const size_t line = look.user.find("\nContract: ") + 1, stub = look.user.find('\n', line) + 1;
            const size_t size = look.meta.textAt - std::min(look.meta.textAt, stub + 2);
            longest = std::max(longest, size);
            QVERIFY2(size <= read.longestStub, look.user.c_str());
        }
        QCOMPARE(longest > 0, bytes > 0);
    }
};

QTEST_APPLESS_MAIN(TestSecondLook)
#include "test_second_look.moc"
