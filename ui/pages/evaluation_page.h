// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The evaluation page: the scores of a run beside a pinned one, where its errors are by clause and kind, how sure it was, all evaluations
// side by side, and the way from a number to its examples. GUI thread.
#pragma once

#include "app/services/evaluation_cache.h"
#include "ui/models/page_index.h"
#include "ui/page.h"
#include "ui/pages/error_breakdown.h"

#include <map>
#include <memory>

class QComboBox;
class QLabel;
class QStackedWidget;

namespace cw {

class CalibrationView;
class ChoiceButton;
class CostView;
class EvaluationCompare;
class KeyButton;
class ReviewView;
class SegmentedControl;
struct RunView;

class EvaluationPage : public Page {
    Q_OBJECT

public:
    explicit EvaluationPage(Shell& shell);

    void setProject(Project* project) override;
    PageContext context() const override;
    QList<QWidget*> topBarWidgets() const override;
    QList<QAction*> overflowActions() const override;
    QList<KeyHint> keyHints() const override;
    QList<QWidget*> panes() const override;
    void showExample() override;

private:
    enum View { Empty, Working, Matrix, Review };    // of the page
    enum Panel { Errors, Calibration, Costs, Compare }; // within Matrix

    void build();
    QWidget* buildEmpty();
    QWidget* buildPanels();
    QWidget* buildFilters();
    void addActions();

    // Which runs: evaluation_choice.cpp.
    void reloadRuns();
    void fillPinned();
    void score();                // the chosen run, in the background
    void pin();                  // the chosen other one, likewise
    void keepPinned();           // a person chose another one
    void pinRun(const RunId& id); // an empty id: none
    void showEvaluation();       // the chosen mode and rules of the scored run
    void showRest();             // what takes longer than the matrix
    void showCosts();
    void setSlices(const SliceReport& report);
    void narrow();               // to the chosen slice
    void narrowTo(const std::vector<CellCondition>& conditions);
    void showPanel();
    void compareAll();
    void compareNext(size_t next);
    void stopComparing();
    void reviewFlips(const RunId& run, bool gained);
    std::vector<const RunView*> evaluations() const; // done, the newest first
    RunFolder folderOf(const RunId& id) const;
    QString nameOf(const RunId& id) const;
    RunId chosenRun() const;
    RunId pinnedRun() const;
    std::string mode() const;
    const Evaluation* evaluation() const { return m_shown.pair.evaluation(); }
    Rules rules() const;
    ExampleWords words();
    QString contractTitle(const ContractId& id) const;

    // The review of examples.
    void reviewExamples(int row);
    void review(const ShownPair& pair, std::vector<const ScoredCell*> examples, int row);
    void leaveReview();
    void openInAnnotate();
    void setView(View view);

    Project* m_project = nullptr;
    EvaluationCache m_cache;
    PageIndex m_pages;
    ShownEvaluation m_shown;
    std::map<ContractId, QString> m_titles;
    std::map<QString, std::vector<CellCondition>> m_sliceConditions; // by the choice's value
    int m_flipsAsked = 0; // raised with each wish to review flips: the last one counts
    int m_comparing = 0; // raised with each comparison, so that an older one ends

    QStackedWidget* m_stack = nullptr;
    QStackedWidget* m_panels = nullptr;
    QComboBox* m_run = nullptr;
    QComboBox* m_pinned = nullptr;
    SegmentedControl* m_panel = nullptr;
    SegmentedControl* m_mode = nullptr;
    SegmentedControl* m_rules = nullptr;
    ChoiceButton* m_slice = nullptr;
    QLabel* m_shipping = nullptr;
    QLabel* m_working = nullptr;
    KeyButton* m_reviewButton = nullptr;
    QAction *m_reviewAction = nullptr, *m_againstAction = nullptr, *m_kindsAction = nullptr, *m_ratesAction = nullptr, *m_orderAction = nullptr,
            *m_pinAction = nullptr;
    ErrorBreakdown* m_errors = nullptr;
    CalibrationView* m_calibration = nullptr;
    CostView* m_costs = nullptr;
    EvaluationCompare* m_compare = nullptr;
    ReviewView* m_review = nullptr;
    ShownPair m_reviewPair; // holds the runs that the review looks at
};

} // namespace cw
