#include "measure/lane_tally.h"

#include <algorithm>
#include <cmath>

#include "measure/bootstrap.h"

namespace tercet::measure {
namespace {

/// 1 + 1/2 + ... + 1/n.
double harmonic(std::size_t n) {
  constexpr std::size_t kSummed = 64;
  constexpr double kEuler = 0.57721566490153286;
  const auto x = static_cast<double>(n);
  if (n >= kSummed) return std::log(x) + kEuler + 1 / (2 * x) - 1 / (12 * x * x);
  double sum = 0;
  for (std::size_t i = 1; i <= n; ++i) sum += 1 / static_cast<double>(i);
  return sum;
}

LaneRankingFigures ranking_figures(LaneRanking ranking, const LaneSums& sums) {
  const auto of = [&](LaneRanking each) { return sums.rankings[static_cast<std::size_t>(each)]; };
  const RankSums own = of(ranking);
  const RankSums best = of(LaneRanking::kPosterior);
  return {kLaneRankings[static_cast<std::size_t>(ranking)], ratio(own.recall, sums.rare),
          ratio(own.reciprocal, sums.rare), ratio(best.recall - own.recall, sums.rare),
          ratio(best.reciprocal - own.reciprocal, sums.rare)};
}

/// Intervals of no width.
LaneFigures rates_of(const LaneSums& sums) {
  LaneFigures out;
  const auto positions = static_cast<double>(sums.words);
  out.attested = ratio(sums.attested, positions);
  out.unusual = ratio(sums.rare, sums.attested);
  out.bits = ratio(sums.bits, positions);
  out.bits_saved = ratio(sums.bits_saved, positions);
  for (std::size_t i = 0; i < sums.rankings.size(); ++i)
    out.rankings.push_back(ranking_figures(static_cast<LaneRanking>(i), sums));
  out.fit_auc = ratio(sums.fit_beaten, sums.compared);
  out.unigram_auc = ratio(sums.unigram_beaten, sums.compared);
  out.surprise_auc = ratio(sums.surprise_beaten, sums.compared);
  for (std::size_t i = 0; i < sums.texts.size(); ++i) {
    const FitSums& text = sums.texts[i];
    out.texts.push_back({kLaneTexts[i], static_cast<std::uint64_t>(text.rare),
                         ratio(text.careful, text.rare), ratio(text.bold, text.rare),
                         ratio(text.fit, text.rare)});
  }
  for (std::size_t i = 0; i < sums.mixes.size(); ++i) {
    out.mixes.push_back({kLaneMixes[i], ratio(sums.mixes[i].hits, positions),
                         ratio(sums.mixes[i].rare_hits, sums.rare)});
  }
  out.no_rare = ratio(sums.no_rare, positions);
  out.no_genius = ratio(sums.no_genius, positions);
  for (std::size_t i = 0; i < sums.gates.size(); ++i)
    out.gate_recall.emplace_back(kLaneGates[i], ratio(sums.gates[i].recall, sums.rare));
  return out;
}

/// Every figure.
std::vector<Measured*> all_of(LaneFigures& figures) {
  std::vector<Measured*> all{&figures.attested,     &figures.unusual, &figures.bits,
                             &figures.bits_saved,   &figures.fit_auc, &figures.unigram_auc,
                             &figures.surprise_auc, &figures.no_rare, &figures.no_genius};
  for (LaneRankingFigures& of : figures.rankings)
    all.insert(all.end(), {&of.recall, &of.reciprocal, &of.recall_gain, &of.reciprocal_gain});
  for (LaneTextFigures& of : figures.texts) all.insert(all.end(), {&of.careful, &of.bold, &of.fit});
  for (LaneMixFigures& of : figures.mixes) all.insert(all.end(), {&of.hit, &of.rare_hit});
  for (auto& [gate, recall] : figures.gate_recall) all.push_back(&recall);
  return all;
}

LaneSums sum_of(const std::vector<const LaneDocument*>& documents,
                std::span<const std::size_t> picks) {
  LaneSums sums;
  for (const std::size_t pick : picks) sums += documents[pick]->sums;
  return sums;
}

template <class Array>
void add(Array& to, const Array& from) noexcept {
  for (std::size_t i = 0; i < to.size(); ++i) to[i] += from[i];
}

}  // namespace

Standing standing(double value, std::span<const double> others) noexcept {
  Standing out;
  for (const double other : others) {
    out.better += other > value ? 1 : 0;
    out.equal += other == value ? 1 : 0;
  }
  return out;
}

void RankSums::add(const Standing& standing) {
  const auto ranks = static_cast<double>(standing.equal + 1);
  const std::size_t last = standing.better + standing.equal + 1;
  if (standing.better < kRecallRanks)
    recall += static_cast<double>(std::min(last, kRecallRanks) - standing.better) / ranks;
  reciprocal += (harmonic(last) - harmonic(standing.better)) / ranks;
}

void RankSums::operator+=(const RankSums& other) noexcept {
  recall += other.recall;
  reciprocal += other.reciprocal;
}

double share_beaten(double value, std::span<const double> others) noexcept {
  const Standing at = standing(value, others);
  const auto all = static_cast<double>(others.size());
  return (all - static_cast<double>(at.better) - static_cast<double>(at.equal) / 2) / all;
}

std::vector<std::size_t> decoys(std::size_t words, std::size_t at) {
  constexpr std::size_t kHalf = kDecoys / 2;
  if (at < kHalf || at + kHalf >= words) return {};
  std::vector<std::size_t> out;
  for (std::size_t i = at - kHalf; i <= at + kHalf; ++i) {
    if (i != at) out.push_back(i);
  }
  return out;
}

void FitSums::add(double fit_of_word) noexcept {
  rare += 1;
  careful += fit_of_word > kCarefulGate ? 1 : 0;
  bold += fit_of_word > kBoldGate ? 1 : 0;
  fit += fit_of_word;
}

void FitSums::operator+=(const FitSums& other) noexcept {
  rare += other.rare;
  careful += other.careful;
  bold += other.bold;
  fit += other.fit;
}

void MixSums::operator+=(const MixSums& other) noexcept {
  hits += other.hits;
  rare_hits += other.rare_hits;
}

void LaneSums::operator+=(const LaneSums& other) noexcept {
  words += other.words;
  attested += other.attested;
  rare += other.rare;
  bits += other.bits;
  bits_saved += other.bits_saved;
  add(rankings, other.rankings);
  compared += other.compared;
  fit_beaten += other.fit_beaten;
  unigram_beaten += other.unigram_beaten;
  surprise_beaten += other.surprise_beaten;
  add(texts, other.texts);
  add(mixes, other.mixes);
  no_rare += other.no_rare;
  no_genius += other.no_genius;
  add(gates, other.gates);
}

LaneFigures figures_of(const std::vector<const LaneDocument*>& documents) {
  LaneFigures out = with_intervals(
      documents.size(),
      [&](std::span<const std::size_t> picks) { return rates_of(sum_of(documents, picks)); },
      all_of);
  LaneSums sums;
  for (const LaneDocument* document : documents) sums += document->sums;
  out.documents = documents.size();
  out.positions = sums.words;
  out.rare = static_cast<std::uint64_t>(sums.rare);
  out.compared = static_cast<std::uint64_t>(sums.compared);
  return out;
}

}  // namespace tercet::measure
