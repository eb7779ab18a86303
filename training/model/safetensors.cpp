// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "training/model/safetensors.h"

#include "core/base/file_pieces.h"

#include <ATen/ops/empty.h>
#include <ATen/ops/from_blob.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <cstring>
#include <limits>
#include <optional>
#include <set>

namespace cw {

namespace fs = std::filesystem;
using nlohmann::json;

namespace {

constexpr std::uint64_t kLengthBytes = 8; // the header's length, little-endian, opens the file
constexpr std::uint64_t kMaxHeader = 100'000'000;
constexpr int kMaxDepth = 3; // root, tensor, shape

struct NamedType {
    std::string_view name;
    at::ScalarType type;
};

constexpr std::array<NamedType, 10> kTypes{{{"F32", at::kFloat},
                                            {"BF16", at::kBFloat16},
                                            {"F16", at::kHalf},
                                            {"F64", at::kDouble},
                                            {"I64", at::kLong},
                                            {"I32", at::kInt},
                                            {"I16", at::kShort},
                                            {"I8", at::kChar},
                                            {"U8", at::kByte},
                                            {"BOOL", at::kBool}}};

std::optional<at::ScalarType> typeOf(std::string_view name) {
    const auto found = std::ranges::find(kTypes, name, &NamedType::name);
    return found == kTypes.end() ? std::nullopt : std::optional(found->type);
}

std::optional<std::string_view> nameOf(at::ScalarType type) {
    const auto found = std::ranges::find(kTypes, type, &NamedType::type);
    return found == kTypes.end() ? std::nullopt : std::optional(found->name);
}

Error broken(const fs::path& path, const std::string& what) {
    return {ErrorCode::BadInput, path.string() + " is not a valid safetensors file: " + what + ".",
            "Download or export the file again."};
}

std::uint64_t littleEndian(const char* bytes) {
    std::uint64_t value = 0;
    for (int i = 7; i >= 0; --i)
        value = value << 8 | static_cast<unsigned char>(bytes[i]);
    return value;
}

// JSON parsers keep one of two equal keys without a word, and two programs may then see different tensors in one file.
struct StrictObject {
    std::vector<std::set<std::string>> keys; // one set an open object
    std::string fault;

    bool operator()(int depth, json::parse_event_t event, json& parsed) {
        if (depth >= kMaxDepth &&
            (event == json::parse_event_t::object_start || event == json::parse_event_t::array_start))
            fault = "its header is nested too deep";
        if (event == json::parse_event_t::object_start)
            keys.emplace_back();
        else if (event == json::parse_event_t::object_end)
            keys.pop_back();
        else if (event == json::parse_event_t::key && !keys.back().insert(parsed.get<std::string>()).second)
            fault = "the name \"" + parsed.get<std::string>() + "\" occurs twice";
        return fault.empty();
    }
};

// The product of the shape, or nothing where it doesn't fit. Empty dimensions count as 1 here, so that [0, 2^62, 2^62]
// is refused.
std::optional<std::uint64_t> boundedProduct(const std::vector<std::int64_t>& shape) {
    constexpr std::uint64_t kLimit = std::numeric_limits<std::int64_t>::max() / 16;
    std::uint64_t product = 1;
    for (const std::int64_t size : shape) {
        const auto factor = static_cast<std::uint64_t>(std::max<std::int64_t>(size, 1));
        if (factor > kLimit / product)
            return std::nullopt;
        product *= factor;
    }
    return product;
}

} // namespace

// Fills a file's entries from its header, one check a function.
struct HeaderReader {
    using Entry = SafetensorsFile::Entry;
    const fs::path& path;

    static bool isCount(const json& value) {
        return value.is_number_unsigned() &&
               value.get<std::uint64_t>() <= static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
    }
    static bool isCounts(const json& values) {
        return values.is_array() && std::all_of(values.begin(), values.end(), [](const json& v) { return isCount(v); });
    }

    Result<json> parse(std::string_view header) const {
        StrictObject strict;
        const json root = json::parse(header, std::ref(strict), /*allow_exceptions=*/false);
        if (!strict.fault.empty())
            return broken(path, strict.fault);
        if (!header.starts_with('{') || !root.is_object())
            return broken(path, "its header is not a JSON object");
        return root;
    }

    Status checkMetadata(const json& metadata) const {
        const bool texts = metadata.is_object() &&
                           std::all_of(metadata.begin(), metadata.end(), [](const json& v) { return v.is_string(); });
        return texts ? Status{} : Status{broken(path, "its __metadata__ is not a list of texts")};
    }

    Result<Entry> entry(const std::string& name, const json& object) const {
        const std::string subject = "tensor \"" + name + "\" ";
        if (!object.is_object() || object.size() != 3 || !object.contains("dtype") || !object["dtype"].is_string() ||
            !object.contains("shape") || !object.contains("data_offsets"))
            return broken(path, subject + "lacks its dtype, shape or data_offsets");
        if (!isCounts(object["shape"]) || !isCounts(object["data_offsets"]) || object["data_offsets"].size() != 2)
            return broken(path, subject + "has a shape or data_offsets that are not whole numbers");
        const auto dtype = typeOf(object["dtype"].get<std::string>());
        if (!dtype)
            return broken(path, subject + "has the unknown dtype " + object["dtype"].get<std::string>());
        Entry entry{*dtype, object["shape"].get<std::vector<std::int64_t>>(), object["data_offsets"][0],
                    object["data_offsets"][1]};
        return checkSize(subject, std::move(entry));
    }

