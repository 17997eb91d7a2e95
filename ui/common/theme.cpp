#include "ui/common/theme.h"

#include "ui/common/style_sheet.h"
#include "ui/common/system_scheme.h"

#include <QApplication>
#include <QFontMetricsF>
#include <QStyle>
#include <QStyleFactory>

using namespace Qt::StringLiterals;

namespace headgate::ui {

namespace {

struct Row
{
    Token token;
    QRgb light;
    QRgb dark;
    QRgb highContrast;
};

// clang-format off
constexpr std::array kRows{
    Row{Token::Window,        0xffF3F5F8, 0xff13161B, 0xff000000},
    Row{Token::Surface,       0xffFFFFFF, 0xff1C2129, 0xff000000},
    Row{Token::Canvas,        0xffFAFBFC, 0xff161A20, 0xff000000},
    Row{Token::CanvasDot,     0xffDDE2E9, 0xff2A313B, 0xff5A5A5A},
    Row{Token::Line,          0xffDCE1E8, 0xff2E3641, 0xffFFFFFF},
    Row{Token::Text,          0xff182130, 0xffE7ECF3, 0xffFFFFFF},
    Row{Token::TextSecondary, 0xff5A6678, 0xff9DA9B9, 0xffF0F0F0},
    Row{Token::TextFaint,     0xff5F6B7C, 0xff8F9BAC, 0xffD8D8D8},
    Row{Token::Accent,        0xff2563EB, 0xff6B9DFF, 0xff5CD6FF},
    Row{Token::AccentWash,    0xffE8F0FF, 0xff1E2C48, 0xff00344A},
    Row{Token::OnAccent,      0xffFFFFFF, 0xff0E1728, 0xff000000},
    Row{Token::Good,          0xff177A4C, 0xff4CC38A, 0xff5CFF9D},
    Row{Token::GoodWash,      0xffE4F5EC, 0xff17332A, 0xff003D1C},
    Row{Token::Bad,           0xffC53838, 0xffF07178, 0xffFF8A8A},
    Row{Token::BadWash,       0xffFCEAEA, 0xff3A2024, 0xff4A0000},
    Row{Token::Warning,       0xff985B00, 0xffF0B35A, 0xffFFD23F},
    Row{Token::WarningWash,   0xffFFF3DD, 0xff392C18, 0xff3D2E00},
    Row{Token::Route,         0xff7550E6, 0xffA58BFF, 0xffC9B8FF},
    Row{Token::RouteWash,     0xffF0EBFF, 0xff2A2345, 0xff23124F},
    Row{Token::Model,         0xff0B7F86, 0xff45C4CB, 0xff4DF3FF},
    Row{Token::ModelWash,     0xffE2F4F5, 0xff15343A, 0xff003A3D},
    Row{Token::Check,         0xff985B00, 0xffF0B35A, 0xffFFD23F},
    Row{Token::CheckWash,     0xffFFF3DD, 0xff392C18, 0xff3D2E00},
    Row{Token::Flow,          0xff56637A, 0xffA3AFBF, 0xffE8E8E8},
    Row{Token::FlowWash,      0xffEDF0F4, 0xff2A313B, 0xff303030},
    Row{Token::Wire,          0xff808D9F, 0xff647184, 0xffFFFFFF},
};
// clang-format on
static_assert(kRows.size() == size_t(Token::Count));

constexpr auto column(QRgb Row::*member)
{
    std::array<QRgb, size_t(Token::Count)> values{};
    for (const Row &row : kRows)
        values[size_t(row.token)] = row.*member;
    return values;
}

bool digitsAreTabular(const QFont &font)
{
    const QFontMetricsF metrics(font);
    const qreal zero = metrics.horizontalAdvance(u'0');
    for (char16_t digit = u'1'; digit <= u'9'; ++digit) {
        if (qAbs(metrics.horizontalAdvance(digit) - zero) > 0.01)
            return false;
    }
    return true;
}

// The first family whose digits are all of one width: Qt 6.4 cannot ask a font for its tabular
// figures, and those of Inter are proportional.
QStringList figureFamilies()
{
    QFont body = Theme::bodyFont();
    body.setPixelSize(64);
    if (digitsAreTabular(body))
        return body.families();
    QStringList families{u"Noto Sans"_s, u"DejaVu Sans"_s};
    return families + body.families();
}

// Made before the application's font is replaced by ours.
QFont makeBodyFont()
{
    QFont font = QGuiApplication::font();
    const QString system = font.family();
    const bool generic = system.isEmpty() || system.startsWith(u"Sans"_s, Qt::CaseInsensitive);
    font.setFamilies(generic ? QStringList{u"Inter"_s, u"Noto Sans"_s, u"Sans Serif"_s}
                             : QStringList{system, u"Inter"_s, u"Noto Sans"_s});
    font.setPixelSize(Theme::kBodySize);
    return font;
}

constexpr std::array kSchemes{
    std::pair{Scheme::System, "system"_L1},
    std::pair{Scheme::Light, "light"_L1},
    std::pair{Scheme::Dark, "dark"_L1},
    std::pair{Scheme::HighContrast, "high-contrast"_L1},
};

} // namespace

QString nameOf(Scheme scheme)
{
    const auto row = std::find_if(kSchemes.cbegin(), kSchemes.cend(),
                                  [scheme](const auto &each) { return each.first == scheme; });
    return row->second;
}

std::optional<Scheme> schemeFrom(const QString &name)
{
    const auto row = std::find_if(kSchemes.cbegin(), kSchemes.cend(),
                                  [&name](const auto &each) { return each.second == name; });
    return row == kSchemes.cend() ? std::nullopt : std::optional(row->first);
}

Theme::Theme(QObject *parent)
    : QObject(parent)
    , m_system(new SystemScheme(this))
{
    bodyFont();
    connect(m_system, &SystemScheme::changed, this, &Theme::followSystem);
}

const Theme::Table &Theme::table() const
{
    static constexpr Table kLight = column(&Row::light);
    static constexpr Table kDark = column(&Row::dark);
    static constexpr Table kHighContrast = column(&Row::highContrast);
    if (m_scheme == Scheme::HighContrast)
        return kHighContrast;
    return isDark() ? kDark : kLight;
}

QColor Theme::color(Token token) const
{
    return QColor::fromRgb(table()[size_t(token)]);
}

bool Theme::isDark() const
{
    if (m_scheme == Scheme::System)
        return m_system->isDark();
    return m_scheme != Scheme::Light;
}

void Theme::setScheme(Scheme scheme)
{
    if (scheme == m_scheme)
        return;
    m_scheme = scheme;
    hand();
    Q_EMIT changed();
}

void Theme::followSystem()
{
    if (m_scheme != Scheme::System)
        return;
    hand();
    Q_EMIT changed();
}

bool Theme::reducedMotion() const
{
    if (m_reducedMotion || qEnvironmentVariableIntValue("HEADGATE_REDUCED_MOTION") != 0)
        return true;
    const QStyle *style = QApplication::style();
    return style && style->styleHint(QStyle::SH_Widget_Animation_Duration) == 0;
}

QPalette Theme::palette() const
{
    QPalette palette;
    const auto set = [&](QPalette::ColorRole role, Token token) {
        palette.setColor(role, color(token));
    };
    set(QPalette::Window, Token::Window);
    set(QPalette::WindowText, Token::Text);
    set(QPalette::Base, Token::Surface);
    set(QPalette::AlternateBase, Token::Canvas);
    set(QPalette::Text, Token::Text);
    set(QPalette::Button, Token::Surface);
    set(QPalette::ButtonText, Token::Text);
    set(QPalette::BrightText, Token::OnAccent);
    set(QPalette::PlaceholderText, Token::TextFaint);
    set(QPalette::ToolTipBase, Token::Surface);
    set(QPalette::ToolTipText, Token::Text);
    set(QPalette::Highlight, Token::Accent);
    set(QPalette::HighlightedText, Token::OnAccent);
    set(QPalette::Link, Token::Accent);
    set(QPalette::LinkVisited, Token::Route);
    set(QPalette::Light, Token::Surface);
    set(QPalette::Midlight, Token::Canvas);
    set(QPalette::Mid, Token::Line);
    set(QPalette::Dark, Token::Wire);
    set(QPalette::Shadow, Token::Line);
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        palette.setColor(QPalette::Disabled, role, color(Token::TextFaint));
    return palette;
}

QString Theme::styleSheet() const
{
    return makeStyleSheet(*this);
}

void Theme::applyToApplication()
{
    m_applied = true;
    if (QStyle *fusion = QStyleFactory::create(u"Fusion"_s))
        QApplication::setStyle(fusion);
    QApplication::setFont(bodyFont());
    hand();
}

void Theme::hand()
{
    if (!m_applied)
        return;
    QApplication::setPalette(palette());
    qApp->setStyleSheet(styleSheet());
}

QFont Theme::bodyFont()
{
    static const QFont font = makeBodyFont();
    return font;
}

QFont Theme::figureFont(int pixelSize)
{
    static const QStringList families = figureFamilies();
    QFont font = bodyFont();
    font.setFamilies(families);
    font.setPixelSize(pixelSize);
    font.setWeight(QFont::DemiBold);
    return font;
}

} // namespace headgate::ui
