// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Values from words: what is read, and above all what is not.
#include "core/base/file.h"
#include "core/extraction/derive.h"
#include "core/extraction/tokens.h"
#include "core/extraction/values.h"
#include "tests/support/paths.h"

#include <QtTest>

using namespace cw;

namespace {

QString shown(const std::optional<std::string>& value) {
    return value ? QString::fromStdString(*value) : QStringLiteral("nothing");
}

void row(const char* text, const char* value) {
    QTest::newRow(text) << QString::fromUtf8(text) << QString::fromUtf8(value);
}

ClauseType typeOf(const std::string& key) {
    static const Taxonomy taxonomy = *Taxonomy::fromJson(
        *readFile(test::sourceFolder() / "resources" / "taxonomy" / "default.json"), "default.json");
    return *taxonomy.find(key);
}

} // namespace

class TestDerive : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void numbersInWords_data();
    void numbersInWords();
    void moneyInWords_data();
    void moneyInWords();
    void tokensAreWordsNumbersAndMarks();
    void answerDates_data();
    void answerDates();
    void datesInWords_data();
    void datesInWords();
    void numericOrderIsDecidedOrLeftOpen();
    void writtenDatesAreRecognised();
    void durations_data();
    void durations();
    void durationsAreListedOnce();
    void relativeDates_data();
    void relativeDates();
    void laws_data();
    void laws();
    void partiesHaveNamesAndRoles();
    void partiesWithAliasesForAll();
    void partiesThatAreNotClearGiveNothing_data();
    void partiesThatAreNotClearGiveNothing();
    void denialsAreNoticed();
    void evidenceGivesTheValueOfItsType();
};

void TestDerive::tokensAreWordsNumbersAndMarks() {
    std::string text;
    for (const Token& token :
         tokenize("A\xC2\xA0\x62uyer\xE2\x80\x99s 1,250,000.50 co\xC2\xAD-op \xC3\x89t\xC3\xA9 1234,567"))
        text += token.lower + "|";
    QCOMPARE(text, std::string("a|buyer|'|s|1250000|.|50|co|-|op|\xC3\x89t\xC3\xA9|1234|,|567|"));
}

void TestDerive::answerDates_data() {
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("value");
    row("3/15/21", "2021-03-15");
    row("6/21/99", "1999-06-21");
    row("1/1/49", "2049-01-01");
    row("1/1/50", "1950-01-01");
    row("03/[]/2018", "2018-03");
    row("[]/[]/2020", "2020");
    row("Perpetual", "perpetual");
    row("[]/[]/20[]", "nothing");
    row("[]/[]/[]", "nothing");
    row("[]/5/2020", "nothing");
    row("09/14/200[]", "nothing");
    row("2/29/21", "nothing");
    row("15/3/21", "nothing");
    row("9/1/06; 8/31/07", "nothing");
    row("No", "nothing");
    row("", "nothing");
}

void TestDerive::answerDates() {
    QFETCH(QString, text);
    QFETCH(QString, value);
    QCOMPARE(shown(dateFromCuadAnswer(text.toStdString())), value);
}

void TestDerive::datesInWords_data() {
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("value");
    row("entered into as of March 15, 2021 (the \"Effective Date\")", "2021-03-15");
    row("April 15 , 2010", "2010-04-15");
    row("FEBRUARY 4, 2020", "2020-02-04");
    row("March 9th 2015", "2015-03-09");
    row("Sept. 3, 2001", "2001-09-03");
    row("made on 3 April 2024", "2024-04-03");
    row("the 20th day of March, 2018", "2018-03-20");
    row("1st of\n      March, 2003", "2003-03-01");
    row("24t h day of August 2018", "2018-08-24");
    row("November ___, 2006", "2006-11");
    row("this ____ day of March, 2018", "2018-03");
    row("dated 2024-04-03", "2024-04-03");
    row("9/21/98", "1998-09-21");
    row("21.9.1998", "1998-09-21");
    row("September 21, 1998. Signed 9/21/98", "1998-09-21");
    row("March 15, 2021, also written March 15, 2021", "2021-03-15");
    row("March 15, 2021 and April 1, 2021", "nothing");
    row("March 15, 2021. Signed 4/15/21", "nothing");
    row("03/04/2024", "nothing");
    row("February 30, 2021", "nothing");
    row("Section 2.1.04 applies; they may 2021 times", "nothing");
    row("this ___ day of _________, 2004", "nothing");
    row("on the date of last signature", "nothing");
}

