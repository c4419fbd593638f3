// core/background.h -- work that nobody waits for leaves the processor to those who wait.
//
// Linux keeps a niceness for each thread; threads started later inherit it. Ten steps weigh a ninth of a thread that answers a request, and all of a
// core that is idle.
#pragma once
#include <algorithm>
#include <sys/resource.h>

namespace kindling {

// The calling thread, and those that it starts from now on. Where it is not allowed nothing changes.
inline void work_in_background() { (void)::setpriority(PRIO_PROCESS, 0, std::min(19, ::getpriority(PRIO_PROCESS, 0) + 10)); }

}  // namespace kindling
