// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "core/taxonomy/taxonomy_change_json.h"

#include <nlohmann/json.hpp>

namespace cw {

namespace {

using Json = nlohmann::ordered_json;

// Field access that throws what is wrong; taxonomyChangeFromJson turns it into an Error.
struct Fault {
    std::string what;
};

const Json& field(const Json& edit, const char* name) {
    const auto found = edit.find(name);
    if (found == edit.end())
        throw Fault{std::string("\"") + name + "\" is missing"};
    return *found;
}

std::string text(const Json& json, const std::string& name) {
    if (!json.is_string())
        throw Fault{"\"" + name + "\" is not a string"};
    return json.get<std::string>();
}

std::string textOf(const Json& edit, const char* name) { return text(field(edit, name), name); }

std::vector<std::string> textsOf(const Json& edit, const char* name) {
    const Json& list = field(edit, name);
    if (!list.is_array())
        throw Fault{std::string("\"") + name + "\" is not a list of strings"};
    std::vector<std::string> out;
    for (const Json& item : list)
        out.push_back(text(item, name));
    return out;
}

std::optional<std::string> perhaps(const Json& edit, const char* name) {
    return edit.contains(name) ? std::optional(textOf(edit, name)) : std::nullopt;
}

std::vector<std::string> perhapsTexts(const Json& edit, const char* name) {
    return edit.contains(name) ? textsOf(edit, name) : std::vector<std::string>();
}

ClauseType typeOf(const Json& json) {
    if (!json.is_object())
        throw Fault{"\"type\" is not an object"};
    ClauseType type;
    type.key = textOf(json, "key");
    type.title = textOf(json, "title");
    type.group = textOf(json, "group");
    const std::string kind = textOf(json, "kind");
    if (!valueKindFromString(kind))
        throw Fault{"\"" + kind + "\" is not a kind of value"};
    type.kind = *valueKindFromString(kind);
    type.guideline = perhaps(json, "guideline").value_or("");
    type.example = perhaps(json, "example").value_or("");
    type.codes = perhapsTexts(json, "codes");
    type.searchTerms = perhapsTexts(json, "searchTerms");
    type.cuadCategory = perhaps(json, "cuadCategory").value_or("");
    return type;
}

Json jsonOf(const ClauseType& type) {
    return {{"key", type.key},         {"title", type.title},   {"group", type.group},
            {"kind", toString(type.kind)}, {"guideline", type.guideline}, {"example", type.example},
            {"codes", type.codes},     {"searchTerms", type.searchTerms}, {"cuadCategory", type.cuadCategory}};
}

EditTexts textsEdit(const Json& json) {
    EditTexts edit{textOf(json, "key"), perhaps(json, "title"), perhaps(json, "guideline"), perhaps(json, "example"), {}};
    if (json.contains("searchTerms"))
        edit.searchTerms = textsOf(json, "searchTerms");
    return edit;
}

MoveType moveEdit(const Json& json) {
    const Json& place = field(json, "place");
    if (!place.is_number_integer())
        throw Fault{"\"place\" is not a whole number"};
    return {textOf(json, "key"), textOf(json, "group"), place.get<int>()};
}

ChangeCodes codesEdit(const Json& json) {
    ChangeCodes edit{textOf(json, "key"), textsOf(json, "codes"), {}};
    if (!json.contains("renamed"))
        return edit;
    if (!json["renamed"].is_object())
        throw Fault{"\"renamed\" is not an object"};
    for (const auto& [old, code] : json["renamed"].items())
        edit.renamed[old] = text(code, "renamed");
    return edit;
}

TaxonomyEdit editOf(const Json& json) {
    if (!json.is_object())
        throw Fault{"it is not an object"};
    const std::string kind = textOf(json, "edit");
    if (kind == "texts")
        return textsEdit(json);
    if (kind == "add")
        return AddType{typeOf(field(json, "type"))};
    if (kind == "retire")
        return RetireType{textOf(json, "key")};
    if (kind == "revive")
        return ReviveType{textOf(json, "key")};
    if (kind == "merge")
        return MergeTypes{textsOf(json, "sources"), textOf(json, "target")};
    if (kind == "split")
        return SplitType{textOf(json, "source"), textsOf(json, "targets"), perhapsTexts(json, "present")};
    if (kind == "move")
        return moveEdit(json);
    if (kind == "codes")
        return codesEdit(json);
    throw Fault{"\"" + kind + "\" is not an edit; there are texts, add, retire, revive, merge, split, move and codes"};
}

struct ToJson {
    Json operator()(const EditTexts& edit) const {
        Json json{{"edit", "texts"}, {"key", edit.key}};
        for (const auto& [name, value] : {std::pair("title", &edit.title), std::pair("guideline", &edit.guideline),
                                          std::pair("example", &edit.example)})
            if (*value)
                json[name] = **value;
        if (edit.searchTerms)
            json["searchTerms"] = *edit.searchTerms;
        return json;
    }
    Json operator()(const AddType& edit) const { return {{"edit", "add"}, {"type", jsonOf(edit.type)}}; }
    Json operator()(const RetireType& edit) const { return {{"edit", "retire"}, {"key", edit.key}}; }
    Json operator()(const ReviveType& edit) const { return {{"edit", "revive"}, {"key", edit.key}}; }
    Json operator()(const MergeTypes& edit) const {
        return {{"edit", "merge"}, {"sources", edit.sources}, {"target", edit.target}};
    }
    Json operator()(const SplitType& edit) const {
        return {{"edit", "split"}, {"source", edit.source}, {"targets", edit.targets}, {"present", edit.present}};
    }
    Json operator()(const MoveType& edit) const {
        return {{"edit", "move"}, {"key", edit.key}, {"group", edit.group}, {"place", edit.place}};
    }
    Json operator()(const ChangeCodes& edit) const {
        return {{"edit", "codes"}, {"key", edit.key}, {"codes", edit.codes}, {"renamed", edit.renamed}};
    }
};

Error wrong(std::string_view origin, const std::string& what) {
    return {ErrorCode::BadInput, "The taxonomy change " + std::string(origin) + " can't be used: " + what + ".",
            "Correct the file; nothing was changed."};
}

} // namespace

std::string taxonomyChangeToJson(const TaxonomyChange& change) {
    Json edits = Json::array();
    for (const TaxonomyEdit& edit : change.edits)
        edits.push_back(std::visit(ToJson(), edit));
    return Json{{"format", kTaxonomyChangeFormat}, {"edits", std::move(edits)}}.dump();
}

Result<TaxonomyChange> taxonomyChangeFromJson(std::string_view json, std::string_view origin) {
    const Json root = Json::parse(json.begin(), json.end(), nullptr, false);
    if (!root.is_object() || !root.contains("edits") || !root["edits"].is_array())
        return wrong(origin, "it is not a JSON object with a list \"edits\"");
    if (root.value("format", Json()) != kTaxonomyChangeFormat)
        return wrong(origin, "its \"format\" is not 1");
    TaxonomyChange change;
    for (const Json& edit : root["edits"]) {
        try {
            change.edits.push_back(editOf(edit));
        } catch (const Fault& fault) {
            return wrong(origin, "edit " + std::to_string(change.edits.size() + 1) + ": " + fault.what);
        }
    }
    return change;
}

} // namespace cw
