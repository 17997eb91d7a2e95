#pragma once

#include <QWidget>

namespace headgate::ui {

class FlowDisplay;
class Theme;

// What the width of the wires means and how many queries it is drawn from; lies on the canvas and
// takes no mouse. Hidden while flow is off. Theme and display outlive it.
class FlowLegend final : public QWidget
{
    Q_OBJECT
public:
    FlowLegend(const Theme &theme, FlowDisplay &display, QWidget *parent);

    QString text() const; // as it is written, and as a screen reader hears it
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QStringList lines() const;
    void refresh();

    const Theme &m_theme;
    FlowDisplay &m_display;
};

} // namespace headgate::ui
