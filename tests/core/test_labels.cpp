// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Labels of others: reading, mapping to the 47 types, placing in another version of a text, and the whole published
// collection.
#include "core/base/file.h"
#include "core/dataset/labels.h"
#include "core/extraction/canonical_json.h"
#include "core/prompt/prompt.h"
#include "core/text/document_frame.h"
#include "core/text/quote.h"
#include "tests/support/paths.h"

#include <QFile>
#include <QProcess>
#include <QtTest>

using namespace cw;

namespace {

const Taxonomy& taxonomy() {
    static const Taxonomy loaded = *Taxonomy::fromJson(
        *readFile(test::sourceFolder() / "resources" / "taxonomy" / "default.json"), "default.json");
    return loaded;
}

// A clause whose spans are the given pieces of the text, each at its first place.
LabelClause clause(const std::string& text, const std::string& category, const std::vector<std::string>& pieces,
                   const std::string& value) {
    LabelClause out{category, {}, {}, pieces.empty(), false};
    for (const std::string& piece : pieces)
        out.spans.push_back({{text.find(piece), text.find(piece) + piece.size()}, piece});
    if (!value.empty())
        out.values = {value};
    return out;
}

LabelledContract contract(std::vector<LabelClause> clauses) {
    return {"a.txt", "License", "en-US", "", "CUAD v1", "span", std::move(clauses)};
}

const Cell* find(const LabelMapping& mapping, const std::string& key) {
    for (const Cell& cell : mapping.cells)
        if (cell.clause == key)
            return &cell;
    return nullptr;
}

// One clause, mapped onto its text.
Cell mapOne(const std::string& text, const std::string& category, const std::vector<std::string>& pieces,
            const std::string& value) {
    const auto mapping = mapLabels(contract({clause(text, category, pieces, value)}), text, true, taxonomy());
    return mapping.cells.size() == 1 ? mapping.cells[0] : Cell();
}

// The PDF version of a text: other line ends, a hyphenated word, curly quotes, a Greek question mark for a semicolon, a
// page in between.
const std::string kFiller = "It acts alone in each of its decisions, at any time and in any place, as long as the term "
                            "of this contract lasts, and it owes "
                            "nobody a reason for what it does or leaves undone.";
const std::string kText = "LICENSE AGREEMENT made by Alpha Inc. (the \"Licensor\") and Beta Ltd. 1. Either party may "
                          "inspect the records of the other; "
                          "it bears the cost. 2. The Licensor is free. " +
                          kFiller + " The Licensor pays. 3. This Agreement is governed by English law.";
const std::string kPdf = "LICENSE AGREEMENT\nmade by Alpha Inc. (the \xE2\x80\x9CLicensor\xE2\x80\x9D)\nand Beta "
                         "Ltd.\n1. Either party may in-\nspect the records of "
                         "the other\xCD\xBE\n\nPage 1 of 2\n\nit bears the cost.\n2. The Licensor is free.  " +
                         kFiller +
                         "\nThe Licensor pays.\n3. This Agreement is governed by "
                         "English law.\n";

std::vector<std::string> quotesOf(const Cell* cell) {
    std::vector<std::string> out;
    for (const Span& span : cell ? cell->spans : std::vector<Span>())
        out.push_back(normalizeQuote(span.quote));
    return out;
}

// What is wrong with a mapped cell; empty if nothing is.
QString faultOf(const Cell& cell, std::string_view text) {
    size_t end = 0;
    for (const Span& span : cell.spans) {
        if (text.substr(span.range.begin, span.range.size()) != span.quote)
            return QStringLiteral("bytes and quote differ");
        if (span.range.begin < end || span.range.empty())
            return QStringLiteral("spans out of order");
        end = span.range.end;
    }
    if ((cell.state == CellState::Present) == cell.spans.empty())
        return QStringLiteral("state and spans disagree");
    if (cell.state == CellState::Absent && hasValue(cell.value))
        return QStringLiteral("absent with a value");
    return {};
}

std::string readWith(const QString& reader, const std::filesystem::path& file) {
    QProcess process;
    process.start(reader, {QString::fromStdString(file.string())});
    process.waitForFinished(60000);
    std::string said = process.readAllStandardOutput().toStdString();
    while (takeProgress(said)) {
    }
    const auto document = decodeFrame(said);
    return document ? document->text : std::string();
}

} // namespace

