// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "training/recipes/kept_reference.h"

#include "core/base/file.h"
#include "core/base/hash.h"
#include "training/model/safetensors.h"
#include "training/recipes/checked_folder.h"
#include "training/recipes/run_identity.h"

#include <ATen/ops/tensor.h>

namespace cw {

namespace fs = std::filesystem;

namespace {

constexpr const char* kLogProbs = "log_probs.safetensors";
constexpr const char* kChosen = "chosen";
constexpr const char* kRejected = "rejected";

// Behind its length, so that no two lists of lists look alike.
void add(Sha256& hash, const TokenIds& ids) {
    const std::uint64_t length = ids.size();
    hash.update({reinterpret_cast<const char*>(&length), sizeof length});
    hash.update({reinterpret_cast<const char*>(ids.data()), ids.size() * sizeof ids[0]});
}

Result<std::string> hashOf(const Run& run, const LoadedModel& loaded, const std::vector<PreferenceExample>& pairs) {
    CW_TRY_ASSIGN(start, startHash(run, loaded.origin));
    Sha256 hash;
    hash.update(start + " " + loaded.compute.dtypeName() + " " + loaded.compute.deviceName() + "\n");
    for (const PreferenceExample& pair : pairs)
        for (const TokenIds* ids : {&pair.chosen.ids, &pair.chosen.labels, &pair.rejected.ids, &pair.rejected.labels})
            add(hash, *ids);
    return hash.hex();
}

Result<std::vector<double>> numbersOf(const SafetensorsFile& file, const char* name, size_t count) {
    CW_TRY_ASSIGN(tensor, file.tensor(name));
    if (tensor.scalar_type() != at::kDouble || tensor.sizes() != c10::IntArrayRef{static_cast<std::int64_t>(count)})
        return Error{ErrorCode::Corrupt, std::string("The reference's \"") + name + "\" are not one number a pair.", ""};
    const double* numbers = tensor.const_data_ptr<double>();
    return std::vector<double>(numbers, numbers + count);
}

Result<ReferenceLogProbs> read(const fs::path& folder, size_t pairs) {
    CW_TRY(checkFolder(folder));
    CW_TRY_ASSIGN(file, SafetensorsFile::open(folder / kLogProbs));
    CW_TRY_ASSIGN(chosen, numbersOf(file, kChosen, pairs));
    CW_TRY_ASSIGN(rejected, numbersOf(file, kRejected, pairs));
    return ReferenceLogProbs{std::move(chosen), std::move(rejected)};
}

Status write(const fs::path& folder, const ReferenceLogProbs& reference) {
    CW_TRY(makeFolder(folder.parent_path()));
    return writeCheckedFolder(folder, [&](const fs::path& temporary) {
        return writeSafetensors(temporary / kLogProbs, {{kChosen, at::tensor(reference.chosen, at::kDouble)},
                                                        {kRejected, at::tensor(reference.rejected, at::kDouble)}});
    });
}

} // namespace

Result<std::optional<ReferenceLogProbs>> keptReference(const Run& run, const LoadedModel& loaded,
                                                       const std::vector<PreferenceExample>& pairs, std::int64_t rowsPerPass,
                                                       const GoesOn& goesOn) {
    CW_TRY_ASSIGN(hash, hashOf(run, loaded, pairs));
    const fs::path folder = run.checkpoints() / ("reference-" + hash);
    if (auto kept = read(folder, pairs.size()))
        return std::optional(std::move(*kept));
    const Adapter* start = loaded.adapter ? &*loaded.adapter : nullptr; // training has a copy of its own
    auto reference = referenceLogProbs(loaded.transformer, start, pairs, rowsPerPass, goesOn);
    if (reference && run.isLeader())
        CW_TRY(write(folder, *reference));
    return reference;
}

} // namespace cw
