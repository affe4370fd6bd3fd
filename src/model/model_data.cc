#include "model/model_data.h"

#include <algorithm>

#include "core/bytes.h"
#include "core/error.h"
#include "model/notes.h"

namespace tercet::internal {
namespace {

Result<model::Parameters> parse_parameters(const format::Container& container,
                                           std::string_view name) {
  const auto bytes = container.find(format::SectionKind::kParameters);
  if (bytes.size() != sizeof(model::Parameters))
    return core::damaged(name, "no parameters section");
  const auto parameters = core::load<model::Parameters>(bytes.data());
  if (parameters.order < 1 || parameters.order > kMaxOrder)
    return core::damaged(name, "impossible order " + std::to_string(parameters.order));
  if (parameters.vocabulary_size < kFirstWord ||
      parameters.vocabulary_size > model::kMaxVocabulary ||
      parameters.ngrams[0] != parameters.vocabulary_size)
    return core::damaged(
        name, "impossible vocabulary size " + std::to_string(parameters.vocabulary_size));
  if (parameters.units_per_bit < 1 || parameters.units_per_bit > 65536 ||
      parameters.backoff_bias > model::kMaxCost)
    return core::damaged(name, "impossible cost scale");
  return parameters;
}

}  // namespace

Result<std::shared_ptr<const ModelData>> ModelData::parse(std::span<const std::byte> bytes,
                                                          std::string_view name, bool verify,
                                                          std::shared_ptr<const void> owner) {
  auto container = format::Container::parse(bytes, name, verify);
  if (!container) return std::move(container).error();
  auto parameters = parse_parameters(*container, name);
  if (!parameters) return std::move(parameters).error();
  auto vocabulary = model::Vocabulary::parse(*container, parameters->vocabulary_size, name);
  if (!vocabulary) return std::move(vocabulary).error();
  auto ngrams = model::Ngrams::parse(*container, *parameters, name);
  if (!ngrams) return std::move(ngrams).error();

  auto data = std::make_shared<ModelData>();
  data->owner_ = std::move(owner);
  data->container_ = std::move(*container);
  data->parameters_ = *parameters;
  data->vocabulary_ = *vocabulary;
  data->ngrams_ = *ngrams;
  if (!data->plain_tokens()) {
    const auto notes = model::decode_notes(data->container_.find(format::SectionKind::kNotes));
    // The first: what follows tercet's own notes are the user's.
    const auto language = std::find_if(notes.begin(), notes.end(), [](const auto& note) {
      return note.first == model::kLanguageNote;
    });
    if (language != notes.end()) data->language_ = language->second;
  }
  return std::shared_ptr<const ModelData>(std::move(data));
}

ModelInfo ModelData::info() const {
  ModelInfo info;
  info.order = parameters_.order;
  std::uint64_t total = 0;
  for (std::uint32_t n = 0; n < info.order; ++n) {
    info.ngrams.push_back(parameters_.ngrams[n]);
    total += parameters_.ngrams[n];
  }
  info.file_bytes = container_.file_bytes();
  info.bytes_per_ngram = static_cast<double>(info.file_bytes) / static_cast<double>(total);
  info.interpolated = (parameters_.flags & model::kInterpolated) != 0;
  info.normalised = (parameters_.flags & model::kNormalised) != 0;
  info.plain_tokens = plain_tokens();
  info.lanes = !container_.find(format::SectionKind::kLaneParameters).empty();
  info.language = language_;
  for (const format::SectionEntry& section : container_.sections()) {
    info.sections.push_back(
        {std::string(format::name_of(section.kind)), section.order, section.bytes});
  }
  info.notes = model::decode_notes(container_.find(format::SectionKind::kNotes));
  return info;
}

}  // namespace tercet::internal
