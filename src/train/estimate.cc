#include "train/estimate.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "core/error.h"
#include "train/jelinek_mercer.h"
#include "train/suffixes.h"

namespace tercet::train {
namespace {

/// A kept successor of the context at hand.
struct Successor {
  std::uint32_t count = 0;
  std::uint16_t lower_cost = 0;
  double lower_probability = 0;
};

/// Discounted mass this close to 1 leaves nothing for unseen words.
constexpr double kFullMass = 1 - 1e-9;
/// Less than this of the order below is noise of its 32-bit probabilities, or would need a backoff
/// weight beyond what a file can hold.
constexpr double kLeastUnseen = 0x1p-12;
constexpr std::uint64_t kSuccessorsPerStep = 1 << 14;

/// The distribution of one context: scale of u, and what is left for the order below.
struct Distribution {
  double scale = 0;
  double remainder = 0;  ///< g, or the backoff weight.
};

Distribution distribute(const OrderSmoothing& smoothing, const DroppedSuccessors& dropped,
                        std::span<const Successor> successors) {
  ContextTotals totals{dropped.count, dropped.types};
  double kept = 0;
  double kept_lower = 0;
  for (const Successor& successor : successors) {
    totals.count += successor.count;
    totals.types += successor.count != 0 ? 1 : 0;  // Among the unigrams are words never seen.
    kept += successor.count - smoothing.discount(successor.count);
    kept_lower += successor.lower_probability;
  }
  Distribution out{smoothing.scale_of(totals), 0};
  if (smoothing.fixed_backoff > 0) return {out.scale, smoothing.fixed_backoff};
  // Nothing was discounted: as if the context had been seen once more with an unseen word.
  if (kept * out.scale > kFullMass && smoothing.scale != OrderSmoothing::Scale::kAdditive)
    out.scale *= kept / (kept + 1);
  out.remainder = 1 - kept * out.scale;
  if (smoothing.interpolated) return out;
  const double unseen_lower = 1 - kept_lower;
  if (unseen_lower > kLeastUnseen) return {out.scale, out.remainder / unseen_lower};
  return {1 / kept, 1};  // Every word was seen: nothing to back off to.
}

/// Estimates order n of the shards from its counts and its suffixes' estimates.
class OrderEstimator {
 public:
  OrderEstimator(const std::vector<ShardCounts>& shards, std::uint32_t n,
                 const SuffixTable& suffixes, const model::CostScale& scale,
                 const TrainContext& context)
      : shards_(shards), n_(n), suffixes_(suffixes), scale_(scale), context_(context) {}

  /// Calls visit(dropped, successors) for every entry of order n - 1.
  template <class Visit>
  Status traverse(std::uint32_t shard, Visit&& visit) const {
    const OrderCounts& counts = shards_[shard].orders[n_ - 1];
    EntryReader entries(counts);
    KeptReader kept(counts);
    ChildrenReader children(shards_[shard].orders[n_ - 2]);
    const std::span<const Estimate> lower = suffixes_.of_shard(shard);
    std::vector<Successor> successors;
    std::uint64_t unreported = 0;
    for (std::size_t slot = 0; children.remaining() != 0;) {
      const Children context = children.get();
      successors.resize(context.kept);
      for (Successor& successor : successors) {
        while (!kept.get()) ++slot;
        const Estimate& estimate = lower[slot++];
        successor = {entries.get().count, estimate.cost, double{estimate.probability}};
      }
      visit(context.dropped, std::span<const Successor>(successors));
      unreported += context.kept;
      if (unreported < kSuccessorsPerStep) continue;
      context_.step(std::exchange(unreported, 0));
      if (context_.stopped()) return core::cancelled();
    }
    TERCET_TRY(children.status());
    TERCET_TRY(kept.status());
    return entries.status();
  }

  /// Costs of order n, backoffs of order n - 1; `next` receives the estimates for order n + 1.
  Status run(std::uint32_t shard, const OrderSmoothing& smoothing, ShardEstimates& out,
             SuffixTable& next) const;