class TestLabels : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void labelsAreRead();
    void badLabelsSayWhere_data();
    void badLabelsSayWhere();
    void statesFollowAnswersAndSpans();
    void categoriesMatchWithoutCase();
    void hypothesesMapOrAreCounted();
    void valuesAreDerivedWhereTheQuotesSayThem_data();
    void valuesAreDerivedWhereTheQuotesSayThem();
    void workedOutExpiryBecomesWhatIsWritten();
    void partiesTakeOrderAndSpellingOfTheQuotes();
    void denialsAreForAPerson();
    void overlappingSpansAreJoined();
    void offsetsThatDoNotHoldAreListed();
    void tooManyQuotesAreNotEncodable();
    void valueLevelGivesNoCells();
    void quotesFindTheirPlaceInThePdf();
    void repeatedQuotesAreNeverGuessed();
    void samplePdfsTakeAllTheirLabels();
    void collectionMapsWhole();
};

void TestLabels::labelsAreRead() {
    const auto labels = parseLabels(
        R"([{"contract_file":"a.txt","contract_type":"NDA","language_variant":"en-GB","governing_law":null,"source":"S","licence":"L",
        "bytes":9,"clauses":[{"category":"Parties","spans":[{"start":1,"end":3,"text":"ab","occurrences":4}],"value":"x","absent":false},
        {"category":"Insurance","spans":[],"value":null,"absent":true,"label_conflict":true},
        {"category":"Governing Law","spans":[],"values":["a","b"],"absent":true}]}])",
        "labels.json");
    QVERIFY2(labels.ok(), labels.ok() ? "" : labels.error().message().c_str());
    const LabelledContract& read = labels->at(0);
    QCOMPARE(read.contractFile, std::string("a.txt"));
    QCOMPARE(read.language, std::string("en-GB"));
    QCOMPARE(read.source, std::string("S, L"));
    QCOMPARE(read.level, std::string("span"));
    QVERIFY(read.governingLaw.empty());
    QCOMPARE(read.clauses[0].spans[0].range, (ByteRange{1, 3}));
    QCOMPARE(read.clauses[0].spans[0].occurrences, size_t{4});
    QCOMPARE(read.clauses[0].values, std::vector<std::string>{"x"});
    QVERIFY(read.clauses[1].conflict && read.clauses[1].absent && read.clauses[1].values.empty());
    QCOMPARE(read.clauses[2].values, (std::vector<std::string>{"a", "b"}));
}

void TestLabels::badLabelsSayWhere_data() {
    QTest::addColumn<QString>("json");
    QTest::addColumn<QString>("detail");
    QTest::newRow("not JSON") << "[{" << "labels.json: not valid JSON from byte 3 on.";
    QTest::newRow("an object") << "{}" << "labels.json: not a list of contracts.";
    QTest::newRow("no file") << R"([{"contract_file":"a","clauses":[]},{"clauses":[]}])"
                             << "labels.json, contract 2: \"contract_file\" must be a text.";
    QTest::newRow("no clauses") << R"([{"contract_file":"a"}])"
                                << "labels.json, contract 1: \"clauses\" must be a list.";
    QTest::newRow("span")
        << R"([{"contract_file":"a","clauses":[{"category":"Parties","spans":[{"start":3,"end":2,"text":"x"}]}]}])"
        << "labels.json, contract 1: \"clauses[0].spans[0].end\" must be behind \"start\", and \"text\" must not be "
           "empty.";
    QTest::newRow("negative")
        << R"([{"contract_file":"a","clauses":[{"category":"Parties","spans":[{"start":-3,"end":2,"text":"x"}]}]}])"
        << "labels.json, contract 1: \"clauses[0].spans[0].start\" must be a whole number from 0.";
    QTest::newRow("level") << R"([{"contract_file":"a","label_level":"page","clauses":[]}])"
                           << "labels.json, contract 1: \"label_level\" must be span or value.";
}

void TestLabels::badLabelsSayWhere() {
    QFETCH(QString, json);
    QFETCH(QString, detail);
    const auto labels = parseLabels(json.toStdString(), "labels.json");
    QVERIFY(!labels.ok());
    QCOMPARE(QString::fromStdString(labels.error().detail), detail);
}

