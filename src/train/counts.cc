#include "train/counts.h"

namespace tercet::train {

Result<CountWriter> CountWriter::create(const std::filesystem::path& directory) {
  auto entries = RecordWriter<std::uint32_t>::create(directory);
  if (!entries) return std::move(entries).error();
  auto large_counts = RecordWriter<std::uint32_t>::create(directory);
  if (!large_counts) return std::move(large_counts).error();
  auto children = RecordWriter<std::uint8_t>::create(directory);
  if (!children) return std::move(children).error();
  auto large_children = RecordWriter<std::uint32_t>::create(directory);
  if (!large_children) return std::move(large_children).error();
  auto dropped = RecordWriter<DroppedSuccessors>::create(directory);
  if (!dropped) return std::move(dropped).error();
  return CountWriter(std::move(*entries), std::move(*large_counts), std::move(*children),
                     std::move(*large_children), std::move(*dropped));
}

Result<OrderCounts> CountWriter::finish() {
  OrderCounts out;
  TERCET_TRY(entries_.finish(out.entries));
  TERCET_TRY(large_counts_.finish(out.large_counts));
  TERCET_TRY(children_.finish(out.children));
  TERCET_TRY(large_children_.finish(out.large_children));
  TERCET_TRY(dropped_.finish(out.dropped));
  return out;
}

}  // namespace tercet::train