    Result<Entry> checkSize(const std::string& subject, Entry entry) const {
        const auto product = boundedProduct(entry.shape);
        if (!product)
            return broken(path, subject + "is larger than any memory");
        const bool isEmpty = std::ranges::find(entry.shape, 0) != entry.shape.end();
        const std::uint64_t bytes = isEmpty ? 0 : *product * c10::elementSize(entry.dtype);
        if (entry.begin > entry.end || entry.end - entry.begin != bytes)
            return broken(path, subject + "has data_offsets that don't agree with its shape");
        return entry;
    }

    // Contiguous from 0 to the end of the file: nothing hidden, nothing shared.
    template <typename Entries> Status checkCover(const Entries& entries, std::uint64_t dataBytes) const {
        std::vector<std::pair<std::uint64_t, std::uint64_t>> ranges;
        for (const auto& [name, entry] : entries)
            ranges.emplace_back(entry.begin, entry.end);
        std::ranges::sort(ranges);
        std::uint64_t covered = 0;
        for (const auto& [begin, end] : ranges) {
            if (begin != covered)
                return broken(path, begin < covered ? "two tensors overlap" : "there is a hole between two tensors");
            covered = end;
        }
        if (covered != dataBytes)
            return broken(path, covered > dataBytes ? "it ends too early" : "there are bytes after the last tensor");
        return {};
    }
};

Result<SafetensorsFile> SafetensorsFile::open(const fs::path& path) {
    SafetensorsFile file;
    file.m_path = path;
    CW_TRY_ASSIGN(mapping, MappedFile::open(path));
    file.m_mapping = mapping;
    if (mapping->size() < kLengthBytes)
        return broken(path, "it ends within the first 8 bytes");
    const std::uint64_t length = littleEndian(mapping->at(0));
    if (length > kMaxHeader || length > mapping->size() - kLengthBytes)
        return broken(path, "its header claims " + std::to_string(length) + " bytes");
    file.m_dataAt = kLengthBytes + length;

    const HeaderReader reader{path};
    CW_TRY_ASSIGN(header, reader.parse({mapping->at(kLengthBytes), length}));
    for (const auto& [name, object] : header.items()) {
        if (name == "__metadata__") {
            CW_TRY(reader.checkMetadata(object));
            continue;
        }
        CW_TRY_ASSIGN(entry, reader.entry(name, object));
        file.m_entries.emplace(name, std::move(entry));
    }
    CW_TRY(reader.checkCover(file.m_entries, mapping->size() - file.m_dataAt));
    return file;
}

std::vector<std::string> SafetensorsFile::names() const {
    std::vector<std::string> names;
    for (const auto& [name, entry] : m_entries)
        names.push_back(name);
    return names;
}

Result<at::Tensor> SafetensorsFile::tensor(std::string_view name) const {
    const auto found = m_entries.find(name);
    if (found == m_entries.end())
        return Error{ErrorCode::BadInput, m_path.string() + " has no tensor \"" + std::string(name) + "\".",
                     "Check that the weights belong to the model's config.json."};
    const Entry& entry = found->second;
    char* bytes = m_mapping->at(m_dataAt + entry.begin);
    const auto options = at::TensorOptions().dtype(entry.dtype);
    const bool isAligned = reinterpret_cast<std::uintptr_t>(bytes) % c10::elementSize(entry.dtype) == 0;
    if (isAligned || entry.begin == entry.end)
        return at::from_blob(
            bytes, entry.shape, [mapping = m_mapping](void*) {}, options);
    at::Tensor copy = at::empty(entry.shape, options);
    std::memcpy(copy.data_ptr(), bytes, entry.end - entry.begin);
    return copy;
}

void SafetensorsFile::forget(std::string_view name) const {
    if (const auto found = m_entries.find(name); found != m_entries.end())
        m_mapping->forget(m_dataAt + found->second.begin, found->second.end - found->second.begin);
}

namespace {

// All that stands before the first tensor's bytes.
Result<std::string> headOf(const NamedTensors& tensors, const std::map<std::string, std::string>& metadata) {
    json header = {{"__metadata__", metadata}};
    size_t begin = 0;
    for (const auto& [name, tensor] : tensors) {
        const auto dtype = nameOf(tensor.scalar_type());
        if (!dtype)
            return Error{ErrorCode::Unsupported, "Tensor \"" + name + "\" has a dtype that safetensors doesn't have.",
                         ""};
        const size_t end = begin + tensor.nbytes();
        header[name] = {{"dtype", *dtype}, {"shape", tensor.sizes().vec()}, {"data_offsets", {begin, end}}};
        begin = end;
    }
    std::string text = header.dump();
    text.append((kLengthBytes - text.size() % kLengthBytes) % kLengthBytes, ' '); // so that the data is aligned
    std::string length;
    for (size_t i = 0; i < kLengthBytes; ++i)
        length.push_back(static_cast<char>(text.size() >> (8 * i)));
    return length + text;
}

} // namespace

Status writeSafetensors(const fs::path& path, const NamedTensors& tensors,
                        const std::map<std::string, std::string>& metadata) {
    CW_TRY_ASSIGN(head, headOf(tensors, metadata));
    // Of a tensor in main memory and without gaps nothing is copied: the optimiser's moments alone may be gigabytes.
    return writePiecesAtomically(path, [&](const WritePiece& write) {
        return write(head) && std::ranges::all_of(tensors, [&](const auto& named) {
            const at::Tensor plain = named.second.detach().cpu().contiguous();
            return write({static_cast<const char*>(plain.const_data_ptr()), plain.nbytes()});
        });
    });
}

} // namespace cw
