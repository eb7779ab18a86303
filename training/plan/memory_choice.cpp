// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "training/plan/memory_choice.h"

#include "training/data/row_order.h"
#include "training/recipes/failure.h"
#include "training/recipes/step.h"

#include <algorithm>
#include <cstdio>
#include <functional>
#include <numeric>

namespace cw {

namespace {

constexpr std::int64_t kFewTokens = 2048;  // of a pass
constexpr std::int64_t kMostRows = 1024;   // of a pass, as the specification allows
constexpr std::int64_t kMostSteps = 20000; // that are gone through; more are like these
constexpr std::array kLevels = {Checkpointing::None, Checkpointing::Cheap, Checkpointing::Attention,
                                Checkpointing::Full};

std::int64_t stepsToSee(const TrainingLoad& load) {
    return std::min(load.steps, kMostSteps);
}

template <typename Take> void forEachStep(const TrainingLoad& load, Take take) {
    RowOrder order(static_cast<std::int64_t>(load.rows.size()), load.rowsPerStep, RowOrder::Kind::Shuffled, load.seed);
    for (std::int64_t step = 0; step < stepsToSee(load); ++step)
        take(order.next());
}

PassSize together(const TrainingLoad& load, const std::vector<size_t>& rows) {
    PassSize pass;
    for (const size_t row : rows)
        pass += load.rows[row];
    return pass;
}

std::int64_t longestOf(const PassSize& row) {
    return *std::ranges::max_element(row.lengths);
}

// Keeps what nothing else in the list is at least as large as.
void addIfLarge(std::vector<PassSize>& passes, const PassSize& pass) {
    const auto covers = [](const PassSize& a, const PassSize& b) {
        return a.tokens() >= b.tokens() && a.labelled >= b.labelled;
    };
    if (std::ranges::any_of(passes, [&](const PassSize& other) { return covers(other, pass); }))
        return;
    std::erase_if(passes, [&](const PassSize& other) { return covers(pass, other); });
    passes.push_back(pass);
}

// Row numbers, the longest first.
std::vector<size_t> byLength(const TrainingLoad& load) {
    std::vector<size_t> rows(load.rows.size());
    std::iota(rows.begin(), rows.end(), size_t{0});
    std::ranges::stable_sort(rows, [&](size_t a, size_t b) { return load.rows[a].tokens() > load.rows[b].tokens(); });
    return rows;
}

class Chooser {
public:
    explicit Chooser(const TrainingLoad& load) : m_load(load), m_longest(byLength(load)) {}

    Result<MemoryChoice> choose() {
        const std::int64_t most = mostRows();
        const std::int64_t few = first(1, most, [&](std::int64_t rows) { return tokensOf(rows) >= kFewTokens; });
        for (const auto& [low, high] : {std::pair{few, most}, std::pair{std::int64_t{1}, few}})
            for (const Checkpointing level : levels())
                if (const std::int64_t rows = mostThatFit(level, low, high); rows > 0)
                    return chosen(level, rows);
        return tooLarge();
    }

private:
    std::vector<Checkpointing> levels() const {
        return m_load.checkpointing ? std::vector{*m_load.checkpointing}
                                    : std::vector(kLevels.begin(), kLevels.end());
    }

    // So that each process has rows of a step.
    std::int64_t mostRows() const {
        return std::min(m_load.rowsPerPass, (m_load.rowsPerStep + m_load.processes - 1) / m_load.processes);
    }

    // The first number from low on for which `is` holds, or high.
    static std::int64_t first(std::int64_t low, std::int64_t high, const std::function<bool(std::int64_t)>& is) {
        while (low < high) {
            const std::int64_t middle = low + (high - low) / 2;
            if (is(middle))
                high = middle;
            else
                low = middle + 1;
        }
        return low;
    }

