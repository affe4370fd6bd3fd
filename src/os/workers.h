// Work shared out over threads.
#ifndef TERCET_OS_WORKERS_H_
#define TERCET_OS_WORKERS_H_

#include <functional>

#include "tercet/error.h"

namespace tercet::os {

/// Runs `work` at once on this thread and on `count` - 1 others, on fewer where the system gives no
/// more threads: so each call must take the next piece until there is none. Returns when all have
/// returned. kResource: one of them ran out of memory; what it had taken is not done.
Status run_workers(unsigned count, const std::function<void()>& work);

}  // namespace tercet::os

#endif  // TERCET_OS_WORKERS_H_
