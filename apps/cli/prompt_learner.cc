#include "prompt_learner.h"

#include <fmt/format.h>

#include <string>
#include <system_error>
#include <utility>

#include "core/error.h"
#include "folders.h"
#include "times.h"

namespace tercet::cli {
Result<std::filesystem::path> default_store() {
  const std::filesystem::path folder = data_folder();
  if (folder.empty())
    return core::invalid_argument("HOME does not say where to keep what is learnt; --store does");
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (error)
    return core::io_error(fmt::format(
        "{}: {}; --store names another place to keep what is learnt, --incognito keeps nothing",
        folder.native(), error.message()));
  return folder / "person.db";
}

Result<std::unique_ptr<Learner>> Learner::open(const Repertoire& repertoire,
                                               const SessionOptions& options,
                                               const std::filesystem::path& store) {
  auto opened = Store::open(store, {.create = true});
  if (!opened) return std::move(opened).error();
  std::unique_ptr<Learner> learner(
      new Learner(repertoire, options, std::make_unique<Store>(std::move(*opened))));
  TERCET_TRY(remember(*learner->store_, learner->session_));
  return learner;
}

std::unique_ptr<Learner> Learner::incognito(const Repertoire& repertoire,
                                            const SessionOptions& options) {
  return std::unique_ptr<Learner>(new Learner(repertoire, options, nullptr));
}

Learner::Learner(const Repertoire& repertoire, SessionOptions options, std::unique_ptr<Store> store)
    : store_(std::move(store)), session_([&] {
        if (store_) options.observer = &recorder_.emplace(*store_, "prompt", now);
        return Session(repertoire, options);
      }()) {}

void Learner::finish(std::string_view text) {
  session_.update(text);
  session_.update(std::string(text) + '\n');
  session_.open({});
}

Status Learner::status() const { return recorder_ ? recorder_->status() : Status{}; }

}  // namespace tercet::cli
