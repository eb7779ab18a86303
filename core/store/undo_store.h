// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The steps that a person can undo or take again, kept so that they outlive the window. One thread; writes run inside the transaction of
// the decision that they belong to (ProjectStore::atomically).
#pragma once

#include "core/base/result.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace cw {

class AuditStore;
class Database;

struct UndoStep {
    std::int64_t step = 0; // its number, given by the store
    std::string label;     // for the menu: "Governing law: absent"
    std::string before, after; // JSON, of the service that takes the step
    bool undone = false;
};

class UndoStore {
public:
    UndoStore(Database& database, const AuditStore& audit) : m_database(database), m_audit(audit) {}

    // The steps that this person took on the subject, in order: those that can be undone, then those that can be taken again.
    Result<std::vector<UndoStep>> steps(std::string_view subject);
    // Appends a step, which takes the person's undone ones on this subject away. Gives its number.
    Result<std::int64_t> push(std::string_view subject, const UndoStep& step);
    Status setUndone(std::int64_t step, bool undone);
    Status remove(std::int64_t step); // one that can never be taken again

private:
    Database& m_database;
    const AuditStore& m_audit; // knows the person
};

} // namespace cw
