// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "training/recipes/validation.h"

#include "core/eval/evaluation.h"
#include "training/generate/decoder.h"
#include "training/generate/free_writer.h"
#include "training/generate/model_source.h"
#include "training/recipes/kept_reference.h"
#include "training/recipes/sft_step.h"

#include <algorithm>

namespace cw {

namespace {

constexpr std::int64_t kRowsPerPass = 1; // so that a look at the validation side takes less memory than training does

double share(std::int64_t part, std::int64_t whole) {
    return whole == 0 ? 0 : static_cast<double>(part) / static_cast<double>(whole);
}

std::vector<OtherGold> othersThan(const std::string& key, const Answer& gold) {
    std::vector<OtherGold> others;
    for (const AnswerCell& cell : gold.cells)
        if (cell.key != key && cell.finding)
            others.push_back({cell.key, &*cell.finding});
    return others;
}

PredictedCell predictionOf(const std::string& key, const Assessment& assessment, bool ended) {
    const AnswerCell* cell = assessment.level >= Validity::V2 ? assessment.answer->find(key) : nullptr;
    const auto& invalid = assessment.invalidKeys;
    if (!cell || std::find(invalid.begin(), invalid.end(), key) != invalid.end())
        return {.invalid = true, .truncated = !ended, .finding = {}, .quoteFound = {}};
    return {.invalid = false, .truncated = false, .finding = cell->finding, .quoteFound = {}};
}

} // namespace

struct Validation::Answers {
    std::int64_t count = 0;
    std::int64_t valid = 0;
    std::int64_t ended = 0;
    Tally cells;

