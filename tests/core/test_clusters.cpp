// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Near duplicates as clusters: found in the texts, joined, kept in a file.
#include "core/eval/clusters.h"
#include "core/eval/clusters_file.h"

#include <QtTest>

using namespace cw;

namespace {

std::string contractText(const std::string& subject) {
    std::string text;
    for (int i = 0; i < 200; ++i)
        text += "The " + subject + " shall keep " + subject + std::to_string(i) + " in good order. "; // no run of five words without the subject
    return text;
}

} // namespace

class TestClusters : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void nearDuplicatesAreOneCluster() {
        std::map<ContractId, std::string> texts = {{ContractId("b"), contractText("Supplier")},
                                                   {ContractId("a"), contractText("Supplier") + "One more sentence at the end."},
                                                   {ContractId("c"), contractText("Licensee")}};
        const Clusters clusters = clustersOf(texts);
        QCOMPARE(clusters, (Clusters{{ContractId("a"), "a"}, {ContractId("b"), "a"}}));
        QCOMPARE(clusterOf(ContractId("b"), clusters), clusterOf(ContractId("a"), clusters));
        QVERIFY(clusterOf(ContractId("c"), clusters) != clusterOf(ContractId("a"), clusters));
        texts.erase(ContractId("a"));
        QVERIFY(clustersOf(texts).empty());
        QVERIFY(clustersOf({}).empty());
    }

    // An amendment that a longer agreement restates, which no measure of likeness finds.
    void whatAnotherHoldsIsInItsCluster() {
        const std::string amendment = contractText("Supplier");
        const std::map<ContractId, std::string> texts = {{ContractId("a"), amendment},
                                                         {ContractId("b"), contractText("Buyer") + contractText("Agent") + amendment + contractText("Owner")},
                                                         {ContractId("c"), contractText("Licensee")}};
        QCOMPARE(clustersOf(texts), (Clusters{{ContractId("a"), "a"}, {ContractId("b"), "a"}}));
    }

    void aGroupIsNoContractOfItsName() {
        QVERIFY(clusterOf(ContractId("a"), {}) != clusterOf(ContractId("b"), {{ContractId("b"), "a"}}));
    }

    void whatEitherPutsTogetherIsTogether() {
        const ContractId a("a"), b("b"), c("c"), d("d"), e("e"), f("f");
        const Clusters one = {{a, "x"}, {b, "x"}, {c, "y"}, {d, "y"}}, other = {{b, "x"}, {c, "x"}, {e, "y"}, {f, "y"}};
        const Clusters wanted = {{a, "a"}, {b, "a"}, {c, "a"}, {d, "a"}, {e, "e"}, {f, "e"}};
        QCOMPARE(united(one, other), wanted);
        QCOMPARE(united(other, one), wanted);
        QVERIFY(united({}, {}).empty());
    }

    void theFileComesBack() {
        const Clusters clusters = {{ContractId("Supply \"2\""), "a"}, {ContractId("a"), "a"}};
        QCOMPARE(*clustersFromJson(clustersJson(clusters), "clusters.json"), clusters);
        QVERIFY(clustersFromJson(clustersJson({}), "clusters.json")->empty());
        QCOMPARE(clustersFromJson(R"({"v":2,"clusters":{}})", "clusters.json").error().code, ErrorCode::NewerVersion);
        QVERIFY(clustersFromJson(R"({"v":1,"clusters":{"a":1}})", "clusters.json").error().detail.find("clusters.a") != std::string::npos);
        QVERIFY(!clustersFromJson("[", "clusters.json").ok());
    }
};

QTEST_APPLESS_MAIN(TestClusters)
#include "test_clusters.moc"
