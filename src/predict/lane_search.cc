#include "predict/lane_search.h"

#include <algorithm>
#include <cmath>

namespace tercet::predict {
namespace {

/// Of a probability from a cost that was made from one, and more.
constexpr double kRounding = 1e-3;
/// The norm is a mean of ratios, which are above 0, but for their rounding where some are huge.
constexpr double kLeastNorm = 1e-40;

bool before(const auto& known, WordId word) noexcept { return known.word < word; }

std::int32_t stored_cost(const model::Order& order, std::uint32_t entry) noexcept {
  return order.cost(entry) == model::kNeverCost ? model::kImpossible : order.cost(entry);
}

}  // namespace

std::uint32_t longest_followed(const Mixture::Place& place, WordId word, std::uint32_t at_least) {
  for (std::uint32_t i = 0; i < place.level_count; ++i) {
    const Mixture::Place::Level& level = place.levels[i];
    if (level.length <= at_least) break;
    const LayerCounts counts = level.context->counts(word);
    if (counts[0] + counts[1] >= kTimesWritten) return level.length;
  }
  return at_least;
}

void LaneSearch::look(const Mixture& mixture, const Mixture::Place& place, lanes::Fit& fit) {
  fit_ = &fit;
  ratios_ = fit.ratios();
  shared_ = place.context.state;
  shared_.length = std::min(shared_.length, model_.ngrams().order() - 1);
  collect_model();
  base_ = place.background_scale * model_.bins().probability(backoff_);
  for (Known& known : known_) {
    known.cost -= backoff_;
    known.shared_cost = shared(known.word).cost;
    known.probability = known.of_model = probability(known.cost);
  }
  weigh();
  collect_personal(mixture, place);
  spread();
}

/// All words of the contexts that are longer than the longest one with a profile, each as the
/// longest has it.
void LaneSearch::collect_model() {
  const model::Ngrams& ngrams = model_.ngrams();
  known_.clear();
  backoff_ = 0;
  while ((profile_ = model_.profiles().find(shared_, shared_.length)) == nullptr) {
    const model::Context context = ngrams.context(shared_, shared_.length);
    merge(ngrams.at(shared_.length + 1), context.children);
    backoff_ += context.backoff;
    --shared_.length;
  }
}

void LaneSearch::merge(const model::Order& order, model::EntryRange entries) {
  merged_.clear();
  auto known = known_.begin();
  for (std::uint32_t entry = entries.begin; entry < entries.end; ++entry) {
    const WordId word = order.word(entry);
    while (known != known_.end() && known->word < word) merged_.push_back(*known++);
    if (known != known_.end() && known->word == word) continue;
    merged_.push_back({word, backoff_ + stored_cost(order, entry), 0, 0, 0,
                       static_cast<std::uint8_t>(shared_.length)});
  }
  merged_.insert(merged_.end(), known, known_.end());
  known_.swap(merged_);
}

/// What the profile's context says of a word.
LaneSearch::Known LaneSearch::shared(WordId word) const noexcept {
  std::uint8_t order = 1;
  std::int32_t cost = model::kImpossible;
  if (word < model_.ngrams().at(1).entries()) cost = model_.ngrams().cost(shared_, word, order);
  const double of_model = probability(cost);
  return {word, cost, cost, of_model, of_model, static_cast<std::uint8_t>(order - 1)};
}

/// Of a probability, as if the profile's context gave it.
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
      if (entry.word < model_.ngrams().at(1).entries())
        model_.ngrams().prefetch(shared_, entry.word);
    }
    for (const PersonalWords::Entry& entry : block.entries) {
      while (known != known_.end() && known->word < entry.word) merged_.push_back(*known++);
      const bool is_known = known != known_.end() && known->word == entry.word;
      merged_.push_back(is_known ? *known++ : shared(entry.word));
      add_personal(mixture, place, entry, merged_.back());
    }
  }
  merged_.insert(merged_.end(), known, known_.end());
  known_.swap(merged_);
}

void LaneSearch::add_personal(const Mixture& mixture, const Mixture::Place& place,
                              const PersonalWords::Entry& entry, Known& known) const {
  const double own = mixture.personal(place, entry);
  if (own <= 0) return;  // Equal probabilities must not part by rounding.
  known.probability += own;
  known.cost = cost_of(known.probability);
  known.attested = static_cast<std::uint8_t>(longest_followed(place, known.word, known.attested));
}

