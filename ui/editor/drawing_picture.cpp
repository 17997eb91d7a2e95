#include "ui/editor/drawing_picture.h"

#include "core/common/redaction.h"
#include "ui/common/texts.h"
#include "ui/common/theme.h"
#include "ui/editor/policy_scene.h"

#include <QBuffer>
#include <QLocale>
#include <QPagedPaintDevice>
#include <QPainter>
#include <QSaveFile>
#include <QSvgGenerator>

#include <cmath>

using namespace Qt::StringLiterals;

namespace headgate::ui {

namespace {

constexpr double kPageMargin = 24;
constexpr double kCaptionHeight = 44;
constexpr double kLeastPageWidth = 240; // so that the caption has room
constexpr double kPngScale = 2;
constexpr double kMostPixels = 16'000; // a side of an image
constexpr double kPreviewMargin = 8;

policy::PolicyDocument withoutKeys(policy::PolicyDocument document)
{
    document.name = redacted(document.name);
    document.baseline = redacted(document.baseline);
    for (policy::Model &model : document.models) {
        for (QString *text : {&model.name, &model.provider, &model.model})
            *text = redacted(*text);
    }
    for (policy::Node &node : document.nodes) {
        node.title = redacted(node.title);
        node.config = redacted(node.config);
    }
    for (policy::Group &group : document.groups)
        group.title = redacted(group.title);
    return document;
}

// One policy on white, as it is printed and sent around.
class Sheet
{
public:
    Sheet(const policy::PolicyDocument &document, QDate date)
        : m_editor(withoutKeys(document))
        , m_date(date)
    {
        m_theme.setScheme(Scheme::Light);
        m_scene = std::make_unique<PolicyScene>(m_editor, m_theme);
        m_drawing = m_scene->pictureRect();
    }

    QSizeF size() const
    {
        const double width = qMax(m_drawing.width(), kLeastPageWidth) + 2 * kPageMargin;
        return {std::ceil(width), std::ceil(m_drawing.height() + kCaptionHeight + 2 * kPageMargin)};
    }

    QString title() const
    {
        const QString &name = m_editor.document().name;
        return name.isEmpty() ? Texts::tr("Untitled policy") : name;
    }

    void paint(QPainter &painter) const
    {
        painter.fillRect(QRectF({0, 0}, size()), Qt::white);
        QFont font = Theme::bodyFont();
        font.setPixelSize(Theme::kSectionSize);
        font.setWeight(QFont::DemiBold);
        painter.setFont(font);
        painter.setPen(m_theme.color(Token::Text));
        const double width = size().width() - 2 * kPageMargin;
        painter.drawText(QRectF(kPageMargin, kPageMargin - 4, width, 20),
                         Qt::AlignLeft | Qt::AlignVCenter,
                         painter.fontMetrics().elidedText(title(), Qt::ElideRight, int(width)));
        font.setPixelSize(Theme::kCaptionSize);
        font.setWeight(QFont::Normal);
        painter.setFont(font);
        painter.setPen(m_theme.color(Token::TextSecondary));
        painter.drawText(QRectF(kPageMargin, kPageMargin + 16, width, 16),
                         Qt::AlignLeft | Qt::AlignVCenter,
                         QLocale().toString(m_date, QLocale::LongFormat));
        painter.translate(QPointF(kPageMargin, kPageMargin + kCaptionHeight) - m_drawing.topLeft());
        m_scene->paintPicture(painter, 1);
    }

private:
    Theme m_theme;
    policy::PolicyEditor m_editor;
    QDate m_date;
    std::unique_ptr<PolicyScene> m_scene;
    QRectF m_drawing;
};

Result<> write(const QString &path, const QByteArray &bytes)
{
    QSaveFile file(path);
    if (file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size() && file.commit())
        return {};
    return fail(
        ErrorCode::Io,
        Texts::tr("The picture could not be written to “%1”. Choose another place.").arg(path),
        file.errorString());
}

} // namespace

QImage drawingPicture(const policy::PolicyDocument &document, const Theme &theme, QSize size,
                      qreal pixelRatio)
{
    QImage image((QSizeF(size) * pixelRatio).toSize(), QImage::Format_ARGB32_Premultiplied);
    image.setDevicePixelRatio(pixelRatio);
    image.fill(theme.color(Token::Canvas));
    policy::PolicyEditor editor(document);
    const PolicyScene scene(editor, theme);
    const QRectF drawing = scene.pictureRect();
    if (drawing.isEmpty() || image.isNull())
        return image;
    const QSizeF room = QSizeF(size) - QSizeF(2 * kPreviewMargin, 2 * kPreviewMargin);
    const double scale =
        qMin(1.0, qMin(room.width() / drawing.width(), room.height() / drawing.height()));
    QPainter painter(&image);
    painter.translate(QRectF({0, 0}, QSizeF(size)).center());
    painter.scale(scale, scale);
    painter.translate(-drawing.center());
    scene.paintPicture(painter, scale);
    return image;
}

Result<> exportDrawingAsSvg(const policy::PolicyDocument &document, const QString &path, QDate date)
{
    const Sheet sheet(document, date);
    QBuffer buffer;
    QSvgGenerator svg;
    svg.setOutputDevice(&buffer);
    svg.setSize(sheet.size().toSize());
    svg.setViewBox(QRectF({0, 0}, sheet.size()));
    svg.setResolution(96); // one canvas unit is one pixel
    svg.setTitle(sheet.title());
    svg.setDescription(Texts::tr("A routing policy, drawn by Headgate"));
    QPainter painter(&svg);
    sheet.paint(painter);
    painter.end();
    return write(path, buffer.data());
}

Result<> exportDrawingAsPng(const policy::PolicyDocument &document, const QString &path, QDate date)
{
    const Sheet sheet(document, date);
    const double longest = qMax(sheet.size().width(), sheet.size().height());
    const double scale = qMin(kPngScale, kMostPixels / longest);
    QImage image((sheet.size() * scale).toSize(), QImage::Format_RGB32);
    if (image.isNull())
        return fail(ErrorCode::LimitReached,
                    Texts::tr("There is not enough memory for a picture of this size."));
    image.fill(Qt::white);
    QPainter painter(&image);
    painter.scale(scale, scale);
    sheet.paint(painter);
    painter.end();
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    image.save(&buffer, "PNG");
    return write(path, bytes);
}

Result<> printDrawing(const policy::PolicyDocument &document, QPagedPaintDevice &device, QDate date)
{
    const Sheet sheet(document, date);
    device.setPageOrientation(sheet.size().width() > sheet.size().height() ? QPageLayout::Landscape
                                                                           : QPageLayout::Portrait);
    QPainter painter;
    if (!painter.begin(&device))
        return fail(ErrorCode::Io,
                    Texts::tr("The drawing could not be printed. Choose another printer."));
    const QSizeF page(device.width(), device.height());
    // No larger than on the screen: one canvas unit is 1/96 of an inch there.
    const double largest = device.logicalDpiX() / 96.0;
    const double scale = qMin(
        largest, qMin(page.width() / sheet.size().width(), page.height() / sheet.size().height()));
    painter.scale(scale, scale);
    sheet.paint(painter);
    return painter.end() ? Result<>()
                         : fail(ErrorCode::Io, Texts::tr("The drawing could not be printed."));
}

} // namespace headgate::ui
