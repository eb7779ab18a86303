// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The memory plan against the bytes that training steps really allocate on the CPU: every level of checkpointing, both
// formats, few and all tokens labelled, one row and several.
#include "tests/support/mistral7b.h"
#include "training/generate/model_source.h"
#include "training/device/counting_allocator.h"
#include "training/model/compute.h"
#include "training/optim/adamw.h"
#include "training/plan/kernel_buffers.h"
#include "training/plan/memory_plan.h"
#include "training/recipes/dpo_step.h"
#include "training/recipes/sft_step.h"

#include <ATen/Parallel.h>
#include <QtTest>

using namespace cw;

namespace {

ModelConfig midSize() {
    ModelConfig config;
    config.family = "llama";
    config.vocabulary = 8000;
    config.hidden = 256;
    config.intermediate = 704;
    config.layers = 6;
    config.heads = 8;
    config.kvHeads = 4;
    config.headWidth = 32;
    config.context = 4096;
    return config;
}

// The shape of the sample project's model.
ModelConfig tiny() {
    ModelConfig config = midSize();
    config.vocabulary = 512;
    config.hidden = 64;
    config.intermediate = 172;
    config.layers = 5;
    config.headWidth = 8;
    config.tiedHead = true;
    return config;
}

// With all that a family may have: biases, norms of heads, a window.
ModelConfig withEverything() {
    ModelConfig config = midSize();
    config.layers = 2;
    config.attentionBias = config.outputBias = config.headNorms = true;
    config.slidingWindow = 100;
    return config;
}

Example exampleOf(std::int64_t length, std::int64_t labelled) {
    TokenIds prompt, answer;
    for (std::int64_t t = 0; t < length; ++t)
        (t < length - labelled ? prompt : answer).push_back(5 + t % 300);
    return makeExample(prompt, answer);
}

std::vector<size_t> numbers(size_t count) {
    std::vector<size_t> all(count);
    for (size_t i = 0; i < count; ++i)
        all[i] = i;
    return all;
}

std::int64_t partOf(const MemoryPlan& plan, MemoryUse use) {
    return plan.parts[static_cast<size_t>(use)];
}

// What lives while a step runs: an adapter and its optimiser beside a model whose weights were there before.
class Training {
public:
    Training(const MemoryRequest& request, const Transformer& model)
        : m_request(request), m_model(model), m_before(allocatedBytes()),
          m_adapter(adapterOf(request)), m_optimizer(m_adapter.parameters(), {}) {}

    // The peak of what `step` allocates, with what lives already, but for the model.
    template <typename Step> std::int64_t peakOf(Step step) {
        const AllocationPeak peak;
        step(m_model, m_adapter,
             StepSettings{.rowsPerPass = static_cast<std::int64_t>(m_request.pass.lengths.size()) / (m_request.isPairs ? 2 : 1),
                          .checkpointing = m_request.checkpointing,
                          .dropout = m_request.lora.dropout});
        return peak.bytes() - m_before;
    }

private:
    static Adapter adapterOf(const MemoryRequest& request) {
        Adapter adapter = makeAdapter(request.config, request.lora, 1);
        for (size_t layer = 0; layer < request.layerRanks.size(); ++layer) {
            LoraSettings lora;
            for (size_t p = 0; p < kProjections; ++p)
                lora.ranks[static_cast<Projection>(p)] = request.layerRanks[layer][p];
            adapter.layers[layer] = makeAdapter(request.config, lora, 1).layers[layer];
        }
        return adapter;
    }

    const MemoryRequest& m_request;
    const Transformer& m_model;
    std::int64_t m_before;
    Adapter m_adapter;
    AdamW m_optimizer;
};

} // namespace

class TestMemoryPlan : public QObject {
    Q_OBJECT

private:
    std::map<QString, Transformer> m_models;

