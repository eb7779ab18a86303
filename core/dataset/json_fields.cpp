// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "core/dataset/json_fields.h"

#include <cmath>

namespace cw {

using Json = nlohmann::ordered_json;

Error badRow(std::string_view where, const std::string& what, const std::string& hint) {
    return {ErrorCode::BadInput, std::string(where) + ": " + what, hint};
}

Result<Json> parseRow(std::string_view text, std::string_view where) {
    try {
        return Json::parse(text);
    } catch (const nlohmann::json::parse_error& error) {
        return badRow(where, "not valid JSON from byte " + std::to_string(error.byte) + " on.");
    }
}

JsonFields::JsonFields(const Json& json, std::string where) : m_json(json), m_where(std::move(where)) {
    if (!json.is_object())
        *m_error = badRow(m_where, "not a JSON object.");
}

JsonFields::JsonFields(const Json& json, const JsonFields& parent, const std::string& name)
    : m_json(json), m_where(parent.m_where), m_path(parent.m_path + name + "."), m_error(parent.m_error) {
    if (!json.is_object() && !*m_error)
        *m_error = badRow(m_where, "\"" + parent.m_path + name + "\" must be an object.");
}

void JsonFields::fail(const std::string& key, const std::string& rule) {
    if (!*m_error)
        *m_error = badRow(m_where, "\"" + m_path + key + "\" must be " + rule + ".");
}

const Json& JsonFields::at(const char* key) const {
    static const Json missing;
    return has(key) ? m_json.at(key) : missing;
}

bool JsonFields::has(const char* key) const {
    return m_json.is_object() && m_json.contains(key);
}

std::string JsonFields::text(const char* key) {
    if (at(key).is_string())
        return at(key).get<std::string>();
    fail(key, "a text");
    return {};
}

std::string JsonFields::textOr(const char* key, const std::string& fallback) {
    return at(key).is_null() ? fallback : text(key);
}

bool JsonFields::flagOr(const char* key, bool fallback) {
    if (at(key).is_boolean())
        return at(key).get<bool>();
    if (has(key))
        fail(key, "true or false");
    return fallback;
}

size_t JsonFields::whole(const char* key) {
    if (at(key).is_number_unsigned())
        return at(key).get<size_t>();
    fail(key, "a whole number from 0");
    return 0;
}

size_t JsonFields::wholeOr(const char* key, size_t fallback) {
    return has(key) ? whole(key) : fallback;
}

double JsonFields::number(const char* key) {
    if (at(key).is_number() && std::isfinite(at(key).get<double>()))
        return at(key).get<double>();
    fail(key, "a finite number");
    return 0;
}

std::vector<std::string> JsonFields::texts(const char* key) {
    std::vector<std::string> out;
    for (const Json& value : at(key))
        if (value.is_string())
            out.push_back(value.get<std::string>());
    if (!at(key).is_array() || out.size() != at(key).size())
        fail(key, "a list of texts");
    return out;
}

std::optional<ByteRange> JsonFields::toRange(const Json& value) const {
    if (!value.is_array() || value.size() != 2 || !value[0].is_number_unsigned() || !value[1].is_number_unsigned())
        return std::nullopt;
    const ByteRange range{value[0].get<size_t>(), value[1].get<size_t>()};
    return range.begin <= range.end ? std::optional(range) : std::nullopt;
}

ByteRange JsonFields::range(const char* key) {
    const auto range = toRange(at(key));
    if (!range)
        fail(key, "a range [begin,end] of whole numbers");
    return range.value_or(ByteRange{});
}

std::vector<ByteRange> JsonFields::ranges(const char* key) {
    std::vector<ByteRange> out;
    for (const Json& value : at(key))
        if (const auto range = toRange(value))
            out.push_back(*range);
    if (!at(key).is_array() || out.size() != at(key).size())
        fail(key, "a list of ranges [begin,end] of whole numbers");
    return out;
}

JsonFields JsonFields::object(const char* key) {
    return {at(key), *this, key};
}

std::vector<JsonFields> JsonFields::objects(const char* key) {
    std::vector<JsonFields> out;
    if (!at(key).is_array())
        fail(key, "a list");
    else
        for (size_t i = 0; i < at(key).size(); ++i)
            out.push_back(JsonFields(at(key)[i], *this, std::string(key) + "[" + std::to_string(i) + "]"));
    return out;
}

} // namespace cw
