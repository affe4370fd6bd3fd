#include "predict/lane_model.h"

#include <utility>

#include "core/error.h"
#include "format/container.h"
#include "model/attested.h"

namespace tercet::predict {
Result<std::optional<LaneModel>> LaneModel::make(const internal::ModelData& model,
                                                 std::string_view name, std::uint32_t long_list,
                                                 const LaneOverrides& overrides) {
  auto table = lanes::AssociationTable::parse(model, name, overrides);
  if (!table) return std::move(table).error();
  std::optional<lanes::AssociationTable>& found = *table;
  if (!found) return std::optional<LaneModel>();
  std::span<const std::byte> attested;
  if (model.ngrams().order() >= 2) {
    attested = model.container().find(format::SectionKind::kLaneAttested, 2);
    if (!attested.empty() && attested.size() != model.ngrams().at(2).entries())
      return core::damaged(name, "the counts of its bigrams have a wrong size");
  }
  return std::optional(LaneModel(model.ngrams(), std::move(*found), attested, long_list));
}

LaneModel::LaneModel(const model::Ngrams& ngrams, lanes::AssociationTable table,
                     std::span<const std::byte> attested, std::uint32_t long_list)
    : ngrams_(&ngrams),
      table_(std::move(table)),
      attested_(attested),
      bins_(ngrams.scale()),
      profiles_(ngrams, table_, bins_, long_list) {}

std::uint64_t LaneModel::times_seen(const State& state, WordId word) const noexcept {
  if (attested_.empty() || state.length == 0) return 0;
  const std::uint32_t entry = ngrams_->at(2).find(ngrams_->context(state, 1).children, word);
  return entry == model::kNoEntry
             ? 0
             : model::decode_attested(static_cast<std::uint8_t>(attested_[entry]));
}

}  // namespace tercet::predict
