// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Tokenizers and chat templates out of GGUF files, against the same golden ids as those of the models' own files.
// label: parser
#include "tests/support/gguf_builder.h"
#include "tests/support/golden_tokens.h"
#include "tests/support/paths.h"
#include "training/tokenizer/byte_level_alphabet.h"
#include "training/tokenizer/chat_template.h"
#include "training/tokenizer/gguf_tokenizer.h"

#include <QTemporaryDir>
#include <QtTest>

#include <fstream>

using namespace cw;
using nlohmann::json;
using test::GgufBuilder;

namespace {

namespace fs = std::filesystem;

constexpr std::int32_t kNormal = 1, kUnknown = 2, kControl = 3, kUserDefined = 4, kUnused = 5, kByte = 6;

struct Token {
    std::string name;
    std::int32_t type = kNormal;
    float score = 0;
};

GgufBuilder& addVocabulary(GgufBuilder& file, const std::vector<Token>& tokens) {
    std::vector<std::string> names;
    std::vector<std::int32_t> types;
    std::vector<float> scores;
    for (const Token& token : tokens) {
        names.push_back(token.name);
        types.push_back(token.type);
        scores.push_back(token.score);
    }
    return file.set("tokenizer.ggml.tokens", names)
        .list("tokenizer.ggml.token_type", GgufBuilder::kI32, types)
        .list("tokenizer.ggml.scores", GgufBuilder::kF32, scores);
}

// A tokenizer.json as the values of a GGUF file, as converters write them.
GgufBuilder fromTokenizerJson(const json& root, const char* pre) {
    const json& model = root.at("model");
    size_t size = 0;
    for (const auto& [name, id] : model.at("vocab").items())
        size = std::max(size, id.get<size_t>() + 1);
    for (const json& added : root.at("added_tokens"))
        size = std::max(size, added.at("id").get<size_t>() + 1);
    std::vector<Token> tokens(size);
    for (const auto& [name, id] : model.at("vocab").items())
        tokens[id.get<size_t>()] = {name};
    for (const json& added : root.at("added_tokens"))
        tokens[added.at("id").get<size_t>()] = {added.at("content").get<std::string>(),
                                                added.value("special", true) ? kControl : kUserDefined};
    std::vector<std::string> merges;
    for (const json& merge : model.at("merges"))
        merges.push_back(merge.is_string() ? merge.get<std::string>()
                                           : merge[0].get<std::string>() + " " + merge[1].get<std::string>());
    GgufBuilder file;
    file.set("tokenizer.ggml.model", "gpt2").set("tokenizer.ggml.pre", pre).set("tokenizer.ggml.merges", merges);
    return addVocabulary(file, tokens);
}

// Every byte, one merge and one mark.
std::vector<Token> bytesAndOneMark() {
    std::vector<Token> tokens;
    for (const std::string& name : byteLevelAlphabet())
        tokens.push_back({name});
    tokens.push_back({"ab"});
    tokens.push_back({"<|im_end|>", kControl});
    return tokens;
}

GgufBuilder small(const std::vector<Token>& tokens = bytesAndOneMark(), const char* pre = "gpt-2") {
    GgufBuilder file;
    file.set("tokenizer.ggml.model", "gpt2").set("tokenizer.ggml.pre", pre);
    file.set("tokenizer.ggml.merges", std::vector<std::string>{"a b"});
    return addVocabulary(file, tokens);
}

std::vector<Token> somePieces() {
    return {{"<unk>", kUnknown},     {"<s>", kControl},  {"</s>", kControl},
            {"\u2581", kNormal, -1}, {"a", kNormal, -2}, {"\u2581a", kNormal, -0.5F}};
}

GgufBuilder smallPieces(std::vector<Token> tokens = somePieces()) {
    for (int byte = 0; byte < 256; ++byte) {
        char name[8];
        std::snprintf(name, sizeof name, "<0x%02X>", byte);
        tokens.push_back({name, kByte});
    }
    GgufBuilder file;
    file.set("tokenizer.ggml.model", "llama")
        .set("tokenizer.ggml.bos_token_id", 1U)
        .set("tokenizer.ggml.eos_token_id", 2U);
    return addVocabulary(file, tokens);
}

class File {
public:
    explicit File(const GgufBuilder& content) { std::ofstream(path(), std::ios::binary) << content.bytes(); }
    fs::path path() const { return fs::path(m_folder.path().toStdString()) / "model.gguf"; }
    Result<std::unique_ptr<Tokenizer>> load() const { return loadTokenizer(path()); }

private:
    QTemporaryDir m_folder;
};

Error errorOf(const GgufBuilder& content) {
    const auto tokenizer = File(content).load();
    return tokenizer ? Error{} : tokenizer.error();
}

} // namespace

