// Somebody who writes in the prompt, and the store that remembers it.
#ifndef TERCET_APPS_CLI_PROMPT_LEARNER_H_
#define TERCET_APPS_CLI_PROMPT_LEARNER_H_

#include <filesystem>
#include <memory>
#include <optional>
#include <string_view>

#include "tercet/error.h"
#include "tercet/learning.h"

namespace tercet::cli {

/// Where the prompt learns unless told otherwise: $XDG_DATA_HOME/tercet/person.db, by default in
/// ~/.local/share. Makes the folders.
Result<std::filesystem::path> default_store();

/// A session that learns from a store and into it. It stays where it is, because its parts know of
/// each other.
class Learner {
 public:
  /// Makes the store if there is none.
  static Result<std::unique_ptr<Learner>> open(const Repertoire& repertoire,
                                               const SessionOptions& options,
                                               const std::filesystem::path& store);
  /// Learns for as long as it lives only.
  static std::unique_ptr<Learner> incognito(const Repertoire& repertoire,
                                            const SessionOptions& options);
  Learner(const Learner&) = delete;
  Learner& operator=(const Learner&) = delete;
  ~Learner() = default;

  Session& session() noexcept { return session_; }
  /// The text is finished: its last word, too, is written, and another text begins.
  void finish(std::string_view text);
  /// Not ok while the store refuses what was written.
  Status status() const;

 private:
  Learner(const Repertoire& repertoire, SessionOptions options, std::unique_ptr<Store> store);

  std::unique_ptr<Store> store_;  // None: incognito.
  std::optional<Recorder> recorder_;
  Session session_;
};

}  // namespace tercet::cli

#endif  // TERCET_APPS_CLI_PROMPT_LEARNER_H_
