// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "core/base/line_reader.h"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>
#include <string_view>
#include <vector>

namespace cw {

namespace {

constexpr size_t kPiece = size_t{1} << 18;
constexpr size_t kHead = size_t{1} << 16; // kept of a line that is too long
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

class LineCutter {
public:
    LineCutter(size_t most, const std::function<void(FileLine)>& take) : m_most(most), m_take(take) {}

    void add(std::string_view piece) {
        while (!piece.empty()) {
            const size_t end = piece.find('\n');
            append(piece.substr(0, end));
            if (end == std::string_view::npos)
                return;
            finish();
            piece.remove_prefix(end + 1);
        }
    }

    void finish() {
        ++m_line.number;
        if (!m_line.text.empty() && m_line.text.back() == '\r' && !m_line.tooLong)
            m_line.text.pop_back();
        if (m_line.number == 1 && std::string_view(m_line.text).substr(0, kByteOrderMark.size()) == kByteOrderMark)
            m_line.text.erase(0, kByteOrderMark.size());
        const size_t number = m_line.number;
        if (m_line.text.find_first_not_of(" \t\r") != std::string::npos)
            m_take(std::move(m_line));
        m_line = FileLine{number, {}, 0, false};
    }

    bool isWithin() const { return m_line.bytes > 0; }

private:
    void append(std::string_view part) {
        m_line.bytes += part.size();
        if (m_line.bytes > m_most && !m_line.tooLong) {
            m_line.tooLong = true;
            m_line.text.append(part.substr(0, kHead));
            m_line.text.resize(std::min(m_line.text.size(), kHead));
            m_line.text.shrink_to_fit();
        } else if (!m_line.tooLong) {
            m_line.text.append(part);
        }
    }

    size_t m_most;
    const std::function<void(FileLine)>& m_take;
    FileLine m_line;
};

Error unreadable(const std::filesystem::path& file, int code) {
    return {code == ENOENT ? ErrorCode::NotFound : ErrorCode::BadInput, file.string() + " can't be read (" + std::strerror(code) + ").", ""};
}

} // namespace

Status readLines(const std::filesystem::path& file, size_t most, const std::function<void(FileLine)>& take) {
    const std::unique_ptr<std::FILE, int (*)(std::FILE*)> stream(std::fopen(file.c_str(), "rb"), std::fclose);
    if (!stream)
        return unreadable(file, errno);
    LineCutter cutter(most, take);
    std::vector<char> piece(kPiece);
    while (const size_t count = std::fread(piece.data(), 1, piece.size(), stream.get()))
        cutter.add({piece.data(), count});
    if (std::ferror(stream.get()))
        return unreadable(file, errno);
    if (cutter.isWithin())
        cutter.finish();
    return {};
}

} // namespace cw
