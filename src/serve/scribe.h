// The person's store, and the one thread that reads and writes it: nobody who answers waits for a
// disk.
#ifndef TERCET_SERVE_SCRIBE_H_
#define TERCET_SERVE_SCRIBE_H_

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

#include "tercet/error.h"
#include "tercet/store.h"

namespace tercet::serve {

class Scribe {
 public:
  using Task = std::function<void(Store&)>;
  /// Whoever runs the server; called by the scribe's thread.
  using Operator = std::function<void(const std::string& message)>;

  /// Makes the store if there is none. Errors: those of Store::open().
  static Result<std::unique_ptr<Scribe>> open(
      const std::filesystem::path& path, Operator tell = [](const std::string&) {});
  /// Does first what it was asked to do.
  ~Scribe();
  Scribe(const Scribe&) = delete;
  Scribe& operator=(const Scribe&) = delete;

  /// One after the other, in the order of asking. Any thread.
  void ask(Task task);

  /// What people wrote cannot be stored: why, with nothing of it. Of a task.
  void complain(const Error& error) const { tell_(error.message); }

  const std::filesystem::path& path() const noexcept { return path_; }
  /// Grows when something was taken from the store or put into it that sessions do not know: they
  /// must be made anew.
  std::uint64_t edition() const noexcept { return edition_; }
  void begin_edition() noexcept { ++edition_; }

 private:
  Scribe(std::filesystem::path path, Store store, Operator tell);
  void work();

  std::filesystem::path path_;
  Store store_;
  Operator tell_;
  std::atomic<std::uint64_t> edition_ = 0;
  std::mutex mutex_;  // Of the two below.
  std::deque<Task> tasks_;
  bool ends_ = false;
  std::condition_variable changed_;
  std::thread thread_;
};

}  // namespace tercet::serve

#endif  // TERCET_SERVE_SCRIBE_H_
