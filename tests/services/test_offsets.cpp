// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// 100,000 random spans over texts that are hard on offsets (astral characters, combining marks, CRLF, right-to-left) come back unmoved
// from the store, from undo and redo over a restart, from UTF-16, and from each export.
#include "app/services/dataset_service.h"
#include "app/services/undo/undo_service.h"
#include "core/base/rng.h"
#include "core/base/utf.h"
#include "core/extraction/canonical_json.h"
#include "core/text/quote.h"
#include "tests/support/project_fixture.h"

#include <nlohmann/json.hpp>

#include <QTemporaryDir>

using namespace cw;

namespace {

constexpr int kTexts = 34, kSpansACell = 64; // x 47 clause types: 102,272 spans
constexpr size_t kPieces = 1500;

std::string randomText(Rng& random) {
    static const std::vector<std::string> pieces = {
        "the Supplier ", "30 days", ", ", "\n", "\r\n", "\n\n", " \t", "caf\u00E9 ", "e\u0301\u0323 ", "\U0001F4DC", "\U0001D400\U0001D401 ",
        "\u05D4\u05E1\u05DB\u05DD ", "\u0627\u0644\u0639\u0642\u062F ", "\u5951\u7D04", "\u200F", "\u00AD", "\u00A7 7.2 ", "\U0001F468\u200D\u2696\uFE0F", "\"A\\B\" "};
    std::string text;
    for (size_t i = 0; i < kPieces; ++i)
        text += pieces[random.below(pieces.size())];
    return text;
}

std::vector<size_t> boundaries(const std::string& text) {
    std::vector<size_t> out;
    for (size_t at = 0; at < text.size(); decodeCodePoint(text, at))
        out.push_back(at);
    out.push_back(text.size());
    return out;
}

// Spans in order that don't overlap; each begins and ends between code points, wherever that is.
std::vector<Span> randomSpans(Rng& random, const std::string& text, const std::vector<size_t>& at) {
    std::vector<size_t> cuts;
    while (cuts.size() < 2 * kSpansACell) {
        cuts.push_back(at[random.below(at.size())]);
        std::sort(cuts.begin(), cuts.end());
        cuts.erase(std::unique(cuts.begin(), cuts.end()), cuts.end());
    }
    std::vector<Span> spans;
    for (size_t i = 0; i < cuts.size(); i += 2)
        spans.push_back({{cuts[i], cuts[i + 1]}, text.substr(cuts[i], cuts[i + 1] - cuts[i])});
    return spans;
}

struct Sample {
    ContractId contract;
    std::string text;
    std::vector<Cell> cells;
};

} // namespace

class TestOffsets : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void storeKeepsThem();
    void undoAndRedoOverARestartKeepThem();
    void utf16GoesThereAndBack();
    void theLosslessExportHoldsThem();
    void theTableHoldsThem();
    void trainingRowsHoldTheirQuotes();

private:
    std::vector<Cell> stored(const Sample& sample) { return m_session->store().annotations().cells(sample.contract).value(); }
    void open() {
        m_undo.reset();
        m_session.reset();
        m_session = std::move(*StoreSession::open(QString::fromStdString(m_project.folder.string()), OpenMode::ReadWrite,
                                                  StoreSession::Fallback::None, test::ana(), m_project.clock));
        m_undo = std::make_unique<UndoService>(*m_session);
    }
    QString exportFile(const char* name) { return m_exports.filePath(QString::fromLatin1(name)); }

    test::ProjectFixture m_project;
    QTemporaryDir m_exports;
    std::unique_ptr<StoreSession> m_session;
    std::unique_ptr<UndoService> m_undo;
    std::vector<Sample> m_samples;
};

void TestOffsets::initTestCase() {
    QVERIFY(m_project.store);
    m_project.store.reset();
    open();
    Rng random(100000);
    for (int i = 0; i < kTexts; ++i) {
        Sample sample{ContractId("text-" + std::to_string(i)), randomText(random), {}};
        CW_VERIFY(m_session->store().contracts().add(test::contractNamed(sample.contract.value), test::documentOf(sample.text)));
        const std::vector<size_t> at = boundaries(sample.text);
        for (const ClauseType& type : m_session->taxonomy().types()) {
            Cell cell;
            cell.clause = type.key;
            cell.state = CellState::Present;
            cell.spans = randomSpans(random, sample.text, at);
            cell.flags.valueToReview = type.kind != ValueKind::Text;
            cell.annotator = "Ana";
            sample.cells.push_back(std::move(cell));
        }
        CW_VERIFY(m_undo->setCells(sample.contract, sample.cells, QStringLiteral("all")));
        m_samples.push_back(std::move(sample));
    }
}

