// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "training/tokenizer/special_tokens.h"

#include "training/tokenizer/json_file.h"

#include <algorithm>

namespace cw {

namespace {

using nlohmann::json;

// "<s>" or {"content":"<s>",...}: both forms occur in tokenizer_config.json.
std::string tokenName(const json& config, const char* field) {
    const auto found = config.find(field);
    if (found == config.end())
        return {};
    if (found->is_string())
        return found->get<std::string>();
    return found->is_object() ? found->value("content", std::string()) : std::string();
}

// A number or a list of numbers.
TokenIds idsOf(const json& config, const char* field) {
    TokenIds ids;
    const auto found = config.find(field);
    if (found == config.end())
        return ids;
    for (const json& entry : found->is_array() ? *found : json::array({*found}))
        if (entry.is_number_integer())
            ids.push_back(entry.get<std::int64_t>());
    return ids;
}

std::int64_t idOf(const SpecialTokens& tokens, std::string_view name) {
    const auto found = tokens.ids.find(name);
    return found == tokens.ids.end() ? -1 : found->second;
}

std::int64_t firstKnown(const SpecialTokens& tokens, std::initializer_list<std::string_view> names) {
    for (const std::string_view name : names)
        if (const std::int64_t id = idOf(tokens, name); id >= 0)
            return id;
    return -1;
}

std::int64_t firstOf(std::initializer_list<std::int64_t> candidates) {
    for (const std::int64_t id : candidates)
        if (id >= 0)
            return id;
    return -1;
}

void addStop(SpecialTokens& tokens, std::int64_t id) {
    if (id >= 0 && std::find(tokens.stops.begin(), tokens.stops.end(), id) == tokens.stops.end())
        tokens.stops.push_back(id);
}

} // namespace

SpecialResolver specialsOfFolder(const std::filesystem::path& folder) {
    return [folder](SpecialIds ids, std::int64_t vocabSize, std::int64_t bos, std::int64_t eos) {
        return resolveSpecialTokens(folder, std::move(ids), vocabSize, bos, eos);
    };
}

Result<SpecialTokens> resolveSpecialTokens(const std::filesystem::path& folder, SpecialIds ids,
                                           std::int64_t vocabSize, std::int64_t bos, std::int64_t eos) {
    CW_TRY_ASSIGN(tokenizerConfig, readJsonObject(folder / "tokenizer_config.json"));
    CW_TRY_ASSIGN(modelConfig, readJsonObject(folder / "config.json"));
    CW_TRY_ASSIGN(generationConfig, readJsonObject(folder / "generation_config.json"));
    const TokenIds modelBos = idsOf(modelConfig, "bos_token_id");
    const TokenIds modelEos = idsOf(modelConfig, "eos_token_id");

    SpecialTokens tokens;
    tokens.ids = std::move(ids);
    tokens.bos = firstOf({idOf(tokens, tokenName(tokenizerConfig, "bos_token")), bos, modelBos.empty() ? -1 : modelBos.front()});
    tokens.eos = firstOf({idOf(tokens, tokenName(tokenizerConfig, "eos_token")), eos, modelEos.empty() ? -1 : modelEos.front(),
                          firstKnown(tokens, {"<|im_end|>", "</s>", "<|endoftext|>"})});
    addStop(tokens, tokens.eos);
    for (const TokenIds& more : {modelEos, idsOf(generationConfig, "eos_token_id")})
        for (const std::int64_t id : more)
            addStop(tokens, id);
    for (const std::string_view endOfTurn : {"<|im_end|>", "<|eot_id|>"})
        addStop(tokens, idOf(tokens, endOfTurn));
    const auto isOutside = [&](std::int64_t id) { return id >= vocabSize; };
    if (isOutside(tokens.bos) || std::ranges::any_of(tokens.stops, isOutside))
        return Error{ErrorCode::BadInput,
                     "The model in " + folder.string() + " names a begin or end token outside its vocabulary of " +
                         std::to_string(vocabSize) + ".",
                     "Its config.json and its tokenizer don't belong together; download the folder again."};
    return tokens;
}

} // namespace cw
