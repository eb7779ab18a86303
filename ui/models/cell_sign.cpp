// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/models/cell_sign.h"

#include <QCoreApplication>

namespace cw {

CellSign cellSign(CellState state, const CellFlags& flags) {
    if (flags.conflict)
        return CellSign::Conflict;
    if (flags.any())
        return CellSign::Unsure;
    switch (state) {
    case CellState::Present:
        return CellSign::Present;
    case CellState::Absent:
        return CellSign::Absent;
    case CellState::NotReviewed:
        break;
    }
    return CellSign::Untouched;
}

QString cellSignWord(CellSign sign) {
    const auto word = [](const char* text) { return QCoreApplication::translate("CellSign", text); };
    switch (sign) {
    case CellSign::Untouched:
        return word("not reviewed");
    case CellSign::Present:
        return word("present");
    case CellSign::Absent:
        return word("absent");
    case CellSign::Unsure:
        return word("unsure");
    case CellSign::Conflict:
        return word("conflict");
    case CellSign::Suggested:
        return word("suggested");
    }
    return {};
}

QColor cellSignColor(CellSign sign, const Tokens& t) {
    switch (sign) {
    case CellSign::Present:
        return t.success;
    case CellSign::Absent:
        return t.text;
    case CellSign::Unsure:
        return t.warning;
    case CellSign::Conflict:
        return t.danger;
    case CellSign::Suggested:
        return t.accent;
    case CellSign::Untouched:
        break;
    }
    return t.lineStrong;
}

} // namespace cw
