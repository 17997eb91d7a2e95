#include "app/cli/command_line.h"
#include "app/cli/commands.h"
#include "app/cli/console.h"
#include "app/cli/run_report.h"
#include "app/cli/texts.h"
#include "core/ledger/ledger.h"

#include <QFileInfo>

namespace headgate::cli {

using namespace Qt::StringLiterals;

namespace {

void addOptions(QCommandLineParser &parser)
{
    parser.setApplicationDescription(
        Texts::tr("Books the calls of a model at a corrected price. Without --apply it only says "
                  "what would change. What a provider reported itself stays as it is."));
    parser.addPositionalArgument(u"ledger"_s, {}, u"ledger correct"_s);
    parser.addOption({u"provider"_s, Texts::tr("Whose model it is."), u"NAME"_s});
    parser.addOption({u"model"_s, Texts::tr("The provider's own id of it."), u"ID"_s});
    parser.addOption({u"input"_s, Texts::tr("USD for a million tokens of input."), u"USD"_s});
    parser.addOption({u"output"_s, Texts::tr("USD for a million tokens of output."), u"USD"_s});
    parser.addOption(
        {u"cached"_s, Texts::tr("USD for a million cached tokens of input."), u"USD"_s});
    parser.addOption({u"from"_s, Texts::tr("The first day, UTC."), u"YYYY-MM-DD"_s});
    parser.addOption({u"to"_s, Texts::tr("The last day, UTC."), u"YYYY-MM-DD"_s});
    parser.addOption({u"apply"_s, Texts::tr("Write it.")});
    parser.addOption(jsonOption());
    parser.addOption(ledgerOption());
}

// Reads options and says, once, what is wrong with the first of them.
class CorrectionReader
{
public:
    explicit CorrectionReader(const QCommandLineParser &parser)
        : m_parser(parser)
    {
    }

    QString text(const QString &option)
    {
        const QString value = m_parser.value(option);
        if (value.isEmpty())
            refuse(Texts::tr("ledger correct needs --%1.").arg(option));
        return value;
    }

    std::optional<Money> price(const QString &option, bool required)
    {
        if (!required && !m_parser.isSet(option))
            return std::nullopt;
        const QString value = text(option);
        const Result<Money> price = Money::fromDecimal(value);
        if (price && *price >= Money())
            return *price;
        if (!value.isEmpty())
            refuse(Texts::tr("--%1 is an amount in USD from 0 up, not “%2”.").arg(option, value));
        return std::nullopt;
    }

    // The start of that day, or of the one after it.
    QDateTime day(const QString &option, int after)
    {
        if (!m_parser.isSet(option))
            return {};
        const QDate date = QDate::fromString(m_parser.value(option), Qt::ISODate);
        if (!date.isValid())
            refuse(Texts::tr("--%1 is a day such as 2026-08-01, not “%2”.")
                       .arg(option, m_parser.value(option)));
        return date.isValid() ? QDateTime(date.addDays(after), QTime(0, 0), Qt::UTC) : QDateTime();
    }

    const QString &problem() const { return m_problem; }

private:
    void refuse(const QString &sentence)
    {
        if (m_problem.isEmpty())
            m_problem = sentence;
    }

    const QCommandLineParser &m_parser;
    QString m_problem;
};

ledger::PriceCorrection readCorrection(CorrectionReader &reader)
{
    ledger::PriceCorrection correction;
    correction.provider = reader.text(u"provider"_s);
    correction.model = reader.text(u"model"_s);
    correction.from = reader.day(u"from"_s, 0);
    correction.to = reader.day(u"to"_s, 1);
    correction.quote.price.input = reader.price(u"input"_s, true).value_or(Money());
    correction.quote.price.output = reader.price(u"output"_s, true).value_or(Money());
    correction.quote.price.cachedInput = reader.price(u"cached"_s, false);
    correction.quote.source = catalog::PriceSource::Override;
    correction.quote.asOf = QDateTime::currentDateTimeUtc().date();
    return correction;
}

Json toJson(const ledger::CorrectionEffect &effect, bool applied)
{
    return {{"applied", applied},
            {"calls", effect.calls},
            {"runs", effect.runs},
            {"reported_calls_left_alone", effect.reported},
            {"fast_calls_left_alone", effect.fast},
            {"baselines", effect.baselines},
            {"before_nanousd", effect.before.nanos()},
            {"after_nanousd", effect.after.nanos()},
            {"difference_usd", toStdString(effect.difference().toDecimal())},
            {"baselines_before_nanousd", effect.baselinesBefore.nanos()},
            {"baselines_after_nanousd", effect.baselinesAfter.nanos()}};
}

void printText(const ledger::CorrectionEffect &effect, bool applied)
{
    print(Texts::tr("Calls      %1 of %2 queries: %3 → %4")
              .arg(effect.calls)
              .arg(effect.runs)
              .arg(dollars(effect.before), dollars(effect.after)));
    print(Texts::tr("Baselines  %1: %2 → %3")
              .arg(effect.baselines)
              .arg(dollars(effect.baselinesBefore), dollars(effect.baselinesAfter)));
    if (effect.reported > 0)
        print(Texts::tr("Left alone %1 calls whose provider reported what it charged")
                  .arg(effect.reported));
    if (effect.fast > 0)
        print(Texts::tr("Left alone %1 calls at the fast speed, whose price is another one")
                  .arg(effect.fast));
    print(applied ? Texts::tr("Written. What the calls were booked at first is kept beside it.")
                  : Texts::tr("Nothing was written; --apply does it."));
}

} // namespace

int correctCommand(const QStringList &arguments)
{
    QCommandLineParser parser;
    addOptions(parser);
    if (const auto code = parse(parser, arguments))
        return *code;
    CorrectionReader reader(parser);
    const ledger::PriceCorrection correction = readCorrection(reader);
    if (!reader.problem().isEmpty())
        return wrongUsage(reader.problem());

    const QString path = ledgerPath(parser);
    if (!QFileInfo::exists(path)) {
        tell(Texts::tr("There is no ledger at %1 yet; run and demo write one.").arg(path));
        return ExitCode::InputProblem;
    }
    const bool apply = parser.isSet(u"apply"_s);
    const auto ledger = ledger::Ledger::open(path);
    const auto effect = !ledger ? tl::unexpected(ledger.error())
                        : apply ? (*ledger)->correctPrice(correction)
                                : (*ledger)->previewCorrection(correction);
    if (!effect) {
        tell(effect.error().message);
        return ExitCode::InputProblem;
    }
    if (parser.isSet(u"json"_s))
        print(toJson(*effect, apply));
    else
        printText(*effect, apply);
    return ExitCode::Done;
}

} // namespace headgate::cli
