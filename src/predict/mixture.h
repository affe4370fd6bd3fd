// The background model and what the person wrote, as one distribution.
//
//   p_1(w | h) = (1 - v) p_model(w | h) + v p_person(w | h)
//   p_2(w | h) = (1 - u - c) p_1(w | h) + u p_document(w | h) + c p_recent(w)
//   p_3(w | h) = (1 - x) p_2(w | h) + x [w is how a verbatim repeat goes on]
//
// p_person and p_document interpolate n-grams with absolute discounting (Kneser and Ney 1995; the
// discount is that of a Pitman-Yor process, Teh 2006), down to the model and to p_1. p_recent
// weighs words by how lately they were written (Kuhn and De Mori 1990). The weights v, u, c depend
// on how many words of the context were written before and on how many the model has, x on the
// length of the repeat.
#ifndef TERCET_PREDICT_MIXTURE_H_
#define TERCET_PREDICT_MIXTURE_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "model/ngrams.h"
#include "predict/mixture_weights.h"
#include "predict/personal_ngrams.h"
#include "predict/repeats.h"
#include "predict/top_k.h"
#include "tercet/model.h"

namespace tercet::predict {

struct Weighed {
  double probability;
  WordId word;
  friend bool operator==(const Weighed&, const Weighed&) = default;
};

/// The order of lists: ties by id.
inline bool better(const Weighed& a, const Weighed& b) noexcept {
  return a.probability != b.probability ? a.probability > b.probability : a.word < b.word;
}

/// Which words may be listed. Ids from the model's vocabulary size on are the person's own words.
class MixtureFilter {
 public:
  virtual ~MixtureFilter() = default;
  virtual WordFilter background() const = 0;
  /// Whether a word of the person, of the model or not, may be listed.
  virtual bool allows(WordId word) const = 0;
  /// If it is known: all of the person's own words that may be listed. nullptr: ask allows().
  virtual const std::vector<WordId>* own_words() const { return nullptr; }
};

/// In a remembered sentence: words that are not to be known stood here. No n-gram spans it.
inline constexpr WordId kGap = 0xFFFF'FFFF;

struct MixtureOptions {
  Weights weights = kDefaultWeights;
  /// The weights go on learning while the person writes; the given ones count like so many words in
  /// each bucket. 0: they stay as they are.
  double adaptation_strength = 50;
};

/// One person's text in one place. One thread. `ngrams` must outlive it. Word ids are those of the
/// model, numbers from vocabulary_size() on for words that it does not know, and kSentenceEnd,
/// after which a new sentence begins.
class Mixture {
 public:
  explicit Mixture(const model::Ngrams& ngrams, const MixtureOptions& options = {});

  /// A sentence, without its end, that the person wrote elsewhere. kGap may stand in it. What was
  /// accepted before cannot be retracted afterwards.
  void remember(std::span<const WordId> sentence);

  /// The caret goes elsewhere: behind the words `context` of a sentence, to its beginning if that
  /// is `whole`. Nothing is learnt, and what was accepted before cannot be retracted afterwards.
  void move_to(std::span<const WordId> context, bool whole);

  /// The text goes on with `word`, which is learnt.
  void accept(WordId word);
  /// Takes back the latest accept(), of which there must be one.
  void retract();
  /// How many words can be retracted, sentence ends included.
  std::size_t accepted() const noexcept { return before_.size(); }

  std::uint32_t vocabulary_size() const noexcept { return ngrams_.at(1).entries(); }
  const PersonalWords& words() const noexcept { return person_.words(); }

  /// What a word follows, within its sentence.
  struct Context {
    WordHistory history;  ///< With the sentence's beginning.
    State state;
  };

  /// A place in the text, ready for predictions; valid until the next change of the mixture. What
  /// it holds is the mixture's own business.
  struct Place {
    /// A context of the person's: a word's share is the sum over layers of scale x (count -
    /// discount).
    struct Level {
      const PersonalNgrams::Context* context;
      std::uint32_t length;  ///< Words of the context.
      std::array<double, kLayers> scale;
      double most;  ///< That it, and what comes after it, can add.
      double rest;  ///< The most that what comes after it can add.
    };
    Context context;
    Repeats::Match match;

    // Made by prepare() from the above.
    WeightBuckets buckets;
    std::array<Level, PersonalNgrams::kOrder - 1> levels{};
    std::uint32_t level_count = 0;
    double lower_mass = 1;  // Of p_1; what is above it has the rest.
    double background_scale = 1;
    std::array<double, kLayers> word_scale{};  // Of the person's word counts.
    double recent_scale = 0;                   // Of their weights.
    double repeat_scale = 0;
    WordId repeated = kGap;
  };

