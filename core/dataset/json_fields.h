// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Reads the members of a JSON object from outside and remembers the first thing that was wrong, with its path: a reader
// asks for everything it needs and looks once at the end. One thread an object.
#pragma once

#include "core/base/byte_range.h"
#include "core/base/result.h"

#include <nlohmann/json.hpp>

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cw {

// "where: what", as a bad input.
Error badRow(std::string_view where, const std::string& what, const std::string& hint = "");

// One JSON value; the error says where it stops being one.
Result<nlohmann::ordered_json> parseRow(std::string_view text, std::string_view where);

class JsonFields {
public:
    // `where` names the object in an error ("train.jsonl, line 7"). `json` must outlive the reader.
    JsonFields(const nlohmann::ordered_json& json, std::string where);

    bool has(const char* key) const;
    // A value of the wrong kind, or a required one that is missing, is an error and reads as the fallback.
    std::string text(const char* key);
    std::string textOr(const char* key, const std::string& fallback); // missing or null: the fallback
    bool flagOr(const char* key, bool fallback);
    size_t whole(const char* key); // from 0
    size_t wholeOr(const char* key, size_t fallback);
    double number(const char* key); // finite
    std::vector<std::string> texts(const char* key);
    ByteRange range(const char* key); // [begin,end], begin <= end
    std::vector<ByteRange> ranges(const char* key);
    // An object or a list: a reader of its own for the object, one for each object of the list. Errors come back to
    // this reader.
    JsonFields object(const char* key);
    std::vector<JsonFields> objects(const char* key);

    const nlohmann::ordered_json& json() const { return m_json; }
    // Notes that a member is not what it must be: `rule` completes "`key` must be ...".
    void fail(const std::string& key, const std::string& rule);
    Status status() const { return *m_error ? Status(**m_error) : Status(); }

private:
    JsonFields(const nlohmann::ordered_json& json, const JsonFields& parent, const std::string& name);
    const nlohmann::ordered_json& at(const char* key) const; // null where it is missing
    std::optional<ByteRange> toRange(const nlohmann::ordered_json& value) const;

    const nlohmann::ordered_json& m_json;
    std::string m_where;
    std::string m_path; // "meta." before the names of this object's members
    std::shared_ptr<std::optional<Error>> m_error = std::make_shared<std::optional<Error>>();
};

} // namespace cw
