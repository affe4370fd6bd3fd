#include "interop/integer_model.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace tercet::interop {
namespace {

constexpr std::uint32_t kFinestUnitsPerBit = 4096;
/// Each rounded number is wrong by half a unit at most, and the file's own digits by less.
constexpr std::int32_t kRoundingUnits = 2;

/// Greatest and least of the finite numbers of a file, in bits.
struct Extent {
  double greatest_cost = 0;
  double least_backoff = 0;
  double greatest_backoff = 0;
};

Extent extent_of(const ArpaModel& arpa) {
  Extent out;
  for (const ArpaOrder& order : arpa.orders) {
    for (const float cost : order.costs) {
      if (std::isfinite(cost)) out.greatest_cost = std::max(out.greatest_cost, double{cost});
    }
    for (const float backoff : order.backoffs) {
      if (!std::isfinite(backoff)) continue;
      out.least_backoff = std::min(out.least_backoff, double{backoff});
      out.greatest_backoff = std::max(out.greatest_backoff, double{backoff});
    }
  }
  return out;
}

bool fits(const Extent& extent, const model::CostScale& scale) {
  const auto units = [&](double bits) { return std::round(bits * scale.units_per_bit); };
  return units(extent.greatest_cost) <= model::kMaxCost &&
         units(extent.least_backoff) + scale.backoff_bias >= 0 &&
         units(extent.greatest_backoff) + scale.backoff_bias <= model::kMaxCost;
}

/// The stored backoff that comes nearest to weight zero.
std::uint16_t stored_backoff(const model::CostScale& scale, float bits) {
  return std::isinf(bits) ? static_cast<std::uint16_t>(model::kMaxCost)
                          : scale.backoff(-double{bits});
}

/// Rounds one order and lets go of its numbers.
IntegerOrder round_order(ArpaOrder&& order, const model::CostScale& scale) {
  IntegerOrder out;
  out.costs.reserve(order.costs.size());
  for (const float cost : order.costs) {
    // A filled-in n-gram has no cost yet.
    out.costs.push_back(std::isnan(cost) ? std::uint16_t{0} : scale.cost(-double{cost}));
  }
  release(order.costs);
  out.backoffs.reserve(order.backoffs.size());
  for (const float backoff : order.backoffs) out.backoffs.push_back(stored_backoff(scale, backoff));
  out.words = std::move(order.words);
  out.first_child = std::move(order.first_child);
  return out;
}

/// The longest stored n-gram that ends another one, without its first word.
struct Suffix {
  std::uint32_t entry = 0;
  std::uint32_t order = 0;  ///< 0: the empty one.
};

/// Compares every n-gram with what the lower orders say in its place.
class LemmaPass {
 public:
  LemmaPass(IntegerModel& model, const std::vector<std::vector<std::uint32_t>>& filled_in)
      : model_(model), filled_in_(filled_in) {}

  struct Misses {
    std::uint64_t count = 0;
    bool beyond_rounding = false;  ///< Any of them.
  };
  /// Gives filled-in n-grams their costs, and counts the n-grams that miss the lemma.
  Misses check() {
    Misses misses;
    run([&](std::uint32_t n, std::uint32_t entry, const Ceiling& ceiling) {
      std::uint16_t& cost = model_.orders[n - 1].costs[entry];
      if (is_filled_in(n, entry)) cost = stored(ceiling);
      const std::int32_t miss = miss_of(cost, ceiling);
      if (miss > 0) ++misses.count;
      if (miss > kRoundingUnits + static_cast<std::int32_t>(ceiling.backoffs))
        misses.beyond_rounding = true;
    });
    return misses;
  }

  /// Lowers what misses the lemma, short n-grams first.
  void mend() {
    run([&](std::uint32_t n, std::uint32_t entry, const Ceiling& ceiling) {
      std::uint16_t& cost = model_.orders[n - 1].costs[entry];
      if (miss_of(cost, ceiling) > 0) cost = stored(ceiling);
    });
  }

 private:
  /// What backing off from the n-gram's context gives: the lemma's upper bound of the cost.
  struct Ceiling {
    std::int32_t cost;
    std::uint32_t backoffs;  ///< Taken below the context's own.
  };

  static std::uint16_t stored(const Ceiling& ceiling) {
    if (ceiling.cost >= model::kImpossible) return model::kNeverCost;
    return static_cast<std::uint16_t>(
        std::clamp(ceiling.cost, 0, static_cast<std::int32_t>(model::kMaxCost)));
  }
  /// By how much the lemma is missed; kImpossible where lowering the cost cannot mend it.
  static std::int32_t miss_of(std::uint16_t cost, const Ceiling& ceiling) {
    if (ceiling.cost >= model::kImpossible) return 0;
    if (cost == model::kNeverCost || ceiling.cost < 0) return model::kImpossible;
    return std::int32_t{cost} - ceiling.cost;
  }

  bool is_filled_in(std::uint32_t n, std::uint32_t entry) const {
    const auto& list = filled_in_[n - 1];
    return !list.empty() && std::binary_search(list.begin(), list.end(), entry);
  }

  template <class Visit>
  void run(Visit&& visit);

