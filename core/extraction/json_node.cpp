// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "core/extraction/json_node.h"

#include <nlohmann/json.hpp>

#include <unordered_set>
#include <utility>

namespace cw {

namespace {

constexpr size_t kMaxDepth = 16;
constexpr size_t kMaxBytes = 4 << 20;

// Builds the tree from the parser's events; gives up (false) where it gets too deep.
class TreeBuilder : public nlohmann::json_sax<nlohmann::json> {
public:
    JsonDocument document;

    bool null() override { return add({}); }
    bool boolean(bool value) override {
        JsonNode node;
        node.kind = JsonNode::Kind::Boolean;
        node.boolean = value;
        return add(std::move(node));
    }
    bool number_integer(number_integer_t) override { return addNumber(); }
    bool number_unsigned(number_unsigned_t) override { return addNumber(); }
    bool number_float(number_float_t, const string_t&) override { return addNumber(); }
    bool string(string_t& value) override {
        JsonNode node;
        node.kind = JsonNode::Kind::String;
        node.text = std::move(value);
        return add(std::move(node));
    }
    bool binary(binary_t&) override { return false; }
    bool start_object(size_t) override { return open(JsonNode::Kind::Object); }
    bool end_object() override { return close(); }
    bool start_array(size_t) override { return open(JsonNode::Kind::Array); }
    bool end_array() override { return close(); }
    bool key(string_t& value) override {
        Frame& frame = m_open.back();
        frame.key = std::move(value);
        if (!frame.keys.insert(frame.key).second)
            document.hasDuplicateKey = true;
        return true;
    }
    bool parse_error(size_t, const std::string&, const nlohmann::detail::exception&) override { return false; }

private:
    struct Frame {
        JsonNode node;
        std::string key; // of the member that comes next
        std::unordered_set<std::string> keys;
    };

    bool addNumber() {
        JsonNode node;
        node.kind = JsonNode::Kind::Number;
        return add(std::move(node));
    }

    bool open(JsonNode::Kind kind) {
        if (m_open.size() == kMaxDepth)
            return false;
        m_open.emplace_back();
        m_open.back().node.kind = kind;
        return true;
    }

    bool close() {
        JsonNode node = std::move(m_open.back().node);
        m_open.pop_back();
        return add(std::move(node));
    }

    bool add(JsonNode node) {
        if (m_open.empty()) {
            document.root = std::move(node);
        } else if (Frame& frame = m_open.back(); frame.node.isArray()) {
            frame.node.items.push_back(std::move(node));
        } else {
            frame.node.members.push_back({std::move(frame.key), std::move(node)});
        }
        return true;
    }

    std::vector<Frame> m_open;
};

} // namespace

std::optional<JsonDocument> readJsonObject(std::string_view text) {
    // The parser takes a NUL for the end of its input, so none may stand in what it is given.
    if (text.empty() || text.front() != '{' || text.back() != '}' || text.size() > kMaxBytes ||
        text.find('\0') != std::string_view::npos)
        return std::nullopt;
    TreeBuilder builder;
    if (!nlohmann::json::sax_parse(text.begin(), text.end(), &builder))
        return std::nullopt;
    return std::move(builder.document);
}

} // namespace cw
