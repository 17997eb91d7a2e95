#include "app/cli/command_line.h"
#include "app/cli/commands.h"
#include "app/cli/console.h"
#include "app/cli/policy_source.h"
#include "app/cli/texts.h"

#include "core/engine/artifact_check.h"
#include "core/policy/policy_validation.h"

namespace headgate::cli {

using namespace Qt::StringLiterals;
using policy::Problem;

namespace {

Json toJson(const Problem &problem)
{
    const bool isError = problem.severity == Problem::Severity::Error;
    return {{"severity", isError ? "error" : "warning"},
            {"code", toStdString(problem.code)},
            {"node", toStdString(problem.node.value)},
            {"port", toStdString(problem.port)},
            {"field", toStdString(problem.field)},
            {"sentence", toStdString(problem.sentence)},
            {"mend", problem.mend ? Json(toStdString(problem.mend->label)) : Json()}};
}

QString lineOf(const Problem &problem)
{
    const QString severity =
        problem.severity == Problem::Severity::Error ? Texts::tr("error") : Texts::tr("warning");
    QStringList place;
    for (const QString &part : {problem.node.value, problem.port, problem.field}) {
        if (!part.isEmpty())
            place.append(part);
    }
    QString line = u"%1  %2  "_s.arg(severity, problem.code);
    if (!place.isEmpty())
        line += place.join(u'.') + u"  "_s;
    line += problem.sentence;
    if (problem.mend)
        line += Texts::tr("  Mend: %1.").arg(problem.mend->label);
    return line;
}

void printText(const QString &source, const policy::LoadedPolicy &loaded,
               const QList<Problem> &problems)
{
    for (const Problem &problem : problems)
        print(lineOf(problem));
    const auto errors = std::count_if(problems.begin(), problems.end(), [](const Problem &problem) {
        return problem.severity == Problem::Severity::Error;
    });
    print(Texts::tr("%1: %2, %3 nodes, %4 models, %5 errors, %6 warnings")
              .arg(source, errors == 0 ? Texts::tr("valid") : Texts::tr("not valid"))
              .arg(loaded.document.nodes.size())
              .arg(loaded.document.models.size())
              .arg(errors)
              .arg(problems.size() - errors));
}

} // namespace

int validateCommand(const QStringList &arguments)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(Texts::tr("Checks a policy and lists every problem at once."));
    parser.addPositionalArgument(u"validate"_s, {}, u"validate FILE"_s);
    parser.addOption(jsonOption());
    if (const auto code = parse(parser, arguments))
        return *code;
    const QStringList files = parser.positionalArguments().mid(1);
    if (files.size() != 1)
        return wrongUsage(Texts::tr("validate takes one policy file."));

    const auto loaded = loadPolicy(files.first());
    if (!loaded) {
        if (parser.isSet(u"json"_s))
            print(Json{{"file", toStdString(files.first())},
                       {"valid", false},
                       {"error", toStdString(loaded.error().message)}});
        tell(u"%1: %2"_s.arg(files.first(), loaded.error().message));
        return ExitCode::InputProblem;
    }
    const QList<Problem> problems =
        policy::validate(loaded->document) +
        engine::checkArtifacts(loaded->document, artifactsBeside(files.first()));
    const bool valid = !policy::hasErrors(problems);
    if (parser.isSet(u"json"_s)) {
        Json list = Json::array();
        for (const Problem &problem : problems)
            list.push_back(toJson(problem));
        print(Json{{"file", toStdString(files.first())},
                   {"valid", valid},
                   {"made_by_newer_version", loaded->readOnly},
                   {"problems", std::move(list)}});
    } else {
        printText(files.first(), *loaded, problems);
    }
    return valid ? ExitCode::Done : ExitCode::InputProblem;
}

} // namespace headgate::cli
