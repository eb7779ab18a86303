// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// A case of each kind of error, through the whole evaluation: contract, gold, output, kind.
#include "core/eval/evaluation.h"
#include "tests/support/taxonomy.h"

#include <QTest>

#include <set>

using namespace cw;
using namespace cw::test;

namespace {

using Findings = std::map<std::string, Finding>;
using Parties = std::vector<Party>;

Finding quoted(std::string quote, ClauseValue value = {}) { return {{std::move(quote)}, std::move(value)}; }
ClauseValue text(const char* value) { return std::string(value); }

struct KindCase {
    const char* kind;
    std::string text;        // of the contract
    std::string clause;      // that is looked at
    Findings gold;           // of every clause that is asked for; the one above may be missing, i.e. absent
    Findings predicted;
    std::string output = {}; // instead of `predicted`
    FinishReason finish = FinishReason::Stop;
    size_t cut = 0;          // the contract is read in two windows, parted here
    bool withText = true;
};

const std::string kSupply = "SUPPLY AGREEMENT between Harrow & Pike Limited and Oakfield Robotics plc. It renews for one (1) year terms unless "
                            "either party gives notice at least ninety (90) days before expiry. Neither party may assign this Agreement. The "
                            "Supplier gives its staff health insurance.";
const std::string kBoth = "Harrow & Pike Limited and Oakfield Robotics plc";
const Parties kPair = {{"Harrow & Pike Limited", "supplier"}, {"Oakfield Robotics plc", "customer"}};
const std::string kGrant = "Vendor grants Customer a license to use the Software", kSecond = "Vendor also licenses the Documentation to Customer";
const std::string kLicence = kGrant + ". Each party bears its own costs of this. " + kSecond + ". Nothing else is licensed by Vendor to anybody.";
const std::string kIndemnity = "The Supplier shall indemnify the Customer against all losses";
const std::string kProviso = " provided that the Customer gives notice without delay and lets the Supplier defend the claim";
const std::string kSection = "Each party keeps records for six years. " + kIndemnity + kProviso +
                             ". This section survives the end of the Agreement and binds successors of the parties.";

const std::vector<KindCase>& cases() {
    static const Finding term = quoted("renews for one (1) year terms", text("P1Y"));
    static const Finding assign = quoted("Neither party may assign this Agreement", true);
    static const Finding parties = quoted(kBoth, kPair);
    static const std::vector<KindCase> table = {
        {"output_invalid", kSupply, "renewal_term", {{"renewal_term", term}}, {}, "I found a renewal term of a year."},
        {"truncated", kSupply, "renewal_term", {{"renewal_term", term}}, {}, "{\"renewal_term\":{\"q\":[\"renews for", FinishReason::Length},
        {"chunk_cut", kSupply, "renewal_term", {{"renewal_term", term}}, {}, {}, FinishReason::Stop, kSupply.find("for one")},
        {"missed", kSupply, "renewal_term", {{"renewal_term", term}}, {}},
        {"hallucinated", kSupply, "insurance", {}, {{"insurance", quoted("health insurance", true)}}, {}, FinishReason::Stop, 0, false},
        {"hallucinated_ungrounded", kSupply, "insurance", {}, {{"insurance", quoted("fire insurance of USD 5", true)}}},
        {"hallucinated_misread", kSupply, "insurance", {}, {{"insurance", quoted("gives its staff health insurance", true)}}},
        {"wrong_clause", kSupply, "renewal_term",
         {{"renewal_term", term}, {"renewal_notice_period", quoted("notice at least ninety (90) days before expiry", text("P90D"))}},
         {{"renewal_term", quoted("notice at least ninety (90) days before expiry", text("P90D"))}}},
        {"polarity", kSupply, "anti_assignment", {{"anti_assignment", assign}}, {{"anti_assignment", {assign.quotes, false}}}},
        {"date_order", "Signed on 03/04/2024.", "agreement_date", {{"agreement_date", quoted("03/04/2024", text("2024-04-03"))}},
         {{"agreement_date", quoted("03/04/2024", text("2024-03-04"))}}},
        {"date_precision", "Made in April 2024.", "agreement_date", {{"agreement_date", quoted("April 2024", text("2024-04"))}},
         {{"agreement_date", quoted("April 2024", text("2024-04-01"))}}},
        {"date_anchor", "Effective as of 1 May 2024. Signed on 12 April 2024.", "effective_date",
         {{"effective_date", quoted("as of 1 May 2024", text("2024-05-01"))}, {"agreement_date", quoted("on 12 April 2024", text("2024-04-12"))}},
         {{"effective_date", quoted("as of 1 May 2024", text("2024-04-12"))}}},
        {"party_swap", kSupply, "parties", {{"parties", parties}},
         {{"parties", quoted(kBoth, Parties{{kPair[0].name, "customer"}, {kPair[1].name, "supplier"}})}}},
        {"party_missing", kSupply, "parties", {{"parties", parties}}, {{"parties", quoted(kBoth, Parties{kPair[0]})}}},
        {"party_extra", kSupply, "parties", {{"parties", quoted(kBoth, Parties{kPair[0]})}}, {{"parties", parties}}},
        {"legal_form", "Harrow & Pike LLC or Harrow & Pike Limited signs.", "parties",
         {{"parties", quoted("Harrow & Pike Limited", Parties{{"Harrow & Pike Limited", "supplier"}})}},
         {{"parties", quoted("Harrow & Pike LLC", Parties{{"Harrow & Pike LLC", "supplier"}})}}},
        {"unit", "Pay within 30 days.", "payment_terms", {{"payment_terms", quoted("30 days", text("P30D"))}},
         {{"payment_terms", quoted("30 days", text("P1M"))}}},
        {"magnitude", "No more than USD 100,000.", "cap_on_liability", {{"cap_on_liability", quoted("USD 100,000", text("USD 100000"))}},
         {{"cap_on_liability", quoted("USD 100,000", text("USD 1000000"))}}},
        {"currency", "No more than GBP 5,000.", "cap_on_liability", {{"cap_on_liability", quoted("GBP 5,000", text("GBP 5000"))}},
         {{"cap_on_liability", quoted("GBP 5,000", text("USD 5000"))}}},
        {"jurisdiction", "Under the law of Scotland.", "governing_law", {{"governing_law", quoted("law of Scotland", text("GB-SCT"))}},
         {{"governing_law", quoted("law of Scotland", text("GB-EAW"))}}},
        {"wrong_code", "Disputes go to arbitration.", "dispute_resolution",
         {{"dispute_resolution", quoted("go to arbitration", text("arbitration"))}},
         {{"dispute_resolution", quoted("go to arbitration", text("expert"))}}},
        {"wrong_value", "Pay within 45 days.", "payment_terms", {{"payment_terms", quoted("45 days", text("P45D"))}},
         {{"payment_terms", quoted("45 days", text("P30D"))}}},
        {"altered_quote", kSection, "indemnification", {{"indemnification", quoted(kIndemnity + kProviso)}},
         {{"indemnification", quoted("The Supplier shall indemnify ... defend the claim")}}},
        {"boundary_short", kSection, "indemnification", {{"indemnification", quoted(kIndemnity + kProviso)}},
         {{"indemnification", quoted(kIndemnity)}}},
        {"boundary_long", kSection, "indemnification", {{"indemnification", quoted(kIndemnity)}}, {{"indemnification", quoted(kSection)}}},
        {"boundary_shift", kSection, "indemnification", {{"indemnification", quoted(kIndemnity)}},
         {{"indemnification", quoted("This section survives the end of the Agreement and binds successors")}}},
        {"span_missing", kLicence, "license_grant", {{"license_grant", {{kGrant, kSecond}, {}}}}, {{"license_grant", quoted(kGrant)}}},
        {"span_extra", kLicence, "license_grant", {{"license_grant", quoted(kGrant)}}, {{"license_grant", {{kGrant, kSecond}, {}}}}},
        {"duplicate", kLicence + " " + kGrant + ".", "license_grant", {{"license_grant", quoted(kGrant)}},
         {{"license_grant", {{kGrant, kGrant}, {}}}}},
        {"format", "Signed on 1 April 2024.", "agreement_date", {{"agreement_date", quoted("1 April 2024", text("2024-04-01"))}}, {},
         R"({"agreement_date":{"q":["1 April 2024"],"v":"1 April 2024"}})"},
    };
    return table;
}

Request requestOf(const KindCase& each) {
    std::set<std::string> asked = {each.clause};
    for (const auto& [key, finding] : each.gold)
        asked.insert(key);
    Request request;
    for (const ClauseType& type : defaultTaxonomy().types()) // in the order of the taxonomy
        if (asked.count(type.key))
            request.keys.push_back(type.key);
    return request;
}

Answer answerOf(const Request& request, const Findings& findings) {
    Answer answer;
    for (const std::string& key : request.keys) {
        const auto found = findings.find(key);
        answer.cells.push_back({key, found == findings.end() ? std::nullopt : std::optional(found->second)});
    }
    return answer;
}

GoldRow goldOf(const KindCase& each) {
    GoldRow row;
    row.contract = ContractId("c");
    row.request = requestOf(each);
    row.answer = answerOf(row.request, each.gold);
    for (const AnswerCell& cell : row.answer.cells) {
        std::vector<ByteRange>& places = row.ranges.emplace_back();
        for (const std::string& quote : cell.finding ? cell.finding->quotes : std::vector<std::string>()) {
            const size_t at = each.text.find(quote);
            places.push_back({at, at + quote.size()});
        }
    }
    return row;
}

std::vector<OutputRow> outputsOf(const KindCase& each) {
    OutputRow row;
    row.meta.contract = ContractId("c");
    row.meta.request = requestOf(each);
    row.meta.window = {0, each.text.size()};
    row.output = each.output.empty() ? encodeAnswer(answerOf(row.meta.request, each.predicted)) : each.output;
    row.finish = each.finish;
    if (each.cut == 0)
        return {row};
    row.meta.parts = 2;
    row.meta.window = {0, each.cut};
    OutputRow second = row;
    second.meta.part = 2;
    second.meta.window = {each.cut, each.text.size()};
    return {row, second};
}

const ScoredCell& cellOf(const Evaluation& evaluation, const std::string& clause) {
    for (const ScoredCell& cell : evaluation.cells)
        if (cell.clause == clause)
            return cell;
    qFatal("no such cell");
}

} // namespace

