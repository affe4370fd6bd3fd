// What a text is compared with: the same in disorder, random words, or a text made up.
#ifndef TERCET_API_LANE_CONTROLS_H_
#define TERCET_API_LANE_CONTROLS_H_

#include <cstddef>
#include <cstdint>
#include <random>
#include <span>
#include <vector>

#include "lanes/association_table.h"
#include "predict/lane_model.h"
#include "predict/mixture.h"
#include "tercet/model.h"

namespace tercet::api {

/// All is drawn by this and by no distribution of the standard library, whose libraries differ.
using Random = std::mt19937_64;

using Words = std::vector<WordId>;

/// The same sentences, or words, in random order; a sentence ends with kSentenceEnd, and these stay
/// where they are while words are shuffled.
Words shuffle_sentences(std::span<const WordId> words, Random& random);
Words shuffle_words(std::span<const WordId> words, Random& random);

/// The sentences of all documents, dealt out at random to as many of about the same lengths.
std::vector<Words> mix_sentences(std::span<const Words> documents, Random& random);

/// Draws words. Immutable; `model` must outlive it.
class WordDraw {
 public:
  explicit WordDraw(const predict::LaneModel& model);

  /// A word of a random class that is as frequent as this one; of its words, as often as they are
  /// used.
  WordId like(lanes::Class of, Random& random) const;

  /// How the text goes on: each word, or its sentence's end, as often as p says.
  WordId next(const predict::Mixture& mixture, Random& random) const;

 private:
  /// Words with their unigram probabilities, added up.
  struct Urn {
    std::vector<WordId> words;
    std::vector<double> sums;
    void add(WordId word, double probability);
    double sum() const noexcept { return sums.empty() ? 0 : sums.back(); }
    WordId draw(Random& random) const;
  };

  WordId of_model(const State& state, std::uint32_t length, Random& random) const;

  const predict::LaneModel& model_;
  Urn all_;                                       // That may stand in a text.
  std::vector<Urn> classes_;                      // Words of each class.
  std::vector<std::vector<lanes::Class>> bands_;  // Classes of each band that have words.
};

}  // namespace tercet::api

#endif  // TERCET_API_LANE_CONTROLS_H_
