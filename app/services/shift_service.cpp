// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "app/services/shift_service.h"

#include "core/base/file.h"
#include "core/prompt/prompt.h"
#include "core/prompt/stub.h"

#include <algorithm>

namespace cw {

namespace {

namespace fs = std::filesystem;

fs::path textFile(const fs::path& folder, const ContractId& contract) { return folder / "texts" / (contract.value + ".txt"); }

// An id from outside names a file here: it must not name another place.
bool isFileName(const std::string& id) { return !id.empty() && id.find_first_of("/\\") == std::string::npos && id.find('\0') == std::string::npos; }

std::vector<ChatRow> promptsOf(const ShiftedContract& contract, const ChunkSettings& chunk) {
    std::vector<ChatRow> rows;
    for (const Window& window : windowsOf(contract.text, chunk)) {
        const Prompt prompt = makePrompt(contract.gold.request, contract.gold.title, window, contract.text);
        ChatRow row;
        row.user = prompt.user;
        row.meta = {contract.gold.contract, window.range, window.part, window.parts, contract.gold.request, prompt.textAt, {}};
        rows.push_back(std::move(row));
    }
    return rows;
}

} // namespace

Result<ShiftReport> writeShift(const fs::path& folder, ShiftKind kind, const ShiftInput& input, const ChunkSettings& chunk) {
    ShiftReport report{kind, 0, 0, 0, {}};
    std::string gold, edits, prompts;
    for (const GoldRow& row : input.gold) {
        if (!isFileName(row.contract.value))
            return Error{ErrorCode::BadInput, "The contract " + row.contract.value + " can't be a file's name.", "Name contracts without slashes."};
        const auto text = input.texts.find(row.contract);
        if (text == input.texts.end()) {
            ++report.leftOut["Its text is missing."];
            continue;
        }
        const auto shifted = shiftContract(kind, row, text->second, input.taxonomy);
        if (!shifted) {
            ++report.leftOut[shifted.error().detail];
            continue;
        }
        if (report.contracts++ == 0)
            CW_TRY(makeFolder(folder / "texts"));
        report.edits += shifted->edits.size();
        report.directed += static_cast<int>(shifted->directed.size());
        gold += toLine(shifted->gold) + "\n";
        edits += editsLine(kind, *shifted) + "\n";
        prompts += toLines(promptsOf(*shifted, chunk));
        CW_TRY(writeFileAtomically(textFile(folder, row.contract), shifted->text));
    }
    if (report.contracts == 0)
        return report;
    CW_TRY(writeFileAtomically(folder / "gold.jsonl", gold));
    CW_TRY(writeFileAtomically(folder / "edits.jsonl", edits));
    CW_TRY(writeFileAtomically(folder / "prompts.jsonl", prompts));
    CW_TRY(writeFileAtomically(folder / "taxonomy.json", input.taxonomy.toJson()));
    return report;
}

Result<ShiftFolder> readShift(const fs::path& folder, const ShiftInput& original) {
    ShiftFolder out;
    const fs::path file = folder / "edits.jsonl";
    CW_TRY_ASSIGN(rows, readEdits(file));
    CW_TRY_ASSIGN(gold, readGoldRows(folder / "gold.jsonl", original.taxonomy));
    for (EditsRow& row : rows) {
        const auto at = std::find_if(gold.begin(), gold.end(), [&](const GoldRow& each) { return each.contract == row.contract; });
        const auto text = original.texts.find(row.contract);
        if (at == gold.end() || text == original.texts.end())
            return Error{ErrorCode::BadInput, file.string() + " names " + row.contract.value + ", which has no gold answer or no text.",
                         "Give the folder as `shift` wrote it, and the texts that it was made from."};
        CW_TRY(checkEdits(row, text->second, file.string()));
        CW_TRY_ASSIGN(shifted, readFile(textFile(folder, row.contract)));
        out.shift = row.shift;
        out.contracts.push_back({std::move(*at), std::move(shifted), std::move(row.edits), std::move(row.directed)});
    }
    return out;
}

} // namespace cw
