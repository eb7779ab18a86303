// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "training/model/adapter_files.h"

#include "core/base/file.h"
#include "training/model/safetensors.h"

#include <nlohmann/json.hpp>

namespace cw {

namespace fs = std::filesystem;
using nlohmann::json;

namespace {

constexpr const char* kConfigFile = "adapter_config.json";
constexpr const char* kWeightsFile = "adapter_model.safetensors";

std::string parameterName(size_t layer, Projection projection, char matrix) {
    return "base_model.model.model.layers." + std::to_string(layer) + "." + std::string(moduleName(projection)) +
           ".lora_" + matrix + ".weight";
}

bool isSet(const json& config, const char* key) {
    if (!config.contains(key))
        return false;
    const json& value = config[key];
    return !value.is_null() && value != false && !((value.is_object() || value.is_array()) && value.empty());
}

// The name of the first thing in the configuration that would change the computation and isn't known here.
std::optional<std::string> unsupportedFeature(const json& config) {
    if (config.value("peft_type", json()) != "LORA")
        return "a peft_type other than LORA";
    if (isSet(config, "bias") && config["bias"] != "none")
        return "trained biases (bias)";
    for (const char* key :
         {"use_dora", "fan_in_fan_out", "rank_pattern", "alpha_pattern", "modules_to_save", "lora_bias",
          "target_parameters", "trainable_token_indices", "alora_invocation_tokens", "use_qalora"})
        if (isSet(config, key))
            return std::string(key);
    return std::nullopt;
}

Result<LoraSettings> readSettings(const fs::path& folder) {
    const fs::path file = folder / kConfigFile;
    std::error_code ignored;
    if (!fs::exists(file, ignored))
        return Error{ErrorCode::NotFound, "The adapter folder " + folder.string() + " has no " + kConfigFile + ".",
                     "Choose a folder with an adapter in PEFT form."};
    CW_TRY_ASSIGN(text, readFile(file));
    const json config = json::parse(text, nullptr, /*allow_exceptions=*/false);
    if (!config.is_object())
        return Error{ErrorCode::BadInput, file.string() + " is not a JSON object.", "Export the adapter again."};
    if (const auto feature = unsupportedFeature(config))
        return Error{ErrorCode::Unsupported, file.string() + " uses " + *feature + ", which is not supported.",
                     "Export the adapter as plain LoRA."};
    const json rank = config.value("r", json());
    const json alpha = config.value("lora_alpha", json());
    if (!rank.is_number_integer() || rank < 1 || rank > 65536 || !alpha.is_number())
        return Error{ErrorCode::BadInput, file.string() + " needs \"r\" and \"lora_alpha\".",
                     "Export the adapter again."};
    const json dropout = config.value("lora_dropout", json());
    return LoraSettings{rank.get<std::int64_t>(), alpha.get<double>(),
                        dropout.is_number() ? dropout.get<double>() : 0.0, isSet(config, "use_rslora")};
}

// Takes A or B of one projection, if the file has it, and counts it.
Status take(const SafetensorsFile& file, const std::string& name, const MatrixSize& size, at::Device device,
            at::Tensor& into, size_t& taken) {
    if (!file.contains(name))
        return {};
    CW_TRY_ASSIGN(tensor, file.tensor(name));
    if (tensor.sizes() != c10::IntArrayRef({size.out, size.in}))
        return Error{ErrorCode::BadInput, "The adapter's tensor \"" + name + "\" doesn't fit the model.",
                     "Choose the model that the adapter was trained on."};
    into = tensor.to(device, at::kFloat, /*non_blocking=*/false, /*copy=*/true); // the file itself is read-only
    ++taken;
    return {};
}

json targetModules(const Adapter& adapter) {
    json names = json::array();
    for (size_t p = 0; p < kProjections; ++p) {
        const std::string_view path = moduleName(static_cast<Projection>(p));
        for (const auto& layer : adapter.layers)
            if (layer[p].isPresent()) {
                names.push_back(path.substr(path.find('.') + 1));
                break;
            }
    }
    return names;
}

} // namespace

Result<Adapter> readAdapter(const fs::path& folder, const ModelConfig& config, at::Device device) {
    CW_TRY_ASSIGN(settings, readSettings(folder));
    CW_TRY_ASSIGN(file, SafetensorsFile::open(folder / kWeightsFile));
    Adapter adapter{settings, {}};
    adapter.layers.resize(static_cast<size_t>(config.layers));
    size_t taken = 0;
    for (size_t layer = 0; layer < adapter.layers.size(); ++layer)
        for (size_t p = 0; p < kProjections; ++p) {
            const auto projection = static_cast<Projection>(p);
            const MatrixSize size = sizeOf(projection, config);
            LoraPair& pair = adapter.layers[layer][p];
            CW_TRY(take(file, parameterName(layer, projection, 'A'), {settings.rank, size.in}, device, pair.a, taken));
            pair.scale = settings.scaleOf(projection);
            CW_TRY(take(file, parameterName(layer, projection, 'B'), {size.out, settings.rank}, device, pair.b, taken));
            if (pair.a.defined() != pair.b.defined())
                return Error{ErrorCode::BadInput,
                             (folder / kWeightsFile).string() + " has half a pair for " +
                                 std::string(moduleName(projection)) + " of layer " + std::to_string(layer) + ".",
                             "Export the adapter again."};
        }
    if (taken == 0 || taken != file.names().size())
        return Error{ErrorCode::BadInput,
                     (folder / kWeightsFile).string() + " has tensors that belong to no layer of the model.",
                     "Choose the model that the adapter was trained on."};
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

Status writeAdapter(const fs::path& folder, const Adapter& adapter, const std::string& baseModel) {
    CW_TRY(makeFolder(folder));
    NamedTensors tensors;
    for (const NamedParameter& parameter : namedParameters(adapter))
        tensors.emplace(parameter.name, parameter.tensor);
    CW_TRY(writeSafetensors(folder / kWeightsFile, tensors));
    const LoraSettings& settings = adapter.settings;
    const json config = {{"peft_type", "LORA"},
                         {"task_type", "CAUSAL_LM"},
                         {"base_model_name_or_path", baseModel},
                         {"r", settings.rank},
                         {"lora_alpha", settings.alpha},
                         {"lora_dropout", settings.dropout},
                         {"target_modules", targetModules(adapter)},
                         {"bias", "none"},
                         {"fan_in_fan_out", false},
                         {"inference_mode", true},
                         {"use_rslora", settings.rankStabilised},
                         {"use_dora", false}};
    // Last: a folder with a configuration is a whole adapter.
    return writeFileAtomically(folder / kConfigFile, config.dump(2) + "\n");
}

} // namespace cw
