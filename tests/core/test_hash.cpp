// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "core/base/hash.h"
#include "core/base/rng.h"

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

    void theProcessorsInstructionsTakeBlocksAsThePlainCodeDoes() {
        const Sha256Blocks native = sha256BlocksNative();
        if (!native)
            QSKIP("This processor has no instructions for SHA-256.");
        Rng rng(17);
        for (int round = 0; round < 200; ++round) {
            const auto count = static_cast<size_t>(rng.below(40));
            std::string bytes;
            for (size_t i = 0; i < 64 * count + 1; ++i)
                bytes.push_back(static_cast<char>(rng.below(256)));
            const auto* at = reinterpret_cast<const unsigned char*>(bytes.data()) + 1; // at no even address
            Sha256State plain;
            for (std::uint32_t& word : plain)
                word = static_cast<std::uint32_t>(rng.next());
            Sha256State fast = plain;
            sha256BlocksPlain(plain, at, count);
            native(fast, at, count);
            QVERIFY(fast == plain);
        }
    }

    void randomLengthsInRandomPiecesAgreeWithQt() {
        Rng rng(18);
        for (int round = 0; round < 100; ++round) {
            std::string bytes;
            for (std::uint64_t left = rng.below(5000); left > 0; --left)
                bytes.push_back(static_cast<char>(rng.below(256)));
            Sha256 hash;
            for (size_t at = 0, piece = 0; at < bytes.size(); at += piece) {
                piece = static_cast<size_t>(1 + rng.below(300));
                hash.update(std::string_view(bytes).substr(at, piece));
            }
            QCOMPARE(hash.hex(), QCryptographicHash::hash(QByteArray::fromStdString(bytes), QCryptographicHash::Sha256).toHex().toStdString());
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