    // From low to high rows a pass; 0: not even low.
    std::int64_t mostThatFit(Checkpointing level, std::int64_t low, std::int64_t high) {
        const auto isTooMuch = [&](std::int64_t rows) { return peakOf(level, rows).plan.peakBytes > m_load.bytes; };
        const std::int64_t tooMany = first(low, high + 1, isTooMuch);
        return tooMany == low ? 0 : tooMany - 1;
    }

    const StepPasses& passes(std::int64_t rowsPerPass) {
        const auto found = m_passes.find(rowsPerPass);
        return found != m_passes.end() ? found->second
                                       : m_passes.emplace(rowsPerPass, largestPasses(m_load, rowsPerPass)).first->second;
    }

    std::int64_t tokensOf(std::int64_t rowsPerPass) {
        std::int64_t most = 0;
        for (const auto* list : {&passes(rowsPerPass).first, &passes(rowsPerPass).later})
            for (const PassSize& pass : *list)
                most = std::max(most, pass.tokens());
        return most;
    }

    struct Peak {
        PassSize pass;
        MemoryPlan plan;
    };

    void raise(Peak& peak, const PassSize& pass, const MemoryPlan& plan) const {
        if (plan.peakBytes > peak.plan.peakBytes)
            peak = {pass, plan};
    }

    MemoryRequest requestOf(Checkpointing level, const PassSize& pass, bool isFirst) const {
        MemoryRequest request = m_load.request;
        request.checkpointing = level;
        request.pass = pass;
        request.isFirstPass = isFirst;
        return request;
    }

    // The longest rows in one pass: passes without gradients sort all rows by length.
    PassSize longest(std::int64_t rows) const {
        const auto count = std::min(static_cast<size_t>(rows), m_longest.size());
        return together(m_load, {m_longest.begin(), m_longest.begin() + static_cast<std::ptrdiff_t>(count)});
    }

    Peak peakOf(Checkpointing level, std::int64_t rowsPerPass) {
        Peak peak;
        for (const PassSize& pass : passes(rowsPerPass).first)
            raise(peak, pass, planMemory(requestOf(level, pass, true)));
        for (const PassSize& pass : passes(rowsPerPass).later)
            raise(peak, pass, planMemory(requestOf(level, pass, false)));
        for (const MemoryPlan& other : {referencePlan(level, rowsPerPass), validationPlan()})
            if (other.peakBytes > peak.plan.peakBytes)
                peak.plan = other;
        return peak;
    }

    MemoryPlan referencePlan(Checkpointing level, std::int64_t rowsPerPass) const {
        return m_load.request.isPairs ? planValidation(requestOf(level, longest(rowsPerPass), true)) : MemoryPlan{};
    }

    // Of what happens between steps, which knows neither levels nor rows a pass.
    const MemoryPlan& validationPlan() {
        if (m_validation)
            return *m_validation;
        m_validation.emplace();
        const std::vector<PassSize>& rows = m_load.validation.rows;
        if (const auto largest = std::ranges::max_element(rows, {}, &PassSize::tokens); largest != rows.end())
            m_validation = planValidation(requestOf(Checkpointing::Full, *largest, true));
        if (m_load.validation.windows > 0)
            if (const MemoryPlan answers = answering(); answers.peakBytes > m_validation->peakBytes)
                m_validation = answers;
        return *m_validation;
    }

    MemoryPlan answering() const {
        return planAnswering(m_load.request, m_load.validation.slots, m_load.validation.capacity);
    }

    MemoryChoice chosen(Checkpointing level, std::int64_t rows) {
        Peak peak = peakOf(level, rows);
        const auto isTooMuch = [&](std::int64_t count) {
            return planMemory(requestOf(level, longest(count), true)).peakBytes > m_load.bytes;
        };
        const std::int64_t all = std::min(kMostRows, static_cast<std::int64_t>(m_longest.size()));
        return {level, rows, std::move(peak.pass), peak.plan, std::max(rows, first(1, all + 1, isTooMuch) - 1)};
    }

