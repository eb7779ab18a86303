// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "training/recipes/answering.h"

#include "core/base/hash.h"
#include "core/base/rng.h"
#include "core/base/utf.h"
#include "training/generate/answer_writer.h"
#include "training/generate/free_writer.h"
#include "training/generate/model_source.h"
#include "training/device/counting_allocator.h"

#include <algorithm>
#include <map>

namespace cw {

namespace {

constexpr size_t kDraftTokens = 32; // the most that a pass brings on a guess

// Each prompt draws by itself, so that its answer doesn't depend on the others.
SamplingSettings samplingOf(const RunSpec& spec, const PromptRow& prompt) {
    const std::string place = prompt.row.meta.contract.value + " " + std::to_string(prompt.row.meta.window.begin);
    return {spec.temperature, spec.topP, Rng(static_cast<std::uint64_t>(spec.seed), place).next()};
}

std::string withoutBrokenUtf8(std::string_view text) {
    std::string whole;
    for (size_t at = 0; at < text.size();)
        appendCodePoint(whole, decodeCodePoint(text, at));
    return whole;
}

std::vector<std::optional<float>> marginsOf(const AnswerWriter& answer, const Request& request) {
    std::vector<std::optional<float>> margins;
    for (const std::string& key : request.keys) {
        const auto margin = answer.margins().find(key);
        margins.push_back(margin == answer.margins().end() ? std::nullopt : std::optional(static_cast<float>(margin->second)));
    }
    return margins;
}

} // namespace

Answering::Answering(const Run& run, const LoadedModel& loaded, GrammarCache& grammars, Calibration calibration, MemoryOf memory)
    : m_run(run), m_loaded(loaded), m_grammars(grammars), m_calibration(std::move(calibration)), m_memory(std::move(memory)),
      m_model(loaded.transformer, loaded.adapter ? &*loaded.adapter : nullptr, run.spec.weights == "int4" ? ServingForm::Int4 : ServingForm::Folded) {}

Result<bool> Answering::answer(const std::vector<PromptRow>& prompts, bool constrained, const Sink& sink) {
    const size_t longest = std::ranges::max(prompts, {}, [](const PromptRow& prompt) { return prompt.ids.size(); }).ids.size();
    CW_TRY_ASSIGN(slots, slotsFor(capacityFor(longest), static_cast<std::int64_t>(prompts.size())));
    size_t given = 0;
    std::map<size_t, TimePoint> begun; // by the prompt's index
    DecodeQueue queue;
    queue.next = [&]() -> Result<std::optional<DecodeJob>> {
        while (given < prompts.size()) {
            const size_t index = given++;
            begun[index] = m_run.clock.now();
            Result<DecodeJob> next = job(prompts[index], index, constrained);
            if (next)
                return std::optional(std::move(*next));
            CW_TRY(leaveOut(prompts[index].row.meta, next.error()));
        }
        return std::optional<DecodeJob>();
    };
    queue.done = [&](const DecodeJob& job) {
        OutputRow row = outputOf(prompts[job.id], *job.writer, constrained);
        row.seconds = std::chrono::duration<double>(m_run.clock.now() - begun[job.id]).count();
        return sink(std::move(row));
    };
    queue.shouldStop = [&] { return m_run.folder.stopRequested(); };
    ModelSource source(m_model, slots, capacityFor(longest), static_cast<int>(m_loaded.compute.threads));
    Decoder decoder(source);
    CW_TRY_ASSIGN(finished, decoder.run(queue, slots));
    m_counts.newTokens += decoder.counts().newTokens;
    m_counts.passes += decoder.counts().passes;
    m_counts.promptTokens += source.promptTokens();
    m_counts.sharedTokens += source.copiedTokens();
    return finished;
}

// Tokens of a slot: the prompt, its answer, and a draft behind it.
std::int64_t Answering::capacityFor(size_t promptTokens) const {
    return static_cast<std::int64_t>(promptTokens + kDraftTokens) + budget();
}

// What one text takes beside the model: its keys and values, and the logits of a draft.
std::int64_t Answering::bytesFor(std::int64_t capacity) const {
    const auto rows = static_cast<std::int64_t>(kDraftTokens) + 1;
    return KvSlots::bytesFor(m_model.config(), m_model.dtype(), 1, capacity) +
           rows * m_model.config().vocabulary * static_cast<std::int64_t>(sizeof(float));
}

std::int64_t Answering::freeBytes() const {
    return std::max<std::int64_t>(0, m_memory(m_model.device()) - allocatedBytes(m_model.device()));
}

std::string Answering::memoryFaultOf(const PromptRow& prompt, std::int64_t room) const {
    const std::int64_t bytes = bytesFor(capacityFor(prompt.ids.size()));
    if (bytes <= room)
        return {};
    return "The prompt of " + std::to_string(prompt.ids.size()) + " tokens with its answer takes " + std::to_string(bytes >> 20) + " MB, and " +
           std::to_string(room >> 20) + " MB are free. Cut the contract into smaller windows, or allow fewer new tokens.";
}

// As many texts side by side as were asked for, or as memory allows for texts of that many tokens.
Result<std::int64_t> Answering::slotsFor(std::int64_t capacity, std::int64_t prompts) const {
    const std::int64_t wanted = std::min(m_run.spec.batch, prompts);
    const std::int64_t fit = std::max<std::int64_t>(1, freeBytes() / bytesFor(capacity));
    if (fit < wanted)
        CW_TRY(m_run.note("Memory allows " + std::to_string(fit) + " answers at once instead of " + std::to_string(wanted) + "."));
    return std::min(fit, wanted);
}

// One window that can't be answered stops no other.
Status Answering::leaveOut(const RowMeta& meta, const Error& error) const {
    return m_run.emit("row", {{"part", meta.part}}, {{"contract", meta.contract.value}, {"text", error.message()}});
}

Result<DecodeJob> Answering::job(const PromptRow& prompt, size_t id, bool constrained) {
    const SamplingSettings sampling = samplingOf(m_run.spec, prompt);
    if (!constrained) {
        const FreeSettings settings{.vocabSize = m_loaded.tokenizer->vocabSize(), .maxNewTokens = budget(), .stops = stops(),
                                    .sampling = sampling, .draftTokens = kDraftTokens};
        return DecodeJob{id, prompt.ids, std::make_unique<FreeWriter>(settings, prompt.ids)};
    }
    CW_TRY_ASSIGN(grammar, m_grammars.grammarFor(prompt.row.meta.request));
    CW_TRY_ASSIGN(constraint, AnswerConstraint::create(std::move(grammar), prompt.windowText(), static_cast<std::uint32_t>(budget()),
                                                       m_loaded.chat.endId()));
    AnswerSettings settings{.draftTokens = kDraftTokens, .sampling = sampling};
    for (const auto& [key, clause] : m_calibration)
        settings.valueBias[key] = static_cast<float>(clause.bias);
    return DecodeJob{id, prompt.ids, std::make_unique<AnswerWriter>(std::move(constraint), *m_loaded.tokenizer, settings)};
}

OutputRow Answering::outputOf(const PromptRow& prompt, const TextWriter& text, bool constrained) {
    OutputRow row{prompt.row.meta, constrained, withoutBrokenUtf8(m_loaded.tokenizer->decode(text.tokens())),
                  text.isComplete() ? FinishReason::Stop : FinishReason::Length, static_cast<int>(text.newTokens())};
    row.tokensIn = static_cast<int>(prompt.ids.size());
    if (const auto* answer = dynamic_cast<const AnswerWriter*>(&text)) {
        row.margins = marginsOf(*answer, prompt.row.meta.request);
        m_counts.interference += answer->interference();
        ++m_counts.constrained;
    }
    return row;
}

TokenIds Answering::stops() const {
    TokenIds ids = m_loaded.tokenizer->stopIds();
    ids.push_back(m_loaded.chat.endId());
    return ids;
}

} // namespace cw