    void add(const ValidationWindow& window, const std::string& output, bool hasEnded, const Taxonomy& taxonomy) {
        const Assessment assessment = assess(output, window.request, taxonomy, hasEnded);
        ++count;
        valid += assessment.level >= Validity::V3 ? 1 : 0;
        ended += hasEnded ? 1 : 0;
        for (const AnswerCell& cell : window.gold.cells)
            if (const ClauseType* type = taxonomy.find(cell.key))
                cells.add(scoreCell(*type, cell.finding, predictionOf(cell.key, assessment, hasEnded), Rules::Strict,
                                    othersThan(cell.key, window.gold))
                              .outcome,
                          !cell.finding);
    }
};

// Without a validation side nothing but the training loss is known.
Result<std::optional<Validation>> Validation::none(const Run& run) {
    if (run.spec.score != "loss")
        return Error{ErrorCode::BadUsage, "The score " + run.spec.score + " needs validation rows, and there are none.",
                     "Make a split with a validation side, or choose the score loss."};
    return std::optional<Validation>();
}

Validation::Validation(const Run& run, const LoadedModel& loaded)
    : m_run(&run), m_loaded(&loaded), m_preference(preferenceSettings(run.spec)) {}

Result<std::optional<Validation>> Validation::read(const Run& run, const LoadedModel& loaded) {
    std::error_code ignored;
    if (!std::filesystem::exists(run.folder.validation(), ignored))
        return none(run);
    Validation validation(run, loaded);
    CW_TRY_ASSIGN(leftOut, validation.readRows(run));
    if (!leftOut.empty())
        CW_TRY(run.note(std::to_string(leftOut.size()) + " validation rows are left out. The first: " + leftOut.front().contract + ": " +
                        leftOut.front().reason));
    if (validation.isEmpty())
        return none(run);
    CW_TRY_ASSIGN(windows, chooseWindows(run.folder, run.spec, loaded.chat, loaded.maxLength));
    validation.m_windows = std::move(windows);
    CW_TRY(validation.tellUnusable(run));
    if (run.spec.score != "loss" && validation.windows() == 0)
        return Error{ErrorCode::BadUsage, "The score " + run.spec.score + " needs answers to validation windows.",
                     run.spec.scoreRows > 0 ? "No window has room for an answer and a canonical one to score it by: "
                                              "make the windows smaller, or choose the score loss."
                                            : "Set score_rows to 20, say, or choose the score loss."};
    return std::optional(std::move(validation));
}

Result<std::vector<LeftOutRow>> Validation::readRows(const Run& run) {
    if (run.spec.kind == RunKind::Dpo) {
        CW_TRY_ASSIGN(rows, readPreferenceExamples(run.folder.validation(), m_loaded->chat, m_loaded->maxLength));
        m_pairs = std::move(rows.pairs);
        return std::move(rows.leftOut);
    }
    CW_TRY_ASSIGN(rows, readChatExamples(run.folder.validation(), m_loaded->chat, m_loaded->maxLength));
    m_examples = std::move(rows.examples);
    return std::move(rows.leftOut);
}

Status Validation::tellUnusable(const Run& run) const {
    if (m_windows.unusable == 0)
        return {};
    return run.note(std::to_string(m_windows.unusable) + " of " + std::to_string(m_windows.rows) +
                    " validation windows are never answered: there is no room for an answer of " + std::to_string(m_windows.budget) +
                    " tokens, or their own answer is not a canonical one.");
}

ValidationLoad Validation::load() const {
    return validationLoad(m_pairs.empty() ? passSizes(m_examples) : passSizes(m_pairs), m_windows);
}

Result<std::optional<Validation::Answers>> Validation::answer(const Adapter& adapter,
                                                              const std::function<bool()>& shouldStop) const {
    TokenIds stops = m_loaded->tokenizer->stopIds();
    stops.push_back(m_loaded->chat.endId());
    Answers answers;
    const std::vector<ValidationWindow>& windows = m_windows.chosen;
    size_t given = 0;
    DecodeQueue queue;
    queue.next = [&]() -> Result<std::optional<DecodeJob>> {
        if (given == windows.size())
            return std::optional<DecodeJob>();
        const size_t index = given++;
        auto writer = std::make_unique<FreeWriter>(FreeSettings{
            .vocabSize = m_loaded->tokenizer->vocabSize(), .maxNewTokens = m_windows.budget, .stops = stops});
        return std::optional(DecodeJob{index, windows[index].prompt, std::move(writer)});
    };
    queue.done = [&](const DecodeJob& job) -> Status {
        answers.add(windows[job.id], m_loaded->tokenizer->decode(job.writer->tokens()), job.writer->isComplete(),
                    *m_windows.taxonomy);
        return {};
    };
    queue.shouldStop = shouldStop;
    const ServingModel model(m_loaded->transformer, &adapter, ServingForm::AsLoaded);
    ModelSource source(model, m_windows.slots(), m_windows.capacity(), static_cast<int>(m_loaded->compute.threads));
    CW_TRY_ASSIGN(finished, Decoder(source).run(queue, m_windows.slots()));
    return finished ? std::optional(answers) : std::nullopt;
}

Result<std::optional<ValidationScores>> Validation::losses(const Adapter& adapter, std::int64_t step,
                                                           const std::function<bool()>& shouldStop) {
    const GoesOn goesOn = [&](size_t) { return !shouldStop(); };
    if (!m_pairs.empty())
        return pairLosses(adapter, step, goesOn);
    const auto loss = sftLoss(m_loaded->transformer, &adapter, m_examples, kRowsPerPass, goesOn);
    return loss ? std::optional(ValidationScores{.step = step, .loss = *loss}) : std::nullopt;
}

Result<std::optional<ValidationScores>> Validation::pairLosses(const Adapter& adapter, std::int64_t step, const GoesOn& goesOn) {
    if (!m_reference) {
        CW_TRY_ASSIGN(reference, keptReference(*m_run, *m_loaded, m_pairs, kRowsPerPass, goesOn));
        m_reference = std::move(reference);
    }
    if (!m_reference)
        return std::optional<ValidationScores>();
    auto outcome = dpoScores(m_loaded->transformer, adapter, m_pairs, *m_reference, kRowsPerPass, m_preference, goesOn);
    return outcome ? std::optional(ValidationScores{.step = step, .loss = outcome->loss, .measures = std::move(outcome->measures)})
                   : std::nullopt;
}

Result<std::optional<ValidationScores>> Validation::measure(const Adapter& adapter, std::int64_t step,
                                                            const std::function<bool()>& shouldStop) {
    if (shouldStop())
        return std::optional<ValidationScores>();
    CW_TRY_ASSIGN(scores, losses(adapter, step, shouldStop));
    if (!scores || m_windows.chosen.empty())
        return scores;
    CW_TRY_ASSIGN(answers, answer(adapter, shouldStop));
    if (!answers)
        return std::optional<ValidationScores>();
    scores->validJson = share(answers->valid, answers->count);
    scores->ended = share(answers->ended, answers->count);
    scores->cellAccuracy = answers->cells.accuracy();
    scores->f1 = answers->cells.f1();
    return scores;
}

} // namespace cw
