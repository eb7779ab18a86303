// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "app/cli/find_run.h"

#include "app/services/result_qt.h"

namespace cw::cli {

Result<RunRecord> findRun(StoreSession& session, const QString& id) {
    CW_TRY_ASSIGN(all, session.store().runs().all());
    std::vector<RunRecord> found;
    for (const RunRecord& record : all)
        if (toQString(record.id.value).endsWith(id.toUpper()))
            found.push_back(record);
    if (found.size() == 1)
        return found.front();
    return Error{ErrorCode::NotFound, (found.empty() ? "There is no run " : "There are several runs ") + toStdString(id) + ".",
                 "List them with `runs`."};
}

} // namespace cw::cli
