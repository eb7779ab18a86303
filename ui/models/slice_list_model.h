// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The slices of an evaluation as rows: what was found to be worse than the rest, each facet's slices, and how far two languages are apart.
// GUI thread.
#pragma once

#include "app/services/slice_service.h"
#include "core/eval/error_matrix.h"

#include <QAbstractListModel>

#include <memory>
#include <optional>
#include <vector>

namespace cw {

class SliceListModel : public QAbstractListModel {
    Q_OBJECT

public:
    enum class Kind { Heading, Slice, Found, Gap };
    struct Row {
        Kind kind = Kind::Slice;
        QString title;
        int contracts = 0;
        std::optional<double> rate; // accuracy; of a gap, the first slice's minus the second's
        std::optional<std::array<double, 2>> interval;
        bool few = false;                      // too few contracts to say much
        QString note;                          // of what was found: "error 14.2 %, else 8.1 %"; of a gap: how many contracts
        std::vector<CellCondition> conditions; // what the matrix is narrowed to; empty: nothing to narrow to
    };

    using QAbstractListModel::QAbstractListModel;
    void setReport(const SliceReport& report, const Taxonomy& taxonomy);
    void clear();
    const Row& row(int index) const { return m_rows[static_cast<size_t>(index)]; }
    // The whole's accuracy, and what of 0..1 the number lines show.
    double whole() const { return m_whole; }
    double lineFrom() const { return m_from; }

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    Qt::ItemFlags flags(const QModelIndex& index) const override;

private:
    void addFound(const SliceReport& report, const Taxonomy& taxonomy);
    void addSlices(const SliceReport& report);
    void addGaps(const SliceReport& report);
    std::vector<Row> m_rows;
    double m_whole = 0, m_from = 0;
};

// The scored cells of such a slice.
CellFilter filterOf(const std::vector<CellCondition>& conditions, const std::shared_ptr<const FacetTable>& facets, const Taxonomy& taxonomy);

} // namespace cw
