// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "core/taxonomy/taxonomy.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <utility>

namespace cw {

namespace {

using Json = nlohmann::ordered_json;

constexpr size_t kMaxFileBytes = 4 << 20;
constexpr std::array<std::pair<ValueKind, std::string_view>, 8> kKindNames = {{{ValueKind::Boolean, "boolean"},
                                                                               {ValueKind::Text, "text"},
                                                                               {ValueKind::Duration, "duration"},
                                                                               {ValueKind::Date, "date"},
                                                                               {ValueKind::Enum, "enum"},
                                                                               {ValueKind::Number, "number"},
                                                                               {ValueKind::Money, "money"},
                                                                               {ValueKind::PartyList, "party_list"}}};

bool isKey(std::string_view text) {
    const auto legal = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; };
    return !text.empty() && std::all_of(text.begin(), text.end(), legal);
}

// Codes stand in the canonical JSON without escapes.
bool isCode(std::string_view text) {
    const auto legal = [](char c) { return c > ' ' && c < 0x7f && c != '"' && c != '\\'; };
    return !text.empty() && std::all_of(text.begin(), text.end(), legal);
}

std::string lowered(std::string_view text) {
    std::string out(text);
    for (char& c : out)
        if (c >= 'A' && c <= 'Z')
            c = static_cast<char>(c - 'A' + 'a');
    return out;
}

// Reads the file's fields and remembers the first thing that is wrong with them.
class Reader {
public:
    explicit Reader(std::string_view origin) : m_origin(origin) {}

    std::string string(const Json& object, const char* field, const std::string& where) {
        const auto found = object.find(field);
        if (found == object.end())
            return {};
        if (!found->is_string()) {
            fail(where + ": \"" + field + "\" is not a string");
            return {};
        }
        return found->get<std::string>();
    }

    std::vector<std::string> strings(const Json& object, const char* field, const std::string& where) {
        const auto found = object.find(field);
        if (found == object.end())
            return {};
        std::vector<std::string> out;
        if (found->is_array())
            for (const Json& item : *found)
                if (item.is_string())
                    out.push_back(item.get<std::string>());
        if (!found->is_array() || out.size() != found->size())
            fail(where + ": \"" + field + "\" is not a list of strings");
        return out;
    }

    const Json& list(const Json& root, const char* field) {
        static const Json kEmpty = Json::array();
        const auto found = root.is_object() ? root.find(field) : root.end();
        if (root.is_object() && found != root.end() && found->is_array() && !found->empty())
            return *found;
        fail(std::string("it has no list \"") + field + "\"");
        return kEmpty;
    }

