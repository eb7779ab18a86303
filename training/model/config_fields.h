// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Reads members of a config.json and remembers the first thing that is wrong, so that a reader can be written as a list
// of members. One thread; refers to the JSON, which must outlive it.
#pragma once

#include "core/base/result.h"

#include <nlohmann/json.hpp>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace cw {

class ConfigFields {
public:
    static constexpr std::int64_t kMost = 1 << 24; // of any width, count or vocabulary: keeps products far from overflow

    // `where` names the file in an error.
    ConfigFields(const nlohmann::json& object, std::string where)
        : m_object(object), m_where(std::move(where)), m_error(std::make_shared<std::optional<Error>>()) {}

    // The members of the object `key`, which must be one; its faults are this one's.
    ConfigFields inner(const char* key) const { return ConfigFields(m_object[key], m_where, m_error); }

    bool names(const char* key) const { return m_object.contains(key); } // null counts
    bool has(const char* key) const { return names(key) && !m_object[key].is_null(); }
    bool isObject(const char* key) const { return has(key) && m_object[key].is_object() && !m_object[key].empty(); }

    // A whole number from 1 to `most`; `fallback`, where above 0, if it is missing.
    std::int64_t count(const char* key, std::int64_t fallback = 0, std::int64_t most = kMost);
    // A number above 0, finite; without a fallback it must be there.
    double positive(const char* key, std::optional<double> fallback = std::nullopt);
    bool flag(const char* key, bool fallback = false) const;
    std::string text(const char* key) const; // empty where it is missing
    // One id or a list of them.
    std::vector<std::int64_t> ids(const char* key) const;
    std::vector<std::string> texts(const char* key) const;

    // "<file> <what>."; what was refused first counts.
    void refuse(ErrorCode code, const std::string& what);
    void unsupported(const std::string& what) { refuse(ErrorCode::Unsupported, what); }
    const std::optional<Error>& error() const { return *m_error; }

private:
    ConfigFields(const nlohmann::json& object, std::string where, std::shared_ptr<std::optional<Error>> error)
        : m_object(object), m_where(std::move(where)), m_error(std::move(error)) {}

    const nlohmann::json& m_object;
    std::string m_where;
    std::shared_ptr<std::optional<Error>> m_error;
};

} // namespace cw
