// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The one seam for questions that block: files, folders, yes or no. A test hands the window a double that answers. GUI thread.
#pragma once

#include <QString>
#include <QStringList>

class QWidget;

namespace cw {

class Dialogs {
public:
    virtual ~Dialogs() = default;

    // All return an empty value when the person cancels. `filter` as in QFileDialog: "Contracts (*.pdf *.docx *.txt)".
    virtual QStringList openFiles(QWidget* parent, const QString& title, const QString& filter) = 0;
    virtual QString openFile(QWidget* parent, const QString& title, const QString& filter) = 0;
    virtual QString openFolder(QWidget* parent, const QString& title) = 0;
    virtual QString saveFile(QWidget* parent, const QString& title, const QString& suggestion, const QString& filter) = 0;
    // Only for what can't be undone. `yes` is the verb of the button: "Stop the run".
    virtual bool confirm(QWidget* parent, const QString& title, const QString& text, const QString& yes) = 0;
};

// The desktop's own dialogs.
class SystemDialogs final : public Dialogs {
public:
    QStringList openFiles(QWidget* parent, const QString& title, const QString& filter) override;
    QString openFile(QWidget* parent, const QString& title, const QString& filter) override;
    QString openFolder(QWidget* parent, const QString& title) override;
    QString saveFile(QWidget* parent, const QString& title, const QString& suggestion, const QString& filter) override;
    bool confirm(QWidget* parent, const QString& title, const QString& text, const QString& yes) override;
};

} // namespace cw
