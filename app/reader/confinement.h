// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// What the reader gives up before it looks at a document: memory and time beyond a limit, core files, the network, every file but the
// document and read-only data, and all system calls that reading needs not.
#pragma once

#include <string>
#include <vector>

namespace cw {

// Call first in main: descriptors that the parent left open are nobody's business here.
void closeInheritedDescriptors();

// Call while there is one thread, before anything of the document is looked at. Afterwards this process can read `document` and what lies
// in readOnlyFolders(), and write to the descriptors that it holds; nothing brings back what is given up. What the system doesn't allow
// (an old kernel, no user namespaces) is left as it is and named: "file access", "system calls", "network"; empty: all hold.
std::vector<std::string> confineThisProcess(const std::string& document);

} // namespace cw
