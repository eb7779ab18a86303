// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The choice of how contracts are cut into windows, for every form that forms a dataset. GUI thread.
#pragma once

#include "core/text/chunk.h"

class QComboBox;
class QSpinBox;

namespace cw {

// Items in the order of ChunkStrategy; the caller owns the box.
QComboBox* strategyBox(ChunkStrategy chosen);

// The longest stub in bytes, 0 for none; of use only while `strategy` has stubs, else it is grey. The caller owns the box.
QSpinBox* stubBox(size_t bytes, QComboBox* strategy);

} // namespace cw
