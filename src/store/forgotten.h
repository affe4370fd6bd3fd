// What the statements of a store hide.
#ifndef TERCET_STORE_FORGOTTEN_H_
#define TERCET_STORE_FORGOTTEN_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "store/database.h"
#include "store/records.h"
#include "tercet/error.h"

namespace tercet::store {

/// Two spellings are one word to the store if they have one key. The rules of Russian hold for all
/// languages: they only add that ё is е and that stress marks do not count, and so a word need not
/// say of which language it is.
std::string key_of(std::string_view word);

/// What remains of a text that was forgotten for good: BLAKE2b, so that the text cannot be computed
/// from it (from a checksum of a short text it can), only guessed and confirmed.
std::string hash_of(std::string_view text);

/// From now on nothing can bring back what the statement says.
void make_final(StatementRecord& statement);

/// Collects statements and says what they hide. A lesson is as old as its beginning: what is put
/// into it afterwards does not escape a statement that was made in between.
class Forgotten {
 public:
  enum class Which : std::uint8_t {
    kAll,      ///< All that hold now.
    kForGood,  ///< Those that were purged.
  };
  /// Call within the transaction that reads what they hide.
  static Result<Forgotten> read(Database& database, Which which);

  bool hides(const LessonRecord& lesson) const;
  bool hides(const EvidenceRecord& evidence);
  /// Whether the statement is about a word or a source that is forgotten.
  bool hides_target(const StatementRecord& statement);
  /// `word` as written, in a lesson of this stamp.
  bool hides_word(std::int64_t stamp, std::string_view word);
  /// The words of a sentence with a gap in place of each hidden one.
  std::string redact(const SentenceRecord& sentence);

 private:
  struct Times {
    std::int64_t begin;
    std::int64_t end;
    std::int64_t stamp;
  };
  /// Keys, names or hashes of them -> the stamp up to which they are forgotten.
  using Targets = std::unordered_map<std::string, std::int64_t>;

  void add(const StatementRecord& statement);
  static std::int64_t until(const Targets& targets, const std::string& text, bool hashed);
  bool hides_time(std::int64_t time, std::int64_t stamp) const noexcept;

  std::vector<Times> times_;
  Targets sources_;
  Targets words_;
  bool hashed_sources_ = false;  // Some of them are hashes.
  bool hashed_words_ = false;
  Targets seen_;  // Words as written: each is folded and hashed once.
};

}  // namespace tercet::store

#endif  // TERCET_STORE_FORGOTTEN_H_
