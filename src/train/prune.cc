#include "train/prune.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <utility>

#include "core/bytes.h"
#include "core/checksum.h"
#include "core/error.h"
#include "core/sink.h"
#include "format/container.h"

namespace tercet::train {
namespace {

using model::Ngrams;

constexpr double kLeastMass = 1e-9;

/// The state without its longest context: that of the next lower order.
State shortened(const State& state) noexcept {
  State out = state;
  if (out.length == 0) return out;
  out.context[out.length - 1] = State::kAbsent;
  while (out.length > 0 && out.context[out.length - 1] == State::kAbsent) --out.length;
  return out;
}

/// Which entries of each order stay.
using Kept = std::vector<std::vector<bool>>;

/// Sums over the explicit successors of a context, of their probabilities there and one order
/// below.
struct Masses {
  double own = 0;
  double lower = 0;
};

Masses masses_of(const Ngrams& ngrams, std::uint32_t m, model::EntryRange children,
                 const State& lower) {
  Masses masses;
  const model::Order& order = ngrams.at(m + 1);
  for (std::uint32_t i = children.begin; i < children.end; ++i) {
    std::uint8_t ignored = 0;
    masses.own += ngrams.scale().probability(order.cost(i));
    masses.lower += ngrams.scale().probability(ngrams.cost(lower, order.word(i), ignored));
  }
  return masses;
}

/// `lower_total` is the sum over all words one order below: 1, but for the rounding of costs.
double backoff_weight(const Masses& masses, double lower_total = 1) noexcept {
  return std::max(1 - masses.own, kLeastMass) / std::max(lower_total - masses.lower, kLeastMass);
}

/// Decides what stays, contexts before their prefixes.
class Pruner {
 public:
  Pruner(const Ngrams& ngrams, double threshold, const TrainContext& context)
      : ngrams_(ngrams), threshold_(threshold), context_(context) {
    for (std::uint32_t n = 1; n <= ngrams.order(); ++n)
      kept_.emplace_back(ngrams.at(n).entries(), n == 1);
  }

  Result<Kept> run() {
    context_.begin_phase("prune", ngrams_.at(1).entries());
    if (ngrams_.order() == 1) return std::move(kept_);  // Nothing to drop, and no contexts to ask.
    for (WordId word = 0; word < ngrams_.at(1).entries(); ++word) {
      if (context_.stopped()) return core::cancelled();
      context_.step(1);
      const std::uint32_t index = ngrams_.at(1).context_of(word);
      if (index == State::kAbsent) continue;
      // `<s>` begins as many sentences as `</s>` ends.
      const WordId counted = word == kSentenceBegin ? kSentenceEnd : word;
      visit(1, index, ngrams_.advance(State{}, word),
            ngrams_.scale().probability(ngrams_.at(1).cost(counted)));
    }
    if (context_.stopped()) return core::cancelled();
    return std::move(kept_);
  }

 private:
  /// Prunes below the context `index` of length m and returns whether it keeps a successor.
  bool visit(std::uint32_t m, std::uint32_t index, const State& state, double probability) {
    if (context_.stopped()) return false;  // run() says so.
    const model::Context context = ngrams_.context(m, index);
    const model::Order& order = ngrams_.at(m + 1);
    const State lower = shortened(state);
    const Masses masses = masses_of(ngrams_, m, context.children, lower);
    bool any = false;
    for (std::uint32_t i = context.children.begin; i < context.children.end; ++i) {
      const double own = ngrams_.scale().probability(order.cost(i));
      bool keep = false;
      if (m + 1 < ngrams_.order()) {
        const std::uint32_t child = order.context_of(i);
        if (child != State::kAbsent)
          keep = visit(m + 1, child, ngrams_.advance(state, order.word(i)), probability * own);
      }
      keep = keep || loss(masses, own, order.word(i), lower, probability) >= threshold_;
      kept_[m][i] = keep;
      any = any || keep;
    }
    return any;
  }

