// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The style sheet for the standard widgets. What a style sheet can't do (key hints, state glyphs, tables) is painted by our own widgets.
#include "app/services/theme.h"

namespace cw {

namespace {

// Fields take the colour of their text from the palette: where a sheet sets one, Qt writes the placeholder in half of it, which can't be read.
constexpr auto kSheet = R"(
QMainWindow, QDialog, QWidget#page { background: @window; }
QLabel { background: transparent; }
QLabel[role="muted"] { color: @muted; }
QLabel[role="meta"] { color: @muted; font-size: 12px; }
QLabel[role="section"] { font-size: 15px; font-weight: 600; }
QLabel[role="title"] { font-size: 20px; font-weight: 600; }
QLabel[role="headline"] { font-size: 28px; font-weight: 600; }
QLabel[role="danger"] { color: @danger; font-size: 12px; }
QLabel[role="warning"] { color: @warning; font-size: 12px; }
QFrame[role="warning"] { background: @warningFill; border: none; }
QLabel[role="success"] { color: @success; font-size: 12px; }
QFrame[role="card"] { background: @surface; border: 1px solid @line; border-radius: 6px; }
QFrame[role="pane"] { background: @surface; border: none; }
QFrame[role="rule"] { background: @line; border: none; max-height: 1px; min-height: 1px; }

QAbstractScrollArea { background: @surface; border: none; }
QLineEdit, QPlainTextEdit, QTextEdit, QComboBox, QSpinBox, QDoubleSpinBox {
    background: @surface; border: 1px solid @lineStrong; border-radius: 6px; padding: 0 8px; min-height: 26px;
    selection-background-color: @accentPressed; selection-color: @text; }
QPlainTextEdit, QTextEdit { padding: 4px 6px; }
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QComboBox:focus, QSpinBox:focus, QDoubleSpinBox:focus {
    border: 2px solid @accent; padding: 0 7px; min-height: 24px; }
QPlainTextEdit:focus, QTextEdit:focus { padding: 3px 5px; }
QLineEdit[invalid="true"] { border: 1px solid @danger; }
QLineEdit[invalid="true"]:focus { border: 2px solid @danger; }
QLineEdit:disabled, QComboBox:disabled, QSpinBox:disabled, QDoubleSpinBox:disabled { border-color: @line; color: @lineStrong; }
QLineEdit:read-only { background: @window; }
QComboBox { padding-right: 24px; }
QComboBox:focus { padding-right: 23px; }
QComboBox:hover, QLineEdit:hover, QSpinBox:hover, QDoubleSpinBox:hover { background: @surface; }
QComboBox::drop-down { border: none; width: 24px; }
QComboBox::down-arrow { image: url(:/clausewright/icons/control/down.svg); width: 12px; height: 12px; }
QComboBox QAbstractItemView { background: @surface; border: 1px solid @line; padding: 4px; outline: none;
    selection-background-color: @accentFill; selection-color: @text; }
QComboBox QAbstractItemView::item { min-height: 26px; padding: 0 8px; border-radius: 4px; }
QSpinBox::up-button, QDoubleSpinBox::up-button, QSpinBox::down-button, QDoubleSpinBox::down-button { border: none; width: 20px; background: transparent; }
QSpinBox::up-arrow, QDoubleSpinBox::up-arrow { image: url(:/clausewright/icons/control/up.svg); width: 10px; height: 10px; }
QSpinBox::down-arrow, QDoubleSpinBox::down-arrow { image: url(:/clausewright/icons/control/down.svg); width: 10px; height: 10px; }

QCheckBox, QRadioButton { spacing: 8px; min-height: 24px; background: transparent; }
QCheckBox::indicator, QRadioButton::indicator { width: 14px; height: 14px; border: 1px solid @lineStrong; background: @surface; }
QCheckBox::indicator { border-radius: 3px; }
QRadioButton::indicator { border-radius: 8px; }
QCheckBox::indicator:checked { background: @accent; border-color: @accent; image: url(:/clausewright/icons/control/check-@scheme.svg); }
QCheckBox::indicator:indeterminate { background: @accent; border-color: @accent; image: url(:/clausewright/icons/control/dash-@scheme.svg); }
QRadioButton::indicator:checked { border: 5px solid @accent; width: 6px; height: 6px; }
QCheckBox:focus, QRadioButton:focus { color: @accent; }
QCheckBox::indicator:focus, QRadioButton::indicator:focus { border-color: @accent; }
QCheckBox:disabled, QRadioButton:disabled { color: @lineStrong; }

QToolButton[role="fold"] { background: transparent; color: @text; border: 2px solid transparent; border-radius: 4px; padding: 1px 6px 1px 0;
    font-weight: 500; }
QToolButton[role="fold"]:hover { color: @accent; }
QToolButton[role="fold"]:focus { border-color: @accent; }

QScrollArea[role="form"] { background: @window; }
QScrollBar:vertical { background: transparent; width: 12px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 12px; margin: 0; }
QScrollBar::handle { background: @scroll; border-radius: 4px; margin: 2px; }
QScrollBar::handle:vertical { min-height: 32px; }
QScrollBar::handle:horizontal { min-width: 32px; }
QScrollBar::handle:hover { background: @lineStrong; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }

QHeaderView { background: @window; border: none; }
QHeaderView::section { background: @window; color: @muted; border: none; border-bottom: 1px solid @line; padding: 0 8px;
    font-size: 12px; font-weight: 500; height: 27px; }
QTableCornerButton::section { background: @window; border: none; border-bottom: 1px solid @line; }
QTableView, QTreeView, QListView { background: @surface; border: none; outline: none; gridline-color: transparent;
    selection-background-color: @accentFill; selection-color: @text; }
QTreeView::branch { background: transparent; border-image: none; image: none; }

QSplitter::handle { background: transparent; }
QSplitter::handle:hover { background: @accentPressed; }

QMenu { background: @surface; border: 1px solid @line; padding: 4px; }
QMenu::item { padding: 5px 28px 5px 12px; border-radius: 4px; color: @text; }
QMenu::item:selected { background: @accentFill; }
QMenu::item:disabled { color: @lineStrong; }
QMenu::separator { height: 1px; background: @line; margin: 4px 8px; }
QMenu::indicator { width: 14px; height: 14px; margin-left: 6px; }
QMenu::icon { padding-left: 8px; }
QToolTip { background: @surface; color: @text; border: 1px solid @line; padding: 4px 6px; font-size: 12px; }

QSlider::groove:horizontal { background: @sunken; height: 6px; border-radius: 3px; }
QSlider::sub-page:horizontal { background: @accent; border-radius: 3px; }
QSlider::handle:horizontal { background: @surface; border: 2px solid @accent; width: 12px; height: 12px; margin: -5px 0; border-radius: 8px; }
QSlider::handle:horizontal:focus { background: @accent; }
QSlider::sub-page:horizontal:disabled, QSlider::handle:horizontal:disabled { background: @line; border-color: @lineStrong; }

QProgressBar { background: @sunken; border: none; border-radius: 3px; min-height: 6px; max-height: 6px; text-align: center; }
QProgressBar::chunk { background: @accent; border-radius: 3px; }
QTabBar::tab { padding: 6px 12px; color: @muted; border: none; border-bottom: 2px solid transparent; }
QTabBar::tab:selected { color: @accent; border-bottom: 2px solid @accent; font-weight: 600; }
QTabBar::tab:focus { color: @accent; }
QTabWidget::pane { border: none; border-top: 1px solid @line; }
)";

} // namespace

QString styleSheetFor(const Tokens& t) {
    // Longer names come first, so that none is a prefix of one that is still to be replaced.
    const std::vector<std::pair<const char*, QColor>> colors = {
        {"@accentPressed", t.accentPressed}, {"@accentFill", t.accentFill}, {"@accentText", t.accentText}, {"@warningFill", t.warningFill}, {"@lineStrong", t.lineStrong},
        {"@surface", t.surface}, {"@warning", t.warning}, {"@success", t.success}, {"@window", t.window}, {"@sunken", t.sunken}, {"@danger", t.danger},
        {"@accent", t.accent}, {"@muted", t.muted}, {"@hover", t.hover}, {"@text", t.text}, {"@line", t.line},
        {"@scroll", blended(t.lineStrong, t.surface, 0.55)}};
    QString sheet = QString::fromLatin1(kSheet);
    sheet.replace(QStringLiteral("@scheme"), t.dark ? QStringLiteral("dark") : QStringLiteral("light"));
    for (const auto& [name, color] : colors)
        sheet.replace(QLatin1String(name), color.name());
    return sheet;
}

} // namespace cw
