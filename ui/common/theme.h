#pragma once

#include <QColor>
#include <QObject>
#include <QPalette>

namespace headgate::ui {

enum class Token {
    Window, Surface, Canvas, CanvasDot, Line, Text, TextSecondary, TextFaint,
    Accent, AccentWash, OnAccent, Good, GoodWash, Bad, BadWash, Warning, WarningWash,
    Route, RouteWash, Model, ModelWash, Check, CheckWash, Flow, FlowWash, Wire,
    Count
};

enum class Scheme { System, Light, Dark, HighContrast };

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
    bool reducedMotion() const;

    QPalette palette() const;
    QString styleSheet() const; // of the whole application
    // Hands palette, fonts and style sheet to the application, now and on each change.
    void applyToApplication();

    // Font of figures: tabular digits, slightly heavier than its label.
    static QFont figureFont(int pixelSize);

    static constexpr int kCardRadius = 10;
    static constexpr int kControlRadius = 6;

Q_SIGNALS:
    void changed();

private:
    Scheme m_scheme = Scheme::System;
};


} // namespace headgate::ui
