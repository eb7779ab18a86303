// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The tensors of one decoder layer's forward and backward pass, taken and given back as engine/decoder_layer and
// engine/lora_group do: the functions have the names of theirs, and a change there belongs here too. One thread.
#pragma once

#include "training/engine/pass_settings.h"
#include "training/model/lora.h"
#include "training/plan/ledger.h"
#include "training/plan/pass_size.h"

#include <array>
#include <vector>

namespace cw {

// The ranks of a layer's tensors; 0: the projection has none.
using LayerRanks = std::array<std::int64_t, kProjections>;
LayerRanks ranksOf(const LoraSettings& lora);

// What a pass's memory follows from.
struct MemoryRequest {
    ModelConfig config;
    LoraSettings lora;                       // ranks as the tensors have them
    std::vector<LayerRanks> layerRanks = {}; // of layers that differ among themselves; empty: each has those of `lora`
    Checkpointing checkpointing = Checkpointing::None;
    PassSize pass;
    bool isBf16 = false; // of the base and the arithmetic; else f32
    bool isCuda = false; // else CPU
    bool hasKernels = false; // a GPU's fused steps are kernels of ours, which hold nothing beside their results
    std::int64_t threads = 1;
    std::int64_t multiprocessors = 132; // of a GPU
    bool isPairs = false;     // preference training: the head runs twice
    bool isFirstPass = false; // of its step: the adapter has no gradients yet
    bool hasStart = false;    // training goes on from an adapter, which stays beside the trained one
};

class LayerLedger {
public:
    using Held = Ledger::Held;

    // See LayerTape. The f32 numbers of a norm are counted with its output.
    struct Tape {
        Held input, normed, normedRoot, queries, keys, values, plainQueries, plainKeys, attended, scaling;
        Held middle, middleNormed, middleRoot, gate, up, active;
        Held downInput, downAttended, downMiddle, downActive;
    };

    // `isLast`: the places whose output is needed are fewer than all. `gradients` by projection, empty where the adapter has
    // none yet. References must outlive the object.
    LayerLedger(Ledger& ledger, const MemoryRequest& request, const LayerRanks& ranks, bool isLast, std::vector<Held>& gradients,
                bool keepsTape = true);

    Held forward(const Held& hidden, Tape& tape);
    Held backward(Held grad, Tape& tape, bool wantsInput);

private:
    struct Group {
        std::vector<Projection> members;
        std::int64_t ranks = 0;
        std::int64_t in = 0;
        std::vector<Held> copies; // of A and B in the model's dtype
    };

    std::int64_t rankOf(Projection projection) const { return m_ranks[static_cast<size_t>(projection)]; }
    Group group(std::initializer_list<Projection> projections);
    Held loraDown(const Group& group, const Held& x, std::int64_t count, MemoryUse use);
    void addLoraUp(const Group& group, Projection projection, std::int64_t count);
    void loraBackward(const Group& group, const Held& x, std::int64_t count, bool wantsInput);
    void accumulate(size_t parameter, std::int64_t elements);

    void runAll(Tape& tape);
    void normInput(Tape& tape);
    void project(Tape& tape);
    void attend(Tape& tape);
    void mix(Tape& tape);
    void normMiddle(Tape& tape);
    void expand(Tape& tape);
    void activate(Tape& tape);
    void forget(Tape& tape);
    void mlpBackward(Tape& tape);
    Held attentionBackward(Held grad, Tape& tape, bool wantsInput);
    std::vector<Held> projectionGradients(const Held& byAttended, Tape& tape);

    // What operators hold beside their results while they run.
    void rotate(std::int64_t width);
    void normGradient(std::int64_t rows);
    void swigluGradient();
    void addDropped(std::int64_t rows, std::int64_t width);
    bool composesSteps() const { return m_request.isCuda && !m_request.hasKernels; } // out of LibTorch's operators
    std::vector<std::int64_t> calls() const; // tokens of each call of attention
    Held mask(std::int64_t length);
    void attention(std::int64_t length);
    void attentionGradient(std::int64_t length);
    Held headNormGradient(std::int64_t width);

    Held take(MemoryUse use, std::int64_t rows, std::int64_t columns); // in the model's dtype
    Held working(std::int64_t rows, std::int64_t columns) { return take(MemoryUse::Working, rows, columns); }
    void product(std::int64_t inner, std::int64_t columns);
    MemoryUse ofCheap() const;     // tensors that level Cheap computes again
    MemoryUse ofAttention() const; // tensors that level Attention computes again
    MemoryUse ofAttended() const;

    Ledger& m_ledger;
    const MemoryRequest& m_request;
    const ModelConfig& m_config;
    LayerRanks m_ranks;
    std::vector<Held>& m_gradients;
    bool m_isLast;
    bool m_keepsTape;
    std::int64_t m_element; // bytes
    std::int64_t m_count;   // N: tokens
    std::int64_t m_rows;    // M: tokens of the MLP
    std::int64_t m_query, m_keyValue; // widths
    Group m_input, m_output, m_middle, m_down;
};

} // namespace cw
