// Any bytes as ARPA text: a model or an error. What is a model packs, opens and answers.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>
#include <utility>

#include "core/sink.h"
#include "exercise.h"
#include "interop/arpa_reader.h"
#include "interop/import.h"
#include "interop/text_source.h"
#include "tercet/model.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  namespace interop = tercet::interop;
  interop::MemorySource source({reinterpret_cast<const char*>(data), size});
  auto arpa = interop::parse_arpa(source, "fuzz");
  if (!arpa.ok()) return 0;
  tercet::core::MemorySink sink;
  if (!interop::pack_arpa(std::move(*arpa), {}, sink).ok()) return 0;
  const auto model = tercet::Model::from_bytes(sink.bytes());
  if (!model.ok()) std::abort();  // What we write we read.
  tercet::testing::exercise(*model);
  return 0;
}
