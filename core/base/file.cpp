// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "core/base/file.h"

#include "core/base/file_pieces.h"
#include "core/base/hash.h"
#include "core/base/ids.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace cw {

namespace fs = std::filesystem;

namespace {

bool isLackOfRoom(int cause) {
    return cause == ENOSPC || cause == EDQUOT || cause == EFBIG;
}

// `untouched` says what the failure has left alone.
Error writeError(const fs::path& path, int cause, const std::string& untouched = "") {
    return {ErrorCode::WriteFailed, "Couldn't write " + path.string() + ": " + std::strerror(cause) + ".",
            (isLackOfRoom(cause) ? "Make room on the disk and try again"
                                 : "Check that the folder is there and that you may write to it") +
                (untouched.empty() ? "." : "; " + untouched + ".")};
}

Error readError(const fs::path& path, ErrorCode code, int cause) {
    return {code, "Couldn't read " + path.string() + ": " + std::strerror(cause) + ".",
            "Check the path and that you may read it."};
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
            if (done < 0)
                return false;
            bytes.remove_prefix(static_cast<size_t>(done));
        }
        return true;
    }
    // At most as many bytes as `piece` has; none at the end, a negative number on failure.
    ssize_t read(std::string& piece) const {
        for (;;) {
            const ssize_t done = ::read(m_fd, piece.data(), piece.size());
            if (done >= 0 || errno != EINTR)
                return done;
        }
    }
    // Appends all that is left to read to `out`.
    bool readAll(std::string& out) const {
        for (;;) {
            const size_t had = out.size();
            out.resize(std::max<size_t>(had * 2, 65536));
            const ssize_t done = ::read(m_fd, out.data() + had, out.size() - had);
            out.resize(had + static_cast<size_t>(std::max<ssize_t>(done, 0)));
            if (done == 0)
                return true;
            if (done < 0 && errno != EINTR)
                return false;
        }
    }

private:
    int m_fd;
};

// Takes a file away that didn't get its name in the end, whatever ended its writing; one that has it is no longer there.
class Temporary {
public:
    explicit Temporary(fs::path path) : m_path(std::move(path)) {}
    ~Temporary() { ::unlink(m_path.c_str()); }
    Temporary(const Temporary&) = delete;
    Temporary& operator=(const Temporary&) = delete;
    const char* name() const { return m_path.c_str(); }

private:
    fs::path m_path;
};

// Some network file systems can't sync a folder and say EINVAL: there is nothing more to be done there.
bool syncFolder(const fs::path& folder) {
    const Descriptor descriptor(folder.empty() ? fs::path(".") : folder, O_RDONLY | O_DIRECTORY);
    return descriptor.isOpen() && (descriptor.sync() || errno == EINVAL);
}

} // namespace

Result<std::string> readFile(const fs::path& path) {
    std::error_code ignored;
    if (fs::is_directory(path, ignored))
        return Error{ErrorCode::BadInput, path.string() + " is a folder, not a file.", "Name a file."};
    const Descriptor file(path, O_RDONLY);
    if (!file.isOpen())
        return readError(path, ErrorCode::NotFound, errno);
    std::string bytes;
    if (!file.readAll(bytes))
        return readError(path, ErrorCode::BadInput, errno);
    return bytes;
}

Status writeFileAtomically(const fs::path& path, std::string_view bytes) {
    return writePiecesAtomically(path, [&](const WritePiece& write) { return write(bytes); });
}

Status writePiecesAtomically(const fs::path& path, const std::function<bool(const WritePiece& write)>& fill) {
    const Temporary temporary(path.parent_path() / ("." + newUlid(0).substr(10) + ".tmp")); // short, however long the file's name is
    std::error_code ignored;
    const std::string untouched = fs::exists(path, ignored) ? "the old file is untouched" : "nothing was written";
    {
        Descriptor file(temporary.name(), O_WRONLY | O_CREAT | O_EXCL);
        if (!file.isOpen() || !fill([&](std::string_view bytes) { return file.write(bytes); }) || !file.sync() || !file.close())
            return writeError(path, errno, untouched);
    }
    if (::rename(temporary.name(), path.c_str()) != 0)
        return writeError(path, errno, untouched);
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

Result<std::string> sha256OfFile(const fs::path& path) {
    const Descriptor file(path, O_RDONLY);
    if (!file.isOpen())
        return readError(path, ErrorCode::NotFound, errno);
    Sha256 hash;
    std::string piece(1 << 20, '\0');
    for (;;) {
        const ssize_t done = file.read(piece);
        if (done < 0)
            return readError(path, ErrorCode::BadInput, errno);
        if (done == 0)
            return hash.hex();
        hash.update(std::string_view(piece).substr(0, static_cast<size_t>(done)));
    }
}

Status moveFolder(const fs::path& from, const fs::path& to) {
    if (::rename(from.c_str(), to.c_str()) != 0 || !syncFolder(to.parent_path()))
        return writeError(to, errno);
    return {};
}

Result<std::vector<fs::path>> filesUnder(const fs::path& folder) {
    std::vector<fs::path> files;
    std::error_code error;
    for (fs::recursive_directory_iterator at(folder, error), end; !error && at != end; at.increment(error))
        if (at->is_regular_file(error))
            files.push_back(at->path());
    if (error)
        return Error{ErrorCode::NotFound, "Couldn't list " + folder.string() + ": " + error.message() + ".", ""};
    std::sort(files.begin(), files.end());
    return files;
}

Status makeFolder(const fs::path& path) {
    std::error_code error;
    if (fs::is_directory(path, error))
        return {};
    if (path.has_parent_path() && path.parent_path() != path)
        CW_TRY(makeFolder(path.parent_path()));
    if (::mkdir(path.c_str(), 0700) == 0 || (errno == EEXIST && fs::is_directory(path, error)))
        return {};
    return writeError(path, errno);
}

} // namespace cw
