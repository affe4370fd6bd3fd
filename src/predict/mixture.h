// The background model and what the person wrote, as one distribution.
//
//   p(w | h) = b p_model(w | h) + u p_person(w | h) + c p_recent(w)
//
// p_person interpolates the person's n-grams with absolute discounting down to the background model
// (Kneser and Ney 1995; the discount is that of a Pitman-Yor process, Teh 2006), p_recent weighs
// words by how lately they were written (Kuhn and De Mori 1990). The weights depend on how many
// words of the context the person has written before.
#ifndef TERCET_PREDICT_MIXTURE_H_
#define TERCET_PREDICT_MIXTURE_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "model/ngrams.h"
#include "predict/personal_ngrams.h"
#include "predict/top_k.h"
#include "tercet/model.h"

namespace tercet::predict {

/// By the length of the longest context that the person has written before. The background model
/// has the rest.
struct MixtureWeights {
  std::array<double, PersonalNgrams::kOrder> person;
  std::array<double, PersonalNgrams::kOrder> recent;
};

/// By expectation maximisation on the first 20 000 words of the English dev text, with the seed's
/// model; Russian gives nearly the same.
inline constexpr MixtureWeights kDefaultWeights{{0.07, 0.28, 0.31, 0.36, 0.47},
                                                {0.11, 0.02, 0.03, 0.04, 0.03}};

struct Weighed {
  double probability;
  WordId word;
  friend bool operator==(const Weighed&, const Weighed&) = default;
};

/// Which words may be listed. Ids from the model's vocabulary size on are the person's own words.
class MixtureFilter {
 public:
  virtual ~MixtureFilter() = default;
  virtual WordFilter background() const = 0;
  /// Whether a word of the person, of the model or not, may be listed.
  virtual bool allows(WordId word) const = 0;
};

/// One person's text in one place. One thread. `ngrams` must outlive it.
class Mixture {
 public:
  explicit Mixture(const model::Ngrams& ngrams, const MixtureWeights& weights = kDefaultWeights);

  /// The text goes on with `word`, which is learnt: an id of the model, a number from
  /// vocabulary_size() on for a word that the model does not know, or kSentenceEnd, after which a
  /// new sentence begins.
  void accept(WordId word);

  std::uint32_t vocabulary_size() const noexcept { return ngrams_.at(1).entries(); }

  /// Of the next word. Over all ids of the model and all words of the person it sums to 1.
  double probability(WordId word) const noexcept;

  /// The exact `count` most probable words that the filter lets pass, ties by id. The span is valid
  /// until the next call.
  std::span<const Weighed> top(const MixtureFilter& filter, std::size_t count);

 private:
  /// A context of the person's, ready for scoring: u(w) = scale x (count - discount).
  struct Level {
    const PersonalNgrams::Context* context;
    double scale;
    double rest;  ///< The most that the levels below can add.
  };

  void begin_sentence();
  void prepare();
  double background(WordId word) const noexcept;
  double score(WordId word, double background) const noexcept;
  bool visit_background(const MixtureFilter& filter, std::size_t wanted);
  void visit_level(const MixtureFilter& filter, const Level& level);
  void visit_words(const MixtureFilter& filter);
  void offer(WordId word, double background);
  /// Whether a word that has at most this from the person, and is not among the background's best,
  /// cannot enter the list.
  bool hopeless(double bound) const noexcept;

  const model::Ngrams& ngrams_;
  MixtureWeights weights_;
  PersonalNgrams person_;
  std::vector<WordId> history_;  // Of the sentence, the last kOrder - 1 words.
  State state_;

  // Made by prepare() from the above.
  std::array<Level, PersonalNgrams::kOrder - 1> levels_{};
  std::uint32_t level_count_ = 0;
  double background_scale_ = 1;
  double word_scale_ = 0;    // Of the person's word counts.
  double recent_scale_ = 0;  // Of their weights.

  TopK top_k_;
  std::vector<Weighed> best_;  // Sorted; at most count_.
  std::size_t count_ = 0;
  double frontier_ = 0;  // The most that a word not yet seen among the background's best can have.
};

}  // namespace tercet::predict

#endif  // TERCET_PREDICT_MIXTURE_H_
