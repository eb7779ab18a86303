// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The safetensors format: a length, a JSON header, then the tensors' bytes without gaps. Files come from outside, so
// every number in the header is checked before a byte is used. Any thread; an open file is read-only.
#pragma once

#include "training/model/mapped_file.h"

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace cw {

class SafetensorsFile {
public:
    // Maps the file and checks its whole header: at most 100 MB and within the file, no name twice, known dtypes, sizes
    // that agree with the shapes, and tensors that cover the data exactly, without holes or overlaps.
    static Result<SafetensorsFile> open(const std::filesystem::path& path);

    std::vector<std::string> names() const; // sorted
    bool contains(std::string_view name) const { return m_entries.find(name) != m_entries.end(); }

    // A tensor over the mapped bytes, which stay mapped as long as it lives; copied only where they aren't aligned to
    // the dtype. Never write to it: the mapping is read-only.
    Result<at::Tensor> tensor(std::string_view name) const;
    void forget(std::string_view name) const; // see MappedFile::forget

private:
    struct Entry {
        at::ScalarType dtype = at::kFloat;
        std::vector<std::int64_t> shape;
        std::uint64_t begin = 0; // bytes from where the data begins
        std::uint64_t end = 0;
    };
    friend struct HeaderReader;

    std::filesystem::path m_path;
    std::shared_ptr<const MappedFile> m_mapping;
    std::uint64_t m_dataAt = 0; // bytes from the file's begin
    std::map<std::string, Entry, std::less<>> m_entries;
};

using NamedTensors = std::map<std::string, at::Tensor>;

// Writes the tensors (any device; f32, f16, bf16, integers) in name order, atomically, one after the other.
Status writeSafetensors(const std::filesystem::path& path, const NamedTensors& tensors,
                        const std::map<std::string, std::string>& metadata = {{"format", "pt"}});

} // namespace cw
