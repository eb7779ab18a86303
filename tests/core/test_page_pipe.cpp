// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The pipe between a window and the reader that draws its pages: what is asked comes over, and what doesn't answer it is refused.
#include "core/text/page_pipe.h"

#include <QtTest>

using namespace cw;

class TestPagePipe : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aRequestComesOver();
    void aRequestBeyondTheLimitsIsRefused();
    void anAnswerMustBeToThisRequest();
    void aSentenceComesInsteadOfAPicture();
    void noChangedByteGoesUnnoticed();
};

void TestPagePipe::aRequestComesOver() {
    const PageRequest request{499, 1240, 1754};
    const std::string bytes = encodePageRequest(request);
    QCOMPARE(bytes.size(), kPageRequestBytes);
    QCOMPARE(bytes.substr(0, 8), std::string("CWPQ\1\0\0\0", 8));
    QVERIFY(decodePageRequest(bytes) == request);
    for (size_t size = 0; size < bytes.size(); ++size)
        QVERIFY(!decodePageRequest(bytes.substr(0, size)));
    QVERIFY(!decodePageRequest(bytes + 'x'));
}

void TestPagePipe::aRequestBeyondTheLimitsIsRefused() {
    for (const PageRequest& wrong : {PageRequest{0, 0, 100}, PageRequest{0, 100, 0}, PageRequest{0, kMaxPageSide + 1, 1},
                                     PageRequest{0, kMaxPageSide, kMaxPageSide}, PageRequest{0, 0x80000000u, 2}})
        QVERIFY(!decodePageRequest(encodePageRequest(wrong)));
    QVERIFY(decodePageRequest(encodePageRequest({0, kMaxPageSide, 2048})));
}

void TestPagePipe::anAnswerMustBeToThisRequest() {
    const PageRequest asked{3, 20, 10};
    const std::string head = encodePagePictureHead(asked);
    QCOMPARE(head.size(), kPageAnswerHeadBytes);
    const auto answer = decodePageAnswerHead(head, asked);
    QVERIFY(answer && answer->isPicture);
    QCOMPARE(answer->bytes, size_t{800});
    for (const PageRequest& other : {PageRequest{4, 20, 10}, PageRequest{3, 10, 20}, PageRequest{3, 20, 11}})
        QVERIFY(!decodePageAnswerHead(head, other));
    QVERIFY(!decodePageAnswerHead(head.substr(1), asked));
    QVERIFY(!decodePageAnswerHead(encodePageRequest(asked) + "    ", asked));
}

void TestPagePipe::aSentenceComesInsteadOfAPicture() {
    const PageRequest asked{3, 20, 10};
    const std::string bytes = encodePageSentence(asked, "There is no page 4.");
    const auto answer = decodePageAnswerHead(bytes.substr(0, kPageAnswerHeadBytes), asked);
    QVERIFY(answer && !answer->isPicture);
    QCOMPARE(bytes.substr(kPageAnswerHeadBytes), std::string("There is no page 4."));
    QCOMPARE(answer->bytes, bytes.size() - kPageAnswerHeadBytes);
    QCOMPARE(encodePageSentence(asked, std::string(10'000, 'a')).size(), kPageAnswerHeadBytes + kMaxPageSentenceBytes);
    QVERIFY(!decodePageAnswerHead(encodePageSentence(asked, "").substr(0, kPageAnswerHeadBytes), asked));
}

void TestPagePipe::noChangedByteGoesUnnoticed() {
    const PageRequest asked{3, 20, 10};
    const std::string head = encodePagePictureHead(asked);
    for (size_t at = 0; at < head.size(); ++at)
        for (int bit = 0; bit < 8; ++bit) {
            std::string damaged = head;
            damaged[at] = static_cast<char>(damaged[at] ^ (1 << bit));
            QVERIFY(!decodePageAnswerHead(damaged, asked));
        }
}

QTEST_GUILESS_MAIN(TestPagePipe)
#include "test_page_pipe.moc"
