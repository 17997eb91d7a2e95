#include "core/catalog/model_catalog.h"
