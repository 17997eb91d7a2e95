#pragma once

#include "core/common/result.h"
#include "core/learning/artifact.h"

#include <QStringList>

namespace headgate::learning {

// Texts as a block: the length of each in bytes (u32), then all of them in UTF-8.
QByteArray blockOfTexts(const QStringList &texts);
// Damaged where the block is absent or does not hold so many texts.
[[nodiscard]] Result<QStringList> textsIn(const Artifact &artifact, const QString &name,
                                          qsizetype count);

} // namespace headgate::learning
