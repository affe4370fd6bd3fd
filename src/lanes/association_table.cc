#include "lanes/association_table.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "core/error.h"
#include "format/container.h"

namespace tercet::lanes {
namespace {

using format::SectionKind;

/// Finds a section of exactly so many bytes.
Result<const std::byte*> section(const format::Container& container, SectionKind kind,
                                 std::size_t bytes, std::string_view name) {
  const auto found = container.find(kind);
  if (found.size() == bytes) return found.data();
  return core::damaged(name, "section \"" + std::string(format::name_of(kind)) + "\" has " +
                                 std::to_string(found.size()) + " bytes, " + std::to_string(bytes) +
                                 " expected");
}

bool is_sound(const model::LaneParameters& parameters) {
  const double halves = 2.0 * parameters.strength;
  return parameters.classes > 0 && parameters.classes <= model::kMostClasses &&
         parameters.smoothing >= 1 && parameters.smoothing <= 1e9F && halves >= 1 && halves <= 16 &&
         halves == std::floor(halves) && parameters.decay >= 0 && parameters.decay <= 4;
}

Status change(model::LaneParameters& parameters, const LaneOverrides& overrides) {
  const auto change = [](float& parameter, const std::optional<double>& to) {
    if (to) parameter = static_cast<float>(*to);
  };
  change(parameters.strength, overrides.strength);
  change(parameters.smoothing, overrides.smoothing);
  change(parameters.decay, overrides.decay);
  if (is_sound(parameters)) return {};
  return core::invalid_argument(
      "the lanes need a strength of 0.5, 1, 1.5 .. 8, a smoothing of 1 or more and a decay of 0 to "
      "4");
}

float quantile(const std::byte* of_band, std::size_t index) {
  return core::load<float>(of_band + sizeof(float) * index);
}

}  // namespace

Result<std::optional<AssociationTable>> AssociationTable::parse(const internal::ModelData& model,
                                                                std::string_view name,
                                                                const LaneOverrides& overrides) {
  const format::Container& container = model.container();
  const auto parameters = container.find(SectionKind::kLaneParameters);
  if (parameters.empty()) return std::optional<AssociationTable>();
  AssociationTable out;
  if (parameters.size() != sizeof out.parameters_)
    return core::damaged(name, "the lanes' parameters have a wrong size");
  out.parameters_ = core::load<model::LaneParameters>(parameters.data());
  if (!is_sound(out.parameters_)) return core::damaged(name, "impossible parameters of the lanes");
  TERCET_TRY(change(out.parameters_, overrides));
  out.word_count_ = model.ngrams().at(1).entries();
  const auto read = [&](SectionKind kind, std::size_t bytes, const std::byte*& to) -> Status {
    auto found = section(container, kind, bytes, name);
    if (!found) return std::move(found).error();
    to = *found;
    return {};
  };
  const std::size_t classes = out.classes();
  TERCET_TRY(
      read(SectionKind::kLaneWordClasses, sizeof(Class) * out.word_count_, out.word_classes_));
  TERCET_TRY(
      read(SectionKind::kLaneRowOffsets, sizeof(std::uint32_t) * (classes + 1), out.row_offsets_));
  TERCET_TRY(read(SectionKind::kLaneTotals, sizeof(std::uint32_t) * classes, out.totals_));
  TERCET_TRY(read(SectionKind::kLaneBands, classes, out.bands_));
  TERCET_TRY(read(SectionKind::kLaneNull, sizeof(float) * model::kBands * model::kNullQuantiles,
                  out.null_));
  const auto rows = container.find(SectionKind::kLaneRows);
  out.rows_ = rows.data();
  TERCET_TRY(out.check(rows, name));
  out.prepare_shares();
  out.prepare_masses(model.ngrams());
  return std::optional(std::move(out));
}

/// What later reading relies on. Notes what each row dropped, so that rows are read only once.
Status AssociationTable::check(std::span<const std::byte> rows, std::string_view name) {
  bool sound = row_begin(0) == 0 && model::kLanePairBytes * row_begin(classes()) == rows.size();
  for (std::uint32_t c = 0; c < classes(); ++c) sound &= row_begin(c) <= row_begin(c + 1);
  for (std::uint32_t c = 0; sound && c < classes(); ++c) sound = read_row(static_cast<Class>(c));
  for (WordId word = 0; word < word_count_; ++word)
    sound &= class_of(word) < classes() || entry(word) == model::kNoClass;
  for (std::uint32_t c = 0; c < classes(); ++c) {
    const std::uint32_t of_class = band(static_cast<Class>(c));
    sound &= of_class >= model::kFirstBand && of_class <= model::kLastBand;
  }
  for (std::size_t i = 0; i < std::size_t{model::kBands} * model::kNullQuantiles; ++i) {
    const float value = quantile(null_, i);
    sound &=
        std::isfinite(value) && (i % model::kNullQuantiles == 0 || quantile(null_, i - 1) <= value);
  }
  return sound ? Status() : core::damaged(name, "the lanes' table contradicts itself");
}

/// Whether it names classes, each once, and them together no more often than anything was counted.
bool AssociationTable::read_row(Class of) {
  bool sound = true;
  std::uint32_t next = 0;
  std::uint64_t kept = 0;
  for_each_neighbour(of, [&](std::uint32_t at, std::uint32_t count) {
    sound &= at >= next && at < classes();
    next = at + 1;
    kept += count;
  });
  if (!sound || kept > total(of)) return false;
  dropped_.push_back(total(of) - static_cast<std::uint32_t>(kept));
  return true;
}

void AssociationTable::prepare_shares() {
  double all_dropped = 0;
  for (std::uint32_t c = 0; c < classes(); ++c) {
    all_ += total(static_cast<Class>(c));
    all_dropped += dropped_[c];
  }
  all_ = std::max(all_, 1.0);
  inverse_shares_.resize(padded(classes()));
  dropped_lifts_.resize(padded(classes()));
  for (std::uint32_t c = 0; c < classes(); ++c) {
    const double inverse = 1 / (share(static_cast<Class>(c)) + kShareSmoothing);
    inverse_shares_[c] = static_cast<float>(inverse);
    if (all_dropped > 0)
      dropped_lifts_[c] = static_cast<float>(dropped_[c] / all_dropped * inverse);
  }
}

void AssociationTable::prepare_masses(const model::Ngrams& ngrams) {
  std::vector<double> masses(padded(classes()));
  for (WordId word = 0; word < word_count_; ++word) {
    const Class of = class_of(word);
    std::uint8_t order = 0;
    if (of != model::kNoClass)
      masses[of] += ngrams.scale().probability(ngrams.cost(State{}, word, order));
  }
  masses_.assign(masses.begin(), masses.end());
}

double AssociationTable::support_at_share(std::uint32_t band, double share) const noexcept {
  const std::byte* const quantiles =
      null_ + sizeof(float) * model::kNullQuantiles * (band - model::kFirstBand);
  const double at = std::clamp(share, 0.0, 1.0) * (model::kNullQuantiles - 1);
  const auto below = std::min(static_cast<std::size_t>(at), model::kNullQuantiles - 2);
  const double low = quantile(quantiles, below);
  const double high = quantile(quantiles, below + 1);
  return low + (at - static_cast<double>(below)) * (high - low);
}

double AssociationTable::share_supported_less(Class of, double support_bits) const noexcept {
  const std::size_t row = band(of) - model::kFirstBand;
  const std::byte* const quantiles = null_ + sizeof(float) * model::kNullQuantiles * row;
  constexpr std::size_t kSteps = model::kNullQuantiles - 1;
  if (support_bits <= quantile(quantiles, 0)) return 0;
  if (support_bits > quantile(quantiles, kSteps)) return 1;
  std::size_t below = 0;  // The last quantile that is less.
  std::size_t above = kSteps;
  while (above - below > 1) {
    const std::size_t middle = (below + above) / 2;
    (quantile(quantiles, middle) < support_bits ? below : above) = middle;
  }
  const double low = quantile(quantiles, below);
  const double high = quantile(quantiles, above);
  return (static_cast<double>(below) + (support_bits - low) / (high - low)) / kSteps;
}

}  // namespace tercet::lanes
