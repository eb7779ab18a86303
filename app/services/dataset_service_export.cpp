// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The half of the dataset service that writes files: each export with a manifest beside it.
#include "app/services/cell_json.h"
#include "app/services/csv_row.h"
#include "app/services/dataset_service.h"
#include "app/services/result_qt.h"
#include "core/base/file.h"
#include "core/base/hash.h"
#include "core/extraction/canonical_json.h"
#include "core/model/names.h"

#include <nlohmann/json.hpp>

#include <filesystem>

namespace cw {

namespace {

using Json = nlohmann::ordered_json;

std::string dump(const Json& json, int indent = -1) { return json.dump(indent, ' ', false, Json::error_handler_t::replace); }

Json linesJson(const std::vector<LineBox>& lines) {
    Json out = Json::array();
    for (const LineBox& line : lines)
        out.push_back({line.page, line.range.begin, line.range.end, line.left, line.top, line.right, line.bottom});
    return out;
}

Json contractJson(const Contract& contract) {
    return {{"v", 1},
            {"contract", contract.id.value},
            {"title", contract.title},
            {"type", contract.type},
            {"language", contract.language},
            {"source", contract.source},
            {"file", contract.fileName},
            {"media_type", contract.mediaType},
            {"document_sha256", contract.documentSha256},
            {"text_sha256", contract.textSha256},
            {"reader", contract.reader},
            {"added_at", contract.addedAt}};
}

std::string spansText(const Cell& cell) {
    std::string out;
    for (const Span& span : cell.spans)
        out += (out.empty() ? "" : " ") + std::to_string(span.range.begin) + ":" + std::to_string(span.range.end);
    return out;
}

std::string quotesText(const Cell& cell) {
    std::string out;
    for (const Span& span : cell.spans)
        out += (out.empty() ? "" : " | ") + span.quote;
    return out;
}

} // namespace

// `manifestMembers` is a JSON object that the format adds.
Status DatasetService::writeExport(const QString& file, std::string_view bytes, const std::string& format, std::string manifestMembers) {
    CW_TRY_ASSIGN(head, m_session.store().audit().head());
    const std::filesystem::path path(toStdString(file));
    Json manifest = {{"version", 1},          {"format", format},           {"file", path.filename().string()},
                     {"bytes", bytes.size()}, {"sha256", sha256Hex(bytes)}, {"project", m_session.store().name()},
                     {"taxonomy_version", m_session.taxonomy().version()},  {"audit_head", head},
                     {"text_positions", "half-open ranges of UTF-8 bytes in the canonical text"}};
    manifest.update(Json::parse(manifestMembers));
    if (path.has_parent_path())
        CW_TRY(makeFolder(path.parent_path()));
    CW_TRY(writeFileAtomically(path, bytes));
    return writeFileAtomically(path.string() + ".manifest.json", dump(manifest, 2) + "\n");
}

Status DatasetService::exportChat(const QString& file, Side side, const DatasetOptions& options) {
    CW_TRY_ASSIGN(made, rows(side, options));
    if (made.rows.empty())
        return Error{ErrorCode::BadInput, "The " + std::string(nameOf(side)) + " side of split " + options.split + " has nothing to export.",
                     "Review clause types of its contracts first."};
    const Json members = {{"split", options.split},
                          {"side", nameOf(side)},
                          {"rows", made.rows.size()},
                          {"windows_with_finding", made.windowsWithFinding},
                          {"windows_without", made.windowsWithout},
                          {"chunk",
                           {{"strategy", nameOf(options.chunk.strategy)},
                            {"max_bytes", options.chunk.maxBytes},
                            {"overlap_bytes", options.chunk.overlapBytes},
                            {"stub_bytes", options.chunk.stubBytes}}},
                          {"negatives", options.negatives},
                          {"only", options.only},
                          {"dataset", made.rows.front().meta.dataset},
                          {"lost", made.lost}};
    return writeExport(file, toLines(made.rows), "chat", dump(members));
}

Status DatasetService::exportPreference(const QString& file, bool useMined) {
    CW_TRY_ASSIGN(made, preferenceRows(useMined));
    if (made.empty())
        return Error{ErrorCode::BadInput, "There is no decided preference pair to export.", "Mine pairs from a run, or vote on some."};
    const Json members = {{"rows", made.size()}, {"use_mined", useMined}, {"dataset", made.front().meta.dataset}};
    return writeExport(file, toLines(made), "preference", dump(members));
}

Status DatasetService::exportClausewright(const QString& file) {
    ProjectStore& store = m_session.store();
    CW_TRY_ASSIGN(contracts, store.contracts().all());
    std::string lines;
    for (const Contract& contract : contracts) {
        Json line = contractJson(contract);
        CW_TRY_ASSIGN(text, store.contracts().text(contract.id));
        CW_TRY_ASSIGN(cells, store.annotations().cells(contract.id));
        CW_TRY_ASSIGN(pages, store.contracts().pages(contract.id));
        CW_TRY_ASSIGN(boxes, store.contracts().lines(contract.id));
        line["pages"] = Json::array();
        for (const PageSize& page : pages)
            line["pages"].push_back({page.widthPoints, page.heightPoints});
        line["lines"] = linesJson(boxes);
        line["cells"] = Json::array();
        for (const Cell& cell : cells)
            if (cell.state != CellState::NotReviewed || cell.flags.any() || !cell.annotator.empty() || !cell.note.empty())
                line["cells"].push_back(cellJson(cell));
        line["text"] = text;
        lines += dump(line) + "\n";
    }
    return writeExport(file, lines, "clausewright", dump({{"contracts", contracts.size()}}));
}

Status DatasetService::exportCsv(const QString& file) {
    CW_TRY_ASSIGN(touched, m_session.store().annotations().touchedCells());
    std::string out = csvRow({"contract", "clause", "state", "flags", "value", "spans", "quotes", "annotator", "note"});
    size_t rows = 0;
    for (const auto& [contract, cells] : touched)
        for (const Cell& cell : cells) {
            if (cell.state == CellState::NotReviewed && !cell.flags.any())
                continue; // a decision that was taken back
            out += csvRow({contract.value, cell.clause, std::string(nameOf(cell.state)), flagWords(cell.flags), encodeValue(cell.value),
                           spansText(cell), quotesText(cell), cell.annotator, cell.note});
            ++rows;
        }
    return writeExport(file, out, "csv", dump({{"rows", rows}}));
}

} // namespace cw
