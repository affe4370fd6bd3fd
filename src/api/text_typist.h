// The simulated person of docs/METRIC.md who writes a text as it stands, through a Session.
#ifndef TERCET_API_TEXT_TYPIST_H_
#define TERCET_API_TEXT_TYPIST_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "measure/automatic_space.h"
#include "measure/text_tally.h"
#include "tercet/session.h"
#include "text/language.h"
#include "text/tokenizer.h"

namespace tercet::api {

/// A word where it stands in a text.
struct PlacedWord {
  std::size_t begin;
  std::size_t end;
  std::size_t sentence;  ///< Which of the text's it belongs to.
};

/// Words (tokens that begin with a letter or a digit) of a clean text.
std::vector<PlacedWord> find_words(std::string_view text, const text::Language& language);

/// Writes one text in one session. One thread; the arguments must outlive it.
class TextTypist {
 public:
  /// `text`: clean; all of it is written. `microseconds`: what each list took is added to it.
  TextTypist(Session& session, std::string_view text, std::span<const PlacedWord> words,
             const text::Language& language, std::vector<float>& microseconds);

  /// Tries at every so manyth word what initials find; 0: at none. It changes no other figure.
  void try_initials(std::uint64_t every,
                    std::span<measure::InitialsCounts, measure::kInitialsWords.size()> counts);

  /// Afterwards the session has written the text, letter for letter.
  void write();

  const measure::KeyCounts& keys() const noexcept { return keys_; }
  const measure::PhraseCounts& phrases() const noexcept { return phrases_; }

 private:
  const std::string& written() const noexcept { return session_.text_before(); }
  std::string_view wanted_from(std::size_t begin) const { return text_.substr(begin); }

  std::size_t place() const;
  void write_to(std::size_t end);
  std::size_t write_word(std::size_t word);
  Offers look();
  std::size_t take_phrase(const Offers& offers, std::size_t word);
  bool take_word(const Offers& offers, std::size_t word);
  bool pays(std::size_t first, std::size_t last, std::size_t picks, const Offers& offers);
  bool pays_with_mending(std::string_view offer, std::string_view wanted) const;
  std::size_t words_right(std::string_view phrase, std::size_t begin, std::size_t word) const;
  void type(KeyUse use);
  void erase_to(std::size_t size);
  void mend();
  void seek(std::size_t word);

  Session& session_;
  const std::string_view text_;
  const std::span<const PlacedWord> words_;
  const text::Language& language_;
  std::vector<float>& microseconds_;
  measure::SpaceForesight foresight_;
  measure::KeyCounts keys_;
  measure::PhraseCounts phrases_;
  std::uint64_t initials_every_ = 0;
  std::span<measure::InitialsCounts> initials_;
  bool automatic_ = false;  // The last space was written by a pick, or moved by a sign.
  bool respelled_ = false;  // The word at hand was listed, but with other capitals.
  std::string folded_;
  std::string folded_offer_;
};

}  // namespace tercet::api

#endif  // TERCET_API_TEXT_TYPIST_H_
