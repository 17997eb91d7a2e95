#include "core/simulation/simulated_fleet.h"
