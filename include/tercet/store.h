// The person's store: what they taught tercet, to be seen, forgotten, undone, exported and merged.
//
//   auto store = tercet::Store::open(path, {.create = true});
//   const auto lesson = store->begin_lesson("prompt", "en", now);
//   store->put_sentence(*lesson, 0, words, now);  // On the disk when it returns.
//
// It is a log of lessons as they were written; counts are derived from it. So what is left after
// forgetting is as if the forgotten had never been learnt. docs/LEARNING.md tells the rest.
#ifndef TERCET_STORE_H_
#define TERCET_STORE_H_

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "tercet/error.h"
#include "tercet/session.h"

namespace tercet {

struct StoreOptions {
  bool create = false;     ///< Make the file if there is none; only its owner may read it.
  bool read_only = false;  ///< Everything that writes fails.
};

/// One act of learning: a sentence as it is typed, a file, a page. It is forgotten and undone as a
/// whole, and is as old as its beginning whenever its sentences are put.
struct Lesson {
  std::int64_t stamp = 0;  ///< With the nonce, its name in this store and all merged ones.
  std::int64_t nonce = 0;
  std::int64_t time = 0;
  std::string source;
  std::string language;
};

/// What a sentence shows to those who learn from it.
struct LearntSentence {
  std::span<const std::string_view> words;  ///< As written. Empty: a gap, no n-gram spans it.
  std::int64_t time;                        ///< When its lesson began.
  std::string_view source;
  std::string_view language;
};

/// The views live for the call only.
class SentenceVisitor {
 public:
  virtual ~SentenceVisitor() = default;
  virtual void sentence(const LearntSentence& sentence) = 0;
};

/// Against a word, counted over all merged devices.
struct Evidence {
  std::string word;
  std::int64_t struck = 0;   ///< Typed, then deleted.
  std::int64_t ignored = 0;  ///< Offered and passed over.
};

/// What the person says about one word; it overrides the lists of words that tercet ships.
struct Block {
  std::string word;
  std::string language;  ///< Empty: all languages.
  Blocking meaning;
};

/// How many of each can be seen; what is forgotten or undone does not count.
struct StoreStats {
  std::int64_t lessons = 0;
  std::int64_t sentences = 0;
  std::int64_t words = 0;
};

struct ExportReport {
  std::int64_t records = 0;
  std::int64_t damaged = 0;  ///< Left out, because their checksum is wrong.
  bool incomplete = false;   ///< Others were there and cannot be found any more.
};

/// One SQLite file. Every time is Unix milliseconds; `now` is the caller's clock. What a writing
/// function wrote is on the disk when it returns without an error, and nothing of it is in the
/// store otherwise. Movable. One thread per object; any number of objects and processes per file.
/// Errors: kIo (missing, read-only, locked for 10 seconds, full disk), kCorrupt, kUnsupported (a
/// newer version's file), kInvalidArgument; each names the file and the remedy.
class Store {
 public:
  static Result<Store> open(const std::filesystem::path& path, const StoreOptions& options = {});
  Store(Store&&) noexcept;
  Store& operator=(Store&&) noexcept;
  ~Store();

  /// Names a new lesson; nothing is written before its first sentence.
  Result<Lesson> begin_lesson(std::string source, std::string language, std::int64_t now);
  /// Writes or rewrites one sentence. A word is UTF-8 without spaces and control characters; an
  /// empty one is a gap.
  Status put_sentence(const Lesson& lesson, std::int64_t place,
                      std::span<const std::string_view> words);
  /// Many new sentences in one transaction: all that `fill` puts, or none if it or a put fails.
  using Put = std::function<Status(std::span<const std::string_view> words)>;
  Status learn(const Lesson& lesson, const std::function<Status(const Put& put)>& fill);

  /// On top of what was counted; all of it in one transaction, or nothing.
  Status add_evidence(const std::vector<Evidence>& more, std::int64_t now);
  Status set_block(const Block& block, std::int64_t now);

  /// All sentences that are not forgotten or undone, in the order in which their lessons began.
  Status visit(SentenceVisitor& visitor) const;
  /// By word.
  Result<std::vector<Evidence>> evidence() const;
  Result<std::vector<Block>> blocks() const;
  /// Those of `words` that a forgetting which is not undone holds for, whatever was learnt since.
  Result<std::vector<std::string_view>> forgotten(std::span<const std::string_view> words) const;
  Result<StoreStats> stats() const;

  /// Forgetting holds for everything learnt so far, and for what other devices had learnt by then
  /// once they are merged. It can be undone unless it is `for_good`, which is purge() for this
  /// only. Returns how many words are gone. Spellings that differ in case are one word.
  Result<std::int64_t> forget_word(std::string_view word, std::int64_t now, bool for_good = false);
  Result<std::int64_t> forget_source(std::string_view source, std::int64_t now,
                                     bool for_good = false);
  /// Lessons that began in [begin, end).
  Result<std::int64_t> forget_between(std::int64_t begin, std::int64_t end, std::int64_t now,
                                      bool for_good = false);
  /// Takes back the newest lesson or forgetting that is not undone yet; says which, for a person.
  Result<std::optional<std::string>> undo();
  /// Removes all that is forgotten or undone from the file, physically. There is no way back.
  Status purge();

  /// Everything, as lines of text. What cannot be read is left out and reported.
  Result<ExportReport> export_text(const std::function<Status(std::string_view)>& write) const;
  /// Merges an export into this store; all of it or nothing. `name` is for errors.
  Status import_text(std::string_view text, std::string_view name);
  /// Merges another store into this one. In whatever order devices are merged, they become equal.
  Status merge(const std::filesystem::path& other);

 private:
  struct Impl;
  explicit Store(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace tercet

#endif  // TERCET_STORE_H_
