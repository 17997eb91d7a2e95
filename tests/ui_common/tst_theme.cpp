#include "ui/common/style_sheet.h"
#include "ui/common/system_scheme.h"
#include "ui/common/theme.h"

#include <QApplication>
#include <QDBusVariant>
#include <QFontMetricsF>
#include <QLabel>
#include <QPushButton>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>

#include <cmath>

using namespace headgate::ui;
using namespace Qt::StringLiterals;

namespace {

double luminance(const QColor &color)
{
    const auto linear = [](double channel) {
        return channel <= 0.04045 ? channel / 12.92 : std::pow((channel + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF()) +
           0.0722 * linear(color.blueF());
}

// As WCAG 2 counts it.
double contrast(const QColor &a, const QColor &b)
{
    const double first = luminance(a);
    const double second = luminance(b);
    return (std::max(first, second) + 0.05) / (std::min(first, second) + 0.05);
}

void addSchemes()
{
    QTest::addColumn<Scheme>("scheme");
    QTest::newRow("light") << Scheme::Light;
    QTest::newRow("dark") << Scheme::Dark;
    QTest::newRow("high contrast") << Scheme::HighContrast;
}

} // namespace

class TestTheme final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    // Every pair of text and ground that the product draws.
    void textIsReadable_data() { addSchemes(); }
    void textIsReadable()
    {
        QFETCH(const Scheme, scheme);
        Theme theme;
        theme.setScheme(scheme);
        QList<std::pair<Token, Token>> pairs;
        for (const Token ground :
             {Token::Window, Token::Surface, Token::Canvas, Token::FlowWash}) {
            for (const Token text :
                 {Token::Text, Token::TextSecondary, Token::TextFaint, Token::Accent, Token::Bad})
                pairs.append({text, ground});
        }
        for (const Token text : {Token::Good, Token::Warning}) {
            for (const Token ground : {Token::Window, Token::Surface, Token::Canvas})
                pairs.append({text, ground});
        }
        for (const Token wash :
             {Token::AccentWash, Token::GoodWash, Token::BadWash, Token::WarningWash,
              Token::RouteWash, Token::ModelWash, Token::CheckWash}) {
            pairs.append({Token::Text, wash});
            pairs.append({Token::TextSecondary, wash});
        }
        pairs += {{Token::Accent, Token::AccentWash},   {Token::Good, Token::GoodWash},
                  {Token::Bad, Token::BadWash},         {Token::Warning, Token::WarningWash},
                  {Token::OnAccent, Token::Accent}};
        for (const auto &[text, ground] : pairs)
            QVERIFY2(contrast(theme.color(text), theme.color(ground)) >= 4.5,
                     qPrintable(u"%1 on %2: %3"_s.arg(theme.color(text).name(),
                                                      theme.color(ground).name())
                                    .arg(contrast(theme.color(text), theme.color(ground)))));
    }

    void textIsReadableAsTheSheetPairsIt_data() { addSchemes(); }
    // What the style sheet itself sets together in one rule.
    void textIsReadableAsTheSheetPairsIt()
    {
        QFETCH(const Scheme, scheme);
        Theme theme;
        theme.setScheme(scheme);
        static const QRegularExpression rule(u"([^{}]+)\\{([^{}]*)\\}"_s);
        static const QRegularExpression ink(u"(?:^|[;\\s])color:\\s*(#[0-9a-fA-F]{6})"_s);
        static const QRegularExpression ground(u"background:\\s*(#[0-9a-fA-F]{6})"_s);
        int checked = 0;
        for (auto it = rule.globalMatch(theme.styleSheet()); it.hasNext();) {
            const auto match = it.next();
            const auto text = ink.match(match.captured(2));
            const auto behind = ground.match(match.captured(2));
            // What cannot be used is allowed to be faint.
            if (!text.hasMatch() || !behind.hasMatch() || match.captured(1).contains(u":disabled"))
                continue;
            ++checked;
            const double found = contrast(QColor(text.captured(1)), QColor(behind.captured(1)));
            QVERIFY2(found >= 4.5, qPrintable(match.captured(0) + QString::number(found)));
        }
        QVERIFY(checked > 12);
    }

    void graphicsStandOutFromTheirGround_data() { addSchemes(); }
    void graphicsStandOutFromTheirGround()
    {
        QFETCH(const Scheme, scheme);
        Theme theme;
        theme.setScheme(scheme);
        QList<std::pair<Token, Token>> pairs{
            {Token::Accent, Token::AccentWash}, {Token::Good, Token::GoodWash},
            {Token::Bad, Token::BadWash},       {Token::Warning, Token::WarningWash},
            {Token::Route, Token::RouteWash},   {Token::Model, Token::ModelWash},
            {Token::Check, Token::CheckWash},   {Token::Flow, Token::FlowWash},
        };
        for (const Token ink : {Token::Wire, Token::Accent, Token::Good, Token::Bad, Token::Warning,
                                Token::Route, Token::Model, Token::Check, Token::Flow}) {
            for (const Token ground : {Token::Surface, Token::Canvas, Token::Window})
                pairs.append({ink, ground});
        }
        for (const auto &[ink, ground] : pairs)
            QVERIFY2(contrast(theme.color(ink), theme.color(ground)) >= 3.0,
                     qPrintable(theme.color(ink).name() + u" on "_s + theme.color(ground).name()));
    }

    void everySchemeIsAnother()
    {
        Theme theme;
        QSet<QString> sheets;
        for (const Scheme scheme : {Scheme::Light, Scheme::Dark, Scheme::HighContrast}) {
            theme.setScheme(scheme);
            sheets.insert(theme.styleSheet());
            QCOMPARE(theme.isDark(), scheme != Scheme::Light);
        }
        QCOMPARE(sheets.size(), 3);
    }

    void theSheetHasNoTokenLeft()
    {
        Theme theme;
        static const QRegularExpression left(QStringLiteral("@\\w+@|#[a-z]#"));
        const auto match = left.match(theme.styleSheet());
        QVERIFY2(!match.hasMatch(), qPrintable(match.captured()));
    }

    void aNewSchemeReachesOpenWidgets()
    {
        Theme theme;
        theme.setScheme(Scheme::Light);
        theme.applyToApplication();
        QLabel label(u"text"_s);
        QPushButton button(u"Run"_s);
        setRole(&button, Role::Primary);
        button.resize(80, 30);
        button.show();
        label.show();
        QSignalSpy changed(&theme, &Theme::changed);
        theme.setScheme(Scheme::Dark);
        QCOMPARE(changed.size(), 1);
        QCOMPARE(label.palette().color(QPalette::WindowText), theme.color(Token::Text));
        QCOMPARE(QColor(button.grab().toImage().pixel(12, 6)), theme.color(Token::Accent));
        theme.setScheme(Scheme::Dark);
        QCOMPARE(changed.size(), 1);
    }

    void followsTheDesktopWhileItRuns()
    {
        Theme theme;
        QSignalSpy changed(&theme, &Theme::changed);
        const auto desktopSays = [&theme](uint preference) {
            QMetaObject::invokeMethod(theme.findChild<SystemScheme *>(), "settingChanged",
                                      Q_ARG(QString, u"org.freedesktop.appearance"_s),
                                      Q_ARG(QString, u"color-scheme"_s),
                                      Q_ARG(QDBusVariant, QDBusVariant(preference)));
        };
        desktopSays(2);
        QVERIFY(!theme.isDark());
        changed.clear();
        desktopSays(1);
        QVERIFY(theme.isDark());
        desktopSays(1);
        QCOMPARE(changed.size(), 1);
        // What was chosen in the window counts for more.
        theme.setScheme(Scheme::Light);
        changed.clear();
        desktopSays(2);
        desktopSays(1);
        QVERIFY(!theme.isDark());
        QCOMPARE(changed.size(), 0);
        theme.setScheme(Scheme::System);
        QVERIFY(theme.isDark());
    }

    void aRoleSetLaterRestylesTheWidget()
    {
        Theme theme;
        theme.setScheme(Scheme::Light);
        theme.applyToApplication();
        QLabel label(u"12"_s);
        label.show();
        setRole(&label, Role::Title);
        QCOMPARE(label.fontInfo().pixelSize(), Theme::kFigureSize);
        setRole(&label, Role::Secondary);
        QCOMPARE(label.fontInfo().pixelSize(), Theme::kSecondarySize);
    }

    void figuresAreTabular()
    {
        const QFontMetricsF metrics(Theme::figureFont(24));
        for (char16_t digit = u'1'; digit <= u'9'; ++digit)
            QCOMPARE(metrics.horizontalAdvance(digit), metrics.horizontalAdvance(u'0'));
        QVERIFY(Theme::figureFont(24).weight() > Theme::bodyFont().weight());
    }
};

QTEST_MAIN(TestTheme)
#include "tst_theme.moc"
