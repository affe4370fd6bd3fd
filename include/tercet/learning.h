// A session that learns for good: what it takes from a store, and what it puts there.
#ifndef TERCET_LEARNING_H_
#define TERCET_LEARNING_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "tercet/error.h"
#include "tercet/session.h"
#include "tercet/store.h"

namespace tercet {

/// Gives a session, before anything is written in it, all that the store shows: sentences,
/// evidence, blocks. After an error it has what could be read.
Status remember(const Store& store, Session& session);

/// Before Session::open(), of the text before its caret and of that behind it: forgotten words that
/// stand there are the text's, and the session is not to offer them for that; it does once they are
/// written anew. Words of a model are offered like its others.
Status disregard_forgotten(const Store& store, std::string_view text, Session& session);

/// Writes what one session tells it into a store that outlives it, each sentence as a lesson of its
/// own. What cannot be written waits; with what comes 10 seconds later, and at last by the
/// destructor, it is tried again. `clock`: Unix milliseconds. One thread.
class Recorder final : public SessionObserver {
 public:
  Recorder(Store& store, std::string source, std::function<std::int64_t()> clock);
  ~Recorder() override;

  void sentence(std::uint64_t number, std::string_view language,
                std::span<const std::string_view> words) override;
  void doubt(std::string_view word, bool struck) override;
  /// Many at once: a commit for each would take seconds where much is deleted.
  void doubts(const std::vector<Evidence>& more);

  /// Not ok as long as something waits: why.
  const Status& status() const noexcept;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace tercet

#endif  // TERCET_LEARNING_H_
