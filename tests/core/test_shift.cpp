// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The UK shift suite: what each transform writes, what it leaves alone, and what becomes of the gold. Over the large collection:
// test_shift_corpus.
#include "core/base/rng.h"
#include "core/eval/shift/shift.h"
#include "tests/support/shift_fixture.h"

#include <QtTest>

#include <set>

using namespace cw;
using namespace cw::test;

namespace {

const std::string kText = R"(SERVICES AGREEMENT

This Services Agreement (the "Agreement") is made as of April 3, 2024 by and between Acme Widgets, Inc., a Delaware corporation with its principal place of business at 1 Main Street, Dallas, Texas ("Customer"), and Byte Labs LLC, a New York limited liability company ("Supplier").

Section 1. License. Supplier grants Customer a non-exclusive license to use the Software. Supplier shall organize training at its data center, in the color of its choice.

Section 2. Fees. Customer shall pay $1,250,000.00 per year within thirty (30) days of the invoice date, plus any sales and use taxes. Late sums bear interest at two percent as provided in Section 4.2 below and Exhibit A attached hereto.

Section 3. Term. This Agreement begins on 04/03/2024 and may be terminated under Section 365 of the Bankruptcy Code.

Section 4. Law. This Agreement shall be governed by the laws of the State of New York, without regard to its conflict of laws principles. The parties submit to the non-exclusive jurisdiction of the state and federal courts located in New York County, New York.

IN WITNESS WHEREOF, the parties hereto have caused this Agreement to be executed by their officers.

ACME WIDGETS, INC.
By: ______________
)";

GoldRow gold() {
    return goldIn(kText,
                  {{"document_name", {"SERVICES AGREEMENT"}, {}},
                   {"parties",
                    {"Acme Widgets, Inc., a Delaware corporation", "Byte Labs LLC"},
                    std::vector<Party>{{"Acme Widgets, Inc.", "customer"}, {"Byte Labs LLC", "supplier"}}},
                   {"agreement_date", {"April 3, 2024"}, std::string("2024-04-03")},
                   {"effective_date", {"This Agreement begins on 04/03/2024"}, std::string("2024-04-03")},
                   {"governing_law", {"governed by the laws of the State of New York"}, std::string("US-NY")},
                   {"dispute_resolution", {"non-exclusive jurisdiction of the state and federal courts located in New York County, New York"}, std::string("courts_non_exclusive")},
                   {"license_grant", {"Supplier grants Customer a non-exclusive license to use the Software."}, {}},
                   {"minimum_commitment", {"Customer shall pay $1,250,000.00 per year"}, std::string("1250000 USD/P1Y")},
                   {"payment_terms", {"within thirty (30) days of the invoice date"}, std::string("P30D")}},
                  {"third_party_beneficiary", "data_protection"});
}

ShiftedContract shifted(ShiftKind kind, const GoldRow& row = gold(), const std::string& text = kText) {
    auto out = shiftContract(kind, row, text, defaultTaxonomy());
    if (!out) {
        qWarning("%s", out.error().message().c_str());
        return {};
    }
    if (const std::string fault = faultOf(row, text, *out); !fault.empty())
        qWarning("%s: %s", std::string(infoOf(kind).name).c_str(), fault.c_str());
    return std::move(*out);
}

bool has(const ShiftedContract& contract, const std::string& words) { return contract.text.find(words) != std::string::npos; }

std::string valueOf(const ShiftedContract& contract, const std::string& clause) {
    const AnswerCell* cell = contract.gold.answer.find(clause);
    return cell && cell->finding ? encodeValue(cell->finding->value) : "null";
}

std::string quoteOf(const ShiftedContract& contract, const std::string& clause) {
    const AnswerCell* cell = contract.gold.answer.find(clause);
    return cell && cell->finding ? cell->finding->quotes.back() : "";
}

// The text of a contract of one sentence, as a transform leaves it; the sentence itself where it doesn't apply.
std::string rewritten(ShiftKind kind, const std::string& sentence) {
    GoldRow row;
    row.contract = ContractId("one");
    const auto out = shiftContract(kind, row, sentence, defaultTaxonomy());
    return out ? out->text : sentence;
}

} // namespace

