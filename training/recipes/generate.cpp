// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "training/recipes/generate.h"

#include "core/base/file.h"
#include "core/base/rng.h"
#include "core/base/utf.h"
#include "core/dataset/rows.h"
#include "core/text/quote.h"
#include "training/generate/answer_writer.h"
#include "training/generate/decoder.h"
#include "training/generate/free_writer.h"
#include "training/generate/model_source.h"
#include "training/plan/free_memory.h"
#include "training/generate/grammar_cache.h"

#include <algorithm>

namespace cw {

namespace {

constexpr size_t kDraftTokens = 32; // the most that a pass brings on a guess

struct PromptRow {
    ChatRow row;
    TokenIds ids;

    std::string_view windowText() const { return std::string_view(row.user).substr(row.meta.textAt); }
};

Result<std::vector<PromptRow>> readPrompts(const Run& run, const ChatTemplate& chat) {
    CW_TRY_ASSIGN(rows, readChatRows(run.folder.prompts()));
    std::vector<PromptRow> prompts;
    for (ChatRow& row : rows) {
        if (row.meta.textAt > row.user.size())
            return Error{ErrorCode::BadInput,
                         run.folder.prompts().string() + " has a prompt whose text begins behind its end: contract " +
                             row.meta.contract.value + ", part " + std::to_string(row.meta.part) + ".",
                         "Freeze the run's data again."};
        TokenIds ids = chat.encodePrompt(row.user);
        prompts.push_back({std::move(row), std::move(ids)});
    }
    return prompts;
}

Result<Taxonomy> readTaxonomy(const Run& run) {
    CW_TRY_ASSIGN(json, readFile(run.folder.taxonomy()));
    return Taxonomy::fromJson(json, run.folder.taxonomy().string());
}

std::string withoutBrokenUtf8(std::string_view text) {
    std::string whole;
    for (size_t at = 0; at < text.size();)
        appendCodePoint(whole, decodeCodePoint(text, at));
    return whole;
}

// One generation run: what fits, in which order, and the file that grows.
class Generation {
public:
    Generation(const Run& run, const LoadedModel& loaded, GrammarCache& grammars, std::vector<PromptRow> prompts)
        : m_run(run), m_loaded(loaded),
          m_model(loaded.transformer, loaded.adapter ? &*loaded.adapter : nullptr, formOf(run, loaded)), m_grammars(grammars),
          m_prompts(std::move(prompts)) {}

    // The modes one after the other, false for free; a prompt that is left out is left out of both, so that they compare.
    Result<RunOutcome> perform(const std::vector<bool>& modes) {
        CW_TRY(leaveOutWhatDoesNotFit(modes.back()));
        m_total = m_prompts.size() * modes.size();
        CW_TRY(start());
        const TimePoint begin = m_run.clock.now();
        for (const bool constrained : modes) {
            CW_TRY_ASSIGN(finished, answerAll(constrained));
            if (!finished)
                return RunOutcome::Stopped;
        }
        CW_TRY(noteSpeed(m_run.clock.now() - begin));
        return RunOutcome::Done;
    }

private:
    static ServingForm formOf(const Run& run, const LoadedModel& loaded) {
        if (run.spec.weights == "int4")
            return ServingForm::Int4;
        return loaded.transformer.dtype() == at::kFloat ? ServingForm::Folded : ServingForm::AsLoaded;
    }

    std::int64_t budget() const { return m_run.spec.maxNewTokens; }

    // Why a prompt can't be answered, or an empty text.
    Result<std::string> faultOf(const PromptRow& prompt, bool anyConstrained) {
        const auto length = static_cast<std::int64_t>(prompt.ids.size());
        if (length + budget() > m_loaded.maxLength)
            return "The prompt has " + std::to_string(length) + " tokens and its answer may have " + std::to_string(budget()) +
                   ", but together at most " + std::to_string(m_loaded.maxLength) + " fit; cut the contract into smaller windows.";
        if (!anyConstrained)
            return std::string();
        if (normalizeQuote(prompt.windowText()).empty())
            return std::string("The window has no text.");
        CW_TRY_ASSIGN(least, m_grammars.leastTokens(prompt.row.meta.request));
        if (least > budget())
            return "An answer without any finding takes " + std::to_string(least) + " tokens, but at most " + std::to_string(budget()) +
                   " are allowed; allow more new tokens or ask for fewer clause types.";
        return std::string();
    }

    // Then the longest prompts come first: if memory is short, that shows at once, and the slots empty evenly at the end.
    Status leaveOutWhatDoesNotFit(bool anyConstrained) {
        std::vector<PromptRow> kept;
        std::string firstFault;
        for (PromptRow& prompt : m_prompts) {
            CW_TRY_ASSIGN(fault, faultOf(prompt, anyConstrained));
            if (fault.empty()) {
                kept.push_back(std::move(prompt));
                continue;
            }
            const RowMeta& meta = prompt.row.meta;
            CW_TRY(m_run.emit("row", {{"part", meta.part}}, {{"contract", meta.contract.value}, {"text", fault}}));
            if (firstFault.empty())
                firstFault = fault;
        }
        if (kept.empty())
            return Error{ErrorCode::BadInput, m_run.folder.prompts().string() + " has no prompt that can be answered.",
                         firstFault.empty() ? "Choose contracts to run on." : "The first: " + firstFault};
        std::stable_sort(kept.begin(), kept.end(), [](const PromptRow& a, const PromptRow& b) { return a.ids.size() > b.ids.size(); });
        m_prompts = std::move(kept);
        return {};
    }

