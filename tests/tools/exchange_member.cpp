// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// exchange_member STORE PROCESS PROCESSES WHAT: another process for the tests of an exchange. WHAT: "sum", "share",
// "die" (killed before its first sum), "silent" (lives and never comes). Exit codes: 0, or 1 with a sentence.
#include "tests/support/exchange_tensors.h"
#include "training/distributed/gloo_exchange.h"

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <unistd.h>

using namespace cw;

namespace {

Status perform(GradientExchange& exchange, const std::string& what) {
    if (what == "sum")
        return exchange.sum(test::exchangeTensors(exchange.process()));
    if (what == "die")
        std::raise(SIGKILL);
    if (what == "silent")
        ::pause();
    CW_TRY_ASSIGN(shared, exchange.share({-1})); // what another process than 0 gives doesn't matter
    if (shared != std::vector<double>{1.5, 0, -2e300})
        return Error{ErrorCode::Failed, "Other values came than process 0 gave.", ""};
    CW_TRY_ASSIGN(none, exchange.share({7, 8, 9}));
    return none.empty() ? Status() : Error{ErrorCode::Failed, "Values came where process 0 gave none.", ""};
}

Status run(char** argv) {
    ExchangeSettings settings;
    settings.store = argv[1];
    settings.process = std::atoi(argv[2]);
    settings.processes = std::atoi(argv[3]);
    settings.bucketBytes = test::kSmallBucket;
    CW_TRY_ASSIGN(exchange, GlooExchange::join(settings));
    return perform(*exchange, argv[4]);
}

} // namespace

int main(int argc, char** argv) {
    if (argc != 5)
        return 2;
    const Status status = run(argv);
    if (!status)
        std::fprintf(stderr, "%s\n", status.error().message().c_str());
    return status ? 0 : 1;
}
