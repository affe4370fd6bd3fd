#include "predict/lane_model.h"

#include <cmath>
#include <utility>

#include "core/error.h"
#include "format/container.h"
#include "model/attested.h"

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
  std::span<const std::byte> attested;
  if (model.ngrams().order() >= 2) {
    attested = model.container().find(format::SectionKind::kLaneAttested, 2);
    if (!attested.empty() && attested.size() != model.ngrams().at(2).entries())
      return core::damaged(name, "the counts of its bigrams have a wrong size");
  }
  return std::optional(LaneModel(model.ngrams(), std::move(**table), attested));
}

LaneModel::LaneModel(const model::Ngrams& ngrams, lanes::AssociationTable table,
                     std::span<const std::byte> attested)
    : ngrams_(&ngrams), table_(std::move(table)), attested_(attested) {
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

std::uint64_t LaneModel::times_seen(const State& state, WordId word) const noexcept {
  if (attested_.empty() || state.length == 0) return 0;
  const std::uint32_t entry = ngrams_->at(2).find(ngrams_->context(state, 1).children, word);
  return entry == model::kNoEntry
             ? 0
             : model::decode_attested(static_cast<std::uint8_t>(attested_[entry]));
}

double LaneModel::probability(std::int32_t cost) const noexcept {
  const auto units = static_cast<std::int32_t>(fractions_.size());
  const std::int32_t whole = cost >= 0 ? cost / units : -((units - 1 - cost) / units);
  return std::ldexp(fractions_[static_cast<std::size_t>(cost - whole * units)], -whole);
}

}  // namespace tercet::predict
