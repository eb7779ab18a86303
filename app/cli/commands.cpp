// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "app/cli/commands.h"

#include <iterator>

namespace cw::cli {

const std::vector<Command>& commands() {
    static const std::vector<Command> all = [] {
        std::vector<Command> out;
        for (auto topic : {projectCommands(), contractCommands(), annotationCommands(), readingCommands(), suggestionCommands(), searchCommands(),
                           taxonomyCommands(), taxonomyChangeCommands(), datasetCommands(), modelCommands(), planCommands(), runCommands(),
                           runListCommands(), compareCommands(), pairCommands(), evaluationCommands(),
                           sliceCommands(), shiftCommands()})
            out.insert(out.end(), std::make_move_iterator(topic.begin()), std::make_move_iterator(topic.end()));
        return out;
    }();
    return all;
}

} // namespace cw::cli