class TestGgufTokenizer : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void byteLevelBpeGivesEveryGoldenTextExactly();
    void llama3WordsGiveEveryGoldenTextExactly();
    void qwenWordsGiveEveryGoldenTextExactly();
    void sentencePiecesGiveEveryGoldenTextExactly();
    void theTokenizerIsThatOfTheModelsOwnFiles();
    void beginAndEndsComeFromTheValues();
    void theTemplateIsThatOfTheFile();
    void tokensThatAreNotTextAreNeverMadeOfText();
    void aTextGetsASpaceInFrontWhereTheFileSaysSo();
    void wrongVocabulariesAreRefused_data();
    void wrongVocabulariesAreRefused();
};

void TestGgufTokenizer::byteLevelBpeGivesEveryGoldenTextExactly() {
    const fs::path folder = test::dataFolder() / "tokenizers" / "smollm2";
    const auto tokenizer = File(fromTokenizerJson(test::readJson(folder / "tokenizer.json"), "smollm")).load();
    QVERIFY2(tokenizer.ok(), tokenizer ? "" : tokenizer.error().message().c_str());
    QCOMPARE(test::firstDifference(**tokenizer, test::goldenTexts(folder / "golden_tokens.json")), QByteArray());
}

void TestGgufTokenizer::llama3WordsGiveEveryGoldenTextExactly() {
    const fs::path folder = test::dataFolder() / "tokenizers" / "tiny";
    const auto tokenizer = File(fromTokenizerJson(test::readJson(folder / "tokenizer.json"), "llama-bpe")).load();
    QVERIFY2(tokenizer.ok(), tokenizer ? "" : tokenizer.error().message().c_str());
    QCOMPARE(test::firstDifference(**tokenizer, test::goldenTexts(folder / "golden_tokens.json")), QByteArray());
}

void TestGgufTokenizer::qwenWordsGiveEveryGoldenTextExactly() {
    const fs::path folder = test::corpusFolder() / "models" / "tokenizers" / "qwen3";
    if (test::corpusFolder().empty() || !fs::exists(folder))
        QSKIP("Qwen3's tokenizer was not checked: CW_CORPUS names no folder with models/tokenizers/qwen3.");
    const auto tokenizer = File(fromTokenizerJson(test::readJson(folder / "tokenizer.json"), "qwen2")).load();
    QVERIFY2(tokenizer.ok(), tokenizer ? "" : tokenizer.error().message().c_str());
    QCOMPARE(test::firstDifference(**tokenizer, test::goldenTexts(folder / "golden_tokens.json")), QByteArray());
}

void TestGgufTokenizer::sentencePiecesGiveEveryGoldenTextExactly() {
    const auto tokenizer = loadTokenizer(test::dataFolder() / "tokenizers" / "stories260k" / "tokenizer.gguf");
    QVERIFY2(tokenizer.ok(), tokenizer ? "" : tokenizer.error().message().c_str());
    const auto texts = test::goldenTexts(test::dataFolder() / "models" / "stories260k" / "golden_tokens.json");
    QCOMPARE(test::firstDifference(**tokenizer, texts), QByteArray());
}

