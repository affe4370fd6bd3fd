#include "measure/tally.h"

#include <algorithm>
#include <cmath>

#include "measure/bootstrap.h"

namespace tercet::measure {
namespace {

Measured value(double figure) { return {figure, figure, figure}; }
Measured perplexity(double log10_sum, std::uint64_t tokens) {
  return value(std::pow(10.0, -ratio(log10_sum, static_cast<double>(tokens)).value));
}

SlotFigures slot_figures(const Sums& sums, const Sums::OfSlots& of, std::uint32_t slots) {
  return {.slots = slots,
          .hit = percent(of.hits, sums.words),
          .ksr = percent_saved(of.keys, sums.characters),
          .ksr_reoffer = percent_saved(of.keys_reoffer, sums.characters),
          .looks = ratio(of.looks, sums.words),
          .late_ksr = percent_saved(of.late_keys, sums.characters),
          .late_looks = ratio(of.late_looks, sums.words),
          .unoffered = percent(of.unoffered, sums.words),
          .unoffered_known = percent(of.unoffered - of.unoffered_oov, sums.words - sums.oov),
          .unoffered_oov = percent(of.unoffered_oov, sums.oov)};
}

/// Intervals of no width.
Rates rates_of(const Sums& sums, std::span<const std::uint32_t> slots) {
  Rates out;
  out.perplexity = perplexity(sums.log10_sum, sums.tokens);
  out.perplexity_known = perplexity(sums.log10_sum_known, sums.tokens - sums.unknown);
  for (std::size_t i = 0; i < slots.size(); ++i)
    out.slots.push_back(slot_figures(sums, sums.slots[i], slots[i]));
  for (std::size_t part = 0; part < kCurveBegins.size(); ++part) {
    CurvePoint& point = out.curve.emplace_back();
    point.begin = kCurveBegins[part];
    for (const Sums::OfSlots& of : sums.slots)
      point.ksr.push_back(percent_saved(of.curve_keys[part], sums.curve_characters[part]));
  }
  return out;
}

/// Every figure.
std::vector<Measured*> all_of(Rates& rates) {
  std::vector<Measured*> all{&rates.perplexity, &rates.perplexity_known};
  for (SlotFigures& of : rates.slots) {
    for (const auto figure :
         {&SlotFigures::hit, &SlotFigures::ksr, &SlotFigures::ksr_reoffer, &SlotFigures::looks,
          &SlotFigures::late_ksr, &SlotFigures::late_looks, &SlotFigures::unoffered,
          &SlotFigures::unoffered_known, &SlotFigures::unoffered_oov}) {
      all.push_back(&(of.*figure));
    }
  }
  for (CurvePoint& point : rates.curve) {
    for (Measured& ksr : point.ksr) all.push_back(&ksr);
  }
  return all;
}

Rates difference(Rates after, Rates before) {
  const std::vector<Measured*> to = all_of(after);
  const std::vector<Measured*> less = all_of(before);
  for (std::size_t i = 0; i < to.size(); ++i) *to[i] = value(to[i]->value - less[i]->value);
  return after;
}

Sums sum_of(const Documents& documents, std::span<const std::size_t> picks, std::size_t slots) {
  Sums sums(slots);
  for (const std::size_t pick : picks) sums += documents[pick]->sums;
  return sums;
}

std::size_t part_of_curve(std::uint64_t words_before) {
  const auto above = std::upper_bound(kCurveBegins.begin(), kCurveBegins.end(), words_before);
  return static_cast<std::size_t>(above - kCurveBegins.begin() - 1);
}

}  // namespace

void Sums::add_word(const Typist& typist, std::uint64_t with_space, bool is_oov,
                    std::uint64_t before) {
  const std::size_t part = part_of_curve(before);
  ++words;
  oov += is_oov ? 1 : 0;
  characters += with_space;
  curve_characters[part] += with_space;
  for (std::size_t i = 0; i < slots.size(); ++i) {
    OfSlots& of = slots[i];
    const TypedWord& typed = typist.result(i);
    of.hits += typed.hit ? 1 : 0;
    of.keys += typed.keys;
    of.keys_reoffer += typed.keys_reoffer;
    of.looks += typed.looks;
    of.late_keys += typed.late_keys;
    of.late_looks += typed.late_looks;
    of.unoffered += typed.offered ? 0 : 1;
    of.unoffered_oov += is_oov && !typed.offered ? 1 : 0;
    of.curve_keys[part] += typed.keys;
  }
}

void Sums::operator+=(const Sums& other) {
  const auto add = [](auto& to, const auto& from) {
    for (std::size_t part = 0; part < to.size(); ++part) to[part] += from[part];
  };
  words += other.words;
  oov += other.oov;
  characters += other.characters;
  add(curve_characters, other.curve_characters);
  tokens += other.tokens;
  unknown += other.unknown;
  log10_sum += other.log10_sum;
  log10_sum_known += other.log10_sum_known;
  for (std::size_t i = 0; i < slots.size(); ++i) {
    OfSlots& of = slots[i];
    const OfSlots& more = other.slots[i];
    of.hits += more.hits;
    of.keys += more.keys;
    of.keys_reoffer += more.keys_reoffer;
    of.looks += more.looks;
    of.late_keys += more.late_keys;
    of.late_looks += more.late_looks;
    of.unoffered += more.unoffered;
    of.unoffered_oov += more.unoffered_oov;
    add(of.curve_keys, more.curve_keys);
  }
}

Figures figures_of(const Documents& documents, std::span<const std::uint32_t> slots) {
  Figures out;
  static_cast<Rates&>(out) = with_intervals(
      documents.size(),
      [&](std::span<const std::size_t> picks) {
        return rates_of(sum_of(documents, picks, slots.size()), slots);
      },
      all_of);
  out.documents = documents.size();
  for (const Document* document : documents) {
    out.words += document->sums.words;
    out.oov += document->sums.oov;
    out.characters += document->sums.characters;
  }
  return out;
}

Rates gain_of(const Documents& before, const Documents& after,
              std::span<const std::uint32_t> slots) {
  return with_intervals(
      before.size(),
      [&](std::span<const std::size_t> picks) {
        return difference(rates_of(sum_of(after, picks, slots.size()), slots),
                          rates_of(sum_of(before, picks, slots.size()), slots));
      },
      all_of);
}

}  // namespace tercet::measure
