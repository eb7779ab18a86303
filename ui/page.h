// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The base of the six pages: what the frame needs to know of one to draw its rail item, top bar, hints and panes. GUI thread.
#pragma once

#include "core/base/byte_range.h"
#include "core/base/ids.h"

#include <QList>
#include <QStringList>
#include <QWidget>

class QAction;

namespace cw {

class Project;
class Shell;

// One hint in the status bar: key caps, then what they do.
struct KeyHint {
    QStringList keys;
    QString text;
};

// The line beside a page's title: the subject in full ink, the rest muted and joined by dots.
struct PageContext {
    QString subject;
    QStringList details;
};

class Page : public QWidget {
    Q_OBJECT

public:
    // `id` is also the objectName's stem and the icon's name: "library".
    Page(const QString& id, const QString& title, Shell& shell);

    const QString& id() const { return m_id; }
    const QString& title() const { return m_title; }

    // The open project, or null after it was closed. It outlives the page's use of it.
    virtual void setProject(Project* project) = 0;

    // The project's clause types were changed: whatever was taken from them is read anew.
    virtual void taxonomyChanged() {}

    // Annotate shows the contract, at the clause if one is named; the other pages have no single contract.
    virtual void openContract(const ContractId& contract, const QString& clause) { (void)contract, (void)clause; }
    // Shows a place of the contract that was opened last; Escape leads back to the page `from`.
    virtual void revealPlace(ByteRange place, const QString& from) { (void)place, (void)from; }

    virtual PageContext context() const { return {}; }
    // Widgets at the right end of the top bar in reading order, the primary action last. They stay the page's.
    virtual QList<QWidget*> topBarWidgets() const { return {}; }
    virtual QList<QAction*> overflowActions() const { return {}; }
    virtual QList<KeyHint> keyHints() const { return {}; }
    // The panes that F6 steps through, in reading order; the first takes the focus when the page opens.
    virtual QList<QWidget*> panes() const { return {}; }
    // Brings something worth seeing into view, for a picture of the page.
    virtual void showExample() {}

Q_SIGNALS:
    void contextChanged(); // context, top bar, overflow or hints are to be read anew

protected:
    Shell& shell() const { return m_shell; }
    // A hint with the keys that these actions have now ("clear" of "annotate.clear"); without those that have none.
    KeyHint hint(const QStringList& actions, const QString& text) const;
    KeyHint allKeysHint() const;

private:
    QString m_id, m_title;
    Shell& m_shell;
};

} // namespace cw
