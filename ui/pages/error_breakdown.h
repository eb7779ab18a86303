// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The first screen of the evaluation page: headline scores, the clause by error-kind matrix, slices, and the examples behind the cell in
// the focus. It shows what it is given and asks for nothing itself. GUI thread.
#pragma once

#include "app/services/evaluation_cache.h"
#include "ui/models/error_matrix_model.h"
#include "ui/models/example_list_model.h"

#include <QWidget>

#include <memory>

class QAction;
class QLabel;
class QListView;

namespace cw {

class Card;
class ChipRow;
class DefinitionPopover;
struct Definition;
class ErrorMatrixPane;
class ErrorMatrixView;
class KeyButton;
class ScoreStrip;
class SegmentedControl;
class SliceList;

// A run by name beside a pinned one by name.
struct ShownEvaluation {
    ShownPair pair;
    QString name, pinnedName;
};

class ErrorBreakdown : public QWidget {
    Q_OBJECT

public:
    // The actions are the page's: the buttons for them stand here.
    struct Actions {
        QAction *against, *kinds, *rates, *order;
    };
    explicit ErrorBreakdown(const Actions& actions, QWidget* parent = nullptr);

    void setEvaluation(const ShownEvaluation& shown); // with an evaluation; the matrix at once, the rest as it comes
    void setFigures(std::shared_ptr<const ScoreFigures> figures);
    void setSlices(const SliceReport& report);
    // The matrix and its lists count the cells of these slices alone; empty: every cell. `title` is said of it.
    void narrow(const std::vector<CellCondition>& conditions, const QString& title);
    void setWords(ExampleWords words) { m_words = std::move(words); }
    void clear();

    void toggleKinds();
    void toggleRates();
    void toggleOrder();
    bool isLeastSureFirst() const { return m_order == ExampleOrder::LeastSure; }
    void goToTotal();
    bool goTo(const std::string& clause, ErrorKind kind); // false: there is no such wrong cell
    void defineScore(int score); // of the strip, from 0: opens what it means, once it is known
    void defineCell();           // the same of the matrix's cell in the focus
    void refreshPages();   // pages have become known

    const ErrorMatrixModel& matrix() const { return m_matrix; }
    const ExampleListModel& examples() const { return m_examples; }
    ErrorMatrixView* matrixView() const;
    QListView* list() const { return m_list; }
    ScoreStrip* strip() const { return m_strip; }
    SliceList* slices() const { return m_slices; }

Q_SIGNALS:
    void reviewWanted(int row);
    void examplesChanged(int count);
    void sliceChosen(const std::vector<cw::CellCondition>& conditions);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    QWidget* buildMatrix(const Actions& actions);
    QWidget* buildSide(const Actions& actions);
    void count();
    void showExamples(const QModelIndex& cell);
    void showKind(int chip);
    void showLegend();
    void countShown();
    Definition definitionOfCell(const QModelIndex& cell) const;

    ShownEvaluation m_shown;
    std::vector<CellPair> m_pairs;
    std::shared_ptr<const ScoreFigures> m_figures;
    std::shared_ptr<const FacetTable> m_facets;
    std::vector<CellCondition> m_conditions;
    QString m_narrowedTo;
    ExampleWords m_words;
    ExampleOrder m_order = ExampleOrder::LeastAlike;
    ErrorMatrixModel m_matrix;
    ExampleListModel m_examples;
    ScoreStrip* m_strip;
    ErrorMatrixPane* m_pane = nullptr;
    Card *m_matrixCard = nullptr, *m_sliceCard = nullptr, *m_exampleCard = nullptr;
    SliceList* m_slices = nullptr;
    ChipRow* m_chips = nullptr;
    KeyButton *m_kindsButton = nullptr, *m_orderButton = nullptr;
    SegmentedControl* m_counting = nullptr;
    QListView* m_list = nullptr;
    QWidget* m_side = nullptr; // slices and list
    DefinitionPopover* m_definition;
};

// The strip's six scores; without `figures` the rates alone.
void showScores(ScoreStrip& strip, const ShownEvaluation& shown, const ScoreFigures* figures);

} // namespace cw
