// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The rows of a dataset on disk: `chat` (prompt and answer), `preference` (prompt, chosen, rejected), and a model's
// outputs. One JSON object a line; this file is the only writer and reader of their form. Any thread.
#pragma once

#include "core/base/byte_range.h"
#include "core/base/ids.h"
#include "core/base/result.h"
#include "core/extraction/canonical_json.h"
#include "core/model/annotation.h" // kMaxAlternatives

#include <nlohmann/json_fwd.hpp>

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cw {

// {"contract":id,"window":[a,b],"part":i,"parts":n,"request":[keys],"text_at":n,"dataset":hash}
struct RowMeta {
    ContractId contract;
    ByteRange window;
    int part = 1;
    int parts = 1;
    Request request;
    size_t textAt = 0; // byte offset in the user turn where the window's text begins
    std::string dataset;
    bool again = false; // a second look at a quote that an edge cut: beside the windows of the contract, not one of them
    friend bool operator==(const RowMeta&, const RowMeta&) = default;
};

// {"messages":[{"role":"user","content":...},{"role":"assistant","content":...}],"meta":{...}}. A row without an
// assistant turn is a prompt alone (generate, evaluate).
struct ChatRow {
    std::string user;
    std::string assistant; // empty: a prompt alone
    RowMeta meta;
    friend bool operator==(const ChatRow&, const ChatRow&) = default;
};

// {"prompt":[{user}],"chosen":[{assistant}],"rejected":[{assistant}],"meta":{...}}
struct PreferenceRow {
    std::string user;
    std::string chosen;
    std::string rejected;
    RowMeta meta;
    friend bool operator==(const PreferenceRow&, const PreferenceRow&) = default;
};

enum class FinishReason { Stop, Length };

// One output of a model:
// {"v":1,"contract":id,"window":[a,b],"part":i,"parts":n,"request":[keys],"mode":"free"|"constrained",
// "output":text,"finish":"stop"|"length","tokens":n,"tokens_in":n,"seconds":x,"margins":[x,...]}. An output that is not UTF-8 stands as
// "output_hex", its bytes in hex digits, instead; what isn't known ("tokens_in", "seconds", "margins") is left out; one of a second look
// has "again":true.
struct OutputRow {
    RowMeta meta;
    bool constrained = false;
    std::string output;
    FinishReason finish = FinishReason::Stop;
    int tokens = 0; // written
    // One a key of the request, or none at all (free decoding, old files): by how many nats a value beat null, negative where null won;
    // nothing where the two were not compared.
    std::vector<std::optional<float>> margins = {};
    std::optional<int> tokensIn = {};   // of the prompt
    std::optional<double> seconds = {}; // from when the answer was begun to its end, others beside it or not
    friend bool operator==(const OutputRow&, const OutputRow&) = default;
};

// What the project knew of a contract's document when it was frozen.
struct DocumentFacts {
    std::string mediaType;   // "application/pdf"
    size_t textBytes = 0;    // of the canonical text
    int pages = 0;           // 0 for a text file
    int recognisedPages = 0; // of these, that text recognition read
    friend bool operator==(const DocumentFacts&, const DocumentFacts&) = default;
};

// The truth that a run is scored against, frozen with its data:
// {"v":1,"contract":id,"type":t,"title":t,"language":l,"clauses":{...},"unreviewed":[keys],"origin":o,
// "document":{"media_type":m,"text_bytes":n,"pages":n,"recognised_pages":n}}; clauses in canonical form, each with
// "s":[[a,b],...] beside q and v, and "alt":[{"q":[...],"v":value},...] where other answers are accepted too, in canonical form of the clause's
// kind. "v", "origin", "document", "s" and "alt" may be missing: older files and those of others have none.
struct GoldRow {
    ContractId contract;
    std::string title;
    std::string type;
    std::string language;
    Request request;                            // the reviewed types
    Answer answer;                              // cells as in request
    std::vector<std::vector<ByteRange>> ranges; // a cell's quotes' places; none where the file gives none
    std::vector<std::string> unreviewed; // types without a decision; where the file doesn't list them, all the others
    std::string origin = {}; // where the contract came from, as the import was told
    std::optional<DocumentFacts> document = {};
    std::map<std::string, std::vector<Finding>> alternatives = {}; // by clause key, of cells that have any: answers that are accepted too
    friend bool operator==(const GoldRow&, const GoldRow&) = default;
};

std::string toLine(const ChatRow& row);
std::string toLine(const PreferenceRow& row);
std::string toLine(const OutputRow& row);
std::string toLine(const GoldRow& row);

// Each reads one line; `where` ("train.jsonl, line 7") names it in an error.
Result<ChatRow> chatRowFromLine(std::string_view line, std::string_view where);
Result<PreferenceRow> preferenceRowFromLine(std::string_view line, std::string_view where);
Result<OutputRow> outputRowFromLine(std::string_view line, std::string_view where);
Result<OutputRow> outputRowFromJson(const nlohmann::ordered_json& json, std::string_view where);
Result<GoldRow> goldRowFromLine(std::string_view line, std::string_view where, const Taxonomy& taxonomy);

// Every line of a JSON Lines file; a missing last newline is fine, a line without anything but whitespace is skipped.
std::vector<std::string_view> splitLines(std::string_view bytes);
// The number, from 1, of a line that splitLines gave of `bytes`.
size_t lineNumber(std::string_view bytes, std::string_view line);

// All rows of a file, or the first thing that is wrong in it: which file, which line, what.
Result<std::vector<ChatRow>> readChatRows(const std::filesystem::path& file);
Result<std::vector<PreferenceRow>> readPreferenceRows(const std::filesystem::path& file);
Result<std::vector<OutputRow>> readOutputRows(const std::filesystem::path& file);
Result<std::vector<GoldRow>> readGoldRows(const std::filesystem::path& file, const Taxonomy& taxonomy);

// The bytes of a file of rows: one line each.
template <typename Row> std::string toLines(const std::vector<Row>& rows) {
    std::string out;
    for (const Row& row : rows)
        out += toLine(row) + "\n";
    return out;
}

} // namespace cw
