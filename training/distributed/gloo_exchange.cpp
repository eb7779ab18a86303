// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The one file that knows c10d, built with USE_C10D_GLOO: its headers include most of LibTorch.
#include "training/distributed/gloo_exchange.h"

#include "training/distributed/buckets.h"
#include "training/distributed/waiting.h"

#include <torch/csrc/distributed/c10d/FileStore.hpp>
#include <torch/csrc/distributed/c10d/ProcessGroupGloo.hpp>

#include <csignal>

namespace cw {

using namespace std::chrono_literals;

struct GlooExchange::Group {
    c10::intrusive_ptr<c10d::ProcessGroupGloo> gloo;
};

namespace {

std::string textOf(const std::exception_ptr& exception) {
    try {
        std::rethrow_exception(exception);
    } catch (const c10::Error& error) {
        return error.what_without_backtrace();
    } catch (const std::exception& error) {
        return error.what();
    }
}

// `longestWait` is given to Gloo too, a little longer: the sentence above is clearer than Gloo's.
std::chrono::milliseconds glooTimeout(const ExchangeSettings& settings) {
    return settings.longestWait + 5s;
}

Status finish(const c10::intrusive_ptr<c10d::Work>& work, const ExchangeSettings& settings) {
    CW_TRY(waitUntil([&] { return work->isCompleted(); }, settings, settings.longestWait));
    if (work->isSuccess())
        return {};
    return brokenError(textOf(work->exception()), settings);
}

// Everyone writes its name into the store before the connections are made, which can't be interrupted.
Status meet(c10d::Store& store, const ExchangeSettings& settings) {
    store.set("here " + std::to_string(settings.process), std::string("1"));
    std::vector<std::string> names;
    for (std::int64_t process = 0; process < settings.processes; ++process)
        names.push_back("here " + std::to_string(process));
    return waitUntil([&] { return store.check(names); }, settings, settings.meeting);
}

c10::intrusive_ptr<c10d::ProcessGroupGloo> connect(const c10::intrusive_ptr<c10d::Store>& store,
                                                   const ExchangeSettings& settings) {
    auto options = c10d::ProcessGroupGloo::Options::create(settings.meeting);
    options->devices.push_back(c10d::ProcessGroupGloo::createDeviceForHostname("127.0.0.1"));
    options->threads = 1; // one exchange at a time
    return c10::make_intrusive<c10d::ProcessGroupGloo>(store, static_cast<int>(settings.process),
                                                       static_cast<int>(settings.processes), options);
}

} // namespace

GlooExchange::GlooExchange(ExchangeSettings settings, std::unique_ptr<Group> group)
    : m_settings(std::move(settings)), m_group(std::move(group)) {}

GlooExchange::~GlooExchange() = default;

Result<std::unique_ptr<GradientExchange>> GlooExchange::join(const ExchangeSettings& settings) {
    std::signal(SIGPIPE, SIG_IGN); // a write to a member that has died shall be an error, not this process's end
    try {
        const c10::intrusive_ptr<c10d::Store> store = c10::make_intrusive<c10d::FileStore>(
            settings.store.string(), static_cast<int>(settings.processes));
        store->setTimeout(settings.meeting);
        CW_TRY(meet(*store, settings));
        auto group = std::make_unique<Group>(connect(store, settings));
        return std::unique_ptr<GradientExchange>(new GlooExchange(settings, std::move(group)));
    } catch (const std::exception&) {
        return brokenError(textOf(std::current_exception()), settings);
    }
}

std::int64_t GlooExchange::process() const {
    return m_settings.process;
}

std::int64_t GlooExchange::processes() const {
    return m_settings.processes;
}

Status GlooExchange::sum(const std::vector<at::Tensor>& tensors) {
    c10d::AllreduceOptions options;
    options.timeout = glooTimeout(m_settings);
    for (const Bucket& bucket : bucketsOf(tensors, m_settings.bucketBytes)) {
        const at::Tensor flat = flattened(bucket);
        std::vector<at::Tensor> moved = {flat.cpu()}; // itself where it is there already
        CW_TRY(finish(m_group->gloo->allreduce(moved, options), m_settings));
        if (!flat.is_cpu())
            flat.copy_(moved.front());
        spread(flat, bucket);
    }
    return {};
}

Result<std::vector<double>> GlooExchange::share(const std::vector<double>& values) {
    c10d::BroadcastOptions options;
    options.timeout = glooTimeout(m_settings);
    const auto fromFirst = [&](double* data, std::int64_t count) -> Status {
        const at::Tensor place = at::from_blob(data, {count}, at::kDouble);
        std::vector<at::Tensor> moved = {place.clone()}; // outlives an exchange that this process gave up
        CW_TRY(finish(m_group->gloo->broadcast(moved, options), m_settings));
        place.copy_(moved.front());
        return {};
    };
    auto count = static_cast<double>(values.size());
    CW_TRY(fromFirst(&count, 1));
    std::vector<double> shared = process() == 0 ? values : std::vector<double>(static_cast<size_t>(count));
    if (!shared.empty())
        CW_TRY(fromFirst(shared.data(), static_cast<std::int64_t>(shared.size())));
    return shared;
}

} // namespace cw
