// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// gguf_to_safetensors FILE.gguf FOLDER TOKENIZER.json: turns SmolLM2-135M in GGUF into a Hugging Face folder in f32,
// for the tests that want a bigger real model in that form too.
#include "core/base/file.h"
#include "training/model/safetensors.h"
#include "training/model/weight_source.h"
#include "training/tokenizer/chat_format.h"

#include <cstdio>
#include <filesystem>

namespace {

using namespace cw;
namespace fs = std::filesystem;

constexpr auto kConfig =
    R"({"architectures":["LlamaForCausalLM"],"model_type":"llama","hidden_size":576,"intermediate_size":1536,
"num_hidden_layers":30,"num_attention_heads":9,"num_key_value_heads":3,"head_dim":64,"vocab_size":49152,"max_position_embeddings":8192,
"rms_norm_eps":1e-05,"rope_theta":100000.0,"hidden_act":"silu","tie_word_embeddings":true,"attention_bias":false,"mlp_bias":false,
"bos_token_id":1,"eos_token_id":2,"pad_token_id":2,"torch_dtype":"float32"}
)";

Status convert(const fs::path& gguf, const fs::path& folder, const fs::path& tokenizer) {
    CW_TRY_ASSIGN(source, WeightSource::open(gguf));
    NamedTensors weights;
    for (const std::string& name : source->names()) {
        CW_TRY_ASSIGN(tensor, source->tensor(name));
        weights[name] = tensor.to(at::kFloat);
    }
    CW_TRY_ASSIGN(tokenizerJson, readFile(tokenizer));
    CW_TRY_ASSIGN(chatTemplate, readChatTemplate(gguf));
    CW_TRY(makeFolder(folder));
    CW_TRY(writeFileAtomically(folder / "config.json", kConfig));
    CW_TRY(writeFileAtomically(folder / "tokenizer.json", tokenizerJson));
    CW_TRY(writeFileAtomically(folder / "chat_template.jinja", chatTemplate));
    return writeSafetensors(folder / "model.safetensors", weights);
}

} // namespace

int main(int count, char** words) {
    if (count != 4) {
        std::fprintf(stderr, "usage: gguf_to_safetensors FILE.gguf FOLDER TOKENIZER.json\n");
        return 2;
    }
    const Status converted = convert(words[1], words[2], words[3]);
    if (!converted)
        std::fprintf(stderr, "%s\n", converted.error().message().c_str());
    return converted ? 0 : 3;
}
