// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The party matcher against pairs of names that people labelled by the rules (tests/data/parties/pairs.tsv; its README has the accuracy
// before the matcher was mended).
#include "core/dataset/rows.h"
#include "core/eval/party_match.h"
#include "tests/support/taxonomy.h"

#include <QTest>

#include <map>

using namespace cw;
using namespace cw::test;

namespace {

struct NamePair {
    std::string gold, predicted, verdict, reason;
};

std::vector<std::string> fieldsOf(std::string_view line) {
    std::vector<std::string> fields(1);
    for (char c : line)
        if (c == '\t')
            fields.emplace_back();
        else
            fields.back().push_back(c);
    return fields;
}

std::vector<NamePair> readPairs() {
    const std::string bytes = testData("parties/pairs.tsv");
    std::vector<NamePair> pairs;
    for (std::string_view line : splitLines(bytes)) {
        const std::vector<std::string> fields = fieldsOf(line);
        if (fields.size() != 4)
            qFatal("not four fields: %s", std::string(line).c_str());
        pairs.push_back({fields[0], fields[1], fields[2], fields[3]});
    }
    pairs.erase(pairs.begin()); // the heads
    return pairs;
}

std::string verdictOf(const std::string& gold, const std::string& predicted) {
    const auto compare = [&](Rules rules) { return compareParties({{gold, "partner"}}, {{predicted, "partner"}}, rules); };
    const ErrorKind strict = compare(Rules::Strict), compat = compare(Rules::Compat);
    if (strict == ErrorKind::None)
        return "same";
    if (strict == ErrorKind::LegalForm)
        return compat == ErrorKind::None ? "legal_form_missing" : "legal_form";
    return "different";
}

} // namespace

class TestPartyPairs : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void pairsAreJudgedAsPeopleDo();
    void judgesBothWaysAlike();
};

void TestPartyPairs::pairsAreJudgedAsPeopleDo() {
    const std::vector<NamePair> pairs = readPairs();
    QVERIFY(pairs.size() >= 400);
    std::map<std::string, std::pair<int, int>> byReason; // right, of
    int right = 0;
    for (const NamePair& pair : pairs) {
        const std::string verdict = verdictOf(pair.gold, pair.predicted);
        auto& [good, all] = byReason[pair.reason];
        ++all;
        good += verdict == pair.verdict;
        right += verdict == pair.verdict;
        if (verdict != pair.verdict)
            qInfo("%s instead of %s: %s | %s", verdict.c_str(), pair.verdict.c_str(), pair.gold.c_str(), pair.predicted.c_str());
    }
    for (const auto& [reason, counts] : byReason)
        qInfo("%3d of %3d: %s", counts.first, counts.second, reason.c_str());
    qInfo("%d of %zu", right, pairs.size());
    QVERIFY(100 * right >= 98 * static_cast<int>(pairs.size()));
}

void TestPartyPairs::judgesBothWaysAlike() {
    for (const NamePair& pair : readPairs())
        QCOMPARE(verdictOf(pair.gold, pair.predicted), verdictOf(pair.predicted, pair.gold));
}

QTEST_APPLESS_MAIN(TestPartyPairs)
#include "test_party_pairs.moc"