void TestDerive::datesInWords() {
    QFETCH(QString, text);
    QFETCH(QString, value);
    QCOMPARE(shown(dateFromText(text.toStdString(), std::nullopt)), value);
}

void TestDerive::numericOrderIsDecidedOrLeftOpen() {
    QCOMPARE(shown(dateFromText("dated 03/04/2024", DateOrder::DayFirst)), QStringLiteral("2024-04-03"));
    QCOMPARE(shown(dateFromText("dated 03/04/2024", DateOrder::MonthFirst)), QStringLiteral("2024-03-04"));
    QCOMPARE(shown(dateFromText("dated 05/05/2024", std::nullopt)), QStringLiteral("2024-05-05"));
    QCOMPARE(shown(dateFromText("dated 9/21/1998", DateOrder::DayFirst)), QStringLiteral("1998-09-21"));
    const auto either = eitherDateFromText("dated 03/04/2024");
    QVERIFY(either && either->dayFirst == "2024-04-03" && either->monthFirst == "2024-03-04");
    for (const char* decided : {"dated 05/05/2024", "dated 9/21/1998", "dated 03/04/2024, that is 3 April 2024", "from 03/04/2024 to 05/06/2024", "dated 3 April 2024", ""})
        QVERIFY2(!eitherDateFromText(decided), decided);
}

void TestDerive::writtenDatesAreRecognised() {
    QVERIFY(isDateWritten("2024-04-03", "dated 03/04/2024"));
    QVERIFY(isDateWritten("2024-03-04", "dated 03/04/2024"));
    QVERIFY(!isDateWritten("2024-04-04", "dated 03/04/2024"));
    QVERIFY(isDateWritten("2021-12-31", "from January 1, 2020 to December 31, 2021"));
    QVERIFY(isDateWritten("2004", "this ___ day of ____, 2004"));
    QVERIFY(!isDateWritten("2004-05", "this ___ day of ____, 2004"));
    QVERIFY(isDateWritten("2018-03", "this ____ day of March, 2018"));
    QVERIFY(!isDateWritten("2015-03-18", "five (5) years commencing upon the Effective Date"));
    QVERIFY(!isDateWritten("perpetual", "perpetual"));
}

void TestDerive::durations_data() {
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("value");
    row("for three (3) years", "P3Y");
    row("3 (three) years", "P3Y");
    row("30 days' notice", "P30D");
    row("twelve months", "P12M");
    row("a twelve-month period", "P12M");
    row("successive one (1) year terms", "P1Y");
    row("forty-five (45) days", "P45D");
    row("one hundred and eighty (180) days", "P180D");
    row("ten business days", "P10BD");
    row("five (5) working days", "P5BD");
    row("90 calendar days", "P90D");
    row("within 24 hours", "PT24H");
    row("6 weeks", "P6W");
    row("1,000 hours", "PT1000H");
    row("one year and again one (1) year", "P1Y");
    row("thirty (60) days", "nothing");
    row("one year, or 30 days", "nothing");
    row("twelve (12) months or one (1) year", "nothing");
    row("30 to 60 days", "nothing");
    row("two or three years", "nothing");
    row("1.5 years", "nothing");
    row("2 1/2 years", "nothing");
    row("[***] days", "nothing");
    row("a reasonable time", "nothing");
    row("the third anniversary", "nothing");
    row("zero days", "nothing");
}

void TestDerive::durations() {
    QFETCH(QString, text);
    QFETCH(QString, value);
    QCOMPARE(shown(durationFromText(text.toStdString())), value);
}

void TestDerive::durationsAreListedOnce() {
    QCOMPARE(durationsInText("one (1) year terms unless 90 days before, thirty (60) days, and ninety (90) days"),
             (std::vector<std::string>{"P1Y", "P90D"}));
}

