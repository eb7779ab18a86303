// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Sums between the GPUs of one machine through NCCL; what lies in main memory goes through Gloo. One thread a process.
#pragma once

#include "training/distributed/exchange_settings.h"
#include "training/distributed/gradient_exchange.h"
#include "training/distributed/nccl_library.h"

#include <c10/core/Device.h>

#include <memory>

namespace cw {

class NcclExchange : public GradientExchange {
public:
    // `device`: this process's GPU, which no other process of the group has. Errors: no NCCL; a process that dies or
    // doesn't come in time.
    static Result<std::unique_ptr<GradientExchange>> join(const ExchangeSettings& settings, at::Device device);
    ~NcclExchange() override;

    std::int64_t process() const override;
    std::int64_t processes() const override;
    // Comes back when the sums are there. Computes on the device's current stream.
    Status sum(const std::vector<at::Tensor>& tensors) override;
    Result<std::vector<double>> share(const std::vector<double>& values) override;

private:
    NcclExchange(ExchangeSettings settings, at::Device device, NcclLibrary nccl,
                 std::unique_ptr<GradientExchange> memory);
    Status connect();
    Status queue(const std::vector<at::Tensor>& tensors);

    ExchangeSettings m_settings;
    at::Device m_device;
    NcclLibrary m_nccl;
    std::unique_ptr<GradientExchange> m_memory;
    NcclCommunicator* m_communicator = nullptr;
    bool m_broken = false;
};

} // namespace cw
