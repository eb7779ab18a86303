// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The contract beside a review: the pages of a PDF, the text of any other document, with the gold's spans solid, A's dashed and B's dotted. Where
// the project has the contract no more, or with another text, it shows the text that was frozen with the run. GUI thread.
#pragma once

#include "core/model/contract.h"
#include "core/text/text_ranges.h"
#include "ui/models/review_rows.h"

#include <QWidget>

#include <memory>
#include <string>
#include <vector>

class QLabel;
class QStackedWidget;

namespace cw {

class ContractView;
class PageView;
class Project;
class TextView;

class ReviewDocument : public QWidget {
    Q_OBJECT

public:
    explicit ReviewDocument(QWidget* parent = nullptr);
    ~ReviewDocument() override;

    // Nothing is read anew while the contract stays the same. `frozen` may be empty: the run keeps no text of it.
    void setContract(Project* project, const ContractId& contract, const std::string& frozen);
    void clear();
    // The spans of the rows, those of the chosen field current and in view.
    void setRows(const ReviewSheet& sheet);
    void revealField(const ReviewRow& row);

    QWidget* pane() const; // that takes the focus: the pages or the text
    const std::string& text() const { return m_text; }
    bool showsPages() const;

Q_SIGNALS:
    void fieldChosen(const QString& key); // by a click on one of its spans

private:
    struct Source; // what the views look at
    ContractView& view() const;
    void showPlace();

    ContractId m_contract;
    std::string m_text;
    std::unique_ptr<Source> m_source;
    std::vector<std::string> m_fields; // by the number of their marks
    bool m_frozen = false;
    QLabel* m_place;
    QLabel* m_hidden;
    QStackedWidget* m_views;
    PageView* m_pageView;
    TextView* m_textView;
};

} // namespace cw
