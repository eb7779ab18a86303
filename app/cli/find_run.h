// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Runs by what a person types.
#pragma once

#include "app/services/store_session.h"

#include <QString>

namespace cw::cli {

// A run's id, or its end where that is enough to tell it from the others.
Result<RunRecord> findRun(StoreSession& session, const QString& id);

} // namespace cw::cli
