// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "training/tokenizer/sentencepiece_proto.h"

#include <algorithm>
#include <cstring>

namespace cw {

namespace {

// The wire format of protocol buffers: a field's number and kind, then its value.
class Message {
public:
    void number(std::uint32_t field, std::uint64_t value) {
        varint(field << 3);
        varint(value);
    }
    void real(std::uint32_t field, float value) {
        varint(field << 3 | 5);
        char bytes[sizeof value]; // little-endian, as the machine's
        std::memcpy(bytes, &value, sizeof value);
        m_bytes.append(bytes, sizeof bytes);
    }
    void text(std::uint32_t field, std::string_view value) {
        varint(field << 3 | 2);
        varint(value.size());
        m_bytes += value;
    }
    const std::string& bytes() const { return m_bytes; }

private:
    void varint(std::uint64_t value) {
        for (; value >= 0x80; value >>= 7)
            m_bytes += static_cast<char>(0x80 | (value & 0x7F));
        m_bytes += static_cast<char>(value);
    }
    std::string m_bytes;
};

// Numbers of the fields in sentencepiece_model.proto.
namespace model {
constexpr std::uint32_t kPiece = 1, kTrainer = 2, kNormalizer = 3;
}
namespace piece {
constexpr std::uint32_t kText = 1, kScore = 2, kType = 3;
}
namespace trainer {
constexpr std::uint32_t kModelType = 3, kVocabularySize = 4, kByteFallback = 35, kUnknownId = 40;
constexpr std::uint64_t kBpe = 2;
} // namespace trainer
namespace normalizer {
constexpr std::uint32_t kName = 1, kSpacePrefix = 3, kRemoveExtraSpaces = 4, kEscapeSpaces = 5;
}

std::string pieceMessage(const Piece& entry) {
    Message message;
    message.text(piece::kText, entry.text);
    message.real(piece::kScore, entry.score);
    message.number(piece::kType, static_cast<std::uint64_t>(entry.type));
    return message.bytes();
}

std::string trainerMessage(const std::vector<Piece>& pieces) {
    Message message;
    message.number(trainer::kModelType, trainer::kBpe);
    message.number(trainer::kVocabularySize, pieces.size());
    message.number(trainer::kByteFallback, std::ranges::count(pieces, PieceType::Byte, &Piece::type) > 0);
    const auto unknown = std::ranges::find(pieces, PieceType::Unknown, &Piece::type);
    message.number(trainer::kUnknownId, static_cast<std::uint64_t>(unknown - pieces.begin()));
    return message.bytes();
}

} // namespace

std::string sentencePieceProto(const std::vector<Piece>& pieces, bool spacePrefix, bool removeExtraSpaces) {
    Message message;
    for (const Piece& entry : pieces)
        message.text(model::kPiece, pieceMessage(entry));
    message.text(model::kTrainer, trainerMessage(pieces));
    Message rules;
    rules.text(normalizer::kName, "identity");
    rules.number(normalizer::kSpacePrefix, spacePrefix);
    rules.number(normalizer::kRemoveExtraSpaces, removeExtraSpaces);
    rules.number(normalizer::kEscapeSpaces, true);
    message.text(model::kNormalizer, rules.bytes());
    return message.bytes();
}

} // namespace cw
