// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/pages/pages.h"

#include "ui/pages/annotate_page.h"
#include "ui/pages/dataset_page.h"
#include "ui/pages/evaluation_page.h"
#include "ui/pages/library_page.h"
#include "ui/pages/preferences_page.h"
#include "ui/pages/runs_page.h"

namespace cw {

QList<Page*> makePages(Shell& shell) {
    return {new LibraryPage(shell),     new AnnotatePage(shell), new DatasetPage(shell),
            new PreferencesPage(shell), new RunsPage(shell),     new EvaluationPage(shell)};
}

} // namespace cw
