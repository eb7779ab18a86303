// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// What a program left that was killed while it froze a run's data: a run folder that the project doesn't know and that no worker ever saw, with
// files in it that never got their names. The project's one thread.
#pragma once

namespace cw {

class ProjectStore;

// Takes such folders away and gives their number. Only for the project's writer when it opens: nobody else freezes a run, and it has not begun to.
int removeUnstartedRuns(ProjectStore& store);

} // namespace cw
