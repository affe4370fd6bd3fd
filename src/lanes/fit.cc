#include "lanes/fit.h"

#include <algorithm>
#include <cmath>

namespace tercet::lanes {
namespace {

/// Of the two halves of a bin, in the sense of decay.
double decayed(std::size_t first, std::size_t end, double decay) {
  return std::pow(static_cast<double>(first) * static_cast<double>(end), -decay / 2);
}

}  // namespace

Fit::Fit(const AssociationTable& table) : table_(table), evidence_(padded(table.classes())) {
  const model::LaneParameters& parameters = table.parameters();
  double most = 0;
  for (std::size_t bin = 0; bin < kBins; ++bin) {
    decayed_[bin] = decayed(kEdges[bin], kEdges[bin + 1], parameters.decay);
    most += decayed_[bin] * static_cast<double>(kEdges[bin + 1] - kEdges[bin]);
  }
  // So great that no sum of evidence can leave 31 bits.
  most *= model::kMostCounted / (model::kMostCounted + double{parameters.smoothing});
  scale_ = std::exp2(std::floor(30 - std::log2(most)));
}

void Fit::push(Class word) {
  text_.push_back(word);
  change(text_.size() - 1, text_.size());
}

void Fit::pop() {
  change(text_.size(), text_.size() - 1);
  text_.pop_back();
}

void Fit::assign(std::span<const Class> text) {
  text_.assign(text.begin(), text.end());
  std::fill(evidence_.begin(), evidence_.end(), 0);
  dropped_ = chance_ = weight_ = 0;
  computed_ = false;
  std::vector<Class> triggers(
      text_.end() - static_cast<std::ptrdiff_t>(std::min(text_.size(), kReach)), text_.end());
  std::sort(triggers.begin(), triggers.end());
  triggers.erase(std::unique(triggers.begin(), triggers.end()), triggers.end());
  for (const Class trigger : triggers) move(trigger, 0, bin(trigger, text_.size()));
}

/// Where the text's end goes one word on or back, few words' distances pass an edge.
void Fit::change(std::size_t from, std::size_t to) {
  computed_ = false;
  std::array<Class, kEdges.size()> moved{};
  std::size_t moves = 0;
  for (const std::size_t edge : kEdges) {
    const std::size_t size = std::max(from, to);
    if (size < edge) break;
    const Class word = text_[size - edge];
    const auto end = moved.begin() + static_cast<std::ptrdiff_t>(moves);
    if (word >= table_.classes() || std::find(moved.begin(), end, word) != end) continue;
    moved[moves++] = word;
    move(word, bin(word, from), bin(word, to));
  }
}

std::size_t Fit::bin(Class word, std::size_t size) const noexcept {
  const std::size_t end = size - std::min<std::size_t>(size, kEdges.front() - 1);
  const std::size_t begin = size - std::min(size, kReach);
  for (std::size_t i = end; i-- > begin;) {
    if (text_[i] != word) continue;
    const std::size_t distance = size - i;
    return static_cast<std::size_t>(std::upper_bound(kEdges.begin(), kEdges.end(), distance) -
                                    kEdges.begin());
  }
  return 0;
}

std::int64_t Fit::scaled(double value) const noexcept { return std::llround(value * scale_); }

std::int64_t Fit::weight_of(std::size_t bin) const noexcept {
  return bin == 0 ? 0 : scaled(decayed_[bin - 1]);
}

void Fit::move(Class trigger, std::size_t from, std::size_t to) {
  if (from == to || trigger >= table_.classes()) return;
  const double mu = table_.parameters().smoothing;
  const double total = table_.total(trigger) + mu;
  const auto share = [&](std::size_t bin, double of) {
    return bin == 0 ? 0 : scaled(decayed_[bin - 1] * of / total);
  };
  weight_ += weight_of(to) - weight_of(from);
  chance_ += share(to, mu) - share(from, mu);
  const double dropped = table_.dropped(trigger);
  dropped_ += share(to, dropped) - share(from, dropped);
  const auto step = static_cast<std::int32_t>(share(to, 1) - share(from, 1));
  table_.for_each_neighbour(trigger, [&](Class word, std::uint32_t count) {
    evidence_[word] += step * static_cast<std::int32_t>(count);
  });
}

bool Fit::is_fresh(Class word) const noexcept {
  const auto begin = text_.end() - static_cast<std::ptrdiff_t>(std::min(text_.size(), kReach));
  return std::find(begin, text_.end(), word) == text_.end();
}

std::span<const float> Fit::ratios() {
  if (!computed_) compute();
  return std::span(ratios_).first(table_.classes());
}

double Fit::unigram_gain() {
  if (!computed_) compute();
  return unigram_gain_;
}

void Fit::compute() {
  computed_ = true;
  unigram_gain_ = 0;
  if (!has_triggers()) {
    ratios_.assign(padded(table_.classes()), 1);
    return;
  }
  ratios_.resize(padded(table_.classes()));
  const auto per_weight = static_cast<float>(1 / static_cast<double>(weight_));
  const float chance = static_cast<float>(chance_) * per_weight;
  unigram_gain_ =
      compute_ratios({evidence_, table_.inverse_shares(), table_.dropped_lifts(), table_.masses(),
                      per_weight, static_cast<float>(kShareSmoothing) * (1 - chance),
                      static_cast<float>(dropped_) * per_weight, chance, kMostLift,
                      static_cast<int>(2 * table_.parameters().strength)},
                     ratios_);
}

std::array<Fit::Reason, 2> Fit::reasons(Class word) const {
  std::array<Reason, 2> best;
  if (word >= table_.classes()) return best;
  // Nearest words of each class that is counted with this one. The table is symmetric.
  const std::size_t begin = text_.size() - std::min(text_.size(), kReach);
  std::vector<Class> triggers(text_.begin() + static_cast<std::ptrdiff_t>(begin), text_.end());
  std::sort(triggers.begin(), triggers.end());
  triggers.erase(std::unique(triggers.begin(), triggers.end()), triggers.end());
  auto next = triggers.begin();
  table_.for_each_neighbour(word, [&](Class other, std::uint32_t count) {
    while (next != triggers.end() && *next < other) ++next;
    if (next == triggers.end() || *next != other || count == 0) return;
    const std::size_t at = bin(other, text_.size());
    if (at == 0) return;
    const double total = table_.total(other) + double{table_.parameters().smoothing};
    const double weight = decayed_[at - 1] * count / total;
    if (weight <= best[1].weight) return;
    best[1] = {static_cast<std::size_t>(other), weight};
    if (best[1].weight > best[0].weight) std::swap(best[0], best[1]);
  });
  for (Reason& reason : best) {
    if (reason.weight == 0) continue;
    const auto trigger = static_cast<Class>(reason.back);
    std::size_t back = kEdges.front();
    while (text_[text_.size() - back] != trigger) ++back;
    reason.back = back;
  }
  return best;
}

}  // namespace tercet::lanes
