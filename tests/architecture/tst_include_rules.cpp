#include <QDirIterator>
#include <QRegularExpression>
#include <QTest>

using namespace Qt::StringLiterals;

namespace {

using Table = QMap<QString, QStringList>;

QStringList words(const QString &line)
{
    return line.split(u' ', Qt::SkipEmptyParts);
}

// Folder → folders that it may include besides itself. Nothing else is allowed: a link list alone
// misses an upward include, because all of them share one include path.
const Table kCore = {
    {u"common"_s, words(u""_s)},
    {u"sqlite"_s, words(u"common"_s)},
    {u"text"_s, words(u"common"_s)},
    {u"policy"_s, words(u"common"_s)},
    {u"catalog"_s, words(u"common"_s)},
    {u"providers"_s, words(u"common catalog"_s)},
    {u"learning"_s, words(u"common text"_s)},
    {u"embedding"_s, words(u"common text providers learning"_s)},
    {u"routers"_s, words(u"common policy text embedding learning"_s)},
    {u"scorers"_s, words(u"common policy text embedding learning providers"_s)},
    {u"engine"_s,
     words(u"common text policy catalog providers learning embedding routers scorers"_s)},
    {u"http"_s, words(u"common"_s)},
    {u"simulation"_s, words(u"common text catalog http"_s)},
    {u"ledger"_s, words(u"common sqlite catalog engine"_s)},
    {u"evaluation"_s, words(u"common sqlite text policy catalog providers learning "
                            u"embedding routers scorers engine http ledger"_s)},
    {u"exporters"_s, words(u"common policy catalog"_s)},
    {u"gateway"_s, words(u"common policy providers engine ledger http"_s)},
};

struct Include
{
    QString file; // from the source directory
    int line = 0;
    QString target;
};

QList<Include> includesBelow(const QString &folder)
{
    static const QRegularExpression pattern(
        QStringLiteral("^\\s*#\\s*include\\s*[<\"]([^>\"]+)[>\"]"));
    const QDir root(QStringLiteral(HEADGATE_SOURCE_DIR));
    QList<Include> found;
    QDirIterator files(root.filePath(folder), {u"*.h"_s, u"*.cpp"_s}, QDir::Files,
                       QDirIterator::Subdirectories);
    while (files.hasNext()) {
        QFile file(files.next());
        if (!file.open(QIODevice::ReadOnly))
            continue;
        for (int line = 1; !file.atEnd(); ++line) {
            const auto match = pattern.match(QString::fromUtf8(file.readLine()));
            if (match.hasMatch())
                found.append({root.relativeFilePath(file.fileName()), line, match.captured(1)});
        }
    }
    return found;
}

QString folderOf(const QString &path)
{
    return path.section(u'/', 1, 1);
}

bool isUiHeader(const QString &target)
{
    static const QRegularExpression pattern(
        QStringLiteral("^(Qt(Gui|Widgets|Charts|Svg|SvgWidgets|PrintSupport|OpenGL)/|"
                       "Q(Widget|Application|GuiApplication|Painter|Pixmap|Image|Icon|Font|Color|"
                       "Palette|Pen|Brush|"
                       "Graphics|Chart|UndoStack|UndoCommand|Action|Style|Window|Screen|Clipboard|"
                       "Cursor|KeySequence|"
                       "TextDocument|SvgRenderer))"));
    return pattern.match(target).hasMatch();
}

} // namespace

class TestIncludeRules final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void coreFoldersIncludeOnlyWhatStandsBelow()
    {
        QStringList broken;
        for (const Include &include : includesBelow(u"core"_s)) {
            const QString from = folderOf(include.file);
            QVERIFY2(kCore.contains(from), qPrintable(u"core/%1 is not in the table"_s.arg(from)));
            const QString layer = include.target.section(u'/', 0, 0);
            const QString to = folderOf(include.target);
            const bool upward = layer == u"ui" || layer == u"app" || layer == u"tests";
            const bool sideways = layer == u"core" && to != from && !kCore[from].contains(to);
            if (upward || sideways || isUiHeader(include.target))
                broken.append(
                    u"%1:%2 includes %3"_s.arg(include.file).arg(include.line).arg(include.target));
        }
        QVERIFY2(broken.isEmpty(), qPrintable(broken.join(u'\n')));
    }

    void uiFoldersIncludeOnlyCoreAndUiCommon()
    {
        QStringList broken;
        for (const Include &include : includesBelow(u"ui"_s)) {
            const QString layer = include.target.section(u'/', 0, 0);
            const QString from = folderOf(include.file);
            const QString to = folderOf(include.target);
            const bool upward = layer == u"app" || layer == u"tests";
            if (upward || (layer == u"ui" && to != from && to != u"common"))
                broken.append(
                    u"%1:%2 includes %3"_s.arg(include.file).arg(include.line).arg(include.target));
        }
        QVERIFY2(broken.isEmpty(), qPrintable(broken.join(u'\n')));
    }

    void commandLineIncludesCoreOnly()
    {
        for (const Include &include : includesBelow(u"app/cli"_s)) {
            const bool allowed = !include.target.startsWith(u"ui/") && !isUiHeader(include.target);
            QVERIFY2(allowed, qPrintable(include.file + u" includes "_s + include.target));
        }
    }

    void theTableHasNoCycle()
    {
        // Each pass takes out the folders whose needs are all gone; a cycle would stop it.
        Table left = kCore;
        while (!left.isEmpty()) {
            QStringList free;
            for (auto it = left.cbegin(); it != left.cend(); ++it) {
                const QStringList &needs = it.value();
                if (std::none_of(needs.cbegin(), needs.cend(),
                                 [&left](const QString &need) { return left.contains(need); }))
                    free.append(it.key());
            }
            QVERIFY2(!free.isEmpty(), qPrintable(left.keys().join(u' ')));
            for (const QString &folder : std::as_const(free))
                left.remove(folder);
        }
    }

    void linkListsOfCoreNameNoGuiLibrary()
    {
        const QDir root(QStringLiteral(HEADGATE_SOURCE_DIR));
        QDirIterator files(root.filePath(u"core"_s), {u"CMakeLists.txt"_s}, QDir::Files,
                           QDirIterator::Subdirectories);
        int read = 0;
        while (files.hasNext()) {
            QFile file(files.next());
            QVERIFY(file.open(QIODevice::ReadOnly));
            const QByteArray text = file.readAll();
            for (const char *library :
                 {"Qt6::Gui", "Qt6::Widgets", "Qt6::Charts", "Qt6::Svg", "headgate::ui_"})
                QVERIFY2(!text.contains(library), qPrintable(file.fileName()));
            ++read;
        }
        QVERIFY(read > 5);
    }
};

QTEST_GUILESS_MAIN(TestIncludeRules)
#include "tst_include_rules.moc"
