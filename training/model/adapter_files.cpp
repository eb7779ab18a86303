// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "training/model/adapter_files.h"

#include "core/base/file.h"
#include "training/model/adapter_config.h"
#include "training/model/adapter_record.h"
#include "training/model/safetensors.h"

#include <algorithm>

namespace cw {

namespace fs = std::filesystem;

namespace {

constexpr const char* kConfigFile = "adapter_config.json";
constexpr const char* kWeightsFile = "adapter_model.safetensors";

std::string parameterName(size_t layer, Projection projection, char matrix) {
    return "base_model.model." + modulePath(layer, projection) + ".lora_" + matrix + ".weight";
}

Result<AdapterConfig> readConfig(const fs::path& folder) {
    const fs::path file = folder / kConfigFile;
    std::error_code ignored;
    if (!fs::exists(file, ignored))
        return Error{ErrorCode::NotFound, "The adapter folder " + folder.string() + " has no " + kConfigFile + ".",
                     "Choose a folder with an adapter in PEFT form."};
    CW_TRY_ASSIGN(text, readFile(file));
    return adapterConfigFromJson(text, file.string());
}

// The pairs of one weights file, taken one by one.
class PairReader {
public:
    PairReader(const SafetensorsFile& file, fs::path path, const AdapterConfig& adapter, const ModelConfig& model,
               at::Device device)
        : m_file(file), m_path(std::move(path)), m_adapter(adapter), m_model(model), m_device(device) {}

    // A pair that the file doesn't have is absent.
    Result<LoraPair> pair(size_t layer, Projection projection) {
        const std::string path = modulePath(layer, projection);
        const MatrixSize size = sizeOf(projection, m_model);
        const std::int64_t rank = m_adapter.rankOf(path);
        LoraPair pair;
        CW_TRY(take(parameterName(layer, projection, 'A'), {rank, size.in}, pair.a));
        CW_TRY(take(parameterName(layer, projection, 'B'), {size.out, rank}, pair.b));
        if (pair.a.defined() != pair.b.defined())
            return broken("has half a pair for " + std::string(moduleName(projection)) + " of layer " +
                          std::to_string(layer));
        if (pair.isPresent() && !m_adapter.targetsModule(path))
            return broken("has a pair for " + path + ", which its configuration does not name as a target");
        pair.scale = loraScale(m_adapter.alphaOf(path), rank, m_adapter.rankStabilised);
        return pair;
    }

    // To be called after the last pair: everything must have been one.
    Status checkAllTaken() const {
        for (const std::string& name : m_file.names())
            if (std::ranges::find(m_taken, name) == m_taken.end())
                return Error{ErrorCode::BadInput,
                             m_path.string() + " has tensors that belong to no layer of the model, such as \"" + name +
                                 "\".",
                             "Choose the model that the adapter was trained on.", "wrong_base"};
        return m_taken.empty() ? Status(broken("has no tensor")) : Status();
    }

private:
    Error broken(const std::string& what) const {
        return {ErrorCode::BadInput, m_path.string() + " " + what + ".", "Export the adapter again.", "bad_tensors"};
    }

    // Takes A or B of one projection, if the file has it, whatever its floating type.
    Status take(const std::string& name, const MatrixSize& size, at::Tensor& into) {
        if (!m_file.contains(name))
            return {};
        CW_TRY_ASSIGN(tensor, m_file.tensor(name));
        if (tensor.sizes() != c10::IntArrayRef({size.out, size.in}) || !tensor.is_floating_point())
            return Error{ErrorCode::BadInput, "The adapter's tensor \"" + name + "\" doesn't fit the model.",
                         "Choose the model that the adapter was trained on.", "wrong_base"};
        into = tensor.to(m_device, at::kFloat, /*non_blocking=*/false, /*copy=*/true); // the file itself is read-only
        m_taken.push_back(name);
        return {};
    }