    void require(bool holds, const std::string& what) {
        if (!holds)
            fail(what);
    }
    void fail(const std::string& what) {
        if (m_problem.empty())
            m_problem = what;
    }
    bool failed() const { return !m_problem.empty(); }
    Error error() const {
        return {ErrorCode::BadInput, "The taxonomy " + m_origin + " can't be used: " + m_problem + ".",
                "Correct the file, or start from the default taxonomy."};
    }

private:
    std::string m_origin;
    std::string m_problem;
};

ClauseGroup readGroup(const Json& json, Reader& reader) {
    if (!json.is_object()) {
        reader.fail("a group is not an object");
        return {};
    }
    ClauseGroup group;
    group.key = reader.string(json, "key", "a group");
    const std::string where = "group \"" + group.key + "\"";
    group.title = reader.string(json, "title", where);
    group.letter = reader.string(json, "letter", where);
    reader.require(isKey(group.key), where + " needs a key of small letters, digits and underscores");
    reader.require(!group.title.empty(), where + " has no title");
    reader.require(group.letter.size() == 1 && group.letter[0] >= 'A' && group.letter[0] <= 'Z',
                   where + " needs one capital letter");
    return group;
}

ClauseType readType(const Json& json, Reader& reader) {
    if (!json.is_object()) {
        reader.fail("a clause type is not an object");
        return {};
    }
    ClauseType type;
    type.key = reader.string(json, "key", "a clause type");
    const std::string where = "clause type \"" + type.key + "\"";
    type.title = reader.string(json, "title", where);
    type.group = reader.string(json, "group", where);
    type.guideline = reader.string(json, "guideline", where);
    type.example = reader.string(json, "example", where);
    type.codes = reader.strings(json, "codes", where);
    type.searchTerms = reader.strings(json, "searchTerms", where);
    type.cuadCategory = reader.string(json, "cuadCategory", where);
    const std::string kindName = reader.string(json, "kind", where);
    const auto kind = valueKindFromString(kindName);
    reader.require(isKey(type.key), where + " needs a key of small letters, digits and underscores");
    reader.require(!type.title.empty(), where + " has no title");
    reader.require(kind.has_value(), where + " has the unknown kind \"" + kindName + "\"");
    type.kind = kind.value_or(ValueKind::Text);
    return type;
}

void checkCodes(const ClauseType& type, Reader& reader) {
    const std::string where = "clause type \"" + type.key + "\"";
    const bool needsCodes = type.kind == ValueKind::Enum || type.kind == ValueKind::PartyList;
    reader.require(!needsCodes || !type.codes.empty(), where + " has no codes");
    reader.require(needsCodes || type.codes.empty(), where + " has codes, but its kind takes none");
    reader.require(std::all_of(type.codes.begin(), type.codes.end(), isCode),
                   where + " has a code with a space, a quotation mark or a character outside ASCII");
    std::vector<std::string> sorted = type.codes;
    std::sort(sorted.begin(), sorted.end());
    reader.require(std::adjacent_find(sorted.begin(), sorted.end()) == sorted.end(), where + " has a code twice");
}

Json typeJson(const ClauseType& type) {
    Json json{{"key", type.key},
              {"title", type.title},
              {"group", type.group},
              {"kind", toString(type.kind)},
              {"guideline", type.guideline},
              {"example", type.example}};
    if (!type.codes.empty())
        json["codes"] = type.codes;
    if (!type.searchTerms.empty())
        json["searchTerms"] = type.searchTerms;
    if (!type.cuadCategory.empty())
        json["cuadCategory"] = type.cuadCategory;
    return json;
}

template <typename Items, typename Field>
void requireDistinct(const Items& items, Field field, const std::string& what, Reader& reader) {
    std::vector<std::string> values;
    for (const auto& item : items)
        if (!field(item).empty())
            values.push_back(field(item));
    std::sort(values.begin(), values.end());
    const auto twice = std::adjacent_find(values.begin(), values.end());
    if (twice != values.end())
        reader.fail(what + " \"" + *twice + "\" occurs twice");
}

} // namespace

Result<Taxonomy> Taxonomy::fromJson(std::string_view json, std::string_view origin) {
    Reader reader(origin);
    reader.require(json.size() <= kMaxFileBytes, "it is larger than 4 MiB");
    const Json root = reader.failed() ? Json() : Json::parse(json.begin(), json.end(), nullptr, false);
    reader.require(root.is_object(), "it is not a JSON object");

    Taxonomy taxonomy;
    const auto version = root.is_object() ? root.find("version") : root.end();
    const bool hasVersion = root.is_object() && version != root.end() && version->is_number_integer();
    taxonomy.m_version = hasVersion ? version->get<int>() : 0;
    reader.require(taxonomy.m_version >= 1, "its version is not a number from 1");
    for (const Json& group : reader.list(root, "groups"))
        taxonomy.m_groups.push_back(readGroup(group, reader));
    for (const Json& type : reader.list(root, "types"))
        taxonomy.m_types.push_back(readType(type, reader));
    if (root.is_object() && root.contains("retired"))
        for (const Json& type : reader.list(root, "retired"))
            taxonomy.m_retired.push_back(readType(type, reader));
    taxonomy.check(reader);
    if (reader.failed())
        return reader.error();
    return taxonomy;
}

