// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// What can be told of an output by its bytes alone: the object in it, what stands around it, and which slips keep it
// from being JSON. Linear in its length, whatever it holds. Any thread.
#pragma once

#include "core/extraction/json_node.h"

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cw {

// Fault tags, each once, in the order in which they were met.
class FaultList {
public:
    void add(std::string_view tag);
    void addIf(bool holds, std::string_view tag);
    bool has(std::string_view tag) const;
    bool empty() const { return m_tags.empty(); }
    std::vector<std::string> take() { return std::move(m_tags); }

private:
    std::vector<std::string> m_tags;
};

struct FoundObject {
    JsonDocument document;
    std::string_view bytes; // of the output
    bool isWhole = false;   // nothing but JSON white space stands around it
};

// The one object of an output: the whole of it, or what is left without a code fence and prose ("fence",
// "prose_before", "prose_after"). Only an object that `accepts` counts; two of them are none.
std::optional<FoundObject> findObject(std::string_view output, const std::function<bool(const JsonNode&)>& accepts,
                                      FaultList& faults);

// The slips of an output in which no object was found: "truncated", "trailing_comma", "single_quote", "nan",
// "raw_newline", "escape_style" (a quotation mark without its backslash), "null_style" (None), "bad_utf8".
void tagSlips(std::string_view output, FaultList& faults);

// What keeps the bytes of an object from the canonical form though it reads well: "whitespace", "escape_style",
// "raw_newline" (a control character that JSON allows).
void tagStyle(std::string_view object, FaultList& faults);

// True if the output ends in a loop: a piece of up to 512 bytes four times or more, 64 bytes at least in all.
bool endsInRepetition(std::string_view output);

} // namespace cw
