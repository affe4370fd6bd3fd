#include "os/workers.h"

#include <atomic>
#include <new>
#include <system_error>
#include <thread>
#include <vector>

#include "core/error.h"

namespace tercet::os {

Status run_workers(unsigned count, const std::function<void()>& work) {
  std::atomic<bool> out_of_memory{false};
  // An exception must not leave a thread: it would end the process.
  const auto guarded = [&] {
    try {
      work();
    } catch (const std::bad_alloc&) {
      out_of_memory = true;
    }
  };
  {
    std::vector<std::jthread> helpers;
    for (unsigned i = 1; i < count; ++i) {
      try {
        helpers.emplace_back(guarded);
      } catch (const std::system_error&) {
        break;  // No more threads: those there are share the work.
      }
    }
    guarded();
  }
  if (!out_of_memory) return {};
  return core::resource("out of memory: use fewer --threads, a smaller --memory or less text");
}

}  // namespace tercet::os
