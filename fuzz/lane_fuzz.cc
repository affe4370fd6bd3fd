// A sound model whose lane sections are changed by any bytes, or grown, or cut: they are refused,
// or a text can be written and taken back with them, and everything be asked at every place.
#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "format/container.h"
#include "lanes/fit.h"
#include "model/attested.h"
#include "model/model_data.h"
#include "predict/lane_model.h"
#include "predict/mixture.h"
#include "predict/posterior_search.h"
#include "promise.h"
#include "reseal.h"
#include "small_models.h"

namespace {

using tercet::Lane;
using tercet::WordId;
using tercet::format::SectionKind;
using tercet::fuzz::require;
using tercet::internal::ModelData;
using tercet::predict::LaneModel;
using tercet::predict::LaneSearch;

using Bytes = std::vector<std::byte>;

const Bytes& sound_file() {
  static const Bytes file = tercet::fuzz::model_with_lanes();
  return file;
}

bool is_of_lanes(SectionKind kind) {
  return kind >= SectionKind::kLaneParameters && kind <= SectionKind::kLaneAttested;
}

/// The input as a list of changes: the section, 2 bytes of place, how many bytes there are to
/// write. With the highest bit of the first, the section ends behind them.
void change(std::vector<Bytes*> sections, std::span<const std::byte> changes) {
  constexpr std::size_t kHead = 4;
  constexpr std::size_t kEnds = 0x80;
  const auto number = [&](std::size_t at) { return std::to_integer<std::size_t>(changes[at]); };
  while (changes.size() >= kHead) {
    Bytes& section = *sections[number(0) % kEnds % sections.size()];
    const std::size_t place = number(1) << 8U | number(2);
    const std::size_t size = std::min(number(3), changes.size() - kHead);
    if (number(0) >= kEnds) section.resize(place + size);
    for (std::size_t i = 0; i < size && !section.empty(); ++i)
      section[(place + i) % section.size()] = changes[kHead + i];
    changes = changes.subspan(kHead + size);
  }
}

/// The sound file with its lane sections changed; the checksums are right.
Bytes changed(std::span<const std::byte> changes) {
  const auto container = tercet::format::Container::parse(sound_file(), "sound", true);
  tercet::fuzz::require_ok(container, "a model that was trained is sound");
  auto entries = std::vector(container->sections().begin(), container->sections().end());
  std::vector<Bytes> contents;
  for (const auto& entry : entries) {
    const auto found = container->find(entry.kind, entry.order);
    contents.emplace_back(found.begin(), found.end());
  }
  std::vector<Bytes*> sections;
  for (std::size_t i = 0; i < entries.size(); ++i)
    if (is_of_lanes(entries[i].kind)) sections.push_back(&contents[i]);
  change(sections, changes);
  for (std::size_t i = 0; i < entries.size(); ++i) entries[i].bytes = contents[i].size();
  const tercet::format::Layout layout(entries);
  Bytes out = layout.unfinished_header();
  out.resize(layout.file_bytes());
  for (std::size_t i = 0; i < entries.size(); ++i)
    std::ranges::copy(contents[i], out.begin() + static_cast<std::ptrdiff_t>(layout.offset(i)));
  tercet::testing::reseal(out);
  return out;
}

class Prefix final : public tercet::predict::MixtureFilter {
 public:
  explicit Prefix(tercet::WordRange range) : range_(range) {}
  tercet::predict::WordFilter background() const override { return {range_}; }
  bool allows(WordId word) const override { return word >= range_.begin && word < range_.end; }

 private:
  tercet::WordRange range_;
};

/// A text that goes on and back, and what is asked at its end.
class Writer {
 public:
  explicit Writer(const LaneModel& model)
      : model_(model), mixture_(model.ngrams()), fit_(model.table()), search_(model) {}

