// What the lanes need of a model, made once for all texts.
#ifndef TERCET_PREDICT_LANE_MODEL_H_
#define TERCET_PREDICT_LANE_MODEL_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "lanes/association_table.h"
#include "model/model_data.h"
#include "model/ngrams.h"
#include "tercet/error.h"

namespace tercet::predict {

/// Immutable; any number of threads. The model must outlive it.
class LaneModel {
 public:
  /// Nothing if the model was trained without lanes.
  static Result<std::optional<LaneModel>> make(const internal::ModelData& model,
                                               std::string_view name);

  const model::Ngrams& ngrams() const noexcept { return *ngrams_; }
  const lanes::AssociationTable& table() const noexcept { return table_; }

  /// How often training met the word after the last one of the state; 0: never, or it is not known.
  std::uint64_t times_seen(const State& state, WordId word) const noexcept;

  /// 2^(-cost / units), without computing it.
  double probability(std::int32_t cost) const noexcept;

  /// Words whose probabilities differ by less than a bin count as equally probable.
  static constexpr std::int32_t kBinsPerBit = 32;
  std::int32_t bin(std::int32_t cost) const noexcept {
    return std::clamp((cost + bias_) / units_per_bin_, 0, bins() - 1);
  }
  std::int32_t bins() const noexcept { return static_cast<std::int32_t>(unigrams_.size()); }
  /// Unigram probability of all words whose cost is in each bin.
  const std::vector<double>& unigrams() const noexcept { return unigrams_; }

 private:
  LaneModel(const model::Ngrams& ngrams, lanes::AssociationTable table,
            std::span<const std::byte> attested);

  const model::Ngrams* ngrams_;
  lanes::AssociationTable table_;
  std::span<const std::byte> attested_;  // Codes of the bigrams' counts; may be none.
  std::int32_t units_per_bin_;
  std::int32_t bias_;              // Costs may be that much below 0.
  std::vector<double> fractions_;  // 2^(-i / units), for less than one bit.
  std::vector<double> unigrams_;
};

}  // namespace tercet::predict

#endif  // TERCET_PREDICT_LANE_MODEL_H_
