// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The evaluation page: the scores of a run, where its errors are by clause and kind, and the way from a number to its examples. GUI thread.
#pragma once

#include "app/services/evaluation_service.h"
#include "ui/models/error_matrix_model.h"
#include "ui/models/example_list_model.h"
#include "ui/page.h"

#include <memory>

class QComboBox;
class QLabel;
class QListView;
class QStackedWidget;

namespace cw {

class Card;
class ContractExcerpt;
class DiffView;
class ErrorMatrixView;
class KeyButton;
class ScoreStrip;
class SegmentedControl;

class EvaluationPage : public Page {
    Q_OBJECT

public:
    explicit EvaluationPage(Shell& shell);

    void setProject(Project* project) override;
    PageContext context() const override;
    QList<QWidget*> topBarWidgets() const override;
    QList<KeyHint> keyHints() const override;
    QList<QWidget*> panes() const override;
    void showExample() override;

private:
    enum View { Empty, Working, Matrix, Review };

    void build();
    QWidget* buildMatrix();
    QWidget* buildReview();
    void addActions();
    void reloadRuns();
    void score();          // the chosen run, in the background
    void showEvaluation(); // the chosen mode and rules of the scored run
    void showScores(const Evaluation& evaluation, const Breakdown& breakdown);
    void showExamples(const QModelIndex& cell);
    void review(int row);
    void stepReview(int by);
    void leaveReview();
    void openInAnnotate();
    void setView(View view);
    const Evaluation* evaluation() const;
    Rules rules() const;
    QString contractTitle(const ContractId& id) const;

    Project* m_project = nullptr;
    std::shared_ptr<const ScoredRun> m_scored;
    RunId m_scoring; // the run that is being scored
    ErrorMatrixModel m_matrix;
    ExampleListModel m_examples;
    QStackedWidget* m_stack = nullptr;
    QComboBox* m_run = nullptr;
    SegmentedControl* m_mode = nullptr;
    SegmentedControl* m_rules = nullptr;
    KeyButton* m_reviewButton = nullptr;
    QAction* m_reviewAction = nullptr;
    ScoreStrip* m_strip = nullptr;
    ErrorMatrixView* m_view = nullptr;
    Card* m_exampleCard = nullptr;
    QListView* m_list = nullptr;
    QLabel* m_reviewTitle = nullptr;
    DiffView* m_diff = nullptr;
    ContractExcerpt* m_contract = nullptr;
    int m_reviewed = -1;
};

} // namespace cw
