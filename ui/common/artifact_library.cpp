#include "ui/common/artifact_library.h"

#include "core/common/when_ready.h"
#include "ui/common/number_format.h"

#include <QLocale>
#include <QPointer>

using namespace Qt::StringLiterals;

namespace headgate::ui {

using learning::TargetKind;
using learning::TrainedModel;

namespace {

constexpr qsizetype kOutputsShown = 6;
constexpr int kFiguresShown = 3;

QString outputsText(const TrainedModel &trained)
{
    QStringList outputs = trained.model->outputs();
    if (outputs.size() > kOutputsShown)
        outputs = outputs.first(kOutputsShown) << u"…"_s;
    const QString names = outputs.join(", "_L1);
    switch (trained.model->kind()) {
    case TargetKind::Labels:
        return ArtifactLibrary::tr("tells apart: %1").arg(names);
    case TargetKind::Qualities:
        return ArtifactLibrary::tr("estimates the quality of: %1").arg(names);
    case TargetKind::Rightness:
        return ArtifactLibrary::tr("judges whether an answer is right");
    }
    Q_UNREACHABLE();
}

// "accuracy 0.71, brier 0.19": numbers of the header as training named them.
QString figuresText(const Json &header)
{
    const auto figures = header.find("figures");
    QStringList texts;
    if (figures != header.end() && figures->is_object()) {
        for (const auto &[name, value] : figures->items()) {
            if (value.is_number() && texts.size() < kFiguresShown)
                texts.append(u"%1 %2"_s.arg(toQString(name).replace(u'_', u' '),
                                            QLocale().toString(value.get<double>(), 'g', 3)));
        }
    }
    return texts.join(", "_L1);
}

} // namespace

ArtifactNote noteOf(const TrainedModel &trained)
{
    QStringList parts{trained.kind, outputsText(trained)};
    if (const double rows = jsonNumber(trained.header, "rows", 0); rows > 0)
        parts.append(ArtifactLibrary::tr("trained on %n rows", nullptr, int(rows)));
    if (const QString figures = figuresText(trained.header); !figures.isEmpty())
        parts.append(figures);
    return {true, parts.join(u" · "_s)};
}

ArtifactLibrary::ArtifactLibrary(learning::ArtifactShelf shelf, const QString &folder,
                                 QObject *parent)
    : QObject(parent)
    , m_shelf(std::move(shelf))
    , m_folder(folder)
{
    if (!folder.isEmpty())
        m_shelf.addFolder(folder);
}

std::optional<ArtifactNote> ArtifactLibrary::note(const QString &file)
{
    if (const auto known = m_notes.constFind(file); known != m_notes.cend())
        return *known;
    if (m_looking.contains(file))
        return std::nullopt;
    m_looking.insert(file);
    const auto read = m_worker.submit([shelf = m_shelf, file] {
        const auto trained = shelf.model(file);
        return trained ? noteOf(**trained) : ArtifactNote{false, trained.error().message};
    });
    whenReady(read, this, [this, file](const ArtifactNote &note) {
        // A file that cannot be used may be mended meanwhile: its note is told once.
        m_notes.insert(file, note);
        m_looking.remove(file);
        Q_EMIT looked(file);
        if (!note.isUsable)
            m_notes.remove(file);
    });
    return std::nullopt;
}

void ArtifactLibrary::take(const QString &path, QObject *context,
                           std::function<void(const Result<QString> &)> done)
{
    const auto taken =
        m_worker.submit([shelf = m_shelf, path, folder = m_folder] {
            return shelf.import(path, folder);
        });
    whenReady(taken, this,
              [receiver = QPointer(context), done = std::move(done)](const Result<QString> &file) {
                  if (receiver)
                      done(file);
              });
}

} // namespace headgate::ui
