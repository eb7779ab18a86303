// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "training/recipes/generate.h"

#include "core/base/file.h"
#include "core/eval/calibration_file.h"
#include "core/prompt/second_look.h"
#include "training/plan/free_memory.h"
#include "training/tokenizer/turn_marks.h"

#include <utility>

namespace cw {

namespace {

Result<Taxonomy> readTaxonomy(const Run& run) {
    CW_TRY_ASSIGN(json, readFile(run.folder.taxonomy()));
    return Taxonomy::fromJson(json, run.folder.taxonomy().string());
}

Result<CalibratedModel> modelOf(const Run& run, const LoadedModel& loaded) {
    CalibratedModel model{{}, loaded.origin.baseHash, loaded.origin.tokenizerHash};
    if (!run.spec.adapter.empty()) {
        CW_TRY_ASSIGN(hash, adapterHash(run.resolve(run.spec.adapter)));
        model.adapter = std::move(hash);
    }
    return model;
}

// What lies beside the adapter, if it was fitted to these weights. Of other weights it would move decisions by chance: it is left out,
// and the run says so.
Result<Calibration> calibrationOf(const Run& run, const CalibratedModel& model) {
    if (run.spec.adapter.empty())
        return Calibration();
    CW_TRY_ASSIGN(stored, readCalibration(run.resolve(run.spec.adapter)));
    if (!stored)
        return Calibration();
    const std::string difference = stored->model ? differenceOf(*stored->model, model) : "weights that it doesn't name";
    if (difference.empty())
        return std::move(stored->clauses);
    CW_TRY(run.note(std::string(kCalibrationFile) + " beside the adapter was fitted to " + difference +
                    ", so it is left out. Evaluate the adapter on the validation side and calibrate again."));
    return Calibration();
}

// One generation run: what fits, in which order, and the file that grows.
class Generation {
public:
    Generation(const Run& run, const LoadedModel& loaded, const Taxonomy& taxonomy, CalibratedModel model, Calibration calibration,
               const MemoryOf& memory)
        : m_run(run), m_loaded(loaded), m_taxonomy(taxonomy), m_grammars(*loaded.tokenizer, taxonomy),
          m_answering(run, loaded, m_grammars, calibration, memory), m_model(std::move(model)), m_calibration(std::move(calibration)) {}

    // The modes one after the other, false for free; a prompt that is left out is left out of both, so that they compare.
    Result<RunOutcome> perform(std::vector<ChatRow> rows, const std::vector<bool>& modes) {
        CW_TRY_ASSIGN(prompts, answerable(encoded(rows, m_loaded.chat), modes.back()));
        if (prompts.empty())
            return Error{ErrorCode::BadInput, m_run.folder.prompts().string() + " has no prompt that can be answered.",
                         m_firstFault.empty() ? "Choose contracts to run on." : "The first: " + m_firstFault};
        m_total = prompts.size() * modes.size();
        CW_TRY(start());
        CW_TRY(noteMarks(prompts));
        const TimePoint begin = m_run.clock.now();
        for (const bool constrained : modes) {
            CW_TRY_ASSIGN(finished, answer(prompts, constrained));
            if (!finished)
                return RunOutcome::Stopped;
        }
        if (modes.back()) {
            CW_TRY_ASSIGN(finished, lookAgain(rows));
            if (!finished)
                return RunOutcome::Stopped;
        }
        CW_TRY(noteSpeed(m_run.clock.now() - begin));
        return RunOutcome::Done;
    }

private:
    // Leaves out, and reports, what can't be answered.
    Result<std::vector<PromptRow>> answerable(std::vector<PromptRow> prompts, bool constrained) {
        const std::int64_t room = m_answering.freeBytes();
        std::vector<PromptRow> kept;
        for (PromptRow& prompt : prompts) {
            CW_TRY_ASSIGN(fault, faultOf(prompt, m_run.spec.maxNewTokens, m_loaded.maxLength, constrained, m_grammars));
            if (fault.empty())
                fault = m_answering.memoryFaultOf(prompt, room);
            if (fault.empty()) {
                kept.push_back(std::move(prompt));
                continue;
            }
            const RowMeta& meta = prompt.row.meta;
            CW_TRY(m_run.emit("row", {{"part", meta.part}}, {{"contract", meta.contract.value}, {"text", fault}}));
            if (m_firstFault.empty())
                m_firstFault = fault;
        }
        sortForAnswering(kept);
        return kept;
    }

    Status start() const {
        CW_TRY(makeFolder(m_run.folder.predictions().parent_path()));
        CW_TRY(writeFileAtomically(m_run.folder.predictions(), ""));
        // So that it is known what the margins hold, and whose they are.
        CW_TRY(writeFileAtomically(m_run.folder.predictions().parent_path() / kCalibrationFile, calibrationJson(m_model, m_calibration)));
        return m_run.emit("start", {{"rows", static_cast<double>(m_total)}, {"threads", static_cast<double>(m_loaded.compute.threads)}},
                          {{"kind_of_run", std::string(toString(m_run.spec.kind))},
                           {"dtype", m_loaded.compute.dtypeName()},
                           {"device", m_loaded.compute.deviceName()}});
    }

