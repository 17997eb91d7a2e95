#include "core/catalog/token_usage.h"
