#pragma once

#include "core/evaluation/datasets/dataset.h"

#include <QSqlQuery>

namespace headgate::evaluation {

// How a prompt's parts lie in the columns of the table "prompts".

QString messagesText(const QList<Message> &messages);
QString metadataText(const Json &metadata);

// For "SELECT" of promptColumns(), in a query where "prompts" is called p.
QString promptColumns();
StoredPrompt promptFrom(const QSqlQuery &row);

} // namespace headgate::evaluation
