// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// A pass of decoding on the CPU: few tokens of several texts, whose logits each depend on that token and its cached keys
// alone, whatever else is in the pass. Weights are read once for four tokens; sums and hidden states are f32. One caller's
// thread; inside, a team of threads goes through the layers together.
#pragma once

#include "training/generate/kv_slots.h"
#include "training/generate/layer_views.h"
#include "training/generate/logits_source.h"
#include "training/generate/tensor_pass.h"
#include "training/kernels/attention_rows.h"
#include "training/kernels/thread_team.h"

#include <initializer_list>
#include <vector>

namespace cw {

class RowPass {
public:
    // All on the CPU. The references must outlive the pass.
    RowPass(const ServingModel& model, KvSlots& cache, const RotaryTable& rotary, int threads);

    // Keys and values of all tokens go into the cache. f32 logits of the scored tokens, [sum of scored][vocabulary], valid
    // until the next call.
    const float* run(std::span<const PassRow> rows);

private:
    // A token of the pass.
    struct Token {
        std::int64_t slot;
        std::int64_t position;
        std::int64_t id;
        bool isScored;
    };
    // A part of the keys that a token sees, of one key head.
    struct Piece {
        std::int64_t token;
        std::int64_t head;
        std::int64_t begin, end; // positions
        std::int64_t at;         // its first query head's place among all partial sums
    };
    // The pieces of one token and query head lie side by side.
    struct Pieces {
        std::int64_t first;
        std::int64_t count;
    };

    void plan(std::span<const PassRow> rows);
    void planAttention();
    std::int64_t workAStep() const;
    void embed();
    void layer(const LayerView& view, size_t index, int thread);
    void score(int thread);

    // Each does its thread's share, and ends with all threads together.
    void norm(const float* weight, int thread);
    void multiply(std::initializer_list<const LinearView*> linears, const std::vector<float>& from,
                  std::initializer_list<float*> into, bool adds, int thread);
    void turnHeads(const LayerView& view, size_t index, int thread);
    void attend(size_t index, int thread);
    void joinHeads(int thread);
    void activate(int thread);

    template <typename T> void remember(size_t index, const Token& token, std::int64_t head, const float* key, const float* value);
    template <typename T> void attendAll(size_t index, int thread);

    std::int64_t count() const { return static_cast<std::int64_t>(m_tokens.size()); }

    const ServingModel& m_model;
    const ModelConfig& m_config;
    KvSlots& m_cache;
    const RotaryTable& m_rotary;
    ModelView m_view;
    kernels::ThreadTeam m_team;

    std::vector<Token> m_tokens;
    std::vector<Piece> m_pieces;
    std::vector<Pieces> m_piecesOf; // by token and query head
    // [N, ...] of a pass, kept for the next one.
    std::vector<float> m_hidden, m_normed, m_queries, m_keys, m_values, m_attended, m_gate, m_up, m_active, m_down;
    std::vector<float> m_partial; // [pieces, headWidth]
    std::vector<kernels::PieceSums> m_sums;
    std::vector<float> m_scoredHidden, m_logits;
    std::vector<float> m_headCopies; // [threads, headWidth]
};

} // namespace cw
