#pragma once

#include "core/sqlite/file_format.h"

namespace headgate::evaluation {

// The mark and the tables of the workspace's database of data sets and outcomes.
const sqlite::FileFormat &datasetFormat();

} // namespace headgate::evaluation
