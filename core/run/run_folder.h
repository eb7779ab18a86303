// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// A run's folder: its paths, its sign of life, its state, and the tail of its events. The folder alone is enough to read, plot and repeat
// the run. Any thread; one object a thread.
//
//   spec.json            what was asked                    data/train.jsonl, validation.jsonl   ChatRow      (sft)
//   events.jsonl         what happened                     data/train.jsonl                     PreferenceRow (dpo)
//   lock                 held by flock while alive         data/prompts.jsonl                   ChatRow without answer (generate, evaluate)
//   stop                 asks the worker to end            data/gold.jsonl, data/texts/<id>.txt GoldRow (evaluate, generate)
//   DONE FAILED STOPPED  the end; FAILED holds the error   data/taxonomy.json, manifest.json, clusters.json
//   outputs/adapter/     PEFT adapter (sft, dpo, sweep)    outputs/predictions.jsonl            OutputRow (generate, evaluate)
//   checkpoints/step-<n> to go on from                     environment.json                     machine, versions, threads
//   plan.json            RunPlan, made beforehand          preflight.jsonl                      PreflightRow a contract
//   trials/<n>/          of a sweep: adapter, checkpoints   reopened                            a worker was asked to go on with the run
//   dataset.json         how the data was chosen: split, side, windows, clause types
#pragma once

#include "core/base/clock.h"
#include "core/base/ids.h"
#include "core/base/result.h"
#include "core/run/run_event.h"
#include "core/run/run_spec.h"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace cw {

enum class RunState { Waiting, Running, Done, Failed, Stopped, Lost }; // Lost: no end mark and nobody holds the lock

std::string_view toString(RunState state);
bool isAlive(RunState state); // it waits for its worker, or has one

class RunFolder {
public:
    explicit RunFolder(std::filesystem::path root) : m_root(std::move(root)) {}

    const std::filesystem::path& root() const { return m_root; }
    RunId id() const { return RunId(m_root.filename().string()); }
    std::filesystem::path spec() const { return m_root / "spec.json"; }
    std::filesystem::path events() const { return m_root / "events.jsonl"; }
    std::filesystem::path lock() const { return m_root / "lock"; }
    std::filesystem::path lost() const { return data() / "lost.txt"; } // quotes that no window holds: "contract: clause [a,b]"
    std::filesystem::path stop() const { return m_root / "stop"; }
    std::filesystem::path data() const { return m_root / "data"; }
    std::filesystem::path train() const { return data() / "train.jsonl"; }
    std::filesystem::path validation() const { return data() / "validation.jsonl"; }
    std::filesystem::path prompts() const { return data() / "prompts.jsonl"; }
    std::filesystem::path gold() const { return data() / "gold.jsonl"; }
    std::filesystem::path text(const ContractId& id) const { return data() / "texts" / (id.value + ".txt"); }
    std::filesystem::path taxonomy() const { return data() / "taxonomy.json"; }
    std::filesystem::path manifest() const { return data() / "manifest.json"; }
    std::filesystem::path adapter() const { return m_root / "outputs" / "adapter"; }
    std::filesystem::path predictions() const { return m_root / "outputs" / "predictions.jsonl"; }
    std::filesystem::path checkpoints() const { return m_root / "checkpoints"; }
    std::filesystem::path environment() const { return m_root / "environment.json"; }
    std::filesystem::path plan() const { return m_root / "plan.json"; }
    std::filesystem::path preflight() const { return m_root / "preflight.jsonl"; }
    std::filesystem::path reopened() const { return m_root / "reopened"; }
    std::filesystem::path dataset() const { return m_root / "dataset.json"; }
    std::filesystem::path trial(std::int64_t number) const { return m_root / "trials" / std::to_string(number); }
    std::filesystem::path endMark(RunState state) const; // DONE, FAILED, STOPPED

    // Makes the folder with its spec. Fails if it is there already.
    static Result<RunFolder> create(const std::filesystem::path& runs, const RunSpec& spec, const Clock& clock);

    Result<RunSpec> readSpec() const;
    // From the end marks and the lock; a pid proves nothing. Waiting: no event yet, or none since the run was reopened, and nobody holds the
    // lock, for at most three minutes.
    RunState state(const Clock& clock) const;
    Status requestStop() const;
    bool stopRequested() const;
    // Takes the end mark and the wish to stop away, so that a worker may go on with a run that was stopped, failed or was lost. The run
    // then waits for that worker.
    Status reopen() const;
    // Writes manifest.json: name, bytes and SHA-256 of every file in data/. Returns the manifest's own hash: the dataset's hash.
    Result<std::string> writeManifest() const;

private:
    std::filesystem::path m_root;
};

// The worker's sign of life: holds the folder's flock until it is destroyed. Fails if another process holds it.
class RunLock {
public:
    static Result<RunLock> acquire(const RunFolder& folder);
    RunLock(RunLock&& other) noexcept;
    RunLock& operator=(RunLock&&) = delete;
    ~RunLock();

private:
    explicit RunLock(int descriptor) : m_descriptor(descriptor) {}
    int m_descriptor = -1;
};

// Reads the events of a folder as they come: whole lines only, from where it stopped before.
class EventTail {
public:
    explicit EventTail(std::filesystem::path file, std::uintmax_t offset = 0) : m_file(std::move(file)), m_offset(offset) {}
    std::vector<RunEvent> poll();
    std::uintmax_t offset() const { return m_offset; }

private:
    std::filesystem::path m_file;
    std::uintmax_t m_offset;
};

// The writing side, used by the worker: numbers the events, stamps the time, one write a line.
class EventLog {
public:
    EventLog(const RunFolder& folder, const Clock& clock);
    // Give kind, numbers and texts; seq and time are set here. `durable` adds an fsync (checkpoints, the end).
    Status write(RunEvent event, bool durable = false);

private:
    std::filesystem::path m_file;
    const Clock& m_clock;
    std::uint64_t m_next = 1;
};

} // namespace cw
