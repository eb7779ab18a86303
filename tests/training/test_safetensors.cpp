// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The safetensors reader against broken and hostile files, and the writer's round trip.
// label: parser
#include "core/base/file.h"
#include "core/base/rng.h"
#include "tests/support/paths.h"
#include "training/model/safetensors.h"
#include "training/model/weight_files.h"
#include "training/recipes/training_events.h"

#include <ATen/TensorOperators.h>
#include <ATen/ops/arange.h>
#include <ATen/ops/ones.h>
#include <ATen/ops/zeros.h>
#include <QtTest>

#include <sys/stat.h>

using namespace cw;

namespace {

std::string file(const std::string& header, size_t dataBytes, std::optional<std::uint64_t> claimed = std::nullopt) {
    const std::uint64_t length = claimed.value_or(header.size());
    std::string bytes;
    for (int i = 0; i < 8; ++i)
        bytes.push_back(static_cast<char>(length >> (8 * i)));
    return bytes + header + std::string(dataBytes, '\0');
}

// One f32 tensor of two values.
std::string tensor(const std::string& name, int begin, const std::string& shape = "[2]",
                   const std::string& dtype = "F32") {
    return "\"" + name + "\":{\"dtype\":\"" + dtype + "\",\"shape\":" + shape + ",\"data_offsets\":[" +
           std::to_string(begin) + "," + std::to_string(begin + 8) + "]}";
}

} // namespace

class TestSafetensors : public QObject {
    Q_OBJECT

private:
    QTemporaryDir m_folder;
    std::filesystem::path path() const {
        return std::filesystem::path(m_folder.path().toStdString()) / "x.safetensors";
    }

    Result<SafetensorsFile> openBytes(const std::string& bytes) {
        if (!writeFileAtomically(path(), bytes))
            qFatal("The temporary folder can't be written.");
        return SafetensorsFile::open(path());
    }

private Q_SLOTS:
    void brokenFilesAreRefusedWithTheirFault_data() {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("fault");
        const auto row = [](const char* name, const std::string& bytes, const char* fault) {
            QTest::newRow(name) << QByteArray(bytes.data(), static_cast<int>(bytes.size())) << fault;
        };
        row("empty", "", "is empty");
        row("seven bytes", "1234567", "it ends within the first 8 bytes");
        row("header beyond the file", file("{}", 0, 3), "its header claims 3 bytes");
        row("header of 2^63 bytes", file("{}", 0, std::uint64_t{1} << 63), "its header claims");
        row("length that overflows", file("{}", 0, ~std::uint64_t{0} - 4), "its header claims");
        row("not JSON", file("{\"a\":", 0), "its header is not a JSON object");
        row("a list", file("[1]", 0), "its header is not a JSON object");
        row("space before the brace", file(" {}", 0), "its header is not a JSON object");
        row("no header", file("", 0), "its header is not a JSON object");
        row("the same name twice", file("{" + tensor("a", 0) + "," + tensor("a", 8) + "}", 16),
            "the name \"a\" occurs twice");
        row("the same member twice",
            file("{\"a\":{\"dtype\":\"F32\",\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}", 8),
            "the name \"dtype\" occurs twice");
        row("nested too deep", file("{\"a\":{\"dtype\":\"F32\",\"shape\":[[2]],\"data_offsets\":[0,8]}}", 8),
            "nested too deep");
        row("a hundred thousand brackets",
            file("{\"a\":" + std::string(100000, '[') + std::string(100000, ']') + "}", 0), "nested too deep");
        row("overlap", file("{" + tensor("a", 0) + "," + tensor("b", 4) + "}", 12), "two tensors overlap");
        row("two names for one range", file("{" + tensor("a", 0) + "," + tensor("b", 0) + "}", 8),
            "two tensors overlap");
        row("hole", file("{" + tensor("a", 0) + "," + tensor("b", 12) + "}", 20),
            "there is a hole between two tensors");
        row("hole at the front", file("{" + tensor("a", 4) + "}", 12), "there is a hole between two tensors");
        row("bytes at the end", file("{" + tensor("a", 0) + "}", 9), "there are bytes after the last tensor");
        row("cut off", file("{" + tensor("a", 0) + "}", 7), "it ends too early");
        row("unknown dtype", file("{" + tensor("a", 0, "[2]", "F8_E4M3") + "}", 8), "has the unknown dtype F8_E4M3");
        row("shape too small", file("{" + tensor("a", 0, "[1]") + "}", 8),
            "has data_offsets that don't agree with its shape");
        row("negative dimension", file("{" + tensor("a", 0, "[-2]") + "}", 8),
            "has a shape or data_offsets that are not whole numbers");
        row("fractional dimension", file("{" + tensor("a", 0, "[2.0]") + "}", 8),
            "has a shape or data_offsets that are not whole numbers");
        row("product that overflows", file("{" + tensor("a", 0, "[4294967296,4294967296,4]") + "}", 8),
            "is larger than any memory");
        row("overflow behind a zero", file("{" + tensor("a", 0, "[0,9223372036854775807,3]") + "}", 8),
            "is larger than any memory");
        row("dimension beyond 63 bits", file("{" + tensor("a", 0, "[18446744073709551615]") + "}", 8),
            "has a shape or data_offsets that are not whole numbers");
        row("end before begin", file("{\"a\":{\"dtype\":\"F32\",\"shape\":[0],\"data_offsets\":[8,0]}}", 8),
            "don't agree with its shape");
        row("three offsets", file("{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,4,8]}}", 8),
            "not whole numbers");
        row("member missing", file("{\"a\":{\"dtype\":\"F32\",\"shape\":[2]}}", 8),
            "lacks its dtype, shape or data_offsets");
        row("metadata that is no text", file("{\"__metadata__\":{\"a\":1}}", 0),
            "its __metadata__ is not a list of texts");
    }

