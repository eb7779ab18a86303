// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Reading a project in a job: a session is of one thread, so a job opens one of its own, view-only, and sees what was committed last.
#pragma once

#include "app/services/store_session.h"

#include <QString>

#include <type_traits>

namespace cw {

// Calls `work`, which gives a Result or a Status, with a view of the project in `folder`. Any thread.
template <typename Work>
std::invoke_result_t<Work, StoreSession&> withView(const QString& folder, const Identity& identity, const Work& work) {
    const SystemClock clock;
    auto view = StoreSession::open(folder, OpenMode::ViewOnly, StoreSession::Fallback::None, identity, clock);
    if (!view)
        return view.error();
    return work(**view);
}

} // namespace cw
