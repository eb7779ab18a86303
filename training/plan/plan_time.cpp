// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "training/plan/plan_time.h"

#include "training/recipes/training_loop.h"

namespace cw {

namespace {

class Clockwork {
public:
    Clockwork(const TrainingLoad& load, std::int64_t loraParameters, const Speed& speed)
        : m_load(load), m_config(load.request.config), m_parameters(loraParameters), m_speed(speed) {}

    double training() const {
        const Workload work = workOf(m_load);
        const Workload head = {.labelled = m_load.request.isPairs ? 1.5 * work.labelled : work.labelled}; // runs twice
        return trainingFlops(m_config, m_parameters, withoutHead(work)) / m_speed.layers + trainingFlops(m_config, 0, head) / m_speed.head;
    }

    double forward(const std::vector<PassSize>& rows) const {
        Workload work;
        for (const PassSize& row : rows) {
            for (const std::int64_t length : row.lengths)
                work.add(length, 0, m_config.slidingWindow);
            work.labelled += static_cast<double>(row.labelled);
        }
        return forwardFlops(m_config, m_parameters, withoutHead(work)) / m_speed.forward + head(work.labelled);
    }

    double answers() const {
        const ValidationLoad& validation = m_load.validation;
        if (validation.windows == 0)
            return 0;
        Workload prompts;
        for (const std::int64_t length : validation.prompts)
            prompts.add(length, 0, m_config.slidingWindow);
        const auto tokens = static_cast<double>(validation.answerTokens);
        return forwardFlops(m_config, m_parameters, prompts) / m_speed.forward +
               tokens / static_cast<double>(validation.slots) * m_speed.secondsAPass + head(tokens);
    }

private:
    static Workload withoutHead(Workload work) {
        work.labelled = 0;
        return work;
    }
    double head(double labelled) const { return forwardFlops(m_config, 0, {.labelled = labelled}) / m_speed.head; }

    const TrainingLoad& m_load;
    const ModelConfig& m_config;
    std::int64_t m_parameters;
    const Speed& m_speed;
};

} // namespace

PlanTime timeOf(const TrainingLoad& load, const RunSpec& spec, std::int64_t loraParameters, const Speed& speed) {
    const Clockwork work(load, loraParameters, speed);
    PlanTime time{.training = work.training() / static_cast<double>(load.processes)};
    if (const std::vector<PassSize>& rows = load.validation.rows; !rows.empty()) {
        time.validation = static_cast<double>(validationCount(spec, load.steps)) * (work.forward(rows) + work.answers());
        if (load.request.isPairs)
            time.reference = work.forward(rows);
    }
    if (load.request.isPairs)
        time.reference += work.forward(load.rows);
    return time;
}

} // namespace cw
