// Which words belong together in a text: the lane sections of a model file, as mapped.
#ifndef TERCET_LANES_ASSOCIATION_TABLE_H_
#define TERCET_LANES_ASSOCIATION_TABLE_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "core/bytes.h"
#include "lanes/ratios.h"
#include "model/lane_layout.h"
#include "model/model_data.h"
#include "tercet/error.h"
#include "tercet/lanes.h"
#include "tercet/model.h"

namespace tercet::lanes {

/// A class of words, those of one stem; model::kNoClass for words that mean little by themselves.
using Class = std::uint16_t;

/// kappa: a class that was seldom counted says little by having been counted with another one.
/// Tuned with mu and b on shared/corpora's dev texts: docs/LANES.md.
inline constexpr double kShareSmoothing = 1e-5;

/// Immutable; points into the model's bytes. Any number of threads.
class AssociationTable {
 public:
  /// Nothing if the model was trained without lanes. kInvalidArgument: impossible overrides.
  static Result<std::optional<AssociationTable>> parse(const internal::ModelData& model,
                                                       std::string_view name,
                                                       const LaneOverrides& overrides = {});

  const model::LaneParameters& parameters() const noexcept { return parameters_; }
  std::uint32_t classes() const noexcept { return parameters_.classes; }

  /// Of a word of the model; kNoClass for any other number.
  Class class_of(WordId word) const noexcept {
    return word < word_count_ ? entry(word) & model::kNoClass : model::kNoClass;
  }
  /// Whether a word is good enough for the rare and the genius lane: frequent enough not to be a
  /// slip, and no name.
  bool may_be_offered(WordId word) const noexcept {
    return word < word_count_ && (entry(word) & model::kMayBeOffered) != 0;
  }

  /// Calls visit(class, count) for each class that was counted with this one, in order.
  template <class Visit>
  void for_each_neighbour(Class of, Visit&& visit) const {
    const std::byte* pair = rows_ + model::kLanePairBytes * row_begin(of);
    const std::byte* const end = rows_ + model::kLanePairBytes * row_begin(of + 1U);
    std::uint32_t at = 0xFFFF'FFFF;  // Before the first class.
    for (; pair != end; pair += model::kLanePairBytes) {
      at += static_cast<std::uint32_t>(pair[0]);
      visit(static_cast<Class>(at), static_cast<std::uint32_t>(pair[1]));
    }
  }

  /// nu: how often anything was counted with the class.
  std::uint32_t total(Class of) const noexcept {
    return core::load<std::uint32_t>(totals_ + sizeof(std::uint32_t) * of);
  }
  /// What of it no neighbour's count says: pairs were dropped and capped.
  std::uint32_t dropped(Class of) const noexcept { return dropped_[of]; }
  /// pi: a class's share of all that was counted.
  double share(Class of) const noexcept { return total(of) / all_; }
  /// 1 / (pi + kappa) for each class, padded.
  std::span<const float> inverse_shares() const noexcept { return inverse_shares_; }
  /// q / (pi + kappa), padded: q is a class's share of all that was dropped.
  std::span<const float> dropped_lifts() const noexcept { return dropped_lifts_; }
  /// What the words of each class have of the model's unigram probability, padded.
  std::span<const float> masses() const noexcept { return masses_; }

  /// How frequent the class is: floor(log2(occurrences)), within bounds.
  std::uint32_t band(Class of) const noexcept { return static_cast<std::uint32_t>(bands_[of]); }
  /// The support that so great a share of random classes of the band fall short of.
  double support_at_share(std::uint32_t band, double share) const noexcept;
  /// V: the share of random classes, as frequent as this one, that texts support by less.
  double share_supported_less(Class of, double support_bits) const noexcept;

 private:
  std::uint16_t entry(WordId word) const noexcept {
    return core::load<std::uint16_t>(word_classes_ + sizeof(std::uint16_t) * word);
  }
  std::uint32_t row_begin(std::uint32_t of) const noexcept {
    return core::load<std::uint32_t>(row_offsets_ + sizeof(std::uint32_t) * of);
  }
  Status check(std::span<const std::byte> rows, std::string_view name);
  bool read_row(Class of);
  void prepare_shares();
  void prepare_masses(const model::Ngrams& ngrams);

  model::LaneParameters parameters_;
  std::uint32_t word_count_ = 0;
  const std::byte* word_classes_ = nullptr;
  const std::byte* row_offsets_ = nullptr;
  const std::byte* rows_ = nullptr;
  const std::byte* totals_ = nullptr;
  const std::byte* bands_ = nullptr;
  const std::byte* null_ = nullptr;
  double all_ = 0;  // The sum of all totals.
  std::vector<std::uint32_t> dropped_;
  std::vector<float> inverse_shares_;
  std::vector<float> dropped_lifts_;
  std::vector<float> masses_;
};

}  // namespace tercet::lanes

#endif  // TERCET_LANES_ASSOCIATION_TABLE_H_
