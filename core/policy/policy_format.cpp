#include "core/policy/policy_format.h"
