// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// gguf_to_safetensors FILE.gguf FOLDER TOKENIZER.json: turns SmolLM2-135M in GGUF v3 (Q4_1, Q8_0, F32) into a Hugging Face folder in
// f32, for the tests that want a bigger real model. Reads a file whose hash the caller has checked; it is no general GGUF reader.
#include "core/base/file.h"
#include "training/model/safetensors.h"

#include <ATen/ops/empty.h>

#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <string>
#include <vector>

namespace {

constexpr std::uint32_t kF32 = 0, kQ4_1 = 3, kQ8_0 = 8; // GGML's type numbers
constexpr std::int64_t kBlock = 32;                     // values of a quantised block

class Reader {
public:
    explicit Reader(const std::string& bytes) : m_bytes(bytes) {}
    template <typename T> T number() {
        T value;
        std::memcpy(&value, m_bytes.data() + m_at, sizeof value);
        m_at += sizeof value;
        return value;
    }
    std::string text() {
        const auto length = number<std::uint64_t>();
        std::string out = m_bytes.substr(m_at, length);
        m_at += length;
        return out;
    }
    void skipValue(std::uint32_t type) {
        static constexpr size_t kSizes[] = {1, 1, 2, 2, 4, 4, 4, 1, 0, 0, 8, 8, 8};
        if (type == 8) {
            text();
        } else if (type == 9) {
            const auto element = number<std::uint32_t>();
            for (auto left = number<std::uint64_t>(); left > 0; --left)
                skipValue(element);
        } else {
            m_at += kSizes[type];
        }
    }
    size_t at() const { return m_at; }

private:
    const std::string& m_bytes;
    size_t m_at = 0;
};

struct Entry {
    std::string name;
    std::vector<std::int64_t> shape; // row-major: [out, in]
    std::uint32_t type = 0;
    std::uint64_t offset = 0;
};

float halfToFloat(std::uint16_t half) {
    const int exponent = (half >> 10) & 31;
    const float fraction = static_cast<float>(half & 1023) / 1024.0F;
    const float size = exponent == 0 ? std::ldexp(fraction, -14) : std::ldexp(1.0F + fraction, exponent - 15);
    return half & 0x8000 ? -size : size;
}

float half(const char* bytes) {
    std::uint16_t value;
    std::memcpy(&value, bytes, sizeof value);
    return halfToFloat(value);
}

// Value j of a Q4_1 block is d * low nibble + m, value j + 16 d * high nibble + m; of a Q8_0 block d * q.
void dequantise(const char* from, std::uint32_t type, std::int64_t count, float* to) {
    if (type == kF32) {
        std::memcpy(to, from, static_cast<size_t>(count) * sizeof(float));
        return;
    }
    const std::int64_t bytes = type == kQ4_1 ? 4 + kBlock / 2 : 2 + kBlock;
    for (std::int64_t block = 0; block < count / kBlock; ++block, from += bytes, to += kBlock) {
        const float d = half(from);
        for (std::int64_t j = 0; type == kQ8_0 && j < kBlock; ++j)
            to[j] = d * static_cast<float>(static_cast<std::int8_t>(from[2 + j]));
        const float m = type == kQ4_1 ? half(from + 2) : 0;
        for (std::int64_t j = 0; type == kQ4_1 && j < kBlock / 2; ++j) {
            const auto byte = static_cast<unsigned char>(from[4 + j]);
            to[j] = d * static_cast<float>(byte & 15) + m;
            to[j + kBlock / 2] = d * static_cast<float>(byte >> 4) + m;
        }
    }
}

// GGUF interleaves the rows of q and k within a head; Hugging Face's rotation wants the halves apart.
at::Tensor uninterleaved(const at::Tensor& weight, std::int64_t heads) {
    const std::int64_t rows = weight.size(0) / heads;
    return weight.view({heads, rows / 2, 2, weight.size(1)}).transpose(1, 2).reshape(weight.sizes()).contiguous();
}

std::string hfName(const std::string& name) {
    if (name == "token_embd.weight")
        return "model.embed_tokens.weight";
    if (name == "output_norm.weight")
        return "model.norm.weight";
    static const std::pair<const char*, const char*> kParts[] = {
        {"attn_norm", "input_layernorm"},    {"ffn_norm", "post_attention_layernorm"}, {"attn_q", "self_attn.q_proj"},
        {"attn_k", "self_attn.k_proj"},      {"attn_v", "self_attn.v_proj"},           {"attn_output", "self_attn.o_proj"},
        {"ffn_gate", "mlp.gate_proj"},       {"ffn_up", "mlp.up_proj"},                {"ffn_down", "mlp.down_proj"}};
    const size_t dot = name.find('.', 4);
    const std::string layer = name.substr(4, dot - 4), part = name.substr(dot + 1, name.rfind('.') - dot - 1);
    for (const auto& [gguf, hf] : kParts)
        if (part == gguf)
            return "model.layers." + layer + "." + hf + ".weight";
    return {};
}

constexpr auto kConfig = R"({"architectures":["LlamaForCausalLM"],"model_type":"llama","hidden_size":576,"intermediate_size":1536,
"num_hidden_layers":30,"num_attention_heads":9,"num_key_value_heads":3,"head_dim":64,"vocab_size":49152,"max_position_embeddings":8192,
"rms_norm_eps":1e-05,"rope_theta":100000.0,"hidden_act":"silu","tie_word_embeddings":true,"attention_bias":false,"mlp_bias":false,
"bos_token_id":1,"eos_token_id":2,"pad_token_id":2,"torch_dtype":"float32"}
)";

