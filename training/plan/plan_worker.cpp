// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "training/plan/plan_worker.h"

#include "training/plan/run_plan.h"

#include <c10/util/Exception.h>
#include <nlohmann/json.hpp>

#include <cstdio>

namespace cw {

namespace {

Result<RunPlan> planned(const RunFolder& folder, const Clock& clock) {
    std::error_code ignored;
    if (!std::filesystem::exists(folder.spec(), ignored))
        return Error{ErrorCode::NotFound, folder.root().string() + " is not a run folder: it has no spec.json.", ""};
    try {
        return planRun(folder, clock);
    } catch (const c10::Error& error) {
        const std::string text = error.what_without_backtrace();
        return Error{ErrorCode::Failed, "The speed can't be measured: " + text.substr(0, text.find('\n')),
                     "Take a smaller model, or report this with the run folder."};
    } catch (const std::exception& error) {
        return Error{ErrorCode::Failed, std::string("The plan failed: ") + error.what() + ".",
                     "Please report this with the run folder."};
    }
}

} // namespace

int planWorker(const RunFolder& folder, const Clock& clock) {
    const auto plan = planned(folder, clock);
    if (plan) {
        std::fputs(toJson(*plan).c_str(), stdout);
        return 0;
    }
    const nlohmann::ordered_json error = {{"error", plan.error().detail}, {"hint", plan.error().hint}};
    std::printf("%s\n", error.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace).c_str());
    std::fprintf(stderr, "%s\n", plan.error().message().c_str());
    return 1;
}

} // namespace cw
