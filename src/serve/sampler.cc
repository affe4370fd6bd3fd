#include "serve/sampler.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace tercet::serve {
namespace {

constexpr double kLeastLogProbability = -1000;
constexpr double kForbidden = -100;

Choice scored(const Model& model, const State& state, WordId word) {
  State next;
  return {word, log_probability(model.score(state, word, next))};
}

bool is_possible(const Choice& choice) { return choice.log_probability > kLeastLogProbability; }

bool better(const Choice& a, const Choice& b) {
  return a.log_probability != b.log_probability ? a.log_probability > b.log_probability
                                                : a.word < b.word;
}

/// In [0, 1), alike on every machine.
double uniform(std::mt19937_64& random) { return static_cast<double>(random() >> 11U) * 0x1.0p-53; }

}  // namespace

double log_probability(const Score& score) noexcept {
  return std::max(kLeastLogProbability, score.log10_probability * std::numbers::ln10);
}

std::vector<Choice> best_tokens(const ServedModel& model, const Gap& gap, std::size_t count,
                                Scratch& scratch) {
  const WordRange range = model.model.words_with_prefix(gap.folded);
  std::vector<Choice> best;
  for (const auto& each : model.predictor.top(gap.state, range, count, scratch))
    best.push_back({each.word, log_probability(each.score)});
  if (gap.folded.empty()) {
    best.push_back(scored(model.model, gap.state, kUnknown));
    best.push_back(scored(model.model, gap.state, kSentenceEnd));
  }
  std::sort(best.begin(), best.end(), better);
  best.resize(std::min(best.size(), count));
  return best;
}

Sampler::Sampler(ServedModel model, SamplingOptions options)
    : model_(std::move(model)), options_(std::move(options)), random_(options_.seed) {
  std::sort(options_.bias.begin(), options_.bias.end());
}

bool Sampler::draw(const Gap& gap, Choice& choice) {
  gather(gap);
  if (candidates_.empty()) return false;
  choice = pick();
  drawn_.push_back(choice.word);
  return true;
}

/// How many of the model's best words must be looked at: any that bias and penalties may put first,
/// or what does not fit.
std::size_t Sampler::wanted(const Gap& gap) const {
  if (gap.speller != nullptr) return kMostCandidates;
  const std::size_t displaced = options_.bias.size() + std::min(options_.penalised, drawn_.size());
  const std::size_t kept = options_.temperature == 0 ? 1 : options_.top_k;
  return kept == 0 ? kMostCandidates : std::min(kMostCandidates, kept + displaced);
}

void Sampler::gather(const Gap& gap) {
  const Model& model = model_.model;
  const WordRange range = model.words_with_prefix(gap.folded);
  candidates_.clear();
  for (const auto& each : model_.predictor.top(gap.state, range, wanted(gap), scratch_))
    add(gap, {each.word, log_probability(each.score)});
  if (gap.folded.empty() && !gap.sentence_start) add(gap, scored(model, gap.state, kSentenceEnd));
  for (const auto& [word, bias] : options_.bias) {
    const bool listed = std::any_of(candidates_.begin(), candidates_.end(),
                                    [w = word](const Candidate& each) { return each.word == w; });
    if (word >= range.begin && word < range.end && model_.predictor.offers(word) && !listed)
      add(gap, scored(model, gap.state, word));
  }
  std::sort(candidates_.begin(), candidates_.end(), [](const Candidate& a, const Candidate& b) {
    return a.weight != b.weight ? a.weight > b.weight : a.word < b.word;
  });
}

void Sampler::add(const Gap& gap, Choice choice) {
  if (gap.speller != nullptr && !gap.speller->fits(choice.word)) return;
  const double weight = adjusted(choice);
  if (is_possible(choice) && weight > kLeastLogProbability) candidates_.push_back({choice, weight});
}

std::size_t Sampler::count_of(WordId word) const {
  const std::size_t latest = std::min(options_.penalised, drawn_.size());
  return static_cast<std::size_t>(
      std::count(drawn_.end() - static_cast<std::ptrdiff_t>(latest), drawn_.end(), word));
}

double Sampler::adjusted(const Choice& choice) const {
  double weight = choice.log_probability;
  if (const auto count = static_cast<double>(count_of(choice.word)); count > 0)
    weight = weight * options_.repetition - options_.presence - options_.frequency * count;
  const double bias = bias_of(choice.word);
  return bias <= kForbidden ? kLeastLogProbability : weight + bias;
}

double Sampler::bias_of(WordId word) const {
  const auto at = std::lower_bound(options_.bias.begin(), options_.bias.end(), word,
                                   [](const auto& each, WordId id) { return each.first < id; });
  return at == options_.bias.end() || at->first != word ? 0 : at->second;
}

const Sampler::Candidate& Sampler::pick() {
  if (options_.temperature == 0) return candidates_.front();
  const std::size_t most = options_.top_k == 0 ? candidates_.size() : options_.top_k;
  candidates_.resize(std::min(most, candidates_.size()), Candidate{});
  const double first = candidates_.front().weight;
  double total = 0;
  for (const Candidate& each : candidates_) total += std::exp(each.weight - first);
  double covered = 0;
  double drawable = 0;
  std::vector<double> sums;
  for (const Candidate& each : candidates_) {
    const double share = std::exp(each.weight - first);
    if (!sums.empty() && (covered >= options_.top_p * total || share < options_.min_p)) break;
    covered += share;
    drawable += std::exp((each.weight - first) / options_.temperature);
    sums.push_back(drawable);
  }
  const double drawn = uniform(random_) * drawable;
  const auto at = std::upper_bound(sums.begin(), sums.end() - 1, drawn) - sums.begin();
  return candidates_[static_cast<std::size_t>(at)];
}

}  // namespace tercet::serve
