// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The integrity of a project, from the store's pages to each quote. One thread; reads only.
#pragma once

#include "app/services/store_session.h"

#include <functional>
#include <string>
#include <vector>

namespace cw {

struct VerifyReport {
    int contracts = 0, cells = 0, spans = 0;
    std::int64_t auditEntries = 0;
    std::vector<std::string> faults; // one sentence each; empty: all is well
};

// Checks the database, each original against its hash, each text against its hash and its line boxes, each span's quote, and the audit
// chain. A fault never keeps the rest from being checked.
VerifyReport verifyProject(StoreSession& session);

} // namespace cw