    // Of what is allocated beside the base's weights, within that share, and `spare` bytes more than are taken.
    static void compare(const MemoryPlan& plan, std::int64_t measured, double share, std::int64_t spare = 0) {
        const std::int64_t planned = plan.peakBytes - partOf(plan, MemoryUse::Weights);
        const double off = static_cast<double>(planned) / static_cast<double>(measured) - 1;
        const bool isSpare = planned > measured && planned - measured <= spare;
        QVERIFY2(isSpare || std::abs(off) < share, qPrintable(QStringLiteral("%1 bytes planned, %2 measured: %3 %")
                                                       .arg(planned)
                                                       .arg(measured)
                                                       .arg(100 * off, 0, 'f', 2)));
    }

    const Transformer& model(const QString& name) {
        const auto found = m_models.find(name);
        if (found != m_models.end())
            return found->second;
        const ModelConfig config = name.startsWith("tiny") ? tiny() : name.startsWith("all") ? withEverything() : midSize();
        const at::ScalarType dtype = name.endsWith("bf16") ? at::kBFloat16 : at::kFloat;
        return m_models.emplace(name, Transformer::random(config, dtype)).first->second;
    }

    MemoryRequest requestFor(const QString& name, Checkpointing level, double dropout) {
        MemoryRequest request;
        request.config = model(name).config();
        request.lora = {.rank = 16, .alpha = 32, .dropout = dropout};
        request.checkpointing = level;
        request.isBf16 = name.endsWith("bf16");
        request.threads = 2;
        return request;
    }

private Q_SLOTS:
    void initTestCase() {
        countCpuAllocations();
        at::set_num_threads(2);
    }

    void stepTakesWhatThePlanSays_data() {
        QTest::addColumn<QString>("name");
        QTest::addColumn<int>("level");
        QTest::addColumn<QList<int>>("lengths");
        QTest::addColumn<int>("percent");
        QTest::addColumn<double>("dropout");
        const auto add = [](const char* name, int level, const QList<int>& lengths, int percent, double dropout) {
            QTest::addRow("%s, %s, %d %% of %d x %d tokens", name,
                          std::string(toString(static_cast<Checkpointing>(level))).c_str(), percent,
                          static_cast<int>(lengths.size()), lengths[0])
                << QString::fromLatin1(name) << level << lengths << percent << dropout;
        };
        for (const int level : {0, 1, 2, 3}) {
            for (const char* name : {"mid f32", "mid bf16"}) {
                add(name, level, {256}, 100, 0.05);
                add(name, level, {256}, 10, 0);
                add(name, level, {1024}, 10, 0.05);
                add(name, level, {500, 256, 100}, 10, 0.05);
            }
            for (const char* name : {"tiny f32", "tiny bf16"}) {
                add(name, level, {512}, 10, 0.05);
                add(name, level, {256, 100}, 100, 0);
            }
            add("all f32", level, {300, 80}, 10, 0.05);
        }
        add("mid f32", 0, {1024}, 100, 0.05);
        add("mid bf16", 3, {1024}, 100, 0.05);
    }

    void stepTakesWhatThePlanSays() {
        QFETCH(QString, name);
        QFETCH(int, level);
        QFETCH(QList<int>, lengths);
        QFETCH(int, percent);
        QFETCH(double, dropout);
        MemoryRequest request = requestFor(name, static_cast<Checkpointing>(level), dropout);
        if (request.isBf16 && !chooseCompute("bf16", 2, request.config).note.empty())
            QSKIP("Without bf16 instructions products are computed another way.");
        std::vector<Example> rows;
        for (const int length : lengths) {
            rows.push_back(exampleOf(length, percent == 100 ? length - 1 : length * percent / 100));
            request.pass += passSize(rows.back());
        }
        request.isFirstPass = lengths.size() > 1;
        if (!request.isFirstPass) // so the same once more, for a pass that finds gradients
            rows.push_back(rows.front());
        Training training(request, model(name));
        const std::int64_t peak = training.peakOf([&](const Transformer& transformer, const Adapter& adapter,
                                                      const StepSettings& settings) {
            sftStep(transformer, adapter, rows, numbers(rows.size()), 0, settings);
        });
        // In f32 but for a few numbers. In bf16 a product may pack up to a panel a thread, which some processors do and
        // others don't: on these models that is several percent.
        compare(planMemory(request), peak, request.isBf16 ? 0.03 : 0.0002,
                request.isBf16 ? request.threads * productBuffers(4096, 4096, true, 1) : 0);
    }

