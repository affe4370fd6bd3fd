// Help for tests: a page that writes over a socket which no network carries.
#ifndef TERCET_SERVE_SOCKET_TESTING_H_
#define TERCET_SERVE_SOCKET_TESTING_H_

#include <gtest/gtest.h>

#include <chrono>
#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>

#include "http/message.h"
#include "json/value.h"
#include "serve/testing.h"

namespace tercet::serve::testing {

/// Keeps what is sent; runs what is posted when it is told to.
class TestSocket final : public http::Socket {
 public:
  void send(std::string text) override {
    const std::lock_guard lock(mutex_);
    if (!closed_) sent_.push_back(std::move(text));
    changed_.notify_all();
  }
  void close() override {
    const std::lock_guard lock(mutex_);
    closed_ = true;
    tasks_.clear();
  }
  void post(std::function<void()> task) override {
    const std::lock_guard lock(mutex_);
    if (!closed_) tasks_.push_back(std::move(task));
    changed_.notify_all();
  }

  bool is_closed() const {
    const std::lock_guard lock(mutex_);
    return closed_;
  }
  std::size_t posted() const {
    const std::lock_guard lock(mutex_);
    return tasks_.size();
  }
  /// All that was sent and not taken yet.
  std::deque<std::string> take_all() {
    const std::lock_guard lock(mutex_);
    return std::exchange(sent_, {});
  }
  /// The first message of this type that was sent and not taken yet; runs what is posted meanwhile.
  /// Null if none comes within ten seconds.
  json::Value take(std::string_view type) {
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(10);
    std::unique_lock lock(mutex_);
    for (;;) {
      while (!tasks_.empty()) {
        const std::function<void()> task = std::move(tasks_.front());
        tasks_.pop_front();
        lock.unlock();
        task();
        lock.lock();
      }
      for (auto at = sent_.begin(); at != sent_.end(); ++at) {
        json::Value message = parsed(*at);
        if (text_of(message, "type") != type) continue;
        sent_.erase(at);
        return message;
      }
      if (changed_.wait_until(lock, end) == std::cv_status::timeout) break;
    }
    ADD_FAILURE() << "no message of type " << type;
    return json::Value();
  }

 private:
  mutable std::mutex mutex_;  // Of all below.
  std::condition_variable changed_;
  std::deque<std::string> sent_;
  std::deque<std::function<void()>> tasks_;
  bool closed_ = false;
};

}  // namespace tercet::serve::testing

#endif  // TERCET_SERVE_SOCKET_TESTING_H_
