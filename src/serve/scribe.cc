#include "serve/scribe.h"

#include <utility>

namespace tercet::serve {

Result<std::unique_ptr<Scribe>> Scribe::open(const std::filesystem::path& path, Operator tell) {
  auto store = Store::open(path, {.create = true});
  if (!store) return std::move(store).error();
  return std::unique_ptr<Scribe>(new Scribe(path, std::move(*store), std::move(tell)));
}

Scribe::Scribe(std::filesystem::path path, Store store, Operator tell)
    : path_(std::move(path)),
      store_(std::move(store)),
      tell_(std::move(tell)),
      thread_([this] { work(); }) {}

Scribe::~Scribe() {
  {
    const std::lock_guard lock(mutex_);
    ends_ = true;
  }
  changed_.notify_one();
  thread_.join();
}

void Scribe::ask(Task task) {
  {
    const std::lock_guard lock(mutex_);
    tasks_.push_back(std::move(task));
  }
  changed_.notify_one();
}

void Scribe::work() {
  for (;;) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return ends_ || !tasks_.empty(); });
    if (tasks_.empty()) return;
    const Task task = std::move(tasks_.front());
    tasks_.pop_front();
    lock.unlock();
    task(store_);
  }
}

}  // namespace tercet::serve