void TestLabels::statesFollowAnswersAndSpans() {
    const std::string text = "The Customer may audit. The end.";
    const Cell yes = mapOne(text, "Audit Rights", {"The Customer may audit."}, "Yes");
    QVERIFY(yes.state == CellState::Present && yes.isReviewed() && yes.value == ClauseValue(true));
    const Cell no = mapOne(text, "Audit Rights", {}, "No");
    QVERIFY(no.state == CellState::Absent && no.isReviewed());
    const Cell yesWithoutSpan = mapOne(text, "Audit Rights", {}, "Yes");
    QVERIFY(yesWithoutSpan.state == CellState::Absent && yesWithoutSpan.flags.conflict && !yesWithoutSpan.isReviewed());
    const Cell noWithSpan = mapOne(text, "Audit Rights", {"The Customer may audit."}, "No");
    QVERIFY(noWithSpan.state == CellState::Present && noWithSpan.flags.conflict && !hasValue(noWithSpan.value));
    const Cell valueWithoutSpan = mapOne(text, "Governing Law", {}, "California");
    QVERIFY(valueWithoutSpan.flags.conflict);
    const Cell spanWithoutValue = mapOne(text, "Expiration Date", {"The end."}, "");
    QVERIFY(spanWithoutValue.state == CellState::Present && spanWithoutValue.flags.valueToReview &&
            !spanWithoutValue.flags.conflict);
    const Cell textClause = mapOne(text, "License Grant", {"The Customer may audit."}, "Yes");
    QVERIFY(textClause.isReviewed() && !hasValue(textClause.value));
    const Cell money = mapOne(text, "Cap On Liability", {"The end."}, "Yes");
    QVERIFY(money.flags.valueToReview);
}

void TestLabels::categoriesMatchWithoutCase() {
    QCOMPARE(mapOne("may audit", "AUDIT rights", {"may audit"}, "Yes").clause, std::string("audit_rights"));
    QCOMPARE(mapOne("may audit", "nda: No Solicitation", {"may audit"}, "Entailment").clause,
             std::string("no_solicit_of_employees"));
}

void TestLabels::hypothesesMapOrAreCounted() {
    const std::string text = "Return all. Keep nothing. Hire nobody.";
    const auto mapping =
        mapLabels(contract({clause(text, "NDA: Return of confidential information", {"Return all."}, "Entailment"),
                            clause(text, "NDA: No solicitation", {}, "NotMentioned"),
                            clause(text, "NDA: Limited use", {"Keep nothing."}, "Entailment"),
                            clause(text, "NDA: Limited use", {}, "NotMentioned")}),
                  text, true, taxonomy());
    QCOMPARE(mapping.cells.size(), size_t{2});
    QVERIFY(find(mapping, "post_termination_services")->isReviewed());
    QVERIFY(find(mapping, "no_solicit_of_employees")->state == CellState::Absent);
    QCOMPARE(mapping.notMapped.at("NDA: Limited use"), 2);
    const Cell contradicted =
        mapOne(text, "NDA: Return of confidential information", {"Keep nothing."}, "Contradiction");
    QVERIFY(contradicted.state == CellState::Present && contradicted.flags.valueToReview);
}

void TestLabels::valuesAreDerivedWhereTheQuotesSayThem_data() {
    QTest::addColumn<QString>("category");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("answer");
    QTest::addColumn<QString>("value"); // empty: to review
    const auto row = [](const char* name, const char* category, const char* text, const char* answer,
                        const char* value) {
        QTest::newRow(name) << QString::fromUtf8(category) << QString::fromUtf8(text) << QString::fromUtf8(answer)
                            << QString::fromUtf8(value);
    };
    row("date", "Agreement Date", "March 15, 2021", "3/15/21", "2021-03-15");
    row("other date", "Agreement Date", "March 16, 2021", "3/15/21", "");
    row("year with a blank", "Agreement Date", "this ___ day of ____, 2004", "[]/[]/2004", "2004");
    row("two answers", "Effective Date", "September 1, 2006, August 31, 2007", "09/01/2006; 8/31/2007", "");
    row("perpetual", "Expiration Date", "until terminated", "Perpetual", "perpetual");
    row("duration", "Renewal Term", "successive one (1) year terms unless 60 days before", "successive 1 year", "P1Y");
    row("unit as written", "Renewal Term", "renewed for twelve (12) months", "1 year", "P12M");
    row("not in the quote", "Renewal Term", "renewed yearly", "1 year", "");
    row("notice", "Notice Period To Terminate Renewal", "one year terms unless ninety (90) days before", "90 days",
        "P90D");
    row("words against figure", "Notice Period To Terminate Renewal", "thirty (60) days before", "60 days", "");
    row("two periods", "Renewal Term", "five years, then two years", "5 years; 2 years", "");
    row("law", "Governing Law", "the laws of the State of New York", "New York", "US-NY");
    row("law of two", "Governing Law", "the laws of Texas and the laws of Ohio", "Texas", "");
    row("law that the answer doesn't tell", "Governing Law", "the laws of the State of Georgia", "Georgia", "US-GA");
    row("warranty", "Warranty Duration", "for 12 months", "Yes", "");
}