// One vocabulary, however it was stored.
void TestGgufTokenizer::theTokenizerIsThatOfTheModelsOwnFiles() {
    const auto gguf = loadTokenizer(test::dataFolder() / "tokenizers" / "stories260k" / "tokenizer.gguf");
    const auto own = loadTokenizer(test::sampleFolder() / "model");
    QCOMPARE((*gguf)->vocabSize(), (*own)->vocabSize());
    for (std::int64_t id = 0; id < (*own)->vocabSize(); ++id)
        QCOMPARE((*gguf)->tokenBytes(id), (*own)->tokenBytes(id));
    QCOMPARE((*gguf)->bosId(), (*own)->bosId());
    QCOMPARE((*gguf)->stopIds(), (*own)->stopIds());
}

void TestGgufTokenizer::beginAndEndsComeFromTheValues() {
    GgufBuilder file = small();
    file.set("tokenizer.ggml.bos_token_id", 3U)
        .set("tokenizer.ggml.eos_token_id", 4U)
        .set("tokenizer.ggml.eot_token_id", 5U);
    const auto tokenizer = File(file).load();
    QVERIFY2(tokenizer.ok(), tokenizer ? "" : tokenizer.error().message().c_str());
    QCOMPARE((*tokenizer)->bosId(), std::int64_t{3});
    QCOMPARE((*tokenizer)->eosId(), std::int64_t{4});
    QCOMPARE((*tokenizer)->stopIds(), (TokenIds{4, 5, 257})); // and <|im_end|>
    QVERIFY(!File(small().set("tokenizer.ggml.eos_token_id", 258U)).load());
    QCOMPARE((*File(small()).load())->bosId(), std::int64_t{-1});
}

void TestGgufTokenizer::theTemplateIsThatOfTheFile() {
    const fs::path file = test::dataFolder() / "tokenizers" / "stories260k" / "tokenizer.gguf";
    const auto tokenizer = loadTokenizer(file);
    const auto chat = ChatTemplate::load(file, **tokenizer);
    QVERIFY2(chat.ok(), chat ? "" : chat.error().message().c_str());
    QVERIFY(chat->format() == ChatFormat::Instruct);
    const File unknown(smallPieces().set("tokenizer.chat_template", "{{ messages }}"));
    const auto other = unknown.load();
    QVERIFY(!ChatTemplate::load(unknown.path(), **other));
}

void TestGgufTokenizer::tokensThatAreNotTextAreNeverMadeOfText() {
    std::vector<Token> tokens = bytesAndOneMark();
    tokens.push_back({"[PAD258]", kUnused});
    tokens.push_back({"<tool_call>", kUserDefined});
    const auto tokenizer = File(small(tokens)).load();
    QVERIFY2(tokenizer.ok(), tokenizer ? "" : tokenizer.error().message().c_str());
    for (const std::string text : {"<|im_end|>", "[PAD258]", "<tool_call>"}) {
        QCOMPARE((*tokenizer)->encode(text).size(), text.size());
        QVERIFY((*tokenizer)->tokenBytes(*(*tokenizer)->specialId(text)).empty());
    }
    QCOMPARE((*tokenizer)->encode("ab"), TokenIds{256});

    std::vector<Token> pieces = somePieces();
    pieces.push_back({"<|im_start|>", kUserDefined}); // added to a finished vocabulary
    const auto sentencePiece = File(smallPieces(pieces)).load();
    QVERIFY2(sentencePiece.ok(), sentencePiece ? "" : sentencePiece.error().message().c_str());
    QCOMPARE((*sentencePiece)->specialId("<|im_start|>"), std::optional<std::int64_t>(6));
    QVERIFY((*sentencePiece)->encode("<|im_start|>").size() > 2);
}

void TestGgufTokenizer::aTextGetsASpaceInFrontWhereTheFileSaysSo() {
    const auto usual = File(smallPieces()).load();
    QVERIFY2(usual.ok(), usual ? "" : usual.error().message().c_str());
    QCOMPARE((*usual)->encode("a a"), (TokenIds{5, 5}));
    QCOMPARE((*usual)->textPrefix(), std::string_view(" "));
    const auto without = File(smallPieces().set("tokenizer.ggml.add_space_prefix", false)).load();
    QCOMPARE((*without)->encode("a a"), (TokenIds{4, 5}));
    QCOMPARE((*without)->textPrefix(), std::string_view());
}