  /// Relative rise of the perplexity if the n-gram went: Stolcke 1998, equations (4) to (7).
  double loss(const Masses& masses, double own, WordId word, const State& lower,
              double context_probability) const {
    std::uint8_t ignored = 0;
    const double below = ngrams_.scale().probability(ngrams_.cost(lower, word, ignored));
    const double before = std::log(backoff_weight(masses));
    const double after = std::log(backoff_weight({masses.own - own, masses.lower - below}));
    const double unseen = std::max(1 - masses.own, 0.0);
    const double entropy = -context_probability * (own * (std::log(below) + after - std::log(own)) +
                                                   unseen * (after - before));
    return std::expm1(entropy);
  }

  const Ngrams& ngrams_;
  const double threshold_;
  const TrainContext& context_;
  Kept kept_;
};

/// Number of kept children of an entry.
std::uint32_t kept_children(const Ngrams& ngrams, const Kept& kept, std::uint32_t n,
                            std::uint32_t entry) {
  const std::uint32_t index = ngrams.at(n).context_of(entry);
  if (index == State::kAbsent) return 0;
  const model::EntryRange range = ngrams.context(n, index).children;
  return static_cast<std::uint32_t>(
      std::count(kept[n].begin() + range.begin, kept[n].begin() + range.end, true));
}

/// Copies what stays into a new model whose backoff weights are all 1 for now.
Result<PrunedModel> copy_kept(const internal::ModelData& model, const Kept& kept,
                              const model::VocabularyImage& vocabulary, const model::Notes& notes,
                              const model::LaneImage* lanes) {
  const Ngrams& ngrams = model.ngrams();
  model::Parameters parameters = model.parameters();
  parameters.backoff_bias =
      std::max(parameters.backoff_bias, model::kBackoffBiasBits * parameters.units_per_bit);
  parameters.flags &= ~std::uint32_t{model::kInterpolated};
  std::vector<std::uint64_t> contexts(ngrams.order(), 0);
  for (std::uint32_t n = 1; n <= ngrams.order(); ++n) {
    parameters.ngrams[n - 1] =
        static_cast<std::uint64_t>(std::count(kept[n - 1].begin(), kept[n - 1].end(), true));
    for (std::uint32_t i = 0; n < ngrams.order() && i < ngrams.at(n).entries(); ++i) {
      if (kept[n - 1][i] && kept_children(ngrams, kept, n, i) != 0) ++contexts[n - 1];
    }
  }
  core::MemorySink sink;
  model::Packer packer(sink, parameters, contexts, vocabulary, notes, lanes);
  for (std::uint32_t n = 1; n <= ngrams.order(); ++n) {
    const model::Order& order = ngrams.at(n);
    const auto attested = model.container().find(format::SectionKind::kLaneAttested, n);
    packer.begin_order(n);
    for (std::uint32_t i = 0; i < order.entries(); ++i) {
      if (!kept[n - 1][i]) continue;
      model::PackedEntry entry{order.word(i), order.cost(i),
                               static_cast<std::uint16_t>(parameters.backoff_bias), 0, false};
      if (n < ngrams.order()) entry.children = kept_children(ngrams, kept, n, i);
      entry.is_context = entry.children != 0;
      if (!attested.empty()) entry.attested = static_cast<std::uint8_t>(attested[i]);
      packer.add(entry);
    }
    TERCET_TRY(packer.end_order());
  }
  TERCET_TRY(packer.finish());
  PrunedModel out{std::move(sink.bytes()), {}};
  out.ngrams.assign(parameters.ngrams, parameters.ngrams + parameters.order);
  return out;
}

/// Computes the backoff weights of a model in memory, shortest contexts first, since those of
/// length m rest on the probabilities of order m.
///
/// What a context leaves to the order below is a small difference of large sums of rounded numbers,
/// so the rounded numbers themselves are added up: with t(h) the sum of p(w | h) over all words as
/// the file has them, t(h) = own + weight (t(h') - lower), from the unigrams up.
class BackoffWriter {
 public:
  BackoffWriter(const Ngrams& ngrams, std::span<std::byte> bytes,
                const format::Container& container, const TrainContext& context)
      : ngrams_(ngrams), context_(context) {
    for (WordId word = 0; word < ngrams.at(1).entries(); ++word) {
      std::uint8_t ignored = 0;
      unigram_total_ += ngrams.scale().probability(ngrams.cost(State{}, word, ignored));
    }
    for (std::uint32_t m = 1; m < ngrams.order(); ++m) {
      const auto section = container.find(format::SectionKind::kContexts, m);
      records_.push_back(bytes.data() + (section.data() - bytes.data()));
      totals_.emplace_back(ngrams.at(m).contexts());
    }
  }

