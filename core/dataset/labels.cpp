// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Reading of the `labels` format. Members that this file doesn't name are left alone.
#include "core/dataset/labels.h"

#include "core/dataset/json_fields.h"

namespace cw {

namespace {

LabelSpan readSpan(JsonFields& fields) {
    const LabelSpan span{
        {fields.whole("start"), fields.whole("end")}, fields.text("text"), fields.wholeOr("occurrences", 1)};
    if (span.range.empty() || span.text.empty())
        fields.fail("end", "behind \"start\", and \"text\" must not be empty");
    return span;
}

LabelClause readClause(JsonFields& fields) {
    LabelClause clause;
    clause.category = fields.text("category");
    for (JsonFields& span : fields.objects("spans"))
        clause.spans.push_back(readSpan(span));
    if (fields.has("values"))
        clause.values = fields.texts("values");
    else if (const std::string value = fields.textOr("value", ""); !value.empty())
        clause.values = {value};
    clause.absent = fields.flagOr("absent", clause.spans.empty());
    clause.conflict = fields.flagOr("label_conflict", false);
    return clause;
}

LabelledContract readContract(JsonFields& fields) {
    LabelledContract contract;
    contract.contractFile = fields.text("contract_file");
    contract.contractType = fields.textOr("contract_type", "");
    contract.language = fields.textOr("language_variant", "");
    contract.governingLaw = fields.textOr("governing_law", "");
    const std::string licence = fields.textOr("licence", "");
    contract.source = fields.textOr("source", "") + (licence.empty() ? "" : ", " + licence);
    contract.level = fields.textOr("label_level", "span");
    if (contract.level != "span" && contract.level != "value")
        fields.fail("label_level", "span or value");
    for (JsonFields& clause : fields.objects("clauses"))
        contract.clauses.push_back(readClause(clause));
    return contract;
}

} // namespace

Result<std::vector<LabelledContract>> parseLabels(std::string_view json, std::string_view where) {
    CW_TRY_ASSIGN(list, parseRow(json, where));
    if (!list.is_array())
        return badRow(where, "not a list of contracts.", "Give a file in the form of annotations.json.");
    std::vector<LabelledContract> contracts;
    for (size_t i = 0; i < list.size(); ++i) {
        JsonFields fields(list[i], std::string(where) + ", contract " + std::to_string(i + 1));
        contracts.push_back(readContract(fields));
        CW_TRY(fields.status());
    }
    return contracts;
}

} // namespace cw
