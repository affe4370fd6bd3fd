// What every stage of a training shares: threads, memory, temporary files, progress, the stop sign.
#ifndef TERCET_TRAIN_CONTEXT_H_
#define TERCET_TRAIN_CONTEXT_H_

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <mutex>
#include <stop_token>
#include <string_view>

#include "os/memory.h"
#include "tercet/error.h"
#include "tercet/train.h"

namespace tercet::train {

/// Thread-safe. Outlives every stage.
class TrainContext {
 public:
  TrainContext(const TrainOptions& options, std::filesystem::path scratch, std::uint32_t threads);

  std::uint32_t threads() const noexcept { return threads_; }
  std::uint64_t memory() const noexcept { return memory_; }
  const std::filesystem::path& scratch() const noexcept { return scratch_; }
  bool stopped() const noexcept { return stop_.stop_requested(); }
  std::stop_token stop() const noexcept { return stop_; }

  /// A large array: in a file if it takes more than a third of the memory limit (the estimation
  /// holds two at once), else in memory.
  Result<os::Memory> allocate(std::size_t bytes) const;

  /// Starts a phase of `work` units; steps() of all threads add up to it.
  void begin_phase(std::string_view name, std::uint64_t work) const;
  void step(std::uint64_t units) const;

  /// Runs task(0), ..., task(count - 1), at most threads() at once, and returns the first error by
  /// index. Each task is one thread's work from start to end.
  Status run(std::uint32_t count, const std::function<Status(std::uint32_t)>& task) const;

 private:
  void report(double fraction) const;

  const std::function<void(const TrainProgress&)>& progress_;
  std::stop_token stop_;
  std::filesystem::path scratch_;
  std::uint32_t threads_;
  std::uint64_t memory_;
  mutable std::mutex mutex_;  // Guards phase_ and calls of progress_.
  mutable std::string_view phase_;
  mutable std::atomic<std::uint64_t> work_{1};
  mutable std::atomic<std::uint64_t> done_{0};
  mutable std::atomic<std::uint64_t> next_report_{0};
};

}  // namespace tercet::train

#endif  // TERCET_TRAIN_CONTEXT_H_
