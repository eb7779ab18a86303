// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "core/base/file.h"

#include "core/base/ids.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <fstream>
#include <sstream>
#include <sys/stat.h>
#include <unistd.h>

namespace cw {

namespace fs = std::filesystem;

namespace {

Error writeError(const fs::path& path, int cause) {
    return {ErrorCode::WriteFailed, "Couldn't write " + path.string() + ": " + std::strerror(cause) + ".",
            cause == ENOSPC ? "Free some space and try again; the old file is untouched."
                            : "Check the folder's permissions; the old file is untouched."};
}

// A descriptor that closes itself; close() reports the failure that a destructor would swallow.
class Descriptor {
public:
    Descriptor(const fs::path& path, int flags) : m_fd(::open(path.c_str(), flags | O_CLOEXEC, 0600)) {}
    ~Descriptor() {
        if (m_fd >= 0)
            ::close(m_fd);
    }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    bool isOpen() const { return m_fd >= 0; }
    bool sync() const { return ::fsync(m_fd) == 0; }
    bool close() {
        const int fd = m_fd;
        m_fd = -1;
        return ::close(fd) == 0;
    }
    bool write(std::string_view bytes) const {
        while (!bytes.empty()) {
            const ssize_t done = ::write(m_fd, bytes.data(), bytes.size());
            if (done < 0 && errno == EINTR)
                continue;
            if (done <= 0)
                return false;
            bytes.remove_prefix(static_cast<size_t>(done));
        }
        return true;
    }

private:
    int m_fd;
};

bool syncFolder(const fs::path& folder) {
    const Descriptor descriptor(folder.empty() ? fs::path(".") : folder, O_RDONLY | O_DIRECTORY);
    return descriptor.isOpen() && descriptor.sync();
}

} // namespace

Result<std::string> readFile(const fs::path& path) {
    std::error_code ignored;
    if (fs::is_directory(path, ignored))
        return Error{ErrorCode::BadInput, path.string() + " is a folder, not a file.", ""};
    std::ifstream in(path, std::ios::binary);
    if (!in)
        return Error{ErrorCode::NotFound, "Couldn't open " + path.string() + ": " + std::strerror(errno) + ".",
                     "Check the path and that you may read it."};
    std::ostringstream bytes;
    bytes << in.rdbuf();
    return std::move(bytes).str();
}

Status writeFileAtomically(const fs::path& path, std::string_view bytes) {
    fs::path temporary = path;
    temporary += "." + newUlid(0).substr(18) + ".tmp";
    const auto fail = [&](int cause) -> Status {
        ::unlink(temporary.c_str());
        return writeError(path, cause);
    };
    {
        Descriptor file(temporary, O_WRONLY | O_CREAT | O_EXCL);
        if (!file.isOpen())
            return writeError(path, errno);
        if (!file.write(bytes) || !file.sync() || !file.close())
            return fail(errno);
    }
    if (::rename(temporary.c_str(), path.c_str()) != 0)
        return fail(errno);
    if (!syncFolder(path.parent_path()))
        return writeError(path, errno);
    return {};
}

Status appendLine(const fs::path& path, std::string_view line, bool durable) {
    std::string bytes(line);
    bytes.push_back('\n');
    Descriptor file(path, O_WRONLY | O_CREAT | O_APPEND);
    if (!file.isOpen() || !file.write(bytes) || (durable && !file.sync()) || !file.close())
        return writeError(path, errno);
    return {};
}

Status makeFolder(const fs::path& path) {
    std::error_code error;
    if (fs::is_directory(path, error))
        return {};
    if (path.has_parent_path() && path.parent_path() != path)
        CW_TRY(makeFolder(path.parent_path()));
    if (::mkdir(path.c_str(), 0700) != 0 && errno != EEXIST)
        return writeError(path, errno);
    return {};
}

} // namespace cw
