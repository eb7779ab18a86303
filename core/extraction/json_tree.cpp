// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "core/extraction/json_tree.h"

#include <memory>
#include <vector>

namespace cw {

namespace {

using Json = nlohmann::ordered_json;

// Builds the tree from parse events; the parser itself is iterative, and this keeps its own stack.
class TreeBuilder final : public nlohmann::json_sax<Json> {
public:
    JsonTree tree;

    bool null() override { return put(nullptr); }
    bool boolean(bool value) override { return put(value); }
    bool number_integer(number_integer_t value) override { return put(value); }
    bool number_unsigned(number_unsigned_t value) override { return put(value); }
    bool number_float(number_float_t value, const string_t&) override { return put(value); }
    bool string(string_t& value) override { return put(std::move(value)); }
    bool binary(binary_t&) override { return false; }
    bool start_object(std::size_t) override { return open(Json::object()); }
    bool start_array(std::size_t) override { return open(Json::array()); }
    bool end_object() override { return close(); }
    bool end_array() override { return close(); }
    bool parse_error(std::size_t, const std::string&, const nlohmann::detail::exception&) override { return false; }

    bool key(string_t& name) override {
        Json& object = *m_open.back();
        m_dropped = object.contains(name);
        tree.duplicateKey |= m_dropped;
        m_key = std::move(name);
        return true;
    }

private:
    // The place that the next value takes; values of a duplicate key go into a scratch tree.
    Json* add(Json value) {
        if (m_open.empty()) {
            tree.root = std::move(value);
            return &tree.root;
        }
        Json& parent = *m_open.back();
        if (parent.is_array()) {
            parent.push_back(std::move(value));
            return &parent.back();
        }
        if (m_dropped) {
            m_dropped = false;
            m_scratch.push_back(std::make_unique<Json>(std::move(value)));
            return m_scratch.back().get();
        }
        return &(parent[m_key] = std::move(value));
    }

    template <typename Value> bool put(Value&& value) {
        add(Json(std::forward<Value>(value)));
        return true;
    }

    bool open(Json container) {
        if (static_cast<int>(m_open.size()) >= kMaxJsonDepth)
            return false;
        m_open.push_back(add(std::move(container)));
        return true;
    }

    bool close() {
        m_open.pop_back();
        return true;
    }

    // A parent is not touched while a child is open, so these pointers hold.
    std::vector<Json*> m_open;
    std::vector<std::unique_ptr<Json>> m_scratch;
    std::string m_key;
    bool m_dropped = false;
};

} // namespace

std::optional<JsonTree> readJsonObject(std::string_view text) {
    if (text.size() > kMaxJsonBytes)
        return std::nullopt;
    TreeBuilder builder;
    if (!Json::sax_parse(text, &builder) || !builder.tree.root.is_object())
        return std::nullopt;
    return std::move(builder.tree);
}

std::optional<size_t> objectEnd(std::string_view text, size_t begin) {
    size_t depth = 0;
    bool inString = false;
    for (size_t i = begin; i < text.size(); ++i) {
        const char c = text[i];
        if (inString) {
            if (c == '\\')
                ++i;
            else if (c == '"')
                inString = false;
        } else if (c == '"') {
            inString = true;
        } else if (c == '{' || c == '[') {
            ++depth;
        } else if ((c == '}' || c == ']') && depth > 0 && --depth == 0) {
            return i + 1;
        }
    }
    return std::nullopt;
}

} // namespace cw
