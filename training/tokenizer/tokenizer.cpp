// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "training/tokenizer/tokenizer.h"

#include "core/run/model_place.h"
#include "training/tokenizer/byte_level_bpe.h"
#include "training/tokenizer/gguf_tokenizer.h"
#include "training/tokenizer/sentencepiece_tokenizer.h"

namespace cw {

std::string Tokenizer::decode(const TokenIds& ids) const {
    std::string text;
    for (const std::int64_t id : ids)
        text += tokenBytes(id);
    if (text.starts_with(textPrefix()))
        text.erase(0, textPrefix().size());
    return text;
}

std::string_view Tokenizer::tokenBytes(std::int64_t id) const {
    return id >= 0 && id < vocabSize() ? std::string_view(m_bytes[static_cast<size_t>(id)]) : std::string_view();
}

std::optional<std::int64_t> Tokenizer::specialId(std::string_view name) const {
    const auto found = m_special.ids.find(name);
    return found == m_special.ids.end() ? std::nullopt : std::optional(found->second);
}

Result<std::unique_ptr<Tokenizer>> loadTokenizer(const std::filesystem::path& modelFolder) {
    CW_TRY_ASSIGN(ggufFile, ggufFileOf(modelFolder));
    if (ggufFile) {
        CW_TRY_ASSIGN(gguf, GgufFile::open(*ggufFile));
        return loadGgufTokenizer(gguf);
    }
    std::error_code failure;
    if (std::filesystem::exists(modelFolder / "tokenizer.model", failure))
        return loadSentencePiece(modelFolder);
    if (std::filesystem::exists(modelFolder / "tokenizer.json", failure))
        return loadByteLevelBpe(modelFolder);
    return Error{ErrorCode::NotFound, "There is no tokenizer.model and no tokenizer.json in " + modelFolder.string() + ".",
                 "Choose a model folder in Hugging Face form, with its tokenizer, or a GGUF file."};
}

} // namespace cw
