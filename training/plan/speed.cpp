// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "training/plan/speed.h"

#include "training/engine/decoder_layer.h"
#include "training/loss/head_loss.h"
#include "training/plan/flops.h"
#include "training/plan/memory_plan.h"

#include <ATen/core/grad_mode.h>
#include <ATen/ops/arange.h>
#include <ATen/ops/cat.h>
#include <ATen/ops/full.h>
#include <ATen/ops/randn.h>
#include <ATen/ops/zeros.h>

#include <algorithm>

namespace cw {

namespace {

constexpr std::int64_t kVocabulary = 4096; // of the head that is run
constexpr std::int64_t kFirstTokens = 64;
constexpr double kSeconds = 0.25; // of each measurement
constexpr int kMostRuns = 16;
constexpr int kMostForwardRuns = 1000; // of a small model many go into what the clock can tell

// The same lengths, cut to so many tokens in all.
std::vector<std::int64_t> cutTo(const std::vector<std::int64_t>& lengths, std::int64_t tokens) {
    std::vector<std::int64_t> cut;
    for (std::int64_t left = tokens; const std::int64_t length : lengths) {
        if (left > 0)
            cut.push_back(std::min(left, length));
        left -= length;
    }
    return cut;
}

class Bench {
public:
    Bench(const MemoryRequest& request, const Compute& compute, const Clock& clock)
        : m_config(oneLayer(request.config)), m_lora(request.lora), m_clock(clock),
          m_model(Transformer::random(m_config, compute.dtype, compute.device)),
          m_adapter(makeAdapter(m_config, m_lora, 1, compute.device)),
          m_settings{.checkpointing = request.checkpointing, .dropout = m_lora.dropout} {}

    double layers(const std::vector<std::int64_t>& lengths) {
        return speedOf(lengths, kMostRuns, [this](const auto& cut, int mostRuns) { return speedOfLayer(cut, mostRuns); });
    }

    double forward(const std::vector<std::int64_t>& lengths) {
        return speedOf(lengths, kMostForwardRuns, [this](const auto& cut, int mostRuns) { return speedOfForward(cut, mostRuns); });
    }

    double secondsOfForward(const std::vector<std::int64_t>& lengths) {
        const double speed = forward(lengths);
        return speed > 0 ? forwardFlopsOf(lengths) / speed : 0;
    }

    double head(std::int64_t labelled) {
        const std::int64_t rows = std::max<std::int64_t>(1, headChunkRows(labelled, m_config.vocabulary));
        const at::Tensor hidden = random(std::min<std::int64_t>(rows, 512));
        const at::Tensor targets = at::zeros({hidden.size(0)}, hidden.options().dtype(at::kLong));
        const at::Tensor weights = at::full({hidden.size(0)}, -1.0, hidden.options().dtype(at::kFloat));
        const double flops = 4.0 * static_cast<double>(hidden.numel()) * static_cast<double>(m_config.vocabulary);
        const auto run = [&] { return headLoss(hidden, m_model.head(), targets, weights).gradHidden; };
        timed(flops, 1, run);
        return timed(flops, kMostRuns, run);
    }

private:
    // The flops a second of `measure` over these lengths, or as many of them as the time allows.
    template <typename Measure> double speedOf(const std::vector<std::int64_t>& lengths, int mostRuns, Measure measure) const {
        const PassSize all{lengths, 0};
        std::int64_t tokens = std::min(kFirstTokens, all.tokens());
        double speed = measure(cutTo(lengths, tokens), 1); // the first run pays for what later ones find ready
        while (tokens < all.tokens()) {
            const std::int64_t more = std::min(4 * tokens, all.tokens());
            if (speed > 0 && flopsOf(cutTo(lengths, more)) / speed > kSeconds)
                break;
            tokens = more;
            speed = measure(cutTo(lengths, tokens), 1);
        }
        return measure(cutTo(lengths, tokens), mostRuns);
    }

