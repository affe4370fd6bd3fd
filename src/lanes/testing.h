// Lane sections for tests: random classes and counts, beside the n-grams of a random model.
#ifndef TERCET_LANES_TESTING_H_
#define TERCET_LANES_TESTING_H_

#include <algorithm>
#include <cmath>
#include <cstring>
#include <map>
#include <memory>
#include <optional>
#include <random>
#include <span>
#include <utility>
#include <vector>

#include "core/checksum.h"
#include "format/container.h"
#include "lanes/association_table.h"
#include "model/lane_layout.h"
#include "model/testing.h"

namespace tercet::lanes::testing {

/// What the lane sections say.
struct Image {
  model::LaneParameters parameters;
  std::vector<std::uint16_t> word_classes;                  ///< With kMayBeOffered.
  std::map<std::pair<Class, Class>, std::uint32_t> counts;  ///< Both ways.
  std::vector<std::uint32_t> totals;
  std::vector<std::uint8_t> bands;
  std::vector<float> null;
};

inline Image random_image(std::uint32_t vocabulary, std::uint32_t classes, std::uint64_t seed) {
  std::mt19937_64 random(seed);
  Image image;
  image.parameters.classes = classes;
  image.parameters.smoothing = 50;
  for (std::uint32_t word = 0; word < vocabulary; ++word) {
    const auto pick = static_cast<std::uint32_t>(random() % (classes + classes / 2 + 1));
    const bool has = word >= kFirstWord && pick < classes;
    image.word_classes.push_back(
        has ? static_cast<std::uint16_t>(pick | (random() % 8 != 0 ? model::kMayBeOffered : 0))
            : model::kNoClass);
  }
  image.totals.assign(classes, 0);
  for (std::uint32_t i = 0; i < classes * 4; ++i) {
    const auto a = static_cast<Class>(random() % classes);
    const auto b = static_cast<Class>(random() % classes);
    if (a == b) continue;
    const auto count = static_cast<std::uint32_t>(1 + random() % model::kMostCounted);
    image.counts[{a, b}] = image.counts[{b, a}] = count;
  }
  for (const auto& [pair, count] : image.counts) image.totals[pair.first] += count;
  for (std::uint32_t& total : image.totals) total += static_cast<std::uint32_t>(random() % 300);
  for (std::uint32_t c = 0; c < classes; ++c) {
    const std::uint64_t band = model::kFirstBand + random() % model::kBands;
    image.bands.push_back(static_cast<std::uint8_t>(band));
  }
  for (std::uint32_t band = 0; band < model::kBands; ++band) {
    for (std::size_t i = 0; i < model::kNullQuantiles; ++i)
      image.null.push_back(-3 + 0.06F * static_cast<float>(i) + 0.01F * static_cast<float>(band));
  }
  return image;
}

inline std::vector<std::byte> rows_of(const Image& image, std::vector<std::uint32_t>& offsets) {
  std::vector<std::byte> rows;
  auto at = image.counts.begin();
  for (std::uint32_t row = 0; row < image.parameters.classes; ++row) {
    offsets.push_back(static_cast<std::uint32_t>(rows.size() / model::kLanePairBytes));
    std::uint32_t last = 0xFFFF'FFFF;
    for (; at != image.counts.end() && at->first.first == row; ++at) {
      std::uint32_t step = at->first.second - last;
      for (; step > model::kLongestStep; step -= model::kLongestStep)
        rows.insert(rows.end(), {std::byte{model::kLongestStep}, std::byte{0}});
      rows.insert(rows.end(), {static_cast<std::byte>(step), static_cast<std::byte>(at->second)});
      last = at->first.second;
    }
  }
  offsets.push_back(static_cast<std::uint32_t>(rows.size() / model::kLanePairBytes));
  return rows;
}

/// The file with these sections added.
inline std::vector<std::byte> add_sections(
    std::span<const std::byte> file,
    std::span<const std::pair<format::SectionKind, std::vector<std::byte>>> added) {
  const auto container = format::Container::parse(file, "test", true);
  std::vector<format::SectionEntry> entries;
  std::vector<std::span<const std::byte>> contents;
  for (const format::SectionEntry& entry : container->sections()) {
    entries.push_back(entry);
    contents.push_back(container->find(entry.kind, entry.order));
  }
  for (const auto& [kind, bytes] : added) {
    entries.push_back({kind, 0, 0, bytes.size(), 0});
    contents.emplace_back(bytes);
  }
  const format::Layout layout(entries);
  std::vector<std::byte> out(layout.file_bytes());
  std::vector<std::uint64_t> checksums;
  for (std::size_t i = 0; i < contents.size(); ++i) {
    std::copy(contents[i].begin(), contents[i].end(),
              out.begin() + static_cast<std::ptrdiff_t>(layout.offset(i)));
    checksums.push_back(core::checksum(contents[i]));
  }
  const auto header = layout.header(checksums);
  std::copy(header.begin(), header.end(), out.begin());
  return out;
}

template <class T>
std::vector<std::byte> bytes_of(const std::vector<T>& values) {
  const auto bytes = std::as_bytes(std::span(values));
  return {bytes.begin(), bytes.end()};
}

inline std::vector<std::byte> add_lanes(std::span<const std::byte> file, const Image& image) {
  using format::SectionKind;
  std::vector<std::uint32_t> offsets;
  const auto rows = rows_of(image, offsets);
  const std::vector<std::pair<SectionKind, std::vector<std::byte>>> added = {
      {SectionKind::kLaneParameters, bytes_of(std::vector{image.parameters})},
      {SectionKind::kLaneWordClasses, bytes_of(image.word_classes)},
      {SectionKind::kLaneRowOffsets, bytes_of(offsets)},
      {SectionKind::kLaneRows, rows},
      {SectionKind::kLaneTotals, bytes_of(image.totals)},
      {SectionKind::kLaneBands, bytes_of(image.bands)},
      {SectionKind::kLaneNull, bytes_of(image.null)}};
  return add_sections(file, added);
}

}  // namespace tercet::lanes::testing

#endif  // TERCET_LANES_TESTING_H_
