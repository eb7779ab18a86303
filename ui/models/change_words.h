// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// A change of the taxonomy in words: its edits, one line each, and what it does to the cells. GUI thread.
#pragma once

#include "core/store/taxonomy_store.h"

#include <QString>
#include <QStringList>

namespace cw {

// `before` names the types as they are, `after` as they will be.
QStringList editsInWords(const TaxonomyChange& change, const Taxonomy& before, const Taxonomy& after);
// Sentences; the last says that nothing is deleted.
QStringList countsInWords(const ChangeCounts& counts);
// "guideline v3, changed 12 Nov by Ana"; empty: the wording came with the project and never changed.
QString guidelineNote(const std::vector<GuidelineWording>& wordings);
// "v3, 12 Nov 2026 by Ana"; "v1, as it came".
QString wordingTitle(const GuidelineWording& wording);

} // namespace cw
