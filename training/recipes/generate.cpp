// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "training/recipes/generate.h"

#include "core/base/file.h"
#include "core/base/utf.h"
#include "core/dataset/rows.h"
#include "core/text/quote.h"
#include "training/generate/decoder.h"
#include "training/generate/grammar_cache.h"

#include <algorithm>

namespace cw {

namespace {

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
        : m_run(run), m_loaded(loaded), m_folds(loaded.adapter && loaded.transformer.dtype() == at::kFloat),
          m_model(m_folds ? loaded.transformer.merged(*loaded.adapter) : loaded.transformer), m_grammars(grammars),
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
        const Adapter* adapter = m_loaded.adapter && !m_folds ? &*m_loaded.adapter : nullptr;
        size_t given = 0;
        DecodeQueue queue;
        queue.next = [&]() -> Result<std::optional<DecodeJob>> {
            return given == m_prompts.size() ? Result(std::optional<DecodeJob>()) : makeJob(given++, constrained);
        };
        queue.done = [&](size_t id, const DecodedText& text) { return write(m_prompts[id], text, constrained); };
        queue.shouldStop = [&] { return m_run.folder.stopRequested(); };
        const auto slots = std::min(m_run.spec.batch, static_cast<std::int64_t>(m_prompts.size()));
        const auto capacity = static_cast<std::int64_t>(m_prompts.front().ids.size()) + budget();
        return Decoder(m_model, adapter, *m_loaded.tokenizer, stops()).run(queue, slots, capacity);
    }

    TokenIds stops() const {
        TokenIds ids = m_loaded.tokenizer->stopIds();
        ids.push_back(m_loaded.chat.endId());
        return ids;
    }

    Result<std::optional<DecodeJob>> makeJob(size_t index, bool constrained) {
        const PromptRow& prompt = m_prompts[index];
        DecodeJob job{index, prompt.ids, budget(), std::nullopt};
        if (constrained) {
            CW_TRY_ASSIGN(grammar, m_grammars.grammarFor(prompt.row.meta.request));
            CW_TRY_ASSIGN(constraint, AnswerConstraint::create(std::move(grammar), prompt.windowText(),
                                                               static_cast<std::uint32_t>(budget()), m_loaded.chat.endId()));
            job.constraint = std::move(constraint);
        }
        return std::optional(std::move(job));
    }

    Status write(const PromptRow& prompt, const DecodedText& text, bool constrained) {
        const OutputRow row{prompt.row.meta, constrained, withoutBrokenUtf8(m_loaded.tokenizer->decode(text.tokens)), text.finish,
                            static_cast<int>(text.newTokens)};
        CW_TRY(appendLine(m_run.folder.predictions(), toLine(row)));
        m_tokens += text.newTokens;
        return m_run.emit("progress", {{"done", static_cast<double>(++m_done)}, {"total", static_cast<double>(m_total)}},
                          {{"what", "windows"}});
    }

    Status noteSpeed(std::chrono::milliseconds took) const {
        const auto perSecond = took.count() > 0 ? m_tokens * 1000 / took.count() : m_tokens;
        return m_run.note(std::to_string(m_done) + " answers of " + std::to_string(m_tokens) + " tokens in all, " +
                          std::to_string(perSecond) + " a second.");
    }

    const Run& m_run;
    const LoadedModel& m_loaded;
    const bool m_folds; // in f32 the adapter is folded into the weights; in bf16 that would round its small changes away
    const Transformer m_model;
    GrammarCache& m_grammars;
    std::vector<PromptRow> m_prompts;
    size_t m_total = 0;
    size_t m_done = 0;
    std::int64_t m_tokens = 0;
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
    CW_TRY_ASSIGN(taxonomy, readTaxonomy(run));
    CW_TRY_ASSIGN(prompts, readPrompts(run, loaded.chat));
    GrammarCache grammars(*loaded.tokenizer, taxonomy);
    return Generation(run, loaded, grammars, std::move(prompts)).perform(modesOf(run.spec));
}

} // namespace cw
