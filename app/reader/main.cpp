// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// clausewright-reader FILE: the only program that parses documents. It lives for one document, gives up what it doesn't need before it
// looks at it, and answers on stdout with one checked frame (core/text/document_frame.h). Exit status: 0 a document, 3 an error, 2 usage.
// clausewright-reader --pages FILE draws its pages as they are asked for, until its stdin ends (core/text/page_pipe.h).
#include "app/reader/confinement.h"
#include "app/reader/docx_document.h"
#include "app/reader/one_thread.h"
#include "app/reader/page_server.h"
#include "app/reader/pdf_document.h"
#include "app/reader/progress.h"
#include "app/reader/text_document.h"
#include "core/base/file.h"
#include "core/text/document_frame.h"

#include <QCoreApplication>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <new>
#include <string>
#include <string_view>
#include <vector>

namespace {

using cw::Error;
using cw::ErrorCode;

constexpr std::uintmax_t kMaxDocumentBytes = 200u << 20;

std::string lowerCase(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) { return std::tolower(c); });
    return text;
}

// The mark may stand behind some bytes of rubbish: readers accept it within the first kilobyte (PDF 1.7, appendix H, note 13).
bool looksLikePdf(std::string_view bytes) { return bytes.substr(0, 1024).find("%PDF-") != std::string_view::npos; }

// What to say of an ending that no reader here knows.
Error unknownKind(const std::string& name, const std::string& ending) {
    const char* hint = "Save it as DOCX or PDF.";
    if (ending == ".doc")
        return {ErrorCode::Unsupported, name + " is in the format of Word 2003 or older.", hint};
    if (ending == ".rtf")
        return {ErrorCode::Unsupported, name + " is in the Rich Text Format, which can't be read here.", hint};
    return {ErrorCode::Unsupported, name + " is neither a PDF, a DOCX nor a text file.", "Save it as DOCX, as PDF or as UTF-8 .txt."};
}

bool isDocx(const std::string& ending) { return ending == ".docx" || ending == ".docm"; }

cw::Result<cw::DocumentText> readAs(const std::string& ending, std::string_view bytes, const std::string& name) {
    if (ending == ".pdf") {
        if (!looksLikePdf(bytes))
            return Error{ErrorCode::BadInput, name + " is not a PDF, though its name ends in .pdf.", "Export it as PDF again."};
        return cw::readPdfDocument(name, [](int page, int pages) { cw::startPage(page - 1, pages); });
    }
    if ((ending == ".txt" || isDocx(ending)) && bytes.starts_with("%PDF-"))
        return Error{ErrorCode::BadInput, name + " is a PDF, though its name ends in " + ending + ".", "Rename it so that it ends in .pdf."};
    if (isDocx(ending))
        return cw::readDocxDocument(bytes, name);
    return ending == ".txt" ? cw::readTextDocument(bytes, name) : unknownKind(name, ending);
}

cw::Result<cw::DocumentText> readDocument(const std::filesystem::path& file) {
    const std::string name = file.string();
    std::error_code failed;
    if (const auto size = std::filesystem::file_size(file, failed); !failed && size > kMaxDocumentBytes)
        return Error{ErrorCode::BadInput, name + " is larger than 200 MiB.", "Split it, or save it without its images."};
    CW_TRY_ASSIGN(bytes, cw::readFile(file));
    if (bytes.empty())
        return Error{ErrorCode::BadInput, name + " is empty: it has no bytes.", "Check that it was copied or saved completely."};
    return readAs(lowerCase(file.extension().string()), bytes, name);
}

int answer(const std::string& frame, int status) {
    const bool whole = std::fwrite(frame.data(), 1, frame.size(), stdout) == frame.size() && std::fflush(stdout) == 0;
    return whole ? status : 4;
}

int run(const std::string& file, std::vector<std::string> notConfined) {
    try {
        auto document = readDocument(file);
        if (document)
            document->notConfined = std::move(notConfined);
        return document ? answer(cw::encodeFrame(*document), 0) : answer(cw::encodeFrame(document.error()), 3);
    } catch (const std::bad_alloc&) {
        return answer(cw::encodeFrame(Error{ErrorCode::BadInput, file + " needs more memory than a document may take.",
                                            "Split it, or save it without its images."}),
                      3);
    } catch (const std::exception& failure) {
        return answer(cw::encodeFrame(Error{ErrorCode::BadInput, file + " can't be read: " + failure.what() + ".", ""}), 3);
    }
}

} // namespace

int main(int argc, char** argv) {
    cw::stayOneThread(argv);
    cw::closeInheritedDescriptors();
    QCoreApplication application(argc, argv);
    const bool pages = argc == 3 && std::string_view(argv[1]) == "--pages";
    if (argc != 2 && !pages) {
        std::fputs("Usage: clausewright-reader FILE\nWrites the document's text and boxes as one frame to stdout.\n"
                   "       clausewright-reader --pages FILE\nDraws the pages that stdin asks for.\n",
                   stderr);
        return 2;
    }
    const std::string file = argv[argc - 1];
    std::vector<std::string> notConfined = cw::confineThisProcess(file);
    return pages ? cw::servePages(file) : run(file, std::move(notConfined));
}
