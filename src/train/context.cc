#include "train/context.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "core/error.h"
#include "os/workers.h"

namespace tercet::train {
namespace {

constexpr std::uint64_t kReportsPerPhase = 200;
constexpr std::uint64_t kLargeArrays = 3;

}  // namespace

TrainContext::TrainContext(const TrainOptions& options, std::filesystem::path scratch,
                           std::uint32_t threads)
    : progress_(options.progress),
      stop_(options.stop),
      scratch_(std::move(scratch)),
      threads_(threads),
      memory_(options.memory) {}

Result<os::Memory> TrainContext::allocate(std::size_t bytes) const {
  return bytes > memory_ / kLargeArrays ? os::Memory::in_file(bytes, scratch_)
                                        : os::Memory::plain(bytes);
}

void TrainContext::begin_phase(std::string_view name, std::uint64_t work) const {
  {
    const std::lock_guard lock(mutex_);
    phase_ = name;
  }
  work_ = std::max<std::uint64_t>(work, 1);
  done_ = 0;
  next_report_ = 0;
  step(0);
}

void TrainContext::step(std::uint64_t units) const {
  const std::uint64_t done = done_.fetch_add(units) + units;
  std::uint64_t due = next_report_.load();
  if (!progress_ || done < due) return;
  if (!next_report_.compare_exchange_strong(due, done + work_ / kReportsPerPhase + 1)) return;
  report(std::min(1.0, static_cast<double>(done) / static_cast<double>(work_.load())));
}

void TrainContext::report(double fraction) const {
  const std::lock_guard lock(mutex_);
  progress_({phase_, fraction});
}

Status TrainContext::run(std::uint32_t count,
                         const std::function<Status(std::uint32_t)>& task) const {
  std::vector<Status> results(count);
  std::atomic<std::uint32_t> next{0};
  TERCET_TRY(os::run_workers(std::min(count, threads_), [&] {
    for (std::uint32_t i = next++; i < count; i = next++) results[i] = task(i);
  }));
  for (Status& result : results) {
    if (!result.ok()) return std::move(result);
  }
  return {};
}

}  // namespace tercet::train
