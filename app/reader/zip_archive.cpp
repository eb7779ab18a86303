// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "app/reader/zip_archive.h"

#include <zip.h>

#include <algorithm>
#include <array>

namespace cw {

namespace {

constexpr zip_int64_t kMostEntries = 10'000;
constexpr std::uint64_t kMostInflated = 256ull << 20;
constexpr std::uint64_t kMostRatio = 200;
constexpr std::uint64_t kAlwaysAllowed = 1u << 20; // small entries of blanks may shrink as much as they like

struct EntryCloser {
    void operator()(zip_file_t* entry) const { zip_fclose(entry); }
};
using Entry = std::unique_ptr<zip_file_t, EntryCloser>;

Error damaged(const std::string& file) {
    return {ErrorCode::BadInput, file + " is damaged: its ZIP archive can't be read.", "Save or export it again."};
}

Error bomb(const std::string& file) {
    return {ErrorCode::BadInput, file + " unpacks to far more than a document holds, as a ZIP bomb does.",
            "Leave it out, or save it anew from a word processor that you trust."};
}

bool leadsOut(std::string_view name) {
    return name.starts_with('/') || name.find('\\') != std::string_view::npos || name.starts_with("../") ||
           name.find("/../") != std::string_view::npos || name == "..";
}

zip_t* openBytes(std::string_view bytes) {
    zip_error_t error;
    zip_error_init(&error);
    zip_source_t* source = zip_source_buffer_create(bytes.data(), bytes.size(), 0, &error);
    zip_t* archive = source ? zip_open_from_source(source, ZIP_RDONLY, &error) : nullptr;
    if (source && !archive)
        zip_source_free(source);
    zip_error_fini(&error);
    return archive;
}

} // namespace

void ZipArchive::Closer::operator()(void* archive) const { zip_discard(static_cast<zip_t*>(archive)); }

Result<ZipArchive> ZipArchive::open(std::string_view bytes, const std::string& file) {
    ZipArchive out;
    out.m_file = file;
    out.m_bytes = bytes.size();
    out.m_archive.reset(openBytes(bytes));
    auto* archive = static_cast<zip_t*>(out.m_archive.get());
    if (!archive)
        return damaged(file);
    const zip_int64_t entries = zip_get_num_entries(archive, 0);
    if (entries > kMostEntries)
        return bomb(file);
    for (zip_int64_t i = 0; i < entries; ++i) {
        const char* name = zip_get_name(archive, static_cast<zip_uint64_t>(i), ZIP_FL_ENC_RAW);
        if (!name || leadsOut(name))
            return damaged(file);
        out.m_names.emplace_back(name);
    }
    return out;
}

bool ZipArchive::holds(const std::string& name) const { return std::find(m_names.begin(), m_names.end(), name) != m_names.end(); }

Result<std::optional<std::string>> ZipArchive::read(const std::string& name) {
    const auto found = std::find(m_names.begin(), m_names.end(), name);
    if (found == m_names.end())
        return std::optional<std::string>();
    auto* archive = static_cast<zip_t*>(m_archive.get());
    const auto index = static_cast<zip_uint64_t>(found - m_names.begin());
    zip_stat_t state;
    const Entry entry(zip_fopen_index(archive, index, 0));
    if (!entry || zip_stat_index(archive, index, 0, &state) != 0 || !(state.valid & ZIP_STAT_COMP_SIZE))
        return damaged(m_file);
    const std::uint64_t packed = std::min<std::uint64_t>(state.comp_size, m_bytes);
    std::string out;
    std::array<char, 1 << 16> part;
    for (;;) {
        const zip_int64_t got = zip_fread(entry.get(), part.data(), part.size());
        if (got < 0)
            return damaged(m_file);
        if (got == 0)
            return std::optional(std::move(out));
        out.append(part.data(), static_cast<size_t>(got));
        m_inflated += static_cast<std::uint64_t>(got);
        const bool swells = out.size() > kAlwaysAllowed && out.size() / kMostRatio > packed;
        if (swells || m_inflated > kMostInflated)
            return bomb(m_file);
    }
}

} // namespace cw
