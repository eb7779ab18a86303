// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Item roles that the models of all pages share. No widgets.
#pragma once

#include <Qt>

namespace cw {

enum CellRole {
    SortRole = Qt::UserRole, // the raw value that a proxy sorts by (setSortRole)
    MutedRole,               // bool: painted in muted ink
    StrongRole,              // bool: semibold
    GuessRole,               // bool: in italics, as nobody has said so yet
    ChipInkRole,             // QColor: the text is a chip in this ink ...
    ChipGroundRole,          // QColor: ... on this ground
    CellUserRole = Qt::UserRole + 100 // the first that a single model may define
};

} // namespace cw