  /// The text's end.
  const Place& place() const noexcept { return place_; }
  /// Where the text would be if it went on with `word`.
  Place after(const Place& place, WordId word) const;

  /// Of the next word. Over all ids of the model and all words of the person it sums to 1.
  double probability(const Place& place, WordId word) const noexcept;
  double probability(WordId word) const noexcept { return probability(place_, word); }
  /// What of it is not the model's; the rest is place.background_scale times what the model says.
  double personal(const Place& place, WordId word) const noexcept;
  /// The same of one of words(), which is faster.
  double personal(const Place& place, const PersonalWords::Entry& entry) const noexcept;
  /// Fetches into the cache what expect() reads.
  void prefetch(WordId word) const noexcept { ngrams_.prefetch(place_.context.state, known(word)); }
  /// What the model alone says of the word that is about to be accepted, to the model kUnknown if
  /// it is the person's own: accept() does not ask again.
  double expect(WordId word);

  /// Words of the longest n-gram, of the model or of the person, that the next word would end.
  std::uint32_t order(WordId word) const noexcept;

  /// Whether the person has written `word` behind the last word before, or it goes on with a
  /// repeat.
  bool has_followed(WordId word) const noexcept;
  /// How often the person has, as far as that is kept.
  std::uint32_t times_written(WordId word) const noexcept;

  /// The exact `count` most probable words that the filter lets pass and that are at least so
  /// probable, ties by id; no impossible ones. The span is valid until the next call.
  std::span<const Weighed> top(const Place& place, const MixtureFilter& filter, std::size_t count,
                               double at_least = 0);
  std::span<const Weighed> top(const MixtureFilter& filter, std::size_t count,
                               double at_least = 0) {
    return top(place_, filter, count, at_least);
  }

  /// What the words accepted so far say about the weights.
  const WeightSums& weight_sums() const noexcept { return sums_; }

 private:
  Context sentence_begin() const;
  WordId known(WordId word) const noexcept { return word < vocabulary_size() ? word : kUnknown; }
  void push(Context& context, WordId word) const;
  /// The model's step from the text's end.
  const model::Step& step(WordId word);
  void prepare(Place& place) const;
  void prepare_layer(Place& place, Layer layer, double mass, double& below) const;
  void bound_levels(Place& place) const;
  Responsibilities responsibilities(WordId word);
  double background(const Place& place, WordId word) const noexcept;
  double recent_weight(const Place& place) const noexcept;
  double layer_share(const Place& place, WordId word, Layer layer) const noexcept;
  bool visit_background(const Place& place, const MixtureFilter& filter, std::size_t wanted);
  void visit_level(const Place& place, const MixtureFilter& filter, const Place::Level& level);
  void visit_successor(const Place& place, const MixtureFilter& filter, const Place::Level& level,
                       const PersonalNgrams::Successor& successor);
  void visit_frequent(const Place& place, const MixtureFilter& filter);
  void visit_words(const Place& place, const MixtureFilter& filter);
  void visit_word(const Place& place, const MixtureFilter& filter,
                  const PersonalWords::Entry& entry);
  double words_share(const Place& place, const LayerCounts& counts, double weight) const noexcept;
  /// One that is not among the background's best.
  void visit(const Place& place, const MixtureFilter& filter, WordId word);
  void offer(const Weighed& candidate);
  /// Whether a word that has at most this from the person, and is not among the background's best,
  /// cannot enter the list.
  bool hopeless(double bound) const noexcept;
  /// What enters the list must be at least so probable.
  double least() const noexcept;

  /// What an accept() leaves to be undone.
  struct Accepted {
    Context context;  ///< Before it.
    WeightBuckets buckets;
    Responsibilities from;
  };

  const model::Ngrams& ngrams_;
  Weights weights_;
  WeightSums sums_;
  bool adapts_;
  PersonalNgrams person_;
  Repeats repeats_;
  Place place_;
  WordId stepped_ = kGap;  // With step_, from place_; kGap: not yet.
  model::Step step_;
  std::vector<Accepted> before_;  // Each word that can be retracted.

  TopK top_k_;
  std::vector<Weighed> best_;  // Sorted; at most count_.
  std::size_t count_ = 0;
  double at_least_ = 0;
  double frontier_ = 0;  // The most that a word not yet seen among the background's best can have.
};

}  // namespace tercet::predict

#endif  // TERCET_PREDICT_MIXTURE_H_