    void preferenceStepTakesWhatThePlanSays() {
        for (const Checkpointing level : {Checkpointing::None, Checkpointing::Full}) {
            MemoryRequest request = requestFor("mid f32", level, 0);
            request.isPairs = true;
            request.isFirstPass = true;
            const PreferenceExample pair = {exampleOf(400, 40), exampleOf(380, 20)};
            request.pass = passSize(pair);
            Training training(request, model("mid f32"));
            const std::int64_t peak = training.peakOf([&](const Transformer& transformer, const Adapter& adapter,
                                                          const StepSettings& settings) {
                dpoStep(transformer, adapter, {pair}, {{-40.0}, {-20.0}}, {0}, 0, settings, {});
            });
            compare(planMemory(request), peak, 0.0002);
        }
    }

    void projectionsWithoutAnUpdateTakeNothing() {
        MemoryRequest request = requestFor("mid f32", Checkpointing::None, 0.05);
        request.lora.ranks = {{Projection::Key, 0}, {Projection::Gate, 0}, {Projection::Up, 0}, {Projection::Down, 8}};
        const Example row = exampleOf(256, 30);
        request.pass = passSize(row);
        Training training(request, model("mid f32"));
        const std::int64_t peak = training.peakOf([&](const Transformer& transformer, const Adapter& adapter,
                                                      const StepSettings& settings) {
            sftStep(transformer, adapter, {row, row}, {0, 1}, 0, settings);
        });
        compare(planMemory(request), peak, 0.0002);
    }

    // As PEFT's layers_to_transform makes them.
    void layersThatDifferAreCountedOneByOne() {
        MemoryRequest request = requestFor("mid f32", Checkpointing::None, 0.05);
        request.layerRanks.resize(6);
        request.layerRanks[2] = {8, 0, 8, 0, 0, 0, 24};
        request.layerRanks[5] = {16, 16, 16, 16, 16, 16, 16};
        QVERIFY(loraParameters(request) < loraParameters(request.config, request.lora) / 2);
        const Example row = exampleOf(256, 30);
        request.pass = passSize(row);
        Training training(request, model("mid f32"));
        const std::int64_t peak = training.peakOf([&](const Transformer& transformer, const Adapter& adapter,
                                                      const StepSettings& settings) {
            sftStep(transformer, adapter, {row, row}, {0, 1}, 0, settings);
        });
        compare(planMemory(request), peak, 0.0002);
    }

    void validationTakesWhatThePlanSays() {
        MemoryRequest request = requestFor("mid f32", Checkpointing::None, 0.05);
        const std::vector<Example> rows = {exampleOf(500, 100), exampleOf(300, 100)};
        request.pass = passSize(rows[0]);
        request.pass += passSize(rows[1]);
        Training training(request, model("mid f32"));
        const std::int64_t peak = training.peakOf([&](const Transformer& transformer, const Adapter& adapter,
                                                      const StepSettings& settings) {
            sftLoss(transformer, &adapter, rows, settings.rowsPerPass);
        });
        compare(planValidation(request), peak, 0.0002);
    }

    // The cache of keys and values, the prompts' pieces, and what lives beside them while windows are answered.
    void answeringTakesWhatThePlanSays_data() {
        QTest::addColumn<int>("slots");
        QTest::addColumn<int>("tokens");
        QTest::newRow("one short text") << 1 << 300;
        QTest::newRow("four texts of several pieces") << 4 << 2500;
    }

