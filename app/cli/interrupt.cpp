// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "app/cli/interrupt.h"

#include "app/cli/command.h"

#include <csignal>
#include <unistd.h>

namespace cw::cli {

namespace {

volatile std::sig_atomic_t watching = 0;
volatile std::sig_atomic_t interrupted = 0;

void onInterrupt(int) {
    if (!watching || interrupted)
        _exit(static_cast<int>(Exit::Cancelled));
    interrupted = 1;
}

} // namespace

void endOnInterrupt() {
    struct sigaction action {};
    action.sa_handler = onInterrupt;
    sigaction(SIGINT, &action, nullptr);
    sigaction(SIGTERM, &action, nullptr);
}

void watchForInterrupt() { watching = 1; }

bool wasInterrupted() { return interrupted != 0; }

} // namespace cw::cli
