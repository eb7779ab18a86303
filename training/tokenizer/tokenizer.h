// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// A model's tokenizer, read from its folder: plain text to token ids and back. Immutable once loaded; any thread.
#pragma once

#include "core/base/result.h"

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace cw {

using TokenIds = std::vector<std::int64_t>;

// The tokens that stand for structure, not for text. They come from the tokenizer's files and are never made from text.
struct SpecialTokens {
    std::map<std::string, std::int64_t, std::less<>> ids; // "<s>", "<|im_end|>"
    std::int64_t bos = -1;                                // -1: none
    std::int64_t eos = -1;
    TokenIds stops;                // any of them ends an answer; eos is one of them
    std::set<std::int64_t> swallowing; // those for which a file asks that blanks beside them in a text are dropped
};

class Tokenizer {
public:
    virtual ~Tokenizer() = default;

    // The ids of plain text (UTF-8). Nothing in it can become a special token, and none is added. A model may lack tokens for control
    // characters or unassigned planes: those are left out.
    virtual TokenIds encode(std::string_view text) const = 0;

    // The text of `ids`, special tokens left out. The bytes are exactly what the tokens spell, so a text that ends within a character
    // is not valid UTF-8.
    std::string decode(const TokenIds& ids) const;

    // The exact bytes that a token adds to a text; empty for a special token and for an id out of range.
    std::string_view tokenBytes(std::int64_t id) const;

    // What encode() puts in front of every text and decode() takes away again: a space for most SentencePiece models, else nothing.
    virtual std::string_view textPrefix() const { return {}; }

    // Ids are 0 .. vocabSize() - 1. A model's embedding may hold more rows: those are padding.
    std::int64_t vocabSize() const { return static_cast<std::int64_t>(m_bytes.size()); }
    std::int64_t bosId() const { return m_special.bos; } // -1: none
    std::int64_t eosId() const { return m_special.eos; } // -1: none
    const TokenIds& stopIds() const { return m_special.stops; }
    std::optional<std::int64_t> specialId(std::string_view name) const;
    const SpecialTokens& special() const { return m_special; }
    bool swallowsBlanks(std::int64_t id) const { return m_special.swallowing.contains(id); }

protected:
    Tokenizer(std::vector<std::string> bytes, SpecialTokens special) : m_bytes(std::move(bytes)), m_special(std::move(special)) {}

private:
    std::vector<std::string> m_bytes; // by id
    SpecialTokens m_special;
};

// Reads the tokenizer of a model folder: tokenizer.model (SentencePiece), else tokenizer.json (byte-level BPE), or of a GGUF model (see
// core/run/model_place.h). The error says which file is missing, wrong, or of a kind that this build does not read.
Result<std::unique_ptr<Tokenizer>> loadTokenizer(const std::filesystem::path& modelFolder);

} // namespace cw
