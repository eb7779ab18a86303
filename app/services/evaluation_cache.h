// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Scored runs and what was worked out of them, kept so that another choice on the evaluation page scores nothing twice while the runs fit into
// the memory that they may take. Works in jobs and answers on the GUI thread; GUI thread.
#pragma once

#include "app/services/evaluation_service.h"
#include "app/services/score_figures.h"
#include "app/services/slice_service.h"

#include <QObject>

#include <functional>
#include <list>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace cw {

// A scored run with the hash of the gold that it was scored against.
struct KeptRun {
    std::shared_ptr<const ScoredRun> scored;
    std::string goldHash; // SHA-256
    std::string key;      // other outputs, another key
    size_t bytes = 0;     // of memory, roughly
    const Evaluation* evaluation(const std::string& mode) const; // null: the run has no such mode
};

// What the page shows: a run, perhaps beside a pinned one, under one mode and one set of rules. Both runs are held.
struct ShownPair {
    std::shared_ptr<const KeptRun> shown, pinned; // pinned may be null
    std::string mode = "free";
    Rules rules = Rules::Strict;
    const Evaluation* evaluation() const { return shown ? shown->evaluation(mode) : nullptr; }
    const Evaluation* other() const { return pinned ? pinned->evaluation(mode) : nullptr; }
};

class EvaluationCache : public QObject {
    Q_OBJECT

public:
    template <typename T> using Done = std::function<void(Result<std::shared_ptr<const T>>)>;

    // `mostBytes`: what the kept runs may take together. The latest one stays whatever it takes.
    explicit EvaluationCache(QObject* parent = nullptr, size_t mostBytes = kMostBytes) : QObject(parent), m_mostBytes(mostBytes) {}

    // Each calls `done` at once where it is kept, else when its job has ended; a job that is asked for twice runs once.
    void run(const RunFolder& folder, Done<KeptRun> done);
    void figures(const ShownPair& pair, Done<ScoreFigures> done);
    void slices(const ShownPair& pair, Done<SliceReport> done);
    // Forgets everything; what is still in work answers nobody.
    void clear();

    static constexpr size_t kMostBytes = size_t{512} << 20; // some 25 runs of 150 long contracts, hundreds of short ones
    static constexpr size_t kFigures = 240, kSlices = 24;   // kept, the latest: figures are small

private:
    template <typename T> struct Shelf {
        std::list<std::pair<std::string, std::shared_ptr<const T>>> entries; // the latest first
        std::map<std::string, std::vector<Done<T>>> waiting;
    };
    template <typename T> using IsFull = bool (EvaluationCache::*)(const Shelf<T>& shelf) const;
    template <typename T, typename Job> void get(Shelf<T>& shelf, IsFull<T> isFull, const std::string& key, Job job, Done<T> done);
    bool isFullOfRuns(const Shelf<KeptRun>& shelf) const;
    bool isFullOfFigures(const Shelf<ScoreFigures>& shelf) const { return shelf.entries.size() > kFigures; }
    bool isFullOfSlices(const Shelf<SliceReport>& shelf) const { return shelf.entries.size() > kSlices; }

    size_t m_mostBytes;
    Shelf<KeptRun> m_runs;
    Shelf<ScoreFigures> m_figures;
    Shelf<SliceReport> m_slices;
    int m_age = 0; // raised by clear()
};

} // namespace cw
