// What a person has written, in every voice, and what is told of it to the observer.
#ifndef TERCET_SESSION_MEMORY_H_
#define TERCET_SESSION_MEMORY_H_

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "session/language_filter.h"
#include "session/voice.h"
#include "session/writing.h"
#include "tercet/session.h"

namespace tercet::session {

/// Teaches the voices, follows the language, keeps the sentences at hand. One thread.
class Memory final : public WritingListener {
 public:
  /// `observer` may be null.
  Memory(std::span<const std::shared_ptr<const Lexicon>> lexicons, const VoiceOptions& options,
         SessionObserver* observer);

  void remember(std::span<const std::string_view> sentence);
  void remember_doubts(std::string_view word, const Doubt& doubt);
  /// `language`: of the voices that it holds for; empty: all.
  void block(std::string_view word, Blocking blocking, std::string_view language);

  /// Follows the lanes from now on; `text`: what stands before the word begun.
  void follow_lanes(std::string_view text);
  /// The word or sign so many places back, 1 the last one; empty beyond what lanes reach.
  std::string_view word_back(std::size_t back) const noexcept {
    return back == 0 || back > text_.size() ? std::string_view() : text_[text_.size() - back];
  }

  std::vector<Voice>& voices() noexcept { return voices_; }
  /// How probable each voice is for the next word.
  std::span<const double> languages() const noexcept { return filter_.next(); }
  /// The likeliest.
  std::size_t language() const noexcept;

  /// A word of the person's own was listed while another was written.
  void ignored(std::string_view word);
  /// Tells the observer which sentences have changed.
  void report();

  void word_written(std::string_view surface, bool starts_sentence, Origin origin) override;
  void sentence_ended() override;
  void taken_back() override;
  void struck(std::string_view surface) override;
  void moved(std::string_view text, std::span<const text::Token> context, bool whole) override;

 private:
  struct Sentence {
    std::vector<std::string> words;  ///< As the observer hears them.
    bool changed = false;
  };

  std::vector<Voice> voices_;
  LanguageFilter filter_;
  SessionObserver* observer_;
  std::vector<Sentence> sentences_;  // Of the run; never empty.
  std::uint64_t first_number_ = 0;   // Of the run's first sentence.
  std::size_t told_ = 0;             // Sentences of the run that the observer knows of.
  bool follows_lanes_ = false;
  std::vector<std::string> text_;  // The latest words and signs, for them.
  std::vector<WordId> ids_;        // Of a word, in each voice.
  std::vector<double> probabilities_;
};

}  // namespace tercet::session

#endif  // TERCET_SESSION_MEMORY_H_
