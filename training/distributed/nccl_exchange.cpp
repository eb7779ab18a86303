// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "training/distributed/nccl_exchange.h"

#include "training/distributed/buckets.h"
#include "training/distributed/gloo_exchange.h"
#include "training/distributed/waiting.h"

#include <ATen/ops/zeros.h>
#include <c10/core/Stream.h>
#include <c10/core/impl/VirtualGuardImpl.h>

#include <algorithm>
#include <future>
#include <thread>

namespace cw {

namespace {

c10::Stream currentStream(const at::Device& device) {
    return c10::impl::VirtualGuardImpl(device.type()).getStream(device);
}

} // namespace

NcclExchange::NcclExchange(ExchangeSettings settings, at::Device device, NcclLibrary nccl,
                           std::unique_ptr<GradientExchange> memory)
    : m_settings(std::move(settings)), m_device(device), m_nccl(nccl), m_memory(std::move(memory)) {}

// An orderly end waits for the others to be done with this GPU's memory; after a failure there may be no others.
NcclExchange::~NcclExchange() {
    if (m_communicator)
        (m_broken ? m_nccl.commAbort : m_nccl.commDestroy)(m_communicator);
}

Result<std::unique_ptr<GradientExchange>> NcclExchange::join(const ExchangeSettings& settings, at::Device device) {
    CW_TRY_ASSIGN(nccl, NcclLibrary::load());
    CW_TRY_ASSIGN(memory, GlooExchange::join(settings));
    std::unique_ptr<NcclExchange> exchange(new NcclExchange(settings, device, nccl, std::move(memory)));
    CW_TRY(exchange->connect());
    return std::unique_ptr<GradientExchange>(std::move(exchange));
}

// The call that connects can't be interrupted and waits for all processes, so it has a thread of its own, which is left
// behind where another process died.
Status NcclExchange::connect() {
    NcclId id;
    if (process() == 0)
        CW_TRY(m_nccl.check(m_nccl.getUniqueId(&id), "naming the group"));
    CW_TRY_ASSIGN(bytes, share({id.bytes.begin(), id.bytes.end()}));
    std::transform(bytes.begin(), bytes.end(), id.bytes.begin(), [](double byte) { return static_cast<char>(byte); });

    using Outcome = std::pair<int, NcclCommunicator*>;
    std::promise<Outcome> promise;
    std::future<Outcome> outcome = promise.get_future();
    std::thread([id, device = m_device, init = m_nccl.commInitRank, rank = static_cast<int>(process()),
                 size = static_cast<int>(processes()), done = std::move(promise)]() mutable {
        c10::impl::VirtualGuardImpl(device.type()).setDevice(device); // CUDA's current device is the thread's
        Outcome result{0, nullptr};
        result.first = init(&result.second, size, id, rank);
        done.set_value(result);
    }).detach();
    const auto ready = [&] { return outcome.wait_for(std::chrono::seconds(0)) == std::future_status::ready; };
    CW_TRY(waitUntil(ready, m_settings, m_settings.meeting));
    const auto [result, communicator] = outcome.get();
    CW_TRY(m_nccl.check(result, "joining the group"));
    m_communicator = communicator;
    return {};
}

std::int64_t NcclExchange::process() const {
    return m_settings.process;
}

std::int64_t NcclExchange::processes() const {
    return m_settings.processes;
}

Status NcclExchange::queue(const std::vector<at::Tensor>& tensors) {
    for (const Bucket& bucket : bucketsOf(tensors, m_settings.bucketBytes)) {
        CW_TRY_ASSIGN(type, NcclLibrary::typeOf(bucket.front().scalar_type()));
        const at::Tensor flat = flattened(bucket);
        const int result =
            m_nccl.allReduce(flat.data_ptr(), flat.data_ptr(), static_cast<size_t>(flat.numel()), type,
                             NcclLibrary::kSum, m_communicator, currentStream(m_device).native_handle());
        CW_TRY(m_nccl.check(result, "adding up gradients"));
        spread(flat, bucket);
    }
    return {};
}

// A sum on the GPU waits for a dead process for ever, so all meet in main memory before it begins.
Status NcclExchange::sum(const std::vector<at::Tensor>& tensors) {
    std::vector<at::Tensor> inMemory = {at::zeros({1})}, onDevice;
    for (const at::Tensor& tensor : tensors)
        (tensor.is_cpu() ? inMemory : onDevice).push_back(tensor);
    m_broken = true; // until all went well
    CW_TRY(m_memory->sum(inMemory));
    CW_TRY(queue(onDevice));
    const c10::Stream stream = currentStream(m_device);
    CW_TRY(waitUntil([&] { return stream.query(); }, m_settings, m_settings.longestWait));
    m_broken = false;
    return {};
}

Result<std::vector<double>> NcclExchange::share(const std::vector<double>& values) {
    return m_memory->share(values);
}

} // namespace cw
