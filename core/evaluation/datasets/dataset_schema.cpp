#include "core/evaluation/datasets/dataset_schema.h"

namespace headgate::evaluation {

namespace {

constexpr int kApplicationId = 0x48474453; // "HGDS"

// Times are UTC milliseconds, money nano-dollars, JSON as text.
const char *const kDatasets = "CREATE TABLE datasets ("
                              " id INTEGER PRIMARY KEY AUTOINCREMENT,"
                              " name TEXT NOT NULL UNIQUE,"
                              " grader TEXT NOT NULL,"
                              " source TEXT NOT NULL,"
                              " created_ms INTEGER NOT NULL,"
                              " train INTEGER NOT NULL DEFAULT 0,"
                              " validation INTEGER NOT NULL DEFAULT 0,"
                              " test INTEGER NOT NULL DEFAULT 0"
                              ") STRICT";
const char *const kPrompts = "CREATE TABLE prompts ("
                             " dataset INTEGER NOT NULL REFERENCES datasets (id) ON DELETE CASCADE,"
                             " row INTEGER NOT NULL,"
                             " id TEXT NOT NULL,"
                             " part INTEGER NOT NULL,"
                             " prompt TEXT NOT NULL,"
                             " messages TEXT NOT NULL," // '': the prompt alone
                             " expected TEXT NOT NULL,"
                             " subset TEXT NOT NULL,"
                             " metadata TEXT NOT NULL," // '': none
                             " PRIMARY KEY (dataset, row),"
                             " UNIQUE (dataset, id)"
                             ") STRICT, WITHOUT ROWID";
// A model as it was asked: the same model with other parameters is another one.
const char *const kModels = "CREATE TABLE models ("
                            " id INTEGER PRIMARY KEY,"
                            " dataset INTEGER NOT NULL REFERENCES datasets (id) ON DELETE CASCADE,"
                            " model TEXT NOT NULL,"
                            " parameters TEXT NOT NULL,"
                            " UNIQUE (dataset, model, parameters)"
                            ") STRICT";
const char *const kOutcomes = "CREATE TABLE outcomes ("
                              " dataset INTEGER NOT NULL,"
                              " row INTEGER NOT NULL,"
                              " model INTEGER NOT NULL REFERENCES models (id),"
                              " quality REAL,"
                              " cost INTEGER,"
                              " check_cost INTEGER,"
                              " confidence REAL,"
                              " latency_ms REAL,"
                              " in_tokens INTEGER,"
                              " out_tokens INTEGER,"
                              " answer TEXT NOT NULL,"
                              " why TEXT NOT NULL,"
                              " vote INTEGER,"
                              " content BLOB," // null: it was not asked here
                              " PRIMARY KEY (dataset, row, model),"
                              " FOREIGN KEY (dataset, row) REFERENCES prompts (dataset, row)"
                              " ON DELETE CASCADE"
                              ") STRICT, WITHOUT ROWID";
const char *const kOutcomesByContent = "CREATE INDEX outcomes_by_content ON outcomes (content)"
                                       " WHERE content IS NOT NULL";

} // namespace

const sqlite::FileFormat &datasetFormat()
{
    static const sqlite::FileFormat format{
        .applicationId = kApplicationId,
        .migrations = {{QString::fromLatin1(kDatasets), QString::fromLatin1(kPrompts),
                        QString::fromLatin1(kModels), QString::fromLatin1(kOutcomes),
                        QString::fromLatin1(kOutcomesByContent)}}};
    return format;
}

} // namespace headgate::evaluation
