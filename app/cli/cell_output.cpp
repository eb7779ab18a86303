// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "app/cli/cell_output.h"

#include "app/services/result_qt.h"
#include "core/model/names.h"

namespace cw::cli {

Result<Side> sideFromName(const QString& wanted) {
    for (const Side side : {Side::Train, Side::Validation, Side::Test})
        if (wanted == toQString(nameOf(side)))
            return side;
    return Error{ErrorCode::BadUsage, "There is no side " + toStdString(wanted) + ".", "Use train, validation or test."};
}

QString stateWord(CellState state) { return toQString(nameOf(state)); }

} // namespace cw::cli
