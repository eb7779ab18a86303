// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The choice of how contracts are cut into windows, for every form that forms a dataset. GUI thread.
#pragma once

#include "core/text/chunk.h"

class QComboBox;

namespace cw {

// Items in the order of ChunkStrategy; the caller owns the box.
QComboBox* strategyBox(ChunkStrategy chosen);

} // namespace cw