/// What a profile's words gain from the fit.
double LaneSearch::gain(const ContextProfile& profile) const {
  if (profile.shorter == nullptr) return fit_->unigram_gain();
  double sum = 0;
  for (const ContextProfile::Gain& each : profile.gains)
    sum += static_cast<double>(each.mass) * (static_cast<double>(ratios_[each.of]) - 1);
  return sum + model_.bins().probability(profile.backoff) * gain(*profile.shorter);
}

/// What the fit makes of all that the model says.
void LaneSearch::weigh() {
  double sum = base_ * profile_->mass;
  double gain = base_ * this->gain(*profile_);
  for (const Known& known : known_) {
    const double more = known.of_model - probability(known.shared_cost);
    sum += more;
    const lanes::Class of = model_.table().class_of(known.word);
    if (of != model::kNoClass) gain += more * (static_cast<double>(ratios_[of]) - 1);
  }
  // Models' probabilities are rounded and add up to nearly 1.
  norm_ = sum > 0 ? std::max(kLeastNorm, 1 + gain / sum) : 1;
}

/// How probability is spread over the bins.
void LaneSearch::spread() {
  const CostBins& bins = model_.bins();
  std::vector<double>& spread = spread_;
  spread.resize(CostBins::kCount);
  for (std::size_t i = 0; i < spread.size(); ++i)
    spread[i] = base_ * static_cast<double>(profile_->spread[i]);
  for (const Known& known : known_) {
    spread[bins.bin(known.cost)] += known.probability;
    spread[bins.bin(known.shared_cost)] -= probability(known.shared_cost);
  }
  double sum = 0;
  unusual_.resize(spread.size());
  for (std::size_t i = 0; i < spread.size(); ++i) {
    const double mass = std::max(0.0, spread[i]);  // But for rounding it is.
    unusual_[i] = static_cast<float>(sum + mass / 2);
    sum += mass;
  }
  for (float& unusual : unusual_) unusual /= static_cast<float>(sum);
  const auto tail = std::upper_bound(unusual_.begin(), unusual_.end(), static_cast<float>(kTail));
  tail_ = bins.first(static_cast<std::size_t>(tail - unusual_.begin()));
}

const LaneSearch::Known* LaneSearch::find(WordId word) const noexcept {
  const auto at = std::lower_bound(known_.begin(), known_.end(), word, before<Known>);
  return at != known_.end() && at->word == word ? &*at : nullptr;
}

LaneMeasure LaneSearch::measure(WordId word, double gate) {
  const Known* const known = find(word);
  return measure(known != nullptr ? *known : shared(word), gate);
}

LaneMeasure LaneSearch::measure(const Known& known, double gate) {
  const lanes::AssociationTable& table = model_.table();
  const lanes::Class of = table.class_of(known.word);
  LaneMeasure out;
  out.unusual = unusual_[model_.bins().bin(known.cost)];
  const double of_model = known.probability > 0 ? known.of_model / known.probability : 1;
  out.support_bits =
      static_cast<float>(std::log2(of_model * (fit_->ratio(of) / norm_) + (1 - of_model)));
  if (of != model::kNoClass)
    out.fit = static_cast<float>(table.share_supported_less(of, out.support_bits));
  if (known.cost < tail_) {
    out.lane = Lane::kTypical;
  } else if (known.attested >= 1 && table.may_be_offered(known.word) && fit_->is_fresh(of)) {
    if (fit_->has_triggers() && out.fit >= static_cast<float>(gate)) {
      out.lane = Lane::kGenius;
    } else if (known.attested >= 2) {
      out.lane = Lane::kRare;
    }
  }
  return out;
}

std::span<const LaneWord> LaneSearch::list(Lane lane, const MixtureFilter& filter,
                                           std::size_t count, double gate) {
  best_.clear();
  listed_.clear();
  wanted_ = {lane, count, gate, lane == Lane::kGenius ? 1U : 2U, {}, &filter};
  if (count == 0 || (lane == Lane::kGenius && !fit_->has_triggers())) return listed_;
  if (lane == Lane::kGenius) {
    // A little less: what rounding makes of it is decided by measure().
    for (std::uint32_t band = model::kFirstBand; band <= model::kLastBand; ++band)
      wanted_.least_ratios[band - model::kFirstBand] =
          norm_ * std::exp2(model_.table().support_at_share(band, gate) - 1e-3);
  }
  const WordRange range = filter.background().range;
  auto known = std::lower_bound(known_.begin(), known_.end(), range.begin, before<Known>);
  for (; known != known_.end() && known->word < range.end; ++known) {
    if (known->attested >= wanted_.attested && known->cost >= tail_ &&
        model_.table().may_be_offered(known->word))
      offer(*known);
  }
  visit_profiles(range);
  for (const Scored& each : best_) listed_.push_back(each.word);
  return listed_;
}