    void answeringTakesWhatThePlanSays() {
        QFETCH(int, slots);
        QFETCH(int, tokens);
        constexpr std::int64_t kAnswer = 50;
        const MemoryRequest request = requestFor("mid f32", Checkpointing::None, 0.05);
        const TokenIds prompt = exampleOf(tokens, 1).ids;
        Training training(request, model("mid f32"));
        const std::int64_t peak = training.peakOf([&](const Transformer& transformer, const Adapter& adapter, const StepSettings&) {
            const ServingModel serving(transformer, &adapter, ServingForm::AsLoaded);
            ModelSource source(serving, slots, tokens + kAnswer, 2);
            for (int slot = 0; slot < slots; ++slot)
                QVERIFY(source.begin(slot, static_cast<size_t>(slot), {prompt.begin() + slot, prompt.end()}));
        });
        const MemoryPlan plan = planAnswering(request, slots, tokens + kAnswer);
        compare(plan, peak, 0.08);
        QVERIFY(plan.peakBytes - partOf(plan, MemoryUse::Weights) > peak); // rather more than less
        const std::int64_t cache = 2 * request.config.layers * slots * (tokens + kAnswer) * request.config.kvHeads * request.config.headWidth * 4;
        QVERIFY(partOf(plan, MemoryUse::Working) > cache);
        QVERIFY(planAnswering(request, 2 * slots, tokens + kAnswer).peakBytes >= plan.peakBytes + cache);
    }

    void partsAddUpAndNameThemselves() {
        MemoryRequest request = requestFor("mid f32", Checkpointing::None, 0.05);
        request.pass = {{512}, 100};
        const MemoryPlan plan = planMemory(request);
        std::int64_t sum = 0;
        std::string names;
        for (const MemoryPart& part : toParts(plan.parts)) {
            sum += part.bytes;
            names += part.name + " ";
        }
        QCOMPARE(sum, plan.peakBytes);
        QCOMPARE(names, std::string("weights adapter gradients optimiser activations head working allocator "));
        const std::int64_t parameters = loraParameters(request);
        QCOMPARE(partOf(plan, MemoryUse::Weights), 4 * request.config.parameters());
        QCOMPARE(partOf(plan, MemoryUse::Adapter), 4 * parameters);
        QCOMPARE(partOf(plan, MemoryUse::Gradients), 4 * parameters);
        QCOMPARE(partOf(plan, MemoryUse::Optimiser), 8 * parameters + 6 * 7 * 2 * 4);
        request.hasStart = true;
        QCOMPARE(partOf(planMemory(request), MemoryUse::Adapter), 8 * parameters);
    }

    void computingMoreAgainNeverTakesMore() {
        MemoryRequest request;
        request.config = test::mistral7b();
        request.lora = {.rank = 64, .alpha = 128, .dropout = 0.05};
        request.isBf16 = true;
        request.pass = {{8192}, 655};
        std::int64_t before = std::numeric_limits<std::int64_t>::max();
        for (const int level : {0, 1, 2, 3}) {
            request.checkpointing = static_cast<Checkpointing>(level);
            const std::int64_t peak = planMemory(request).peakBytes;
            QVERIFY(peak < before);
            before = peak;
        }
    }

    // What a layer keeps of a token, by hand, for the case study's shape: in bf16, r 64 on seven projections.
    void activationsAreThoseOfTheHandCalculation() {
        MemoryRequest request;
        request.config = test::mistral7b();
        request.lora = {.rank = 64, .alpha = 128, .dropout = 0.05};
        request.isBf16 = request.isCuda = true;
        request.pass = {{8192}, 655};
        const std::int64_t h = 4096, kv = 1024, i = 14336, ranks = 7 * 64, scaling = 32 * 4, roots = 2 * 4;
        const std::array<std::int64_t, 4> perToken = {
            2 * (6 * h + 2 * kv + 3 * i + ranks) + scaling + roots, // input, two norms, q, out, middle; k, v; gate, up, active
            2 * (4 * h + 2 * kv + 2 * i + ranks) + scaling, 2 * (2 * h) + scaling, 2 * h};
        for (const size_t level : {0, 1, 2, 3}) {
            request.checkpointing = static_cast<Checkpointing>(level);
            const auto kept = static_cast<double>(partOf(planMemory(request), MemoryUse::Activations));
            const double all = 32.0 * 8192 * static_cast<double>(perToken[level]);
            // The last layer's MLP runs on labelled tokens alone: at most 3 % less.
            QVERIFY2(kept < 1.0001 * all && kept > 0.96 * all, qPrintable(QString::number(kept / all)));
        }
    }
};

QTEST_APPLESS_MAIN(TestMemoryPlan)
#include "test_memory_plan.moc"