void TestDerive::relativeDates_data() {
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("value");
    row("The initial term is three (3) years from the Effective Date", "effective_date+P3Y");
    row("five (5) years commencing upon the Effective Date hereof", "effective_date+P5Y");
    row("shall commence on the Effective Date and continue for a period of six (6) months.", "effective_date+P6M");
    row("twelve months after the date of this Agreement", "agreement_date+P12M");
    row("effective as of the Effective Date and shall continue in force for three years from the Launch Date",
        "nothing");
    row("shall become effective on the Effective Date. It lasts for three years.", "nothing");
    row("three years from the Effective Date, renewed for one year", "nothing");
    row("three years", "nothing");
}

void TestDerive::relativeDates() {
    QFETCH(QString, text);
    QFETCH(QString, value);
    QCOMPARE(shown(relativeDateFromText(text.toStdString())), value);
}

void TestDerive::laws_data() {
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("value");
    row("governed by the laws of England and Wales", "GB-EAW");
    row("English law applies", "GB-EAW");
    row("England, United Kingdom; Wales, United Kingdom", "GB-EAW");
    row("the laws of Scotland", "GB-SCT");
    row("the law of Northern Ireland", "GB-NIR");
    row("the laws of the United Kingdom", "GB");
    row("the laws of the State of Delaware without regard to conflicts of law of any other state", "US-DE");
    row("construed under California law", "US-CA");
    row("the internal laws of the State of New York, and the courts of New Jersey have jurisdiction", "US-NY");
    row("THE LAWS OF THE STATE OF GEORGIA", "US-GA");
    row("the laws of the Commonwealth of Massachusetts", "US-MA");
    row("Washington", "US-WA");
    row("the laws of the District of Columbia", "US-DC");
    row("the laws of the Province of Ontario and the federal laws of Canada applicable therein", "CA-ON");
    row("British Columbia,Canada", "CA-BC");
    row("Victoria, Australia", "AU-VIC");
    row("the laws of the Republic of Ireland", "IE");
    row("laws of the People\xE2\x80\x99s Republic of China", "CN");
    row("Papua New Guinea", "PG");
    row("Singapore law", "SG");
    row("the laws of the State of Israel", "IL");
    row("Swiss law", "CH");
    row("Federal Republic of Germany", "DE");
    row("Texas; Singapore; Belgium", "multiple");
    row("the laws of Illinois and the laws of New York", "multiple");
    row("Georgia", "nothing");
    row("Beijing", "nothing");
    row("the laws of the state in which the restaurant is located", "nothing");
    row("arbitration in San Antonio, Texas", "nothing");
    row("English is the language of this contract", "nothing");
    row("excluding patent laws of Japan", "nothing");
    row("[* * *]", "nothing");
}

void TestDerive::laws() {
    QFETCH(QString, text);
    QFETCH(QString, value);
    QCOMPARE(shown(governingLawFromText(text.toStdString())), value);
}

void TestDerive::partiesHaveNamesAndRoles() {
    QCOMPARE(partiesFromCuadAnswer(
                 {"Redwater LLC (the \"Contractor\"); Baidu (Beijing) Co., Ltd. (\xE2\x80\x9CParty A\xE2\x80\x9D);"
                  " INVASIX LTD. (\"Invasix\" or \"Customer\")"}),
             (std::vector<Party>{{"Redwater LLC", "contractor"},
                                 {"Baidu (Beijing) Co., Ltd.", "other"},
                                 {"INVASIX LTD.", "customer"}}));
    QCOMPARE(partiesFromCuadAnswer({"(Alpha Bank d/b/a Alpha (\"Bank\"); Beta, Inc. and its affiliates (\"Agent\"))"}),
             (std::vector<Party>{{"Alpha Bank", "other"}, {"Beta, Inc.", "agent"}}));
    QCOMPARE(partiesFromCuadAnswer({"Alpha Inc.", "Beta Ltd", "Alpha Inc."}),
             (std::vector<Party>{{"Alpha Inc.", "other"}, {"Beta Ltd", "other"}}));
}

