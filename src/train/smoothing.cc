#include "train/smoothing.h"

#include <bit>
#include <string_view>
#include <utility>

namespace tercet::train {
namespace {

struct Name {
  Smoothing smoothing;
  std::string_view name;
};
constexpr Name kNames[] = {
    {Smoothing::kModifiedKneserNey, "modified-kneser-ney"},
    {Smoothing::kKneserNey, "kneser-ney"},
    {Smoothing::kAbsoluteDiscounting, "absolute-discounting"},
    {Smoothing::kWittenBell, "witten-bell"},
    {Smoothing::kJelinekMercer, "jelinek-mercer"},
    {Smoothing::kKatz, "katz"},
    {Smoothing::kAdditive, "additive"},
    {Smoothing::kStupidBackoff, "stupid-backoff"},
};

constexpr double kStupidBackoffWeight = 0.4;  // Brants et al. 2007, section 4.
constexpr std::uint32_t kKatzLimit = 5;       // Katz 1987: counts above it are trusted.

void warn(std::vector<std::string>& warnings, std::size_t order, const std::string& what) {
  warnings.push_back("order " + std::to_string(order) + ": " + what);
}

void set_from(OrderSmoothing& smoothing, std::size_t first, double discount) {
  std::fill(smoothing.discounts.begin() + static_cast<std::ptrdiff_t>(first),
            smoothing.discounts.end(), discount);
}

/// Chen and Goodman 1998, equation (26): Y = n1 / (n1 + 2 n2), D_k = k - (k + 1) Y n_{k+1} / n_k.
/// The fallback is that of KenLM's lmplz.
void set_modified_kneser_ney(OrderSmoothing& smoothing, const OrderStatistics& statistics,
                             std::size_t order, std::vector<std::string>& warnings) {
  const auto n = [&](std::size_t count) {
    return static_cast<double>(statistics.counts_of_counts[count]);
  };
  constexpr std::array<double, 4> kFallback = {0, 0.5, 1.0, 1.5};
  std::array<double, 4> discounts{};
  bool sound = n(1) > 0 && n(2) > 0 && n(3) > 0;
  const double y = sound ? n(1) / (n(1) + 2 * n(2)) : 0;
  for (std::size_t k = 1; k <= 3 && sound; ++k) {
    const auto count = static_cast<double>(k);
    discounts[k] = count - (count + 1) * y * n(k + 1) / n(k);
    sound = discounts[k] >= 0 && discounts[k] <= count;
  }
  if (!sound) {
    discounts = kFallback;
    warn(warnings, order,
         "too few or too regular n-grams for modified Kneser-Ney discounts; using 0.5, 1, 1.5");
  }
  smoothing.discounts[1] = discounts[1];
  smoothing.discounts[2] = discounts[2];
  set_from(smoothing, 3, discounts[3]);
}

/// Ney, Essen and Kneser 1994: D = n1 / (n1 + 2 n2).
void set_single_discount(OrderSmoothing& smoothing, const OrderStatistics& statistics,
                         std::size_t order, std::vector<std::string>& warnings) {
  const auto n1 = static_cast<double>(statistics.counts_of_counts[1]);
  const auto n2 = static_cast<double>(statistics.counts_of_counts[2]);
  double discount = 0.5;
  if (n1 > 0 && n2 > 0) {
    discount = n1 / (n1 + 2 * n2);
  } else {
    warn(warnings, order, "too few n-grams occur once or twice; using the discount 0.5");
  }
  set_from(smoothing, 1, discount);
}

/// Katz 1987: d_r = (r*/r - A) / (1 - A) with r* = (r + 1) n_{r+1} / n_r, A = (k + 1) n_{k+1} /
/// n_1, as the absolute discount r - d_r r.
void set_katz(OrderSmoothing& smoothing, const OrderStatistics& statistics, std::size_t order,
              std::vector<std::string>& warnings) {
  const auto n = [&](std::size_t count) {
    return static_cast<double>(statistics.counts_of_counts[count]);
  };
  const double a = n(1) > 0 ? (kKatzLimit + 1) * n(kKatzLimit + 1) / n(1) : 1;
  std::array<double, OrderSmoothing::kDiscounts> discounts{};
  bool sound = a < 1;
  for (std::size_t r = 1; r <= kKatzLimit && sound; ++r) {
    const auto count = static_cast<double>(r);
    const double good_turing = n(r) > 0 ? (count + 1) * n(r + 1) / n(r) : 0;
    const double ratio = (good_turing / count - a) / (1 - a);
    sound = ratio > 0 && ratio <= 1;
    discounts[r] = count * (1 - ratio);
  }
  if (sound) {
    smoothing.discounts = discounts;
  } else {
    warn(warnings, order,
         "counts of counts do not fall as Good-Turing needs; using absolute discounting");
    set_single_discount(smoothing, statistics, order, warnings);
  }
}

}  // namespace

double OrderSmoothing::scale_of(const ContextTotals& totals) const noexcept {
  const auto count = static_cast<double>(totals.count);
  if (totals.count == 0) return 0;
  switch (scale) {
    case Scale::kCount:
      return 1 / count;
    case Scale::kCountAndTypes:
      return 1 / (count + static_cast<double>(totals.types));
    case Scale::kAdditive:
      return 1 / (count + additive_mass);
    case Scale::kWeighted:
      return weights[weight_bucket(totals.count)] / count;
    case Scale::kNothing:
      return 0;
  }
  return 0;
}

std::size_t OrderSmoothing::weight_bucket(std::uint64_t count) noexcept {
  return std::min<std::size_t>(static_cast<std::size_t>(std::bit_width(count)), kWeightBuckets - 1);
}

bool uses_continuation_counts(Smoothing smoothing) noexcept {
  return smoothing == Smoothing::kModifiedKneserNey || smoothing == Smoothing::kKneserNey;
}

bool is_interpolated(Smoothing smoothing) noexcept {
  return smoothing != Smoothing::kKatz && smoothing != Smoothing::kStupidBackoff;
}

std::vector<OrderSmoothing> make_smoothing(const TrainOptions& options,
                                           const std::vector<OrderStatistics>& statistics,
                                           std::uint32_t vocabulary_size,
                                           std::vector<std::string>& warnings) {
  using Scale = OrderSmoothing::Scale;
  std::vector<OrderSmoothing> orders(statistics.size());
  for (std::size_t i = 0; i < orders.size(); ++i) {
    OrderSmoothing& order = orders[i];
    // Unigrams are always interpolated with the uniform distribution: `<unk>` gets its share.
    order.interpolated = i == 0 || is_interpolated(options.smoothing);
    switch (options.smoothing) {
      case Smoothing::kModifiedKneserNey:
        set_modified_kneser_ney(order, statistics[i], i + 1, warnings);
        break;
      case Smoothing::kKneserNey:
      case Smoothing::kAbsoluteDiscounting:
        set_single_discount(order, statistics[i], i + 1, warnings);
        break;
      case Smoothing::kWittenBell:
        order.scale = Scale::kCountAndTypes;
        break;
      case Smoothing::kJelinekMercer:
        order.scale = Scale::kWeighted;
        break;
      case Smoothing::kKatz:
        set_katz(order, statistics[i], i + 1, warnings);
        break;
      case Smoothing::kAdditive:
        order.scale = i + 1 == orders.size() ? Scale::kAdditive : Scale::kNothing;
        order.additive_mass = options.additive_delta * (vocabulary_size - 1);
        break;
      case Smoothing::kStupidBackoff:
        if (i > 0) {
          order.fixed_backoff = kStupidBackoffWeight;
        } else {  // c / C, with one more occurrence shared out so that `<unk>` has a score.
          order.scale = Scale::kAdditive;
          order.additive_mass = 1;
        }
        break;
    }
  }
  return orders;
}

}  // namespace tercet::train

namespace tercet {

std::string_view name_of(Smoothing smoothing) noexcept {
  for (const auto& entry : train::kNames) {
    if (entry.smoothing == smoothing) return entry.name;
  }
  return "unknown";
}

std::optional<Smoothing> smoothing_by_name(std::string_view name) noexcept {
  for (const auto& entry : train::kNames) {
    if (entry.name == name) return entry.smoothing;
  }
  return std::nullopt;
}

}  // namespace tercet