  void write(WordId word) {
    mixture_.accept(word);
    fit_.push(model_.table().class_of(word));
    text_.push_back(model_.table().class_of(word));
  }
  void take_back() {
    mixture_.retract();
    fit_.pop();
    text_.pop_back();
  }

  void ask() {
    tercet::lanes::Fit anew(model_.table());
    anew.assign(text_);
    require(std::ranges::equal(anew.ratios(), fit_.ratios()), "the fit is the text's alone");
    search_.look(mixture_, mixture_.place(), fit_);
    const WordId words = mixture_.vocabulary_size();
    for (WordId word = 0; word <= words; word += 7) measure(word);
    for (const tercet::WordRange range :
         {tercet::WordRange{tercet::kFirstWord, words}, {words / 3, words / 2}, {words, words}}) {
      const Prefix prefix(range);
      for (const Lane lane : {Lane::kRare, Lane::kGenius}) list(lane, prefix);
      for (const auto& each : search_.top(prefix, 10))
        require(prefix.allows(each.word) && std::isfinite(each.probability), "the best are words");
    }
  }

 private:
  void check(const tercet::LaneMeasure& measure) const {
    require(measure.unusual >= 0 && measure.unusual <= 1.001F, "U is a share");
    require(measure.fit >= 0 && measure.fit <= 1, "V is a share");
    require(std::isfinite(measure.support_bits), "D is a number of bits");
  }
  void measure(WordId word) {
    check(search_.search().measure(word));
    require(model_.times_seen(mixture_.place().context.state, word) <= tercet::model::kMostAttested,
            "what was seen was counted");
    for (const auto& reason : fit_.reasons(model_.table().class_of(word)))
      require(reason.back == 0 || (reason.back >= 2 && reason.back <= tercet::lanes::Fit::kReach),
              "a reason is a word of the text");
  }
  void list(Lane lane, const Prefix& prefix) {
    constexpr std::size_t kCount = 5;
    const auto list = search_.search().list(lane, prefix, kCount);
    require(list.size() <= kCount, "a list is not longer than was asked for");
    for (const auto& each : list) {
      require(prefix.allows(each.word) && each.measure.lane == lane,
              "a list has words of its lane");
      require(each.probability > 0 && each.probability <= 1, "a word has a probability");
      check(each.measure);
    }
  }

  const LaneModel& model_;
  tercet::predict::Mixture mixture_;
  tercet::lanes::Fit fit_;
  tercet::predict::PosteriorSearch search_;
  std::vector<tercet::lanes::Class> text_;
};

/// Words with classes, and every tenth any word.
std::vector<WordId> words_of(const LaneModel& model) {
  constexpr WordId kOthers = 10;
  std::vector<WordId> out;
  for (WordId word = tercet::kFirstWord; word < model.ngrams().at(1).entries(); ++word) {
    if (model.table().class_of(word) != tercet::model::kNoClass || word % kOthers == 0)
      out.push_back(word);
  }
  return out;
}

void use(const ModelData& data, std::uint32_t long_list) {
  const auto model = LaneModel::make(data, "changed", long_list);
  if (!model.ok() || !model->has_value()) return;
  const std::vector<WordId> words = words_of(**model);
  Writer writer(**model);
  writer.ask();
  constexpr std::size_t kWords = 60;
  constexpr std::size_t kBack = 25;
  for (std::size_t i = 0; i < kWords; ++i) writer.write(words[i * 17 % words.size()]);
  writer.ask();
  for (std::size_t i = 0; i < kBack; ++i) writer.take_back();
  writer.ask();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const auto input = std::as_bytes(std::span(data, size));
  const Bytes file = changed(input.subspan(1));
  const auto model = ModelData::parse(file, "changed", true, nullptr);
  tercet::fuzz::require_ok(model, "what is changed are the lanes alone");
  // Some contexts are profiled, or only the empty one.
  constexpr std::array<std::uint32_t, 2> kLongLists = {16, 1024};
  use(**model, kLongLists[data[0] % kLongLists.size()]);
  return 0;
}
