#include "predict/lane_model.h"

#include <cmath>
#include <utility>

namespace tercet::predict {
namespace {

/// Costs that bins are kept for: a word can be that many bits more, or less, probable than the
/// model's unigrams would have it. What lies beyond falls into the first and the last bin.
constexpr std::int32_t kBitsBelow = 24;
constexpr std::int32_t kBitsAbove = 56;

}  // namespace

Result<std::optional<LaneModel>> LaneModel::make(const internal::ModelData& model,
                                                 std::string_view name) {
  auto table = lanes::AssociationTable::parse(model, name);
  if (!table) return std::move(table).error();
  if (!table->has_value()) return std::optional<LaneModel>();
  return std::optional(LaneModel(model.ngrams(), std::move(**table)));
}

LaneModel::LaneModel(const model::Ngrams& ngrams, lanes::AssociationTable table)
    : ngrams_(&ngrams), table_(std::move(table)) {
  const auto units = static_cast<std::int32_t>(ngrams.scale().units_per_bit);
  units_per_bin_ = std::max(1, units / kBinsPerBit);
  bias_ = kBitsBelow * units;
  for (std::int32_t i = 0; i < units; ++i) fractions_.push_back(ngrams.scale().probability(i));
  unigrams_.resize(static_cast<std::size_t>((kBitsBelow + kBitsAbove) * units / units_per_bin_));
  for (WordId word = 0; word < ngrams.at(1).entries(); ++word) {
    std::uint8_t order = 0;
    const std::int32_t cost = ngrams.cost(State{}, word, order);
    if (cost < model::kImpossible) unigrams_[bin(cost)] += probability(cost);
  }
}

double LaneModel::probability(std::int32_t cost) const noexcept {
  const auto units = static_cast<std::int32_t>(fractions_.size());
  const std::int32_t whole = cost >= 0 ? cost / units : -((units - 1 - cost) / units);
  return std::ldexp(fractions_[static_cast<std::size_t>(cost - whole * units)], -whole);
}

}  // namespace tercet::predict
