#pragma once

#include <QString>
#include <QStringView>

namespace headgate::routers {

// What a prompt asks for, as far as its looks tell, in the words of the file: "code", "math" (it has
// formulas), "choice" (answers to choose from), "other_language" (than English), "long" (over 2,000
// tokens), else "any"; the first that holds. `tokens` is the estimate of the whole query.
QString taskKindOf(QStringView prompt, qint64 tokens);

} // namespace headgate::routers
