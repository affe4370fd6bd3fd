// An AtomicFile where a core::Sink is asked for.
#ifndef TERCET_OS_FILE_SINK_H_
#define TERCET_OS_FILE_SINK_H_

#include <cstddef>
#include <cstdint>
#include <span>

#include "core/sink.h"
#include "os/atomic_file.h"

namespace tercet::os {

/// Passes everything on to `file`, which must outlive it.
class FileSink final : public core::Sink {
 public:
  explicit FileSink(AtomicFile& file) noexcept : file_(file) {}
  Status write_at(std::uint64_t offset, std::span<const std::byte> bytes) override {
    return file_.write_at(offset, bytes);
  }

 private:
  AtomicFile& file_;
};

}  // namespace tercet::os

#endif  // TERCET_OS_FILE_SINK_H_
