// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// label: slow
// SmolLM2-135M, the bigger real model, against stored results of transformers: as a Hugging Face folder and as GGUF.
#include "core/base/file.h"
#include "tests/support/paths.h"
#include "tests/support/reference_pass.h"
#include "training/generate/model_source.h"
#include "training/model/transformer.h"
#include "training/tokenizer/chat_template.h"

#include <ATen/TensorOperators.h>
#include <ATen/core/grad_mode.h>
#include <ATen/ops/arange.h>
#include <ATen/ops/cat.h>
#include <ATen/ops/log_softmax.h>
#include <ATen/ops/tensor.h>
#include <QtTest>
#include <nlohmann/json.hpp>

#include <cstdlib>
#include <fstream>

using namespace cw;

namespace {

// A line of /proc/self/status in bytes.
double processBytes(const std::string& field) {
    std::ifstream status("/proc/self/status");
    for (std::string name, rest; status >> name && std::getline(status, rest);)
        if (name == field + ":")
            return std::stod(rest) * 1024;
    return -1;
}

// Makes the highest memory so far the present one. False where the system doesn't let a process do so.
bool forgetPeak() {
    return static_cast<bool>(std::ofstream("/proc/self/clear_refs") << 5 << std::flush);
}

} // namespace

class TestSmolLm2 : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase_data() {
        QTest::addColumn<QString>("form");
        QTest::newRow("Hugging Face") << "smollm2-135m-instruct";
        QTest::newRow("GGUF") << "smollm2-135m-instruct-gguf";
    }

    void initTestCase() {
        const std::filesystem::path golden = test::corpusFolder() / "models" / "smollm2-135m-instruct" / "golden.json";
        if (!std::getenv("CW_MODELS"))
            QSKIP("CW_MODELS is not set: the bigger real model was not tested. packaging/test --full fetches it.");
        if (!std::filesystem::exists(golden))
            QSKIP("CW_CORPUS holds no golden results of SmolLM2-135M: the bigger real model was not tested.");
        m_golden = nlohmann::json::parse(*readFile(golden));
    }

    // Loads the form of the model that is tested now, once.
    void init() {
        QFETCH_GLOBAL(QString, form);
        if (m_form == form)
            return;
        m_form = form;
        if (!std::filesystem::exists(folder())) {
            m_form.clear();
            QSKIP("CW_MODELS holds no such form of SmolLM2-135M: it was not tested. packaging/test --full fetches it.");
        }
        auto model = Transformer::load(folder(), at::kFloat);
        QVERIFY2(model.ok(), model ? "" : model.error().message().c_str());
        m_model = std::make_unique<Transformer>(std::move(*model));
        auto tokenizer = loadTokenizer(folder());
        QVERIFY2(tokenizer.ok(), tokenizer ? "" : tokenizer.error().message().c_str());
        m_tokenizer = std::move(*tokenizer);
        auto chat = ChatTemplate::load(folder(), *m_tokenizer);
        QVERIFY2(chat.ok(), chat ? "" : chat.error().message().c_str());
        m_chat = std::make_unique<ChatTemplate>(std::move(*chat));
    }

    void theConfigurationIsTheModels() {
        const ModelConfig& config = m_model->config();
        QCOMPARE(config.parameters(), std::int64_t{134'515'008});
        QCOMPARE(config.context, std::int64_t{8192});
        QCOMPARE(config.rope.theta, 1e5);
        QVERIFY(std::abs(config.normEpsilon - 1e-5) < 1e-12);
        QVERIFY(config.tiedHead && config.bos == 1 && config.eos == std::vector<std::int64_t>{2});
    }

    // In the file's own dtype the weights stay in the file. In another one no more than a tensor of them exists twice.
    void loadingNeverNeedsTwoCopies() {
        if (!forgetPeak())
            QSKIP("This system doesn't tell a process its highest memory: loading was not measured.");
        const double values = static_cast<double>(m_model->config().parameters());
        const double embedding = static_cast<double>(m_model->embedding().numel());
        const bool isQuantised = m_form.endsWith("gguf");
        const double before = processBytes("RssAnon");
        {
            const auto model = Transformer::load(folder(), at::kFloat);
            const double taken = processBytes("RssAnon") - before;
            QVERIFY2(taken < (isQuantised ? 1.1 * 4 * values : 4e7), std::to_string(taken).c_str());
        }
        const double resident = processBytes("VmRSS");
        QVERIFY(forgetPeak());
        const auto model = Transformer::load(folder(), at::kBFloat16);
        const double peak = processBytes("VmHWM") - resident;
        QVERIFY2(peak < 1.1 * (2 * values + 4 * embedding), std::to_string(peak).c_str());
    }

    void promptIdsAreExact() {
        for (const auto& chat : m_golden["chats"])
            QVERIFY(m_chat->encodePrompt(chat["user"].get<std::string>()) == chat["input_ids"].get<TokenIds>());
    }

    void theTenLargestLogitsAgree() {
        for (const auto& chat : m_golden["chats"]) {
            const at::Tensor last = logits(chat["input_ids"].get<TokenIds>())[-1];
            for (const auto& pair : chat["last_logits_top10"])
                QVERIFY(std::abs(last[pair[0].get<std::int64_t>()].item<double>() - pair[1].get<double>()) < 2e-3);
        }
    }

    void theMeanLossOfAContractSentenceAgrees() {
        const auto& of = m_golden["mean_nll"];
        const TokenIds ids = m_tokenizer->encode(of["text"].get<std::string>());
        QVERIFY(ids == of["input_ids"].get<TokenIds>());
        const at::Tensor logProbs = at::log_softmax(logits(ids), -1);
        double sum = 0;
        for (size_t i = 1; i < ids.size(); ++i)
            sum -= logProbs[static_cast<std::int64_t>(i) - 1][ids[i]].item<double>();
        QVERIFY(std::abs(sum / static_cast<double>(ids.size() - 1) - of["value"].get<double>()) < 1e-4);
    }

    void greedyTextIsTheSame() {
        const ServingModel serving(*m_model, nullptr, ServingForm::AsLoaded);
        ModelSource source(serving, 1, 1024, 2);
        for (const auto& chat : m_golden["chats"]) {
            const TokenIds prompt = chat["input_ids"].get<TokenIds>();
            QVERIFY(source.begin(0, 0, TokenIds(prompt.begin(), prompt.end() - 1)).ok());
            PassRow row{0, static_cast<std::int64_t>(prompt.size()) - 1, {prompt.back()}, 1};
            for (std::int64_t expected : chat["greedy_new_ids"].get<TokenIds>()) {
                const auto logits = source.score({&row, 1});
                QVERIFY(logits.ok());
                const std::int64_t next = std::max_element(*logits, *logits + source.rowWidth()) - *logits;
                QCOMPARE(next, expected);
                row = {0, row.keep + 1, {next}, 1};
            }
        }
    }

private:
    std::filesystem::path folder() const {
        return std::filesystem::path(std::getenv("CW_MODELS")) / m_form.toStdString();
    }

    at::Tensor logits(const TokenIds& ids) const {
        const at::NoGradGuard noGradients;
        return m_model->logits(test::referencePass(*m_model, at::tensor(ids).unsqueeze(0))).squeeze(0);
    }

    nlohmann::json m_golden;
    QString m_form;
    std::unique_ptr<Transformer> m_model;
    std::unique_ptr<Tokenizer> m_tokenizer;
    std::unique_ptr<ChatTemplate> m_chat;
};

QTEST_APPLESS_MAIN(TestSmolLm2)
#include "test_smollm2.moc"
