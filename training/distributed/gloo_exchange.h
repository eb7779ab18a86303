// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Sums between processes of one machine in main memory: LibTorch's own process group over Gloo, bound to the loopback
// address. One thread a process.
#pragma once

#include "training/distributed/exchange_settings.h"
#include "training/distributed/gradient_exchange.h"

#include <memory>

namespace cw {

// The same bits come out in every process and in every repetition: Gloo adds along a ring, in an order that depends on
// sizes and on the number of processes alone, and what one process added up is handed to all (gloo/allreduce.cc).
// Tensors on another device go through main memory.
class GlooExchange : public GradientExchange {
public:
    // Comes back when all processes are there. A process that dies or doesn't come in time is an error. From here on this
    // process ignores SIGPIPE: a write to a member that has died shall be an error too.
    static Result<std::unique_ptr<GradientExchange>> join(const ExchangeSettings& settings);
    ~GlooExchange() override;

    std::int64_t process() const override;
    std::int64_t processes() const override;
    Status sum(const std::vector<at::Tensor>& tensors) override;
    Result<std::vector<double>> share(const std::vector<double>& values) override;

private:
    struct Group;
    GlooExchange(ExchangeSettings settings, std::unique_ptr<Group> group);

    ExchangeSettings m_settings;
    std::unique_ptr<Group> m_group;
};

} // namespace cw
