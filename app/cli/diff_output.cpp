// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "app/cli/diff_output.h"

#include "app/cli/output.h"
#include "app/services/result_qt.h"
#include "core/text/word_diff.h"

#include <algorithm>
#include <set>

namespace cw::cli {

namespace {

const char* name(DiffKind kind) {
    return kind == DiffKind::Equal ? "equal" : kind == DiffKind::Deleted ? "deleted" : "inserted";
}

std::string_view slice(const std::string& text, ByteRange range) { return std::string_view(text).substr(range.begin, range.size()); }

Result<Json> parseObject(const NamedText& input) {
    Json json = Json::parse(input.text, nullptr, false);
    if (json.is_object())
        return json;
    return Error{ErrorCode::BadInput, toStdString(input.file) + " is not a JSON object.", "Compare it by words instead."};
}

std::vector<std::string> keysOf(const Json& left, const Json& right) {
    std::vector<std::string> keys;
    std::set<std::string> seen;
    for (const Json* object : {&left, &right})
        for (const auto& [key, value] : object->items())
            if (seen.insert(key).second)
                keys.push_back(key);
    return keys;
}

} // namespace

bool printWordDiff(const std::string& left, const std::string& right, bool json) {
    const std::vector<DiffRun> runs = diffWords(left, right);
    Json list = Json::array();
    std::string marked;
    for (const DiffRun& run : runs) {
        const std::string text(run.kind == DiffKind::Inserted ? slice(right, run.right) : slice(left, run.left));
        list.push_back({{"kind", name(run.kind)}, {"left", {run.left.begin, run.left.end}}, {"right", {run.right.begin, run.right.end}},
                        {"text", text}});
        marked += run.kind == DiffKind::Equal ? text : run.kind == DiffKind::Deleted ? "[-" + text + "-]" : "{+" + text + "+}";
    }
    if (json)
        printJson({{"runs", std::move(list)}});
    else
        print(std::string_view(marked));
    return std::all_of(runs.begin(), runs.end(), [](const DiffRun& run) { return run.kind == DiffKind::Equal; });
}

Result<bool> printFieldDiff(const NamedText& leftText, const NamedText& rightText, bool json) {
    CW_TRY_ASSIGN(left, parseObject(leftText));
    CW_TRY_ASSIGN(right, parseObject(rightText));
    Json fields = Json::array();
    std::vector<QStringList> rows{{QStringLiteral("field"), QStringLiteral("verdict"), leftText.file, rightText.file}};
    bool equal = true;
    for (const std::string& key : keysOf(left, right)) {
        const bool inLeft = left.contains(key), inRight = right.contains(key);
        const std::string verdict = !inRight ? "only_left" : !inLeft ? "only_right" : left[key] == right[key] ? "equal" : "different";
        equal = equal && verdict == "equal";
        const Json a = inLeft ? left[key] : Json(), b = inRight ? right[key] : Json();
        fields.push_back({{"field", key}, {"verdict", verdict}, {"left", a}, {"right", b}});
        rows.push_back({toQString(key), toQString(verdict), inLeft ? toQString(a.dump()) : QString(), inRight ? toQString(b.dump()) : QString()});
    }
    if (json)
        printJson({{"fields", std::move(fields)}});
    else
        print(table(rows));
    return equal;
}

} // namespace cw::cli
