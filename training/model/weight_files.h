// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The weights of a model folder in Hugging Face form: one model.safetensors, or shards listed by
// model.safetensors.index.json. Any thread; read-only.
#pragma once

#include "training/model/safetensors.h"

namespace cw {

class WeightFiles {
public:
    static Result<WeightFiles> open(const std::filesystem::path& folder);

    bool contains(const std::string& name) const { return m_fileOf.count(name) > 0; }
    // The tensor of that name and shape, over the mapped file (see SafetensorsFile::tensor).
    Result<at::Tensor> tensor(const std::string& name, const std::vector<std::int64_t>& shape) const;

private:
    Status openShards(const std::filesystem::path& index);
    void add(SafetensorsFile file);

    std::filesystem::path m_folder;
    std::vector<SafetensorsFile> m_files;
    std::map<std::string, size_t> m_fileOf; // index into m_files
};

} // namespace cw