class TestShift : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void whatIsAcceptedTooMovesAlong() {
        GoldRow row = gold();
        row.alternatives["agreement_date"] = {{{"made as of April 3, 2024"}, std::string("2024-04-02")}};
        row.alternatives["payment_terms"] = {{{"words of another contract"}, std::string("P1M")}};
        row.alternatives["governing_law"] = {{{"laws of the State of New York"}, std::string("US-DE")}};
        const ShiftedContract day = shifted(ShiftKind::DayFirst, row);
        QCOMPARE(day.gold.alternatives.at("agreement_date"), (std::vector<Finding>{{{"made as of 3 April 2024"}, std::string("2024-04-02")}}));
        QVERIFY(!day.gold.alternatives.contains("payment_terms")); // its words stand nowhere
        QVERIFY(day.gold.alternatives.contains("governing_law"));
        QVERIFY(!shifted(ShiftKind::GoverningLaw, row).gold.alternatives.contains("governing_law")); // the question is another one
    }

    void everyTransformKeepsTheProperty() {
        for (const ShiftInfo& info : shifts()) {
            const auto out = shiftContract(info.kind, gold(), kText, defaultTaxonomy());
            QVERIFY2(out.ok(), (std::string(info.name) + ": " + (out.ok() ? "" : out.error().message())).c_str());
            QVERIFY2(faultOf(gold(), kText, *out).empty(), (std::string(info.name) + ": " + faultOf(gold(), kText, *out)).c_str());
            QVERIFY2(info.directional || out->directed.empty(), std::string(info.name).c_str());
            QVERIFY(&infoOf(info.kind) == findShift(info.name) && infoOf(info.kind).name == info.name);
        }
        QCOMPARE(shifts().size(), size_t{15});
        QVERIFY(!findShift("nothing"));
    }

    void anInvariantTransformChangesNoAnswer() {
        for (const ShiftInfo& info : shifts()) {
            if (info.directional)
                continue;
            const ShiftedContract out = shifted(info.kind);
            for (const AnswerCell& cell : gold().answer.cells)
                QCOMPARE(valueOf(out, cell.key), cell.finding ? encodeValue(cell.finding->value) : std::string("null"));
        }
    }

    void datesComeWithTheDayFirst() {
        const ShiftedContract out = shifted(ShiftKind::DayFirst);
        QVERIFY(has(out, "as of 3 April 2024 by"));
        QCOMPARE(quoteOf(out, "agreement_date"), std::string("3 April 2024"));
        QCOMPARE(rewritten(ShiftKind::DayFirst, "Due on Sept. 5, 2001 and by December 31 of each year."), std::string("Due on 5 Sept. 2001 and by 31 December of each year."));
        QCOMPARE(rewritten(ShiftKind::DayFirst, "On MARCH 1st, 1999, it may 5 times."), std::string("On 1 MARCH 1999, it may 5 times."));
        for (const char* stays : {"The party may 5 times.", "3 April 2024", "January __, 1999", "May 1-3", "March of 2020"})
            QCOMPARE(rewritten(ShiftKind::DayFirst, stays), std::string(stays));
    }

    void numericDatesTurnWithTheLaw() {
        const ShiftedContract out = shifted(ShiftKind::NumericDates);
        QVERIFY(has(out, "begins on 03/04/2024") && has(out, "laws of England and Wales"));
        QCOMPARE(valueOf(out, "effective_date"), std::string("\"2024-04-03\""));
        QCOMPARE(out.directed, std::vector<std::string>{"governing_law"});
        QCOMPARE(rewritten(ShiftKind::NumericDates, "From 04/03/2024, governed by English law."), std::string("From 04/03/2024, governed by English law."));
        for (const char* shown : {"Until 28.2.2025.", "This Agreement of 4 March 2024."}) { // with the day first, under whatever law
            const std::string text = std::string("From 04/03/2024, governed by the laws of the State of New York. ") + shown;
            QCOMPARE(rewritten(ShiftKind::NumericDates, text), text);
        }
    }

    void aFlippedLawTurnsAnAmbiguousDate() {
        const ShiftedContract out = shifted(ShiftKind::FlippedOrder);
        QVERIFY(has(out, "begins on 04/03/2024"));
        QCOMPARE(valueOf(out, "effective_date"), std::string("\"2024-03-04\""));
        QCOMPARE(valueOf(out, "agreement_date"), std::string("\"2024-04-03\"")); // is spelt
        QCOMPARE(out.directed, (std::vector<std::string>{"effective_date", "governing_law"}));
        const std::string decided = kText + "\nDelivery by 12/31/2024.\n";
        QVERIFY(!shiftContract(ShiftKind::FlippedOrder, gold(), decided, defaultTaxonomy()).ok());
        const std::string filed = kText + "\nSource: ACME, INC., 8-K, 12/31/2024\n"; // the archive's foot decides nothing
        QVERIFY(shiftContract(ShiftKind::FlippedOrder, gold(), filed, defaultTaxonomy()).ok());
    }

    void spellingIsBritish() {
        const ShiftedContract out = shifted(ShiftKind::Spelling);
        QVERIFY(has(out, "a non-exclusive licence to use") && has(out, "shall organise training at its data centre, in the colour"));
        QVERIFY(has(out, "Section 1. Licence."));
        QCOMPARE(quoteOf(out, "license_grant"), std::string("Supplier grants Customer a non-exclusive licence to use the Software."));
        const std::vector<std::pair<std::string, std::string>> words = {
            {"The unauthorized organizations recognized it.", "The unauthorised organisations recognised it."},
            {"UNAUTHORIZED DEFENSE", "UNAUTHORISED DEFENSE"}, // a name, perhaps
            {"an unfavorable judgment honored", "an unfavourable judgment honoured"},
            {"shall license and sublicense the size of the prize", "shall license and sublicense the size of the prize"},
            {"cancel, canceled by willful endeavors", "cancel, cancelled by wilful endeavours"},
            {"Color Imaging, Inc. and Medical Center", "Color Imaging, Inc. and Medical Center"},
            {"see www.color.com and honor@labor.org", "see www.color.com and honor@labor.org"},
            {"an honorary laboratory", "an honorary laboratory"},
            {"the license fee", "the licence fee"}};
        for (const auto& [american, british] : words)
            QCOMPARE(rewritten(ShiftKind::Spelling, american), british);
    }

    void theLawMovesToAPartOfTheKingdom() {
        const ShiftedContract out = shifted(ShiftKind::GoverningLaw);
        QVERIFY(!has(out, "State of New York"));
        QCOMPARE(out.directed, std::vector<std::string>{"governing_law"});
        const std::string value = valueOf(out, "governing_law");
        QVERIFY2(value == "\"GB-EAW\"" || value == "\"GB-SCT\"" || value == "\"GB-NIR\"", value.c_str());
        QVERIFY(has(out, "a Delaware corporation")); // the law of a party
        std::set<std::string> places;
        for (int i = 0; i < 20; ++i) {
            GoldRow row = gold();
            row.contract = ContractId("c" + std::to_string(i));
            places.insert(valueOf(shifted(ShiftKind::GoverningLaw, row), "governing_law"));
        }
        QCOMPARE(places.size(), size_t{3});
    }

    void onlyTheLawOfTheContractMoves() {
        const std::string two = "Acme is a corporation organized under the laws of the State of Delaware. This Agreement is governed by New York law.";
        const std::string out = rewritten(ShiftKind::NumericDates, two + " It begins on 04/03/2024.");
        QVERIFY2(out.find("laws of the State of Delaware") != std::string::npos && out.find("governed by English law") != std::string::npos, out.c_str());
        const auto underEnglishLaw = [](const std::string& words) { return rewritten(ShiftKind::NumericDates, "From 04/03/2024. " + words); };
        QCOMPARE(underEnglishLaw("Governed by State of California law."), std::string("From 03/04/2024. Governed by English law."));
        QCOMPARE(underEnglishLaw("Governed by Ohio law, before (i) any Ohio state court in Franklin County, Ohio, or (ii) the federal courts located in Ohio."),
                 std::string("From 03/04/2024. Governed by English law, before the courts of England and Wales."));
        QCOMPARE(underEnglishLaw("Governed by Ohio law, before any New York State or federal court sitting in New York City."),
                 std::string("From 03/04/2024. Governed by English law, before the courts of England and Wales."));
        QCOMPARE(underEnglishLaw("The parties submit to the personal jurisdiction of the Ohio courts under the Ohio law."),
                 std::string("From 03/04/2024. The parties submit to the personal jurisdiction of the courts of England and Wales under English law."));
        QCOMPARE(underEnglishLaw("Governed by the laws of Ohio and the copyright laws of the United States."),
                 std::string("From 03/04/2024. Governed by the laws of England and Wales and the copyright laws of the United States."));
        QCOMPARE(underEnglishLaw("Governed by Ohio law, before the state courts of Ohio, Franklin County."),
                 std::string("From 03/04/2024. Governed by English law, before the courts of England and Wales, Franklin County."));
        QCOMPARE(rewritten(ShiftKind::GoverningLaw, "the patent laws of the United States"), std::string("the patent laws of the United States"));
    }

    void aCourtIsNamedOnce_data() {
        QTest::addColumn<QString>("words");
        QTest::addColumn<QString>("shifted");
        QTest::newRow("or in") << "in the state courts of Ohio or in the federal courts located in Ohio." << "in the courts of England and Wales.";
        QTest::newRow("and of") << "of the state courts of Ohio and of the federal courts sitting in Ohio." << "of the courts of England and Wales.";
        QTest::newRow("a division") << "in the federal courts in Ohio (Akron Division) or in the state courts of Ohio." << "in the courts of England and Wales.";
        QTest::newRow("if there is none") << "in the state courts of Ohio or, if no such court has jurisdiction, in the federal courts located in Ohio."
                                          << "in the courts of England and Wales.";
        QTest::newRow("if the first has none")
            << "in the state courts of Ohio or, if the state courts of Ohio lack jurisdiction, the federal courts located in Ohio." << "in the courts of England and Wales.";
        QTest::newRow("one court") << "before any Ohio State court or the federal courts located in Ohio." << "before the courts of England and Wales.";
        QTest::newRow("other") << "before any other state or federal court located in Ohio." << "before the courts of England and Wales.";
        QTest::newRow("an appropriate one") << "before an appropriate state court in Ohio." << "before the courts of England and Wales.";
        QTest::newRow("a state in two letters") << "before the state courts in Columbus, Ohio, OH." << "before the courts of England and Wales.";
        QTest::newRow("a commonwealth") << "and venue shall be in the Commonwealth of Virginia." << "and venue shall be in England and Wales.";
    }

    void aCourtIsNamedOnce() {
        QFETCH(QString, words);
        QFETCH(QString, shifted);
        const std::string law = "Governed by the laws of Ohio, ", moved = "Governed by the laws of England and Wales, ";
        const std::string out = rewritten(ShiftKind::NumericDates, "From 04/03/2024. " + law + words.toStdString());
        QCOMPARE(QString::fromStdString(out), QString::fromStdString("From 03/04/2024. " + moved) + shifted);
    }

    void partiesBecomeBritishCompanies() {
        const ShiftedContract out = shifted(ShiftKind::LegalForms);
        QVERIFY(has(out, "between Acme Widgets Limited, a company incorporated in England and Wales (registered number 0"));
        QVERIFY(has(out, "whose registered office is at 1 Main Street"));
        QVERIFY(has(out, "Byte Labs LLP, a limited liability partnership incorporated in England and Wales (registered number OC"));
        QVERIFY(has(out, "ACME WIDGETS LIMITED\nBy:"));
        const auto& parties = std::get<std::vector<Party>>(out.gold.answer.find("parties")->finding->value);
        QCOMPARE(parties[0].name, std::string("Acme Widgets Limited"));
        QCOMPARE(parties[1].name, std::string("Byte Labs LLP"));
        QCOMPARE(parties[0].role, std::string("customer"));
    }

    void dollarsBecomePounds() {
        const ShiftedContract out = shifted(ShiftKind::Sterling);
        QVERIFY(has(out, "pay £1,250,000.00 per year"));
        QCOMPARE(valueOf(out, "minimum_commitment"), std::string("\"1250000 GBP/P1Y\""));
        QCOMPARE(rewritten(ShiftKind::Sterling, "US$5 or U.S. $6, USD 7, ten United States dollars, C$8 and Canadian dollars; fifty cents"),
                 std::string("£5 or £6, GBP 7, ten pounds sterling, C$8 and Canadian dollars; fifty pence"));
        // One currency is said once: a code beside a sign goes.
        QCOMPARE(rewritten(ShiftKind::Sterling, "USD $5, USD$6, $7.50 USD, $8 million USD; $9. USD 10"), std::string("£5, £6, £7.50, £8 million; £9. GBP 10"));
        QCOMPARE(rewritten(ShiftKind::Sterling, "C$5 USD 6, ten U.S. Dollars ($10) (USD), the U.S. dollar"), std::string("C$5 GBP 6, ten Pounds Sterling (£10) (GBP), the pound sterling"));
        QCOMPARE(rewritten(ShiftKind::Sterling, "Price in USD\n$5"), std::string("Price in GBP\n£5")); // a head and its column
        QCOMPARE(rewritten(ShiftKind::Sterling, "ten percent (10 per cent)"), std::string("ten percent (10 per cent)"));
    }

    void courtsAreThoseOfEngland() {
        const ShiftedContract out = shifted(ShiftKind::EnglishCourts);
        QVERIFY2(has(out, "submit to the exclusive jurisdiction of the courts of England."), out.text.c_str());
        QCOMPARE(valueOf(out, "dispute_resolution"), std::string("\"courts_exclusive\""));
        QCOMPARE(out.directed, (std::vector<std::string>{"governing_law", "dispute_resolution"}));
    }

    void courtsAreAddedWhereNobodySpeaksOfThem() {
        const std::string text = "This Agreement shall be governed by the laws of the State of Ohio.\n\nNotices shall be in writing.";
        const GoldRow row = goldIn(text, {{"governing_law", {"laws of the State of Ohio"}, std::string("US-OH")}}, {"dispute_resolution"});
        const ShiftedContract out = shifted(ShiftKind::EnglishCourts, row, text);
        QVERIFY(quoteOf(out, "dispute_resolution").starts_with("The courts of England shall have exclusive jurisdiction"));
        const std::string arbitrated = "This Agreement shall be governed by the laws of the State of Ohio. Disputes go to arbitration.";
        const GoldRow other = goldIn(arbitrated, {{"governing_law", {"laws of the State of Ohio"}, std::string("US-OH")}}, {"dispute_resolution"});
        QVERIFY(!shiftContract(ShiftKind::EnglishCourts, other, arbitrated, defaultTaxonomy()).ok());
    }

    void theActOnThirdPartiesIsExcluded() {
        const ShiftedContract out = shifted(ShiftKind::ThirdPartyRights);
        QCOMPARE(valueOf(out, "third_party_beneficiary"), std::string("false"));
        QVERIFY(quoteOf(out, "third_party_beneficiary").starts_with("A person who is not a party to this Agreement shall not"));
        QCOMPARE(out.directed, (std::vector<std::string>{"governing_law", "third_party_beneficiary"}));
        QVERIFY(has(out, "laws of England and Wales"));
        const std::string text = "There are no third party beneficiaries of this Agreement. It is governed by the laws of Ohio.";
        const GoldRow row = goldIn(text, {{"third_party_beneficiary", {"There are no third party beneficiaries of this Agreement."}, false}});
        const ShiftedContract replaced = shifted(ShiftKind::ThirdPartyRights, row, text);
        QVERIFY(!has(replaced, "beneficiaries") && has(replaced, "Act 1999"));
        GoldRow granted = row;
        granted.answer.cells[0].finding->value = true;
        QVERIFY(!shiftContract(ShiftKind::ThirdPartyRights, granted, text, defaultTaxonomy()).ok());
    }

    void deedsAreInPlainWords() {
        const ShiftedContract out = shifted(ShiftKind::DeedWords);
        QVERIFY(has(out, "This Agreement has been executed as a deed") && !has(out, "WITNESS") && has(out, "attached to this Agreement."));
        QCOMPARE(rewritten(ShiftKind::DeedWords, "Acme (hereinafter referred to as \"Buyer\") as of the date hereof, and herein."),
                 std::string("Acme (referred to as \"Buyer\") as of the date of this Agreement, and in this Agreement."));
        const std::string dated = "IN WITNESS WHEREOF, the parties have signed on 3 April 2024.";
        QCOMPARE(rewritten(ShiftKind::DeedWords, dated), dated); // a date may be an answer
    }

    void sectionsAreClauses() {
        const ShiftedContract out = shifted(ShiftKind::ClauseWords);
        QVERIFY2(has(out, "\n1. License.") && has(out, "provided in clause 4.2 below and Schedule A"), out.text.c_str());
        QVERIFY(has(out, "Section 365 of the Bankruptcy Code"));
        QCOMPARE(rewritten(ShiftKind::ClauseWords, "Subject to Sections 4 and 5, this Section and Article 6 apply."), std::string("Subject to clauses 4 and 5, this clause and clause 6 apply."));
        QCOMPARE(rewritten(ShiftKind::ClauseWords, "See Schedule 1 and Exhibit B."), std::string("See Schedule 1 and Exhibit B."));
    }

    void quotationMarksAreSingle() {
        const ShiftedContract out = shifted(ShiftKind::Typography);
        QVERIFY(has(out, "(the 'Agreement')") && has(out, "('Customer')") && has(out, "two per cent as"));
        QCOMPARE(rewritten(ShiftKind::Typography, "the “Buyer” says “no”"), std::string("the ‘Buyer’ says “no”"));
    }

    void dataProtectionLawIsThere() {
        const ShiftedContract out = shifted(ShiftKind::DataLaw);
        QVERIFY(quoteOf(out, "data_protection").find("UK GDPR and the Data Protection Act 2018") != std::string::npos);
        QCOMPARE(out.directed, std::vector<std::string>{"data_protection"});
    }

    void vatComesOnTop() {
        const ShiftedContract out = shifted(ShiftKind::Vat);
        QVERIFY(has(out, "plus any value added tax.") && has(out, "are exclusive of value added tax (VAT)"));
    }

    void figuresHavePointsForThousands() {
        QVERIFY(has(shifted(ShiftKind::NumberFormat), "$1.250.000,00 per"));
        QCOMPARE(rewritten(ShiftKind::NumberFormat, "1,000 and 1,000.00 and 1,000,000"), std::string("1,000 and 1.000,00 and 1.000.000"));
    }

    void aQuoteThatIsNotThereIsSaid() {
        GoldRow row = gold();
        row.ranges.assign(row.ranges.size(), {});
        QVERIFY(shiftContract(ShiftKind::DayFirst, row, kText, defaultTaxonomy()).ok()); // found by its words
        row.answer.cells[0].finding->quotes = {"LEASE"};
        const auto out = shiftContract(ShiftKind::DayFirst, row, kText, defaultTaxonomy());
        QVERIFY(!out.ok());
        QCOMPARE(out.error().detail, std::string("A quote of document_name is not in the text."));
    }

    void rangesAreCarriedAsSaid() {
        const EditedText edited("one two three", {{{3, 3}, "!"}, {{4, 7}, "TWO WORDS"}, {{13, 13}, "?"}});
        QCOMPARE(edited.text(), std::string("one! TWO WORDS three?"));
        const auto carried = [&](size_t begin, size_t end) {
            const ByteRange range = edited.carry({begin, end});
            return edited.text().substr(range.begin, range.size());
        };
        QCOMPARE(carried(0, 3), std::string("one"));      // without what was inserted right behind
        QCOMPARE(carried(0, 13), std::string("one! TWO WORDS three"));
        QCOMPARE(carried(5, 6), std::string("TWO WORDS")); // from the midst of replaced words
        QCOMPARE(carried(6, 13), std::string("TWO WORDS three"));
        QCOMPARE(carried(3, 7), std::string(" TWO WORDS"));
        QCOMPARE(edited.editsIn({0, 13}), size_t{2});
    }

    // Random edits of a random text: every range that no edit touches keeps its words, in order.
    void carriedRangesKeepTheirWords() {
        Rng rng(3);
        for (int round = 0; round < 300; ++round) {
            std::string text;
            for (int i = 0; i < 60; ++i)
                text += rng.below(5) == 0 ? std::string(" ") : rng.below(4) == 0 ? std::string("é") : std::string(1, static_cast<char>('a' + rng.below(26)));
            std::vector<TextEdit> edits;
            for (int i = 0; i < 6; ++i) {
                size_t begin = rng.below(text.size()), end = std::min(text.size(), begin + rng.below(6));
                while (!isCodePointBoundary(text, begin))
                    --begin;
                while (!isCodePointBoundary(text, end))
                    ++end;
                edits.push_back({{begin, std::max(begin, end)}, std::string(rng.below(5), 'X')});
            }
            const EditedText edited(text, inOrder(text, edits));
            QVERIFY(!firstInvalidUtf8(edited.text()));
            for (size_t begin = 0; begin < text.size(); ++begin)
                for (size_t end = begin + 1; end <= std::min(text.size(), begin + 8); ++end)
                    if (edited.editsIn({begin, end}) == 0 && isCodePointBoundary(text, begin) && isCodePointBoundary(text, end)) {
                        const ByteRange range = edited.carry({begin, end});
                        QCOMPARE(edited.text().substr(range.begin, range.size()), text.substr(begin, end - begin));
                    }
        }
    }
};

QTEST_GUILESS_MAIN(TestShift)
#include "test_shift.moc"
