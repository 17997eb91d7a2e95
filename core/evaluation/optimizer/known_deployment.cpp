#include "core/evaluation/optimizer/known_deployment.h"

#include <algorithm>

namespace headgate::evaluation {

using namespace Qt::StringLiterals;

policy::Model knownDeployment(const catalog::ModelCatalog &catalog, const QString &name)
{
    const auto stands = [&name](const catalog::CatalogEntry &entry) {
        return entry.kind == "chat"_L1 && (entry.model.compare(name, Qt::CaseInsensitive) == 0 ||
                                           entry.id.compare(name, Qt::CaseInsensitive) == 0);
    };
    const auto found = std::find_if(catalog.entries().begin(), catalog.entries().end(), stands);
    policy::Model model;
    model.name = name;
    model.provider =
        found != catalog.entries().end() ? found->provider : QString::fromLatin1(kUnknownProvider);
    model.model = found != catalog.entries().end() ? found->model : name;
    return model;
}

} // namespace headgate::evaluation
