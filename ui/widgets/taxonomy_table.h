// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The table of the taxonomy editor: clause types under the headings of their groups, with their counts. GUI thread.
#pragma once

#include "ui/widgets/table_view.h"

#include <string>
#include <vector>

namespace cw {

class TaxonomyDraft;

class TaxonomyTable : public TableView {
    Q_OBJECT

public:
    explicit TaxonomyTable(TaxonomyDraft& draft, QWidget* parent = nullptr);

    std::string currentKey() const; // empty: none
    std::vector<std::string> selectedKeys() const; // in the order of the table
    void setCurrentKey(const std::string& key);    // the first type if there is no such type

private:
    void layOut(); // after a reset of the model
    TaxonomyDraft& m_draft;
};

} // namespace cw
