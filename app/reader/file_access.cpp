// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "app/reader/file_access.h"

#include <cstdint>
#include <fcntl.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace cw {

namespace {

// Landlock's binary interface as of its version 6 (Linux 6.12), by hand: Debian 12's headers know only the first two versions.
constexpr std::uint64_t kReadFile = 1 << 2, kReadFolder = 1 << 3;
constexpr unsigned kAskVersion = 1;
constexpr int kPathBeneath = 1;

struct Ruleset {
    std::uint64_t files, network, scopes;
};

struct __attribute__((packed)) PathBeneath {
    std::uint64_t allowed;
    std::int32_t folder;
};

// Every right that this version can take away.
Ruleset everything(int version) {
    Ruleset all{(1u << 13) - 1, 0, 0};
    if (version >= 2)
        all.files |= 1u << 13; // linking and renaming across folders
    if (version >= 3)
        all.files |= 1u << 14; // truncating
    if (version >= 4)
        all.network = 3; // binding and connecting by TCP
    if (version >= 5)
        all.files |= 1u << 15; // controlling devices
    if (version >= 6)
        all.scopes = 3; // abstract sockets, signals to others
    return all;
}

size_t bytesOf(int version) { return (version >= 6 ? 3 : version >= 4 ? 2 : 1) * sizeof(std::uint64_t); }

bool allow(int ruleset, const std::string& path, std::uint64_t rights) {
    const int place = open(path.c_str(), O_PATH | O_CLOEXEC);
    if (place < 0)
        return false;
    const PathBeneath rule{rights, place};
    const bool added = syscall(SYS_landlock_add_rule, ruleset, kPathBeneath, &rule, 0) == 0;
    close(place);
    return added;
}

} // namespace

std::vector<std::string> readOnlyFolders() {
    return {"/usr/share/fonts", "/usr/local/share/fonts", "/usr/share/X11/fonts", "/usr/share/tesseract-ocr", "/usr/share/tessdata"};
}

bool allowReadingOnly(const std::string& document, const std::vector<std::string>& folders) {
    const auto version = static_cast<int>(syscall(SYS_landlock_create_ruleset, nullptr, 0, kAskVersion));
    if (version < 1)
        return false;
    const Ruleset all = everything(version);
    const auto ruleset = static_cast<int>(syscall(SYS_landlock_create_ruleset, &all, bytesOf(version), 0));
    if (ruleset < 0)
        return false;
    (void)allow(ruleset, document, kReadFile); // one that isn't there gets its sentence from the reading
    for (const std::string& folder : folders)
        (void)allow(ruleset, folder, kReadFile | kReadFolder);
    const bool taken = syscall(SYS_landlock_restrict_self, ruleset, 0) == 0;
    close(ruleset);
    return taken;
}

} // namespace cw
