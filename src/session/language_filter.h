// Which language is being written, heard from the words.
#ifndef TERCET_SESSION_LANGUAGE_FILTER_H_
#define TERCET_SESSION_LANGUAGE_FILTER_H_

#include <cstddef>
#include <span>
#include <vector>

namespace tercet::session {

/// The forward probabilities of a hidden Markov model (Rabiner 1989) whose states are the languages
/// and whose emissions are their models' word probabilities. One thread.
class LanguageFilter {
 public:
  explicit LanguageFilter(std::size_t languages);

  /// A word was written, which the languages give these probabilities.
  void hear(std::span<const double> probabilities);
  /// Takes back the latest hear().
  void take_back();
  /// What was heard cannot be taken back any more.
  void settle();

  /// How probable each language is for the next word; sums to 1.
  std::span<const double> next() const noexcept { return next_; }

 private:
  void look_ahead();

  std::vector<double> heard_;  // Of the last word: one number for each language.
  std::vector<double> next_;
  std::vector<double> before_;  // Earlier values of heard_, one after the other.
};

}  // namespace tercet::session

#endif  // TERCET_SESSION_LANGUAGE_FILTER_H_
