// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "training/model/gguf_header.h"

#include "core/base/utf.h"

#include <algorithm>
#include <bit>
#include <limits>

namespace cw {

static_assert(std::endian::native == std::endian::little, "numbers are read as they lie in the file");

namespace {

constexpr std::string_view kMagic = "GGUF";
constexpr std::uint32_t kVersion = 3;
constexpr std::uint64_t kMaxName = 65'535; // bytes of a key or of a tensor's name
constexpr std::uint32_t kMaxDimensions = 4;
constexpr std::uint64_t kMaxValues = std::uint64_t{1} << 40; // of a tensor: keeps products far from overflow
constexpr std::uint64_t kMaxAlignment = std::uint64_t{1} << 20;
constexpr int kMaxNesting = 4;
constexpr std::uint32_t kTypes = 13;

// Walks over what stands before the tensors. Every take checks that the bytes are there.
class GgufReader {
public:
    GgufReader(std::string_view bytes, const std::filesystem::path& path) : m_bytes(bytes), m_path(path) {}

    Result<GgufHeader> read() {
        CW_TRY_ASSIGN(counts, readHead());
        for (std::uint64_t i = 0; i < counts.values; ++i)
            CW_TRY(readValue());
        CW_TRY(checkWhole());
        for (std::uint64_t i = 0; i < counts.tensors; ++i)
            CW_TRY(readTensor());
        CW_TRY(placeTensors());
        return std::move(m_header);
    }

private:
    struct Counts {
        std::uint64_t tensors = 0;
        std::uint64_t values = 0;
    };

    Error broken(const std::string& what) const {
        return {ErrorCode::BadInput, m_path.string() + " is not a valid GGUF file: " + what + ".",
                "Download the file again."};
    }
    std::uint64_t left() const { return m_bytes.size() - m_at; }

    template <typename T> Result<T> take() {
        if (left() < sizeof(T))
            return broken("it ends too early");
        const T value = numberAt<T>(m_bytes.data() + m_at);
        m_at += sizeof(T);
        return value;
    }

    Result<std::string_view> takeBytes(std::uint64_t length) {
        if (left() < length)
            return broken("it ends too early");
        const std::string_view bytes = m_bytes.substr(m_at, length);
        m_at += length;
        return bytes;
    }

    Result<std::string_view> takeText() {
        CW_TRY_ASSIGN(length, take<std::uint64_t>());
        return takeBytes(length);
    }

    Result<std::string> takeName() {
        CW_TRY_ASSIGN(name, takeText());
        if (name.empty() || name.size() > kMaxName)
            return broken("a name has " + std::to_string(name.size()) + " bytes");
        if (firstInvalidUtf8(name))
            return broken("a name is no UTF-8");
        return std::string(name);
    }

    Result<Counts> readHead() {
        if (!m_bytes.starts_with(kMagic))
            return broken("it doesn't begin with \"GGUF\"");
        m_at = kMagic.size();
        CW_TRY_ASSIGN(version, take<std::uint32_t>());
        if (version != kVersion)
            return Error{ErrorCode::Unsupported, m_path.string() + " is not a little-endian GGUF file of version 3.",
                         "Convert the model again with a newer tool, or use its Hugging Face form."};
        CW_TRY_ASSIGN(tensors, take<std::uint64_t>());
        CW_TRY_ASSIGN(values, take<std::uint64_t>());
        constexpr std::uint64_t kLeastTensor = 8 + 4 + 8 + 4 + 8, kLeastValue = 8 + 4 + 1;
        if (tensors > left() / kLeastTensor || values > left() / kLeastValue)
            return broken("it claims " + std::to_string(tensors) + " tensors and " + std::to_string(values) +
                          " values, more than its bytes can hold");
        return Counts{tensors, values};
    }

    Result<GgufType> takeType(const std::string& key) {
        CW_TRY_ASSIGN(type, take<std::uint32_t>());
        if (type >= kTypes)
            return broken("value \"" + key + "\" has the unknown type " + std::to_string(type));
        return static_cast<GgufType>(type);
    }

