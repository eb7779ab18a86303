// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "core/run/run_event.h"

#include <nlohmann/json.hpp>

#include <cassert>
#include <cmath>
#include <limits>

namespace cw {

namespace {

using Json = nlohmann::ordered_json;

constexpr int kVersion = 1;

bool isHead(std::string_view name) {
    return name == "v" || name == "seq" || name == "time" || name == "kind";
}

// Whole numbers without a point, so that a step reads 12 and not 12.0.
Json numberJson(double value) {
    if (!std::isfinite(value))
        return nullptr;
    if (value == std::trunc(value) && std::abs(value) < 0x1p53)
        return static_cast<std::int64_t>(value);
    return value;
}

// Lists and objects belong to events of later versions: nothing here can show them.
void takeMember(RunEvent& event, const std::string& name, const Json& value) {
    if (value.is_string())
        event.texts[name] = value.get<std::string>();
    else if (value.is_number())
        event.numbers[name] = value.get<double>();
    else if (value.is_boolean())
        event.numbers[name] = value.get<bool>() ? 1 : 0;
    else if (value.is_null())
        event.numbers[name] = std::numeric_limits<double>::quiet_NaN();
}

} // namespace

double RunEvent::number(std::string_view name, double fallback) const {
    const auto found = numbers.find(std::string(name));
    return found == numbers.end() ? fallback : found->second;
}

std::string RunEvent::text(std::string_view name) const {
    const auto found = texts.find(std::string(name));
    return found == texts.end() ? std::string() : found->second;
}

std::string toLine(const RunEvent& event) {
    Json line = {{"v", kVersion}, {"seq", event.seq}, {"time", event.time}, {"kind", event.kind}};
    for (const auto& [name, value] : event.numbers) {
        assert(!isHead(name));
        line[name] = numberJson(value);
    }
    for (const auto& [name, value] : event.texts) {
        assert(!isHead(name));
        line[name] = value;
    }
    return line.dump(-1, ' ', false, Json::error_handler_t::replace);
}

Result<RunEvent> runEventFromLine(std::string_view line) {
    const Json object = Json::parse(line, nullptr, false);
    const auto has = [&](const char* name, bool (Json::*is)() const noexcept) {
        return object.contains(name) && (object[name].*is)();
    };
    if (!object.is_object() || !has("v", &Json::is_number_unsigned) || !has("seq", &Json::is_number_unsigned) ||
        !has("time", &Json::is_string) || !has("kind", &Json::is_string))
        return Error{ErrorCode::BadInput, "A line of events.jsonl is not an event.", ""};
    RunEvent event{object["seq"].get<std::uint64_t>(),
                   object["time"].get<std::string>(),
                   object["kind"].get<std::string>(),
                   {},
                   {}};
    for (const auto& [name, value] : object.items())
        if (!isHead(name))
            takeMember(event, name, value);
    return event;
}

} // namespace cw
