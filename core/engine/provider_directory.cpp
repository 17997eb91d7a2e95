#include "core/engine/provider_directory.h"
