// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "app/services/import_notes.h"

#include "core/base/utf.h"
#include "core/store/contract_store.h"
#include "core/text/planted_instructions.h"
#include "core/text/quote.h"

#include <algorithm>
#include <cmath>

namespace cw {

namespace {

constexpr size_t kQuoted = 3;        // places of a kind that are quoted
constexpr size_t kQuoteBytes = 80;
constexpr const char* kInstall =
    " Install the package tesseract-ocr-eng for text recognition (OCR) before the next import; what is in keeps its text.";

std::string shortened(std::string text) {
    if (text.size() <= kQuoteBytes)
        return text;
    size_t end = kQuoteBytes;
    while (!isCodePointBoundary(text, end))
        --end;
    return text.substr(0, end) + "\u2026";
}

std::string quoted(const std::string& words) { return "\u201C" + shortened(normalizeQuote(words)) + "\u201D"; }

std::string counted(size_t count, const std::string& one, const std::string& many) {
    return count == 1 ? "One " + one : std::to_string(count) + " " + many;
}

// "3", "3 and 5", "3 to 7, 9".
std::string listed(const std::vector<int>& pages) {
    std::string out;
    for (size_t i = 0; i < pages.size();) {
        size_t last = i;
        while (last + 1 < pages.size() && pages[last + 1] == pages[last] + 1)
            ++last;
        out += (out.empty() ? "" : ", ") + std::to_string(pages[i]);
        if (last > i)
            out += (last > i + 1 ? " to " : ", ") + std::to_string(pages[last]);
        i = last + 1;
    }
    return out;
}

std::string named(const std::vector<int>& pages) { return (pages.size() == 1 ? "Page " : "Pages ") + listed(pages); }

class Notes {
public:
    explicit Notes(const DocumentText& document) : m_document(document) {}

    std::vector<std::string> write() {
        hidden(TextMarkKind::NoInk, "passage that its page doesn't show", "passages that their pages don't show");
        hidden(TextMarkKind::OffPage, "passage outside its page", "passages outside their pages");
        hidden(TextMarkKind::Tiny, "passage in letters too small to read", "passages in letters too small to read");
        invisible();
        planted();
        recognised();
        changes();
        leftOut();
        return std::move(m_out);
    }

private:
    std::vector<const TextMark*> of(TextMarkKind kind) const {
        std::vector<const TextMark*> out;
        for (const TextMark& mark : m_document.marks)
            if (mark.kind == kind)
                out.push_back(&mark);
        return out;
    }

    void hidden(TextMarkKind kind, const std::string& one, const std::string& many) {
        const auto marks = of(kind);
        std::vector<ByteRange> ranges;
        for (const TextMark* mark : marks)
            ranges.push_back(mark->range);
        quoteAll(ranges, one, many);
    }

    void planted() {
        quoteAll(findPlantedInstructions(m_document.text), "passage that reads like an instruction to a model", "passages that read like instructions to a model");
    }

    // The number of the passages, and the words of the first ones.
    void quoteAll(const std::vector<ByteRange>& ranges, const std::string& one, const std::string& many) {
        if (ranges.empty())
            return;
        std::string sentence = counted(ranges.size(), one, many) + ": ";
        for (size_t i = 0; i < std::min(ranges.size(), kQuoted); ++i)
            sentence += (i > 0 ? ", " : "") + quoted(m_document.text.substr(ranges[i].begin, ranges[i].size()));
        m_out.push_back(sentence + (ranges.size() > kQuoted ? " and others." : ""));
    }

    void invisible() {
        const auto marks = of(TextMarkKind::Invisible);
        std::vector<std::string> names;
        for (const TextMark* mark : marks)
            if (names.size() < kQuoted && std::find(names.begin(), names.end(), mark->detail) == names.end())
                names.push_back(mark->detail);
        std::string all;
        for (const std::string& name : names)
            all += (all.empty() ? "" : "; ") + shortened(name);
        if (!marks.empty())
            m_out.push_back(counted(marks.size(), "place", "places") + " with characters that nobody sees: " + all + ".");
    }

    void recognised() {
        const auto pages = of(TextMarkKind::Recognised);
        if (pages.empty())
            return;
        double sum = 0;
        for (const TextMark* page : pages)
            sum += page->confidence;
        const auto percent = std::lround(100 * sum / static_cast<double>(pages.size()));
        const size_t unsure = of(TextMarkKind::UnsureWord).size();
        m_out.push_back(counted(pages.size(), "page was a picture and was", "pages were pictures and were") + " read by text recognition, " +
                        std::to_string(percent) + " % sure on average" +
                        (unsure == 0 ? "." : unsure == 1 ? "; one word is unsure." : "; " + std::to_string(unsure) + " words are unsure."));
    }

    void changes() {
        const size_t inserted = of(TextMarkKind::Inserted).size(), deleted = of(TextMarkKind::Deleted).size();
        if (inserted + deleted > 0)
            m_out.push_back("Tracked changes: " + std::to_string(inserted) + " inserted and " + std::to_string(deleted) +
                            " deleted. The text shows them as accepted.");
    }

    std::vector<int> numbersOf(ReaderNoteKind kind) const {
        std::vector<int> out;
        for (const ReaderNote& note : m_document.notes)
            if (note.kind == kind)
                out.push_back(note.number);
        return out;
    }

    void leftOut() {
        if (!numbersOf(ReaderNoteKind::Macros).empty())
            m_out.push_back("It has macros. They were not run.");
        for (const int parts : numbersOf(ReaderNoteKind::External))
            m_out.push_back(counted(static_cast<size_t>(parts), "part of it lies elsewhere and was not fetched.",
                                    "parts of it lie elsewhere and were not fetched."));
        for (const int parts : numbersOf(ReaderNoteKind::Embedded))
            m_out.push_back(counted(static_cast<size_t>(parts), "document within it was not read.", "documents within it were not read."));
        pictures();
        if (const auto slow = numbersOf(ReaderNoteKind::SlowPage); !slow.empty())
            m_out.push_back(named(slow) + " took text recognition too long and stayed without text.");
    }

    void pictures() {
        const auto pages = numbersOf(ReaderNoteKind::PicturePage);
        if (!pages.empty())
            m_out.push_back(named(pages) + (pages.size() == 1 ? " is a picture without text." : " are pictures without text.") +
                            (numbersOf(ReaderNoteKind::NoRecognition).empty() ? "" : kInstall));
    }

    const DocumentText& m_document;
    std::vector<std::string> m_out;
};

} // namespace

std::vector<std::string> notesOf(const DocumentText& document) { return Notes(document).write(); }

Result<std::vector<std::string>> notesOf(ContractStore& contracts, const ContractId& id) {
    DocumentText document;
    CW_TRY_ASSIGN(text, contracts.text(id));
    CW_TRY_ASSIGN(marks, contracts.marks(id));
    CW_TRY_ASSIGN(notes, contracts.notes(id));
    document.text = std::move(text);
    document.marks = std::move(marks);
    document.notes = std::move(notes);
    return notesOf(document);
}

} // namespace cw
