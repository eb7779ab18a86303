// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/support/taxonomy.h"

#include <QTest>

#include <map>

using namespace cw;

class TestTaxonomy : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theDefaultHas47TypesInEightGroups() {
        const Taxonomy& taxonomy = test::defaultTaxonomy();
        QCOMPARE(taxonomy.types().size(), 47U);
        QCOMPARE(taxonomy.groups().size(), 8U);
        std::map<ValueKind, int> kinds;
        for (const ClauseType& type : taxonomy.types())
            ++kinds[type.kind];
        const std::map<ValueKind, int> expected = {
            {ValueKind::Boolean, 21}, {ValueKind::Text, 9},   {ValueKind::Duration, 5}, {ValueKind::Date, 3},
            {ValueKind::Enum, 3},     {ValueKind::Number, 3}, {ValueKind::Money, 2},    {ValueKind::PartyList, 1}};
        QCOMPARE(kinds, expected);
    }

    void the41CuadCategoriesMap() {
        int mapped = 0;
        for (const ClauseType& type : test::defaultTaxonomy().types())
            mapped += !type.cuadCategory.empty();
        QCOMPARE(mapped, 41);
        QCOMPARE(test::defaultTaxonomy().findCuadCategory("IP OWNERSHIP assignment")->key,
                 std::string("ip_ownership_assignment"));
        QCOMPARE(test::defaultTaxonomy().findCuadCategory("No such"), nullptr);
    }

    void codesAreTheGroupLetterAndThePlace() {
        QCOMPARE(test::defaultTaxonomy().code("document_name"), std::string("I1"));
        QCOMPARE(test::defaultTaxonomy().code("renewal_term"), std::string("T1"));
        QCOMPARE(test::defaultTaxonomy().code("data_protection"), std::string("D2"));
    }

    void everyTypeHasAGuidelineAndSearchTerms() {
        for (const ClauseType& type : test::defaultTaxonomy().types()) {
            QVERIFY2(!type.guideline.empty() && !type.title.empty() && !type.example.empty(), type.key.c_str());
            QVERIFY2(type.searchTerms.size() >= 2, type.key.c_str());
        }
    }

    void itSurvivesAnExport() {
        auto again = Taxonomy::fromJson(test::defaultTaxonomy().toJson(), "export");
        QVERIFY(again.ok());
        QVERIFY(again->types() == test::defaultTaxonomy().types());
        QVERIFY(again->groups() == test::defaultTaxonomy().groups());
    }

    void faultsAreRefused_data() {
        QTest::addColumn<QByteArray>("find");
        QTest::addColumn<QByteArray>("replace");
        QTest::newRow("duplicate key") << QByteArray("\"effective_date\"") << QByteArray("\"agreement_date\"");
        QTest::newRow("unknown group") << QByteArray("\"group\": \"term\"") << QByteArray("\"group\": \"end\"");
        QTest::newRow("empty title") << QByteArray("\"title\": \"Governing law\"") << QByteArray("\"title\": \"\"");
        QTest::newRow("enum without codes") << QByteArray("\"kind\": \"boolean\"") << QByteArray("\"kind\": \"enum\"");
        QTest::newRow("codes without an enum") << QByteArray("\"kind\": \"enum\"") << QByteArray("\"kind\": \"text\"");
        QTest::newRow("a code twice") << QByteArray("\"US-AK\"") << QByteArray("\"US-AL\"");
        QTest::newRow("a code with a space") << QByteArray("\"US-AK\"") << QByteArray("\"US AK\"");
        QTest::newRow("a key that needs escapes")
            << QByteArray("\"effective_date\"") << QByteArray("\"effective date\"");
        QTest::newRow("two letters") << QByteArray("\"letter\": \"T\"") << QByteArray("\"letter\": \"I\"");
        QTest::newRow("a category twice") << QByteArray("\"Agreement Date\"") << QByteArray("\"EFFECTIVE date\"");
        QTest::newRow("no version") << QByteArray("\"version\": 1") << QByteArray("\"version\": \"1\"");
        QTest::newRow("a huge version") << QByteArray("\"version\": 1") << QByteArray("\"version\": 1e99");
        QTest::newRow("a number for a string") << QByteArray("\"title\": \"Parties\"") << QByteArray("\"title\": 7");
        QTest::newRow("unknown kind") << QByteArray("\"kind\": \"date\"") << QByteArray("\"kind\": \"day\"");
    }

    void faultsAreRefused() {
        QFETCH(QByteArray, find);
        QFETCH(QByteArray, replace);
        QByteArray json = QByteArray::fromStdString(test::defaultTaxonomy().toJson());
        QByteArray compact = find;
        compact.replace(": ", ":");
        const QByteArray& needle = json.contains(find) ? find : compact;
        QVERIFY(json.contains(needle));
        json.replace(json.indexOf(needle), needle.size(), replace);
        const auto read = Taxonomy::fromJson(json.toStdString(), "broken.json");
        QVERIFY(!read.ok());
        QVERIFY(QString::fromStdString(read.error().detail).contains(QStringLiteral("broken.json")));
    }

    void notJsonIsRefused() {
        for (const std::string& json : {std::string("{"), std::string(), std::string("[]"), std::string("{}"),
                                        std::string("\xff"), std::string(R"({"version":1,"groups":[7],"types":[7]})"),
                                        std::string(300000, '['), std::string(5 << 20, ' ')})
            QVERIFY(!Taxonomy::fromJson(json, "x.json").ok());
    }
};

QTEST_APPLESS_MAIN(TestTaxonomy)
#include "test_taxonomy.moc"
