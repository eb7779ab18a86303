// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// A ZIP archive in memory, by libzip. Nothing is unpacked to disk, and what an entry inflates to is counted while it is read: sizes that
// an archive states about itself are not believed. One thread.
#pragma once

#include "core/base/result.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cw {

class ZipArchive {
public:
    // `bytes` must outlive it; `file` names the archive in errors. Refused: what is no archive, more than 10,000 entries, and names that
    // lead out of the archive.
    static Result<ZipArchive> open(std::string_view bytes, const std::string& file);

    const std::vector<std::string>& names() const { return m_names; }
    bool holds(const std::string& name) const;

    // Nothing if there is no such entry. Refused: more than 256 MiB from all entries together, and an entry that inflates to more than
    // 200 times its bytes.
    Result<std::optional<std::string>> read(const std::string& name);

private:
    struct Closer {
        void operator()(void* archive) const;
    };
    ZipArchive() = default;

    std::unique_ptr<void, Closer> m_archive;
    std::vector<std::string> m_names;
    std::string m_file;
    std::uint64_t m_bytes = 0;    // of the archive
    std::uint64_t m_inflated = 0; // by all reads so far
};

} // namespace cw
