// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "core/prompt/second_look.h"

#include "core/prompt/prompt.h"
#include "core/prompt/recentre.h"

#include <algorithm>
#include <map>

namespace cw {

namespace {

using Prompts = std::vector<const ChatRow*>; // of one contract

std::string_view shownBy(const ChatRow& prompt) {
    return std::string_view(prompt.user).substr(std::min(prompt.meta.textAt, prompt.user.size()));
}

// The contract's text as far as its windows show it; the white space between them is line ends.
std::string textOf(const Prompts& prompts) {
    size_t end = 0;
    for (const ChatRow* prompt : prompts)
        end = std::max(end, prompt->meta.window.begin + shownBy(*prompt).size());
    std::string text(end, '\n');
    for (const ChatRow* prompt : prompts)
        text.replace(prompt->meta.window.begin, shownBy(*prompt).size(), shownBy(*prompt));
    return text;
}

// What a run has of one contract.
struct Known {
    Prompts prompts;
    std::vector<const OutputRow*> outputs;
};

std::vector<WindowAnswer> answersOf(const std::vector<const OutputRow*>& outputs, const Taxonomy& taxonomy) {
    std::vector<WindowAnswer> answers;
    for (const OutputRow* output : outputs)
        if (const auto answer = parseCanonical(output->output, output->meta.request, taxonomy))
            answers.push_back({output->meta.window, *answer, output->margins});
    std::stable_sort(answers.begin(), answers.end(), [](const auto& a, const auto& b) { return a.range < b.range; });
    return answers;
}

// It stands on lines of its own between the line about the contract and the text; empty where there is none.
std::string_view stubOf(const ChatRow& prompt) {
    std::string_view head = std::string_view(prompt.user).substr(0, std::min(prompt.meta.textAt, prompt.user.size()));
    const std::string_view title = titleIn(head);
    const size_t behind = title.data() == nullptr ? head.size() : static_cast<size_t>(title.data() - head.data()) + title.size();
    head.remove_prefix(std::min(head.find('\n', behind), head.size()));
    head.remove_prefix(std::min(head.find_first_not_of('\n'), head.size()));
    return head.substr(0, head.find_last_not_of('\n') + 1);
}

// As the run's own windows: none is longer than they are, nor its stub longer than theirs.
ChunkSettings settingsOf(const Prompts& prompts) {
    ChunkSettings settings;
    settings.maxBytes = settings.stubBytes = 0;
    for (const ChatRow* prompt : prompts) {
        settings.maxBytes = std::max(settings.maxBytes, shownBy(*prompt).size());
        settings.stubBytes = std::max(settings.stubBytes, stubOf(*prompt).size());
    }
    if (settings.stubBytes == 0)
        settings.strategy = ChunkStrategy::Section;
    return settings;
}

ChatRow promptOf(Rerun rerun, const Prompts& prompts, ByteRange cut, const std::string& text) {
    const auto of = std::ranges::find_if(prompts, [&](const ChatRow* prompt) { return prompt->meta.window == cut; });
    const ChatRow& first = of == prompts.end() ? *prompts.front() : **of;
    rerun.window.part = first.meta.part;
    rerun.window.parts = first.meta.parts;
    Prompt prompt = makePrompt(rerun.request, titleIn(first.user), rerun.window, text);
    ChatRow row{std::move(prompt.user), {}, first.meta};
    row.meta.window = rerun.window.range;
    row.meta.request = rerun.request;
    row.meta.textAt = prompt.textAt;
    row.meta.again = true;
    return row;
}

} // namespace

std::vector<ChatRow> secondLooks(const std::vector<ChatRow>& prompts, const std::vector<OutputRow>& outputs, const Taxonomy& taxonomy) {
    std::map<std::string, Known> contracts;
    std::vector<std::string> order;
    for (const ChatRow& prompt : prompts) {
        Known& known = contracts[prompt.meta.contract.value];
        if (known.prompts.empty())
            order.push_back(prompt.meta.contract.value);
        known.prompts.push_back(&prompt);
    }
    for (const OutputRow& output : outputs)
        contracts[output.meta.contract.value].outputs.push_back(&output);

    std::vector<ChatRow> looks;
    for (const std::string& contract : order) {
        const Known& known = contracts[contract];
        const auto parts = static_cast<size_t>(known.prompts.front()->meta.parts);
        if (parts < 2 || known.prompts.size() != parts)
            continue; // nothing was cut, or it isn't known what lies between
        const std::string text = textOf(known.prompts);
        const std::vector<WindowAnswer> answers = answersOf(known.outputs, taxonomy);
        for (const Rerun& rerun : rerunsFor(text, answers, truncatedQuotes(text, answers), settingsOf(known.prompts)))
            looks.push_back(promptOf(rerun, known.prompts, answers[rerun.quotes.front().window].range, text));
    }
    return looks;
}

} // namespace cw