    Status start() const {
        CW_TRY(makeFolder(m_run.folder.predictions().parent_path()));
        CW_TRY(writeFileAtomically(m_run.folder.predictions(), ""));
        return m_run.emit("start", {{"rows", static_cast<double>(m_total)}, {"threads", static_cast<double>(m_loaded.compute.threads)}},
                          {{"kind_of_run", std::string(toString(m_run.spec.kind))},
                           {"dtype", m_loaded.compute.dtypeName()},
                           {"device", m_loaded.compute.deviceName()}});
    }

    // False if it was stopped.
    Result<bool> answerAll(bool constrained) {
        size_t given = 0;
        DecodeQueue queue;
        queue.next = [&]() -> Result<std::optional<DecodeJob>> {
            return given == m_prompts.size() ? Result(std::optional<DecodeJob>()) : makeJob(given++, constrained);
        };
        queue.done = [&](const DecodeJob& job) { return write(m_prompts[job.id], *job.writer, constrained); };
        queue.shouldStop = [&] { return m_run.folder.stopRequested(); };
        const auto capacity = static_cast<std::int64_t>(m_prompts.front().ids.size() + kDraftTokens) + budget();
        CW_TRY_ASSIGN(slots, slotsThatFit(capacity));
        ModelSource source(m_model, slots, capacity, static_cast<int>(m_loaded.compute.threads));
        Decoder decoder(source);
        CW_TRY_ASSIGN(finished, decoder.run(queue, slots));
        m_passes += decoder.counts().passes;
        m_sharedTokens += source.copiedTokens();
        return finished;
    }

    // As many texts side by side as were asked for, or as memory allows for texts of that many tokens.
    Result<std::int64_t> slotsThatFit(std::int64_t capacity) const {
        const std::int64_t wanted = std::min(m_run.spec.batch, static_cast<std::int64_t>(m_prompts.size()));
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

    TokenIds stops() const {
        TokenIds ids = m_loaded.tokenizer->stopIds();
        ids.push_back(m_loaded.chat.endId());
        return ids;
    }

    Result<std::optional<DecodeJob>> makeJob(size_t index, bool constrained) {
        const PromptRow& prompt = m_prompts[index];
        if (!constrained) {
            const FreeSettings settings{.vocabSize = m_loaded.tokenizer->vocabSize(), .maxNewTokens = budget(), .stops = stops(),
                                        .sampling = sampling(index), .draftTokens = kDraftTokens};
            return std::optional(DecodeJob{index, prompt.ids, std::make_unique<FreeWriter>(settings, prompt.ids)});
        }
        CW_TRY_ASSIGN(grammar, m_grammars.grammarFor(prompt.row.meta.request));
        CW_TRY_ASSIGN(constraint, AnswerConstraint::create(std::move(grammar), prompt.windowText(),
                                                           static_cast<std::uint32_t>(budget()), m_loaded.chat.endId()));
        const AnswerSettings settings{.draftTokens = kDraftTokens, .sampling = sampling(index)};
        return std::optional(DecodeJob{index, prompt.ids,
                                       std::make_unique<AnswerWriter>(std::move(constraint), *m_loaded.tokenizer, settings)});
    }

    // Each prompt draws by itself, so that its answer doesn't depend on the others.
    SamplingSettings sampling(size_t index) const {
        const std::uint64_t seed = Rng(static_cast<std::uint64_t>(m_run.spec.seed) + index, "sampling").next();
        return {m_run.spec.temperature, m_run.spec.topP, seed};
    }

    Status write(const PromptRow& prompt, const TextWriter& text, bool constrained) {
        const OutputRow row{prompt.row.meta, constrained, withoutBrokenUtf8(m_loaded.tokenizer->decode(text.tokens())),
                            text.isComplete() ? FinishReason::Stop : FinishReason::Length, static_cast<int>(text.newTokens())};
        CW_TRY(appendLine(m_run.folder.predictions(), toLine(row)));
        m_tokens += text.newTokens();
        return m_run.emit("progress", {{"done", static_cast<double>(++m_done)}, {"total", static_cast<double>(m_total)}},
                          {{"what", "windows"}});
    }

    Status noteSpeed(std::chrono::milliseconds took) const {
        const auto perSecond = took.count() > 0 ? m_tokens * 1000 / took.count() : m_tokens;
        return m_run.note(std::to_string(m_done) + " answers of " + std::to_string(m_tokens) + " tokens in all, " +
                          std::to_string(perSecond) + " a second, in " + std::to_string(m_passes) + " passes of the model; " +
                          std::to_string(m_sharedTokens) + " prompt tokens were read once for several prompts.");
    }

    const Run& m_run;
    const LoadedModel& m_loaded;
    const ServingModel m_model;
    GrammarCache& m_grammars;
    std::vector<PromptRow> m_prompts;
    size_t m_total = 0;
    size_t m_done = 0;
    std::int64_t m_tokens = 0;
    std::int64_t m_passes = 0;
    std::int64_t m_sharedTokens = 0;
};

// False for free, true for constrained.
std::vector<bool> modesOf(const RunSpec& spec) {
    if (spec.decoding == "both")
        return {false, true};
    return {spec.decoding == "constrained"};
}

} // namespace

Result<RunOutcome> runGenerate(const Run& run) {
    CW_TRY_ASSIGN(loaded, loadModel(run));
    if (run.spec.weights == "int4" && !loaded.transformer.device().is_cpu())
        return Error{ErrorCode::Unsupported, "Weights of four bits are decoded on a processor only, and this run has a GPU.",
                     "Set \"weights\" to as_loaded."};
    CW_TRY_ASSIGN(taxonomy, readTaxonomy(run));
    CW_TRY_ASSIGN(prompts, readPrompts(run, loaded.chat));
    GrammarCache grammars(*loaded.tokenizer, taxonomy);
    return Generation(run, loaded, grammars, std::move(prompts)).perform(modesOf(run.spec));
}

} // namespace cw
