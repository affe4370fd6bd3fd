#include "reference.h"

#include <algorithm>
#include <bit>
#include <cmath>

namespace tercet::testing {
namespace {

constexpr double kFullMass = 1 - 1e-9;

bool backs_off(Smoothing smoothing) {
  return smoothing == Smoothing::kKatz || smoothing == Smoothing::kStupidBackoff;
}

int bits_of(std::uint64_t total) { return static_cast<int>(std::bit_width(total)); }

}  // namespace

Reference::Reference(const Corpus& corpus, const TrainOptions& options)
    : options_(options),
      grams_(options.order),
      contexts_(options.order),
      counts_of_counts_(options.order),
      discounts_(options.order),
      weights_(options.order) {
  number_words(corpus);
  count(corpus);
  collect_contexts();
  for (std::size_t n = 1; n <= options.order; ++n) {
    set_discounts(n);
    if (options.smoothing == Smoothing::kJelinekMercer) fit_weights(n);
    for (auto& [gram, context] : contexts_[n - 1]) finish(n, gram, context);
  }
}

/// The most frequent words, ties by bytes; ids in the order of the bytes.
void Reference::number_words(const Corpus& corpus) {
  std::map<std::string, std::uint64_t> counts;
  for (const Sentence& sentence : corpus)
    for (const std::string& word : sentence) ++counts[word];
  std::vector<std::pair<std::uint64_t, std::string>> ranked;
  for (const auto& [word, count] : counts) ranked.emplace_back(~count, word);
  std::sort(ranked.begin(), ranked.end());
  if (options_.vocabulary_limit != 0 && ranked.size() > options_.vocabulary_limit)
    ranked.resize(options_.vocabulary_limit);
  for (const auto& [rank, word] : ranked) words_.push_back(word);
  std::sort(words_.begin(), words_.end());
  for (std::size_t i = 0; i < words_.size(); ++i)
    ids_[words_[i]] = static_cast<WordId>(kFirstWord + i);
}

void Reference::count(const Corpus& corpus) {
  for (const Sentence& sentence : corpus) {
    Gram padded{kSentenceBegin};
    for (const std::string& word : sentence)
      padded.push_back(ids_.contains(word) ? ids_.at(word) : kUnknown);
    padded.push_back(kSentenceEnd);
    for (std::size_t begin = 0; begin < padded.size(); ++begin) {
      Gram gram;
      for (std::size_t end = begin; end < padded.size() && gram.size() < options_.order; ++end) {
        gram.push_back(padded[end]);
        Count& count = grams_[gram.size() - 1][gram];
        ++count.raw;
        if (begin > 0) count.before.insert(padded[begin - 1]);
      }
    }
  }
}

std::uint64_t Reference::value(const Gram& gram, const Count& count) const {
  const bool kneser_ney = options_.smoothing == Smoothing::kModifiedKneserNey ||
                          options_.smoothing == Smoothing::kKneserNey;
  if (!kneser_ney || gram.size() == options_.order || gram.front() == kSentenceBegin)
    return count.raw;
  return count.before.size();
}

bool Reference::kept(const Gram& gram, const Count& count) const {
  const auto& thresholds = options_.prune_counts;
  return gram.size() == 1 || count.raw > thresholds[std::min(gram.size(), thresholds.size()) - 1];
}

void Reference::collect_contexts() {
  for (std::size_t n = 1; n <= options_.order; ++n) {
    for (const auto& [gram, count] : grams_[n - 1]) {
      if (gram == Gram{kSentenceBegin}) continue;  // Never predicted.
      const std::uint64_t own = value(gram, count);
      if (own < counts_of_counts_[n - 1].size()) ++counts_of_counts_[n - 1][own];
      const Gram before(gram.begin(), gram.end() - 1);
      if (n > 1 && !kept(before, grams_[n - 2].at(before))) continue;
      Context& context = contexts_[n - 1][before];
      context.total += own;
      ++context.types;
      if (kept(gram, count)) {
        context.kept[gram.back()] = own;
      } else {
        context.dropped += own;
      }
    }
  }
}

void Reference::set_discounts(std::size_t n) {
  switch (options_.smoothing) {
    case Smoothing::kModifiedKneserNey:
      return set_kneser_ney(n, true);
    case Smoothing::kKneserNey:
    case Smoothing::kAbsoluteDiscounting:
      return set_kneser_ney(n, false);
    case Smoothing::kKatz:
      return set_katz(n);
    default:
      return;
  }
}

/// Chen and Goodman 1998, equations (20) and (26).
void Reference::set_kneser_ney(std::size_t n, bool modified) {
  double of[5] = {};
  for (std::size_t r = 1; r < 5; ++r) of[r] = static_cast<double>(counts_of_counts_[n - 1][r]);
  auto& discounts = discounts_[n - 1];
  const double y = of[1] > 0 ? of[1] / (of[1] + 2 * of[2]) : 0;
  if (!modified) {
    discounts.fill(of[1] > 0 && of[2] > 0 ? y : 0.5);
    discounts[0] = 0;
    return;
  }
  const double three = 3 - 4 * y * of[4] / of[3];
  discounts = {0, 1 - 2 * y * of[2] / of[1], 2 - 3 * y * of[3] / of[2], three, three, three, three};
  bool sound = of[1] > 0 && of[2] > 0 && of[3] > 0;
  for (std::size_t r = 1; r <= 3; ++r)
    sound = sound && discounts[r] >= 0 && discounts[r] <= static_cast<double>(r);
  if (!sound) discounts = {0, 0.5, 1, 1.5, 1.5, 1.5, 1.5};
}

/// Katz 1987 with k = 5: c* = c d_c.
void Reference::set_katz(std::size_t n) {
  const auto of = [&](std::size_t r) { return static_cast<double>(counts_of_counts_[n - 1][r]); };
  auto& discounts = discounts_[n - 1];
  discounts.fill(0);
  const double a = 6 * of(6) / of(1);
  bool sound = of(1) > 0 && a < 1;
  for (std::size_t r = 1; sound && r <= 5; ++r) {
    const auto count = static_cast<double>(r);
    const double star = (count + 1) * of(r + 1) / of(r);
    const double ratio = (star / count - a) / (1 - a);
    sound = of(r) > 0 && ratio > 0 && ratio <= 1;
    discounts[r] = count - ratio * count;
  }
  if (!sound) set_kneser_ney(n, false);
}

double Reference::discount(std::size_t n, std::uint64_t count) const {
  return discounts_[n - 1][std::min<std::uint64_t>(count, 6)];
}

double Reference::scale_of(std::size_t n, const Context& context) const {
  const auto total = static_cast<double>(context.total);
  const bool highest = n == options_.order;
  switch (options_.smoothing) {
    case Smoothing::kWittenBell:
      return 1 / (total + static_cast<double>(context.types));
    case Smoothing::kJelinekMercer:
      return weights_[n - 1].at(bits_of(context.total)) / total;
    case Smoothing::kAdditive:
      return highest ? 1 / (total + options_.additive_delta * (vocabulary_size() - 1)) : 0;
    case Smoothing::kStupidBackoff:
      return n == 1 ? 1 / (total + 1) : 1 / total;
    default:
      return 1 / total;
  }
}

/// What each context leaves to the order below.
void Reference::finish(std::size_t n, const Gram& gram, Context& context) {
  double mass = 0;
  double below = 0;
  for (const auto& [word, count] : context.kept) {
    mass += static_cast<double>(count) - discount(n, count);
    below += lower(gram, word);
  }
  context.scale = scale_of(n, context);
  if (n > 1 && options_.smoothing == Smoothing::kStupidBackoff) {
    context.weight = 0.4;
    return;
  }
  if (mass * context.scale > kFullMass) context.scale *= mass / (mass + 1);
  context.weight = 1 - mass * context.scale;
  if (n == 1 || !backs_off(options_.smoothing)) return;
  context.weight /= 1 - below;
  if (1 - below <= 0x1p-12) {
    context.scale = 1 / mass;
    context.weight = 1;
  }
}

/// Expectation maximisation with leaving-one-out; what was pruned speaks for the order below.
void Reference::fit_weights(std::size_t n) {
  auto& weights = weights_[n - 1];
  for (int bucket = 0; bucket <= 64; ++bucket) weights[bucket] = n == 1 ? 0.999 : 0.5;
  for (int round = 0; n > 1 && round < 30; ++round) {
    std::map<int, double> own;
    std::map<int, double> all;
    for (const auto& [gram, context] : contexts_[n - 1]) {
      const int bucket = bits_of(context.total);
      for (const auto& [word, count] : context.kept) {
        const auto c = static_cast<double>(count);
        const double others =
            context.total > 1 ? (c - 1) / (static_cast<double>(context.total) - 1) : 0;
        const double here = weights[bucket] * others;
        all[bucket] += c;
        own[bucket] += c * here / (here + (1 - weights[bucket]) * lower(gram, word));
      }
      if (context.dropped > 0) all[bucket] += static_cast<double>(context.dropped);
    }
    double last = 0.01;
    for (auto& [bucket, weight] : weights) {
      if (all[bucket] > 0) last = std::clamp(own[bucket] / all[bucket], 0.01, 0.99);
      weight = last;
    }
  }
}

/// p(word | gram without its first word); for the empty context the uniform distribution.
double Reference::lower(const Gram& gram, WordId word) const {
  if (!gram.empty()) return probability(std::span(gram).subspan(1), word);
  return word == kSentenceBegin ? 0 : 1.0 / (vocabulary_size() - 1);
}

const Reference::Context* Reference::find(std::span<const WordId> gram) const {
  const auto at = contexts_[gram.size()].find(Gram(gram.begin(), gram.end()));
  if (at == contexts_[gram.size()].end() || at->second.kept.empty()) return nullptr;
  return &at->second;
}

double Reference::probability(std::span<const WordId> history, WordId word) const {
  history = history.last(std::min<std::size_t>(history.size(), options_.order - 1));
  const Gram gram(history.begin(), history.end());
  const Context* const context = find(gram);
  if (context == nullptr) return lower(gram, word);
  const auto at = context->kept.find(word);
  const std::size_t n = gram.size() + 1;
  const double own =
      at == context->kept.end()
          ? 0
          : (static_cast<double>(at->second) - discount(n, at->second)) * context->scale;
  const bool seen = at != context->kept.end();
  if (n > 1 && backs_off(options_.smoothing) && seen) return own;
  return own + context->weight * lower(gram, word);
}

std::uint32_t Reference::order(std::span<const WordId> history, WordId word) const {
  for (std::size_t m = std::min<std::size_t>(history.size(), options_.order - 1); m > 0; --m) {
    const Context* const context = find(history.last(m));
    if (context != nullptr && context->kept.contains(word))
      return static_cast<std::uint32_t>(m + 1);
  }
  return 1;
}

std::uint32_t Reference::vocabulary_size() const {
  return static_cast<std::uint32_t>(kFirstWord + words_.size());
}

std::vector<std::uint64_t> Reference::ngrams() const {
  std::vector<std::uint64_t> out;
  for (const auto& order : grams_) {
    out.push_back(static_cast<std::uint64_t>(
        std::count_if(order.begin(), order.end(),
                      [this](const auto& item) { return kept(item.first, item.second); })));
  }
  out[0] = vocabulary_size();
  return out;
}

}  // namespace tercet::testing
