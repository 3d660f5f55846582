#pragma once
// Moved; this forwards until src/models is gone.
#include "exact/random.hpp"
