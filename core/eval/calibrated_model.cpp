// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "core/eval/calibrated_model.h"

#include "core/base/file.h"
#include "core/base/hash.h"

namespace cw {

Result<std::string> adapterHash(const std::filesystem::path& adapterFolder) {
    std::string both;
    for (const char* name : {"adapter_model.safetensors", "adapter_config.json"}) {
        CW_TRY_ASSIGN(hash, sha256OfFile(adapterFolder / name));
        both += hash + " ";
    }
    return sha256Hex(both);
}

std::string differenceOf(const CalibratedModel& fitted, const CalibratedModel& used) {
    if (fitted.base != used.base)
        return "another base model";
    if (fitted.tokenizer != used.tokenizer)
        return "another tokenizer";
    return fitted.adapter != used.adapter ? "other weights of the adapter" : std::string();
}

} // namespace cw
