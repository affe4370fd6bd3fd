// From a text that changes at its caret to words written and words taken back.
#ifndef TERCET_SESSION_WRITING_H_
#define TERCET_SESSION_WRITING_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "text/caret.h"
#include "text/tokenizer.h"

namespace tercet::session {

/// How a word came into the text.
enum class Origin : std::uint8_t {
  kTyped,   ///< Letter by letter, or picked.
  kPasted,  ///< All at once: part of the document, but not the person's writing.
};

/// What a client says of how a text changed.
enum class Change : std::uint8_t {
  kTyped,   ///< A key; more than a few words at once nobody types: those count as pasted.
  kPicked,  ///< A suggestion: however much it writes, the person meant it.
  kPasted,
};

/// Hears of finished words, in order. Views live for the call only.
class WritingListener {
 public:
  virtual ~WritingListener() = default;
  virtual void word_written(std::string_view surface, bool starts_sentence, Origin origin) = 0;
  virtual void sentence_ended() = 0;
  /// Undoes the latest word_written() or sentence_ended() that is not undone.
  virtual void taken_back() = 0;
  /// A word that was taken back has been deleted or replaced, rather than written on.
  virtual void struck(std::string_view surface) = 0;
  /// The caret is elsewhere, behind this text, and in it behind these words of a sentence (`whole`:
  /// from its beginning). What was written before is not taken back any more.
  virtual void moved(std::string_view text, std::span<const text::Token> context, bool whole) = 0;
};

/// The text around a caret. One thread; `listener` must outlive it.
class Writing {
 public:
  Writing(const text::Tokenizer& tokenizer, WritingListener& listener)
      : tokenizer_(tokenizer), listener_(listener) {}

  /// A document that is there already: its words are heard as pasted.
  void open(std::string_view before, std::string_view after);
  /// The text is now this. Both clean (see text::clean()).
  void update(std::string_view before, std::string_view after, Change change);
  /// The last `erase` bytes before the caret are now `insert`, clean.
  void edit(std::size_t erase, std::string_view insert, Change change);
  /// What was written so far cannot be taken back any more.
  void settle() {
    if (!events_.empty()) move();
  }

  const std::string& before() const noexcept { return before_; }
  /// The word begun before the caret, as written; a view into before().
  std::string_view typed() const noexcept {
    return std::string_view(before_).substr(before_.size() - typed_size_);
  }
  const std::string& after() const noexcept { return after_; }
  /// Whether the word begun goes on behind the caret.
  bool inside_word() const noexcept;
  /// The last finished word or sign written here; empty: none.
  std::string_view last_word() const noexcept;
  /// Whether that word, or the next one, is its sentence's first.
  bool at_sentence_start() const noexcept { return at_sentence_start_; }

 private:
  /// An event that can be taken back. A sentence's end has no surface.
  struct Event {
    std::size_t begin;
    std::size_t end;
    std::string surface;
    Origin origin;
    bool is_sentence_end() const noexcept { return surface.empty(); }
  };

  void begin_run();
  void move();
  void read(std::size_t unchanged, Change change);
  void mark_origins(std::size_t unchanged, Change change);
  Origin origin_at(std::size_t begin) const noexcept;
  void plan(std::size_t first);
  void take_back(std::size_t kept);
  void settle_reopened();

  text::Tokenizer tokenizer_;
  WritingListener& listener_;
  std::string before_;
  std::string after_;
  std::size_t run_begin_ = 0;  // In before_: what follows was written here and now.
  bool run_starts_sentence_ = true;
  std::size_t pasted_begin_ = 0;  // The latest paste: its last word may still go on.
  std::size_t pasted_end_ = 0;
  std::size_t typed_size_ = 0;
  bool at_sentence_start_ = true;
  std::vector<Event> events_;    // Of the run.
  std::vector<Event> reopened_;  // Words taken back of which it is not known yet what they become.
  std::vector<Event> planned_;   // Reused.
  text::CaretScratch scratch_;
};

}  // namespace tercet::session

#endif  // TERCET_SESSION_WRITING_H_
