// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "core/run/run_spec.h"

#include "core/base/closest_name.h"
#include "core/base/utf.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

namespace cw {

namespace {

using Json = nlohmann::ordered_json;

constexpr int kVersion = 1;
constexpr size_t kMaxTrials = 64;
constexpr std::array<std::pair<RunKind, std::string_view>, 5> kKindNames = {{{RunKind::Sft, "sft"},
                                                                             {RunKind::Dpo, "dpo"},
                                                                             {RunKind::Generate, "generate"},
                                                                             {RunKind::Evaluate, "evaluate"},
                                                                             {RunKind::Sweep, "sweep"}}};

Error badField(const RunField& field, std::string_view given, const std::string& allowed) {
    return {ErrorCode::BadUsage, field.key + " can't be \"" + std::string(given) + "\".", field.title + ": " + allowed};
}

std::string joined(const std::vector<std::string>& words, std::string_view last) {
    std::string out;
    for (size_t i = 0; i < words.size(); ++i)
        out += (i == 0 ? "" : i + 1 == words.size() ? std::string(last) : std::string(", ")) + words[i];
    return out;
}

// The shortest text that reads back as the same number: "2e-4", "0.05", "128".
std::string numberText(double value) {
    std::array<char, 40> buffer;
    const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value).ptr;
    std::string text(buffer.data(), end);
    if (const size_t zero = text.find("e-0"); zero != std::string::npos)
        text.erase(zero + 2, 1);
    return text;
}

std::string boundsText(const RunField& field, bool whole) {
    return std::string(whole ? "a whole number" : "a number") + " from " + numberText(field.minimum) + " to " +
           (whole ? std::to_string(static_cast<std::int64_t>(field.maximum)) : numberText(field.maximum)) + ".";
}

bool isWithin(const RunField& field, double value) {
    return std::isfinite(value) &&
           (field.minimum == field.maximum || (field.minimum <= value && value <= field.maximum));
}

template <typename Number> std::optional<Number> parseWhole(std::string_view text) {
    Number value{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc() && end == text.data() + text.size() ? std::optional(value) : std::nullopt;
}

bool isChoice(const RunField& field, const std::string& value) {
    return field.choices.empty() || std::find(field.choices.begin(), field.choices.end(), value) != field.choices.end();
}

bool isPlainText(std::string_view text) {
    return !firstInvalidUtf8(text) &&
           std::none_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20; });
}

// What is wrong with the field's present value.
Status checkField(const RunSpec& spec, const RunField& field) {
    return std::visit(
        [&](auto member) -> Status {
            const auto& value = spec.*member;
            if constexpr (std::is_same_v<decltype(member), std::string RunSpec::*>) {
                if (!isChoice(field, value))
                    return badField(field, value, "one of " + joined(field.choices, " or ") + ".");
                if (!isPlainText(value))
                    return badField(field, "...", "one line of UTF-8 text.");
            } else {
                constexpr bool whole = std::is_same_v<decltype(member), std::int64_t RunSpec::*>;
                if (!isWithin(field, static_cast<double>(value)))
                    return badField(field, fieldText(spec, field), boundsText(field, whole));
            }
            return {};
        },
        field.member);
}

Error unknownField(RunKind kind, std::string_view key) {
    const std::string run =
        "A run of kind " + std::string(toString(kind)) + " has no field \"" + std::string(key) + "\".";
    std::vector<std::string> names;
    for (const RunField& field : runFields()) {
        if (field.key == key) {
            std::vector<std::string> kinds;
            for (RunKind owner : field.kinds)
                kinds.emplace_back(toString(owner));
            return {ErrorCode::BadUsage, run, "It belongs to " + joined(kinds, " and ") + "."};
        }
    }
    for (const RunField* field : runFieldsOf(kind))
        names.push_back(field->key);
    const std::string near = closestName(key, names);
    return {ErrorCode::BadUsage, run,
            near.empty() ? "Its fields: " + joined(names, " and ") + "." : "Did you mean " + near + "?"};
}

Result<const RunField*> findField(RunKind kind, std::string_view key) {
    for (const RunField* field : runFieldsOf(kind))
        if (field->key == key)
            return field;
    return unknownField(kind, key);
}

// A JSON member's text as a person would type it; nothing for a list, an object or null.
std::optional<std::string> typedText(const Json& value) {
    if (value.is_string())
        return value.get<std::string>();
    if (value.is_number())
        return value.dump();
    return std::nullopt;
}

Error inFile(std::string_view where, const Error& error) {
    return {ErrorCode::BadInput, std::string(where) + ": " + error.detail, error.hint};
}

Result<RunSpec> fromObject(const Json& object, std::string_view where) {
    const auto bad = [&](const std::string& what, const std::string& hint) -> Error {
        return inFile(where, {ErrorCode::BadInput, what, hint});
    };
    if (!object.is_object() || !object.contains("version") || !object["version"].is_number_integer())
        return bad("this is not a run's specification: it has no version.",
                   "Take the spec.json of a run folder as a pattern.");
    if (object["version"].get<std::int64_t>() != kVersion)
        return Error{ErrorCode::NewerVersion,
                     std::string(where) + " has version " + object["version"].dump() + "; this program knows 1.",
                     "Update Clausewright, or write the file again with this one."};
    const auto kind = object.contains("kind") && object["kind"].is_string()
                          ? runKindFromString(object["kind"].get<std::string>())
                          : std::nullopt;
    if (!kind)
        return bad("the kind of run is missing or unknown.", "Set \"kind\" to sft, dpo, generate, evaluate or sweep.");
    RunSpec spec = defaultSpec(*kind);
    for (const auto& [key, value] : object.items()) {
        if (key == "version" || key == "kind")
            continue;
        const auto text = typedText(value);
        if (!text)
            return bad("\"" + key + "\" is neither a number nor a text.", "");
        if (const Status set = setField(spec, key, *text); !set)
            return inFile(where, set.error());
    }
    return spec;
}

} // namespace

