#include "predict/mixture_weights.h"

#include <algorithm>

namespace tercet::predict {
namespace {

/// A word that a part above explains says little about those below: each part's word counts by the
/// share that reaches it.
template <class Array>
void add_share(Array& parts, Array& words, std::size_t bucket, double reaching, double share) {
  if (share < 0) return;
  words[bucket] += reaching;
  parts[bucket] += reaching * share;
}

double share(double prior, double strength, double part, double words) noexcept {
  const double all = strength + words;
  if (!(all > 0 && prior > 0)) return prior;
  return std::min(kGreatestWeight, (strength * prior + part) / all);
}

template <class Array>
Array shares(const Array& prior, double strength, const Array& parts, const Array& words) {
  Array out;
  for (std::size_t i = 0; i < out.size(); ++i)
    out[i] = share(prior[i], strength, parts[i], words[i]);
  return out;
}

template <class Array>
void add_all(Array& sums, const Array& others) {
  for (std::size_t i = 0; i < sums.size(); ++i) sums[i] += others[i];
}

void add_all(Weights& sums, const Weights& others) {
  add_all(sums.person, others.person);
  add_all(sums.document, others.document);
  add_all(sums.recent, others.recent);
  add_all(sums.repeat, others.repeat);
}

double rest(double share) noexcept { return share < 0 ? 1 : 1 - share; }

}  // namespace

void WeightSums::add(const WeightBuckets& buckets, const Responsibilities& word, double times) {
  double reaching = times;
  add_share(parts_.repeat, words_.repeat, buckets.repeat, reaching, word.repeat);
  reaching *= rest(word.repeat);
  add_share(parts_.document, words_.document, buckets.document, reaching, word.document);
  add_share(parts_.recent, words_.recent, buckets.document, reaching, word.recent);
  reaching *= word.below_document;
  add_share(parts_.person, words_.person, buckets.person, reaching, word.person);
}

void WeightSums::operator+=(const WeightSums& other) {
  add_all(parts_, other.parts_);
  add_all(words_, other.words_);
}

Weights WeightSums::weights() const {
  return {shares(prior_.person, strength_, parts_.person, words_.person),
          shares(prior_.document, strength_, parts_.document, words_.document),
          shares(prior_.recent, strength_, parts_.recent, words_.recent),
          shares(prior_.repeat, strength_, parts_.repeat, words_.repeat)};
}

void WeightSums::renew(const WeightBuckets& at, Weights& weights) const noexcept {
  const auto renew = [this, &weights](auto part, std::size_t bucket) {
    (weights.*part)[bucket] =
        share((prior_.*part)[bucket], strength_, (parts_.*part)[bucket], (words_.*part)[bucket]);
  };
  renew(&Weights::person, at.person);
  renew(&Weights::document, at.document);
  renew(&Weights::recent, at.document);
  renew(&Weights::repeat, at.repeat);
}

}  // namespace tercet::predict