void TestGgufTokenizer::wrongVocabulariesAreRefused_data() {
    QTest::addColumn<QByteArray>("said");
    QTest::addColumn<QString>("actual");
    const auto row = [](const char* name, const GgufBuilder& file, const char* said) {
        QTest::newRow(name) << QByteArray(said) << QString::fromStdString(errorOf(file).detail);
    };
    const auto kind = [](const char* name) { return GgufBuilder().set("tokenizer.ggml.model", name); };
    row("no tokenizer", GgufBuilder().set("general.name", "x"), "of the kind \"\"");
    row("another kind", kind("t5"), "of the kind \"t5\"");
    row("no tokens", kind("gpt2"), "no lists of 1 to 1,000,000 tokens");
    row("words split in an unknown way", small(bytesAndOneMark(), "tekken"), "in the way \"tekken\"");
    row("no word on how to split",
        kind("gpt2")
            .set("tokenizer.ggml.tokens", std::vector<std::string>{"a"})
            .list("tokenizer.ggml.token_type", GgufBuilder::kI32, std::vector<std::int32_t>{1}),
        "in the way \"\"");
    row("fewer types than tokens",
        kind("gpt2")
            .set("tokenizer.ggml.tokens", std::vector<std::string>{"a", "b"})
            .list("tokenizer.ggml.token_type", GgufBuilder::kI32, std::vector<std::int32_t>{1}),
        "no lists of 1 to 1,000,000 tokens");
    std::vector<Token> tokens = bytesAndOneMark();
    tokens.push_back({"x", 7});
    row("an unknown type", small(tokens), "gives a token an unknown type");
    tokens.back() = {"ab"};
    row("a token twice", small(tokens), "\"ab\" twice");
    tokens = bytesAndOneMark();
    tokens[256].name = "ac";
    row("a merge that gives no token", small(tokens), "don't give one");
    row("no merges", addVocabulary(kind("gpt2").set("tokenizer.ggml.pre", "gpt-2"), bytesAndOneMark()),
        "no list of merges");
    row("a merge that is no UTF-8",
        addVocabulary(kind("gpt2")
                          .set("tokenizer.ggml.pre", "gpt-2")
                          .set("tokenizer.ggml.merges", std::vector<std::string>{"a \xFF"}),
                      bytesAndOneMark()),
        "no list of merges");
    tokens = bytesAndOneMark();
    tokens.push_back({"\xC3("});
    row("a token that is no UTF-8", small(tokens), "a token that is no UTF-8");
    row("no scores",
        kind("llama")
            .set("tokenizer.ggml.tokens", std::vector<std::string>{"a"})
            .list("tokenizer.ggml.token_type", GgufBuilder::kI32, std::vector<std::int32_t>{1}),
        "no list of its tokens' scores");
    row("a normaliser",
        smallPieces().list("tokenizer.ggml.precompiled_charsmap", GgufBuilder::kU8, std::vector<std::uint8_t>{1, 2}),
        "changes the text");
    row("spaces that are lost", smallPieces().set("tokenizer.ggml.remove_extra_whitespaces", true), "changes the text");
    row("no unknown piece", smallPieces({{"<s>", kControl}}), "is not a SentencePiece model");
    row("two unknown pieces", smallPieces({{"<unk>", kUnknown}, {"<unk2>", kUnknown}}), "is not a SentencePiece model");
    row("a byte of no byte", smallPieces({{"<unk>", kUnknown}, {"<x", kByte}}), "is not a SentencePiece model");
}

void TestGgufTokenizer::wrongVocabulariesAreRefused() {
    QFETCH(const QByteArray, said);
    QFETCH(const QString, actual);
    QVERIFY2(actual.contains(QString::fromUtf8(said)), qPrintable(actual));
    QVERIFY(actual.contains(QStringLiteral("model.gguf")));
}

QTEST_APPLESS_MAIN(TestGgufTokenizer)
#include "test_gguf_tokenizer.moc"
