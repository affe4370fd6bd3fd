#include "predict/lane_search.h"

#include <algorithm>
#include <cmath>

namespace tercet::predict {
namespace {

/// So often must a person have written an n-gram for it to count as attested: once may be a slip.
constexpr std::uint32_t kTimesWritten = 2;

bool before(const auto& known, WordId word) noexcept { return known.word < word; }

}  // namespace

void LaneSearch::look(const Mixture& mixture, const Mixture::Place& place, lanes::Fit& fit) {
  fit_ = &fit;
  scale_ = place.background_scale;
  collect_model(place.context.state);
  base_ = scale_ * model_.probability(backoff_);
  for (Known& known : known_) {
    known.probability = base_ * model_.probability(known.cost);
  }
  collect_personal(mixture, place);
  spread(fit);
}

/// All words of the state's contexts, each as the longest has it.
void LaneSearch::collect_model(const State& state) {
  const model::Ngrams& ngrams = model_.ngrams();
  known_.clear();
  backoff_ = 0;
  for (std::uint32_t m = std::min(state.length, ngrams.order() - 1); m > 0; --m) {
    const model::Context context = ngrams.context(state, m);
    merge(ngrams.at(m + 1), context.children, backoff_, static_cast<std::uint8_t>(m));
    backoff_ += context.backoff;
  }
  for (Known& known : known_) known.cost -= backoff_;
}

void LaneSearch::merge(const model::Order& order, model::EntryRange entries, std::int32_t backoff,
                       std::uint8_t length) {
  merged_.clear();
  auto known = known_.begin();
  for (std::uint32_t entry = entries.begin; entry < entries.end; ++entry) {
    const WordId word = order.word(entry);
    while (known != known_.end() && known->word < word) merged_.push_back(*known++);
    const std::uint16_t cost = order.cost(entry);
    if (cost == model::kNeverCost || (known != known_.end() && known->word == word)) continue;
    merged_.push_back({word, backoff + cost, 0, length});
  }
  merged_.insert(merged_.end(), known, known_.end());
  known_.swap(merged_);
}

std::int32_t LaneSearch::unigram_cost(WordId word) const noexcept {
  const model::Order& unigrams = model_.ngrams().at(1);
  if (word >= unigrams.entries() || unigrams.cost(word) == model::kNeverCost)
    return model::kImpossible;
  return unigrams.cost(word);
}

/// Of the mixture's probability, as if the model had it after backing off.
std::int32_t LaneSearch::cost_of(double probability) const noexcept {
  constexpr double kMost = 1e9;
  if (!(probability > 0) || !(base_ > 0)) return static_cast<std::int32_t>(kMost);
  const double units = model_.ngrams().scale().units_per_bit;
  const double cost = -std::log2(probability / base_) * units;
  return static_cast<std::int32_t>(std::lround(std::clamp(cost, -kMost, kMost)));
}

/// The words that the person wrote, with what both say of them.
void LaneSearch::collect_personal(const Mixture& mixture, const Mixture::Place& place) {
  merged_.clear();
  auto known = known_.begin();
  for (const PersonalWords::Block& block : mixture.words().blocks()) {
    for (const PersonalWords::Entry& entry : block.entries) {
      while (known != known_.end() && known->word < entry.word) merged_.push_back(*known++);
      if (known != known_.end() && known->word == entry.word) {
        merged_.push_back(personal(mixture, place, entry.word, known->cost, known->attested));
        ++known;
      } else {
        merged_.push_back(personal(mixture, place, entry.word, unigram_cost(entry.word), 0));
      }
    }
  }
  merged_.insert(merged_.end(), known, known_.end());
  known_.swap(merged_);
}

LaneSearch::Known LaneSearch::personal(const Mixture& mixture, const Mixture::Place& place,
                                       WordId word, std::int32_t cost,
                                       std::uint8_t attested) const {
  const double model = cost >= model::kImpossible ? 0 : base_ * model_.probability(cost);
  const double own = mixture.personal(place, word);
  // Equal probabilities must not part by rounding.
  Known out{word, own > 0 ? cost_of(model + own) : cost, model + own, attested};
  for (std::uint32_t i = 0; i < place.level_count; ++i) {
    const Mixture::Place::Level& level = place.levels[i];
    if (level.length <= attested) break;
    const LayerCounts counts = level.context->counts(word);
    if (counts[0] + counts[1] < kTimesWritten) continue;
    out.attested = static_cast<std::uint8_t>(level.length);
    break;
  }
  return out;
}

/// How probability is spread over the bins, and what the fit makes of it all.
void LaneSearch::spread(lanes::Fit& fit) {
  const lanes::AssociationTable& table = model_.table();
  const std::span<const float> ratios = fit.ratios();
  const auto gain_of = [&](lanes::Class of) {
    return of == model::kNoClass ? 0 : static_cast<double>(ratios[of]) - 1;
  };
  spread_.assign(static_cast<std::size_t>(model_.bins()), 0);
  double gain = base_ * fit.unigram_gain();
  for (const Known& known : known_) {
    const std::int32_t unigram = unigram_cost(known.word);
    double more = known.probability;
    spread_[static_cast<std::size_t>(model_.bin(known.cost))] += known.probability;
    if (unigram < model::kImpossible) {
      const double base = base_ * model_.probability(unigram);
      spread_[static_cast<std::size_t>(model_.bin(unigram))] -= base;
      more -= base;
    }
    gain += more * gain_of(table.class_of(known.word));
  }
  double sum = 0;
  unusual_.resize(spread_.size());
  for (std::size_t i = 0; i < spread_.size(); ++i) {
    spread_[i] = std::max(0.0, spread_[i] + base_ * model_.unigrams()[i]);
    unusual_[i] = static_cast<float>(sum + spread_[i] / 2);
    sum += spread_[i];
  }
  // Models' probabilities are rounded and add up to nearly 1.
  for (float& unusual : unusual_) unusual /= static_cast<float>(sum);
  norm_ = 1 + gain / sum;
  first_in_tail_ = static_cast<std::int32_t>(
      std::upper_bound(unusual_.begin(), unusual_.end(), static_cast<float>(kTail)) -
      unusual_.begin());
}

const LaneSearch::Known* LaneSearch::find(WordId word) const noexcept {
  const auto at = std::lower_bound(known_.begin(), known_.end(), word, before<Known>);
  return at != known_.end() && at->word == word ? &*at : nullptr;
}

LaneMeasure LaneSearch::measure(WordId word, double probability, double gate) {
  const Known* const known = find(word);
  const std::int32_t cost = known != nullptr                         ? known->cost
                            : word < model_.ngrams().at(1).entries() ? unigram_cost(word)
                                                                     : cost_of(probability);
  const lanes::AssociationTable& table = model_.table();
  const lanes::Class of = table.class_of(word);
  LaneMeasure out;
  out.unusual = unusual_[static_cast<std::size_t>(model_.bin(cost))];
  out.support_bits = static_cast<float>(std::log2(fit_->ratio(of) / norm_));
  if (of != model::kNoClass)
    out.fit = static_cast<float>(table.share_supported_less(of, out.support_bits));
  const std::uint8_t attested = known != nullptr ? known->attested : 0;
  if (model_.bin(cost) < first_in_tail_) {
    out.lane = Lane::kTypical;
  } else if (of != model::kNoClass && attested >= 1 && table.may_be_offered(word) &&
             fit_->is_fresh(of)) {
    if (fit_->has_triggers() && out.fit >= gate) {
      out.lane = Lane::kGenius;
    } else if (attested >= 2) {
      out.lane = Lane::kRare;
    }
  }
  return out;
}

std::span<const LaneWord> LaneSearch::list(Lane lane, const MixtureFilter& filter,
                                           std::size_t count, double gate) {
  best_.clear();
  listed_.clear();
  count_ = count;
  const bool is_genius = lane == Lane::kGenius;
  if (count == 0 || (is_genius && !fit_->has_triggers())) return listed_;
  const WordRange range = filter.background().range;
  auto known = std::lower_bound(known_.begin(), known_.end(), range.begin, before<Known>);
  const std::span<const float> ratios = fit_->ratios();
  const std::uint8_t least = is_genius ? 1 : 2;
  for (; known != known_.end() && known->word < range.end; ++known) {
    if (known->attested < least || model_.bin(known->cost) < first_in_tail_) continue;
    const lanes::Class of = model_.table().class_of(known->word);
    if (of == model::kNoClass) continue;
    const double score =
        is_genius ? known->probability * static_cast<double>(ratios[of]) : known->probability;
    if (best_.size() < count || score > best_.back().score)
      offer(*known, lane, score, filter, gate);
  }
  for (const Scored& each : best_) listed_.push_back(each.word);
  return listed_;
}

/// What is cheap to know has been asked already. Words come in the order of their ids, so that of
/// equals the first stays.
void LaneSearch::offer(const Known& known, Lane lane, double score, const MixtureFilter& filter,
                       double gate) {
  const lanes::Class of = model_.table().class_of(known.word);
  const auto same = std::find_if(best_.begin(), best_.end(), [&](const Scored& other) {
    return model_.table().class_of(other.word.word) == of;
  });
  if (same != best_.end() && same->score >= score) return;
  const LaneMeasure measure = this->measure(known.word, known.probability, gate);
  if (measure.lane != lane || !filter.allows(known.word)) return;
  if (same != best_.end()) {
    best_.erase(same);
  } else if (best_.size() == count_) {
    best_.pop_back();
  }
  const auto at = std::upper_bound(best_.begin(), best_.end(), score,
                                   [](double a, const Scored& b) { return a > b.score; });
  best_.insert(at, {score, {known.word, known.probability, measure}});
}

}  // namespace tercet::predict
