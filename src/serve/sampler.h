// Drawing the next token.
#ifndef TERCET_SERVE_SAMPLER_H_
#define TERCET_SERVE_SAMPLER_H_

#include <cstddef>
#include <cstdint>
#include <random>
#include <string_view>
#include <utility>
#include <vector>

#include "serve/models.h"
#include "serve/tokens.h"
#include "tercet/model.h"

namespace tercet::serve {

/// Words less probable than this many others are never drawn, whatever the options say.
inline constexpr std::size_t kMostCandidates = 256;

struct SamplingOptions {
  double temperature = 1;      ///< 0: always the most probable token.
  double top_p = 1;            ///< Draw from the fewest tokens that have this much together.
  double min_p = 0;            ///< Only from those at least this times as probable as the first.
  std::size_t top_k = 0;       ///< Only from the best so many; 0: from kMostCandidates.
  double repetition = 1;       ///< Multiplies the log-probability of a token drawn before,
  double presence = 0;         ///< is taken from it once,
  double frequency = 0;        ///< or for each time.
  std::size_t penalised = 64;  ///< How many of the latest tokens count as drawn before.
  /// Added to natural log-probabilities. -100 and less forbids the token.
  std::vector<std::pair<WordId, double>> bias;
  std::uint64_t seed = 0;
};

/// A token and its natural log-probability as the model has it.
struct Choice {
  WordId word = kUnknown;
  double log_probability = 0;
};

/// A gap to be filled with a token.
struct Gap {
  State state;
  bool sentence_start = true;
  std::string_view folded;           ///< What the token begins with, as the vocabulary spells it.
  const Speller* speller = nullptr;  ///< Which tokens fit; null: all.
};

/// The model's most probable tokens, best first. If any may come, `<unk>` and `</s>` too.
std::vector<Choice> best_tokens(const ServedModel& model, const Gap& gap, std::size_t count,
                                Scratch& scratch);
/// Natural, and never less than -1000: JSON has no infinity.
double log_probability(const Score& score) noexcept;

/// Draws words, signs and `</s>`, never `<unk>`. The same seed draws the same. One thread.
class Sampler {
 public:
  Sampler(ServedModel model, SamplingOptions options);

  /// Not the end of a sentence that has not begun, nor what does not fit. Notes what it has drawn.
  /// False: there is none.
  bool draw(const Gap& gap, Choice& choice);

 private:
  struct Candidate : Choice {
    double weight = 0;  ///< Log-probability with bias and penalties.
  };
  void gather(const Gap& gap);
  void add(const Gap& gap, Choice choice);
  double adjusted(const Choice& choice) const;
  double bias_of(WordId word) const;
  const Candidate& pick();
  std::size_t count_of(WordId word) const;
  std::size_t wanted(const Gap& gap) const;

  ServedModel model_;
  SamplingOptions options_;
  std::mt19937_64 random_;
  Scratch scratch_;
  std::vector<WordId> drawn_;
  std::vector<Candidate> candidates_;
};

}  // namespace tercet::serve

#endif  // TERCET_SERVE_SAMPLER_H_
