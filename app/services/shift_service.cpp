// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "app/services/shift_service.h"

#include "core/base/file.h"
#include "core/prompt/prompt.h"
#include "core/prompt/stub.h"

#include <algorithm>
#include <array>

namespace cw {

namespace {

namespace fs = std::filesystem;

constexpr const char *kGold = "gold.jsonl", *kEdits = "edits.jsonl", *kPrompts = "prompts.jsonl", *kTaxonomy = "taxonomy.json", *kTexts = "texts";
constexpr std::array kFiles = {kGold, kPrompts, kTaxonomy, kEdits};

fs::path textFile(const fs::path& folder, const ContractId& contract) { return folder / kTexts / (contract.value + ".txt"); }

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

// Everything of one shift into an empty folder.
Result<ShiftReport> writeFresh(const fs::path& folder, ShiftKind kind, const ShiftInput& input, const ChunkSettings& chunk) {
    CW_TRY(makeFolder(folder / kTexts));
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
        ++report.contracts;
        report.edits += shifted->edits.size();
        report.directed += static_cast<int>(shifted->directed.size());
        gold += toLine(shifted->gold) + "\n";
        edits += editsLine(kind, *shifted) + "\n";
        prompts += toLines(promptsOf(*shifted, chunk));
        CW_TRY(writeFileAtomically(textFile(folder, row.contract), shifted->text));
    }
    CW_TRY(writeFileAtomically(folder / kGold, gold));
    CW_TRY(writeFileAtomically(folder / kPrompts, prompts));
    CW_TRY(writeFileAtomically(folder / kTaxonomy, input.taxonomy.toJson()));
    CW_TRY(writeFileAtomically(folder / kEdits, edits));
    return report;
}

std::vector<fs::path> textsIn(const fs::path& folder) {
    std::vector<fs::path> texts;
    std::error_code ignored;
    for (const fs::directory_entry& entry : fs::directory_iterator(folder / kTexts, ignored))
        if (entry.path().extension() == ".txt")
            texts.push_back(entry.path());
    return texts;
}

// A shift of before, and nothing that somebody else put into its folder.
void removeShift(const fs::path& folder) {
    std::error_code ignored;
    for (const char* file : kFiles)
        fs::remove(folder / file, ignored);
    for (const fs::path& text : textsIn(folder))
        fs::remove(text, ignored);
    fs::remove(folder / kTexts, ignored); // where it is empty
    fs::remove(folder, ignored);
}

Status moveFile(const fs::path& from, const fs::path& to) {
    std::error_code failed;
    fs::rename(from, to, failed);
    return failed ? Status(Error{ErrorCode::WriteFailed, to.string() + " can't be written: " + failed.message() + ".", "Check the folder and the free space."}) : Status();
}

// The edits go last: a folder without them is read as none.
Status moveShift(const fs::path& from, const fs::path& to) {
    CW_TRY(makeFolder(to / kTexts));
    for (const fs::path& text : textsIn(from))
        CW_TRY(moveFile(text, to / kTexts / text.filename()));
    for (const char* file : kFiles)
        CW_TRY(moveFile(from / file, to / file));
    return {};
}

} // namespace

Result<ShiftReport> writeShift(const fs::path& folder, ShiftKind kind, const ShiftInput& input, const ChunkSettings& chunk) {
    const fs::path fresh = folder.parent_path() / (".unfinished-" + folder.filename().string());
    std::error_code ignored;
    fs::remove_all(fresh, ignored); // of one that was killed
    auto report = writeFresh(fresh, kind, input, chunk);
    if (report)
        removeShift(folder);
    const Status moved = report && report->contracts > 0 ? moveShift(fresh, folder) : Status();
    fs::remove_all(fresh, ignored);
    CW_TRY(moved);
    return report;
}

Result<ShiftFolder> readShift(const fs::path& folder, const ShiftInput& original) {
    ShiftFolder out;
    const fs::path file = folder / kEdits;
    CW_TRY_ASSIGN(rows, readEdits(file));
    CW_TRY_ASSIGN(gold, readGoldRows(folder / kGold, original.taxonomy));
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
