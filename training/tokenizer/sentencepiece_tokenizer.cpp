// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "training/tokenizer/sentencepiece_tokenizer.h"

#ifdef CW_HAVE_SENTENCEPIECE
#include "core/base/file.h"

#include <sentencepiece_processor.h>

#include <algorithm>
#endif

namespace cw {

#ifdef CW_HAVE_SENTENCEPIECE

namespace {

using Processor = sentencepiece::SentencePieceProcessor;

constexpr std::string_view kSpaceMark = "\xE2\x96\x81"; // U+2581 stands for a space

std::string withSpaces(std::string_view piece) {
    std::string bytes;
    for (size_t at = 0; at < piece.size();) {
        if (piece.substr(at).starts_with(kSpaceMark)) {
            bytes += ' ';
            at += kSpaceMark.size();
        } else {
            bytes += piece[at++];
        }
    }
    return bytes;
}

std::string pieceBytes(const Processor& processor, int id) {
    if (processor.IsControl(id) || processor.IsUnknown(id) || processor.IsUnused(id))
        return {};
    const std::string& piece = processor.IdToPiece(id);
    if (processor.IsByte(id)) // "<0x0A>"
        return std::string(1, static_cast<char>(std::stoi(piece.substr(3, 2), nullptr, 16)));
    return withSpaces(piece);
}

TokenIds encodeWith(const Processor& processor, std::string_view text) {
    const std::vector<int> ids = processor.EncodeAsIds(text);
    return {ids.begin(), ids.end()};
}

class SentencePieceTokenizer final : public Tokenizer {
public:
    SentencePieceTokenizer(std::unique_ptr<Processor> processor, std::vector<std::string> bytes, SpecialTokens special)
        : Tokenizer(std::move(bytes), std::move(special)), m_processor(std::move(processor)) {
        if (spell("a").starts_with(' '))
            m_prefix = " ";
    }

    TokenIds encode(std::string_view text) const override { return encodeWith(*m_processor, text); }
    std::string_view textPrefix() const override { return m_prefix; }

    // The text's tokens, spelt out.
    std::string spell(std::string_view text) const {
        std::string bytes;
        for (const std::int64_t id : encode(text))
            bytes += tokenBytes(id);
        return bytes;
    }

private:
    std::unique_ptr<Processor> m_processor;
    std::string m_prefix;
};

Status checkFaithful(const SentencePieceTokenizer& tokenizer, const std::filesystem::path& file) {
    for (const std::string_view probe : {"a  b ", "\xEF\xAC\x81", "e\xCC\x81\t\n"}) // runs of spaces, a ligature, a combining accent
        if (tokenizer.spell(probe) != std::string(tokenizer.textPrefix()) + std::string(probe))
            return Error{ErrorCode::Unsupported, file.string() + " changes the text that it encodes, so quotes would not be verbatim.",
                         "Use a model whose tokenizer keeps every character, such as Llama, Mistral or Qwen."};
    return {};
}

Status checkSpecialsStayText(const SentencePieceTokenizer& tokenizer, const std::map<std::string, std::int64_t, std::less<>>& specials,
                             const std::filesystem::path& file) {
    for (const auto& [name, id] : specials) {
        const TokenIds ids = tokenizer.encode(name);
        if (std::find(ids.begin(), ids.end(), id) != ids.end())
            return Error{ErrorCode::Unsupported, file.string() + " turns the text \"" + name + "\" into a special token.",
                         "A contract could forge the end of a turn with it; use another model."};
    }
    return {};
}

} // namespace

Result<std::unique_ptr<Tokenizer>> loadSentencePiece(const std::filesystem::path& modelFolder) {
    const std::filesystem::path file = modelFolder / "tokenizer.model";
    CW_TRY_ASSIGN(model, readFile(file));
    return sentencePieceTokenizer(model, file, specialsOfFolder(modelFolder));
}

Result<std::unique_ptr<Tokenizer>> sentencePieceTokenizer(const std::string& model, const std::filesystem::path& file,
                                                          const SpecialResolver& specials) {
    auto processor = std::make_unique<Processor>();
    if (!processor->LoadFromSerializedProto(model).ok() || processor->GetPieceSize() == 0)
        return Error{ErrorCode::BadInput, file.string() + " is not a SentencePiece model.", "Download the model's folder again."};

    std::vector<std::string> bytes;
    SpecialIds controls;
    for (int id = 0; id < processor->GetPieceSize(); ++id) {
        bytes.push_back(pieceBytes(*processor, id));
        if (processor->IsControl(id) || processor->IsUnknown(id))
            controls.emplace(processor->IdToPiece(id), id);
    }
    CW_TRY_ASSIGN(special, specials(controls, processor->GetPieceSize(), processor->bos_id(), processor->eos_id()));
    auto tokenizer = std::make_unique<SentencePieceTokenizer>(std::move(processor), std::move(bytes), std::move(special));
    CW_TRY(checkFaithful(*tokenizer, file));
    CW_TRY(checkSpecialsStayText(*tokenizer, controls, file));
    return std::unique_ptr<Tokenizer>(std::move(tokenizer));
}

#else

Result<std::unique_ptr<Tokenizer>> loadSentencePiece(const std::filesystem::path& modelFolder) {
    return sentencePieceTokenizer({}, modelFolder, {});
}

Result<std::unique_ptr<Tokenizer>> sentencePieceTokenizer(const std::string&, const std::filesystem::path& file, const SpecialResolver&) {
    return Error{ErrorCode::Unsupported,
                 "The model in " + file.string() + " has a SentencePiece tokenizer, and this build has no SentencePiece library.",
                 "Install libsentencepiece-dev and build again."};
}

#endif

} // namespace cw
