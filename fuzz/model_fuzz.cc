// Any bytes as a model file, and a sound model with any bytes changed: open it and use it all.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <span>
#include <vector>

#include "exercise.h"
#include "reseal.h"
#include "small_models.h"
#include "tercet/model.h"

namespace {

using Bytes = std::vector<std::byte>;

const std::vector<Bytes>& sound_models() {
  static const std::vector<Bytes> models = tercet::fuzz::small_models();
  return models;
}

void use(const Bytes& file, bool verify) {
  tercet::OpenOptions options;
  options.verify_checksums = verify;
  const auto model = tercet::Model::from_bytes(file, options);
  if (model.ok()) tercet::testing::exercise(*model);
}

/// The input as a list of changes: 3 bytes of place, 1 byte of value.
Bytes changed(Bytes file, std::span<const std::byte> changes) {
  for (; changes.size() >= 4; changes = changes.subspan(4)) {
    std::size_t at = 0;
    for (std::size_t i = 0; i < 3; ++i) at = at << 8U | std::to_integer<std::size_t>(changes[i]);
    file[at % file.size()] = changes[3];
  }
  return file;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto input = std::as_bytes(std::span(data, size));
  Bytes file(input.begin(), input.end());
  use(file, false);
  tercet::testing::reseal(file);
  use(file, true);
  if (size == 0) return 0;
  const auto& models = sound_models();
  file = changed(models[data[0] % models.size()], input.subspan(1));
  use(file, false);
  tercet::testing::reseal(file);
  use(file, true);
  return 0;
}
