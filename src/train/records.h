// Fixed-size records through temporary files: the named outputs of one stage, the inputs of the
// next. A first error sticks and is returned by finish().
#ifndef TERCET_TRAIN_RECORDS_H_
#define TERCET_TRAIN_RECORDS_H_

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <filesystem>
#include <optional>
#include <span>
#include <type_traits>
#include <utility>
#include <vector>

#include "os/scratch_file.h"

namespace tercet::train {

inline constexpr std::size_t kRecordsPerBatch = 1 << 15;

/// A finished sequence of T on disk. Any number of readers.
template <class T>
class Records {
 public:
  Records() = default;
  explicit Records(os::ScratchFile file) : file_(std::move(file)) {}
  std::uint64_t size() const noexcept { return file_ ? file_->size() / sizeof(T) : 0; }
  const os::ScratchFile* file() const noexcept { return file_ ? &*file_ : nullptr; }

 private:
  std::optional<os::ScratchFile> file_;
};

/// Appends records to a new file in `directory`, which is made when there is something to write.
/// One thread.
template <class T>
class RecordWriter {
  static_assert(std::is_trivially_copyable_v<T>);

 public:
  explicit RecordWriter(std::filesystem::path directory)
      : directory_(std::move(directory)), batch_(kRecordsPerBatch) {}

  void put(const T& record) {
    batch_[used_++] = record;
    if (used_ == batch_.size()) flush();
  }

  /// Hands what was written to `records`. Call once, last.
  Status finish(Records<T>& records) {
    flush();
    if (status_.ok() && file_) records = Records<T>(std::move(*file_));
    return status_;
  }

 private:
  void flush() {
    if (used_ == 0) return;
    if (!file_ && status_.ok()) open();
    if (file_ && status_.ok())
      status_ = file_->append(std::as_bytes(std::span(batch_.data(), used_)));
    used_ = 0;
  }
  void open() {
    auto file = os::ScratchFile::create(directory_);
    if (file) {
      file_ = std::move(*file);
    } else {
      status_ = std::move(file).error();
    }
  }

  std::filesystem::path directory_;
  std::optional<os::ScratchFile> file_;
  std::vector<T> batch_;
  std::size_t used_ = 0;
  Status status_;
};

/// Reads records front to back. One thread; the Records must outlive it. After a failed read, or
/// past the end, get() returns zeroed records, none remain, and `status()` tells.
template <class T>
class RecordReader {
  static_assert(std::is_trivially_copyable_v<T>);

 public:
  explicit RecordReader(const Records<T>& records, std::uint64_t begin = 0) {
    if (records.file() == nullptr) return;
    reader_.emplace(*records.file(), begin * sizeof(T), records.size() * sizeof(T));
  }

  std::uint64_t remaining() const noexcept {
    return batch_.size() / sizeof(T) - used_ + (reader_ ? reader_->remaining() / sizeof(T) : 0);
  }

  T get() {
    if (used_ * sizeof(T) == batch_.size()) refill();
    T record{};
    if (used_ * sizeof(T) == batch_.size()) return record;
    std::memcpy(&record, batch_.data() + used_++ * sizeof(T), sizeof(T));
    return record;
  }

  const Status& status() const noexcept { return status_; }

 private:
  void refill() {
    used_ = 0;
    batch_ = {};
    if (!reader_) return;
    auto taken = reader_->take(kRecordsPerBatch * sizeof(T));
    if (taken) {
      batch_ = *taken;
    } else {
      status_ = std::move(taken).error();
      reader_.reset();
    }
  }

  std::optional<os::ScratchReader> reader_;
  std::span<const std::byte> batch_;
  std::size_t used_ = 0;
  Status status_;
};

}  // namespace tercet::train

#endif  // TERCET_TRAIN_RECORDS_H_
