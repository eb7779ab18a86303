// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Contracts, their canonical texts and page boxes. One thread; writes need a store opened to write.
#pragma once

#include "core/base/result.h"
#include "core/model/contract.h"

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cw {

class AuditStore;
class Database;

// What a list shows of a contract's annotation, counted by the store.
struct CellCounts {
    int present = 0, absent = 0, flagged = 0; // flagged: unsure, conflict or value to review (not in the other two)
    int reviewed() const { return present + absent; }
};

class ContractStore {
public:
    ContractStore(Database& database, AuditStore& audit) : m_database(database), m_audit(audit) {}

    // Adds the contract with its text and boxes in one transaction. `contract.id` is a wish: if it is taken, "-2", "-3"
    // ... is appended; the id given is returned. The same original twice is an error of kind BadUsage that names the
    // contract that is there.
    Result<ContractId> add(Contract contract, const DocumentText& document);
    std::optional<ContractId> findByDocument(std::string_view documentSha256);

    Result<std::vector<Contract>> all();
    Result<Contract> get(const ContractId& id);
    Result<std::string> text(const ContractId& id);
    Result<std::vector<LineBox>> lines(const ContractId& id);
    Result<std::vector<PageSize>> pages(const ContractId& id);
    Result<std::vector<TextMark>> marks(const ContractId& id);
    Result<std::vector<ReaderNote>> notes(const ContractId& id);
    // Of the records; of a contract that the store's person reads blind, that reading's.
    Result<std::vector<std::pair<ContractId, CellCounts>>> counts();

    // Whose the contracts are to read, by assignment; a contract may have several readers.
    Result<std::vector<std::pair<ContractId, std::string>>> readers();

    // A person's word: what was guessed no longer is. Several contracts in one transaction; one that the change leaves as it is gets no
    // entry in the audit.
    Status setType(const ContractId& id, const std::string& type) { return setType(std::vector{id}, type); }
    Status setLanguage(const ContractId& id, const std::string& language) { return setLanguage(std::vector{id}, language); }
    Status setType(const std::vector<ContractId>& ids, const std::string& type);
    Status setLanguage(const std::vector<ContractId>& ids, const std::string& language);
    // The guessed type and language are right.
    Status confirmGuesses(const std::vector<ContractId>& ids);

private:
    Status change(const std::vector<ContractId>& ids, std::string_view action, const std::function<void(Contract&)>& edit);
    Status changeOne(const ContractId& id, std::string_view action, const std::function<void(Contract&)>& edit);

    Database& m_database;
    AuditStore& m_audit;
};

} // namespace cw
