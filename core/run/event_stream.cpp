// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The two ends of events.jsonl: EventLog writes, EventTail follows.
#include "core/base/file.h"
#include "core/run/run_folder.h"

#include <fstream>

namespace cw {

namespace fs = std::filesystem;

namespace {

std::string readFrom(const fs::path& file, std::uintmax_t offset) {
    std::error_code error;
    const std::uintmax_t size = fs::file_size(file, error);
    if (error || size <= offset)
        return {};
    std::ifstream in(file, std::ios::binary);
    in.seekg(static_cast<std::streamoff>(offset));
    std::string bytes(size - offset, '\0');
    in.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    bytes.resize(static_cast<size_t>(in.gcount()));
    return bytes;
}

// True where a writer died, or its disk was full, in the middle of a line.
bool endsWithinLine(const fs::path& file) {
    std::error_code error;
    const std::uintmax_t size = fs::file_size(file, error);
    return !error && size > 0 && readFrom(file, size - 1) != "\n";
}

} // namespace

std::vector<RunEvent> EventTail::poll() {
    const std::string bytes = readFrom(m_file, m_offset);
    std::vector<RunEvent> out;
    size_t begin = 0;
    for (size_t end = bytes.find('\n'); end != std::string::npos; end = bytes.find('\n', begin)) {
        if (auto event = runEventFromLine(std::string_view(bytes).substr(begin, end - begin)))
            out.push_back(std::move(*event)); // anything else is what a dying writer left: its event never happened
        begin = end + 1;
    }
    m_offset += begin;
    return out;
}

EventLog::EventLog(const RunFolder& folder, const Clock& clock) : m_file(folder.events()), m_clock(clock) {
    for (const RunEvent& event : EventTail(m_file).poll())
        m_next = event.seq + 1;
}

Status EventLog::write(RunEvent event, bool durable) {
    event.seq = m_next;
    event.time = formatUtc(m_clock.now());
    const std::string line = toLine(event);
    CW_TRY(appendLine(m_file, endsWithinLine(m_file) ? "\n" + line : line, durable));
    ++m_next;
    return {};
}

} // namespace cw
