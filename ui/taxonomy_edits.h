// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The small forms of the taxonomy editor: a new type, a merge, a split. Each gives edits for the draft. GUI thread.
#pragma once

#include "core/taxonomy/taxonomy_change.h"

#include <QDialog>

#include <functional>
#include <vector>

class QCheckBox;
class QComboBox;
class QFormLayout;
class QLabel;
class QLineEdit;
class QListWidget;
class QPlainTextEdit;

namespace cw {

class KeyButton;
class TaxonomyDraft;

// A form over the draft: it closes when the draft takes its edits, and says why where it doesn't.
class TaxonomyForm : public QDialog {
    Q_OBJECT

public:
    TaxonomyForm(TaxonomyDraft& draft, const QString& title, const QString& verb, const QString& explanation, QWidget* parent);

protected:
    virtual std::vector<TaxonomyEdit> edits() = 0;
    TaxonomyDraft& draft() { return m_draft; }
    QFormLayout* form() { return m_form; }
    // An editable list of the types in use; another title means a new type.
    QComboBox* typeBox(const QString& name);
    // The key that the box names. A new type, in group and kind of `like`, is added to `edits`. Empty for an empty box.
    std::string keyOf(const QComboBox* box, const ClauseType& like, std::vector<TaxonomyEdit>& edits) const;

private:
    void take();
    TaxonomyDraft& m_draft;
    QFormLayout* m_form;
    QLabel* m_problem;
};

class NewTypeForm final : public TaxonomyForm {
    Q_OBJECT

public:
    NewTypeForm(TaxonomyDraft& draft, const std::string& group, QWidget* parent);

protected:
    std::vector<TaxonomyEdit> edits() override;

private:
    QLineEdit* m_title;
    QComboBox* m_group;
    QComboBox* m_kind;
    QLineEdit* m_codes;
    QPlainTextEdit* m_guideline;
};

class MergeForm final : public TaxonomyForm {
    Q_OBJECT

public:
    MergeForm(TaxonomyDraft& draft, const std::vector<std::string>& chosen, QWidget* parent);

protected:
    std::vector<TaxonomyEdit> edits() override;

private:
    void addSource(const ClauseType& type, bool checked);

    QListWidget* m_sources;
    QComboBox* m_target;
};

class SplitForm final : public TaxonomyForm {
    Q_OBJECT

public:
    SplitForm(TaxonomyDraft& draft, const std::string& source, QWidget* parent);

protected:
    std::vector<TaxonomyEdit> edits() override;

private:
    std::string m_source;
    std::vector<std::pair<QComboBox*, QCheckBox*>> m_targets;
};

} // namespace cw