void TestLabels::valuesAreDerivedWhereTheQuotesSayThem() {
    QFETCH(QString, category);
    QFETCH(QString, text);
    QFETCH(QString, answer);
    QFETCH(QString, value);
    const Cell cell = mapOne(text.toStdString(), category.toStdString(), {text.toStdString()}, answer.toStdString());
    QCOMPARE(cell.flags.valueToReview, value.isEmpty());
    QCOMPARE(QString::fromStdString(encodeValue(cell.value)),
             value.isEmpty() ? QString() : QStringLiteral("\"%1\"").arg(value));
}

// The annotators gave the day on which five years end; the contract states a span from its effective date.
void TestLabels::workedOutExpiryBecomesWhatIsWritten() {
    const std::string text = "effective March 18, 2010. It lasts five (5) years from the Effective Date.";
    const auto expiry = [&](const std::string& effective, const std::string& answer) {
        const auto mapping = mapLabels(
            contract({clause(text, "Effective Date", {"effective March 18, 2010."}, effective),
                      clause(text, "Expiration Date", {"It lasts five (5) years from the Effective Date."}, answer)}),
            text, true, taxonomy());
        return QString::fromStdString(encodeValue(find(mapping, "expiration_date")->value));
    };
    const QString written = QStringLiteral("\"effective_date+P5Y\"");
    QCOMPARE(expiry("3/18/10", "3/18/15"), written);
    QCOMPARE(expiry("3/18/10", "3/17/15"), written);
    QCOMPARE(expiry("3/18/10", "3/18/16"), QString());
    QCOMPARE(expiry("[]/[]/2010", "3/18/15"), QString());
}

void TestLabels::partiesTakeOrderAndSpellingOfTheQuotes() {
    const std::string text = "between BETA & SONS LTD. (\"Vendor\") and\nAlpha,\n  Inc. (\"Alpha\")";
    const Cell cell = mapOne(text, "Parties", {"BETA & SONS LTD.", "Vendor", "Alpha,\n  Inc.", "Alpha"},
                             "Alpha, Inc. (\"Alpha\"); Beta and Sons Ltd (\"Vendor\")");
    QVERIFY(cell.isReviewed());
    QCOMPARE(encodeValue(cell.value),
             std::string(R"([{"n":"BETA & SONS LTD.","r":"supplier"},{"n":"Alpha, Inc.","r":"other"}])"));
    QVERIFY(mapOne(text, "Parties", {"BETA & SONS LTD."}, "Alpha, Inc.; Beta & Sons Ltd").flags.valueToReview);
}

void TestLabels::denialsAreForAPerson() {
    const Cell cell = mapOne("There are no third party beneficiaries.", "Third Party Beneficiary",
                             {"There are no third party beneficiaries."}, "Yes");
    QVERIFY(cell.state == CellState::Present && cell.flags.valueToReview && !hasValue(cell.value));
}

void TestLabels::overlappingSpansAreJoined() {
    const std::string text = "one two three four five";
    const auto mapping =
        mapLabels(contract({clause(text, "License Grant", {"five", "two three", "three four", "three"}, "Yes")}), text,
                  true, taxonomy());
    QCOMPARE(quotesOf(&mapping.cells[0]), (std::vector<std::string>{"two three four", "five"}));
    QCOMPARE(mapping.merged, std::vector<std::string>{"license_grant"});
}