class TestErrorKinds : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyKindHasACase();
    void theCaseHasItsKind_data();
    void theCaseHasItsKind();
    void aFormatErrorIsRightForALenientReader();
};

void TestErrorKinds::everyKindHasACase() {
    std::set<std::string_view> known, tried;
    for (ErrorKind kind : allErrorKinds())
        known.insert(toString(kind));
    for (const KindCase& each : cases())
        tried.insert(each.kind);
    QVERIFY(known == tried);
    QCOMPARE(cases().size(), known.size());
}

void TestErrorKinds::theCaseHasItsKind_data() {
    QTest::addColumn<int>("index");
    for (size_t i = 0; i < cases().size(); ++i)
        QTest::newRow(cases()[i].kind) << static_cast<int>(i);
}

void TestErrorKinds::theCaseHasItsKind() {
    QFETCH(int, index);
    const KindCase& each = cases()[static_cast<size_t>(index)];
    const TextOf textOf = [&](const ContractId&) { return each.withText ? &each.text : nullptr; };
    const Evaluation evaluation = evaluate({goldOf(each)}, outputsOf(each), defaultTaxonomy(), textOf);
    const ScoredCell& cell = cellOf(evaluation, each.clause);
    QCOMPARE(toString(cell.strict.kind), std::string_view(each.kind));
    QVERIFY(cell.strict.tags.has(cell.strict.kind));
    QVERIFY(!cell.strict.right());
    QVERIFY(evaluation.strict.errorKinds.at(each.kind) >= 1);
}

