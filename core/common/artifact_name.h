#pragma once

#include <QString>

namespace headgate {

// Whether it can be the name of a trained file beside a policy: a plain name, which stays in its
// folder, that ends in ".hga".
inline bool isArtifactName(const QString &name)
{
    using namespace Qt::StringLiterals;
    return name.endsWith(".hga"_L1) && !name.startsWith(u'.') && !name.contains(u'/') &&
           !name.contains(u'\\') && !name.contains(u':') && !name.contains(QChar::Null);
}

} // namespace headgate
