// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// An open GGUF file: named values, and tensors that lie in the mapped file. Any thread; read-only, and shared by its
// copies.
#pragma once

#include "training/model/gguf_header.h"
#include "training/model/mapped_file.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cw {

class GgufFile {
public:
    // Maps the file and checks what stands before the tensors: see readGgufHeader().
    static Result<GgufFile> open(const std::filesystem::path& path);

    const std::filesystem::path& path() const { return m_path; }
    const std::map<std::string, GgufTensor, std::less<>>& tensors() const { return m_header.tensors; }
    std::shared_ptr<const MappedFile> mapping() const { return m_mapping; }

    // Values by key, or nothing where it is missing or of another type.
    bool has(std::string_view key) const { return m_header.values.find(key) != m_header.values.end(); }
    std::optional<std::int64_t> integer(std::string_view key) const; // of any width
    std::optional<double> number(std::string_view key) const;        // a float or an integer
    std::optional<bool> flag(std::string_view key) const;
    std::optional<std::string_view> text(std::string_view key) const;
    std::optional<std::vector<std::string_view>> texts(std::string_view key) const;
    std::optional<std::vector<double>> numbers(std::string_view key) const;

private:
    const GgufValue* find(std::string_view key, bool isList) const;

    std::filesystem::path m_path;
    std::shared_ptr<const MappedFile> m_mapping;
    GgufHeader m_header;
};

} // namespace cw
