// What is the same for all texts about the model's contexts that very many words follow.
//
// A few contexts, as "the" or a comma, are followed by tens of thousands of words, and they are met
// all the time: a third of all words stand after one of a dozen. To go through such a list takes
// longer than all else together, so what a search wants of it is made once.
#ifndef TERCET_PREDICT_CONTEXT_PROFILES_H_
#define TERCET_PREDICT_CONTEXT_PROFILES_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <unordered_map>
#include <vector>

#include "lanes/association_table.h"
#include "model/ngrams.h"
#include "predict/cost_bins.h"
#include "tercet/model.h"

namespace tercet::predict {

/// The distribution after one context of the model, nothing else being known.
struct ContextProfile {
  /// A word that may be offered, and its cost after the context.
  struct Candidate {
    WordId word;
    std::int32_t cost;
  };
  /// Where the candidates of a class begin.
  struct ClassList {
    lanes::Class of;
    std::uint32_t begin;
  };
  /// How much more of the probability the context's own words of a class have than backing off
  /// gives them.
  struct Gain {
    lanes::Class of;
    float mass;
  };

  const ContextProfile* shorter =
      nullptr;                        ///< Without the first word; null: this is the empty one.
  std::int32_t backoff = 0;           ///< To it.
  std::vector<float> spread;          ///< Probability of all words by bin of their costs.
  std::vector<Gain> gains;            ///< By class.
  std::vector<ClassList> classes;     ///< By class; one more closes the list.
  std::vector<Candidate> candidates;  ///< Of each class, cheapest first.
  double mass = 1;                    ///< Of all words: rounded, nearly 1.
};

/// Immutable; any number of threads.
class ContextProfiles {
 public:
  /// From here on, a profile is faster than the list.
  static constexpr std::uint32_t kLongList = 1024;

  /// Of all contexts that are followed by so many words or more.
  ContextProfiles(const model::Ngrams& ngrams, const lanes::AssociationTable& table,
                  const CostBins& bins, std::uint32_t long_list);

  /// Of the state's context of so many words; null if it has none. That of 0 words always has one.
  const ContextProfile* find(const State& state, std::uint32_t length) const noexcept;

 private:
  class Builder;
  // By length and index of the context. Pointers to profiles stay valid, even if all this moves.
  std::vector<std::unordered_map<std::uint32_t, ContextProfile>> profiles_;
};

}  // namespace tercet::predict

#endif  // TERCET_PREDICT_CONTEXT_PROFILES_H_
