// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "training/model/weight_files.h"

#include "core/base/file.h"
#include "core/base/shallow_json.h"
#include "training/model/safetensors.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <set>

namespace cw {

namespace fs = std::filesystem;
using nlohmann::json;

namespace {

Error noWeights(const fs::path& folder) {
    std::error_code ignored;
    for (const auto& file : fs::directory_iterator(folder, ignored))
        if (file.path().extension() == ".bin" || file.path().extension() == ".pth" || file.path().extension() == ".pt")
            return {ErrorCode::BadInput,
                    "The model folder " + folder.string() + " holds only pickled weights (" +
                        file.path().filename().string() + "), which can run code and are never opened.",
                    "Put the model's *.safetensors files into the folder."};
    return {ErrorCode::NotFound, "The model folder " + folder.string() + " has no weights (model.safetensors).",
            "Put the model's *.safetensors files into the folder, or choose another one."};
}

// A shard lies in the model's own folder: an index from outside must not name any other file.
bool isPlainFileName(const std::string& name) {
    return !name.empty() && name != "." && name != ".." &&
           name.find_first_of(std::string("/\\\0", 3)) == std::string::npos;
}

class WeightFiles final : public WeightSource {
public:
    static Result<std::unique_ptr<WeightSource>> open(const fs::path& folder);

    std::vector<std::string> names() const override {
        std::vector<std::string> names;
        for (const auto& [name, file] : m_fileOf)
            names.push_back(name);
        return names;
    }
    bool contains(const std::string& name) const override { return m_fileOf.count(name) > 0; }
    Result<TensorSample> sample(const std::string& name) const override {
        CW_TRY_ASSIGN(tensor, read(name));
        const size_t bytes = std::min<size_t>(tensor.nbytes(), kSampleBytes);
        return TensorSample{c10::toString(tensor.scalar_type()), tensor.sizes().vec(),
                            std::string(static_cast<const char*>(tensor.const_data_ptr()), bytes)};
    }
    void forget(const std::string& name) const override { fileOf(name).forget(name); }

private:
    explicit WeightFiles(fs::path folder) : m_folder(std::move(folder)) {}
    Status openShards(const fs::path& index);
    void add(SafetensorsFile file);
    const SafetensorsFile& fileOf(const std::string& name) const { return m_files[m_fileOf.at(name)]; }
    Result<at::Tensor> read(const std::string& name) const override { return fileOf(name).tensor(name); }
    std::string place() const override { return m_folder.string(); }

    fs::path m_folder;
    std::vector<SafetensorsFile> m_files;
    std::map<std::string, size_t> m_fileOf; // index into m_files
};

Result<std::unique_ptr<WeightSource>> WeightFiles::open(const fs::path& folder) {
    std::unique_ptr<WeightFiles> files(new WeightFiles(folder));
    std::error_code ignored;
    if (fs::exists(folder / "model.safetensors.index.json", ignored)) {
        CW_TRY(files->openShards(folder / "model.safetensors.index.json"));
        return std::unique_ptr<WeightSource>(std::move(files));
    }
    if (!fs::exists(folder / "model.safetensors", ignored))
        return noWeights(folder);
    CW_TRY_ASSIGN(file, SafetensorsFile::open(folder / "model.safetensors"));
    files->add(std::move(file));
    return std::unique_ptr<WeightSource>(std::move(files));
}

void WeightFiles::add(SafetensorsFile file) {
    for (const std::string& name : file.names())
        m_fileOf.emplace(name, m_files.size());
    m_files.push_back(std::move(file));
}

Status WeightFiles::openShards(const fs::path& index) {
    const Error broken{ErrorCode::BadInput, index.string() + " is not a valid list of weight files.",
                       "Download the model's files again."};
    CW_TRY_ASSIGN(bytes, readFile(index));
    const auto root = parseShallowJson<json>(bytes);
    if (!root.is_object() || !root.contains("weight_map") || !root["weight_map"].is_object())
        return broken;
    std::set<std::string> shards;
    for (const auto& [name, shard] : root["weight_map"].items()) {
        if (!shard.is_string() || !isPlainFileName(shard.get<std::string>()))
            return broken;
        shards.insert(shard.get<std::string>());
    }
    for (const std::string& shard : shards) {
        CW_TRY_ASSIGN(file, SafetensorsFile::open(m_folder / shard));
        add(std::move(file));
    }
    for (const auto& [name, shard] : root["weight_map"].items())
        if (!contains(name))
            return Error{ErrorCode::BadInput,
                         "Tensor \"" + name + "\" is not in " + (m_folder / shard.get<std::string>()).string() + ".",
                         "Download the model's files again."};
    return {};
}

} // namespace

Result<std::unique_ptr<WeightSource>> openWeightFiles(const fs::path& folder) {
    return WeightFiles::open(folder);
}

} // namespace cw
