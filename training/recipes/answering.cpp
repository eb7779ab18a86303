// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "training/recipes/answering.h"

#include "core/base/hash.h"
#include "core/base/rng.h"
#include "core/base/utf.h"
#include "training/generate/answer_writer.h"
#include "training/generate/free_writer.h"
#include "training/generate/model_source.h"
#include "training/plan/free_memory.h"

#include <algorithm>

namespace cw {

namespace {

constexpr size_t kDraftTokens = 32; // the most that a pass brings on a guess

ServingForm formOf(const Run& run, const LoadedModel& loaded) {
    if (run.spec.weights == "int4")
        return ServingForm::Int4;
    return loaded.transformer.dtype() == at::kFloat ? ServingForm::Folded : ServingForm::AsLoaded;
}

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

Answering::Answering(const Run& run, const LoadedModel& loaded, GrammarCache& grammars, Calibration calibration)
    : m_run(run), m_loaded(loaded), m_grammars(grammars), m_calibration(std::move(calibration)),
      m_model(loaded.transformer, loaded.adapter ? &*loaded.adapter : nullptr, formOf(run, loaded)) {}

Result<bool> Answering::answer(const std::vector<PromptRow>& prompts, bool constrained, const Sink& sink) {
    const size_t longest = std::ranges::max(prompts, {}, [](const PromptRow& prompt) { return prompt.ids.size(); }).ids.size();
    const auto capacity = static_cast<std::int64_t>(longest + kDraftTokens) + budget();
    CW_TRY_ASSIGN(slots, slotsFor(capacity, static_cast<std::int64_t>(prompts.size())));
    size_t given = 0;
    DecodeQueue queue;
    queue.next = [&]() -> Result<std::optional<DecodeJob>> {
        while (given < prompts.size()) {
            const size_t index = given++;
            Result<DecodeJob> next = job(prompts[index], index, constrained);
            if (next)
                return std::optional(std::move(*next));
            CW_TRY(leaveOut(prompts[index].row.meta, next.error()));
        }
        return std::optional<DecodeJob>();
    };
    queue.done = [&](const DecodeJob& job) { return sink(outputOf(prompts[job.id], *job.writer, constrained)); };
    queue.shouldStop = [&] { return m_run.folder.stopRequested(); };
    ModelSource source(m_model, slots, capacity, static_cast<int>(m_loaded.compute.threads));
    Decoder decoder(source);
    CW_TRY_ASSIGN(finished, decoder.run(queue, slots));
    m_counts.newTokens += decoder.counts().newTokens;
    m_counts.passes += decoder.counts().passes;
    m_counts.sharedTokens += source.copiedTokens();
    return finished;
}

// As many texts side by side as were asked for, or as memory allows for texts of that many tokens.
Result<std::int64_t> Answering::slotsFor(std::int64_t capacity, std::int64_t prompts) const {
    const std::int64_t wanted = std::min(m_run.spec.batch, prompts);
    const std::int64_t each = KvSlots::bytesFor(m_model.config(), m_model.dtype(), 1, capacity);
    const std::int64_t fit = memoryForTensors(m_model.device()) / each;
    if (fit < 1)
        return Error{ErrorCode::BadInput,
                     "The longest prompt with its answer has " + std::to_string(capacity) + " tokens, whose keys and values take " +
                         std::to_string(each >> 20) + " MB: more than is free.",
                     "Cut the contracts into smaller windows, or allow fewer new tokens."};
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

OutputRow Answering::outputOf(const PromptRow& prompt, const TextWriter& text, bool constrained) const {
    OutputRow row{prompt.row.meta, constrained, withoutBrokenUtf8(m_loaded.tokenizer->decode(text.tokens())),
                  text.isComplete() ? FinishReason::Stop : FinishReason::Length, static_cast<int>(text.newTokens())};
    if (const auto* answer = dynamic_cast<const AnswerWriter*>(&text))
        row.margins = marginsOf(*answer, prompt.row.meta.request);
    return row;
}

TokenIds Answering::stops() const {
    TokenIds ids = m_loaded.tokenizer->stopIds();
    ids.push_back(m_loaded.chat.endId());
    return ids;
}

} // namespace cw
