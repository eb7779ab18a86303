// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// What the reader gives up before it looks at a document: memory and time beyond a limit, core files, the network, inherited descriptors.
#pragma once

namespace cw {

// Call first in main, while there is one thread. What the system doesn't allow (no user namespaces, say) is left as it is: each of these
// is a second line of defence behind the process itself.
void confineThisProcess();

} // namespace cw
