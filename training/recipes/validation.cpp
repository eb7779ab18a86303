// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "training/recipes/validation.h"

#include "core/base/file.h"
#include "core/base/rng.h"
#include "core/eval/evaluation.h"
#include "training/generate/decoder.h"
#include "training/generate/free_writer.h"
#include "training/generate/model_source.h"
#include "training/recipes/sft_step.h"

#include <algorithm>

namespace cw {

namespace {

constexpr std::int64_t kSlots = 4;       // windows that are answered side by side
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

    void add(const Window& window, const std::string& output, bool hasEnded, const Taxonomy& taxonomy) {
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

Result<std::optional<Validation>> Validation::read(const Run& run, const LoadedModel& loaded) {
    std::error_code ignored;
    if (!std::filesystem::exists(run.folder.validation(), ignored))
        return none(run);
    CW_TRY_ASSIGN(rows, readChatExamples(run.folder.validation(), loaded.chat, loaded.maxLength));
    if (!rows.leftOut.empty())
        CW_TRY(run.note(std::to_string(rows.leftOut.size()) + " validation rows are left out. The first: " +
                        rows.leftOut.front().contract + ": " + rows.leftOut.front().reason));
    if (rows.examples.empty())
        return none(run);
    Validation validation(loaded);
    validation.m_examples = std::move(rows.examples);
    if (run.spec.scoreRows > 0)
        CW_TRY(validation.chooseWindows(run));
    if (run.spec.score != "loss" && validation.m_windows.empty())
        return Error{ErrorCode::BadUsage, "The score " + run.spec.score + " needs answers to validation windows.",
                     run.spec.scoreRows > 0 ? "No window has room for an answer and a canonical one to score it by: "
                                              "make the windows smaller, or choose the score loss."
                                            : "Set score_rows to 20, say, or choose the score loss."};
    return std::optional(std::move(validation));
}

// Of all windows that can be asked and scored, as many as wanted: drawn by the seed, so that it is the same ones each time.
Status Validation::chooseWindows(const Run& run) {
    CW_TRY_ASSIGN(json, readFile(run.folder.taxonomy()));
    CW_TRY_ASSIGN(taxonomy, Taxonomy::fromJson(json, run.folder.taxonomy().string()));
    CW_TRY_ASSIGN(rows, readChatRows(run.folder.validation()));
    m_taxonomy = std::move(taxonomy);
    m_budget = std::min(run.spec.maxNewTokens, m_loaded->maxLength / 2);
    for (const ChatRow& row : rows)
        if (auto window = windowOf(row))
            m_windows.push_back(std::move(*window));
    if (m_windows.size() < rows.size())
        CW_TRY(run.note(std::to_string(rows.size() - m_windows.size()) + " of " + std::to_string(rows.size()) +
                        " validation windows are never answered: there is no room for an answer of " +
                        std::to_string(m_budget) + " tokens, or their own answer is not a canonical one."));
    Rng(static_cast<std::uint64_t>(run.spec.seed), "validation windows").shuffle(m_windows);
    if (m_windows.size() > static_cast<size_t>(run.spec.scoreRows))
        m_windows.resize(static_cast<size_t>(run.spec.scoreRows));
    std::stable_sort(m_windows.begin(), m_windows.end(),
                     [](const Window& a, const Window& b) { return a.prompt.size() > b.prompt.size(); });
    return {};
}

// Nothing for a row whose prompt and answer don't fit, or whose own answer isn't a canonical one.
std::optional<Validation::Window> Validation::windowOf(const ChatRow& row) const {
    const auto gold = parseCanonical(row.assistant, row.meta.request, *m_taxonomy);
    if (!gold)
        return std::nullopt;
    Window window{m_loaded->chat.encodePrompt(row.user), row.meta.request, *gold};
    if (static_cast<std::int64_t>(window.prompt.size()) + m_budget > m_loaded->maxLength)
        return std::nullopt;
    return window;
}

Result<std::optional<Validation::Answers>> Validation::answer(const Adapter& adapter,
                                                              const std::function<bool()>& shouldStop) const {
    TokenIds stops = m_loaded->tokenizer->stopIds();
    stops.push_back(m_loaded->chat.endId());
    Answers answers;
    size_t given = 0;
    DecodeQueue queue;
    queue.next = [&]() -> Result<std::optional<DecodeJob>> {
        if (given == m_windows.size())
            return std::optional<DecodeJob>();
        const size_t index = given++;
        auto writer = std::make_unique<FreeWriter>(FreeSettings{
            .vocabSize = m_loaded->tokenizer->vocabSize(), .maxNewTokens = m_budget, .stops = stops});
        return std::optional(DecodeJob{index, m_windows[index].prompt, std::move(writer)});
    };
    queue.done = [&](const DecodeJob& job) -> Status {
        answers.add(m_windows[job.id], m_loaded->tokenizer->decode(job.writer->tokens()), job.writer->isComplete(),
                    *m_taxonomy);
        return {};
    };
    queue.shouldStop = shouldStop;
    const auto slots = std::min(kSlots, static_cast<std::int64_t>(m_windows.size()));
    const auto capacity = static_cast<std::int64_t>(m_windows.front().prompt.size()) + m_budget;
    const ServingModel model(m_loaded->transformer, &adapter, ServingForm::AsLoaded);
    ModelSource source(model, slots, capacity, static_cast<int>(m_loaded->compute.threads));
    CW_TRY_ASSIGN(finished, Decoder(source).run(queue, slots));
    return finished ? std::optional(answers) : std::nullopt;
}

Result<std::optional<ValidationScores>> Validation::measure(const Adapter& adapter, std::int64_t step,
                                                            const std::function<bool()>& shouldStop) const {
    if (shouldStop())
        return std::optional<ValidationScores>();
    ValidationScores scores{.step = step,
                            .loss = sftLoss(m_loaded->transformer, &adapter, m_examples, kRowsPerPass)};
    if (m_windows.empty())
        return std::optional(scores);
    CW_TRY_ASSIGN(answers, answer(adapter, shouldStop));
    if (!answers)
        return std::optional<ValidationScores>();
    scores.validJson = share(answers->valid, answers->count);
    scores.ended = share(answers->ended, answers->count);
    scores.cellAccuracy = answers->cells.accuracy();
    scores.f1 = answers->cells.f1();
    return std::optional(scores);
}

} // namespace cw
