// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// A project in a folder of its own, with the default taxonomy, a clock that stands still, and small contracts: for
// tests of the store and of what lies above it.
#pragma once

#include "core/base/clock.h"
#include "core/base/file.h"
#include "core/base/hash.h"
#include "core/model/annotation.h"
#include "core/model/contract.h"
#include "core/store/annotation_store.h"
#include "core/store/audit_store.h"
#include "core/store/contract_store.h"
#include "core/store/database.h"
#include "core/store/preference_store.h"
#include "core/store/project_store.h"
#include "core/store/run_store.h"
#include "core/store/split_store.h"
#include "tests/support/paths.h"
#include "tests/support/taxonomy.h"

#include <QTemporaryDir>
#include <QtTest>

#include <memory>
#include <string>
#include <string_view>

// Fails the test with the error's sentence unless an expression that gives a Result or a Status is fine.
#define CW_VERIFY(expression)                                                                                          \
    do {                                                                                                               \
        const auto& cwVerified = (expression);                                                                         \
        QVERIFY2(cwVerified.ok(), cwVerified.ok() ? "" : cwVerified.error().message().c_str());                        \
    } while (false)

namespace cw::test {

inline TimePoint noon() {
    return TimePoint(std::chrono::milliseconds(1795521727250));
} // 2026-11-24T12:02:07.250Z

inline Identity ana() {
    return {"Ana", "1000", "device-a"};
}

inline const std::string kText =
    "This Agreement is made on 3 April 2024.\nIt is governed by the laws of England.\nNo caf\xC3\xA9 is excluded.\n";

inline ByteRange rangeOf(std::string_view quote, std::string_view text = kText) {
    const size_t begin = text.find(quote);
    return {begin, begin + quote.size()};
}

inline Contract contractNamed(const std::string& id) {
    Contract contract;
    contract.id = ContractId(id);
    contract.title = "Agreement " + id;
    contract.type = "Supply";
    contract.language = "en-GB";
    contract.source = "tests, CC0";
    contract.fileName = id + ".txt";
    contract.mediaType = "text/plain";
    contract.documentSha256 = sha256Hex(id);
    contract.reader = "text 1";
    return contract;
}

inline DocumentText documentOf(const std::string& text) {
    DocumentText document;
    document.text = text;
    document.reader = "text 1";
    return document;
}

inline Cell absentCell(const std::string& clause) {
    Cell cell;
    cell.clause = clause;
    cell.state = CellState::Absent;
    return cell;
}

inline Cell presentCell(const std::string& clause, std::string_view quote, ClauseValue value = {}) {
    Cell cell;
    cell.clause = clause;
    cell.state = CellState::Present;
    cell.spans = {{rangeOf(quote), std::string(quote)}};
    cell.value = std::move(value);
    return cell;
}

// Makes the project at once; `store` is null if that failed. The contract "msa" with kText is in it.
struct ProjectFixture {
    QTemporaryDir temporary;
    FixedClock clock{noon()};
    std::filesystem::path folder = std::filesystem::path(temporary.path().toStdString()) / "Supply.clausewright";
    std::unique_ptr<ProjectStore> store;
    ContractId msa{"msa"};

    ProjectFixture() {
        auto created = ProjectStore::create(folder, defaultTaxonomy(), ana(), clock);
        if (created)
            store = std::move(*created);
        if (store && !store->contracts().add(contractNamed("msa"), documentOf(kText)))
            store.reset();
    }

    Result<std::unique_ptr<ProjectStore>> open(OpenMode mode = OpenMode::ReadWrite,
                                               const Identity& identity = ana()) const {
        return ProjectStore::open(folder, mode, identity, clock);
    }
    std::filesystem::path file() const { return folder / "project.sqlite"; }
    std::string fileHash() const { return sha256Hex(readFile(file()).value()); }
};

} // namespace cw::test
