// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "core/base/shallow_json.h"

namespace cw {

bool isNestedTooDeep(std::string_view json) {
    int depth = 0;
    bool isInText = false;
    for (size_t i = 0; i < json.size(); ++i) {
        const char c = json[i];
        if (c == '"')
            isInText = !isInText;
        else if (isInText)
            i += c == '\\' ? 1 : 0; // whatever it escapes
        else if (c == '[' || c == '{')
            ++depth;
        else if (c == ']' || c == '}')
            --depth;
        if (depth > kMostJsonDepth)
            return true;
    }
    return false;
}

} // namespace cw