void TestOffsets::storeKeepsThem() {
    size_t spans = 0;
    for (const Sample& sample : m_samples) {
        QVERIFY(stored(sample) == sample.cells);
        for (const Cell& cell : sample.cells)
            spans += cell.spans.size();
    }
    QVERIFY(spans >= 100'000);
}

void TestOffsets::undoAndRedoOverARestartKeepThem() {
    for (const Sample& sample : m_samples) {
        m_undo->activate(sample.contract);
        m_undo->group().undo();
    }
    QVERIFY(m_session->store().annotations().touchedCells()->empty());
    open();
    for (const Sample& sample : m_samples) {
        m_undo->activate(sample.contract);
        m_undo->group().redo();
        QVERIFY(stored(sample) == sample.cells);
    }
}

void TestOffsets::utf16GoesThereAndBack() {
    for (const Sample& sample : m_samples) {
        const Utf16Map map(sample.text);
        const QString text = QString::fromStdString(sample.text);
        for (const Cell& cell : sample.cells)
            for (const Span& span : cell.spans) {
                const size_t begin = map.toUtf16(span.range.begin), end = map.toUtf16(span.range.end);
                QCOMPARE(map.toBytes(begin), span.range.begin);
                QCOMPARE(map.toBytes(end), span.range.end);
                QVERIFY(text.mid(static_cast<qsizetype>(begin), static_cast<qsizetype>(end - begin)).toStdString() == span.quote);
            }
    }
}

void TestOffsets::theLosslessExportHoldsThem() {
    CW_VERIFY(DatasetService(*m_session).exportClausewright(exportFile("all.jsonl")));
    const std::string bytes = readFile(exportFile("all.jsonl").toStdString()).value();
    size_t found = 0;
    for (const std::string_view line : splitLines(bytes)) {
        const nlohmann::json json = nlohmann::json::parse(line);
        const auto sample = std::find_if(m_samples.begin(), m_samples.end(), [&](const Sample& each) { return each.contract.value == json.at("contract"); });
        if (sample == m_samples.end())
            continue;
        QVERIFY(json.at("text") == sample->text);
        for (size_t i = 0; i < sample->cells.size(); ++i)
            for (size_t j = 0; j < sample->cells[i].spans.size(); ++j, ++found) {
                const nlohmann::json& span = json.at("cells").at(i).at("spans").at(j);
                const size_t begin = span.at("start"), end = span.at("end");
                QVERIFY((ByteRange{begin, end}) == sample->cells[i].spans[j].range);
                QVERIFY(sample->text.substr(begin, end - begin) == span.at("text"));
            }
    }
    QVERIFY(found >= 100'000);
    QVERIFY(readFile(exportFile("all.jsonl.manifest.json").toStdString())->find("UTF-8 bytes") != std::string::npos);
}

// The column of places, of which each row has as many as its cell has spans.
void TestOffsets::theTableHoldsThem() {
    CW_VERIFY(DatasetService(*m_session).exportCsv(exportFile("all.csv")));
    const std::string bytes = readFile(exportFile("all.csv").toStdString()).value();
    std::vector<const Sample*> inOrder; // the table's rows follow the contracts' names
    for (const Sample& sample : m_samples)
        inOrder.push_back(&sample);
    std::sort(inOrder.begin(), inOrder.end(), [](const Sample* a, const Sample* b) { return a->contract < b->contract; });
    size_t at = 0;
    for (const Sample* sample : inOrder)
        for (const Cell& cell : sample->cells) {
            std::string places;
            for (const Span& span : cell.spans)
                places += (places.empty() ? "\"" : " ") + std::to_string(span.range.begin) + ":" + std::to_string(span.range.end);
            at = bytes.find(places + "\"", at);
            QVERIFY(at != std::string::npos);
        }
}

// Every quote of a row stands in the normalised text of its window, and no quote is lost without being listed.
void TestOffsets::trainingRowsHoldTheirQuotes() {
    DatasetService dataset(*m_session);
    SplitRequest request;
    CW_VERIFY(dataset.makeSplit("default", request, {"contract_type"}));
    DatasetOptions options;
    options.chunk = {3000, 200};
    const auto made = dataset.rows(Side::Train, options);
    CW_VERIFY(made);
    QVERIFY(made->rows.size() > 10);
    size_t quotes = 0;
    for (const ChatRow& row : made->rows) {
        const auto sample = std::find_if(m_samples.begin(), m_samples.end(), [&](const Sample& each) { return each.contract == row.meta.contract; });
        if (sample == m_samples.end())
            continue;
        const NormalizedText window(std::string_view(sample->text).substr(row.meta.window.begin, row.meta.window.size()));
        const auto answer = nlohmann::json::parse(row.assistant);
        for (const auto& [key, cell] : answer.items())
            for (const auto& quote : cell.is_null() ? nlohmann::json::array() : cell.at("q")) {
                QVERIFY(!window.findAll(quote.get<std::string>()).empty());
                ++quotes;
            }
    }
    QVERIFY(quotes > 100);
}

QTEST_GUILESS_MAIN(TestOffsets)
#include "test_offsets.moc"
