// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "app/cli/dataset_options.h"

#include "app/services/result_qt.h"
#include "core/base/closest_name.h"

namespace cw::cli {

namespace {

constexpr qint64 kSmallestWindow = 64; // bytes

Error usage(const std::string& what, const std::string& hint = {}) { return {ErrorCode::BadUsage, what, hint}; }

Result<ChunkStrategy> strategyOf(const Arguments& arguments, ChunkStrategy otherwise) {
    const std::string name = toStdString(arguments.value("strategy", toQString(std::string(nameOf(otherwise)))));
    if (const auto strategy = chunkStrategyFromName(name))
        return *strategy;
    const std::string near = closestName(name, chunkStrategyNames());
    return usage("There is no way of cutting named " + name + ".",
                 near.empty() ? "Use fixed, sentence, section or section_overlap." : "Did you mean " + near + "?");
}

Result<std::vector<std::string>> keysOf(const QString& list, const Taxonomy& taxonomy) {
    std::vector<std::string> keys;
    for (const QString& word : list.split(u',', Qt::SkipEmptyParts)) {
        const std::string key = toStdString(word.trimmed());
        if (!taxonomy.find(key)) {
            const std::string near = closestName(key, taxonomy.keys());
            return usage("There is no clause type " + key + ".", near.empty() ? "List them with `taxonomy`." : "Did you mean " + near + "?");
        }
        keys.push_back(key);
    }
    return keys;
}

} // namespace

std::vector<Option> datasetOptionTable() {
    return {{QStringLiteral("split"), QStringLiteral("NAME"), QStringLiteral("Which split; else default.")},
            {QStringLiteral("window"), QStringLiteral("BYTES"), QStringLiteral("The most contract text in a row; else 16000.")},
            {QStringLiteral("overlap"), QStringLiteral("BYTES"), QStringLiteral("The most text that a window repeats; else 800.")},
            {QStringLiteral("strategy"), QStringLiteral("NAME"),
             QStringLiteral("How contracts are cut: fixed, sentence, section or section_overlap; else section_overlap.")},
            {QStringLiteral("stub"), QStringLiteral("BYTES"),
             QStringLiteral("The most that section_overlap says before a window of its parties and terms; else 900.")},
            {QStringLiteral("negatives"), QStringLiteral("RATIO"), QStringLiteral("Share of the windows without any clause to keep, 0 to 1.")},
            {QStringLiteral("only"), QStringLiteral("KEY,KEY"), QStringLiteral("Ask for these clause types alone.")}};
}

Result<DatasetOptions> datasetOptions(const Arguments& arguments, const Taxonomy& taxonomy) {
    DatasetOptions options;
    options.split = toStdString(arguments.value("split", QStringLiteral("default")));
    CW_TRY_ASSIGN(window, arguments.whole("window", static_cast<qint64>(options.chunk.maxBytes)));
    CW_TRY_ASSIGN(overlap, arguments.whole("overlap", std::min<qint64>(static_cast<qint64>(options.chunk.overlapBytes), window / 4)));
    CW_TRY_ASSIGN(strategy, strategyOf(arguments, options.chunk.strategy));
    CW_TRY_ASSIGN(stub, arguments.whole("stub", static_cast<qint64>(options.chunk.stubBytes)));
    CW_TRY_ASSIGN(negatives, arguments.number("negatives", options.negatives));
    if (window < kSmallestWindow || overlap < 0 || overlap >= window)
        return usage("A window of " + std::to_string(window) + " bytes with an overlap of " + std::to_string(overlap) + " can't be.",
                     "Use at least 64 bytes, and an overlap smaller than the window.");
    if (!(negatives >= 0 && negatives <= 1))
        return usage("--negatives is a share from 0 to 1.");
    if (stub < 0)
        return usage("A stub of " + std::to_string(stub) + " bytes can't be.", "Use 0 for none.");
    options.chunk = {static_cast<size_t>(window), static_cast<size_t>(overlap), strategy, static_cast<size_t>(stub)};
    options.negatives = negatives;
    CW_TRY_ASSIGN(only, keysOf(arguments.value("only"), taxonomy));
    options.only = std::move(only);
    return options;
}

} // namespace cw::cli
