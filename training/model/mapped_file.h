// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// A file mapped into memory to be read: its pages are loaded when they are looked at and shared by all processes. Any
// thread.
#pragma once

#include "core/base/result.h"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string_view>

namespace cw {

class MappedFile {
public:
    // An empty file and what is no file at all are errors.
    static Result<std::shared_ptr<const MappedFile>> open(const std::filesystem::path& path);
    ~MappedFile();
    MappedFile(const MappedFile&) = delete;
    MappedFile& operator=(const MappedFile&) = delete;

    // Never write there: the mapping is read-only.
    char* at(std::uint64_t offset) const { return m_bytes + offset; }
    std::uint64_t size() const { return m_size; }
    std::string_view bytes() const { return {m_bytes, m_size}; }

    // Says that these bytes won't be looked at soon: their whole pages stop counting as this process's memory. They
    // come back from the file when they are.
    void forget(std::uint64_t offset, std::uint64_t length) const;

private:
    MappedFile(char* bytes, std::uint64_t size) : m_bytes(bytes), m_size(size) {}

    char* m_bytes;
    std::uint64_t m_size;
};

} // namespace cw
