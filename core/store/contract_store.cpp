// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "core/store/contract_store.h"

#include "core/base/hash.h"
#include "core/base/utf.h"
#include "core/model/names.h"
#include "core/store/audit_store.h"
#include "core/store/contract_rows.h"
#include "core/store/database.h"
#include "core/store/passage_rows.h"
#include "core/store/record_json.h"
#include "core/store/statement.h"
#include "core/store/transaction.h"

#include <algorithm>

namespace cw {

namespace {

constexpr const char* kColumns =
    "id, title, type, language, source, file_name, media_type, document_sha256, text_sha256, reader, "
    "text_bytes, pages, added_at, guessed, parties_guess";

Contract readContract(const Statement& row) {
    return {ContractId(row.text(0)),
            row.text(1),
            row.text(2),
            row.text(3),
            row.text(4),
            row.text(5),
            row.text(6),
            row.text(7),
            row.text(8),
            row.text(9),
            static_cast<size_t>(row.integer(10)),
            static_cast<int>(row.integer(11)),
            row.text(12),
            textsFromJson(row.text(13)),
            textsFromJson(row.text(14))};
}

ByteRange rangeAt(const Statement& row, int column) {
    return {static_cast<size_t>(row.integer(column)), static_cast<size_t>(row.integer(column + 1))};
}

Result<ContractId> freeId(Database& database, const ContractId& wish) {
    CW_TRY_ASSIGN(taken, Statement::prepare(database, "SELECT count(*) FROM contracts WHERE id = :id"));
    ContractId id = wish;
    for (int suffix = 2;; ++suffix) {
        CW_TRY(taken.bind(":id", id.value).next());
        const bool isFree = taken.integer(0) == 0;
        CW_TRY(taken.run());
        if (isFree)
            return id;
        id.value = wish.value + "-" + std::to_string(suffix);
    }
}

Status insertContract(Database& database, const Contract& contract) {
    CW_TRY_ASSIGN(row, Statement::prepare(
                           database, "INSERT INTO contracts (id, title, type, language, source, file_name, media_type, "
                                     "document_sha256, text_sha256, reader, text_bytes, pages, added_at, guessed, parties_guess) VALUES (:id, "
                                     ":title, :type, :language, :source, :file, :media, :document, :text, :reader, "
                                     ":bytes, :pages, :added, :guessed, :parties)"));
    row.bind(":id", contract.id.value).bind(":title", contract.title).bind(":type", contract.type);
    row.bind(":language", contract.language).bind(":source", contract.source).bind(":file", contract.fileName);
    row.bind(":media", contract.mediaType)
        .bind(":document", contract.documentSha256)
        .bind(":text", contract.textSha256);
    row.bind(":reader", contract.reader).bind(":bytes", contract.textBytes).bind(":pages", contract.pages);
    row.bind(":guessed", textsToJson(contract.guessed)).bind(":parties", textsToJson(contract.partiesGuess));
    return row.bind(":added", contract.addedAt).run();
}

Status insertText(Database& database, std::int64_t number, const std::string& text) {
    CW_TRY_ASSIGN(
        row, Statement::prepare(database, "INSERT INTO contract_texts (contract, text) VALUES (:contract, :text)"));
    return row.bind(":contract", number).bind(":text", text).run();
}

Status insertPages(Database& database, std::int64_t number, const std::vector<PageSize>& pages) {
    CW_TRY_ASSIGN(row, Statement::prepare(database,
                                          "INSERT INTO contract_pages (contract, page, width_points, height_points) "
                                          "VALUES (:contract, :page, :width, :height)"));
    for (size_t i = 0; i < pages.size(); ++i)
        CW_TRY(row.bind(":contract", number)
                   .bind(":page", i)
                   .bind(":width", pages[i].widthPoints)
                   .bind(":height", pages[i].heightPoints)
                   .run());
    return {};
}

Status insertLines(Database& database, std::int64_t number, const std::vector<LineBox>& lines) {
    CW_TRY_ASSIGN(
        row, Statement::prepare(database,
                                "INSERT INTO contract_lines (contract, line, page, begin_byte, end_byte, left_share, "
                                "top_share, right_share, bottom_share) VALUES (:contract, :line, :page, :begin, "
                                ":end, :left, :top, :right, :bottom)"));
    for (size_t i = 0; i < lines.size(); ++i) {
        const LineBox& line = lines[i];
        row.bind(":contract", number).bind(":line", i).bind(":page", line.page);
        row.bind(":begin", line.range.begin).bind(":end", line.range.end);
        row.bind(":left", line.left).bind(":top", line.top).bind(":right", line.right).bind(":bottom", line.bottom);
        CW_TRY(row.run());
    }
    return {};
}

Status insertMarks(Database& database, std::int64_t number, const std::vector<TextMark>& marks) {
    CW_TRY_ASSIGN(row, Statement::prepare(database, "INSERT INTO text_marks (contract, place, kind, begin_byte, end_byte, "
                                                    "detail, confidence) VALUES (:contract, :place, :kind, :begin, :end, "
                                                    ":detail, :confidence)"));
    for (size_t i = 0; i < marks.size(); ++i) {
        const TextMark& mark = marks[i];
        row.bind(":contract", number).bind(":place", i).bind(":kind", nameOf(mark.kind));
        row.bind(":begin", mark.range.begin).bind(":end", mark.range.end).bind(":detail", mark.detail);
        CW_TRY(row.bind(":confidence", mark.confidence).run());
    }
    return {};
}

Status insertNotes(Database& database, std::int64_t number, const std::vector<ReaderNote>& notes) {
    CW_TRY_ASSIGN(row, Statement::prepare(database, "INSERT INTO reader_notes (contract, place, kind, number) "
                                                    "VALUES (:contract, :place, :kind, :number)"));
    for (size_t i = 0; i < notes.size(); ++i)
        CW_TRY(row.bind(":contract", number).bind(":place", i).bind(":kind", nameOf(notes[i].kind)).bind(":number", notes[i].number).run());
    return {};
}

Status checkDocument(const Contract& contract, const DocumentText& document) {
    const auto refuse = [&](const std::string& why) {
        return Error{ErrorCode::BadInput, contract.fileName + " " + why + ".", ""};
    };
    if (contract.id.empty())
        return refuse("gives a contract without a name");
    if (const auto at = firstInvalidUtf8(document.text))
        return refuse("gave a text that is not UTF-8 at byte " + std::to_string(*at));
    const bool linesFit = std::all_of(document.lines.begin(), document.lines.end(), [&](const LineBox& line) {
        return line.range.begin <= line.range.end && line.range.end <= document.text.size();
    });
    if (!linesFit)
        return refuse("gave a line box outside its text");
    const bool marksFit = std::all_of(document.marks.begin(), document.marks.end(), [&](const TextMark& mark) {
        return mark.range.begin <= mark.range.end && mark.range.end <= document.text.size();
    });
    return marksFit ? Status() : refuse("gave a mark outside its text");
}

} // namespace

Result<ContractId> ContractStore::add(Contract contract, const DocumentText& document) {
    CW_TRY(checkDocument(contract, document));
    if (const auto there = findByDocument(contract.documentSha256))
        return Error{ErrorCode::BadUsage, contract.fileName + " is in the project already, as " + there->value + ".",
                     ""};
    contract.textSha256 = sha256Hex(document.text);
    contract.textBytes = document.text.size();
    contract.pages = static_cast<int>(document.pages.size());
    if (contract.reader.empty())
        contract.reader = document.reader;
    if (contract.addedAt.empty())
        contract.addedAt = m_audit.now();
    const Status written = inTransaction(m_database, [&]() -> Status {
        CW_TRY_ASSIGN(id, freeId(m_database, contract.id));
        contract.id = id;
        CW_TRY(insertContract(m_database, contract));
        CW_TRY_ASSIGN(number, contractNumber(m_database, contract.id));
        CW_TRY(insertText(m_database, number, document.text));
        CW_TRY(insertPages(m_database, number, document.pages));
        CW_TRY(insertLines(m_database, number, document.lines));
        CW_TRY(insertMarks(m_database, number, document.marks));
        CW_TRY(insertNotes(m_database, number, document.notes));
        CW_TRY(indexPassages(m_database, number, document.text));
        return m_audit.append("contract", contract.id.value, "import", "", recordJson(contract));
    });
    CW_TRY(written);
    return contract.id;
}

std::optional<ContractId> ContractStore::findByDocument(std::string_view documentSha256) {
    auto row = Statement::prepare(m_database, "SELECT id FROM contracts WHERE document_sha256 = :document");
    if (!row)
        return std::nullopt;
    const auto found = row->bind(":document", documentSha256).next();
    return found && *found ? std::optional(ContractId(row->text(0))) : std::nullopt;
}

Result<std::vector<Contract>> ContractStore::all() {
    CW_TRY_ASSIGN(rows,
                  Statement::prepare(m_database, std::string("SELECT ") + kColumns + " FROM contracts ORDER BY id"));
    return rows.collect(readContract);
}

Result<Contract> ContractStore::get(const ContractId& id) {
    CW_TRY_ASSIGN(row,
                  Statement::prepare(m_database, std::string("SELECT ") + kColumns + " FROM contracts WHERE id = :id"));
    CW_TRY_ASSIGN(found, row.bind(":id", id.value).next());
    return found ? Result<Contract>(readContract(row)) : noSuchContract(id);
}

Result<std::string> ContractStore::text(const ContractId& id) {
    CW_TRY_ASSIGN(number, contractNumber(m_database, id));
    return contractText(m_database, number);
}

Result<std::vector<LineBox>> ContractStore::lines(const ContractId& id) {
    CW_TRY_ASSIGN(number, contractNumber(m_database, id));
    CW_TRY_ASSIGN(rows, Statement::prepare(
                            m_database, "SELECT page, begin_byte, end_byte, left_share, top_share, right_share, "
                                        "bottom_share FROM contract_lines WHERE contract = :contract ORDER BY line"));
    return rows.bind(":contract", number).collect([](const Statement& row) {
        return LineBox{
            static_cast<int>(row.integer(0)), rangeAt(row, 1), row.real(3), row.real(4), row.real(5), row.real(6)};
    });
}

Result<std::vector<PageSize>> ContractStore::pages(const ContractId& id) {
    CW_TRY_ASSIGN(number, contractNumber(m_database, id));
    CW_TRY_ASSIGN(rows, Statement::prepare(m_database, "SELECT width_points, height_points FROM contract_pages "
                                                       "WHERE contract = :contract ORDER BY page"));
    return rows.bind(":contract", number).collect([](const Statement& row) {
        return PageSize{row.real(0), row.real(1)};
    });
}

Result<std::vector<TextMark>> ContractStore::marks(const ContractId& id) {
    CW_TRY_ASSIGN(number, contractNumber(m_database, id));
    CW_TRY_ASSIGN(rows, Statement::prepare(m_database, "SELECT kind, begin_byte, end_byte, detail, confidence FROM text_marks "
                                                       "WHERE contract = :contract ORDER BY place"));
    return rows.bind(":contract", number).collect([](const Statement& row) {
        return TextMark{fromName<TextMarkKind>(row.text(0)), rangeAt(row, 1), row.text(3), row.real(4)};
    });
}

Result<std::vector<ReaderNote>> ContractStore::notes(const ContractId& id) {
    CW_TRY_ASSIGN(number, contractNumber(m_database, id));
    CW_TRY_ASSIGN(rows, Statement::prepare(m_database, "SELECT kind, number FROM reader_notes WHERE contract = :contract ORDER BY place"));
    return rows.bind(":contract", number).collect([](const Statement& row) {
        return ReaderNote{fromName<ReaderNoteKind>(row.text(0)), static_cast<int>(row.integer(1))};
    });
}

Result<std::vector<std::pair<ContractId, CellCounts>>> ContractStore::counts() {
    CW_TRY_ASSIGN(
        rows,
        Statement::prepare(m_database,
                           "SELECT contracts.id, "
                           "count(*) FILTER (WHERE state = 'present' AND NOT (unsure OR conflict OR value_to_review)), "
                           "count(*) FILTER (WHERE state = 'absent' AND NOT (unsure OR conflict OR value_to_review)), "
                           "count(*) FILTER (WHERE unsure OR conflict OR value_to_review) "
                           "FROM contracts LEFT JOIN readings second ON second.contract = contracts.number AND "
                           "second.number = 2 AND second.annotator = :person AND NOT EXISTS (SELECT 1 FROM readings first "
                           "WHERE first.contract = contracts.number AND first.number = 1) LEFT JOIN cells ON "
                           "cells.contract = contracts.number AND reading = iif(second.contract IS NULL, 0, 2) "
                           "GROUP BY contracts.id ORDER BY contracts.id"));
    return rows.bind(":person", m_audit.person()).collect([](const Statement& row) {
        const auto count = [&](int column) { return static_cast<int>(row.integer(column)); };
        return std::pair(ContractId(row.text(0)), CellCounts{count(1), count(2), count(3)});
    });
}

Result<std::vector<std::pair<ContractId, std::string>>> ContractStore::readers() {
    CW_TRY_ASSIGN(rows, Statement::prepare(m_database, "SELECT DISTINCT contracts.id, readings.annotator FROM readings "
                                                       "JOIN contracts ON contracts.number = readings.contract "
                                                       "WHERE readings.annotator <> '' ORDER BY contracts.id, readings.annotator"));
    return rows.collect([](const Statement& row) { return std::pair(ContractId(row.text(0)), row.text(1)); });
}

Status ContractStore::setType(const std::vector<ContractId>& ids, const std::string& type) {
    return change(ids, "type", [&](Contract& contract) {
        contract.type = type;
        std::erase(contract.guessed, "type");
    });
}

Status ContractStore::setLanguage(const std::vector<ContractId>& ids, const std::string& language) {
    return change(ids, "language", [&](Contract& contract) {
        contract.language = language;
        std::erase(contract.guessed, "language");
    });
}

Status ContractStore::confirmGuesses(const std::vector<ContractId>& ids) {
    return change(ids, "confirm", [](Contract& contract) {
        std::erase(contract.guessed, "type");
        std::erase(contract.guessed, "language");
    });
}

Status ContractStore::change(const std::vector<ContractId>& ids, std::string_view action, const std::function<void(Contract&)>& edit) {
    return inTransaction(m_database, [&]() -> Status {
        for (const ContractId& id : ids)
            CW_TRY(changeOne(id, action, edit));
        return {};
    });
}

Status ContractStore::changeOne(const ContractId& id, std::string_view action, const std::function<void(Contract&)>& edit) {
    CW_TRY_ASSIGN(contract, get(id));
    const Contract before = contract;
    edit(contract);
    if (contract == before)
        return {};
    CW_TRY_ASSIGN(row, Statement::prepare(m_database, "UPDATE contracts SET type = :type, language = :language, guessed = :guessed "
                                                      "WHERE id = :id"));
    row.bind(":type", contract.type).bind(":language", contract.language);
    CW_TRY(row.bind(":guessed", textsToJson(contract.guessed)).bind(":id", id.value).run());
    return m_audit.append("contract", id.value, action, recordJson(before), recordJson(contract));
}

} // namespace cw
