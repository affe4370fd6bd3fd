#include "tercet/model.h"

#include <algorithm>
#include <cstring>
#include <utility>

#include "core/error.h"
#include "model/model_data.h"
#include "os/mapped_file.h"
#include "os/memory.h"

namespace tercet {
namespace {

/// A copy of `bytes` in huge pages, as the model's owner.
Result<std::shared_ptr<const os::Memory>> copy_of(std::span<const std::byte> bytes) {
  auto memory = os::Memory::plain(bytes.size());
  if (!memory) return std::move(memory).error();
  std::memcpy(memory->bytes().data(), bytes.data(), bytes.size());
  return std::make_shared<const os::Memory>(std::move(*memory));
}

}  // namespace

Result<Model> Model::open(const std::filesystem::path& path, const OpenOptions& options) {
  auto file = os::MappedFile::open(path);
  if (!file) return std::move(file).error();
  auto mapped = std::make_shared<const os::MappedFile>(std::move(*file));
  std::span<const std::byte> bytes = mapped->bytes();
  std::shared_ptr<const void> owner = mapped;
  if (options.copy_to_memory) {
    auto copy = copy_of(bytes);
    if (!copy) return std::move(copy).error();
    bytes = (*copy)->bytes();
    owner = *copy;
  }
  auto data =
      internal::ModelData::parse(bytes, path.string(), options.verify_checksums, std::move(owner));
  if (!data) return std::move(data).error();
  return Model(std::move(*data));
}

Result<Model> Model::from_bytes(std::span<const std::byte> bytes, const OpenOptions& options) {
  auto data =
      internal::ModelData::parse(bytes, "model in memory", options.verify_checksums, nullptr);
  if (!data) return std::move(data).error();
  return Model(std::move(*data));
}

std::uint32_t Model::order() const noexcept { return data_->ngrams().order(); }

std::uint32_t Model::vocabulary_size() const noexcept { return data_->vocabulary().size(); }

WordId Model::id(std::string_view word) const noexcept { return data_->vocabulary().id(word); }

std::string_view Model::word(WordId id) const noexcept { return data_->vocabulary().word(id); }

WordRange Model::words_with_prefix(std::string_view prefix) const noexcept {
  return data_->vocabulary().with_prefix(prefix);
}

State Model::begin() const noexcept { return advance(empty(), kSentenceBegin); }

Score Model::score(const State& state, WordId word, State& next) const noexcept {
  const model::Ngrams& ngrams = data_->ngrams();
  const model::Step step = ngrams.step(state, word);
  next = step.next;
  return {static_cast<float>(ngrams.scale().log10_probability(step.cost)), step.order};
}

State Model::advance(const State& state, WordId word) const noexcept {
  return data_->ngrams().advance(state, word);
}

ModelInfo Model::info() const { return data_->info(); }

}  // namespace tercet
