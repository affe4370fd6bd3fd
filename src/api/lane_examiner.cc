#include "api/lane_examiner.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

#include "predict/lane_search.h"
#include "predict/place_words.h"
#include "predict/posterior_search.h"

namespace tercet::api {
namespace {

using measure::kLaneGates;
using measure::LaneMix;
using measure::LaneRanking;
using measure::LaneText;
using measure::MixSums;

/// A decoy is at most so many bits more or less surprising.
constexpr double kDecoyBits = 0.25;

/// All words of the model but signs.
class WordsOnly final : public predict::MixtureFilter {
 public:
  WordsOnly(std::uint32_t vocabulary, const predict::WordSet& hidden)
      : range_{0, vocabulary}, hidden_(hidden) {}
  predict::WordFilter background() const override { return {range_, &hidden_}; }
  bool allows(WordId word) const override { return word < range_.end && !hidden_.contains(word); }

 private:
  WordRange range_;
  const predict::WordSet& hidden_;
};

template <class Words>
bool holds(const Words& words, WordId word, std::size_t first) {
  const auto end = words.begin() + static_cast<std::ptrdiff_t>(std::min(first, words.size()));
  return std::any_of(words.begin(), end, [word](const auto& each) { return each.word == word; });
}

/// Its index; one beyond all if it is not there.
template <class Words>
std::size_t find(const Words& words, WordId word) {
  return static_cast<std::size_t>(
      std::find_if(words.begin(), words.end(),
                   [word](const auto& each) { return each.word == word; }) -
      words.begin());
}

template <class Candidate>
double bits_apart(const Candidate& a, const Candidate& b) {
  return std::abs(std::log2(a.probability / b.probability));
}

/// V of a word of meaning that is attested and in the tail; nothing of any other.
std::optional<double> fit_of_rare(LaneWalk& walk, WordId word) {
  predict::PosteriorSearch& place = walk.search();
  const predict::PlaceWords::Known* const known = place.words().find(word);
  if (known == nullptr || known->attested == 0 || !place.search().is_in_tail(known->probability))
    return std::nullopt;
  return double{place.search().measure(word).fit};
}

/// Calls visit(walk, word) before each word of a text that stands in a position, up to so many.
template <class Visit>
void for_each_position(const LaneMaterial& material, std::span<const WordId> words,
                       std::uint64_t most_positions, const Visit& visit) {
  LaneWalk walk(material.model, material.mixture);
  std::uint64_t positions = 0;
  for (const WordId word : words) {
    if (positions == most_positions) return;
    if (walk.positions().is_position(word)) {
      ++positions;
      walk.look();
      visit(walk, word);
    }
    walk.accept(word);
  }
}

}  // namespace

LaneExaminer::LaneExaminer(const LaneMaterial& material, Random& random, measure::LaneSums& sums)
    : material_(material),
      table_(material.model.table()),
      random_(random),
      sums_(sums),
      walk_(material.model, material.mixture) {}

void LaneExaminer::examine(std::span<const WordId> words, std::uint64_t most_positions) {
  for (const WordId word : words) {
    if (sums_.words == most_positions) return;
    if (walk_.positions().is_position(word)) position(word);
    walk_.accept(word);
  }
}

void LaneExaminer::position(WordId word) {
  const double probability = walk_.mixture().probability(word);
  if (probability <= 0) return;
  walk_.look();
  ++sums_.words;
  sums_.bits -= std::log2(probability);
  sums_.bits_saved += double{walk_.search().search().measure(word).support_bits};
  const bool is_attested = collect(word);
  const bool is_rare = is_attested && candidates_[own_].in_tail;
  list(word, is_rare);
  if (!is_attested) return;
  ++sums_.attested;
  compare_with_decoys();
  if (!is_rare) return;
  ++sums_.rare;
  sums_.texts[static_cast<std::size_t>(LaneText::kHuman)].add(fit_of(candidates_[own_]));
  std::erase_if(candidates_, [](const Candidate& each) { return !each.in_tail; });
  own_ = find(candidates_, word);
  rank();
  rank_by_gates();
}

/// Returns whether the word is among them.
bool LaneExaminer::collect(WordId word) {
  candidates_.clear();
  const predict::LaneSearch& search = walk_.search().search();
  for (const predict::PlaceWords::Known& known : walk_.search().words().all()) {
    if (known.attested == 0) continue;
    const lanes::Class of = table_.class_of(known.word);
    if (of == model::kNoClass || !walk_.positions().is_fresh(of)) continue;
    candidates_.push_back({known.word, of, known.probability, search.ratio(known.word),
                           search.posterior(known.word, known.of_model, known.probability),
                           search.is_in_tail(known.probability), 0});
  }
  own_ = find(candidates_, word);
  return own_ < candidates_.size();
}

/// In order of surprise, equals by chance: those that may be decoys, and the word itself.
std::vector<LaneExaminer::Candidate> LaneExaminer::nearby() {
  const Candidate& own = candidates_[own_];
  std::vector<Candidate> near;
  for (const Candidate& each : candidates_) {
    const bool is_own = each.word == own.word;
    if ((each.of == own.of && !is_own) || bits_apart(each, own) > kDecoyBits) continue;
    near.push_back(each);
    near.back().chance = random_();
  }
  std::sort(near.begin(), near.end(), [](const Candidate& a, const Candidate& b) {
    return a.probability != b.probability ? a.probability > b.probability : a.chance < b.chance;
  });
  return near;
}

void LaneExaminer::compare_with_decoys() {
  const Candidate& own = candidates_[own_];
  const std::vector<Candidate> near = nearby();
  const std::vector<std::size_t> decoys = measure::decoys(near.size(), find(near, own.word));
  if (decoys.empty()) return;
  const auto share_beaten = [&](const auto& score) {
    std::vector<double> values;
    values.reserve(decoys.size());
    for (const std::size_t decoy : decoys) values.push_back(score(near[decoy]));
    return measure::share_beaten(score(own), values);
  };
  ++sums_.compared;
  sums_.fit_beaten += share_beaten([](const Candidate& each) { return each.ratio; });
  sums_.unigram_beaten +=
      share_beaten([&](const Candidate& each) { return material_.model.unigram(each.word); });
  sums_.surprise_beaten += share_beaten([](const Candidate& each) { return -each.probability; });
}

template <class Score>
void LaneExaminer::rank_by(LaneRanking ranking, const Score& score) {
  std::vector<double> others;
  others.reserve(candidates_.size());
  for (std::size_t i = 0; i < candidates_.size(); ++i) {
    if (i != own_) others.push_back(score(candidates_[i]));
  }
  sums_.rankings[static_cast<std::size_t>(ranking)].add(
      measure::standing(score(candidates_[own_]), others));
}

void LaneExaminer::rank() {
  const std::vector<float> ppmi = this->ppmi();
  rank_by(LaneRanking::kRandom, [](const Candidate&) { return 0; });
  rank_by(LaneRanking::kProbability, [](const Candidate& each) { return each.probability; });
  rank_by(LaneRanking::kFit, [](const Candidate& each) { return each.ratio; });
  rank_by(LaneRanking::kLift, [&](const Candidate& each) {
    return each.probability / material_.model.unigram(each.word);
  });
  rank_by(LaneRanking::kPpmi, [&](const Candidate& each) { return double{ppmi[each.of]}; });
  rank_by(LaneRanking::kPosterior, [](const Candidate& each) { return each.posterior; });
}

/// Of each class, the sum over the triggers of max(0, log2(M(u, c) / (nu(u) pi(c)))).
std::vector<float> LaneExaminer::ppmi() const {
  std::vector<float> sums(table_.classes());
  for (const lanes::Class trigger : walk_.positions().triggers(lanes::Fit::kReach)) {
    const double total = table_.total(trigger);
    table_.for_each_neighbour(trigger, [&](lanes::Class of, std::uint32_t count) {
      const double lift = count / (total * table_.share(of));
      if (lift > 1) sums[of] += static_cast<float>(std::log2(lift));
    });
  }
  return sums;
}

double LaneExaminer::fit_of(const Candidate& candidate) const {
  return table_.share_supported_less(candidate.of,
                                     std::log2(candidate.posterior / candidate.probability));
}

/// As the genius lane ranks with gates of its own; behind the gate the word is not found.
void LaneExaminer::rank_by_gates() {
  const Candidate& own = candidates_[own_];
  const double own_fit = fit_of(own);
  const double own_score = own.posterior;
  std::array<measure::Standing, kLaneGates.size()> standings;
  for (const Candidate& each : candidates_) {
    const double score = each.posterior;
    if (score < own_score || each.word == own.word) continue;
    const double fit = fit_of(each);
    for (std::size_t i = 0; i < kLaneGates.size() && fit >= kLaneGates[i]; ++i)
      ++(score > own_score ? standings[i].better : standings[i].equal);
  }
  for (std::size_t i = 0; i < kLaneGates.size() && own_fit >= kLaneGates[i]; ++i)
    sums_.gates[i].add(standings[i]);
}

void LaneExaminer::list(WordId word, bool is_rare) {
  constexpr std::size_t kAll = 15;
  constexpr std::size_t kSome = 5;
  predict::LaneSearch& search = walk_.search().search();
  const WordsOnly filter(material_.model.ngrams().at(1).entries(), material_.hidden);
  const auto typical = walk_.mixture().top(filter, kAll);
  const auto in_lane = [&](Lane lane) {
    const auto words = search.list(lane, filter, kSome, material_.gate);
    if (words.empty()) ++(lane == Lane::kRare ? sums_.no_rare : sums_.no_genius);
    return holds(words, word, kSome);
  };
  const bool in_rare = in_lane(Lane::kRare);
  const bool in_genius = in_lane(Lane::kGenius);
  const auto count = [&](LaneMix mix, bool hit) {
    MixSums& sums = sums_.mixes[static_cast<std::size_t>(mix)];
    sums.hits += hit ? 1 : 0;
    sums.rare_hits += hit && is_rare ? 1 : 0;
  };
  count(LaneMix::kTypical, holds(typical, word, kAll));
  count(LaneMix::kTypicalAndGenius, holds(typical, word, kAll - kSome) || in_genius);
  count(LaneMix::kAllLanes, holds(typical, word, kSome) || in_rare || in_genius);
  count(LaneMix::kPosterior, holds(walk_.search().top(filter, kAll), word, kAll));
}

void examine_other(const LaneMaterial& material, std::span<const WordId> words,
                   std::uint64_t most_positions, measure::FitSums& sums) {
  for_each_position(material, words, most_positions, [&](LaneWalk& walk, WordId word) {
    if (const auto fit = fit_of_rare(walk, word)) sums.add(*fit);
  });
}

void examine_replaced(const LaneMaterial& material, std::span<const WordId> words,
                      std::uint64_t most_positions, Random& random, measure::FitSums& sums) {
  const lanes::AssociationTable& table = material.model.table();
  for_each_position(material, words, most_positions, [&](LaneWalk& walk, WordId word) {
    const WordId other = material.draw.like(table.class_of(word), random);
    if (!walk.positions().is_fresh(table.class_of(other))) return;
    if (const auto fit = fit_of_rare(walk, other)) sums.add(*fit);
  });
}

void examine_sampled(const LaneMaterial& material, std::size_t words, std::uint64_t most_positions,
                     Random& random, measure::FitSums& sums) {
  LaneWalk walk(material.model, material.mixture);
  std::uint64_t positions = 0;
  for (std::size_t i = 0; i < words && positions < most_positions; ++i) {
    const WordId word = material.draw.next(walk.mixture(), random);
    if (walk.positions().is_position(word)) {
      ++positions;
      walk.look();
      if (const auto fit = fit_of_rare(walk, word)) sums.add(*fit);
    }
    walk.accept(word);
  }
}

}  // namespace tercet::api