    Status readValue() {
        CW_TRY_ASSIGN(key, takeName());
        CW_TRY_ASSIGN(type, takeType(key));
        CW_TRY_ASSIGN(value, takeValue(key, type, 0));
        if (!m_header.values.emplace(key, value).second)
            return broken("the value \"" + key + "\" occurs twice");
        return {};
    }

    Result<GgufValue> takeValue(const std::string& key, GgufType type, int nesting) {
        if (type == GgufType::List)
            return takeList(key, nesting);
        GgufValue value{.type = type};
        if (type == GgufType::Text) {
            CW_TRY_ASSIGN(text, takeText());
            if (nesting == 0 && firstInvalidUtf8(text)) // who asks for a list looks at its texts
                return broken("value \"" + key + "\" is no UTF-8");
            value.bytes = text;
            return value;
        }
        CW_TRY_ASSIGN(bytes, takeBytes(leastSize(type)));
        value.bytes = bytes;
        if (type == GgufType::Bool && static_cast<unsigned char>(bytes.front()) > 1)
            return broken("value \"" + key + "\" is neither true nor false");
        return value;
    }

    Result<GgufValue> takeList(const std::string& key, int nesting) {
        if (nesting >= kMaxNesting)
            return broken("value \"" + key + "\" is nested too deep");
        CW_TRY_ASSIGN(type, takeType(key));
        CW_TRY_ASSIGN(count, take<std::uint64_t>());
        if (count > left() / leastSize(type))
            return broken("value \"" + key + "\" claims " + std::to_string(count) + " elements");
        const size_t begin = m_at;
        if (type == GgufType::Text || type == GgufType::List || type == GgufType::Bool)
            for (std::uint64_t i = 0; i < count; ++i)
                CW_TRY(takeValue(key, type, nesting + 1));
        else
            m_at += count * leastSize(type);
        return GgufValue{type, true, count, m_bytes.substr(begin, m_at - begin)};
    }

    Status checkWhole() const {
        if (wholeNumber("split.count").value_or(1) <= 1)
            return {};
        return Error{ErrorCode::Unsupported, m_path.string() + " is one part of a model in several files.",
                     "Join its parts into one GGUF file first."};
    }

    Status readTensor() {
        CW_TRY_ASSIGN(name, takeName());
        const std::string subject = "tensor \"" + name + "\" ";
        CW_TRY_ASSIGN(dimensions, take<std::uint32_t>());
        if (dimensions < 1 || dimensions > kMaxDimensions)
            return broken(subject + "has " + std::to_string(dimensions) + " dimensions");
        GgufTensor tensor;
        std::uint64_t values = 1;
        for (std::uint32_t i = 0; i < dimensions; ++i) {
            CW_TRY_ASSIGN(size, take<std::uint64_t>());
            if (size < 1 || size > kMaxValues / values)
                return broken(subject + "has an impossible shape");
            values *= size;
            tensor.shape.insert(tensor.shape.begin(), static_cast<std::int64_t>(size));
        }
        CW_TRY(readPlace(subject, values, tensor));
        if (!m_header.tensors.emplace(name, tensor).second)
            return broken("the tensor \"" + name + "\" occurs twice");
        return {};
    }

    Status readPlace(const std::string& subject, std::uint64_t values, GgufTensor& tensor) {
        CW_TRY_ASSIGN(number, take<std::uint32_t>());
        CW_TRY_ASSIGN(offset, take<std::uint64_t>());
        const std::optional<BlockType> type = blockTypeFromNumber(number);
        if (!type)
            return Error{ErrorCode::Unsupported,
                         m_path.string() + " stores " + subject + "as " + blockTypeName(number) +
                             ", which this program can't read.",
                         "Use a file in F32, F16, BF16, Q8_0, Q4_0, Q4_1, Q4_K or Q6_K."};
        const BlockLayout layout = layoutOf(*type);
        if (tensor.shape.back() % layout.values != 0)
            return broken(subject + "has rows that are no whole blocks");
        tensor.type = *type;
        tensor.begin = offset; // until the data's begin is known
        tensor.bytes = values / static_cast<std::uint64_t>(layout.values) * static_cast<std::uint64_t>(layout.bytes);
        return {};
    }

