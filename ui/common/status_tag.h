#pragma once

#include "ui/common/origin.h"

#include <QWidget>

namespace headgate::ui {

class Theme;

// Where figures come from, in capitals: SIMULATED, LIVE, or both.
class StatusTag final : public QWidget
{
    Q_OBJECT
public:
    explicit StatusTag(const Theme &theme, QWidget *parent = nullptr); // outlives the tag

    void setOrigin(Origin origin);
    Origin origin() const { return m_origin; }
    QString text() const;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    const Theme &m_theme;
    Origin m_origin = Origin::Simulated;
};

} // namespace headgate::ui
