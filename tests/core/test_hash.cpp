// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "core/base/hash.h"

#include <QCryptographicHash>
#include <QTest>

using namespace cw;

class TestHash : public QObject {
    Q_OBJECT

private Q_SLOTS:
    // The examples of FIPS 180-4's appendix and of NIST's test vectors.
    void theStandardsVectorsHold() {
        QCOMPARE(sha256Hex(""), std::string("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"));
        QCOMPARE(sha256Hex("abc"), std::string("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"));
        QCOMPARE(sha256Hex("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"),
                 std::string("248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"));
        QCOMPARE(sha256Hex(std::string(1000000, 'a')),
                 std::string("cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"));
    }

    void everyLengthAroundABlockAgreesWithQt() {
        for (int length = 0; length <= 200; ++length) {
            const std::string bytes(static_cast<size_t>(length), static_cast<char>(0x80 + length));
            QCryptographicHash reference(QCryptographicHash::Sha256);
            reference.addData(QByteArray::fromStdString(bytes));
            QCOMPARE(sha256Hex(bytes), reference.result().toHex().toStdString());
        }
    }

    void piecesHashAsTheWhole() {
        const std::string bytes(5000, 'x');
        for (size_t step : {1U, 63U, 64U, 65U, 1000U}) {
            Sha256 hash;
            for (size_t at = 0; at < bytes.size(); at += step)
                hash.update(std::string_view(bytes).substr(at, step));
            QCOMPARE(hash.hex(), sha256Hex(bytes));
        }
    }
};

QTEST_APPLESS_MAIN(TestHash)
#include "test_hash.moc"
