// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "training/generate/row_pass.h"

#include "training/kernels/row_kernels.h"

#include <algorithm>
#include <cmath>

namespace cw {

using kernels::InputRows;
using kernels::OutputRows;
using kernels::WeightView;

namespace {

// A meeting of the team takes a microsecond or two, in which a thread does some 20,000 multiplications.
constexpr std::int64_t kLeastOfATeam = 40000;
constexpr std::int64_t kMeetingsALayer = 9;

struct Share {
    std::int64_t begin, end;
};

// A thread's part of `count` things, in multiples of `step`.
Share shareOf(std::int64_t count, int thread, int threads, std::int64_t step = 1) {
    const std::int64_t steps = (count + step - 1) / step;
    return {std::min(count, steps * thread / threads * step), std::min(count, steps * (thread + 1) / threads * step)};
}

void fit(std::vector<float>& buffer, std::int64_t size) {
    if (static_cast<std::int64_t>(buffer.size()) < size)
        buffer.resize(static_cast<size_t>(size));
}

template <typename T> void copyRow(const at::Tensor& table, std::int64_t row, float* into) {
    const std::int64_t width = table.size(1);
    const T* from = table.const_data_ptr<T>() + row * width;
    std::copy(from, from + width, into);
}

} // namespace

RowPass::RowPass(const ServingModel& model, KvSlots& cache, const RotaryTable& rotary, int threads)
    : m_model(model), m_config(model.config()), m_cache(cache), m_rotary(rotary), m_view(model), m_team(threads) {}

const float* RowPass::run(std::span<const PassRow> rows) {
    plan(rows);
    embed();
    const auto work = [&](int thread) {
        for (size_t i = 0; i < m_view.layers().size(); ++i)
            layer(m_view.layers()[i], i, thread);
        score(thread);
    };
    if (workAStep() < kLeastOfATeam)
        m_team.runAlone(work);
    else
        m_team.run(work);
    return m_logits.data();
}

// Multiplications between two meetings of the team, roughly.
std::int64_t RowPass::workAStep() const {
    const std::int64_t layers = m_config.layers, queries = m_config.heads * m_config.headWidth, rows = count();
    const std::int64_t keys = m_config.kvHeads * m_config.headWidth;
    const std::int64_t weights = m_config.hidden * (2 * queries + 2 * keys + 3 * m_config.intermediate);
    std::int64_t seen = 0, scored = 0; // cached positions, and rows of logits
    for (const Token& token : m_tokens) {
        seen += token.position + 1;
        scored += token.isScored;
    }
    const std::int64_t work = layers * (rows * weights + 2 * seen * queries) + scored * m_config.hidden * m_view.head().out;
    return work / (kMeetingsALayer * layers + 1);
}

void RowPass::plan(std::span<const PassRow> rows) {
    m_tokens.clear();
    for (const PassRow& row : rows) {
        const auto length = static_cast<std::int64_t>(row.tokens.size());
        for (std::int64_t i = 0; i < length; ++i)
            m_tokens.push_back({row.slot, row.keep + i, row.tokens[static_cast<size_t>(i)], i >= length - row.scored});
    }
    planAttention();
    const std::int64_t width = m_config.headWidth, n = count();
    std::int64_t ranks = 0; // of the layer that has most: an adapter may differ from layer to layer
    for (const LayerView& layer : m_view.layers()) {
        std::int64_t here = 0;
        for (const LinearView& linear : layer.projections)
            here += linear.rank();
        ranks = std::max(ranks, here);
    }
    const auto scored = std::ranges::count_if(m_tokens, &Token::isScored);
    fit(m_hidden, n * m_config.hidden);
    fit(m_normed, n * m_config.hidden);
    fit(m_queries, n * m_config.heads * width);
    fit(m_keys, n * m_config.kvHeads * width);
    fit(m_values, n * m_config.kvHeads * width);
    fit(m_attended, n * m_config.heads * width);
    fit(m_gate, n * m_config.intermediate);
    fit(m_up, n * m_config.intermediate);
    fit(m_active, n * m_config.intermediate);
    fit(m_down, n * ranks);
    fit(m_partial, static_cast<std::int64_t>(m_sums.size()) * width);
    fit(m_scoredHidden, scored * m_config.hidden);
    fit(m_logits, scored * m_view.head().out);
    fit(m_headCopies, m_team.size() * width);
}

// Piece borders are multiples of kKeysAPiece, so they are the same for every token of a text.
void RowPass::planAttention() {
    const std::int64_t group = m_config.heads / m_config.kvHeads, window = m_config.slidingWindow;
    m_pieces.clear();
    m_piecesOf.clear();
    std::int64_t sums = 0;
    for (std::int64_t t = 0; t < count(); ++t) {
        const std::int64_t end = m_tokens[static_cast<size_t>(t)].position + 1;
        const std::int64_t first = window > 0 ? std::max<std::int64_t>(0, end - window) : 0;
        const std::int64_t firstBorder = first / kernels::kKeysAPiece * kernels::kKeysAPiece;
        const std::int64_t pieces = (end - firstBorder + kernels::kKeysAPiece - 1) / kernels::kKeysAPiece;
        for (std::int64_t head = 0; head < m_config.kvHeads; ++head) {
            for (std::int64_t query = 0; query < group; ++query)
                m_piecesOf.push_back({sums + query * pieces, pieces});
            for (std::int64_t piece = 0; piece < pieces; ++piece) {
                const std::int64_t border = firstBorder + piece * kernels::kKeysAPiece;
                m_pieces.push_back({t, head, std::max(border, first), std::min(border + kernels::kKeysAPiece, end), sums + piece});
            }
            sums += group * pieces;
        }
    }
    m_sums.resize(static_cast<size_t>(sums));
}

void RowPass::embed() {
    const at::Tensor& table = m_model.transformer().embedding();
    for (size_t t = 0; t < m_tokens.size(); ++t) {
        float* into = m_hidden.data() + static_cast<std::int64_t>(t) * m_config.hidden;
        if (table.scalar_type() == at::kFloat)
            copyRow<float>(table, m_tokens[t].id, into);
        else
            copyRow<c10::BFloat16>(table, m_tokens[t].id, into);
    }
}

void RowPass::layer(const LayerView& view, size_t index, int thread) {
    norm(view.attentionNorm, thread);
    multiply({&view.linear(Projection::Query), &view.linear(Projection::Key), &view.linear(Projection::Value)}, m_normed,
             {m_queries.data(), m_keys.data(), m_values.data()}, /*adds=*/false, thread);
    turnHeads(view, index, thread);
    attend(index, thread);
    joinHeads(thread);
    multiply({&view.linear(Projection::Output)}, m_attended, {m_hidden.data()}, /*adds=*/true, thread);
    norm(view.mlpNorm, thread);
    multiply({&view.linear(Projection::Gate), &view.linear(Projection::Up)}, m_normed, {m_gate.data(), m_up.data()},
             /*adds=*/false, thread);
    activate(thread);
    multiply({&view.linear(Projection::Down)}, m_active, {m_hidden.data()}, /*adds=*/true, thread);
}

void RowPass::norm(const float* weight, int thread) {
    const auto [begin, end] = shareOf(count(), thread, m_team.size());
    for (std::int64_t t = begin; t < end; ++t)
        kernels::normRow(m_hidden.data() + t * m_config.hidden, weight, m_normed.data() + t * m_config.hidden, m_config.hidden,
                         static_cast<float>(m_config.normEpsilon));
    m_team.meet();
}

// Products of matrices that read the same rows. The adapter's small products come first: each thread needs all of them.
void RowPass::multiply(std::initializer_list<const LinearView*> linears, const std::vector<float>& from,
                       std::initializer_list<float*> into, bool adds, int thread) {
    const auto rowsOf = [&](const float* data, std::int64_t width) { return InputRows{data, width, count()}; };
    bool isAdapted = false;
    float* down = m_down.data();
    for (const LinearView* linear : linears) {
        if (linear->rank() == 0)
            continue;
        isAdapted = true;
        const auto [begin, end] = shareOf(linear->rank(), thread, m_team.size(), 4);
        kernels::multiplyRows(linear->a, begin, end, rowsOf(from.data(), linear->a.in), {down, linear->rank()});
        for (std::int64_t t = 0; t < count(); ++t)
            for (std::int64_t i = begin; i < end; ++i)
                down[t * linear->rank() + i] *= linear->scale;
        down += count() * linear->rank();
    }
    if (isAdapted)
        m_team.meet();
    down = m_down.data();
    auto to = into.begin();
    for (const LinearView* linear : linears) {
        const auto [begin, end] = shareOf(linear->out(), thread, m_team.size(), 4);
        const OutputRows out{*to++, linear->out()};
        kernels::multiplyRows(linear->weight, begin, end, rowsOf(from.data(), linear->weight.in), out, adds);
        if (linear->bias)
            for (std::int64_t t = 0; t < count(); ++t)
                for (std::int64_t i = begin; i < end; ++i)
                    out.data[t * out.stride + i] += linear->bias[i];
        if (linear->rank() == 0)
            continue;
        kernels::multiplyRows(linear->b, begin, end, rowsOf(down, linear->rank()), out, /*adds=*/true);
        down += count() * linear->rank();
    }
    m_team.meet();
}

// Norms and turns queries and keys; keys and values go into the cache.
void RowPass::turnHeads(const LayerView& view, size_t index, int thread) {
    const std::int64_t width = m_config.headWidth, heads = m_config.heads, kvHeads = m_config.kvHeads;
    const float scale = 1 / std::sqrt(static_cast<float>(width));
    const auto turned = [&](float* x, const float* headNorm, std::int64_t position) {
        if (headNorm) {
            float* copy = m_headCopies.data() + thread * width;
            std::copy(x, x + width, copy);
            kernels::normRow(copy, headNorm, x, width, static_cast<float>(m_config.normEpsilon));
        }
        const std::int64_t angle = position * width / 2;
        kernels::rotateRow(x, m_rotary.cosine.const_data_ptr<float>() + angle, m_rotary.sine.const_data_ptr<float>() + angle, 1,
                           width / 2, 1);
    };
    const auto [begin, end] = shareOf(count() * (heads + kvHeads), thread, m_team.size());
    for (std::int64_t i = begin; i < end; ++i) {
        const std::int64_t t = i / (heads + kvHeads), head = i % (heads + kvHeads);
        const Token& token = m_tokens[static_cast<size_t>(t)];
        if (head < heads) {
            float* query = m_queries.data() + (t * heads + head) * width;
            turned(query, view.queryNorm, token.position);
            std::for_each(query, query + width, [&](float& x) { x *= scale; });
            continue;
        }
        const std::int64_t at = (t * kvHeads + head - heads) * width;
        turned(m_keys.data() + at, view.keyNorm, token.position);
        if (m_model.dtype() == at::kFloat)
            remember<float>(index, token, head - heads, m_keys.data() + at, m_values.data() + at);
        else
            remember<c10::BFloat16>(index, token, head - heads, m_keys.data() + at, m_values.data() + at);
    }
    m_team.meet();
}

template <typename T>
void RowPass::remember(size_t index, const Token& token, std::int64_t head, const float* key, const float* value) {
    const std::int64_t width = m_config.headWidth;
    const std::int64_t at = ((token.slot * m_config.kvHeads + head) * m_cache.capacity() + token.position) * width;
    std::copy(key, key + width, m_cache.keySlab(index).data_ptr<T>() + at);
    std::copy(value, value + width, m_cache.valueSlab(index).data_ptr<T>() + at);
}

void RowPass::attend(size_t index, int thread) {
    if (m_model.dtype() == at::kFloat)
        attendAll<float>(index, thread);
    else
        attendAll<c10::BFloat16>(index, thread);
    m_team.meet();
}

template <typename T> void RowPass::attendAll(size_t index, int thread) {
    const std::int64_t width = m_config.headWidth, group = m_config.heads / m_config.kvHeads;
    const T* keys = m_cache.keySlab(index).const_data_ptr<T>();
    const T* values = m_cache.valueSlab(index).const_data_ptr<T>();
    for (size_t i = static_cast<size_t>(thread); i < m_pieces.size(); i += static_cast<size_t>(m_team.size())) {
        const Piece& piece = m_pieces[i];
        const std::int64_t slot = m_tokens[static_cast<size_t>(piece.token)].slot;
        const std::int64_t from = (slot * m_config.kvHeads + piece.head) * m_cache.capacity() * width;
        const kernels::CachedHead<T> head{keys + from, values + from, width};
        for (std::int64_t query = 0; query < group; ++query) {
            const std::int64_t first = piece.token * m_config.heads + piece.head * group + query;
            const std::int64_t at = piece.at + query * m_piecesOf[static_cast<size_t>(first)].count;
            m_sums[static_cast<size_t>(at)] = kernels::attendPiece(head, piece.begin, piece.end, m_queries.data() + first * width,
                                                                   m_partial.data() + at * width);
        }
    }
}

void RowPass::joinHeads(int thread) {
    const std::int64_t width = m_config.headWidth;
    const auto [begin, end] = shareOf(count() * m_config.heads, thread, m_team.size());
    for (std::int64_t i = begin; i < end; ++i) {
        const Pieces& pieces = m_piecesOf[static_cast<size_t>(i)];
        kernels::joinPieces(m_sums.data() + pieces.first, m_partial.data() + pieces.first * width, pieces.count, width,
                            m_attended.data() + i * width);
    }
    m_team.meet();
}

void RowPass::activate(int thread) {
    const std::int64_t width = m_config.intermediate;
    const auto [begin, end] = shareOf(width, thread, m_team.size(), kernels::kInt4Group);
    for (std::int64_t t = 0; t < count(); ++t)
        kernels::swigluRow(m_gate.data() + t * width + begin, m_up.data() + t * width + begin, m_active.data() + t * width + begin,
                           end - begin);
    m_team.meet();
}

void RowPass::score(int thread) {
    std::int64_t scored = 0;
    for (std::int64_t t = 0; t < count(); ++t) {
        if (!m_tokens[static_cast<size_t>(t)].isScored)
            continue;
        if (scored % m_team.size() == thread)
            kernels::normRow(m_hidden.data() + t * m_config.hidden, m_view.finalNorm(),
                             m_scoredHidden.data() + scored * m_config.hidden, m_config.hidden,
                             static_cast<float>(m_config.normEpsilon));
        ++scored;
    }
    m_team.meet();
    const WeightView& head = m_view.head();
    const auto [begin, end] = shareOf(head.out, thread, m_team.size(), 4);
    kernels::multiplyRows(head, begin, end, {m_scoredHidden.data(), m_config.hidden, scored}, {m_logits.data(), head.out});
}

} // namespace cw
