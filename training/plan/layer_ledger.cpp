// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "training/plan/layer_ledger.h"

#include "training/plan/kernel_buffers.h"

#include <algorithm>
#include <array>

namespace cw {

namespace {

constexpr std::int64_t kF32 = 4;

std::int64_t rowsOf(const MemoryRequest& request, bool isLast) {
    return isLast ? request.pass.labelled : request.pass.tokens();
}

} // namespace

LayerRanks ranksOf(const LoraSettings& lora) {
    LayerRanks ranks;
    for (size_t p = 0; p < kProjections; ++p)
        ranks[p] = lora.rankOf(static_cast<Projection>(p));
    return ranks;
}

LayerLedger::LayerLedger(Ledger& ledger, const MemoryRequest& request, const LayerRanks& ranks, bool isLast,
                         std::vector<Held>& gradients, bool keepsTape)
    : m_ledger(ledger), m_request(request), m_config(request.config), m_ranks(ranks), m_gradients(gradients), m_isLast(isLast),
      m_keepsTape(keepsTape), m_element(request.isBf16 ? 2 : 4), m_count(request.pass.tokens()),
      m_rows(rowsOf(request, isLast)), m_query(m_config.heads * m_config.headWidth),
      m_keyValue(m_config.kvHeads * m_config.headWidth) {
    m_input = group({Projection::Query, Projection::Key, Projection::Value});
    m_output = group({Projection::Output});
    m_middle = group({Projection::Gate, Projection::Up});
    m_down = group({Projection::Down});
}

Ledger::Held LayerLedger::take(MemoryUse use, std::int64_t rows, std::int64_t columns) {
    return m_ledger.take(use, rows * columns * m_element);
}

void LayerLedger::product(std::int64_t inner, std::int64_t columns) {
    if (!m_request.isCuda)
        m_ledger.touch(MemoryUse::Allocator, productBuffers(inner, columns, m_request.isBf16, m_request.threads));
}

// What a level keeps is an activation; what it forgets counts as working memory while it is there.
MemoryUse LayerLedger::ofCheap() const {
    return m_keepsTape && m_request.checkpointing == Checkpointing::None ? MemoryUse::Activations : MemoryUse::Working;
}
MemoryUse LayerLedger::ofAttention() const {
    return m_keepsTape && m_request.checkpointing <= Checkpointing::Cheap ? MemoryUse::Activations : MemoryUse::Working;
}
MemoryUse LayerLedger::ofAttended() const {
    return m_keepsTape && m_request.checkpointing <= Checkpointing::Attention ? MemoryUse::Activations
                                                                             : MemoryUse::Working;
}

LayerLedger::Group LayerLedger::group(std::initializer_list<Projection> projections) {
    Group made;
    std::vector<Held> stacked;
    for (const Projection projection : projections) {
        const std::int64_t rank = rankOf(projection);
        const MatrixSize size = sizeOf(projection, m_config);
        made.in = size.in;
        if (rank == 0)
            continue;
        made.members.push_back(projection);
        made.ranks += rank;
        if (m_request.isBf16) {
            made.copies.push_back(working(size.out, rank));
            stacked.push_back(working(rank, size.in));
        }
    }
    if (made.members.size() > 1)
        made.copies.push_back(working(made.ranks, made.in));
    else
        made.copies.insert(made.copies.end(), stacked.begin(), stacked.end());
    return made;
}

Ledger::Held LayerLedger::loraDown(const Group& group, const Held& x, std::int64_t count, MemoryUse use) {
    if (group.members.empty())
        return nullptr;
    const Held dropped = m_request.lora.dropout > 0 ? working(count, group.in) : x;
    Held down = take(use, count, group.ranks);
    product(group.in, group.ranks);
    return down;
}

// oneDNN reads matrices without gaps only, so it copies a member's columns out of its group's.
void LayerLedger::addLoraUp(const Group& group, Projection projection, std::int64_t count) {
    for (const Projection member : group.members) {
        if (member != projection)
            continue;
        const std::int64_t rank = rankOf(member);
        const bool copies = m_request.isBf16 && !m_request.isCuda && group.members.size() > 1;
        const Held columns = copies ? working(count, rank) : nullptr;
        product(rank, sizeOf(member, m_config).out);
    }
}

// f32 zeros where there is no gradient yet, and an f32 copy of what is added to it.
void LayerLedger::accumulate(size_t parameter, std::int64_t elements) {
    if (!m_gradients[parameter])
        m_gradients[parameter] = m_ledger.take(MemoryUse::Gradients, elements * kF32);
    if (m_request.isBf16 && !m_request.isCuda)
        m_ledger.touch(MemoryUse::Working, elements * kF32);
}

void LayerLedger::loraBackward(const Group& group, const Held& x, std::int64_t count, bool wantsInput) {
    if (group.members.empty())
        return;
    const auto turned = [&](std::int64_t rows) {
        if (!m_request.isCuda)
            m_ledger.touch(MemoryUse::Allocator,
                           turnedProductBuffers(rows, count, m_request.isBf16, m_request.threads));
    };
    const Held byDown = working(count, group.ranks);
    for (const Projection member : group.members) {
        const std::int64_t rank = rankOf(member), out = sizeOf(member, m_config).out;
        {
            const Held byB = working(out, rank);
            turned(out);
            accumulate(2 * static_cast<size_t>(member) + 1, out * rank);
        }
        const Held part = working(count, rank);
        product(out, rank);
    }
    {
        const Held dropped = m_request.lora.dropout > 0 ? working(count, group.in) : x;
        const Held byA = working(group.ranks, group.in);
        turned(group.ranks);
    }
    const Held byA = working(group.ranks, group.in);
    for (const Projection member : group.members)
        accumulate(2 * static_cast<size_t>(member), rankOf(member) * group.in);
    if (wantsInput) {
        const Held byInput = working(count, group.in);
        product(group.ranks, group.in);
        addDropped(count, group.in);
    }
}

Ledger::Held LayerLedger::forward(const Held& hidden, Tape& tape) {
    tape.input = hidden;
    runAll(tape);
    Held out = m_isLast ? working(m_rows, m_config.hidden)
                        : take(m_keepsTape ? MemoryUse::Activations : MemoryUse::Working, m_rows, m_config.hidden);
    product(m_config.intermediate, m_config.hidden);
    addLoraUp(m_down, Projection::Down, m_rows);
    forget(tape);
    return out;
}

void LayerLedger::runAll(Tape& tape) {
    normInput(tape);
    project(tape);
    attend(tape);
    mix(tape);
    normMiddle(tape);
    expand(tape);
    activate(tape);
}

void LayerLedger::normInput(Tape& tape) {
    if (tape.normed)
        return;
    tape.normed = take(ofCheap(), m_count, m_config.hidden);
    tape.normedRoot = m_ledger.take(ofCheap(), m_count * kF32);
}

void LayerLedger::project(Tape& tape) {
    if (tape.queries)
        return;
    tape.downInput = loraDown(m_input, tape.normed, m_count, ofAttention());
    const auto projected = [&](Projection projection, std::int64_t width) {
        Held out = take(ofAttention(), m_count, width);
        product(m_config.hidden, width);
        addLoraUp(m_input, projection, m_count);
        return out;
    };
    tape.queries = projected(Projection::Query, m_query);
    tape.keys = projected(Projection::Key, m_keyValue);
    tape.values = projected(Projection::Value, m_keyValue);
    if (m_config.headNorms) {
        const auto normed = [&](std::int64_t width) {
            Held out = take(ofAttention(), m_count, width);
            m_ledger.touch(MemoryUse::Working, m_count * width / m_config.headWidth * kF32);
            return out;
        };
        tape.plainQueries = tape.queries;
        tape.plainKeys = tape.keys;
        tape.queries = normed(m_query);
        tape.keys = normed(m_keyValue);
    }
    rotate(m_query);
    rotate(m_keyValue);
}

void LayerLedger::attend(Tape& tape) {
    if (tape.attended)
        return;
    std::vector<Held> parts;
    for (const std::int64_t length : calls()) {
        const Held allowed = mask(length);
        parts.push_back(take(ofAttended(), length, m_query));
        attention(length);
    }
    tape.scaling = m_ledger.take(ofAttended(), m_count * m_config.heads * kF32);
    tape.attended = parts.size() == 1 ? parts.front() : take(ofAttended(), m_count, m_query);
}

void LayerLedger::mix(Tape& tape) {
    if (tape.middle)
        return;
    const Held attended = m_isLast ? working(m_rows, m_query) : tape.attended;
    tape.downAttended = loraDown(m_output, attended, m_rows, ofAttention());
    const Held input = m_isLast ? working(m_rows, m_config.hidden) : tape.input;
    tape.middle = take(ofAttention(), m_rows, m_config.hidden);
    product(m_query, m_config.hidden);
    addLoraUp(m_output, Projection::Output, m_rows);
}

void LayerLedger::normMiddle(Tape& tape) {
    if (tape.middleNormed)
        return;
    tape.middleNormed = take(ofCheap(), m_rows, m_config.hidden);
    tape.middleRoot = m_ledger.take(ofCheap(), m_rows * kF32);
}

void LayerLedger::expand(Tape& tape) {
    if (tape.gate)
        return;
    tape.downMiddle = loraDown(m_middle, tape.middleNormed, m_rows, ofAttention());
    tape.gate = take(ofAttention(), m_rows, m_config.intermediate);
    product(m_config.hidden, m_config.intermediate);
    addLoraUp(m_middle, Projection::Gate, m_rows);
    tape.up = take(ofAttention(), m_rows, m_config.intermediate);
    product(m_config.hidden, m_config.intermediate);
    addLoraUp(m_middle, Projection::Up, m_rows);
}

void LayerLedger::activate(Tape& tape) {
    if (!tape.active)
        tape.active = take(ofCheap(), m_rows, m_config.intermediate);
    if (!tape.downActive)
        tape.downActive = loraDown(m_down, tape.active, m_rows, ofAttention());
}

void LayerLedger::forget(Tape& tape) {
    if (m_request.checkpointing == Checkpointing::None)
        return;
    if (m_request.checkpointing == Checkpointing::Cheap) {
        tape.normed = tape.normedRoot = tape.middleNormed = tape.middleRoot = tape.active = nullptr;
        return;
    }
    Tape kept;
    kept.input = tape.input;
    if (m_request.checkpointing == Checkpointing::Attention) {
        kept.attended = tape.attended;
        kept.scaling = tape.scaling;
    }
    tape = std::move(kept);
}

Ledger::Held LayerLedger::backward(Held grad, Tape& tape, bool wantsInput) {
    runAll(tape);
    mlpBackward(tape);
    Held byInput = attentionBackward(std::move(grad), tape, wantsInput);
    tape = {};
    return byInput;
}

void LayerLedger::mlpBackward(Tape& tape) {
    Held byActive = working(m_rows, m_config.intermediate);
    product(m_config.hidden, m_config.intermediate);
    loraBackward(m_down, tape.active, m_rows, true);
    tape.active = nullptr;
    swigluGradient();
    byActive = nullptr;
    const Held byNormed = working(m_rows, m_config.hidden);
    product(m_config.intermediate, m_config.hidden);
    loraBackward(m_middle, tape.middleNormed, m_rows, true);
    tape.gate = tape.up = nullptr;
    normGradient(m_rows);
}

Ledger::Held LayerLedger::attentionBackward(Held grad, Tape& tape, bool wantsInput) {
    Held byAttended = working(m_rows, m_query);
    product(m_config.hidden, m_query);
    loraBackward(m_output, m_isLast ? working(m_rows, m_query) : tape.attended, m_rows, true);
    tape.middle = tape.middleNormed = tape.middleRoot = nullptr;
    std::vector<Held> by = projectionGradients(byAttended, tape);
    byAttended = nullptr;
    const Held byNormed = wantsInput ? working(m_count, m_config.hidden) : nullptr;
    if (wantsInput)
        product(m_query, m_config.hidden);
    loraBackward(m_input, tape.normed, m_count, wantsInput);
    if (!wantsInput)
        return nullptr;
    Held all = m_isLast ? working(m_count, m_config.hidden) : grad;
    normGradient(m_count);
    return all;
}

// By queries, keys and values.
std::vector<Ledger::Held> LayerLedger::projectionGradients(const Held& byAttended, Tape& tape) {
    const std::array<std::int64_t, 3> widths = {m_query, m_keyValue, m_keyValue};
    const Held all = m_isLast ? working(m_count, m_query) : byAttended;
    std::vector<Held> parts;
    for (const std::int64_t length : calls()) {
        const Held allowed = mask(length);
        for (const std::int64_t width : widths)
            parts.push_back(working(length, width));
        attentionGradient(length);
    }
    if (calls().size() > 1)
        parts = {working(m_count, m_query), working(m_count, m_keyValue), working(m_count, m_keyValue)}; // joined
    tape.queries = tape.keys = tape.values = tape.attended = tape.scaling = nullptr;
    rotate(m_query);
    rotate(m_keyValue);
    if (m_config.headNorms)
        for (size_t i = 0; i < 2; ++i)
            parts[i] = headNormGradient(widths[i]);
    return parts;
}

// The CPU's kernels take one example at a time, a GPU's all of them.
std::vector<std::int64_t> LayerLedger::calls() const {
    return m_request.isCuda ? std::vector{m_count} : m_request.pass.lengths;
}

// Operators hold both halves of every head in f32, one of them turned, and the products of the other.
void LayerLedger::rotate(std::int64_t width) {
    if (composesSteps())
        m_ledger.touch(MemoryUse::Working, (m_request.isBf16 ? 6 : 4) * m_count * width / 2 * kF32);
}

void LayerLedger::normGradient(std::int64_t rows) {
    if (composesSteps())
        m_ledger.touch(MemoryUse::Working, rows * m_config.hidden * m_element);
}

// Operators hold in f32: gate, its sigmoid, the derivative and up's, and the factors of gate's.
void LayerLedger::swigluGradient() {
    if (composesSteps())
        m_ledger.touch(MemoryUse::Working, 2 * m_rows * m_config.intermediate * kF32);
}

void LayerLedger::addDropped(std::int64_t rows, std::int64_t width) {
    if (composesSteps() && m_request.lora.dropout > 0)
        working(rows, width);
}

// The CPU's kernels take a window as a matrix; where it is longer than the example none is needed.
Ledger::Held LayerLedger::mask(std::int64_t length) {
    if (m_request.isCuda || m_config.slidingWindow == 0 || length <= m_config.slidingWindow)
        return nullptr;
    m_ledger.touch(MemoryUse::Working, 3 * length * length);
    const Held allowed = m_ledger.take(MemoryUse::Working, length * length);
    return working(length, length);
}

void LayerLedger::attention(std::int64_t length) {
    if (!m_request.isCuda)
        m_ledger.touch(MemoryUse::Working, attentionBuffers({length, m_config.kvHeads, m_config.headWidth,
                                                             m_request.isBf16, m_request.threads}));
}

void LayerLedger::attentionGradient(std::int64_t length) {
    const AttentionSize size = {length, m_config.kvHeads, m_config.headWidth, m_request.isBf16, m_request.threads};
    const auto examples = static_cast<std::int64_t>(m_request.pass.lengths.size());
    m_ledger.touch(MemoryUse::Working,
                   m_request.isCuda ? cudaAttentionGradientBuffers(size, m_config.heads, examples, m_request.multiprocessors)
                                    : attentionGradientBuffers(size));
}

Ledger::Held LayerLedger::headNormGradient(std::int64_t width) {
    Held into = working(m_count, width);
    const Held root = m_ledger.take(MemoryUse::Working, m_count * width / m_config.headWidth * kF32);
    working(m_count, width); // normed again, for the root alone
    return into;
}

} // namespace cw