void TestErrorKinds::aFormatErrorIsRightForALenientReader() {
    const KindCase& each = cases().back();
    const Evaluation evaluation = evaluate({goldOf(each)}, outputsOf(each), defaultTaxonomy(), [&](const ContractId&) { return &each.text; });
    QCOMPARE(evaluation.strict.total.inv, 1);
    QCOMPARE(evaluation.lenient.total.tp, 1);
    KindCase wrong = each;
    wrong.output = R"({"agreement_date":{"q":["1 April 2024"],"v":"2 April 2024"}})"; // read leniently it is wrong all the same
    const Evaluation other = evaluate({goldOf(wrong)}, outputsOf(wrong), defaultTaxonomy(), [&](const ContractId&) { return &each.text; });
    QCOMPARE(toString(cellOf(other, "agreement_date").strict.kind), std::string_view("output_invalid"));
    QCOMPARE(other.lenient.total.sub, 1);
    KindCase fenced = each; // an object in a fence: all cells are lost, and a lenient reader has them
    fenced.output = "```json\n" + encodeAnswer(answerOf(requestOf(each), each.gold)) + "\n```";
    const Evaluation third = evaluate({goldOf(fenced)}, outputsOf(fenced), defaultTaxonomy(), [&](const ContractId&) { return &each.text; });
    QCOMPARE(third.strict.total.inv, 1);
    QCOMPARE(toString(cellOf(third, "agreement_date").strict.kind), std::string_view("output_invalid"));
    QCOMPARE(third.lenient.total.tp, 1);
}

QTEST_APPLESS_MAIN(TestErrorKinds)
#include "test_error_kinds.moc"