std::string_view toString(RunKind kind) {
    for (const auto& [known, name] : kKindNames)
        if (known == kind)
            return name;
    return "";
}

std::optional<RunKind> runKindFromString(std::string_view name) {
    for (const auto& [kind, known] : kKindNames)
        if (known == name)
            return kind;
    return std::nullopt;
}

bool makesAdapter(RunKind kind) {
    return kind == RunKind::Sft || kind == RunKind::Dpo || kind == RunKind::Sweep;
}

Status setField(RunSpec& spec, std::string_view key, std::string_view text) {
    CW_TRY_ASSIGN(field, findField(spec.kind, key));
    RunSpec changed = spec;
    if (const auto member = std::get_if<std::string RunSpec::*>(&field->member)) {
        changed.*(*member) = std::string(text);
    } else if (const auto whole = std::get_if<std::int64_t RunSpec::*>(&field->member)) {
        const auto value = parseWhole<std::int64_t>(text);
        if (!value)
            return badField(*field, text, boundsText(*field, true));
        changed.*(*whole) = *value;
    } else {
        const auto value = parseWhole<double>(text);
        if (!value)
            return badField(*field, text, boundsText(*field, false));
        changed.*std::get<double RunSpec::*>(field->member) = *value;
    }
    CW_TRY(checkField(changed, *field));
    spec = std::move(changed);
    return {};
}

std::string fieldText(const RunSpec& spec, const RunField& field) {
    return std::visit(
        [&](auto member) -> std::string {
            if constexpr (std::is_same_v<decltype(member), std::string RunSpec::*>)
                return spec.*member;
            else if constexpr (std::is_same_v<decltype(member), std::int64_t RunSpec::*>)
                return std::to_string(spec.*member);
            else
                return numberText(spec.*member);
        },
        field.member);
}

Status validate(const RunSpec& spec) {
    for (const RunField* field : runFieldsOf(spec.kind))
        CW_TRY(checkField(spec, *field));
    if (spec.model.empty())
        return Error{ErrorCode::BadUsage, "The run has no base model.",
                     "Set \"model\" to a folder in Hugging Face form or to a GGUF file."};
    if (spec.kind == RunKind::Dpo && spec.labelNoise > 0 && spec.preferenceLoss != "robust")
        return Error{ErrorCode::BadUsage, "Wrong labels are counted with by the loss \"robust\" alone.",
                     "Set preference_loss to robust, or label_noise to 0."};
    if (spec.kind == RunKind::Sweep) {
        if (!spec.adapter.empty())
            return Error{ErrorCode::BadUsage, "A sweep over ranks can't start from an adapter, which has its rank already.",
                         "Leave the adapter empty and take the base model, or run a training of kind \"sft\" from it."};
        CW_TRY_ASSIGN(ranks, numberList(spec.sweepRanks, 1, 1024));
        CW_TRY_ASSIGN(rates, numberList(spec.sweepRates, 1e-9, 1));
        if (ranks.size() * rates.size() > kMaxTrials)
            return Error{ErrorCode::BadUsage,
                         "The sweep has " + std::to_string(ranks.size() * rates.size()) + " trials.",
                         "Give at most " + std::to_string(kMaxTrials) + ": fewer ranks or fewer learning rates."};
    }
    return {};
}

Result<std::vector<double>> numberList(std::string_view text, double minimum, double maximum) {
    std::vector<double> numbers;
    for (size_t begin = 0; begin <= text.size();) {
        const size_t end = std::min(text.find(',', begin), text.size());
        std::string word(text.substr(begin, end - begin));
        std::erase(word, ' ');
        const auto value = parseWhole<double>(word);
        if (!value || !(minimum <= *value && *value <= maximum))
            return Error{ErrorCode::BadUsage, "\"" + std::string(text) + "\" is not a list of numbers.",
                         "Give numbers from " + numberText(minimum) + " to " + numberText(maximum) +
                             " with commas between them."};
        numbers.push_back(*value);
        begin = end + 1;
    }
    return numbers;
}

std::string toJson(const RunSpec& spec) {
    Json object = {{"version", spec.version}, {"kind", toString(spec.kind)}};
    for (const RunField* field : runFieldsOf(spec.kind))
        std::visit([&](auto member) { object[field->key] = spec.*member; }, field->member);
    return object.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

Result<RunSpec> runSpecFromJson(std::string_view json, std::string_view where) {
    try {
        return fromObject(Json::parse(json), where);
    } catch (const nlohmann::json::exception&) {
        return Error{ErrorCode::BadInput, std::string(where) + " is not valid JSON.",
                     "Take the spec.json of a run folder as a pattern."};
    }
}

} // namespace cw
