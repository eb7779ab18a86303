// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "training/model/gguf_file.h"

namespace cw {

namespace {

std::optional<double> numberOfType(GgufType type, const char* bytes) {
    if (type == GgufType::F32)
        return numberAt<float>(bytes);
    if (type == GgufType::F64)
        return numberAt<double>(bytes);
    const std::optional<std::int64_t> whole = integerAt(type, bytes);
    return whole ? std::optional(static_cast<double>(*whole)) : std::nullopt;
}

} // namespace

Result<GgufFile> GgufFile::open(const std::filesystem::path& path) {
    GgufFile file;
    file.m_path = path;
    CW_TRY_ASSIGN(mapping, MappedFile::open(path));
    file.m_mapping = mapping;
    CW_TRY_ASSIGN(header, readGgufHeader(mapping->bytes(), path));
    file.m_header = std::move(header);
    return file;
}

const GgufValue* GgufFile::find(std::string_view key, bool isList) const {
    const auto found = m_header.values.find(key);
    return found != m_header.values.end() && found->second.isList == isList ? &found->second : nullptr;
}

std::optional<std::int64_t> GgufFile::integer(std::string_view key) const {
    const GgufValue* value = find(key, false);
    return value && value->type != GgufType::Text ? integerAt(value->type, value->bytes.data()) : std::nullopt;
}

std::optional<double> GgufFile::number(std::string_view key) const {
    const GgufValue* value = find(key, false);
    return value && value->type != GgufType::Text ? numberOfType(value->type, value->bytes.data()) : std::nullopt;
}

std::optional<bool> GgufFile::flag(std::string_view key) const {
    const GgufValue* value = find(key, false);
    return value && value->type == GgufType::Bool ? std::optional(value->bytes.front() != 0) : std::nullopt;
}

std::optional<std::string_view> GgufFile::text(std::string_view key) const {
    const GgufValue* value = find(key, false);
    return value && value->type == GgufType::Text ? std::optional(value->bytes) : std::nullopt;
}

std::optional<std::vector<std::string_view>> GgufFile::texts(std::string_view key) const {
    const GgufValue* value = find(key, true);
    if (!value || value->type != GgufType::Text)
        return std::nullopt;
    std::vector<std::string_view> texts;
    texts.reserve(value->count);
    for (std::string_view rest = value->bytes; texts.size() < value->count;) {
        const auto length = numberAt<std::uint64_t>(rest.data());
        texts.push_back(rest.substr(sizeof length, length));
        rest.remove_prefix(sizeof length + length);
    }
    return texts;
}

std::optional<std::vector<double>> GgufFile::numbers(std::string_view key) const {
    const GgufValue* value = find(key, true);
    if (!value || value->type == GgufType::Text || value->type == GgufType::List)
        return std::nullopt;
    std::vector<double> numbers;
    numbers.reserve(value->count);
    for (std::uint64_t i = 0; i < value->count; ++i)
        numbers.push_back(numberOfType(value->type, value->bytes.data() + i * leastSize(value->type)).value_or(0));
    return numbers;
}

} // namespace cw