  Status run() {
    const std::uint32_t words = ngrams_.at(1).entries();
    context_.begin_phase("back off", std::uint64_t{words} * (ngrams_.order() - 1));
    for (std::uint32_t m = 1; m < ngrams_.order(); ++m) {
      for (WordId word = 0; word < words; ++word) {
        if (context_.stopped()) return core::cancelled();
        context_.step(1);
        visit(m, 1, ngrams_.at(1).context_of(word), ngrams_.advance(State{}, word));
      }
    }
    return {};
  }

 private:
  void visit(std::uint32_t wanted, std::uint32_t m, std::uint32_t index, const State& state) {
    if (index == State::kAbsent) return;
    const model::EntryRange children = ngrams_.context(m, index).children;
    if (m == wanted) return write(m, index, children, shortened(state));
    const model::Order& order = ngrams_.at(m + 1);
    for (std::uint32_t i = children.begin; i < children.end; ++i) {
      const std::uint32_t child = order.context_of(i);
      if (child != State::kAbsent)
        visit(wanted, m + 1, child, ngrams_.advance(state, order.word(i)));
    }
  }

  void write(std::uint32_t m, std::uint32_t index, model::EntryRange children, const State& lower) {
    const Masses masses = masses_of(ngrams_, m, children, lower);
    const double lower_total = total(lower);
    const std::uint16_t stored =
        ngrams_.scale().backoff(std::log2(backoff_weight(masses, lower_total)));
    core::store(records_[m - 1] + model::kContextBytes * index + model::kContextBackoffOffset,
                stored);
    const double weight = ngrams_.scale().probability(ngrams_.context(m, index).backoff);
    totals_[m - 1][index] = masses.own + weight * (lower_total - masses.lower);
  }

  double total(const State& state) const noexcept {
    return state.length == 0 ? unigram_total_
                             : totals_[state.length - 1][state.context[state.length - 1]];
  }

  const Ngrams& ngrams_;
  const TrainContext& context_;
  std::vector<std::byte*> records_;
  double unigram_total_ = 0;
  std::vector<std::vector<double>> totals_;  // By length of the context - 1, then its index.
};

/// Seals a container again whose sections were changed in place.
void seal(std::span<std::byte> bytes, const format::Container& container) {
  std::vector<format::SectionEntry> sections(container.sections().begin(),
                                             container.sections().end());
  std::vector<std::uint64_t> checksums;
  checksums.reserve(sections.size());
  for (const format::SectionEntry& section : sections)
    checksums.push_back(core::checksum(bytes.subspan(section.offset, section.bytes)));
  const std::vector<std::byte> header = format::Layout(std::move(sections)).header(checksums);
  std::copy(header.begin(), header.end(), bytes.begin());
}

}  // namespace

Result<PrunedModel> prune_by_entropy(const internal::ModelData& model, double threshold,
                                     const model::VocabularyImage& vocabulary,
                                     const model::Notes& notes, const model::LaneImage* lanes,
                                     const TrainContext& context) {
  auto kept = Pruner(model.ngrams(), threshold, context).run();
  if (!kept) return std::move(kept).error();
  auto pruned = copy_kept(model, *kept, vocabulary, notes, lanes);
  if (!pruned) return std::move(pruned).error();
  auto container = format::Container::parse(pruned->bytes, "pruned model", false);
  if (!container) return std::move(container).error();
  auto data = internal::ModelData::parse(pruned->bytes, "pruned model", false, nullptr);
  if (!data) return std::move(data).error();
  TERCET_TRY(BackoffWriter((*data)->ngrams(), pruned->bytes, *container, context).run());
  seal(pruned->bytes, *container);
  return pruned;
}

}  // namespace tercet::train