 private:
  const std::vector<ShardCounts>& shards_;
  std::uint32_t n_;
  const SuffixTable& suffixes_;
  const model::CostScale& scale_;
  const TrainContext& context_;
};

Status OrderEstimator::run(std::uint32_t shard, const OrderSmoothing& smoothing,
                           ShardEstimates& out, SuffixTable& next) const {
  RecordWriter<std::uint16_t> costs(context_.scratch());
  RecordWriter<std::uint16_t> backoffs(context_.scratch());
  SuffixWriter extensions(next, shards_[shard].orders[n_ - 1], shard);
  double remainder = 1;
  std::uint16_t backoff = scale_.backoff(0);
  TERCET_TRY(
      traverse(shard, [&](const DroppedSuccessors& dropped, std::span<const Successor> successors) {
        if (successors.empty()) {
          backoffs.put(scale_.backoff(0));
          return;
        }
        const Distribution distribution = distribute(smoothing, dropped, successors);
        // Most contexts of the high orders were seen once: their remainder is the one before.
        if (std::exchange(remainder, distribution.remainder) != distribution.remainder)
          backoff = scale_.backoff(std::log2(remainder));
        backoffs.put(backoff);
        for (const Successor& successor : successors) {
          double probability =
              (successor.count - smoothing.discount(successor.count)) * distribution.scale;
          std::uint32_t ceiling = model::kMaxCost;
          if (smoothing.interpolated) {
            probability += distribution.remainder * successor.lower_probability;
            // Keeps the max lemma exact in integers: see docs/ARCHITECTURE.md.
            ceiling = std::uint32_t{backoff} + successor.lower_cost;
          }
          const auto cost = static_cast<std::uint16_t>(
              std::min<std::uint32_t>(scale_.cost(std::log2(probability)), ceiling));
          costs.put(cost);
          extensions.put({static_cast<float>(probability), cost});
        }
      }));
  TERCET_TRY(extensions.status());
  TERCET_TRY(costs.finish(out[n_ - 1].costs));
  return backoffs.finish(out[n_ - 2].backoffs);
}

/// Order 1: interpolated with the uniform distribution over all words but `<s>`.
Status estimate_unigrams(const std::vector<ShardCounts>& shards, const OrderSmoothing& smoothing,
                         const model::CostScale& scale, const TrainContext& context,
                         std::vector<ShardEstimates>& estimates, SuffixTable& next) {
  std::vector<Successor> words;
  for (const ShardCounts& shard : shards) {
    EntryReader entries(shard.orders[0]);
    while (entries.remaining() != 0) words.push_back({entries.get().count, 0, 0});
    TERCET_TRY(entries.status());
  }
  const double uniform = 1.0 / static_cast<double>(words.size() - 1);
  for (Successor& word : words) word.lower_probability = uniform;
  words[kSentenceBegin].lower_probability = 0;
  const Distribution distribution = distribute(smoothing, {0, 0}, words);
  std::uint32_t id = 0;
  for (std::size_t i = 0; i < shards.size(); ++i) {
    RecordWriter<std::uint16_t> costs(context.scratch());
    SuffixWriter extensions(next, shards[i].orders[0], i);
    for (std::uint64_t k = 0; k < shards[i].statistics[0].kept; ++k, ++id) {
      const Successor& word = words[id];
      const double probability =
          (word.count - smoothing.discount(word.count)) * distribution.scale +
          distribution.remainder * word.lower_probability;
      const std::uint16_t cost =
          id == kSentenceBegin ? model::kNeverCost : scale.cost(std::log2(probability));
      costs.put(cost);
      extensions.put({static_cast<float>(probability), cost});
    }
    TERCET_TRY(extensions.status());
    TERCET_TRY(costs.finish(estimates[i][0].costs));
  }
  return {};
}

/// Jelinek-Mercer's weights of order n, by EM over every k-th context.
Status fit_weights(const OrderEstimator& estimator, const std::vector<ShardCounts>& shards,
                   std::uint32_t n, const TrainContext& context, OrderSmoothing& smoothing) {
  std::vector<std::uint64_t> first_context;
  std::uint64_t contexts = 0;
  for (const ShardCounts& shard : shards) {
    first_context.push_back(contexts);
    contexts += shard.statistics[n - 2].kept;
  }
  std::vector<WeightSample> samples(shards.size(), WeightSample(contexts));
  TERCET_TRY(context.run(static_cast<std::uint32_t>(shards.size()), [&](std::uint32_t shard) {
    std::uint64_t index = first_context[shard];
    return estimator.traverse(
        shard, [&](const DroppedSuccessors& dropped, std::span<const Successor> successors) {
          if (!samples[shard].wants(index++)) return;
          std::uint64_t total = dropped.count;
          for (const Successor& successor : successors) total += successor.count;
          for (const Successor& successor : successors)
            samples[shard].add(successor.count, total, successor.lower_probability);
          if (dropped.count != 0) samples[shard].add_dropped(dropped.count, total);
        });
  }));
  smoothing.weights = fit_jelinek_mercer(samples);
  return {};
}

std::uint64_t ngrams_above_unigrams(const std::vector<ShardCounts>& shards, std::size_t order) {
  std::uint64_t sum = 0;
  for (const ShardCounts& shard : shards) {
    for (std::size_t i = 1; i < order; ++i) sum += shard.statistics[i].kept;
  }
  return sum;
}

}  // namespace

Result<std::vector<ShardEstimates>> estimate(const std::vector<ShardCounts>& shards,
                                             std::vector<OrderSmoothing>& smoothing,
                                             const model::CostScale& scale,
                                             const TrainContext& context) {
  const auto order = static_cast<std::uint32_t>(smoothing.size());
  context.begin_phase("estimate", ngrams_above_unigrams(shards, order));
  std::vector<ShardEstimates> estimates(shards.size());
  for (ShardEstimates& shard : estimates) shard.resize(order);
  const auto suffixes_of = [&](std::uint32_t n) -> Result<SuffixTable> {
    return n <= order ? SuffixTable::create(shards, n, context) : SuffixTable();
  };

  auto suffixes = suffixes_of(2);
  if (!suffixes) return std::move(suffixes).error();
  if (smoothing[0].scale == OrderSmoothing::Scale::kWeighted) smoothing[0].weights.fill(0.999);
  TERCET_TRY(estimate_unigrams(shards, smoothing[0], scale, context, estimates, *suffixes));
  for (std::uint32_t n = 2; n <= order; ++n) {
    auto next = suffixes_of(n + 1);
    if (!next) return std::move(next).error();
    const OrderEstimator estimator(shards, n, *suffixes, scale, context);
    OrderSmoothing& rule = smoothing[n - 1];
    if (rule.scale == OrderSmoothing::Scale::kWeighted)
      TERCET_TRY(fit_weights(estimator, shards, n, context, rule));
    TERCET_TRY(context.run(static_cast<std::uint32_t>(shards.size()), [&](std::uint32_t i) {
      return estimator.run(i, rule, estimates[i], *next);
    }));
    suffixes = std::move(next);
  }
  return estimates;
}

}  // namespace tercet::train
