// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The hits of the corpus search as a list, without a window.
#include "app/services/result_qt.h"
#include "core/taxonomy/taxonomy.h"
#include "resources/resources.h"
#include "ui/models/search_result_model.h"

#include <QAbstractItemModelTester>
#include <QTest>

using namespace cw;

class TestSearchResultModel : public QObject {
    Q_OBJECT

private:
    static SearchHit hit(size_t at, const char* clause = nullptr, int page = -1) {
        SearchHit hit;
        hit.snippet = {{{at, at + 5}}, "it shall renew \xE2\x80\xA6", {{9, 14}}};
        hit.page = page;
        if (clause)
            hit.clauses = {clause};
        return hit;
    }

    static ContractHits contract(const char* id, int hits) {
        ContractHits of{ContractId(id), "SUPPLY AGREEMENT", CellState::Absent, {}, hits, {}};
        for (int i = 0; i < hits; ++i)
            of.hits.push_back(hit(static_cast<size_t>(100 * (i + 1))));
        return of;
    }

    Taxonomy m_taxonomy = *Taxonomy::fromJson(defaultTaxonomyJson().toStdString(), "default");

    void fill(SearchResultModel& model, SearchRequest request, std::vector<ContractHits> contracts, int all) const {
        SearchResult result;
        result.contracts = std::move(contracts);
        result.contractCount = all;
        model.setResult(m_taxonomy, request, std::move(result));
    }

private Q_SLOTS:
    void contractsAreFollowedByTheirHits() {
        SearchResultModel model;
        const QAbstractItemModelTester tester(&model);
        fill(model, {}, {contract("a", 2), contract("b", 4)}, 2);
        QCOMPARE(model.rowCount(), 1 + 2 + 1 + 4); // a row that hides one hit would save nothing
        QVERIFY(model.at(0).kind == SearchResultModel::Kind::Contract);
        QCOMPARE(model.at(0).text, QStringLiteral("Supply Agreement"));
        QVERIFY(!model.at(0).sign); // no clause was chosen
        QCOMPARE(model.at(1).pieces.size(), size_t(3));
        QVERIFY(model.at(1).pieces[1].found);
        QCOMPARE(model.at(1).pieces[1].text, QStringLiteral("renew"));
    }

    void moreHitsUnfold() {
        SearchResultModel model;
        const QAbstractItemModelTester tester(&model);
        fill(model, {}, {contract("a", 9), contract("b", 1)}, 2);
        QCOMPARE(model.rowCount(), 1 + 3 + 1 + 2);
        QCOMPARE(model.at(4).text, QStringLiteral("6 more in this contract"));
        QVERIFY(!model.target(4));
        model.expand(4);
        QCOMPARE(model.rowCount(), 1 + 9 + 2);
        QCOMPARE(model.target(9)->place.begin, size_t(900));
        QCOMPARE(model.target(10)->contract.value, std::string("b"));
    }

    void moreContractsAreOffered() {
        SearchResultModel model;
        fill(model, {}, {contract("a", 1)}, 31);
        QVERIFY(model.at(2).kind == SearchResultModel::Kind::MoreContracts);
        QCOMPARE(model.at(2).text, QStringLiteral("Show more: 30 contracts are left"));
    }

    void aHitLeadsToItsClause() {
        SearchResultModel model;
        ContractHits of = contract("a", 0);
        of.hits = {hit(7, "governing_law", 2)};
        fill(model, {}, {of}, 1);
        QCOMPARE(model.target(1)->clause, QStringLiteral("governing_law"));
        QCOMPARE(model.at(1).code, QStringLiteral("L1"));
        QCOMPARE(model.at(1).detail, QStringLiteral("p 3"));
        SearchRequest request;
        request.clause = "renewal_term"; // a person looks for what was overlooked there
        fill(model, request, {of}, 1);
        QCOMPARE(model.target(1)->clause, QStringLiteral("renewal_term"));
        QVERIFY(model.at(0).sign == CellSign::Absent);
        QCOMPARE(model.index(0, 0).data(Qt::AccessibleTextRole).toString(), QStringLiteral("Supply Agreement, 0 places, Renewal term absent"));
        QVERIFY(model.index(1, 0).data(Qt::AccessibleTextRole).toString().endsWith(QStringLiteral("p 3, in Governing law")));
    }
};

QTEST_GUILESS_MAIN(TestSearchResultModel)
#include "test_search_result_model.moc"