void TestLabels::offsetsThatDoNotHoldAreListed() {
    auto labels = contract(
        {clause("one two", "License Grant", {"one", "two"}, "Yes"), clause("one two", "Audit Rights", {"two"}, "Yes")});
    const auto mapping = mapLabels(labels, "one TWO", true, taxonomy());
    QCOMPARE(mapping.notPlaced, (std::vector<std::string>{"license_grant: two", "audit_rights: two"}));
    QCOMPARE(mapping.cells.size(), size_t{1}); // nothing is known of audit_rights
    QVERIFY(mapping.cells[0].flags.unsure && !mapping.cells[0].isReviewed());
    QVERIFY(mapLabels(labels, "", true, taxonomy()).cells.empty());
}

void TestLabels::tooManyQuotesAreNotEncodable() {
    std::string text;
    std::vector<std::string> pieces;
    for (int i = 100; i < 165; ++i) {
        pieces.push_back("piece " + std::to_string(i));
        text += pieces.back() + ". ";
    }
    const auto mapping = mapLabels(contract({clause(text, "License Grant", pieces, "Yes")}), text, true, taxonomy());
    QCOMPARE(mapping.notEncodable, std::vector<std::string>{"license_grant"});
    QVERIFY(!mapping.cells[0].isReviewed());
    const std::string longText(3501, 'x');
    QCOMPARE(mapLabels(contract({clause(longText, "License Grant", {longText}, "Yes")}), longText, true, taxonomy())
                 .notEncodable.size(),
             size_t{1});
}

void TestLabels::valueLevelGivesNoCells() {
    auto labels = contract({clause("", "Governing Law", {}, "California"), clause("", "Audit Rights", {}, "No")});
    labels.level = "value";
    QVERIFY(mapLabels(labels, "", true, taxonomy()).cells.empty());
}

void TestLabels::quotesFindTheirPlaceInThePdf() {
    const auto labels =
        contract({clause(kText, "Document Name", {"LICENSE AGREEMENT"}, "LICENSE AGREEMENT"),
                  clause(kText, "Parties", {"Alpha Inc.", "the \"Licensor\"", "Beta Ltd."},
                         "Alpha Inc. (\"Licensor\"); Beta Ltd."),
                  clause(kText, "Audit Rights",
                         {"Either party may inspect the records of the other; it bears the cost."}, "Yes"),
                  clause(kText, "Governing Law", {"This Agreement is governed by English law."}, "England")});
    const auto mapping = mapLabels(labels, kPdf, false, taxonomy());
    QVERIFY(mapping.notPlaced.empty());
    for (const Cell& cell : mapping.cells)
        QVERIFY2(faultOf(cell, kPdf).isEmpty() && cell.isReviewed(), cell.clause.c_str());
    QCOMPARE(find(mapping, "parties")->spans[1].quote, std::string("the \xE2\x80\x9CLicensor\xE2\x80\x9D"));
    QCOMPARE(quotesOf(find(mapping, "audit_rights")),
             (std::vector<std::string>{"Either party may in- spect the records of the other\xCD\xBE",
                                       "it bears the cost."}));
    QCOMPARE(encodeValue(find(mapping, "governing_law")->value), std::string("\"GB-EAW\""));
}

// "The Licensor" stands three times in the PDF's text. Where the labels' text has it as often, the first is meant; else
// the neighbours decide, and without neighbours nobody does.
void TestLabels::repeatedQuotesAreNeverGuessed() {
    const auto place = [](size_t begin, size_t occurrences, bool withNeighbours) {
        LabelClause repeated = clause(kText, "License Grant", {"Licensor"}, "Yes");
        repeated.spans[0].range = {begin, begin + 8};
        repeated.spans[0].occurrences = occurrences;
        auto labels = contract({repeated});
        if (withNeighbours)
            labels.clauses.push_back(
                clause(kText, "Audit Rights",
                       {"Either party may inspect the records", "This Agreement is governed by English law."}, "Yes"));
        const auto mapping = mapLabels(labels, kPdf, false, taxonomy());
        const Cell* cell = find(mapping, "license_grant");
        return cell ? static_cast<int>(cell->spans[0].range.begin) : -1;
    };
    const int first = static_cast<int>(kPdf.find("Licensor")),
              second = static_cast<int>(kPdf.find("Licensor", static_cast<size_t>(first) + 1));
    const int third = static_cast<int>(kPdf.find("Licensor", static_cast<size_t>(second) + 1));
    QCOMPARE(place(kText.find("Licensor"), 3, false), first);
    QCOMPARE(place(kText.find("Licensor"), 2, false), -1);
    QCOMPARE(place(kText.find("Licensor is free"), 2, true), second);
    QCOMPARE(place(kText.find("Licensor pays"), 2, true), third);
    QCOMPARE(place((kText.find("Licensor is free") + kText.find("Licensor pays")) / 2, 2, true), -1);
}

