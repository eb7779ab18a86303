// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The one file that knows c10d, built with USE_C10D_GLOO: its headers include most of LibTorch.
#include "training/distributed/gloo_exchange.h"

#include "training/distributed/buckets.h"

#include <torch/csrc/distributed/c10d/FileStore.hpp>
#include <torch/csrc/distributed/c10d/ProcessGroupGloo.hpp>

#include <thread>

namespace cw {

using namespace std::chrono_literals;
using SteadyClock = std::chrono::steady_clock;

struct GlooExchange::Group {
    c10::intrusive_ptr<c10d::ProcessGroupGloo> gloo;
};

namespace {

constexpr auto kAskEvery = 100ms;   // whether the others live
constexpr auto kLongestPause = 2ms; // between two looks at an exchange that goes on
constexpr auto kLastWords = 2s;     // a connection breaks a moment before its process can be seen to be dead
constexpr auto kHint = "The last checkpoint is kept: start the run again and it goes on from there.";

std::string seconds(std::chrono::milliseconds time) {
    return std::to_string(std::chrono::ceil<std::chrono::seconds>(time).count()) + " s";
}

Error lateError(std::chrono::milliseconds waited) {
    return {ErrorCode::Failed, "Another process of the run gave no answer for " + seconds(waited) + ".", kHint};
}

// Looks again and again, quickly at first, until `done`.
template <typename Done>
Status waitUntil(Done done, const ExchangeSettings& settings, std::chrono::milliseconds longest) {
    const auto begin = SteadyClock::now();
    auto asked = begin;
    for (std::chrono::microseconds pause = 20us; !done(); pause = std::min<std::chrono::microseconds>(2 * pause, kLongestPause)) {
        std::this_thread::sleep_for(pause);
        const auto now = SteadyClock::now();
        if (now - asked > kAskEvery) {
            CW_TRY(settings.alive());
            asked = now;
        }
        if (now - begin > longest)
            return lateError(longest);
    }
    return {};
}

std::string textOf(const std::exception_ptr& exception) {
    try {
        std::rethrow_exception(exception);
    } catch (const c10::Error& error) {
        return error.what_without_backtrace();
    } catch (const std::exception& error) {
        return error.what();
    }
}

// Who is gone and why is known best by whoever watches the processes; the connection only knows that it broke.
Error brokenError(const std::exception_ptr& exception, const ExchangeSettings& settings) {
    for (const auto end = SteadyClock::now() + kLastWords; SteadyClock::now() < end; std::this_thread::sleep_for(20ms))
        if (const Status living = settings.alive(); !living)
            return living.error();
    const std::string text = textOf(exception);
    return {ErrorCode::Failed,
            "The connection to another process of the run broke: " + text.substr(0, text.find('\n')) + ".", kHint};
}

// `longestWait` is given to Gloo too, a little longer: the sentence above is clearer than Gloo's.
std::chrono::milliseconds glooTimeout(const ExchangeSettings& settings) {
    return settings.longestWait + 5s;
}

Status finish(const c10::intrusive_ptr<c10d::Work>& work, const ExchangeSettings& settings) {
    CW_TRY(waitUntil([&] { return work->isCompleted(); }, settings, settings.longestWait));
    if (work->isSuccess())
        return {};
    return brokenError(work->exception(), settings);
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
    try {
        const c10::intrusive_ptr<c10d::Store> store = c10::make_intrusive<c10d::FileStore>(
            settings.store.string(), static_cast<int>(settings.processes));
        store->setTimeout(settings.meeting);
        CW_TRY(meet(*store, settings));
        auto group = std::make_unique<Group>(connect(store, settings));
        return std::unique_ptr<GradientExchange>(new GlooExchange(settings, std::move(group)));
    } catch (const std::exception&) {
        return brokenError(std::current_exception(), settings);
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
