#pragma once

#include <QColor>
#include <QFont>
#include <QObject>
#include <QPalette>

#include <array>
#include <optional>

namespace headgate::ui {

class SystemScheme;

// clang-format off
enum class Token {
    Window, Surface, Canvas, CanvasDot, Line, Text, TextSecondary, TextFaint,
    Accent, AccentWash, OnAccent, Good, GoodWash, Bad, BadWash, Warning, WarningWash,
    Route, RouteWash, Model, ModelWash, Check, CheckWash, Flow, FlowWash, Wire,
    Count
};
// clang-format on

enum class Scheme { System, Light, Dark, HighContrast };

// "system", "light", "dark", "high-contrast": as settings and the command line spell them.
QString nameOf(Scheme scheme);
std::optional<Scheme> schemeFrom(const QString &name);

// The one table of colours and sizes. Owned by the application; widgets get a reference and
// repaint on changed().
class Theme final : public QObject
{
    Q_OBJECT
public:
    explicit Theme(QObject *parent = nullptr);

    QColor color(Token token) const;
    Scheme scheme() const { return m_scheme; } // as chosen
    bool isDark() const;                       // as it is now
    void setScheme(Scheme scheme);
    // The user or the system asked for less motion: a setting, HEADGATE_REDUCED_MOTION=1, or the
    // style says that widgets do not animate.
    bool reducedMotion() const;
    void setReducedMotion(bool reduced) { m_reducedMotion = reduced; } // false: as the system

    QPalette palette() const;
    QString styleSheet() const; // of the whole application; its roles are in style_sheet.h
    // Hands palette, fonts and style sheet to the application, now and on each change.
    void applyToApplication();

    // Inter, else Noto Sans, where the system names no font of its own; 13 px.
    static QFont bodyFont();
    // Font of figures: tabular digits, slightly heavier than its label.
    static QFont figureFont(int pixelSize);

    static constexpr int kCardRadius = 10;
    static constexpr int kControlRadius = 6;
    static constexpr int kBodySize = 13; // px, as all sizes of type
    static constexpr int kSecondarySize = 12;
    static constexpr int kCaptionSize = 11;
    static constexpr int kSectionSize = 15;
    static constexpr int kFigureSize = 24;
    static constexpr int kToolBarHeight = 44;
    static constexpr int kStatusBarHeight = 28;
    static constexpr int kModeBarWidth = 76;
    static constexpr int kTableRowHeight = 27;

Q_SIGNALS:
    void changed();

private:
    using Table = std::array<QRgb, size_t(Token::Count)>;
    const Table &table() const;
    void followSystem();
    void hand(); // the palette and the sheet to the application

    Scheme m_scheme = Scheme::System;
    SystemScheme *m_system = nullptr; // a child
    bool m_applied = false;
    bool m_reducedMotion = false;
};

} // namespace headgate::ui
