#include "core/routers/router.h"
