// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Builds GGUF files byte by byte, right ones and wrong ones, for the tests of their reader.
#pragma once

#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

namespace cw::test {

class GgufBuilder {
public:
    static constexpr std::uint32_t kU8 = 0, kU32 = 4, kI32 = 5, kF32 = 6, kBool = 7, kText = 8, kList = 9, kU64 = 10;

    template <typename T> static std::string plain(T value) {
        std::string bytes(sizeof value, '\0');
        std::memcpy(bytes.data(), &value, sizeof value);
        return bytes;
    }
    static std::string text(std::string_view value) { return plain(std::uint64_t{value.size()}) + std::string(value); }

    // A value in the file's own bytes.
    GgufBuilder& raw(std::string_view key, std::uint32_t type, const std::string& bytes) {
        m_values += text(key) + plain(type) + bytes;
        ++m_valueCount;
        return *this;
    }
    GgufBuilder& set(std::string_view key, std::uint32_t value) { return raw(key, kU32, plain(value)); }
    GgufBuilder& set(std::string_view key, float value) { return raw(key, kF32, plain(value)); }
    GgufBuilder& set(std::string_view key, bool value) { return raw(key, kBool, std::string(1, value ? '\1' : '\0')); }
    GgufBuilder& set(std::string_view key, const char* value) { return raw(key, kText, text(value)); }
    GgufBuilder& set(std::string_view key, const std::string& value) { return raw(key, kText, text(value)); }
    GgufBuilder& set(std::string_view key, const std::vector<std::string>& values) {
        std::string bytes = plain(kText) + plain(std::uint64_t{values.size()});
        for (const std::string& value : values)
            bytes += text(value);
        return raw(key, kList, bytes);
    }
    template <typename T> GgufBuilder& list(std::string_view key, std::uint32_t type, const std::vector<T>& values) {
        std::string bytes = plain(type) + plain(std::uint64_t{values.size()});
        for (const T value : values)
            bytes += plain(value);
        return raw(key, kList, bytes);
    }

    // A tensor with its shape as the file has it (the width of a row first), where it follows the one before it.
    GgufBuilder& tensor(std::string_view name, const std::vector<std::uint64_t>& shape, std::uint32_t type,
                        const std::string& bytes) {
        tensorAt(name, shape, type, m_data.size());
        m_data += bytes;
        m_data.resize((m_data.size() + 31) / 32 * 32);
        return *this;
    }
    // Its place in the table alone.
    GgufBuilder& tensorAt(std::string_view name, const std::vector<std::uint64_t>& shape, std::uint32_t type,
                          std::uint64_t offset) {
        m_tensors += text(name) + plain(static_cast<std::uint32_t>(shape.size()));
        for (const std::uint64_t size : shape)
            m_tensors += plain(size);
        m_tensors += plain(type) + plain(offset);
        ++m_tensorCount;
        return *this;
    }

    std::string head(std::uint64_t tensors, std::uint64_t values, std::uint32_t version = 3) const {
        return "GGUF" + plain(version) + plain(tensors) + plain(values);
    }
    std::string bytes() const {
        std::string out = head(m_tensorCount, m_valueCount) + m_values + m_tensors;
        if (!m_data.empty())
            out.resize((out.size() + 31) / 32 * 32);
        return out + m_data;
    }

private:
    std::string m_values, m_tensors, m_data;
    std::uint64_t m_valueCount = 0, m_tensorCount = 0;
};

} // namespace cw::test
