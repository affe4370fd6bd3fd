#include "train/estimate.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "core/error.h"
#include "train/jelinek_mercer.h"
#include "train/order_table.h"

namespace tercet::train {
namespace {

/// A kept successor of the context at hand.
struct Successor {
  std::uint32_t word = 0;
  std::uint32_t count = 0;
  std::uint32_t lower = 0;  ///< Entry of the n-gram without its first word, one order below.
  double lower_probability = 0;
};

/// A context of the order below the one being estimated.
struct ContextAtHand {
  std::uint32_t suffix = 0;  ///< Entry of the context without its first word, two orders below.
  std::uint32_t successors = 0;
  DroppedSuccessors dropped{0, 0};
};

/// A binary search under way: its successor's `lower` is its lower end.
struct Search {
  std::uint32_t successor;
  std::uint32_t size;
};

/// Discounted mass this close to 1 leaves nothing for unseen words.
constexpr double kFullMass = 1 - 1e-9;
/// Less than this of the order below is noise of its 32-bit probabilities, or would need a backoff
/// weight beyond what a file can hold.
constexpr double kLeastUnseen = 0x1p-12;
constexpr std::size_t kBatch = 1024;

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

/// Where the orders lie: entry ranges of each shard within the whole order.
class Offsets {
 public:
  Offsets(const std::vector<ShardCounts>& shards, std::size_t orders) {
    for (std::size_t i = 0; i < orders; ++i) {
      std::uint64_t sum = 0;
      for (const ShardCounts& shard : shards) {
        begins_[i].push_back(sum);
        sum += shard.orders[i].entries.size();
      }
      begins_[i].push_back(sum);
    }
  }
  std::uint64_t begin(std::uint32_t n, std::uint32_t shard) const noexcept {
    return begins_[n - 1][shard];
  }
  std::uint64_t total(std::uint32_t n) const noexcept { return begins_[n - 1].back(); }

 private:
  std::array<std::vector<std::uint64_t>, kMaxOrder> begins_;
};

/// Estimates order n of all shards from the finished order below.
class OrderEstimator {
 public:
  using Links = Records<std::uint32_t>;

  struct Inputs {
    std::uint32_t n;
    const std::vector<ShardCounts>& shards;
    const Offsets& offsets;
    const OrderTable& lower;        ///< Order n - 1.
    const OrderTable* below_lower;  ///< Order n - 2, for n >= 3: its children are order n - 1.
    const std::vector<Links>&
        links;  ///< Per shard: suffix in order n - 2 of each order n - 1 entry.
  };

  OrderEstimator(const Inputs& inputs, const model::CostScale& scale, const TrainContext& context)
      : in_(inputs), scale_(scale), context_(context) {}

  /// Calls visit(context index in its order, dropped, successors) for each context with kept
  /// successors, and advance(children) for every entry of order n - 1.
  template <class Visit>
  Status traverse(std::uint32_t shard, Visit&& visit) const {
    const OrderCounts& contexts = in_.shards[shard].orders[in_.n - 2];
    EntryReader entries(in_.shards[shard].orders[in_.n - 1]);
    ChildrenReader children(contexts);
    const Links no_links;
    RecordReader<std::uint32_t> links(in_.n == 2 ? no_links : in_.links[shard]);
    std::vector<ContextAtHand> batch;
    std::vector<Successor> successors;
    std::vector<Search> searches;
    while (children.remaining() != 0) {
      batch.clear();
      successors.clear();
      while (children.remaining() != 0 && batch.size() < kBatch) {
        const Children record = children.get();
        const ContextAtHand context{links.get(), record.kept, record.dropped};
        prefetch_suffix(context);
        batch.push_back(context);
        for (std::uint32_t i = 0; i < context.successors; ++i) {
          const CountedEntry entry = entries.get();
          successors.push_back({entry.word, entry.count, 0, 0});
        }
      }
      for (const ContextAtHand& context : batch) prefetch_lower(context);
      TERCET_TRY(look_up(batch, successors, searches));
      std::size_t at = 0;
      for (const ContextAtHand& context : batch) {
        visit(context.dropped, std::span(successors).subspan(at, context.successors));
        at += context.successors;
      }
      context_.step(successors.size());
      if (context_.stopped()) return core::cancelled();
    }
    TERCET_TRY(children.status());
    TERCET_TRY(links.status());
    return entries.status();
  }

  struct Output {
    OrderEstimates order;  ///< Costs of order n; backoffs are those of order n - 1.
    Links links;
  };

  /// `table`, if any, receives order n; order n - 1's first children are set in `lower`.
  Result<Output> run(std::uint32_t shard, const OrderSmoothing& smoothing,
                     const OrderTable* table) const;

