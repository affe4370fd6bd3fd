// What the lanes need of a model, made once for all texts.
#ifndef TERCET_PREDICT_LANE_MODEL_H_
#define TERCET_PREDICT_LANE_MODEL_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "lanes/association_table.h"
#include "model/model_data.h"
#include "model/ngrams.h"
#include "predict/context_profiles.h"
#include "predict/cost_bins.h"
#include "tercet/error.h"
#include "tercet/lanes.h"

namespace tercet::predict {

/// Immutable; any number of threads. The model must outlive it.
class LaneModel {
 public:
  /// Nothing if the model was trained without lanes. Contexts followed by `long_list` words or more
  /// are profiled: that takes about 0.1 s and some MB. kInvalidArgument: impossible overrides.
  static Result<std::optional<LaneModel>> make(const internal::ModelData& model,
                                               std::string_view name,
                                               std::uint32_t long_list = ContextProfiles::kLongList,
                                               const LaneOverrides& overrides = {});

  const model::Ngrams& ngrams() const noexcept { return *ngrams_; }
  const lanes::AssociationTable& table() const noexcept { return table_; }

  /// Of a word without a context; 0 if the model does not know it.
  double unigram(WordId word) const noexcept {
    if (word >= ngrams_->at(1).entries()) return 0;
    const std::uint16_t cost = ngrams_->at(1).cost(word);
    return cost == model::kNeverCost ? 0 : bins_.probability(cost);
  }

  /// How often training met the word after the last one of the state; 0: never, or it is not known.
  std::uint64_t times_seen(const State& state, WordId word) const noexcept;

  const CostBins& bins() const noexcept { return bins_; }
  const ContextProfiles& profiles() const noexcept { return profiles_; }

 private:
  LaneModel(const model::Ngrams& ngrams, lanes::AssociationTable table,
            std::span<const std::byte> attested, std::uint32_t long_list);

  const model::Ngrams* ngrams_;
  lanes::AssociationTable table_;
  std::span<const std::byte> attested_;  // Codes of the bigrams' counts; may be none.
  CostBins bins_;
  ContextProfiles profiles_;
};

}  // namespace tercet::predict

#endif  // TERCET_PREDICT_LANE_MODEL_H_
