#include "ui/common/style_sheet.h"

#include "ui/common/theme.h"

#include <QStyle>
#include <QVariant>
#include <QWidget>

using namespace Qt::StringLiterals;

namespace headgate::ui {

namespace {

// @token@ stands for its colour, #r# for the control radius, #i# for the indicators' variant.
constexpr auto kSheet = R"(
QMainWindow, QDialog, QMessageBox { background: @window@; }
QDialogButtonBox, QMessageBox { dialogbuttonbox-buttons-have-icons: 0; }
QMainWindow::separator { background: @line@; width: 1px; height: 1px; }
QToolTip { background: @surface@; color: @text@; border: 1px solid @line@; padding: 4px 6px; }

QMenuBar { background: @window@; color: @textSecondary@; border-bottom: 1px solid @line@; padding: 1px 4px; }
QMenuBar::item { padding: 4px 8px; background: transparent; border-radius: 4px; }
QMenuBar::item:selected { background: @accentWash@; color: @accent@; }
QMenu { background: @surface@; color: @text@; border: 1px solid @line@; padding: 4px; }
QMenu::item { padding: 5px 24px 5px 12px; border-radius: 4px; }
QMenu::item:selected { background: @accentWash@; color: @accent@; }
QMenu::item:disabled { color: @textFaint@; background: transparent; }
QMenu::separator { height: 1px; background: @line@; margin: 4px 8px; }
QMenu::indicator { width: 14px; height: 14px; margin-left: 4px; }
QMenu::indicator:checked { image: url(:/headgate/icons/indicator_dot.svg); }
QStatusBar { background: @window@; color: @textSecondary@; border-top: 1px solid @line@; font-size: 12px; }
QStatusBar::item { border: none; }
QStatusBar QLabel { color: @textSecondary@; font-size: 12px; }

QPushButton { background: @surface@; color: @text@; border: 1px solid @line@; border-radius: #r#px; padding: 4px 12px; min-height: 18px; }
QPushButton:hover { border-color: @wire@; background: @canvas@; }
QPushButton:pressed { background: @flowWash@; }
QPushButton:focus { border-color: @accent@; }
QPushButton:disabled { color: @textFaint@; background: @window@; }
QPushButton:checked { background: @accentWash@; color: @accent@; border-color: @accent@; }
QPushButton[role="primary"] { background: @accent@; color: @onAccent@; border-color: @accent@; font-weight: 600; }
QPushButton[role="primary"]:hover { background: @accentHover@; border-color: @accentHover@; }
QPushButton[role="primary"]:focus { border-color: @text@; }
QPushButton[role="primary"]:disabled { background: @flowWash@; color: @textFaint@; border-color: @line@; }
QPushButton[role="link"] { background: transparent; border: 1px solid transparent; color: @accent@; padding: 2px 4px; text-align: left; }
QPushButton[role="link"]:disabled { color: @textFaint@; background: transparent; }
QPushButton[role="link"]:hover { text-decoration: underline; }
QPushButton[role="link"]:focus { border-color: @accent@; }
QPushButton::menu-indicator { image: url(:/headgate/icons/indicator_chevron.svg); width: 12px; subcontrol-position: right center; right: 6px; }
QPushButton[role="primary"]::menu-indicator { image: url(:/headgate/icons/indicator_chevron_#i#.svg); }
QToolButton { background: transparent; color: @text@; border: 1px solid transparent; border-radius: #r#px; padding: 4px; }
QToolButton:hover { background: @flowWash@; }
QToolButton:pressed, QToolButton:checked { background: @accentWash@; color: @accent@; }
QToolButton:focus { border-color: @accent@; }
QToolButton:disabled { color: @textFaint@; }

QAbstractScrollArea { background: @surface@; border: none; }
QLineEdit, QPlainTextEdit, QTextEdit, QAbstractSpinBox, QComboBox {
  background: @surface@; color: @text@; border: 1px solid @line@; border-radius: #r#px; padding: 4px 8px;
  selection-background-color: @accent@; selection-color: @onAccent@; }
QLineEdit, QAbstractSpinBox, QComboBox { min-height: 18px; }
QLineEdit:hover, QAbstractSpinBox:hover, QComboBox:hover { border-color: @wire@; }
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QAbstractSpinBox:focus, QComboBox:focus, QComboBox:on { border-color: @accent@; }
QLineEdit:disabled, QPlainTextEdit:disabled, QTextEdit:disabled, QAbstractSpinBox:disabled, QComboBox:disabled { color: @textFaint@; background: @window@; }
QLineEdit[invalid="true"], QAbstractSpinBox[invalid="true"], QPlainTextEdit[invalid="true"], QComboBox[invalid="true"] { border-color: @bad@; }
QComboBox { padding-right: 22px; }
QComboBox::drop-down { border: none; width: 22px; subcontrol-origin: padding; subcontrol-position: center right; }
QComboBox::down-arrow { image: url(:/headgate/icons/indicator_chevron.svg); width: 12px; height: 12px; }
QComboBox QAbstractItemView { background: @surface@; color: @text@; border: 1px solid @line@; outline: none; padding: 2px;
  selection-background-color: @accentWash@; selection-color: @accent@; }
QComboBox QAbstractItemView::item { min-height: 24px; padding: 0 6px; }
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button { border: none; background: transparent; width: 18px; }
QAbstractSpinBox::up-arrow { image: url(:/headgate/icons/indicator_chevron_up.svg); width: 10px; height: 10px; }
QAbstractSpinBox::down-arrow { image: url(:/headgate/icons/indicator_chevron.svg); width: 10px; height: 10px; }

QCheckBox, QRadioButton { color: @text@; spacing: 8px; background: transparent; }
QCheckBox::indicator, QRadioButton::indicator { width: 14px; height: 14px; border: 1px solid @wire@; background: @surface@; }
QCheckBox::indicator { border-radius: 4px; }
QRadioButton::indicator { border-radius: 8px; }
QCheckBox::indicator:focus, QRadioButton::indicator:focus, QCheckBox::indicator:hover, QRadioButton::indicator:hover { border-color: @accent@; }
QCheckBox:focus, QRadioButton:focus { color: @accent@; }
QCheckBox::indicator:checked { background: @accent@; border-color: @accent@; image: url(:/headgate/icons/indicator_check_#i#.svg); }
QRadioButton::indicator:checked { background: @surface@; border: 5px solid @accent@; width: 6px; height: 6px; }

QScrollArea, QScrollArea > QWidget > QWidget[role="page"] { background: @window@; border: none; }
QScrollArea > QWidget > QWidget[role="panel"] { background: @surface@; }
QScrollBar:vertical { background: transparent; width: 10px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 10px; margin: 0; }
QScrollBar::handle { background: @wire@; border-radius: 3px; margin: 2px; }
QScrollBar::handle:vertical { min-height: 28px; }
QScrollBar::handle:horizontal { min-width: 28px; }
QScrollBar::handle:hover { background: @textFaint@; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QAbstractScrollArea::corner { background: transparent; }

QTableView, QTreeView, QListView { background: @surface@; color: @text@; border: none; outline: none; gridline-color: @line@;
  selection-background-color: @accentWash@; selection-color: @accent@; }
QTableView::item { border-bottom: 1px solid @line@; padding: 0 8px; }
QTreeView::item, QListView::item { min-height: 24px; padding: 0 4px; }
QTableView::item:selected, QTreeView::item:selected, QListView::item:selected { background: @accentWash@; color: @accent@; }
QTreeView::item:hover, QListView::item:hover { background: @flowWash@; }
QTreeView::item:selected:hover, QListView::item:selected:hover { background: @accentWash@; }
QTableView:focus, QTreeView:focus, QListView:focus { border: 1px solid @accent@; }
QScrollArea { border: 1px solid transparent; }
QScrollArea:focus { border-color: @accent@; }
QGraphicsView { border: 1px solid transparent; }
QGraphicsView:focus { border-color: @accent@; }
QTreeView::branch { background: transparent; }
QTreeView::branch:has-children:closed { image: url(:/headgate/icons/indicator_chevron_right.svg); }
QTreeView::branch:has-children:open { image: url(:/headgate/icons/indicator_chevron.svg); }
QHeaderView { background: @surface@; border: none; }
QHeaderView::section { background: @surface@; color: @textSecondary@; border: none; border-bottom: 1px solid @line@;
  padding: 4px 3px 4px 11px; font-size: 12px; font-weight: 600; }
QHeaderView::down-arrow { image: url(:/headgate/icons/indicator_chevron.svg); width: 10px; height: 10px; subcontrol-position: center right; }
QHeaderView::up-arrow { image: url(:/headgate/icons/indicator_chevron_up.svg); width: 10px; height: 10px; subcontrol-position: center right; }
QTableCornerButton::section { background: @surface@; border: none; }

QTabWidget::pane { border: none; }
QTabBar::tab { background: transparent; color: @textSecondary@; padding: 6px 10px; border-bottom: 2px solid transparent; }
QTabBar::tab:selected { color: @accent@; border-bottom-color: @accent@; }
QTabBar::tab:hover { color: @text@; }
QSplitter::handle { background: @line@; }
QSplitter::handle:horizontal { width: 1px; }
QSplitter::handle:vertical { height: 1px; }
QDockWidget { color: @textSecondary@; font-weight: 600; }
QDockWidget::title { background: @surface@; padding: 6px 12px; }
QProgressBar { background: @flowWash@; border: none; border-radius: 4px; max-height: 8px; text-align: center; color: transparent; }
QProgressBar::chunk { background: @accent@; border-radius: 4px; }
QSlider::groove:horizontal { background: @line@; height: 4px; border-radius: 2px; }
QSlider::sub-page:horizontal { background: @accent@; border-radius: 2px; }
QSlider::handle:horizontal { background: @surface@; border: 2px solid @accent@; width: 12px; margin: -6px 0; border-radius: 8px; }
QSlider::handle:horizontal:focus { background: @accent@; }

QFrame[role="card"] { background: @surface@; border: 1px solid @line@; border-radius: 10px; }
QFrame[role="card"]:focus { border-color: @accent@; }
QWidget[role="panel"] { background: @surface@; }
QWidget[role="toolbar"] { background: @surface@; border-bottom: 1px solid @line@; }
QLabel { background: transparent; }
QLabel[role="section"] { font-weight: 600; }
QLabel[role="caption"] { font-size: 11px; font-weight: 600; color: @textSecondary@; }
QLabel[role="secondary"] { font-size: 12px; color: @textSecondary@; }
QLabel[role="faint"] { font-size: 11px; color: @textFaint@; }
QLabel[role="heading"] { font-size: 15px; font-weight: 600; }
QLabel[role="title"] { font-size: 24px; font-weight: 700; }
QLabel[role="bubble"] { background: @accentWash@; border-radius: 10px; padding: 10px 14px; }
QLabel[role="warnTag"] { background: @warningWash@; color: @warning@; border: 1px solid @warning@; border-radius: 4px; padding: 0 5px; font-size: 11px; font-weight: 600; }
QLabel[role="errorText"] { font-size: 12px; color: @bad@; }
QLabel[role="warningText"] { font-size: 12px; color: @warning@; }
QPushButton[role="goto"] { background: @surface@; color: @textSecondary@; text-align: left; padding: 1px 10px; font-size: 12px; }
QPushButton[role="goto"]:hover { border-color: @wire@; }
QPushButton[role="goto"]:focus { border-color: @accent@; }
QFrame[role="rule"] { background: @line@; border: none; }
QToolButton[role="mode"] { color: @textSecondary@; font-size: 11px; padding: 6px 0 4px 0; border-radius: 8px; }
QToolButton[role="mode"]:checked { background: @accentWash@; color: @accent@; font-weight: 600; }
QToolButton::menu-indicator { image: none; }
QToolButton[role="icon"] { min-width: 18px; min-height: 18px; }
)";

struct Name
{
    const char *name;
    Token token;
};

constexpr std::array kNames{
    Name{"window", Token::Window},
    Name{"surface", Token::Surface},
    Name{"canvas", Token::Canvas},
    Name{"line", Token::Line},
    Name{"text", Token::Text},
    Name{"textSecondary", Token::TextSecondary},
    Name{"textFaint", Token::TextFaint},
    Name{"accent", Token::Accent},
    Name{"accentWash", Token::AccentWash},
    Name{"onAccent", Token::OnAccent},
    Name{"bad", Token::Bad},
    Name{"flowWash", Token::FlowWash},
    Name{"warning", Token::Warning},
    Name{"warningWash", Token::WarningWash},
    Name{"wire", Token::Wire},
};

const char *roleName(Role role)
{
    switch (role) {
    case Role::Card:
        return "card";
    case Role::Panel:
        return "panel";
    case Role::ToolBar:
        return "toolbar";
    case Role::Section:
        return "section";
    case Role::Caption:
        return "caption";
    case Role::Secondary:
        return "secondary";
    case Role::Faint:
        return "faint";
    case Role::Heading:
        return "heading";
    case Role::Title:
        return "title";
    case Role::Primary:
        return "primary";
    case Role::Link:
        return "link";
    case Role::Mode:
        return "mode";
    case Role::Icon:
        return "icon";
    case Role::Bubble:
        return "bubble";
    case Role::WarnTag:
        return "warnTag";
    case Role::ErrorText:
        return "errorText";
    case Role::WarningText:
        return "warningText";
    case Role::GoTo:
        return "goto";
    case Role::Rule:
        return "rule";
    }
    Q_UNREACHABLE();
}

} // namespace

void setRole(QWidget *widget, Role role)
{
    const QString name = QLatin1StringView(roleName(role));
    if (widget->property("role") == name)
        return;
    widget->setProperty("role", name);
    if (widget->testAttribute(Qt::WA_WState_Polished)) {
        widget->style()->unpolish(widget);
        widget->style()->polish(widget);
    }
    // A plain QWidget paints no background of a style sheet unless it is told to.
    if (role == Role::Panel || role == Role::ToolBar)
        widget->setAttribute(Qt::WA_StyledBackground);
}

QString makeStyleSheet(const Theme &theme)
{
    QString sheet = QString::fromUtf8(kSheet);
    for (const auto &[name, token] : kNames) {
        sheet.replace(u"@%1@"_s.arg(QLatin1StringView(name)), theme.color(token).name());
    }
    const QColor accent = theme.color(Token::Accent);
    sheet.replace(u"@accentHover@"_s, accent.darker(theme.isDark() ? 92 : 112).name());
    sheet.replace(u"#r#"_s, QString::number(Theme::kControlRadius));
    sheet.replace(u"#i#"_s, theme.isDark() ? u"dark"_s : u"light"_s);
    return sheet;
}

} // namespace headgate::ui