void TestDerive::partiesWithAliasesForAll() {
    const std::vector<Party> both = {{"Xencor, Inc.", "other"}, {"Aimmune, Inc.", "supplier"}};
    QCOMPARE(
        partiesFromCuadAnswer(
            {"Xencor, Inc. (\"Xencor\"); Aimmune, Inc. (\"Vendor\")(\"Party\" and collectively as the \"Parties\")"}),
        both);
    QCOMPARE(
        partiesFromCuadAnswer({"Xencor, Inc. (\"Xencor\"); Aimmune, Inc. (\"Vendor\"); (together the \"Parties\")"}),
        both);
    QCOMPARE(partiesFromCuadAnswer({"Xencor, Inc. (\"Xencor\"); Aimmune, Inc. (\"Vendor\"); individually as \"Party\" "
                                    "and collectively as the \"Parties\""}),
             both);
    QCOMPARE(partiesFromCuadAnswer(
                 {"Xencor, Inc. (\"Xencor\"); Aimmune, Inc. (\"Vendor\"); Xencor and Vendor (each a \"Party\")"}),
             both);
}

void TestDerive::partiesThatAreNotClearGiveNothing_data() {
    QTest::addColumn<QString>("text");
    QTest::newRow("redaction") << "[ * * * ] (\"Provider\"); Alpha Inc. (\"Alpha\")";
    QTest::newRow("blank of a form") << "Alpha Inc. (\"Company\"); Franchisee (\"you\")";
    QTest::newRow("crossed out") << "Alpha Inc.; XXXXXXXXXX (\"Distributor\")";
    QTest::newRow("two names in one") << "Alpha Inc.; Beta Company and Gamma, Inc. (collectively \"Agent\")";
    QTest::newRow("unknown names for all") << "Alpha Inc.; Beta Inc.; Alpa and Beta (each a \"Party\")";
    QTest::newRow("only one") << "Alpha Inc. (\"Alpha\")";
    QTest::newRow("none") << "";
    QTest::newRow("thirteen") << "A1; B2; C3; D4; E5; F6; G7; H8; I9; J10; K11; L12; M13";
}

void TestDerive::partiesThatAreNotClearGiveNothing() {
    QFETCH(QString, text);
    QVERIFY(partiesFromCuadAnswer({text.toStdString()}).empty());
}

void TestDerive::denialsAreNoticed() {
    QVERIFY(mayDeny("exclusivity", "appointed on a Non-Exclusive basis"));
    QVERIFY(!mayDeny("exclusivity", "shall be the exclusive distributor"));
    QVERIFY(!mayDeny("license_grant", "a non-exclusive licence"));
    QVERIFY(mayDeny("third_party_beneficiary", "There are no third-party beneficiaries."));
    QVERIFY(
        mayDeny("termination_for_convenience", "The Distributor may not terminate this Agreement for convenience."));
    QVERIFY(!mayDeny("irrevocable_or_perpetual_license", "an irrevocable licence"));
    QVERIFY(mayDeny("irrevocable_or_perpetual_license", "a revocable licence"));
    QVERIFY(!mayDeny("anti_assignment", "Neither party may assign this Agreement without prior written consent"));
}

void TestDerive::evidenceGivesTheValueOfItsType() {
    const auto text = [](const char* key, const char* evidence, std::optional<DateOrder> order = {}) {
        const auto value = valueFromEvidence(typeOf(key), evidence, order);
        return value && std::holds_alternative<std::string>(*value)
                   ? QString::fromStdString(std::get<std::string>(*value))
                   : QStringLiteral("nothing");
    };
    QCOMPARE(text("agreement_date", "dated 03/04/2024", DateOrder::DayFirst), QStringLiteral("2024-04-03"));
    QCOMPARE(text("agreement_date", "dated 03/04/2024", DateOrder::MonthFirst), QStringLiteral("2024-03-04"));
    QCOMPARE(text("agreement_date", "dated 03/04/2024"), QStringLiteral("nothing"));
    QCOMPARE(text("expiration_date", "three (3) years from the Effective Date"), QStringLiteral("effective_date+P3Y"));
    QCOMPARE(text("payment_terms", "within forty-five (45) days of receipt"), QStringLiteral("P45D"));
    QCOMPARE(text("governing_law", "the laws of the State of Delaware"), QStringLiteral("US-DE"));
    QCOMPARE(text("dispute_resolution", "the exclusive jurisdiction of the English courts"),
             QStringLiteral("courts_exclusive"));
    QCOMPARE(text("dispute_resolution", "the non-exclusive jurisdiction of the courts"),
             QStringLiteral("courts_non_exclusive"));
    QCOMPARE(text("dispute_resolution", "finally settled by arbitration"), QStringLiteral("arbitration"));
    QCOMPARE(text("dispute_resolution", "arbitration, and the courts may enforce it"), QStringLiteral("nothing"));
    QCOMPARE(text("rofr_rofo_rofn", "a right of first refusal"), QStringLiteral("rofr"));
    QCOMPARE(text("rofr_rofo_rofn", "rights of first offer and of first refusal"), QStringLiteral("several"));
    QCOMPARE(text("cap_on_liability", "$1,000,000"), QStringLiteral("XXX 1000000"));
    QVERIFY(valueFromEvidence(typeOf("audit_rights"), "may inspect the records", {}) ==
            std::optional<ClauseValue>(true));
    QVERIFY(!valueFromEvidence(typeOf("exclusivity"), "on a non-exclusive basis", {}).has_value());
    QVERIFY(!valueFromEvidence(typeOf("license_grant"), "grants a licence", {}).has_value());
}

