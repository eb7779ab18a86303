// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The draft of the taxonomy editor: its rows and counts, edits that join, and the words for a change.
#include "tests/support/taxonomy.h"
#include "ui/models/change_words.h"
#include "ui/models/taxonomy_draft.h"

#include <QSignalSpy>
#include <QtTest>

using namespace cw;
using namespace cw::test;

namespace {

QString cell(const TaxonomyDraft& draft, const std::string& key, int column) {
    return draft.index(draft.rowOf(key), column).data().toString();
}

} // namespace

class TestTaxonomyDraft : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() {
        m_draft = std::make_unique<TaxonomyDraft>();
        m_draft->start(defaultTaxonomy(), {{"insurance", {3, 4, 1}}}, 10);
    }

    void typesStandUnderTheirGroupsWithTheirCounts() {
        QCOMPARE(m_draft->rowCount(), 47 + 8);
        QCOMPARE(m_draft->index(0, 0).data().toString(), QString::fromStdString(defaultTaxonomy().groups().front().title));
        QVERIFY(!(m_draft->flags(m_draft->index(0, 0)) & Qt::ItemIsEnabled));
        QCOMPARE(cell(*m_draft, "insurance", TaxonomyDraft::Code), QStringLiteral("R6"));
        QCOMPARE(cell(*m_draft, "insurance", TaxonomyDraft::Present), QStringLiteral("3"));
        QCOMPARE(cell(*m_draft, "insurance", TaxonomyDraft::Absent), QStringLiteral("4"));
        QCOMPARE(cell(*m_draft, "insurance", TaxonomyDraft::Open), QStringLiteral("3")); // the flagged one among them
        QCOMPARE(cell(*m_draft, "parties", TaxonomyDraft::Open), QStringLiteral("10"));
        const QString spoken = m_draft->index(m_draft->rowOf("insurance"), 0).data(Qt::AccessibleTextRole).toString();
        QCOMPARE(spoken, QStringLiteral("R6 Insurance, 3 present, 4 absent, 3 open"));
    }

    void typingATitleIsOneEditAndTypingItBackIsNone() {
        for (const char* title : {"C", "Co", "Cover"})
            QVERIFY(m_draft->setTexts({"insurance", std::string(title), {}, {}, {}}).ok());
        QCOMPARE(m_draft->change().edits.size(), size_t(1));
        QCOMPARE(cell(*m_draft, "insurance", TaxonomyDraft::Title), QStringLiteral("Cover"));
        QVERIFY(!m_draft->setTexts({"insurance", std::string(), {}, {}, {}}).ok());
        QCOMPARE(cell(*m_draft, "insurance", TaxonomyDraft::Title), QStringLiteral("Cover")); // a refused edit changes nothing
        QVERIFY(m_draft->setTexts({"insurance", std::string("Insurance"), {}, {}, {}}).ok());
        QVERIFY(m_draft->change().empty());
    }

    void textsOfANewTypeBelongToItsEdit() {
        ClauseType type;
        type.key = m_draft->freeKey(QStringLiteral("Key-man cover (\u00c4rzte)"));
        QCOMPARE(type.key, std::string("key_man_cover_arzte"));
        type.title = "Key-man cover";
        type.group = "data";
        QVERIFY(m_draft->add({AddType{type}}).ok());
        QVERIFY(m_draft->setTexts({type.key, std::string("Key person"), std::string("Who."), {}, {}}).ok());
        QCOMPARE(m_draft->change().edits.size(), size_t(1));
        QCOMPARE(m_draft->type(type.key)->guideline, std::string("Who."));
        QCOMPARE(m_draft->freeKey(QStringLiteral("Key-man cover (\u00c4rzte)")), std::string("key_man_cover_arzte_2"));
    }

    void aCodeInTheSamePlaceIsRenamed() {
        std::vector<std::string> codes = defaultTaxonomy().find("dispute_resolution")->codes;
        const std::string old = codes[1];
        codes[1] = "courts";
        QVERIFY(m_draft->setCodes("dispute_resolution", codes).ok());
        codes[1] = "courtrooms";
        QVERIFY(m_draft->setCodes("dispute_resolution", codes).ok());
        QCOMPARE(m_draft->change().edits.size(), size_t(1));
        const auto& edit = std::get<ChangeCodes>(m_draft->change().edits.front());
        QCOMPARE(edit.renamed.at(old), std::string("courtrooms"));
        QCOMPARE(edit.renamed.size(), size_t(1));
    }

    void movesInARowAreOneEdit() {
        QVERIFY(m_draft->move({"insurance", "risk", 5}).ok());
        QVERIFY(m_draft->move({"insurance", "risk", 4}).ok());
        QCOMPARE(m_draft->change().edits.size(), size_t(1));
        QCOMPARE(cell(*m_draft, "insurance", TaxonomyDraft::Code), QStringLiteral("R4"));
    }

    void retiredTypesStandAtTheEndAndEditsAreTakenBack() {
        QSignalSpy changed(m_draft.get(), &TaxonomyDraft::changed);
        QVERIFY(m_draft->add({RetireType{"insurance"}}).ok());
        QCOMPARE(m_draft->rowCount(), 47 + 8 + 1);
        QCOMPARE(m_draft->rowOf("insurance"), m_draft->rowCount() - 1);
        QVERIFY(m_draft->index(m_draft->rowOf("insurance"), 0).data(TaxonomyDraft::RetiredRole).toBool());
        QCOMPARE(cell(*m_draft, "insurance", TaxonomyDraft::Present), QStringLiteral("3"));
        QVERIFY(!m_draft->add({RetireType{"insurance"}}).ok());
        m_draft->takeBack();
        QVERIFY(m_draft->change().empty());
        QVERIFY(m_draft->taxonomy().find("insurance"));
        QCOMPARE(changed.count(), 2);
    }

    void aChangeIsToldInWords() {
        ClauseType type = *defaultTaxonomy().find("insurance");
        type.key = "cover";
        type.title = "Cover";
        type.cuadCategory.clear();
        QVERIFY(m_draft->add({EditTexts{"parties", "Contracting parties", {}, {}, {}}, AddType{type},
                              MergeTypes{{"insurance", "source_code_escrow"}, "cover"}}).ok());
        const QStringList words = editsInWords(m_draft->change(), m_draft->base(), m_draft->taxonomy());
        QCOMPARE(words, QStringList({QStringLiteral("Rename Parties to Contracting parties"), QStringLiteral("Add Cover"),
                                     QStringLiteral("Merge Insurance and Source code escrow into Cover")}));
        ChangeCounts counts;
        QCOMPARE(countsInWords(counts).size(), 1);
        counts.contracts = 1200;
        counts.all = {1, 1, 0, 2400, 0};
        QCOMPARE(countsInWords(counts).join(QLatin1Char('\n')),
                 QStringLiteral("1,200 contracts are touched.\n1 cell changes and is to be reviewed.\n"
                                "2,400 cells are set aside with their retired types.\n"
                                "Nothing is deleted: what is set aside comes back when its type does."));
        counts.contracts = 1;
        counts.all = {12, 3, 2, 1, 1};
        QCOMPARE(countsInWords(counts).join(QLatin1Char('\n')),
                 QStringLiteral("1 contract is touched.\n12 cells change; 3 are to be reviewed.\n2 cells hold the evidence of several types.\n"
                                "1 cell is set aside with its retired type.\n1 cell comes back into use.\n"
                                "Nothing is deleted: what is set aside comes back when its type does."));
        counts.all = {2, 2, 0, 0, 0};
        QCOMPARE(countsInWords(counts)[1], QStringLiteral("2 cells change; all are to be reviewed."));
        counts.all = {2, 1, 1, 0, 0};
        QCOMPARE(countsInWords(counts)[1], QStringLiteral("2 cells change; 1 is to be reviewed."));
        counts.all = {2, 0, 0, 0, 0};
        QCOMPARE(countsInWords(counts)[1], QStringLiteral("2 cells change."));
    }

    void theGuidelinesLastChangeIsNamed() {
        QVERIFY(guidelineNote({}).isEmpty());
        const GuidelineWording first{1, 1, "a", "", "2020-01-02T12:00:00.000Z"}, second{2, 4, "b", "Ana", "2020-11-12T12:00:00.000Z"};
        QVERIFY(guidelineNote({first}).isEmpty());
        QCOMPARE(guidelineNote({first, second}), QStringLiteral("guideline v2, changed 12 Nov 2020 by Ana"));
        QCOMPARE(wordingTitle(first), QStringLiteral("v1, as it came"));
        QCOMPARE(wordingTitle(second), QStringLiteral("v2, 12 Nov 2020 by Ana"));
    }

private:
    std::unique_ptr<TaxonomyDraft> m_draft;
};

int main(int argc, char** argv) {
    QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates));
    QCoreApplication application(argc, argv);
    TestTaxonomyDraft test;
    return QTest::qExec(&test, argc, argv);
}
#include "test_taxonomy_draft.moc"
