#include "os/output_file.h"

#include <zlib.h>
#include <zstd.h>

#include <algorithm>
#include <cstring>
#include <utility>

#include "core/error.h"

namespace tercet::os {
namespace {

constexpr std::size_t kBufferBytes = std::size_t{1} << 20;

class PlainEncoder final : public Encoder {
 public:
  Result<Step> encode(std::span<const char> input, std::span<std::byte> output,
                      bool /*last*/) override {
    const std::size_t count = std::min(input.size(), output.size());
    if (count > 0) std::memcpy(output.data(), input.data(), count);
    return Step{count, count, count == input.size()};
  }
};

class ZstdEncoder final : public Encoder {
 public:
  ZstdEncoder() : context_(ZSTD_createCCtx(), &ZSTD_freeCCtx) {}

  Status prepare() {
    if (!context_) return core::resource("no memory for packing zstd");
    ZSTD_CCtx_setParameter(context_.get(), ZSTD_c_checksumFlag, 1);
    return {};
  }

  Result<Step> encode(std::span<const char> input, std::span<std::byte> output,
                      bool last) override {
    ZSTD_inBuffer in{input.data(), input.size(), 0};
    ZSTD_outBuffer out{output.data(), output.size(), 0};
    const std::size_t left =
        ZSTD_compressStream2(context_.get(), &out, &in, last ? ZSTD_e_end : ZSTD_e_continue);
    if (ZSTD_isError(left) != 0U) return core::resource(ZSTD_getErrorName(left));
    return Step{in.pos, out.pos, left == 0};
  }

 private:
  std::unique_ptr<ZSTD_CCtx, decltype(&ZSTD_freeCCtx)> context_;
};

class GzipEncoder final : public Encoder {
 public:
  GzipEncoder() = default;
  GzipEncoder(const GzipEncoder&) = delete;
  GzipEncoder& operator=(const GzipEncoder&) = delete;
  ~GzipEncoder() override { ::deflateEnd(&stream_); }

  Status prepare() {
    constexpr int kGzipOnly = MAX_WBITS + 16;
    constexpr int kDefaultMemory = 8;
    if (deflateInit2(&stream_, Z_DEFAULT_COMPRESSION, Z_DEFLATED, kGzipOnly, kDefaultMemory,
                     Z_DEFAULT_STRATEGY) != Z_OK)
      return core::resource("no memory for packing gzip");
    return {};
  }

  Result<Step> encode(std::span<const char> input, std::span<std::byte> output,
                      bool last) override {
    const uInt in_size = clamp(input.size());
    const uInt out_size = clamp(output.size());
    // zlib does not write through next_in; it is not const for old C's sake.
    stream_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(input.data()));
    stream_.avail_in = in_size;
    stream_.next_out = reinterpret_cast<Bytef*>(output.data());
    stream_.avail_out = out_size;
    const int code = ::deflate(&stream_, last && in_size == input.size() ? Z_FINISH : Z_NO_FLUSH);
    return Step{in_size - stream_.avail_in, out_size - stream_.avail_out, code == Z_STREAM_END};
  }

 private:
  static uInt clamp(std::size_t size) {
    return static_cast<uInt>(std::min(size, std::size_t{1} << 30));
  }

  z_stream stream_{};
};

template <class T>
Result<std::unique_ptr<Encoder>> prepared() {
  auto encoder = std::make_unique<T>();
  TERCET_TRY(encoder->prepare());
  return std::unique_ptr<Encoder>(std::move(encoder));
}

Result<std::unique_ptr<Encoder>> encoder_for(const std::filesystem::path& target) {
  const std::filesystem::path extension = target.extension();
  if (extension == ".zst") return prepared<ZstdEncoder>();
  if (extension == ".gz") return prepared<GzipEncoder>();
  return std::unique_ptr<Encoder>(std::make_unique<PlainEncoder>());
}

}  // namespace

OutputFile::OutputFile(AtomicFile file, std::unique_ptr<Encoder> encoder)
    : file_(std::move(file)), encoder_(std::move(encoder)), buffer_(kBufferBytes) {}

Result<OutputFile> OutputFile::create(const std::filesystem::path& target) {
  auto encoder = encoder_for(target);
  if (!encoder.ok()) return std::move(encoder).error();
  auto file = AtomicFile::create(target);
  if (!file.ok()) return std::move(file).error();
  return OutputFile(std::move(*file), std::move(*encoder));
}

Status OutputFile::pump(std::string_view text, bool last) {
  for (bool done = false; last ? !done : !text.empty();) {
    if (used_ == buffer_.size()) TERCET_TRY(flush());
    auto step = encoder_->encode(text, std::span(buffer_).subspan(used_), last);
    if (!step.ok()) return std::move(step).error();
    text.remove_prefix(step->consumed);
    used_ += step->produced;
    done = step->done;
  }
  return {};
}

Status OutputFile::flush() {
  TERCET_TRY(file_.append(std::span<const std::byte>(buffer_).first(used_)));
  used_ = 0;
  return {};
}

Status OutputFile::commit() {
  TERCET_TRY(pump({}, true));
  TERCET_TRY(flush());
  return file_.commit();
}

}  // namespace tercet::os
