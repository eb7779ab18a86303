// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Takes the process's access to files away, but for one document and read-only data, by Landlock (Linux 5.13 and later). Before threads.
#pragma once

#include <string>
#include <vector>

namespace cw {

// What reading a document may look up: fonts and the data of text recognition. A new kind of data is added here.
std::vector<std::string> readOnlyFolders();

// False: this system has no Landlock, and access stays as it was. Folders that aren't there are left out.
bool allowReadingOnly(const std::string& document, const std::vector<std::string>& folders);

} // namespace cw
