// guide.h -- the shopping guide against written dialogues.
#pragma once
#include "bench.h"

namespace kindling::bench {
void run_guide(BenchContext&);
void run_guide_texts(BenchContext&);
}