    Error tooLarge() {
        if (m_load.validation.windows > 0 && answering().peakBytes > m_load.bytes)
            return answersTooLarge();
        const Checkpointing level = levels().back();
        const MemoryPlan plan = peakOf(level, 1).plan;
        const auto part = [&](MemoryUse use) { return memoryText(plan.parts[static_cast<size_t>(use)]); };
        const std::string how = level == Checkpointing::Full ? "even if everything is computed again"
                                                             : "with checkpointing \"" + std::string(toString(level)) + "\"";
        return tagged(failure::kOutOfMemory,
                      {ErrorCode::Failed,
                       "Training one row of " + std::to_string(longestOf(m_load.rows[m_longest.front()])) + " tokens needs " +
                           memoryText(plan.peakBytes) + " " + how + ", but " + memoryText(m_load.bytes) +
                           " are free: weights " + part(MemoryUse::Weights) + ", adapter with its optimiser " +
                           memoryText(plan.parts[static_cast<size_t>(MemoryUse::Adapter)] +
                                      plan.parts[static_cast<size_t>(MemoryUse::Gradients)] +
                                      plan.parts[static_cast<size_t>(MemoryUse::Optimiser)]) +
                           ", the pass itself the rest.",
                       level == Checkpointing::Full
                           ? "Make the windows smaller (max_length), lower the rank, or take a smaller model or a larger machine."
                           : "Set checkpointing to auto or full, or make the windows smaller (max_length)."});
    }

    Error answersTooLarge() const {
        return tagged(failure::kOutOfMemory,
                      {ErrorCode::Failed,
                       (m_load.validation.slots == 1
                            ? std::string("Answering a validation window")
                            : "Answering " + std::to_string(m_load.validation.slots) + " validation windows side by side") +
                           " of up to " + std::to_string(m_load.validation.capacity) + " tokens, the answer included, needs " +
                           memoryText(answering().peakBytes) + ", but " + memoryText(m_load.bytes) + " are free.",
                       "Set score_rows to 0, or make the windows smaller (max_length)."});
    }

    const TrainingLoad& m_load;
    std::optional<MemoryPlan> m_validation;
    std::vector<size_t> m_longest;
    std::map<std::int64_t, StepPasses> m_passes; // by rows a pass
};

} // namespace

Result<MemoryChoice> chooseMemory(const TrainingLoad& load) {
    return Chooser(load).choose();
}

StepPasses largestPasses(const TrainingLoad& load, std::int64_t rowsPerPass) {
    StepPasses largest;
    const auto lengthOf = [&](size_t row) { return longestOf(load.rows[row]); };
    forEachStep(load, [&](const std::vector<size_t>& rows) {
        for (const StepPass& pass : stepPasses(rows, {.rowsPerPass = rowsPerPass}, lengthOf))
            addIfLarge(pass.number < load.processes ? largest.first : largest.later, together(load, pass.rows));
    });
    return largest;
}

Workload workOf(const TrainingLoad& load) {
    Workload work;
    forEachStep(load, [&](const std::vector<size_t>& rows) {
        for (const size_t row : rows) {
            for (const std::int64_t length : load.rows[row].lengths)
                work.add(length, 0, load.request.config.slidingWindow);
            work.labelled += static_cast<double>(load.rows[row].labelled);
        }
    });
    const double all = static_cast<double>(load.steps) / static_cast<double>(std::max<std::int64_t>(1, stepsToSee(load)));
    return {all * work.tokens, all * work.labelled, all * work.attended};
}

std::string memoryText(std::int64_t bytes) {
    std::array<char, 40> text;
    if (bytes < 1'000'000'000)
        std::snprintf(text.data(), text.size(), "%.0f MB", std::max(1.0, static_cast<double>(bytes) / 1e6));
    else
        std::snprintf(text.data(), text.size(), "%.1f GB", static_cast<double>(bytes) / 1e9);
    return text.data();
}

} // namespace cw