    // A value that is no whole number counts as 0.
    std::optional<std::int64_t> wholeNumber(std::string_view key) const {
        const auto found = m_header.values.find(key);
        if (found == m_header.values.end())
            return std::nullopt;
        const GgufValue& value = found->second;
        return value.isList ? 0 : integerAt(value.type, value.bytes.data()).value_or(0);
    }

    Result<std::uint64_t> alignment() const {
        const std::int64_t value = wholeNumber("general.alignment").value_or(32);
        if (value < 1 || static_cast<std::uint64_t>(value) > kMaxAlignment ||
            !std::has_single_bit(static_cast<std::uint64_t>(value)))
            return broken("its alignment is no power of two");
        return static_cast<std::uint64_t>(value);
    }

    // Each tensor begins at the first aligned byte behind the one before it: nothing hidden, nothing shared.
    Status placeTensors() {
        CW_TRY_ASSIGN(align, alignment());
        const auto aligned = [align = align](std::uint64_t at) { return (at + align - 1) / align * align; };
        const std::uint64_t dataAt = aligned(m_at);
        std::vector<std::pair<std::uint64_t, GgufTensor*>> inOrder;
        for (auto& [name, tensor] : m_header.tensors)
            inOrder.emplace_back(tensor.begin, &tensor);
        std::ranges::sort(inOrder);
        std::uint64_t covered = 0;
        for (const auto& [begin, tensor] : inOrder) {
            if (begin != aligned(covered))
                return broken(begin < covered ? "two tensors overlap" : "its tensors don't follow each other");
            covered = begin + tensor->bytes;
            if (dataAt > m_bytes.size() || covered > m_bytes.size() - dataAt)
                return broken("it ends too early");
            tensor->begin = dataAt + begin;
        }
        const std::uint64_t end = inOrder.empty() ? m_at : dataAt + covered;
        return m_bytes.size() <= aligned(end) ? Status() : broken("there are bytes after the last tensor");
    }

    std::string_view m_bytes;
    const std::filesystem::path& m_path;
    size_t m_at = 0;
    GgufHeader m_header;
};

} // namespace

std::uint64_t leastSize(GgufType type) {
    constexpr std::uint64_t kSizes[kTypes] = {1, 1, 2, 2, 4, 4, 4, 1, 8, 12, 8, 8, 8};
    return kSizes[static_cast<std::uint32_t>(type)];
}

std::optional<std::int64_t> integerAt(GgufType type, const char* bytes) {
    switch (type) {
    case GgufType::U8:
        return numberAt<std::uint8_t>(bytes);
    case GgufType::I8:
        return numberAt<std::int8_t>(bytes);
    case GgufType::U16:
        return numberAt<std::uint16_t>(bytes);
    case GgufType::I16:
        return numberAt<std::int16_t>(bytes);
    case GgufType::U32:
        return numberAt<std::uint32_t>(bytes);
    case GgufType::I32:
        return numberAt<std::int32_t>(bytes);
    case GgufType::I64:
        return numberAt<std::int64_t>(bytes);
    case GgufType::U64: {
        const auto value = numberAt<std::uint64_t>(bytes);
        const bool fits = value <= static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
        return fits ? std::optional(static_cast<std::int64_t>(value)) : std::nullopt;
    }
    default:
        return std::nullopt;
    }
}

Result<GgufHeader> readGgufHeader(std::string_view bytes, const std::filesystem::path& path) {
    return GgufReader(bytes, path).read();
}

} // namespace cw