    void brokenFilesAreRefusedWithTheirFault() {
        QFETCH(QByteArray, bytes);
        QFETCH(QString, fault);
        const auto opened = openBytes(bytes.toStdString());
        QVERIFY(!opened);
        QCOMPARE(opened.error().code, ErrorCode::BadInput);
        const QString detail = QString::fromStdString(opened.error().detail);
        QVERIFY2(detail.contains(fault), qPrintable(detail));
        QVERIFY(detail.contains(QString::fromStdString(path().string())));
    }

    // Whatever bytes a file has, opening it and reading what it names must neither crash nor read beyond it.
    void randomDamageNeverDoesHarm() {
        const std::string whole = *readFile(test::dataFolder() / "models" / "random-mistral-bf16-sharded" /
                                            "model-00003-of-00003.safetensors");
        Rng rng(20261124);
        for (int round = 0; round < 300; ++round) {
            std::string bytes = whole;
            for (int hit = 0; hit < 4; ++hit)
                bytes[rng.below(round % 3 == 0 ? 8 : 600)] = static_cast<char>(rng.below(256));
            if (round % 5 == 0)
                bytes.resize(rng.below(bytes.size()));
            const auto opened = openBytes(bytes);
            if (opened)
                for (const std::string& name : opened->names())
                    QVERIFY(opened->tensor(name)->to(at::kFloat).sum().numel() == 1);
        }
    }

    void everyDtypeMakesTheRoundTrip() {
        NamedTensors tensors;
        for (const auto dtype : {at::kFloat, at::kBFloat16, at::kHalf, at::kDouble, at::kLong, at::kInt, at::kByte})
            tensors["t" + std::to_string(static_cast<int>(dtype))] = at::arange(6, at::kFloat).view({2, 3}).to(dtype);
        tensors["scalar"] = at::zeros({}, at::kFloat) + 3.5;
        tensors["empty"] = at::zeros({0, 4}, at::kFloat);
        tensors["a \"quoted\" name"] = at::arange(3, at::kFloat).to(at::kBFloat16);
        tensors["strided"] = at::arange(6, at::kFloat).view({2, 3}).t();
        QVERIFY(writeSafetensors(path(), tensors));
        const auto file = SafetensorsFile::open(path());
        QVERIFY(file.ok());
        QCOMPARE(file->names().size(), tensors.size());
        for (const auto& [name, tensor] : tensors) {
            const at::Tensor read = *file->tensor(name);
            QCOMPARE(read.scalar_type(), tensor.scalar_type());
            QVERIFY2(read.equal(tensor), name.c_str());
        }
    }

