// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The files that travel with the programs. Any thread after initResources.
#pragma once

#include <QByteArray>
#include <QString>

namespace cw {

// Makes the embedded files known; call it first in main (a static library's resources are not found otherwise).
void initResources();

// resources/taxonomy/default.json.
QByteArray defaultTaxonomyJson();

// The folder of the bundled sample: CLAUSEWRIGHT_SAMPLE, else beside the installed program, else in the source tree. Empty: none found.
QString sampleFolder();

} // namespace cw
