#include "core/learning/option_reader.h"

#include "core/learning/texts.h"

#include <QLocale>

#include <cmath>

namespace headgate::learning {

using namespace Qt::StringLiterals;

OptionReader::OptionReader(const Json &options, const Json &defaults)
    : m_options(defaults)
{
    if (options.is_null())
        return;
    if (!options.is_object()) {
        refuse(Texts::tr("The options of a training are an object of names and values."));
        return;
    }
    for (const auto &[key, value] : options.items()) {
        if (!defaults.contains(key)) {
            QStringList known;
            for (const auto &option : defaults.items())
                known.append(toQString(option.key()));
            refuse(Texts::tr("There is no option “%1”; there are: %2.")
                       .arg(toQString(key), known.join(", "_L1)));
        } else if (!value.is_null()) {
            m_options[key] = value;
        }
    }
}

int OptionReader::integer(const char *key, int least, int most)
{
    const double read = number(key, least, most);
    if (read != std::floor(read))
        refuse(Texts::tr("The option “%1” is a whole number.").arg(QLatin1StringView(key)));
    return int(read);
}

double OptionReader::number(const char *key, double least, double most)
{
    const Json &value = m_options.at(key);
    const double read = value.is_number() ? value.get<double>() : least - 1;
    if (read >= least && read <= most)
        return read;
    refuse(Texts::tr("The option “%1” is a number from %2 to %3.")
               .arg(QLatin1StringView(key), QLocale().toString(least), QLocale().toString(most)));
    return least;
}

bool OptionReader::flag(const char *key)
{
    const Json &value = m_options.at(key);
    if (value.is_boolean())
        return value.get<bool>();
    refuse(Texts::tr("The option “%1” is true or false.").arg(QLatin1StringView(key)));
    return false;
}

QString OptionReader::choice(const char *key, const QStringList &choices)
{
    const QString read = jsonString(m_options, key);
    if (choices.contains(read))
        return read;
    refuse(Texts::tr("The option “%1” is one of: %2.")
               .arg(QLatin1StringView(key), choices.join(", "_L1)));
    return choices.first();
}

bool OptionReader::isText(const char *key) const
{
    return m_options.at(key).is_string();
}

tl::unexpected<Error> OptionReader::error() const
{
    return fail(ErrorCode::InvalidInput, m_error);
}

void OptionReader::refuse(const QString &sentence)
{
    if (m_error.isEmpty())
        m_error = sentence;
}

} // namespace headgate::learning