void TestDerive::numbersInWords_data() {
    QTest::addColumn<QString>("words");
    QTest::addColumn<QString>("number");
    QTest::newRow("percent") << "a royalty of 8 % of Net Sales" << "8 %";
    QTest::newRow("per cent") << "The royalty is 7.5 per cent of Net Sales." << "7.5 %";
    QTest::newRow("words and figures") << "eight percent (8%) of Net Sales" << "8 %";
    QTest::newRow("units a year") << "shall order at least 10,000 units in each Contract Year" << "10000 units/P1Y";
    QTest::newRow("users") << "up to 500 Named Users; excess users are charged" << "500 users";
    QTest::newRow("spend") << "shall purchase not less than $1.5 million per calendar year" << "1500000 XXX/P1Y";
    QTest::newRow("two") << "8% of Net Sales and 5% of sublicense income" << "";
    QTest::newRow("same twice") << "five percent (5%) and again 5%" << "5 %";
    QTest::newRow("none") << "the Minimum Quantity" << "";
}

void TestDerive::numbersInWords() {
    QFETCH(QString, words);
    QFETCH(QString, number);
    QCOMPARE(QString::fromStdString(numberFromText(words.toStdString()).value_or("")), number);
}

void TestDerive::moneyInWords_data() {
    QTest::addColumn<QString>("words");
    QTest::addColumn<QString>("money");
    QTest::newRow("code") << "shall pay GBP 500 for each day of delay" << "GBP 500";
    QTest::newRow("pounds") << QString::fromUtf8("not exceed \u00A35,000,000 in aggregate") << "GBP 5000000";
    QTest::newRow("nobody's dollars") << "shall not exceed $500,000" << "XXX 500000";
    QTest::newRow("US dollars") << "shall not exceed US$500,000.50" << "USD 500000.5";
    QTest::newRow("share") << "shall not exceed 125 % of the Charges paid in the preceding 12 months" << "125%fees_paid/P12M";
    QTest::newRow("all fees") << "shall not exceed the total fees paid by Customer in the twelve (12) months prior" << "100%fees_paid";
    QTest::newRow("greater") << "the greater of GBP 1,000,000 and the fees paid in the preceding twelve months" << "max(GBP 1000000,100%fees_paid/P12M)";
    QTest::newRow("lesser") << "the lesser of EUR 10 and EUR 20" << "min(EUR 10,EUR 20)";
    QTest::newRow("two without a word") << "USD 10 or, as the case may be, USD 20" << "";
    QTest::newRow("price") << "shall not exceed the purchase price of the Products" << "100%purchase_price";
    QTest::newRow("none") << "in no event shall either party be liable for indirect loss" << "";
}

void TestDerive::moneyInWords() {
    QFETCH(QString, words);
    QFETCH(QString, money);
    const auto found = moneyFromText(words.toStdString());
    QCOMPARE(QString::fromStdString(found.value_or("")), money);
    QVERIFY(!found || parseMoney(*found));
}

QTEST_APPLESS_MAIN(TestDerive)
#include "test_derive.moc"