    void tensorsOutliveTheFile() {
        QVERIFY(writeSafetensors(path(), {{"a", at::arange(5, at::kFloat)}}));
        at::Tensor tensor;
        {
            const auto file = SafetensorsFile::open(path());
            tensor = *file->tensor("a");
        }
        std::filesystem::remove(path());
        QVERIFY(tensor.equal(at::arange(5, at::kFloat)));
    }

    void misalignedDataIsCopied() {
        const std::string header = "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}";
        for (size_t spaces = 0; spaces < 4; ++spaces) {
            std::string bytes = file(header + std::string(spaces, ' '), 0);
            const float value = 1.25f;
            bytes.append(reinterpret_cast<const char*>(&value), sizeof value);
            const auto opened = openBytes(bytes);
            const at::Tensor tensor = *opened->tensor("a");
            QCOMPARE(reinterpret_cast<std::uintptr_t>(tensor.const_data_ptr()) % alignof(float), std::uintptr_t{0});
            QCOMPARE(tensor.item<float>(), value);
        }
    }

    void writingTakesNoMemoryOfItsOwn() {
        constexpr std::int64_t kNumbers = 8'000'000; // 32 MB each
        const NamedTensors tensors = {{"a", at::ones({kNumbers})}, {"b", at::ones({kNumbers})}, {"c", at::ones({kNumbers})}};
        const double before = peakMemoryBytes();
        QVERIFY(before > 0);
        QVERIFY(writeSafetensors(path(), tensors));
        QVERIFY2(peakMemoryBytes() - before < 4e6, qPrintable(QString::number(peakMemoryBytes() - before)));
        QCOMPARE(std::filesystem::file_size(path()) % 8, std::uintmax_t{0});
        QVERIFY(SafetensorsFile::open(path())->tensor("c")->equal(tensors.at("c")));
    }

    void missingTensorIsNamed() {
        QVERIFY(writeSafetensors(path(), {{"a", at::arange(5, at::kFloat)}}));
        const auto tensor = SafetensorsFile::open(path())->tensor("b");
        QVERIFY(!tensor);
        QVERIFY(tensor.error().detail.find("has no tensor \"b\"") != std::string::npos);
    }

    void writtenFilesBelongToTheirOwnerAlone() {
        QVERIFY(writeSafetensors(path(), {{"a", at::arange(5, at::kFloat)}}));
        struct stat info {};
        QCOMPARE(::stat(path().c_str(), &info), 0);
        QCOMPARE(info.st_mode & 0777, 0600u);
    }

    void shardListThatLeavesTheFolderIsRefused() {
        const std::filesystem::path folder = m_folder.path().toStdString();
        for (const char* name : {"../x.safetensors", "/etc/passwd", "", ".."}) {
            QVERIFY(writeFileAtomically(folder / "model.safetensors.index.json",
                                        std::string("{\"weight_map\":{\"a\":\"") + name + "\"}}"));
            const auto files = openWeightFiles(folder);
            QVERIFY(!files);
            QVERIFY(files.error().detail.find("is not a valid list of weight files") != std::string::npos);
        }
    }

    void shardWithoutItsTensorIsRefused() {
        const std::filesystem::path folder = m_folder.path().toStdString();
        QVERIFY(writeSafetensors(folder / "one.safetensors", {{"a", at::arange(5, at::kFloat)}}));
        QVERIFY(writeFileAtomically(folder / "model.safetensors.index.json",
                                    "{\"weight_map\":{\"a\":\"one.safetensors\",\"b\":\"one.safetensors\"}}"));
        const auto files = openWeightFiles(folder);
        QVERIFY(!files);
        QVERIFY(files.error().detail.find("Tensor \"b\" is not in") != std::string::npos);
    }
};

QTEST_APPLESS_MAIN(TestSafetensors)
#include "test_safetensors.moc"
