// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "training/model/config_fields.h"

#include <cmath>

namespace cw {

using nlohmann::json;

std::int64_t ConfigFields::count(const char* key, std::int64_t fallback, std::int64_t most) {
    if (!has(key) && fallback > 0)
        return fallback;
    if (!has(key) || !m_object[key].is_number_integer() || m_object[key] < 1 || m_object[key] > most) {
        refuse(ErrorCode::BadInput, std::string("needs \"") + key + "\", a whole number from 1 to " + std::to_string(most));
        return 1;
    }
    return m_object[key].get<std::int64_t>();
}

double ConfigFields::positive(const char* key, std::optional<double> fallback) {
    if (!has(key) && fallback)
        return *fallback;
    const double value = has(key) && m_object[key].is_number() ? m_object[key].get<double>() : 0;
    if (value > 0 && std::isfinite(value))
        return value;
    refuse(ErrorCode::BadInput, std::string("needs \"") + key + "\", a number above 0");
    return 1;
}

bool ConfigFields::flag(const char* key, bool fallback) const {
    return has(key) && m_object[key].is_boolean() ? m_object[key].get<bool>() : fallback;
}

std::string ConfigFields::text(const char* key) const {
    return has(key) && m_object[key].is_string() ? m_object[key].get<std::string>() : std::string();
}

std::vector<std::int64_t> ConfigFields::ids(const char* key) const {
    std::vector<std::int64_t> ids;
    if (has(key))
        for (const json& id : m_object[key].is_array() ? m_object[key] : json::array({m_object[key]}))
            if (id.is_number_integer())
                ids.push_back(id.get<std::int64_t>());
    return ids;
}

std::vector<std::string> ConfigFields::texts(const char* key) const {
    std::vector<std::string> texts;
    if (has(key) && m_object[key].is_array())
        for (const json& entry : m_object[key])
            texts.push_back(entry.is_string() ? entry.get<std::string>() : entry.dump());
    return texts;
}

void ConfigFields::refuse(ErrorCode code, const std::string& what) {
    if (!*m_error)
        *m_error = Error{code, m_where + " " + what + ".",
                         code == ErrorCode::Unsupported ? "Choose a Llama, Mistral, Qwen2 or Qwen3 model without it."
                                                        : "Download the model's files again."};
}

} // namespace cw
