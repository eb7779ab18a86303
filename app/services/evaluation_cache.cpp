// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "app/services/evaluation_cache.h"

#include "app/services/background.h"
#include "app/services/run_calibration.h"
#include "core/base/file.h"
#include "core/base/hash.h"
#include "core/eval/calibration_file.h"

#include <algorithm>
#include <utility>

namespace cw {

namespace {

std::string stateOf(const std::filesystem::path& file) {
    std::error_code missing;
    const auto bytes = std::filesystem::file_size(file, missing);
    const auto written = std::filesystem::last_write_time(file, missing);
    return '|' + std::to_string(bytes) + '|' + std::to_string(written.time_since_epoch().count());
}

// Where the run lies and how its outputs were when they were read: a run that went on meanwhile is another one, and so is one whose adapter
// was calibrated.
std::string keyOf(const RunFolder& folder) {
    const auto spec = folder.readSpec();
    const std::string calibration = spec ? stateOf(adapterOf(folder, *spec) / kCalibrationFile) : std::string();
    return folder.root().string() + stateOf(folder.predictions()) + calibration;
}

std::string keyOf(const ShownPair& pair) {
    return pair.shown->key + '|' + (pair.pinned ? pair.pinned->key : "") + '|' + pair.mode + (pair.rules == Rules::Strict ? "|strict" : "|compat");
}

Result<std::shared_ptr<const KeptRun>> readRun(const RunFolder& folder) {
    CW_TRY_ASSIGN(scored, scoreRun(folder));
    CW_TRY_ASSIGN(gold, readFile(folder.gold()));
    return std::shared_ptr<const KeptRun>(std::make_shared<KeptRun>(KeptRun{std::move(scored), sha256Hex(gold), keyOf(folder)}));
}

} // namespace

const Evaluation* KeptRun::evaluation(const std::string& mode) const {
    const auto found = scored->byMode.find(mode);
    return found == scored->byMode.end() ? nullptr : &found->second;
}

template <typename T, typename Job>
void EvaluationCache::get(Shelf<T>& shelf, size_t most, const std::string& key, Job job, Done<T> done) {
    const auto kept = std::find_if(shelf.entries.begin(), shelf.entries.end(), [&key](const auto& entry) { return entry.first == key; });
    if (kept != shelf.entries.end()) {
        shelf.entries.splice(shelf.entries.begin(), shelf.entries, kept);
        return done(shelf.entries.front().second);
    }
    std::vector<Done<T>>& waiting = shelf.waiting[key];
    waiting.push_back(std::move(done));
    if (waiting.size() > 1)
        return;
    inBackground(this, std::move(job), [this, &shelf, most, key, age = m_age](Result<std::shared_ptr<const T>> made) {
        if (age != m_age)
            return;
        if (made)
            shelf.entries.emplace_front(key, *made);
        if (shelf.entries.size() > most)
            shelf.entries.pop_back();
        for (const Done<T>& done : std::exchange(shelf.waiting[key], {}))
            done(made);
    });
}

void EvaluationCache::run(const RunFolder& folder, Done<KeptRun> done) {
    get<KeptRun>(m_runs, kRuns, keyOf(folder), [folder] { return readRun(folder); }, std::move(done));
}

void EvaluationCache::figures(const ShownPair& pair, Done<ScoreFigures> done) {
    get<ScoreFigures>(
        m_figures, kFigures, keyOf(pair),
        [pair]() -> Result<std::shared_ptr<const ScoreFigures>> {
            return std::shared_ptr<const ScoreFigures>(std::make_shared<ScoreFigures>(scoreFigures(*pair.evaluation(), pair.rules, pair.other())));
        },
        std::move(done));
}

void EvaluationCache::slices(const ShownPair& pair, Done<SliceReport> done) {
    ShownPair alone = pair;
    alone.pinned.reset();
    get<SliceReport>(
        m_slices, kFigures, keyOf(alone),
        [alone]() -> Result<std::shared_ptr<const SliceReport>> {
            return std::shared_ptr<const SliceReport>(std::make_shared<SliceReport>(sliceReport(*alone.shown->scored, alone.mode, alone.rules)));
        },
        std::move(done));
}

void EvaluationCache::clear() {
    ++m_age;
    m_runs = {};
    m_figures = {};
    m_slices = {};
}

} // namespace cw
