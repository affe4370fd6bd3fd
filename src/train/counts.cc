#include "train/counts.h"

namespace tercet::train {

Result<OrderCounts> CountWriter::finish() {
  OrderCounts out;
  TERCET_TRY(entries_.finish(out.entries));
  TERCET_TRY(large_counts_.finish(out.large_counts));
  TERCET_TRY(children_.finish(out.children));
  TERCET_TRY(large_children_.finish(out.large_children));
  TERCET_TRY(dropped_.finish(out.dropped));
  TERCET_TRY(predecessors_.finish(out.predecessors));
  TERCET_TRY(drops_.finish(out.drops));
  TERCET_TRY(attested_.finish(out.attested));
  return out;
}

}  // namespace tercet::train