void TestLabels::samplePdfsTakeAllTheirLabels() {
    const QString reader = qEnvironmentVariable("CLAUSEWRIGHT_READER");
    if (!QFile::exists(reader))
        QSKIP("CLAUSEWRIGHT_READER doesn't name the reader, so the sample's PDFs were not read.");
    const auto labels = parseLabels(*readFile(test::sampleFolder() / "annotations.json"), "annotations.json");
    int pdfs = 0;
    for (const LabelledContract& contract : *labels) {
        const auto file =
            test::sampleFolder() / "contracts" / std::filesystem::path(contract.contractFile).replace_extension(".pdf");
        if (!std::filesystem::exists(file))
            continue;
        ++pdfs;
        const std::string text = readWith(reader, file);
        const auto mapping = mapLabels(contract, text, false, taxonomy());
        QVERIFY2(!text.empty() && mapping.notPlaced.empty(), file.c_str());
        QCOMPARE(mapping.cells.size(), size_t{41});
        for (const Cell& cell : mapping.cells)
            QVERIFY2(faultOf(cell, text).isEmpty(), cell.clause.c_str());
    }
    QCOMPARE(pdfs, 3);
}

// The counts are those of the collection's README and of these rules; a change of a rule shows here.
void TestLabels::collectionMapsWhole() {
    if (test::corpusFolder().empty())
        QSKIP("CW_CORPUS doesn't name the contract collection, so its labels were not mapped.");
    const auto folder = test::corpusFolder() / "data" / "contracts";
    const auto all = parseLabels(*readFile(folder / "annotations.json"), "annotations.json");
    QVERIFY2(all.ok(), all.ok() ? "" : all.error().message().c_str());
    QCOMPARE(all->size(), size_t{371});
    int cells = 0, present = 0, derived = 0, toReview = 0, conflicts = 0, spans = 0, hypotheses = 0;
    for (const LabelledContract& labels : *all) {
        const std::string text = *readFile(folder / labels.contractFile);
        const LabelMapping mapping = mapLabels(labels, text, true, taxonomy());
        QVERIFY2(mapping.notPlaced.empty() && mapping.notEncodable.empty(), labels.contractFile.c_str());
        for (const auto& [category, count] : mapping.notMapped)
            hypotheses += count;
        for (const Cell& cell : mapping.cells) {
            QVERIFY2(faultOf(cell, text).isEmpty(), (labels.contractFile + " " + cell.clause).c_str());
            ++cells;
            present += cell.state == CellState::Present ? 1 : 0;
            derived += hasValue(cell.value) ? 1 : 0;
            toReview += cell.flags.valueToReview ? 1 : 0;
            conflicts += cell.flags.conflict ? 1 : 0;
            spans += static_cast<int>(cell.spans.size());
        }
        const Request request = requestOf(mapping.cells, taxonomy());
        const Status encodable =
            request.keys.empty() ? Status() : checkEncodable(goldAnswer(mapping.cells, request), request, taxonomy());
        QVERIFY2(encodable.ok(),
                 encodable.ok() ? "" : (labels.contractFile + ": " + encodable.error().message()).c_str());
    }
    qInfo("%d cells, %d present with %d spans, %d values derived, %d to review, %d conflicts", cells, present, spans,
          derived, toReview, conflicts);
    QCOMPARE(cells, 254 * 41 + 117 * 2);
    QCOMPARE(hypotheses, 117 * 15);
    QCOMPARE(conflicts, 7);
    QVERIFY(derived > 2100 && toReview < 750);
}

QTEST_GUILESS_MAIN(TestLabels)
#include "test_labels.moc"
