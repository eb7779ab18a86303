// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Writes a SentencePiece model in the form of its tokenizer.model files. Pure; any thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace cw {

// A piece's kind, with SentencePiece's numbers, which GGUF's token types share.
enum class PieceType { Normal = 1, Unknown = 2, Control = 3, UserDefined = 4, Unused = 5, Byte = 6 };

struct Piece {
    std::string_view text;
    float score = 0;
    PieceType type = PieceType::Normal;
};

// A BPE model whose normaliser keeps every character. `spacePrefix`: a text gets a space in front.
std::string sentencePieceProto(const std::vector<Piece>& pieces, bool spacePrefix, bool removeExtraSpaces);

} // namespace cw
