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

size_t bytesOf(const std::optional<Finding>& finding) {
    size_t bytes = 0;
    for (const std::string& quote : finding ? finding->quotes : std::vector<std::string>())
        bytes += sizeof(quote) + quote.size();
    return bytes;
}

// What a scored run has much of: texts, outputs, gold and cells.
size_t bytesOf(const ScoredRun& run) {
    size_t bytes = 0;
    for (const auto& [contract, text] : run.texts)
        bytes += text.size();
    for (const OutputRow& row : run.outputs)
        bytes += sizeof(row) + row.output.size() + row.meta.request.keys.size() * sizeof(std::string);
    for (const GoldRow& row : run.gold)
        for (const AnswerCell& cell : row.answer.cells)
            bytes += sizeof(cell) + sizeof(std::string) + bytesOf(cell.finding);
    for (const auto& [mode, evaluation] : run.byMode)
        for (const ScoredCell& cell : evaluation.cells)
            bytes += sizeof(cell) + bytesOf(cell.gold) + bytesOf(cell.predicted) + (cell.goldRanges.size() + cell.predictedRanges.size()) * sizeof(ByteRange);
    return bytes;
}

Result<std::shared_ptr<const KeptRun>> readRun(const RunFolder& folder) {
    CW_TRY_ASSIGN(scored, scoreRun(folder));
    CW_TRY_ASSIGN(gold, readFile(folder.gold()));
    const size_t bytes = bytesOf(*scored);
    return std::shared_ptr<const KeptRun>(std::make_shared<KeptRun>(KeptRun{std::move(scored), sha256Hex(gold), keyOf(folder), bytes}));
}

} // namespace

const Evaluation* KeptRun::evaluation(const std::string& mode) const {
    const auto found = scored->byMode.find(mode);
    return found == scored->byMode.end() ? nullptr : &found->second;
}

template <typename T, typename Job>
void EvaluationCache::get(Shelf<T>& shelf, IsFull<T> isFull, const std::string& key, Job job, Done<T> done) {
    const auto kept = std::find_if(shelf.entries.begin(), shelf.entries.end(), [&key](const auto& entry) { return entry.first == key; });
    if (kept != shelf.entries.end()) {
        shelf.entries.splice(shelf.entries.begin(), shelf.entries, kept);
        return done(shelf.entries.front().second);
    }
    std::vector<Done<T>>& waiting = shelf.waiting[key];
    waiting.push_back(std::move(done));
    if (waiting.size() > 1)
        return;
    inBackground(this, std::move(job), [this, &shelf, isFull, key, age = m_age](Result<std::shared_ptr<const T>> made) {
        if (age != m_age)
            return;
        if (made)
            shelf.entries.emplace_front(key, *made);
        while (shelf.entries.size() > 1 && (this->*isFull)(shelf))
            shelf.entries.pop_back();
        for (const Done<T>& done : std::exchange(shelf.waiting[key], {}))
            done(made);
    });
}

bool EvaluationCache::isFullOfRuns(const Shelf<KeptRun>& shelf) const {
    size_t bytes = 0;
    for (const auto& [key, run] : shelf.entries)
        bytes += run->bytes;
    return bytes > m_mostBytes;
}

void EvaluationCache::run(const RunFolder& folder, Done<KeptRun> done) {
    get<KeptRun>(m_runs, &EvaluationCache::isFullOfRuns, keyOf(folder), [folder] { return readRun(folder); }, std::move(done));
}

void EvaluationCache::figures(const ShownPair& pair, Done<ScoreFigures> done) {
    get<ScoreFigures>(
        m_figures, &EvaluationCache::isFullOfFigures, keyOf(pair),
        [pair]() -> Result<std::shared_ptr<const ScoreFigures>> {
            return std::shared_ptr<const ScoreFigures>(std::make_shared<ScoreFigures>(scoreFigures(*pair.evaluation(), pair.rules, pair.other())));
        },
        std::move(done));
}

void EvaluationCache::slices(const ShownPair& pair, Done<SliceReport> done) {
    ShownPair alone = pair;
    alone.pinned.reset();
    get<SliceReport>(
        m_slices, &EvaluationCache::isFullOfSlices, keyOf(alone),
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
