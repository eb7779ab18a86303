// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "core/store/file_system.h"

#include <sys/vfs.h>

namespace cw {

std::optional<std::string_view> networkFileSystemName(long magic) {
    switch (static_cast<unsigned int>(magic)) { // the kernel's numbers are 32 bits wide
    case 0x6969:
        return "NFS";
    case 0xFF534D42:
    case 0xFE534D42:
    case 0x517B:
        return "SMB";
    case 0x65735546:
        return "FUSE";
    case 0x01021997:
        return "9P";
    default:
        return std::nullopt;
    }
}

std::optional<std::string_view> networkFileSystem(const std::filesystem::path& path) {
    struct statfs drive {};
    if (::statfs(path.empty() ? "." : path.c_str(), &drive) != 0)
        return std::nullopt;
    return networkFileSystemName(static_cast<long>(drive.f_type));
}

} // namespace cw
