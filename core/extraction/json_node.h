// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// A JSON value as it was written: members in order, duplicates kept. For judging the outputs of models, which may be
// hostile. Any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cw {

struct JsonMember;

struct JsonNode {
    enum class Kind { Null, Boolean, Number, String, Array, Object };
    Kind kind = Kind::Null;
    bool boolean = false;
    std::string text;                // a string's content
    std::vector<JsonNode> items;     // of an array
    std::vector<JsonMember> members; // of an object
    bool isNull() const { return kind == Kind::Null; }
    bool isString() const { return kind == Kind::String; }
    bool isArray() const { return kind == Kind::Array; }
    bool isObject() const { return kind == Kind::Object; }
};

struct JsonMember {
    std::string key;
    JsonNode value;
};

struct JsonDocument {
    JsonNode root;
    bool hasDuplicateKey = false; // in some object
};

// Reads one RFC 8259 object that begins with the first byte of `text` and ends with its last. Nothing if it isn't one,
// is not UTF-8, is nested more than 16 deep or longer than 4 MiB. Time and memory are linear in its length.
std::optional<JsonDocument> readJsonObject(std::string_view text);

} // namespace cw
