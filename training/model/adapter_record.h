// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// clausewright.json in an adapter's folder: what PEFT's files have no place for. Plain data; any thread.
#pragma once

#include "training/model/adapter_origin.h"
#include "training/model/lora.h"

#include <filesystem>
#include <map>
#include <optional>

namespace cw {

// The trained part of an adapter that also has a frozen part (LoraPair::frozenRank). PEFT's files tell the sum of both.
struct FrozenParts {
    std::int64_t rank = 0; // LoraSettings::rank and alpha
    double alpha = 0;
    std::map<Projection, std::int64_t> ranks; // frozen, of each projection that has such a part
    friend bool operator==(const FrozenParts&, const FrozenParts&) = default;
};

struct AdapterRecord {
    std::optional<AdapterOrigin> origin;
    std::optional<FrozenParts> frozen;
};

// An empty record where the folder has no such file: the adapter was made elsewhere.
Result<AdapterRecord> readRecord(const std::filesystem::path& adapterFolder);

// An empty record takes an older file away.
Status writeRecord(const std::filesystem::path& adapterFolder, const AdapterRecord& record);

} // namespace cw