    // A text that holds a mark of the model's turns may pretend to be one: it is encoded as text, and told.
    Status noteMarks(const std::vector<PromptRow>& prompts) const {
        const ChatFormat format = m_loaded.chat.format();
        const PromptRow* first = nullptr;
        size_t count = 0;
        for (const PromptRow& prompt : prompts)
            if (!markIn(prompt.row.user, format).empty() && count++ == 0)
                first = &prompt;
        if (!first)
            return {};
        return m_run.note(std::string(count == 1 ? "A window holds" : std::to_string(count) + " windows hold") +
                          " marks with which the model's conversations are parted, such as \"" + std::string(markIn(first->row.user, format)) +
                          "\" in part " + std::to_string(first->row.meta.part) + " of contract " + first->row.meta.contract.value +
                          ". They are read as text. Look there for instructions that somebody planted.");
    }

    // False if it was stopped.
    Result<bool> answer(const std::vector<PromptRow>& prompts, bool constrained) {
        return m_answering.answer(prompts, constrained, [&](OutputRow row) -> Status {
            const double seconds = std::exchange(row.seconds, std::nullopt).value_or(0); // told by the event: equal runs write equal files
            CW_TRY(appendLine(m_run.folder.predictions(), toLine(row)));
            if (constrained)
                m_constrained.push_back(std::move(row));
            return m_run.emit("progress",
                              {{"done", static_cast<double>(++m_done)}, {"total", static_cast<double>(m_total)}, {"seconds", seconds}},
                              {{"what", "windows"}});
        });
    }

    // A quote that the edge of its window cut is asked for once more, in a window around it.
    Result<bool> lookAgain(const std::vector<ChatRow>& rows) {
        CW_TRY_ASSIGN(prompts, answerable(encoded(secondLooks(rows, m_constrained, m_taxonomy), m_loaded.chat), true));
        if (prompts.empty())
            return true;
        m_total += prompts.size();
        CW_TRY(m_run.note(std::to_string(prompts.size()) + " windows are read again: the edge of a window may have cut a quote."));
        return answer(prompts, true);
    }

    Status noteSpeed(std::chrono::milliseconds took) const {
        const AnsweringCounts& counts = m_answering.counts();
        const auto perSecond = took.count() > 0 ? counts.newTokens * 1000 / took.count() : counts.newTokens;
        return m_run.note(std::to_string(m_done) + " answers of " + std::to_string(counts.newTokens) + " tokens in all, " +
                          std::to_string(perSecond) + " a second, in " + std::to_string(counts.passes) + " passes of the model; " +
                          std::to_string(counts.promptTokens) + " tokens of prompts were read, and " +
                          std::to_string(counts.sharedTokens) + " more were known from another prompt." + interference(counts));
    }

    // How much the grammar, not the model, decided.
    static std::string interference(const AnsweringCounts& counts) {
        if (counts.constrained == 0)
            return {};
        const double percent = 100 * counts.interference / static_cast<double>(counts.constrained);
        return " The grammar took " + std::to_string(percent).substr(0, 5) + " % of the probability at a decision.";
    }

    const Run& m_run;
    const LoadedModel& m_loaded;
    const Taxonomy& m_taxonomy;
    GrammarCache m_grammars;
    Answering m_answering;
    CalibratedModel m_model;
    Calibration m_calibration;
    std::vector<OutputRow> m_constrained;
    std::string m_firstFault;
    size_t m_total = 0;
    size_t m_done = 0;
};

// False for free, true for constrained.
std::vector<bool> modesOf(const RunSpec& spec) {
    if (spec.decoding == "both")
        return {false, true};
    return {spec.decoding == "constrained"};
}

} // namespace

Result<RunOutcome> runGenerate(const Run& run) {
    return runGenerateWithin(run, memoryForTensors);
}

Result<RunOutcome> runGenerateWithin(const Run& run, const MemoryOf& memory) {
    CW_TRY_ASSIGN(loaded, loadModel(run));
    if (run.spec.weights == "int4" && !loaded.transformer.device().is_cpu())
        return Error{ErrorCode::Unsupported, "Weights of four bits are decoded on a processor only, and this run has a GPU.",
                     "Set \"weights\" to as_loaded."};
    CW_TRY_ASSIGN(taxonomy, readTaxonomy(run));
    CW_TRY_ASSIGN(model, modelOf(run, loaded));
    CW_TRY_ASSIGN(calibration, calibrationOf(run, model));
    CW_TRY_ASSIGN(rows, readPrompts(run));
    return Generation(run, loaded, taxonomy, std::move(model), std::move(calibration), memory).perform(std::move(rows), modesOf(run.spec));
}

} // namespace cw
