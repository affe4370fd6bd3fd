// From the numbers of an ARPA file to the integer costs of a model file.
#ifndef TERCET_INTEROP_INTEGER_MODEL_H_
#define TERCET_INTEROP_INTEGER_MODEL_H_

#include <cstdint>
#include <string>
#include <vector>

#include "interop/arpa_model.h"
#include "model/costs.h"
#include "model/ngrams.h"
#include "model/pack.h"
#include "tercet/model.h"

namespace tercet::interop {

/// As ArpaOrder, the numbers as stored. Filled-in n-grams have their costs.
struct IntegerOrder {
  std::vector<WordId> words;
  std::vector<std::uint16_t> costs;
  std::vector<std::uint16_t> backoffs;  ///< With the scale's bias.
  std::vector<std::uint32_t> first_child;

  std::uint32_t size() const noexcept { return static_cast<std::uint32_t>(words.size()); }
  model::EntryRange children(std::uint32_t entry) const noexcept {
    return {first_child[entry], first_child[entry + 1]};
  }
};

struct IntegerModel {
  model::VocabularyImage vocabulary;
  std::vector<IntegerOrder> orders;
  model::CostScale scale;
  bool interpolated = false;  ///< The max lemma holds for every n-gram, in these integers.
  bool normalised = true;
  std::vector<std::string> warnings;
};

/// The finest scale, from 4096 units per bit down by halves, on which every finite cost and backoff
/// fits into 16 bits; for a file of export's, the scale that it came from.
model::CostScale choose_scale(const ArpaModel& arpa);

/// Rounds to the scale. An interpolated model of another program fulfils the max lemma but for its
/// rounding and ours: where the lemma is missed by no more than that, costs are lowered to meet it.
/// If any n-gram misses it by more, all costs stay and `interpolated` is false.
IntegerModel to_integers(ArpaModel arpa);

}  // namespace tercet::interop

#endif  // TERCET_INTEROP_INTEGER_MODEL_H_