    const SafetensorsFile& m_file;
    fs::path m_path;
    const AdapterConfig& m_adapter;
    const ModelConfig& m_model;
    at::Device m_device;
    std::vector<std::string> m_taken;
};

// Settings and pairs say the trained part alone; see FrozenParts.
Status applyFrozen(const fs::path& folder, const FrozenParts& frozen, Adapter& adapter) {
    adapter.settings.rank = frozen.rank;
    adapter.settings.alpha = frozen.alpha;
    for (const auto& [projection, rank] : frozen.ranks) {
        if (const auto own = adapter.settings.ranks.find(projection); own != adapter.settings.ranks.end())
            own->second -= rank;
        adapter.settings.alphas.erase(projection);
        for (auto& layer : adapter.layers) {
            LoraPair& pair = layer[static_cast<size_t>(projection)];
            if (!pair.isPresent() || pair.rank() <= rank)
                return Error{ErrorCode::Corrupt,
                             "The adapter in " + folder.string() +
                                 " doesn't have the frozen part that its clausewright.json tells of.",
                             "Copy the adapter's folder again."};
            pair.frozenRank = rank;
            pair.scale = adapter.settings.scaleOf(projection);
        }
    }
    return {};
}

std::optional<FrozenParts> frozenPartsOf(const Adapter& adapter) {
    FrozenParts frozen{adapter.settings.rank, adapter.settings.alpha, {}};
    for (const auto& layer : adapter.layers)
        for (size_t p = 0; p < kProjections; ++p)
            if (layer[p].frozenRank > 0)
                frozen.ranks[static_cast<Projection>(p)] = layer[p].frozenRank;
    return frozen.ranks.empty() ? std::nullopt : std::optional(std::move(frozen));
}

} // namespace

Result<Adapter> readAdapter(const fs::path& folder, const ModelConfig& config, at::Device device) {
    CW_TRY_ASSIGN(written, readConfig(folder));
    CW_TRY_ASSIGN(record, readRecord(folder));
    CW_TRY_ASSIGN(file, SafetensorsFile::open(folder / kWeightsFile));
    PairReader reader(file, folder / kWeightsFile, written, config, device);
    Adapter adapter;
    adapter.layers.resize(static_cast<size_t>(config.layers));
    for (size_t layer = 0; layer < adapter.layers.size(); ++layer)
        for (size_t p = 0; p < kProjections; ++p) {
            CW_TRY_ASSIGN(pair, reader.pair(layer, static_cast<Projection>(p)));
            adapter.layers[layer][p] = std::move(pair);
        }
    CW_TRY(reader.checkAllTaken());
    adapter.settings = loraSettingsOf(written, adapter);
    if (record.frozen)
        CW_TRY(applyFrozen(folder, *record.frozen, adapter));
    return adapter;
}

std::vector<NamedParameter> namedParameters(const Adapter& adapter) {
    std::vector<NamedParameter> named;
    for (size_t layer = 0; layer < adapter.layers.size(); ++layer)
        for (size_t p = 0; p < kProjections; ++p) {
            const auto projection = static_cast<Projection>(p);
            const LoraPair& pair = adapter.pair(layer, projection);
            if (!pair.isPresent())
                continue;
            named.push_back({parameterName(layer, projection, 'A'), pair.a});
            named.push_back({parameterName(layer, projection, 'B'), pair.b});
        }
    return named;
}

Status writeAdapter(const fs::path& folder, const Adapter& adapter, const std::string& baseModel,
                    const AdapterOrigin* origin) {
    CW_TRY(makeFolder(folder));
    NamedTensors tensors;
    for (const NamedParameter& parameter : namedParameters(adapter))
        tensors.emplace(parameter.name, parameter.tensor);
    CW_TRY(writeSafetensors(folder / kWeightsFile, tensors));
    CW_TRY(writeRecord(folder, {origin ? std::optional(*origin) : std::nullopt, frozenPartsOf(adapter)}));
    // Last: a folder with a configuration is a whole adapter.
    return writeFileAtomically(folder / kConfigFile, toJson(adapterConfigOf(adapter), baseModel));
}

} // namespace cw
