#include "core/evaluation/graders/grader_options.h"

#include "core/evaluation/texts.h"

#include <cmath>

namespace headgate::evaluation {

using namespace Qt::StringLiterals;

GraderOptions::GraderOptions(const Json &options)
    : m_options(options)
    , m_known{u"kind"_s}
{
}

const Json *GraderOptions::find(const char *name)
{
    m_known.append(QString::fromLatin1(name));
    if (!m_options.is_object())
        return nullptr;
    const auto it = m_options.find(name);
    return it == m_options.end() || it->is_null() ? nullptr : &*it;
}

void GraderOptions::complain(const char *name, const QString &should)
{
    if (m_complaint.isEmpty())
        m_complaint =
            Texts::tr("The grader's option “%1” %2.").arg(QString::fromLatin1(name), should);
}

QString GraderOptions::text(const char *name, const QString &fallback)
{
    const Json *value = find(name);
    if (!value)
        return fallback;
    if (!value->is_string())
        complain(name, Texts::tr("must be a text"));
    return jsonString(m_options, name, fallback);
}

QString GraderOptions::requiredText(const char *name)
{
    const QString value = text(name);
    if (value.trimmed().isEmpty())
        complain(name, Texts::tr("is missing"));
    return value;
}

double GraderOptions::number(const char *name, double fallback, double least, double most)
{
    const Json *value = find(name);
    if (!value)
        return fallback;
    const double found = value->is_number() ? value->get<double>() : least - 1;
    if (!(found >= least && found <= most))
        complain(name, Texts::tr("must be a number from %1 to %2").arg(least).arg(most));
    return found;
}

int GraderOptions::count(const char *name, int fallback, int least, int most)
{
    const double found = number(name, fallback, least, most);
    if (found != std::floor(found))
        complain(name, Texts::tr("must be a whole number"));
    return int(found);
}

bool GraderOptions::flag(const char *name, bool fallback)
{
    const Json *value = find(name);
    if (!value)
        return fallback;
    if (!value->is_boolean())
        complain(name, Texts::tr("must be true or false"));
    return value->is_boolean() ? value->get<bool>() : fallback;
}

QStringList GraderOptions::texts(const char *name)
{
    const Json *value = find(name);
    QStringList list;
    for (const Json &each : value && value->is_array() ? *value : Json::array())
        list.append(each.is_string() ? toQString(each.get_ref<const std::string &>()) : QString());
    const bool blank =
        std::any_of(list.begin(), list.end(), [](const QString &each) { return each.isEmpty(); });
    if (value && (list.isEmpty() || blank))
        complain(name, Texts::tr("must be a list of texts, none of them empty"));
    return list;
}

QString GraderOptions::word(const char *name, const QStringList &words)
{
    const QString found = text(name, words.first());
    if (!words.contains(found))
        complain(name, Texts::tr("must be one of %1, not “%2”").arg(words.join(", "_L1), found));
    return found;
}

Json GraderOptions::value(const char *name)
{
    const Json *found = find(name);
    return found ? *found : Json();
}

Result<> GraderOptions::check() const
{
    if (!m_complaint.isEmpty())
        return fail(ErrorCode::InvalidInput, m_complaint);
    if (!m_options.is_object())
        return fail(ErrorCode::InvalidInput, Texts::tr("A grader's options must be an object."));
    for (const auto &[name, value] : m_options.items()) {
        if (!m_known.contains(toQString(name)))
            return fail(ErrorCode::InvalidInput,
                        Texts::tr("The grader has no option “%1”; it has %2.")
                            .arg(toQString(name), m_known.join(", "_L1)));
    }
    return {};
}

policy::Field separatorOption()
{
    return {.key = u"separator"_s,
            .label = Texts::tr("Separator"),
            .type = policy::FieldType::Text,
            .help = Texts::tr("What stands between several expected answers, any of which will "
                              "do; nothing: there is one.")};
}

} // namespace headgate::evaluation
