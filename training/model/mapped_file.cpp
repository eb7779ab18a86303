// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "training/model/mapped_file.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

namespace cw {

Result<std::shared_ptr<const MappedFile>> MappedFile::open(const std::filesystem::path& path) {
    const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return Error{ErrorCode::NotFound, "Couldn't open " + path.string() + ": " + std::strerror(errno) + ".",
                     "Check the path and that you may read it."};
    struct stat info {};
    const bool isFile = ::fstat(fd, &info) == 0 && S_ISREG(info.st_mode);
    const auto size = isFile ? static_cast<std::uint64_t>(info.st_size) : 0;
    void* bytes = size > 0 ? ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE, fd, 0) : MAP_FAILED;
    ::close(fd);
    if (bytes == MAP_FAILED)
        return Error{ErrorCode::BadInput,
                     path.string() + (size == 0 ? " is empty or no file." : " can't be mapped into memory."),
                     "Download or export the file again."};
    return std::shared_ptr<const MappedFile>(new MappedFile(static_cast<char*>(bytes), size));
}

MappedFile::~MappedFile() {
    ::munmap(m_bytes, m_size);
}

void MappedFile::forget(std::uint64_t offset, std::uint64_t length) const {
    const auto page = static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE));
    const std::uint64_t begin = (offset + page - 1) / page * page;
    const std::uint64_t end = (offset + length) / page * page;
    if (begin < end)
        ::madvise(m_bytes + begin, end - begin, MADV_DONTNEED);
}

} // namespace cw
