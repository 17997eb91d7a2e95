#pragma once

#include "core/policy/policy_document.h"

#include <QAbstractButton>
#include <QImage>

#include <functional>

namespace headgate::ui {

class Theme;

// Draws a policy into so many device-independent pixels at a pixel ratio.
using PictureSource = std::function<QImage(const policy::PolicyDocument &, QSize, qreal)>;

// A button that shows what it opens: the picture of a policy, its name, a line or two about it.
class TemplateTile final : public QAbstractButton
{
    Q_OBJECT
public:
    // Without a picture source, or where `document` has no nodes, `icon` stands in its place.
    TemplateTile(const QString &name, const QString &about, policy::PolicyDocument document,
                 const QString &icon, const Theme &theme, QWidget *parent = nullptr);

    // Drawn when the tile is first seen, from the event loop, and again when the theme changes.
    void setPictureSource(const PictureSource &source);
    bool hasPicture() const { return !m_picture.isNull(); }

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void drawSoon();
    void draw();
    QRect pictureBox() const;

    const Theme &m_theme; // outlives the tile
    QString m_about;
    policy::PolicyDocument m_document;
    QString m_icon;
    PictureSource m_source;
    QImage m_picture;
    bool m_asked = false;
};

} // namespace headgate::ui
