// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The contract beside a review: the pages of a PDF, the text of any other document, with the gold's spans solid, A's dashed and B's dotted. Where
// the project has the contract no more, or with another text, it shows the text that was frozen with the run. GUI thread.
#pragma once

#include "core/model/contract.h"
#include "core/text/text_ranges.h"
#include "ui/models/review_rows.h"
#include "ui/models/text_mark_words.h"

#include <QWidget>

#include <memory>
#include <string>
#include <vector>

class QFrame;
class QHBoxLayout;
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
    void setRows(const ReviewSheet& sheet);   // their spans, those of the chosen field current
    void revealField(const ReviewRow& row);   // scrolls to its first span

    // What a model may read otherwise than a person: a line above the document says so while there is any.
    int mistrusted() const { return static_cast<int>(m_places.size()); }
    void showNextMistrusted(); // scrolls to the next place, from the last one to the first again, and says what it is
    void addWarningButton(QWidget* button); // at the end of that line

    QWidget* pane() const; // that takes the focus: the pages or the text
    const std::string& text() const { return m_text; }
    bool showsPages() const;

Q_SIGNALS:
    void fieldChosen(const QString& key); // by a click on one of its spans

private:
    struct Source; // what the views look at
    ContractView& view() const;
    void showPlace();
    void showWarning();
    void goTo(ByteRange place);

    ContractId m_contract;
    std::string m_text;
    std::unique_ptr<Source> m_source;
    std::vector<std::string> m_fields; // by the number of their marks
    bool m_frozen = false;
    QLabel* m_place;
    QLabel* m_hidden;
    std::vector<MistrustedPlace> m_places;
    int m_shownPlace = -1; // of m_places; -1: none was gone to yet
    QFrame* m_warning;
    QLabel* m_warningWords;
    QHBoxLayout* m_warningRow;
    QStackedWidget* m_views;
    PageView* m_pageView;
    TextView* m_textView;
};

} // namespace cw