  std::int32_t backoff(std::uint32_t n, std::uint32_t entry) const {
    return std::int32_t{model_.orders[n - 1].backoffs[entry]} -
           static_cast<std::int32_t>(model_.scale.backoff_bias);
  }
  Suffix descend(Suffix context, WordId word, Ceiling& ceiling) const;

  IntegerModel& model_;
  const std::vector<std::vector<std::uint32_t>>& filled_in_;
  std::vector<std::vector<Suffix>> suffixes_;  // Of the entries of order 1, 2, ...; highest: none.
};

/// Finds `word` after `context` or its longest suffix that has it. Adds the backoffs taken and the
/// cost found to the ceiling.
Suffix LemmaPass::descend(Suffix context, WordId word, Ceiling& ceiling) const {
  Suffix found{word, 1};
  for (; context.order > 0; context = suffixes_[context.order - 1][context.entry]) {
    const IntegerOrder& next = model_.orders[context.order];
    const model::EntryRange range = model_.orders[context.order - 1].children(context.entry);
    const auto begin = next.words.begin();
    const auto at = std::lower_bound(begin + range.begin, begin + range.end, word);
    if (at != begin + range.end && *at == word) {
      found = {static_cast<std::uint32_t>(at - begin), context.order + 1};
      break;
    }
    ceiling.cost += backoff(context.order, context.entry);
    ++ceiling.backoffs;
  }
  const std::uint16_t cost = model_.orders[found.order - 1].costs[found.entry];
  ceiling.cost = cost == model::kNeverCost ? model::kImpossible : ceiling.cost + cost;
  return found;
}

/// visit(n, entry, ceiling) for all n-grams from order 2 up, each order complete before the next.
template <class Visit>
void LemmaPass::run(Visit&& visit) {
  suffixes_.assign(1, std::vector<Suffix>(model_.orders[0].size()));
  for (std::uint32_t n = 2; n <= model_.orders.size(); ++n) {
    const IntegerOrder& lower = model_.orders[n - 2];
    const bool highest = n == model_.orders.size();
    std::vector<Suffix> suffixes(highest ? 0 : model_.orders[n - 1].size());
    for (std::uint32_t context = 0; context < lower.size(); ++context) {
      const model::EntryRange children = lower.children(context);
      for (std::uint32_t entry = children.begin; entry < children.end; ++entry) {
        Ceiling ceiling{backoff(n - 1, context), 0};
        const Suffix suffix =
            descend(suffixes_[n - 2][context], model_.orders[n - 1].words[entry], ceiling);
        visit(n, entry, ceiling);
        if (!highest) suffixes[entry] = suffix;
      }
    }
    suffixes_.push_back(std::move(suffixes));
  }
}

/// Entries whose cost is kFilledIn, by order.
std::vector<std::vector<std::uint32_t>> filled_in_entries(const ArpaModel& arpa) {
  std::vector<std::vector<std::uint32_t>> lists;
  for (const ArpaOrder& order : arpa.orders) {
    auto& list = lists.emplace_back();
    for (std::uint32_t entry = 0; entry < order.size(); ++entry) {
      if (std::isnan(order.costs[entry])) list.push_back(entry);
    }
  }
  return lists;
}

std::uint64_t count_zero_backoffs(const ArpaModel& arpa) {
  std::uint64_t count = 0;
  for (const ArpaOrder& order : arpa.orders) {
    count += static_cast<std::uint64_t>(
        std::count(order.backoffs.begin(), order.backoffs.end(), kNever));
  }
  return count;
}

}  // namespace

model::CostScale choose_scale(const ArpaModel& arpa) {
  const Extent extent = extent_of(arpa);
  if (arpa.mark) {
    const model::CostScale scale{arpa.mark->units_per_bit, arpa.mark->backoff_bias};
    if (fits(extent, scale)) return scale;  // Else somebody has edited the file.
  }
  model::CostScale scale{kFinestUnitsPerBit, 0};
  for (;; scale.units_per_bit /= 2) {
    const double bias = std::round(-extent.least_backoff * scale.units_per_bit);
    scale.backoff_bias = static_cast<std::uint32_t>(bias);
    if (fits(extent, scale) || scale.units_per_bit == 1) return scale;
  }
}

IntegerModel to_integers(ArpaModel arpa) {
  IntegerModel out;
  out.warnings = std::move(arpa.warnings);
  if (const std::uint64_t zeros = count_zero_backoffs(arpa); zeros > 0) {
    out.warnings.push_back(
        fmt::format("{} backoff weight{} of 0 replaced by the least that a model file can hold",
                    zeros, zeros == 1 ? "" : "s"));
  }
  out.scale = choose_scale(arpa);
  out.normalised = !arpa.mark || arpa.mark->normalised;
  const auto filled_in = filled_in_entries(arpa);
  out.vocabulary = std::move(arpa.vocabulary);
  for (ArpaOrder& order : arpa.orders)
    out.orders.push_back(round_order(std::move(order), out.scale));

  LemmaPass pass(out, filled_in);
  const LemmaPass::Misses misses = pass.check();
  // An exported model is to come back unchanged.
  const bool may_mend = !arpa.mark && !misses.beyond_rounding;
  if (misses.count > 0 && may_mend) pass.mend();
  out.interpolated = misses.count == 0 || may_mend;
  return out;
}

}  // namespace tercet::interop