Result<Taxonomy> Taxonomy::fromParts(int version, std::vector<ClauseGroup> groups, std::vector<ClauseType> types,
                                     std::vector<ClauseType> retired, std::string_view origin) {
    Taxonomy parts;
    parts.m_version = version;
    parts.m_groups = std::move(groups);
    parts.m_types = std::move(types);
    parts.m_retired = std::move(retired);
    return fromJson(parts.toJson(), origin);
}

template <typename Problems> void Taxonomy::check(Problems& problems) {
    for (size_t i = 0; i < m_types.size(); ++i)
        m_index.emplace(m_types[i].key, i);
    std::vector<ClauseType> all = m_types;
    all.insert(all.end(), m_retired.begin(), m_retired.end());
    requireDistinct(m_groups, [](const ClauseGroup& g) { return g.key; }, "the group", problems);
    requireDistinct(m_groups, [](const ClauseGroup& g) { return g.letter; }, "the group letter", problems);
    requireDistinct(all, [](const ClauseType& t) { return t.key; }, "the clause type", problems);
    requireDistinct(
        m_types, [](const ClauseType& t) { return lowered(t.cuadCategory); }, "the CUAD category", problems);
    for (const ClauseType& type : all) {
        checkCodes(type, problems);
        problems.require(group(type.group) != nullptr,
                       "clause type \"" + type.key + "\" names the unknown group \"" + type.group + "\"");
    }
}

std::string Taxonomy::toJson() const {
    Json root;
    root["version"] = m_version;
    for (const ClauseGroup& group : m_groups)
        root["groups"].push_back(Json{{"key", group.key}, {"title", group.title}, {"letter", group.letter}});
    for (const ClauseType& type : m_types)
        root["types"].push_back(typeJson(type));
    for (const ClauseType& type : m_retired)
        root["retired"].push_back(typeJson(type));
    return root.dump(2) + "\n";
}

const ClauseType* Taxonomy::find(std::string_view key) const {
    const auto index = indexOf(key);
    return index ? &m_types[*index] : nullptr;
}

const ClauseType* Taxonomy::findRetired(std::string_view key) const {
    const auto found = std::find_if(m_retired.begin(), m_retired.end(), [&](const auto& type) { return type.key == key; });
    return found == m_retired.end() ? nullptr : &*found;
}

const ClauseGroup* Taxonomy::group(std::string_view key) const {
    const auto found =
        std::find_if(m_groups.begin(), m_groups.end(), [&](const auto& group) { return group.key == key; });
    return found == m_groups.end() ? nullptr : &*found;
}

const ClauseType* Taxonomy::findCuadCategory(std::string_view category) const {
    const std::string wanted = lowered(category);
    if (wanted.empty())
        return nullptr;
    const auto matches = [&](const ClauseType& type) { return lowered(type.cuadCategory) == wanted; };
    const auto found = std::find_if(m_types.begin(), m_types.end(), matches);
    return found == m_types.end() ? nullptr : &*found;
}

std::string Taxonomy::code(std::string_view key) const {
    const auto index = indexOf(key);
    if (!index)
        return {};
    const std::string& groupKey = m_types[*index].group;
    const auto inGroup = [&](const ClauseType& type) { return type.group == groupKey; };
    const auto place =
        std::count_if(m_types.begin(), m_types.begin() + static_cast<std::ptrdiff_t>(*index) + 1, inGroup);
    return group(groupKey)->letter + std::to_string(place);
}

std::optional<size_t> Taxonomy::indexOf(std::string_view key) const {
    const auto found = m_index.find(std::string(key));
    return found == m_index.end() ? std::nullopt : std::optional(found->second);
}

std::vector<std::string> Taxonomy::keys() const {
    std::vector<std::string> out;
    for (const ClauseType& type : m_types)
        out.push_back(type.key);
    return out;
}

std::string_view toString(ValueKind kind) {
    for (const auto& [value, name] : kKindNames)
        if (value == kind)
            return name;
    return {};
}

std::optional<ValueKind> valueKindFromString(std::string_view name) {
    for (const auto& [value, kindName] : kKindNames)
        if (kindName == name)
            return value;
    return std::nullopt;
}

} // namespace cw
