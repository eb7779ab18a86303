// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "app/services/run_wait.h"

#include <chrono>
#include <thread>

namespace cw {

RunState waitForRun(const RunFolder& folder, const Clock& clock, const std::function<void(const RunEvent&)>& tell,
                    const std::function<bool()>& cancelled, std::uintmax_t from) {
    using namespace std::chrono_literals;
    EventTail tail(folder.events(), from);
    for (;;) {
        // The state first: what a worker wrote before its end mark is then read below.
        const RunState state = folder.state(clock);
        for (const RunEvent& event : tail.poll())
            tell(event);
        if (state != RunState::Waiting && state != RunState::Running)
            return state;
        if (cancelled() && !folder.stopRequested())
            (void)folder.requestStop(); // asked again in the next round if it fails
        std::this_thread::sleep_for(100ms);
    }
}

} // namespace cw
