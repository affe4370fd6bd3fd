// What must hold of a text, so that the lanes' names are deserved.
#include <fmt/format.h>

#include <cmath>

#include "measure/lane_tally.h"

namespace tercet::measure {
namespace {

/// Held-out texts have 0.2 to 0.3, those that a model was trained on less than 0.1.
constexpr double kLeastUnusual = 0.12;
/// Smaller genres say too little.
constexpr std::uint64_t kLeastPositions = 300;
constexpr double kLeastSaved = 0.3;
constexpr double kLeastOrder = 1.5;

const LaneTextFigures& text_of(const LaneFigures& figures, LaneText text) {
  return figures.texts[static_cast<std::size_t>(text)];
}

LaneMust near(std::string_view what, double value, double wanted, double most) {
  return {fmt::format("{}: {:.3f}, {} +- {}", what, value, wanted, most),
          std::abs(value - wanted) <= most};
}

void add_rankings(const LaneFigures& all, std::vector<LaneMust>& out) {
  for (const LaneRankingFigures& of : all.rankings) {
    if (of.name == kLaneRankings[static_cast<std::size_t>(LaneRanking::kPosterior)]) continue;
    const Measured& gain = of.reciprocal_gain;
    out.push_back({fmt::format("posterior ranks {} rare words better than {}: MRR {:+.4f} "
                               "[{:+.4f}, {:+.4f}]",
                               all.rare, of.name, gain.value, gain.low, gain.high),
                   gain.low > 0});
  }
}

void add_bits(const LanesReport& report, std::vector<LaneMust>& out) {
  const double saved = report.all.bits_saved.value;
  out.push_back(
      {fmt::format("bits saved per word: {:.3f}, > {}", saved, kLeastSaved), saved > kLeastSaved});
  for (const auto& [genre, figures] : report.genres) {
    if (figures.positions < kLeastPositions) continue;
    const double of_genre = figures.bits_saved.value;
    out.push_back({fmt::format("bits saved in {}: {:.3f}, > 0", genre, of_genre), of_genre > 0});
  }
}

void add_texts(const LaneFigures& all, std::vector<LaneMust>& out) {
  const double human = text_of(all, LaneText::kHuman).careful.value;
  const LaneTextFigures& replaced = text_of(all, LaneText::kReplaced);
  const double sampled = text_of(all, LaneText::kSampled).careful.value;
  const double shuffled = text_of(all, LaneText::kSentencesShuffled).careful.value;
  out.push_back({fmt::format("V > 0.95 in the text as it stands: {:.3f}, >= {} x {:.3f}, sentences "
                             "shuffled",
                             human, kLeastOrder, shuffled),
                 human >= kLeastOrder * shuffled});
  out.push_back(near("V > 0.95 of random replacements", replaced.careful.value, 0.05, 0.02));
  out.push_back({fmt::format("V > 0.95 in text sampled from the model: {:.3f}, <= {:.3f} of random "
                             "replacements",
                             sampled, replaced.careful.value),
                 sampled <= replaced.careful.value});
  out.push_back(near("V > 0.8 of random replacements", replaced.bold.value, 0.2, 0.04));
}

}  // namespace

std::vector<LaneMust> musts_of(const LanesReport& report) {
  std::vector<LaneMust> out;
  add_rankings(report.all, out);
  out.push_back(
      near("unigrams tell words from decoys, AUC", report.all.unigram_auc.value, 0.5, 0.03));
  out.push_back(
      near("surprise tells words from decoys, AUC", report.all.surprise_auc.value, 0.5, 0.03));
  add_bits(report, out);
  add_texts(report.all, out);
  return out;
}

bool seen_before(const LaneFigures& figures) noexcept {
  return figures.unusual.value < kLeastUnusual;
}

}  // namespace tercet::measure
