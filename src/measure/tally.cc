#include "measure/tally.h"

#include <algorithm>
#include <cmath>
#include <random>

namespace tercet::measure {
namespace {

constexpr std::size_t kResamples = 1000;
constexpr std::uint64_t kSeed = 1;

double ratio(double a, double b) { return b == 0 ? 0 : a / b; }
double percent(std::uint64_t a, std::uint64_t b) {
  return 100 * ratio(static_cast<double>(a), static_cast<double>(b));
}
double perplexity(double log10_sum, std::uint64_t tokens) {
  return std::pow(10.0, -ratio(log10_sum, static_cast<double>(tokens)));
}

/// Every figure as one row of numbers, so that one resampling serves them all.
std::vector<double> row_of(const Sums& sums) {
  std::vector<double> row{perplexity(sums.log10_sum, sums.tokens),
                          perplexity(sums.log10_sum_known, sums.tokens - sums.unknown)};
  for (const Sums::OfSlots& of : sums.slots) {
    row.push_back(percent(of.hits, sums.words));
    row.push_back(100 - percent(of.keys, sums.characters));
    row.push_back(100 - percent(of.keys_reoffer, sums.characters));
  }
  return row;
}

Sums zero(std::size_t slots) {
  Sums sums;
  sums.slots.resize(slots);
  return sums;
}

/// columns[i] = figure i in each resample, sorted.
std::vector<std::vector<double>> resample(std::span<const Document* const> documents,
                                          std::size_t slots, std::size_t figures) {
  std::vector<std::vector<double>> columns(figures);
  std::mt19937_64 random(kSeed);
  for (std::size_t round = 0; round < kResamples; ++round) {
    Sums sums = zero(slots);
    for (std::size_t i = 0; i < documents.size(); ++i)
      sums += documents[random() % documents.size()]->sums;
    const std::vector<double> row = row_of(sums);
    for (std::size_t i = 0; i < figures; ++i) columns[i].push_back(row[i]);
  }
  for (auto& column : columns) std::sort(column.begin(), column.end());
  return columns;
}

}  // namespace

void Sums::operator+=(const Sums& other) {
  words += other.words;
  oov += other.oov;
  characters += other.characters;
  tokens += other.tokens;
  unknown += other.unknown;
  log10_sum += other.log10_sum;
  log10_sum_known += other.log10_sum_known;
  for (std::size_t i = 0; i < slots.size(); ++i) {
    slots[i].hits += other.slots[i].hits;
    slots[i].keys += other.slots[i].keys;
    slots[i].keys_reoffer += other.slots[i].keys_reoffer;
  }
}

Figures figures_of(std::span<const Document* const> documents,
                   std::span<const std::uint32_t> slots) {
  Sums sums = zero(slots.size());
  for (const Document* document : documents) sums += document->sums;
  const std::vector<double> row = row_of(sums);
  const auto columns = resample(documents, slots.size(), row.size());
  const auto measured = [&](std::size_t i) -> Measured {
    const auto& column = columns[i];
    return {row[i], column[kResamples * 25 / 1000], column[kResamples * 975 / 1000 - 1]};
  };
  Figures out;
  out.documents = documents.size();
  out.words = sums.words;
  out.oov = sums.oov;
  out.characters = sums.characters;
  out.perplexity = measured(0);
  out.perplexity_known = measured(1);
  for (std::size_t i = 0; i < slots.size(); ++i) {
    out.slots.push_back({slots[i], measured(2 + 3 * i), measured(3 + 3 * i), measured(4 + 3 * i)});
  }
  return out;
}

}  // namespace tercet::measure
