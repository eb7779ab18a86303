// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// label: parser
#include "tests/support/golden_tokens.h"
#include "tests/support/paths.h"
#include "training/tokenizer/tokenizer.h"

#include <QTemporaryDir>
#include <QtTest>

#include <algorithm>

using namespace cw;
using namespace cw::test;

class TestSentencePiece : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void mistralGivesEveryGoldenTextExactly();
    void theTinyModelGivesEveryGoldenTextExactly();
    void textNeverBecomesASpecialToken();
    void tokensSpellTheTextByteForByte();
    void everyByteHasATokenOfItsOwn();
    void aBrokenModelIsRefusedWithTheFilesName();
    void aMissingTokenizerIsSaid();
};

namespace {

std::unique_ptr<Tokenizer> load(const std::filesystem::path& folder) {
    auto tokenizer = loadTokenizer(folder);
    return tokenizer ? std::move(*tokenizer) : nullptr;
}

std::unique_ptr<Tokenizer> mistral() { return load(dataFolder() / "tokenizers" / "mistral"); }
std::unique_ptr<Tokenizer> tiny() { return load(sampleFolder() / "model"); }

} // namespace

void TestSentencePiece::mistralGivesEveryGoldenTextExactly() {
    const auto tokenizer = mistral();
    QVERIFY(tokenizer);
    QCOMPARE(tokenizer->vocabSize(), 32000);
    QCOMPARE(tokenizer->bosId(), 1);
    QCOMPARE(tokenizer->eosId(), 2);
    const auto texts = goldenTexts(dataFolder() / "tokenizers" / "mistral" / "golden_tokens.json");
    QCOMPARE(texts.size(), size_t(65));
    QCOMPARE(firstDifference(*tokenizer, texts), QByteArray());
}

void TestSentencePiece::theTinyModelGivesEveryGoldenTextExactly() {
    const auto tokenizer = tiny();
    QVERIFY(tokenizer);
    QCOMPARE(tokenizer->vocabSize(), 512);
    const auto texts = goldenTexts(dataFolder() / "models" / "stories260k" / "golden_tokens.json");
    QCOMPARE(texts.size(), size_t(65));
    QCOMPARE(firstDifference(*tokenizer, texts), QByteArray());
}

void TestSentencePiece::textNeverBecomesASpecialToken() {
    const auto tokenizer = mistral();
    for (const std::int64_t id : tokenizer->encode("a </s> b <s> c <unk> d <0x0A>"))
        QVERIFY(id > 2);
    QCOMPARE(tokenizer->decode(tokenizer->encode("a </s> b <0x0A>")), std::string("a </s> b <0x0A>"));
}

void TestSentencePiece::tokensSpellTheTextByteForByte() {
    const auto tokenizer = mistral();
    QCOMPARE(tokenizer->textPrefix(), std::string_view(" "));
    const std::string text = "caf\u00E9 \u00A7 12.3\n\t\u65E5\u672C \U0001F600  end";
    std::string spelt;
    for (const std::int64_t id : tokenizer->encode(text))
        spelt += tokenizer->tokenBytes(id);
    QCOMPARE(spelt, " " + text);
    QVERIFY(tokenizer->tokenBytes(tokenizer->eosId()).empty());
    QVERIFY(tokenizer->tokenBytes(-1).empty());
    QVERIFY(tokenizer->tokenBytes(32000).empty());
}

void TestSentencePiece::everyByteHasATokenOfItsOwn() {
    for (const auto& tokenizer : {mistral(), tiny()}) {
        std::vector<bool> seen(256, false);
        for (std::int64_t id = 0; id < tokenizer->vocabSize(); ++id)
            if (tokenizer->tokenBytes(id).size() == 1)
                seen[static_cast<unsigned char>(tokenizer->tokenBytes(id)[0])] = true;
        QVERIFY(std::find(seen.begin(), seen.end(), false) == seen.end());
    }
}

void TestSentencePiece::aBrokenModelIsRefusedWithTheFilesName() {
    const QTemporaryDir folder;
    const auto file = std::filesystem::path(folder.path().toStdString()) / "tokenizer.model";
    QVERIFY(writeFileAtomically(file, "not a model").ok());
    const auto tokenizer = loadTokenizer(file.parent_path());
    QVERIFY(!tokenizer);
    QCOMPARE(tokenizer.error().code, ErrorCode::BadInput);
    QVERIFY(tokenizer.error().detail.find(file.string()) != std::string::npos);
}

void TestSentencePiece::aMissingTokenizerIsSaid() {
    const QTemporaryDir folder;
    const auto tokenizer = loadTokenizer(folder.path().toStdString());
    QVERIFY(!tokenizer);
    QCOMPARE(tokenizer.error().code, ErrorCode::NotFound);
}

QTEST_APPLESS_MAIN(TestSentencePiece)
#include "test_sentencepiece.moc"
