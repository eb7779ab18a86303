// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The bundled sample as a project: real contracts, annotated, split, with the tiny base model. GUI thread; it blocks for a few seconds.
#pragma once

#include "app/services/import_service.h"

namespace cw {

inline constexpr const char* kSampleModel = "stories260k"; // its name in the project

// A new project in `folder`, which must not exist or be empty. Nothing stays behind where it fails or is cancelled.
Result<std::unique_ptr<StoreSession>> createSampleProject(const QString& folder, const Identity& identity, const Clock& clock,
                                                          const ImportProgress& goOn = {});

// The sample of this person, made in their data folder when it is first asked for: its folder.
Result<QString> ensureSampleProject(const Clock& clock);

} // namespace cw
