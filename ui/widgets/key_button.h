// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The push button of this program: an icon, a word, and the key that does the same, painted from the tokens. GUI thread.
#pragma once

#include <QPushButton>
#include <QStringList>

class QAction;
class QPainter;

namespace cw {

// Paints key caps from `rect`'s left edge, centred on its height; returns their width. With a null painter it only measures.
int paintKeyCaps(QPainter* painter, const QRect& rect, const QStringList& caps, const QColor& ink, const QColor& border);

class KeyButton : public QPushButton {
    Q_OBJECT

public:
    enum class Kind { Primary, Secondary, Danger, Quiet };
    enum class Joint { None, First, Middle, Last }; // place in a row of joined buttons

    explicit KeyButton(const QString& text, Kind kind = Kind::Secondary, QWidget* parent = nullptr);
    // Takes the short text (iconText), tip, first shortcut, enabled and visible state from the action, and triggers it.
    static KeyButton* forAction(QAction* action, Kind kind = Kind::Secondary, QWidget* parent = nullptr);
    // A square button with an icon alone; `name` is what a screen reader says and the tip.
    static KeyButton* iconButton(const QString& iconName, const QString& name, QWidget* parent = nullptr);

    void setKind(Kind kind);
    void setIconName(const QString& name);
    void setKeyCaps(const QStringList& caps);
    void followKeysOf(const QAction* action); // its first keys, also when they change
    void setJoint(Joint joint);
    void setSmall(bool small); // 24 px instead of 28
    void setTall(int height);  // for a row of decisions

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent* event) override;
    bool event(QEvent* event) override;

private:
    struct Colors;
    Colors colors() const;
    QFont labelFont() const;
    int contentWidth() const;
    void paintGround(QPainter& painter, const Colors& colors) const;
    void paintContent(QPainter& painter, const Colors& colors) const;

    Kind m_kind;
    Joint m_joint = Joint::None;
    QString m_iconName;
    QStringList m_caps;
    int m_height = 28;
    bool m_hiddenByAction = false;
};

} // namespace cw
