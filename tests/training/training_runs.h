// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Whole training runs on the tiny model: their rows, their folders and what they leave.
#pragma once

#include "core/base/file.h"
#include "core/base/hash.h"
#include "core/dataset/rows.h"
#include "core/run/run_folder.h"
#include "tests/support/paths.h"

#include <QTemporaryDir>
#include <nlohmann/json.hpp>

#include <optional>

namespace cw::test {

inline constexpr int kRows = 20; // stored samples

inline std::vector<nlohmann::json> samples() {
    return nlohmann::json::parse(*readFile(dataFolder() / "golden" / "train" / "sft_curves.json"))["samples"];
}

inline RowMeta metaOf(int row) {
    RowMeta meta;
    meta.contract = ContractId("contract-" + std::to_string(row));
    meta.request.keys = {"parties"};
    return meta;
}

inline std::string sftRows(int from, int to) {
    std::string lines;
    const auto all = samples();
    for (int i = from; i < to; ++i)
        lines += toLine(ChatRow{all[static_cast<size_t>(i)]["prompt"], all[static_cast<size_t>(i)]["answer"],
                                metaOf(i)}) +
                 "\n";
    return lines;
}

inline std::string preferenceRows() {
    std::string lines;
    const auto all = samples();
    for (int i = 0; i < kRows; ++i)
        lines += toLine(PreferenceRow{all[static_cast<size_t>(i)]["prompt"], all[static_cast<size_t>(i)]["answer"],
                                      "They played all day.", metaOf(i)}) +
                 "\n";
    return lines;
}

inline RunSpec specOf(RunKind kind) {
    RunSpec spec = defaultSpec(kind);
    spec.model = (sampleFolder() / "model").string();
    spec.loraRank = 8;
    spec.loraAlpha = 16;
    spec.microBatch = 2;
    spec.accumulation = 2;
    spec.maxSteps = 30;
    spec.learningRate = 5e-3;
    spec.threads = 1; // so that results are the same bits on every machine's count of cores
    return spec;
}

inline std::vector<RunEvent> eventsOf(const RunFolder& folder, const std::string& kind) {
    std::vector<RunEvent> found;
    for (RunEvent& event : EventTail(folder.events()).poll())
        if (event.kind == kind)
            found.push_back(std::move(event));
    return found;
}

// The text of the first note that holds `part`, or empty.
inline std::string noteWith(const RunFolder& folder, const std::string& part) {
    for (const RunEvent& event : eventsOf(folder, "note"))
        if (event.text("text").find(part) != std::string::npos)
            return event.text("text");
    return {};
}

inline bool has(const std::filesystem::path& path) {
    return std::filesystem::exists(path);
}

inline std::string hashOf(const std::filesystem::path& adapter) {
    return *sha256OfFile(adapter / "adapter_model.safetensors");
}

inline nlohmann::json failureOf(const RunFolder& folder) {
    return nlohmann::json::parse(*readFile(folder.endMark(RunState::Failed)));
}

// Makes run folders below a temporary one.
class TrainingRuns {
public:
    RunFolder make(const RunSpec& spec, const std::string& train, const std::string& validation = {}) const {
        auto folder = RunFolder::create(m_root.path().toStdString(), spec, SystemClock());
        const auto taxonomy = readFile(sourceFolder() / "resources" / "taxonomy" / "default.json");
        bool ok = folder.ok() && taxonomy.ok() && writeFileAtomically(folder->train(), train).ok() &&
                  writeFileAtomically(folder->taxonomy(), *taxonomy).ok();
        if (ok && !validation.empty())
            ok = writeFileAtomically(folder->validation(), validation).ok();
        if (!ok || !folder->writeManifest())
            qFatal("The run folder can't be made.");
        return *folder;
    }
    std::filesystem::path root() const { return m_root.path().toStdString(); }

private:
    QTemporaryDir m_root;
};

} // namespace cw::test
