// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "training/model/adapter_record.h"

#include "core/base/file.h"
#include "core/base/shallow_json.h"
#include "training/model/adapter_config.h"

#include <nlohmann/json.hpp>

namespace cw {

namespace fs = std::filesystem;
using nlohmann::json;

namespace {

constexpr const char* kRecordFile = "clausewright.json";

struct HashField {
    const char* key;
    std::string AdapterOrigin::*member;
};
constexpr HashField kOriginFields[] = {{"template_hash", &AdapterOrigin::templateHash},
                                       {"tokenizer_hash", &AdapterOrigin::tokenizerHash},
                                       {"base_hash", &AdapterOrigin::baseHash},
                                       {"dtype", &AdapterOrigin::dtype}};

Error damaged(const fs::path& file) {
    return {ErrorCode::Corrupt, file.string() + " is damaged.",
            "Copy the adapter's folder again, or take the file away to use the adapter unchecked."};
}

Result<AdapterOrigin> originFrom(const json& root, const fs::path& file) {
    AdapterOrigin origin;
    origin.version = root.at("version").get<int>();
    for (const HashField& field : kOriginFields) {
        const json value = root.value(field.key, json());
        if (!value.is_string())
            return damaged(file);
        origin.*field.member = value.get<std::string>();
    }
    return origin;
}

std::optional<Projection> projectionOf(const std::string& module) {
    for (size_t p = 0; p < kProjections; ++p)
        if (moduleShortName(static_cast<Projection>(p)) == module)
            return static_cast<Projection>(p);
    return std::nullopt;
}

Result<FrozenParts> frozenFrom(const json& root, const fs::path& file) {
    const json ranks = root["frozen_rank"], rank = root.value("trained_rank", json()),
               alpha = root.value("trained_alpha", json());
    if (!ranks.is_object() || !rank.is_number_integer() || rank < 1 || !alpha.is_number())
        return damaged(file);
    FrozenParts frozen{rank.get<std::int64_t>(), alpha.get<double>(), {}};
    for (const auto& [module, value] : ranks.items()) {
        const auto projection = projectionOf(module);
        if (!projection || !value.is_number_integer() || value < 1)
            return damaged(file);
        frozen.ranks[*projection] = value.get<std::int64_t>();
    }
    return frozen;
}

void add(json& root, const FrozenParts& frozen) {
    root["trained_rank"] = frozen.rank;
    root["trained_alpha"] = frozen.alpha;
    for (const auto& [projection, rank] : frozen.ranks)
        root["frozen_rank"][std::string(moduleShortName(projection))] = rank;
}

} // namespace

Result<AdapterRecord> readRecord(const fs::path& adapterFolder) {
    const fs::path file = adapterFolder / kRecordFile;
    std::error_code ignored;
    if (!fs::exists(file, ignored))
        return AdapterRecord{};
    CW_TRY_ASSIGN(text, readFile(file));
    const auto root = parseShallowJson<json>(text);
    if (!root.is_object() || !root.contains("version") || !root["version"].is_number_integer())
        return damaged(file);
    if (root["version"] > AdapterOrigin().version)
        return Error{ErrorCode::NewerVersion, file.string() + " was written by a newer Clausewright.",
                     "Update this program."};
    AdapterRecord record;
    if (root.contains("template_hash")) {
        CW_TRY_ASSIGN(origin, originFrom(root, file));
        record.origin = std::move(origin);
    }
    if (root.contains("frozen_rank")) {
        CW_TRY_ASSIGN(frozen, frozenFrom(root, file));
        record.frozen = std::move(frozen);
    }
    return record;
}

Status writeRecord(const fs::path& adapterFolder, const AdapterRecord& record) {
    const fs::path file = adapterFolder / kRecordFile;
    if (!record.origin && !record.frozen) {
        std::error_code failure;
        fs::remove(file, failure);
        return failure ? Status(Error{ErrorCode::WriteFailed, file.string() + " can't be removed.",
                                      "Check the folder's permissions."})
                       : Status();
    }
    json root = {{"version", AdapterOrigin().version}};
    if (record.origin)
        for (const HashField& field : kOriginFields)
            root[field.key] = *record.origin.*field.member;
    if (record.frozen)
        add(root, *record.frozen);
    return writeFileAtomically(file, root.dump(2) + "\n");
}

} // namespace cw
