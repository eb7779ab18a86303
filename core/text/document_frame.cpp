// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "core/text/document_frame.h"

#include "core/base/hash.h"
#include "core/base/utf.h"
#include "core/text/frame_bytes.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <set>
#include <utility>

namespace cw {

namespace {

constexpr std::string_view kMagic = "CWRD", kProgressMagic = "CWPG";
constexpr size_t kProgressBytes = 4 + 2 * 4;
constexpr std::uint32_t kVersion = 3;
constexpr size_t kHashDigits = 64;
constexpr size_t kHeadBytes = 4 + 4 + 8 + kHashDigits;
constexpr size_t kPageBytes = 2 * 8;
constexpr size_t kLineBytes = 4 + 2 * 8 + 4 * 8;
constexpr size_t kLeastMarkBytes = 1 + 2 * 8 + 8 + 8;
constexpr size_t kNoteBytes = 1 + 4;
constexpr size_t kLeastStringBytes = 8;
constexpr size_t kMostProtections = 8;
constexpr double kMaxPagePoints = 1e6;
constexpr auto kLastMarkKind = TextMarkKind::Deleted;
constexpr auto kLastNoteKind = ReaderNoteKind::NoRecognition;

std::string framed(const std::string& payload) {
    std::string out(kMagic);
    putNumber(out, kVersion, 4);
    putNumber(out, payload.size(), 8);
    return out + sha256Hex(payload) + payload;
}

void putMarks(std::string& out, const std::vector<TextMark>& marks) {
    putNumber(out, marks.size(), 4);
    for (const TextMark& mark : marks) {
        putNumber(out, static_cast<std::uint64_t>(mark.kind), 1);
        putNumber(out, mark.range.begin, 8);
        putNumber(out, mark.range.end, 8);
        putString(out, mark.detail);
        putDouble(out, mark.confidence);
    }
}

void putNotes(std::string& out, const std::vector<ReaderNote>& notes) {
    putNumber(out, notes.size(), 4);
    for (const ReaderNote& note : notes) {
        putNumber(out, static_cast<std::uint64_t>(note.kind), 1);
        putNumber(out, static_cast<std::uint32_t>(note.number), 4);
    }
}

Error corrupt() {
    return {ErrorCode::Corrupt, "The document reader's answer is damaged.", "Try again; if it happens again, leave this document out."};
}

Result<DocumentText> decodeError(ByteCursor& in) {
    const std::uint64_t code = in.number(1);
    std::string detail = oneLine(in.string());
    std::string hint = oneLine(in.string());
    if (!in.ok() || in.left() != 0 || code > static_cast<std::uint64_t>(ErrorCode::Failed) || detail.empty())
        return corrupt();
    return Error{static_cast<ErrorCode>(code), std::move(detail), std::move(hint)};
}

bool isShare(double value) { return value >= 0 && value <= 1; } // false for a NaN

bool isSound(const LineBox& line, const DocumentText& document) {
    return line.page >= 0 && static_cast<size_t>(line.page) < document.pages.size() && line.range.begin < line.range.end &&
           line.range.end <= document.text.size() && isCodePointBoundary(document.text, line.range.begin) &&
           isCodePointBoundary(document.text, line.range.end) && isShare(line.left) && isShare(line.right) && isShare(line.top) &&
           isShare(line.bottom) && line.left <= line.right && line.top <= line.bottom;
}

bool isSound(const TextMark& mark, std::string_view text) {
    return mark.range.begin <= mark.range.end && mark.range.end <= text.size() && isCodePointBoundary(text, mark.range.begin) &&
           isCodePointBoundary(text, mark.range.end) && isShare(mark.confidence);
}

bool areSound(const std::vector<TextMark>& marks, std::string_view text) {
    size_t begin = 0; // marks may overlap, but come in the order of the text
    for (const TextMark& mark : marks) {
        if (!isSound(mark, text) || mark.range.begin < begin)
            return false;
        begin = mark.range.begin;
    }
    return true;
}

// A page has at most one note of a kind, and a document one of each of the others.
bool areSound(const std::vector<ReaderNote>& notes, size_t pages) {
    std::set<std::pair<ReaderNoteKind, int>> seen;
    return std::all_of(notes.begin(), notes.end(), [&](const ReaderNote& note) {
        const bool ofAPage = note.kind == ReaderNoteKind::PicturePage || note.kind == ReaderNoteKind::SlowPage;
        return note.number > 0 && (!ofAPage || static_cast<size_t>(note.number) <= pages) &&
               seen.emplace(note.kind, ofAPage ? note.number : 0).second;
    });
}

bool isSound(const DocumentText& document) {
    if (firstInvalidUtf8(document.text) || document.text.find('\0') != std::string::npos)
        return false;
    for (const PageSize& page : document.pages)
        if (!(page.widthPoints > 0 && page.heightPoints > 0 && page.widthPoints < kMaxPagePoints && page.heightPoints < kMaxPagePoints))
            return false;
    size_t behind = 0; // ranges follow each other
    for (const LineBox& line : document.lines) {
        if (!isSound(line, document) || line.range.begin < behind)
            return false;
        behind = line.range.end;
    }
    return areSound(document.marks, document.text) && areSound(document.notes, document.pages.size());
}

// Nothing if a kind is unknown: a mark that can't be named can't be shown.
std::optional<std::vector<TextMark>> decodeMarks(ByteCursor& in) {
    std::vector<TextMark> marks(in.count(kLeastMarkBytes));
    for (TextMark& mark : marks) {
        const std::uint64_t kind = in.number(1);
        if (kind > static_cast<std::uint64_t>(kLastMarkKind))
            return std::nullopt;
        mark.kind = static_cast<TextMarkKind>(kind);
        mark.range.begin = in.number(8);
        mark.range.end = in.number(8);
        mark.detail = oneLine(in.string());
        mark.confidence = in.real();
    }
    return marks;
}

std::optional<std::vector<ReaderNote>> decodeNotes(ByteCursor& in) {
    std::vector<ReaderNote> notes(in.count(kNoteBytes));
    for (ReaderNote& note : notes) {
        const std::uint64_t kind = in.number(1);
        if (kind > static_cast<std::uint64_t>(kLastNoteKind))
            return std::nullopt;
        note.kind = static_cast<ReaderNoteKind>(kind);
        note.number = static_cast<int>(in.number(4));
    }
    return notes;
}

std::optional<std::vector<std::string>> decodeProtections(ByteCursor& in) {
    std::vector<std::string> names(in.count(kLeastStringBytes));
    if (names.size() > kMostProtections)
        return std::nullopt;
    for (std::string& name : names)
        if ((name = oneLine(in.string())).empty())
            return std::nullopt;
    return names;
}

Result<DocumentText> decodeDocument(ByteCursor& in) {
    DocumentText document;
    document.text = in.string();
    document.reader = oneLine(in.string());
    document.pages.resize(in.count(kPageBytes));
    for (PageSize& page : document.pages) {
        page.widthPoints = in.real();
        page.heightPoints = in.real();
    }
    document.lines.resize(in.count(kLineBytes));
    for (LineBox& line : document.lines) {
        line.page = static_cast<int>(in.number(4));
        line.range.begin = in.number(8);
        line.range.end = in.number(8);
        for (double* edge : {&line.left, &line.top, &line.right, &line.bottom})
            *edge = in.real();
    }
    auto marks = decodeMarks(in);
    auto notes = decodeNotes(in);
    auto notConfined = decodeProtections(in);
    if (!marks || !notes || !notConfined)
        return corrupt();
    document.marks = std::move(*marks);
    document.notes = std::move(*notes);
    document.notConfined = std::move(*notConfined);
    if (!in.ok() || in.left() != 0 || !isSound(document))
        return corrupt();
    return document;
}

} // namespace

std::string encodeFrame(const DocumentText& document) {
    std::string payload(1, '\0');
    putString(payload, document.text);
    putString(payload, document.reader);
    putNumber(payload, document.pages.size(), 4);
    for (const PageSize& page : document.pages) {
        putDouble(payload, page.widthPoints);
        putDouble(payload, page.heightPoints);
    }
    putNumber(payload, document.lines.size(), 4);
    for (const LineBox& line : document.lines) {
        putNumber(payload, static_cast<std::uint64_t>(line.page), 4);
        putNumber(payload, line.range.begin, 8);
        putNumber(payload, line.range.end, 8);
        for (const double edge : {line.left, line.top, line.right, line.bottom})
            putDouble(payload, edge);
    }
    putMarks(payload, document.marks);
    putNotes(payload, document.notes);
    putNumber(payload, document.notConfined.size(), 4);
    for (const std::string& protection : document.notConfined)
        putString(payload, protection);
    return framed(payload);
}

std::string encodeFrame(const Error& error) {
    std::string payload(1, '\1');
    putNumber(payload, static_cast<std::uint64_t>(error.code), 1);
    putString(payload, error.detail);
    putString(payload, error.hint);
    return framed(payload);
}

std::string encodeProgress(ReadingProgress progress) {
    std::string out(kProgressMagic);
    putNumber(out, progress.page, 4);
    putNumber(out, progress.pages, 4);
    return out;
}

std::optional<ReadingProgress> takeProgress(std::string& said) {
    if (said.size() < kProgressBytes || !said.starts_with(kProgressMagic))
        return std::nullopt;
    ByteCursor in(std::string_view(said).substr(kProgressMagic.size(), kProgressBytes));
    const auto page = static_cast<std::uint32_t>(in.number(4)), pages = static_cast<std::uint32_t>(in.number(4));
    said.erase(0, kProgressBytes);
    return ReadingProgress{page, pages};
}

Result<DocumentText> decodeFrame(std::string_view frame) {
    if (frame.size() < kHeadBytes)
        return corrupt();
    ByteCursor head(frame.substr(0, kHeadBytes));
    const std::string_view payload = frame.substr(kHeadBytes);
    if (head.take(4) != kMagic || head.number(4) != kVersion || head.number(8) != payload.size() ||
        head.take(kHashDigits) != sha256Hex(payload))
        return corrupt();
    ByteCursor in(payload);
    switch (in.number(1)) {
    case 0:
        if (in.ok())
            return decodeDocument(in);
        return corrupt();
    case 1:
        return decodeError(in);
    default:
        return corrupt();
    }
}

} // namespace cw
