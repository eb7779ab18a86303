// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "training/model/model_config.h"

#include "core/base/file.h"
#include "core/run/model_place.h"
#include "training/model/gguf_config.h"

namespace cw {

std::int64_t ModelConfig::parameters() const {
    std::int64_t attention = hidden * headWidth * (2 * heads + 2 * kvHeads);
    if (attentionBias)
        attention += headWidth * (heads + 2 * kvHeads);
    if (outputBias)
        attention += hidden;
    if (headNorms)
        attention += 2 * headWidth;
    const std::int64_t layer = attention + 3 * hidden * intermediate + 2 * hidden;
    return layers * layer + hidden + vocabulary * hidden * (tiedHead ? 1 : 2);
}

Status checkShape(const ModelConfig& config, const std::string& where) {
    const auto broken = [&](const std::string& what) {
        return Error{ErrorCode::BadInput, where + " has " + what + ".", "Download the model's files again."};
    };
    if (config.heads % config.kvHeads != 0)
        return broken("a number of heads that is not a multiple of its key and value heads");
    if (config.headWidth % 2 != 0)
        return broken("heads of an odd width, which rotary positions can't turn");
    if (config.headWidth > 1024)
        return broken("heads that are wider than 1,024 numbers");
    return {};
}

Result<ModelConfig> readModelConfig(const std::filesystem::path& model) {
    CW_TRY_ASSIGN(ggufFile, ggufFileOf(model));
    if (ggufFile) {
        CW_TRY_ASSIGN(gguf, GgufFile::open(*ggufFile));
        return modelConfigFromGguf(gguf);
    }
    std::error_code ignored;
    if (!std::filesystem::exists(model / "config.json", ignored))
        return Error{ErrorCode::NotFound, "The model folder " + model.string() + " has no config.json.",
                     "Choose a folder with a model in Hugging Face form, or a GGUF file."};
    CW_TRY_ASSIGN(text, readFile(model / "config.json"));
    return modelConfigFromJson(text, (model / "config.json").string());
}

} // namespace cw