    static ModelConfig oneLayer(ModelConfig config) {
        config.layers = 1;
        config.vocabulary = std::min(config.vocabulary, kVocabulary);
        config.tiedHead = true;
        return config;
    }

    at::Tensor random(std::int64_t rows) const {
        return at::randn({rows, m_config.hidden}, m_model.head().options());
    }

    Workload workOf(const std::vector<std::int64_t>& lengths) const {
        Workload work;
        for (const std::int64_t length : lengths)
            work.add(length, 0, m_config.slidingWindow);
        return work;
    }
    double flopsOf(const std::vector<std::int64_t>& lengths) const {
        return trainingFlops(m_config, loraParameters(m_config, m_lora), workOf(lengths));
    }
    double forwardFlopsOf(const std::vector<std::int64_t>& lengths) const {
        return forwardFlops(m_config, loraParameters(m_config, m_lora), workOf(lengths));
    }

    PassShape shapeOf(const std::vector<std::int64_t>& lengths) const {
        std::vector<std::int64_t> starts = {0};
        std::vector<at::Tensor> positions;
        const auto numbers = m_model.head().options().dtype(at::kLong);
        for (const std::int64_t length : lengths) {
            starts.push_back(starts.back() + length);
            positions.push_back(at::arange(length, numbers));
        }
        const RotaryAngles angles = rotaryAngles(at::cat(positions), m_config);
        return {Packing(starts, m_model.device()), angles.cosine.view({starts.back(), -1}), angles.sine.view({starts.back(), -1})};
    }

    double speedOfForward(const std::vector<std::int64_t>& lengths, int mostRuns) const {
        const PassShape shape = shapeOf(lengths);
        const at::Tensor hidden = random(shape.packing.starts.back());
        return timed(forwardFlopsOf(lengths), mostRuns, [&] {
            LayerTape tape;
            return DecoderLayer(m_model, &m_adapter, 0, shape, {.checkpointing = Checkpointing::Full}).forward(hidden, tape);
        });
    }

    double speedOfLayer(const std::vector<std::int64_t>& lengths, int mostRuns) const {
        const PassShape shape = shapeOf(lengths);
        const at::Tensor hidden = random(shape.packing.starts.back()), grad = random(shape.packing.starts.back());
        return timed(flopsOf(lengths), mostRuns, [&] {
            const DecoderLayer layer(m_model, &m_adapter, 0, shape, m_settings);
            LayerTape tape;
            layer.forward(hidden, tape);
            return layer.backward(grad.clone(), tape, /*wantsInput=*/true);
        });
    }

    // Of several runs, as many as the time allows.
    template <typename Compute> double timed(double flops, int mostRuns, Compute compute) const {
        const TimePoint begin = m_clock.now();
        std::chrono::milliseconds passed{0};
        int runs = 0;
        for (; runs < mostRuns && static_cast<double>(passed.count()) < 1000 * kSeconds; ++runs) {
            (void)compute().select(0, 0).sum().template item<double>(); // waits for a GPU
            passed = m_clock.now() - begin;
        }
        const double seconds = static_cast<double>(passed.count()) / 1000;
        return seconds > 0 ? runs * flops / seconds : 0;
    }

    ModelConfig m_config;
    LoraSettings m_lora;
    const Clock& m_clock;
    Transformer m_model;
    Adapter m_adapter;
    PassSettings m_settings;
};

} // namespace

Speed measureSpeed(const MemoryRequest& request, std::int64_t slots, const Compute& compute, const Clock& clock) {
    const at::NoGradGuard noGradients;
    Bench bench(request, compute, clock);
    Speed speed{bench.layers(request.pass.lengths), bench.head(request.pass.labelled), bench.forward(request.pass.lengths), 0};
    if (slots > 0)
        speed.secondsAPass = static_cast<double>(request.config.layers) *
                             bench.secondsOfForward(std::vector<std::int64_t>(static_cast<size_t>(slots), 1));
    return speed;
}

} // namespace cw