int fail(const std::string& sentence) {
    std::fprintf(stderr, "%s\n", sentence.c_str());
    return 3;
}

} // namespace

int main(int count, char** words) {
    if (count != 4)
        return fail("usage: gguf_to_safetensors FILE.gguf FOLDER TOKENIZER.json");
    const std::filesystem::path folder = words[2], tokenizer = words[3];
    const auto bytes = cw::readFile(words[1]);
    if (!bytes || bytes->substr(0, 4) != "GGUF")
        return fail(std::string(words[1]) + " is not a GGUF file.");
    Reader reader(*bytes);
    reader.number<std::uint32_t>(); // magic
    reader.number<std::uint32_t>(); // version 3
    const auto tensors = reader.number<std::uint64_t>();
    for (auto keys = reader.number<std::uint64_t>(); keys > 0; --keys) {
        reader.text();
        reader.skipValue(reader.number<std::uint32_t>());
    }
    std::vector<Entry> entries(tensors);
    for (Entry& entry : entries) {
        entry.name = reader.text();
        for (auto dimensions = reader.number<std::uint32_t>(); dimensions > 0; --dimensions)
            entry.shape.insert(entry.shape.begin(), static_cast<std::int64_t>(reader.number<std::uint64_t>()));
        entry.type = reader.number<std::uint32_t>();
        entry.offset = reader.number<std::uint64_t>();
    }
    const size_t data = (reader.at() + 31) / 32 * 32;
    cw::NamedTensors out;
    for (const Entry& entry : entries) {
        at::Tensor weight = at::empty(entry.shape, at::kFloat);
        dequantise(bytes->data() + data + entry.offset, entry.type, weight.numel(), weight.data_ptr<float>());
        if (entry.name.find("attn_q.") != std::string::npos)
            weight = uninterleaved(weight, 9);
        if (entry.name.find("attn_k.") != std::string::npos)
            weight = uninterleaved(weight, 3);
        out[hfName(entry.name)] = weight;
    }
    const auto tokenizerJson = cw::readFile(tokenizer);
    if (!tokenizerJson)
        return fail(tokenizerJson.error().message());
    const auto chatTemplate = cw::readFile(tokenizer.parent_path() / "chat_template.jinja");
    for (const cw::Status& written :
         {cw::makeFolder(folder), cw::writeFileAtomically(folder / "config.json", kConfig),
          cw::writeFileAtomically(folder / "tokenizer.json", *tokenizerJson),
          cw::writeFileAtomically(folder / "chat_template.jinja", chatTemplate ? *chatTemplate : std::string()),
          cw::writeSafetensors(folder / "model.safetensors", out)})
        if (!written)
            return fail(written.error().message());
    return 0;
}