 private:
  void prefetch_suffix(const ContextAtHand& context) const noexcept {
    if (in_.n > 2) in_.below_lower->prefetch_children(context.suffix);
  }
  void prefetch_lower(const ContextAtHand& context) const noexcept {
    if (in_.n > 2) in_.lower.prefetch_entry(in_.below_lower->first_child(context.suffix));
  }

  /// Finds each successor's n-gram without its first word. It exists: an n-gram occurs at most as
  /// often as its parts, and pruning thresholds do not decrease with the order.
  Status look_up(std::span<const ContextAtHand> batch, std::span<Successor> successors,
                 std::vector<Search>& searches) const {
    if (in_.n == 2) {
      for (Successor& successor : successors) successor.lower = successor.word;
    } else {
      search(batch, successors, searches);
    }
    for (Successor& successor : successors) {
      if (in_.lower.word(successor.lower) != successor.word) {
        return core::corrupt("temporary files are inconsistent at order " + std::to_string(in_.n) +
                             ": is the disk sound? train again");
      }
      successor.lower_probability = double{in_.lower.probability(successor.lower)};
    }
    return {};
  }

  /// Binary searches of the whole batch in lockstep: what one step of one search waits for is
  /// fetched while the others step. The time goes to cache misses, and so they overlap.
  void search(std::span<const ContextAtHand> batch, std::span<Successor> successors,
              std::vector<Search>& searches) const {
    searches.clear();
    std::uint32_t at = 0;
    for (const ContextAtHand& context : batch) {
      if (context.successors == 0) continue;
      const std::uint32_t begin = in_.below_lower->first_child(context.suffix);
      const std::uint32_t size = in_.below_lower->first_child(context.suffix + 1) - begin;
      for (std::uint32_t i = 0; i < context.successors; ++i, ++at) {
        successors[at].lower = begin;
        if (size < 2) continue;
        searches.push_back({at, size});
        in_.lower.prefetch_entry(begin + size / 2 - 1);
      }
    }
    while (!searches.empty()) {
      std::size_t open = 0;
      for (Search search : searches) {
        Successor& successor = successors[search.successor];
        const std::uint32_t half = search.size / 2;
        // No branch: which way a search goes cannot be foreseen.
        const bool above = in_.lower.word(successor.lower + half - 1) < successor.word;
        successor.lower += half * static_cast<std::uint32_t>(above);
        search.size -= half;
        in_.lower.prefetch_entry(successor.lower + search.size / 2 - (search.size > 1 ? 1 : 0));
        if (search.size > 1) searches[open++] = search;
      }
      searches.resize(open);
    }
  }

