#include "train/context.h"

#include <algorithm>
#include <new>
#include <thread>
#include <utility>
#include <vector>

#include "core/error.h"

namespace tercet::train {
namespace {

constexpr std::uint64_t kReportsPerPhase = 200;
constexpr std::uint64_t kLargeArrays = 3;

/// An exception must not leave a thread: it would end the process.
Status run_one(const std::function<Status(std::uint32_t)>& task, std::uint32_t i) {
  try {
    return task(i);
  } catch (const std::bad_alloc&) {
    return core::resource("out of memory: use a smaller --memory, fewer --threads or less text");
  }
}

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
  const auto work = [&] {
    for (std::uint32_t i = next++; i < count; i = next++) results[i] = run_one(task, i);
  };
  {
    std::vector<std::jthread> helpers;
    for (std::uint32_t i = 1; i < std::min(count, threads_); ++i) helpers.emplace_back(work);
    work();
  }
  for (Status& result : results) {
    if (!result.ok()) return std::move(result);
  }
  return {};
}

}  // namespace tercet::train