void LaneSearch::visit_profiles(WordRange range) {
  const bool all = range.begin <= kFirstWord && range.end >= model_.ngrams().at(1).entries();
  std::int32_t backoff = 0;
  const ContextProfile* profile = profile_;
  for (std::uint32_t length = shared_.length; length >= wanted_.attested; --length) {
    all ? visit_candidates(*profile, length, backoff) : visit_range(range, length, backoff);
    backoff += profile->backoff;
    profile = profile->shorter;
  }
}

/// Most classes do not fit well enough, so few words are looked at.
void LaneSearch::visit_candidates(const ContextProfile& profile, std::uint32_t length,
                                  std::int32_t backoff) {
  for (std::size_t i = 0; i + 1 < profile.classes.size(); ++i) {
    const lanes::Class of = profile.classes[i].of;
    if (!may_fit(of)) continue;
    for (std::uint32_t k = profile.classes[i].begin; k < profile.classes[i + 1].begin; ++k) {
      const ContextProfile::Candidate& each = profile.candidates[k];
      if (each.cost + backoff < tail_) continue;
      if (!may_win(of, each.cost + backoff)) break;  // Nor what costs more.
      offer_shared(each.word, length);
    }
  }
}

void LaneSearch::visit_range(WordRange range, std::uint32_t length, std::int32_t backoff) {
  const model::Order& order = model_.ngrams().at(length + 1);
  const model::EntryRange list = model_.ngrams().context(shared_, length).children;
  for (std::uint32_t entry = order.lower_bound(list, range.begin);
       entry < list.end && order.word(entry) < range.end; ++entry) {
    if (may_enter(order.word(entry), stored_cost(order, entry) + backoff))
      offer_shared(order.word(entry), length);
  }
}

double LaneSearch::score(const Known& known) const {
  if (wanted_.lane != Lane::kGenius) return known.probability;
  return posterior(known.word, known.of_model, known.probability);
}

bool LaneSearch::may_fit(lanes::Class of) const {
  return wanted_.lane != Lane::kGenius ||
         static_cast<double>(ratios_[of]) >=
             wanted_.least_ratios[model_.table().band(of) - model::kFirstBand];
}

/// What is cheap to ask of a word that only the model knows.
bool LaneSearch::may_enter(WordId word, std::int32_t cost) const {
  const lanes::AssociationTable& table = model_.table();
  if (cost < tail_ || !table.may_be_offered(word)) return false;
  const lanes::Class of = table.class_of(word);
  return may_fit(of) && may_win(of, cost);
}

/// Whether a word of this class and cost could be among the best so far.
bool LaneSearch::may_win(lanes::Class of, std::int32_t cost) const {
  if (best_.size() < wanted_.count) return true;
  const double ratio = wanted_.lane == Lane::kGenius ? static_cast<double>(ratios_[of]) / norm_ : 1;
  return probability(cost) * ratio * (1 + kRounding) >= best_.back().score;
}

/// A word of a profile's list, unless a longer context or the person knows it better.
void LaneSearch::offer_shared(WordId word, std::uint32_t length) {
  if (find(word) != nullptr) return;
  const Known known = shared(word);
  if (known.attested == length) offer(known);
}

void LaneSearch::offer(const Known& known) {
  const lanes::Class of = model_.table().class_of(known.word);
  const auto better = [](const Scored& a, const Scored& b) {
    return a.score != b.score ? a.score > b.score : a.word.word < b.word.word;
  };
  Scored scored{score(known), {known.word, known.probability, {}}};
  const auto same = std::find_if(best_.begin(), best_.end(), [&](const Scored& other) {
    return model_.table().class_of(other.word.word) == of;
  });
  const bool full = best_.size() == wanted_.count;
  if (same != best_.end() ? !better(scored, *same) : full && !better(scored, best_.back())) return;
  scored.word.measure = measure(known, wanted_.gate);
  if (scored.word.measure.lane != wanted_.lane || !wanted_.filter->allows(known.word)) return;
  if (same != best_.end()) {
    best_.erase(same);
  } else if (full) {
    best_.pop_back();
  }
  best_.insert(std::upper_bound(best_.begin(), best_.end(), scored, better), scored);
}

}  // namespace tercet::predict
