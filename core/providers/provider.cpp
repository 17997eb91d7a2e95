#include "core/providers/provider.h"

using namespace Qt::StringLiterals;

namespace headgate::providers {

QCoro::Task<Result<QList<OfferedModel>>> Provider::offeredModels(std::stop_token stop)
{
    auto listing = listModels(std::move(stop));
    Result<QStringList> names = co_await listing;
    if (!names)
        co_return tl::unexpected(std::move(names).error());
    QList<OfferedModel> models;
    for (const QString &name : *names)
        models.append(OfferedModel{.name = name});
    co_return models;
}

QString failureClassName(FailureClass failureClass)
{
    switch (failureClass) {
    case FailureClass::Transport:
        return u"transport"_s;
    case FailureClass::Security:
        return u"security"_s;
    case FailureClass::Timeout:
        return u"timeout"_s;
    case FailureClass::Request:
        return u"request"_s;
    case FailureClass::Capability:
        return u"capability"_s;
    case FailureClass::Auth:
        return u"auth"_s;
    case FailureClass::Credit:
        return u"credit"_s;
    case FailureClass::Permission:
        return u"permission"_s;
    case FailureClass::Moderation:
        return u"moderation"_s;
    case FailureClass::NotFound:
        return u"not_found"_s;
    case FailureClass::Transient:
        return u"transient"_s;
    case FailureClass::TooLarge:
        return u"too_large"_s;
    case FailureClass::Rate:
        return u"rate"_s;
    case FailureClass::Redirect:
        return u"redirect"_s;
    case FailureClass::Protocol:
        return u"protocol"_s;
    case FailureClass::Truncated:
        return u"truncated"_s;
    case FailureClass::Cancelled:
        return u"cancelled"_s;
    }
    return {};
}

} // namespace headgate::providers
