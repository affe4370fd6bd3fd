// The records of a store, and how two versions of one are merged.
//
// Everything that a store knows is in its records; counts are derived from them. A record is
// identified by its key, and two stores merge by joining the records of equal key. Every join takes
// the greatest in some order, so it is commutative, associative and idempotent, and devices that
// have seen the same records hold the same (Shapiro et al. 2011, conflict-free replicated data
// types).
#ifndef TERCET_STORE_RECORDS_H_
#define TERCET_STORE_RECORDS_H_

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>
#include <tuple>
#include <variant>

#include "tercet/error.h"

namespace tercet::store {

/// Names a lesson, a statement or a piece of evidence. The stamp is the time in Unix milliseconds,
/// but greater than all that its store had seen when it was made (a hybrid logical clock, Kulkarni
/// et al. 2014): the order of stamps agrees with cause and effect even where clocks do not. The
/// nonce is random, so that not even two copies of one store ever name two things alike.
struct ActId {
  std::int64_t stamp = 0;
  std::int64_t nonce = 0;
  friend auto operator<=>(const ActId&, const ActId&) = default;
};

/// One act of learning.
struct LessonRecord {
  static constexpr const char* kTable = "lesson";
  static constexpr const char* kColumns = "stamp, nonce, time, undone, for_good, language, source";
  static constexpr int kKeys = 2;

  ActId id = {};
  std::int64_t time = 0;  ///< Unix milliseconds, as the caller's clock had it.
  bool undone = false;
  bool for_good = false;  ///< Undone and purged: nothing but the key remains.
  std::string language;
  std::string source;

  static auto fields(auto& r) {
    return std::tie(r.id.stamp, r.id.nonce, r.time, r.undone, r.for_good, r.language, r.source);
  }
};

/// One sentence of a lesson.
struct SentenceRecord {
  static constexpr const char* kTable = "sentence";
  static constexpr const char* kColumns = "stamp, nonce, place, revision, words";
  static constexpr int kKeys = 3;

  ActId lesson = {};
  std::int64_t place = 0;     ///< In its lesson, from 0.
  std::int64_t revision = 1;  ///< How often it was written: a sentence grows while it is typed.
  std::string words;          ///< One space between two words; a gap is an empty word.

  static auto fields(auto& r) {
    return std::tie(r.lesson.stamp, r.lesson.nonce, r.place, r.revision, r.words);
  }
};

/// "Forget this, as far as it was learnt before."
struct StatementRecord {
  static constexpr const char* kTable = "statement";
  static constexpr const char* kColumns =
      "stamp, nonce, time, undone, for_good, kind, begin, \"end\", target";
  static constexpr int kKeys = 2;
  static constexpr std::string_view kWord = "word";
  static constexpr std::string_view kSource = "source";
  static constexpr std::string_view kTimes = "times";

  ActId id = {};
  std::int64_t time = 0;
  bool undone = false;
  bool for_good = false;   ///< Purged: holds even if it is undone elsewhere.
  std::string kind;        ///< One of the three.
  std::int64_t begin = 0;  ///< kTimes: lessons of [begin, end).
  std::int64_t end = 0;
  std::string target;  ///< The word's key or the source's name; for good, the hash of it.

  static auto fields(auto& r) {
    return std::tie(r.id.stamp, r.id.nonce, r.time, r.undone, r.for_good, r.kind, r.begin, r.end,
                    r.target);
  }
};

/// What happened to one word, counted by one program within one hour.
struct EvidenceRecord {
  static constexpr const char* kTable = "evidence";
  static constexpr const char* kColumns = "stamp, nonce, time, struck, ignored, word";
  static constexpr int kKeys = 2;

  ActId id = {};
  std::int64_t time = 0;
  std::int64_t struck = 0;
  std::int64_t ignored = 0;
  std::string word;

  static auto fields(auto& r) {
    return std::tie(r.id.stamp, r.id.nonce, r.time, r.struck, r.ignored, r.word);
  }
};

/// An entry of the person's block list.
struct BlockRecord {
  static constexpr const char* kTable = "block";
  static constexpr const char* kColumns = "word, language, stamp, meaning";
  static constexpr int kKeys = 2;

  std::string word;
  std::string language;
  std::int64_t stamp = 0;  ///< The last one to write wins.
  std::string meaning;     ///< "suggest", "complete" or "allow".

  static auto fields(auto& r) { return std::tie(r.word, r.language, r.stamp, r.meaning); }
};

void join(LessonRecord& into, const LessonRecord& other);
void join(SentenceRecord& into, const SentenceRecord& other);
void join(StatementRecord& into, const StatementRecord& other);
void join(EvidenceRecord& into, const EvidenceRecord& other);
void join(BlockRecord& into, const BlockRecord& other);

/// The greatest stamp in a record.
std::int64_t stamp_of(const LessonRecord& record) noexcept;
std::int64_t stamp_of(const SentenceRecord& record) noexcept;
std::int64_t stamp_of(const StatementRecord& record) noexcept;
std::int64_t stamp_of(const EvidenceRecord& record) noexcept;
std::int64_t stamp_of(const BlockRecord& record) noexcept;

using Record =
    std::variant<LessonRecord, SentenceRecord, StatementRecord, EvidenceRecord, BlockRecord>;

/// The record as a line of an export (docs/LEARNING.md), without '\n'. Also what is checksummed.
template <class R>
std::string line_of(const R& record);

/// The record that the line stands for. The error says what is wrong with it.
Result<Record> parse_line(std::string_view line);

/// What makes these values no record; empty if nothing does.
std::string problem_with(const Record& record);

/// Valid UTF-8 without spaces and control characters; "" stands for a gap.
bool is_word(std::string_view text) noexcept;

/// Calls `word(std::string_view)` for each word of SentenceRecord::words.
template <class Word>
void for_each_word(std::string_view words, Word&& word) {
  for (;;) {
    const std::size_t end = words.find(' ');
    word(words.substr(0, end));
    if (end == std::string_view::npos) return;
    words.remove_prefix(end + 1);
  }
}

inline constexpr std::int64_t kLatestTime = 253'402'300'799'999;  // The end of the year 9999.
inline constexpr std::int64_t kLastStamp = std::int64_t{1} << 62U;
inline constexpr std::int64_t kMostCounted = std::int64_t{1} << 32U;  // Sums stay in range.

}  // namespace tercet::store

#endif  // TERCET_STORE_RECORDS_H_