  const Inputs in_;
  const model::CostScale& scale_;
  const TrainContext& context_;
};

Result<OrderEstimator::Output> OrderEstimator::run(std::uint32_t shard,
                                                   const OrderSmoothing& smoothing,
                                                   const OrderTable* table) const {
  auto costs = RecordWriter<std::uint16_t>::create(context_.scratch());
  if (!costs) return std::move(costs).error();
  auto backoffs = RecordWriter<std::uint16_t>::create(context_.scratch());
  if (!backoffs) return std::move(backoffs).error();
  auto links = RecordWriter<std::uint32_t>::create(context_.scratch());
  if (!links) return std::move(links).error();
  auto entry = static_cast<std::uint32_t>(in_.offsets.begin(in_.n, shard));
  std::uint64_t context_entry = in_.offsets.begin(in_.n - 1, shard);

  TERCET_TRY(
      traverse(shard, [&](const DroppedSuccessors& dropped, std::span<const Successor> successors) {
        in_.lower.set_first_child(context_entry++, entry);
        if (successors.empty()) {
          backoffs->put(scale_.backoff(0));
          return;
        }
        const Distribution distribution = distribute(smoothing, dropped, successors);
        const std::uint16_t backoff = scale_.backoff(std::log2(distribution.remainder));
        backoffs->put(backoff);
        for (const Successor& successor : successors) {
          const double own =
              (successor.count - smoothing.discount(successor.count)) * distribution.scale;
          double probability = own;
          std::uint32_t ceiling = model::kMaxCost;
          if (smoothing.interpolated) {
            probability += distribution.remainder * successor.lower_probability;
            // Keeps the max lemma exact in integers: see docs/ARCHITECTURE.md.
            ceiling = std::uint32_t{backoff} + in_.lower.cost(successor.lower);
          }
          const auto cost = static_cast<std::uint16_t>(
              std::min<std::uint32_t>(scale_.cost(std::log2(probability)), ceiling));
          costs->put(cost);
          if (table != nullptr) {
            table->set(entry, successor.word, static_cast<float>(probability), cost);
            links->put(successor.lower);
          }
          ++entry;
        }
      }));
  in_.lower.set_first_child(context_entry, entry);

  Output out;
  TERCET_TRY(costs->finish(out.order.costs));
  TERCET_TRY(backoffs->finish(out.order.backoffs));
  TERCET_TRY(links->finish(out.links));
  return out;
}

/// Order 1: interpolated with the uniform distribution over all words but `<s>`.
Status estimate_unigrams(const std::vector<ShardCounts>& shards, const OrderSmoothing& smoothing,
                         const model::CostScale& scale, const TrainContext& context,
                         const OrderTable& table, std::vector<ShardEstimates>& estimates) {
  std::vector<Successor> words;
  for (const ShardCounts& shard : shards) {
    EntryReader entries(shard.orders[0]);
    while (entries.remaining() != 0) words.push_back({0, entries.get().count, 0, 0});
    TERCET_TRY(entries.status());
  }
  const double uniform = 1.0 / static_cast<double>(words.size() - 1);
  for (Successor& word : words) word.lower_probability = uniform;
  words[kSentenceBegin].lower_probability = 0;
  const Distribution distribution = distribute(smoothing, {0, 0}, words);
  std::uint32_t id = 0;
  for (std::size_t i = 0; i < shards.size(); ++i) {
    auto costs = RecordWriter<std::uint16_t>::create(context.scratch());
    if (!costs) return std::move(costs).error();
    for (std::uint64_t k = 0; k < shards[i].orders[0].entries.size(); ++k, ++id) {
      const Successor& word = words[id];
      const double probability =
          (word.count - smoothing.discount(word.count)) * distribution.scale +
          distribution.remainder * word.lower_probability;
      const std::uint16_t cost =
          id == kSentenceBegin ? model::kNeverCost : scale.cost(std::log2(probability));
      table.set(id, id, static_cast<float>(probability), cost);
      costs->put(cost);
    }
    TERCET_TRY(costs->finish(estimates[i][0].costs));
  }
  return {};
}

/// Jelinek-Mercer's weights of one order, by EM over every k-th context.
Status fit_weights(const OrderEstimator& estimator, const std::vector<ShardCounts>& shards,
                   const Offsets& offsets, std::uint32_t n, const TrainContext& context,
                   OrderSmoothing& smoothing) {
  std::vector<WeightSample> samples(shards.size(), WeightSample(offsets.total(n - 1)));
  TERCET_TRY(context.run(static_cast<std::uint32_t>(shards.size()), [&](std::uint32_t shard) {
    std::uint64_t index = offsets.begin(n - 1, shard);
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

}  // namespace

Result<std::vector<ShardEstimates>> estimate(const std::vector<ShardCounts>& shards,
                                             std::vector<OrderSmoothing>& smoothing,
                                             const model::CostScale& scale,
                                             const TrainContext& context) {
  const auto order = static_cast<std::uint32_t>(smoothing.size());
  const Offsets offsets(shards, order);
  std::uint64_t work = 0;
  for (std::uint32_t n = 2; n <= order; ++n) work += offsets.total(n);
  context.begin_phase("estimate", work);

  std::vector<ShardEstimates> estimates(shards.size());
  for (ShardEstimates& shard : estimates) shard.resize(order);
  auto table = OrderTable::create(offsets.total(1), order > 2, context);
  if (!table) return std::move(table).error();
  if (smoothing[0].scale == OrderSmoothing::Scale::kWeighted) smoothing[0].weights.fill(0.999);
  TERCET_TRY(estimate_unigrams(shards, smoothing[0], scale, context, *table, estimates));

  OrderTable lower = std::move(*table);
  OrderTable below_lower;
  std::vector<Records<std::uint32_t>> links(shards.size());
  for (std::uint32_t n = 2; n <= order; ++n) {
    const bool highest = n == order;
    OrderTable next;
    if (!highest) {
      auto created = OrderTable::create(offsets.total(n), n + 1 < order, context);
      if (!created) return std::move(created).error();
      next = std::move(*created);
    }
    const OrderEstimator estimator({n, shards, offsets, lower, &below_lower, links}, scale,
                                   context);
    OrderSmoothing& rule = smoothing[n - 1];
    if (rule.scale == OrderSmoothing::Scale::kWeighted)
      TERCET_TRY(fit_weights(estimator, shards, offsets, n, context, rule));
    std::vector<Records<std::uint32_t>> next_links(shards.size());
    TERCET_TRY(
        context.run(static_cast<std::uint32_t>(shards.size()), [&](std::uint32_t i) -> Status {
          auto output = estimator.run(i, rule, highest ? nullptr : &next);
          if (!output) return std::move(output).error();
          estimates[i][n - 1].costs = std::move(output->order.costs);
          estimates[i][n - 2].backoffs = std::move(output->order.backoffs);
          next_links[i] = std::move(output->links);
          return {};
        }));
    below_lower = std::exchange(lower, std::move(next));
    below_lower.release_entries();
    links = std::move(next_links);
  }
  return estimates;
}

}  // namespace tercet::train
