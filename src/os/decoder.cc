#include "os/decoder.h"

#include <zlib.h>
#include <zstd.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <string>

#include "core/error.h"

namespace tercet::os {
namespace {

using std::string_view_literals::operator""sv;

class PlainDecoder final : public Decoder {
 public:
  Result<Step> decode(std::span<const char> input, std::span<char> output) override {
    const std::size_t count = std::min(input.size(), output.size());
    if (count > 0) std::memcpy(output.data(), input.data(), count);
    return Step{count, count};
  }
  bool complete() const noexcept override { return true; }
  std::string_view format() const noexcept override { return "plain"; }
};

// The library goes on to the next frame by itself, and skips skippable ones.
class ZstdDecoder final : public Decoder {
 public:
  ZstdDecoder() : context_(ZSTD_createDCtx(), &ZSTD_freeDCtx) {}

  Status prepare() {
    if (!context_) return core::resource("no memory for unpacking zstd");
    // Files made with `zstd --long=31` ask for such windows; the default refuses them.
    ZSTD_DCtx_setParameter(context_.get(), ZSTD_d_windowLogMax, 31);
    return {};
  }

  Result<Step> decode(std::span<const char> input, std::span<char> output) override {
    ZSTD_inBuffer in{input.data(), input.size(), 0};
    ZSTD_outBuffer out{output.data(), output.size(), 0};
    const std::size_t hint = ZSTD_decompressStream(context_.get(), &out, &in);
    if (ZSTD_isError(hint) != 0U) return core::corrupt(ZSTD_getErrorName(hint));
    // With nothing read and nothing written, the hint is of a frame not yet begun.
    if (in.pos > 0 || out.pos > 0) complete_ = hint == 0;
    return Step{in.pos, out.pos};
  }
  bool complete() const noexcept override { return complete_; }
  std::string_view format() const noexcept override { return "zstd"; }

 private:
  std::unique_ptr<ZSTD_DCtx, decltype(&ZSTD_freeDCtx)> context_;
  bool complete_ = false;
};

class GzipDecoder final : public Decoder {
 public:
  GzipDecoder() = default;
  GzipDecoder(const GzipDecoder&) = delete;
  GzipDecoder& operator=(const GzipDecoder&) = delete;
  ~GzipDecoder() override { ::inflateEnd(&stream_); }

  Status prepare() {
    constexpr int kGzipOnly = MAX_WBITS + 16;
    if (inflateInit2(&stream_, kGzipOnly) != Z_OK) {
      return core::resource("no memory for unpacking gzip");
    }
    return {};
  }

  Result<Step> decode(std::span<const char> input, std::span<char> output) override {
    if (complete_ && !input.empty()) {
      ::inflateReset(&stream_);  // The next member begins.
      complete_ = false;
    }
    const uInt in_size = clamp(input.size());
    const uInt out_size = clamp(output.size());
    // zlib does not write through next_in; it is not const for old C's sake.
    stream_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(input.data()));
    stream_.avail_in = in_size;
    stream_.next_out = reinterpret_cast<Bytef*>(output.data());
    stream_.avail_out = out_size;
    const int code = ::inflate(&stream_, Z_NO_FLUSH);
    if (code == Z_STREAM_END) complete_ = true;
    // Z_BUF_ERROR is "no progress without more input", which the caller sees from the counts.
    if (code != Z_OK && code != Z_STREAM_END && code != Z_BUF_ERROR) {
      return core::corrupt(stream_.msg != nullptr ? stream_.msg : "damaged data");
    }
    return Step{in_size - stream_.avail_in, out_size - stream_.avail_out};
  }
  bool complete() const noexcept override { return complete_; }
  std::string_view format() const noexcept override { return "gzip"; }

 private:
  static uInt clamp(std::size_t size) {
    return static_cast<uInt>(std::min(size, std::size_t{1} << 30));
  }

  z_stream stream_{};
  bool complete_ = false;
};

template <class T>
Result<std::unique_ptr<Decoder>> prepared() {
  auto decoder = std::make_unique<T>();
  TERCET_TRY(decoder->prepare());
  return std::unique_ptr<Decoder>(std::move(decoder));
}

bool is_zstd(std::string_view head) {
  // A skippable frame, which pzstd writes first, has any last digit in its first byte.
  return head.starts_with("\x28\xB5\x2F\xFD"sv) ||
         (head.size() >= 4 && (head[0] & 0xF0) == 0x50 && head.substr(1, 3) == "\x2A\x4D\x18"sv);
}

struct Foreign {
  std::string_view magic;
  const char* advice;
};

constexpr std::array kForeign{
    Foreign{"\xFD"
            "7zXZ\0"sv,
            "looks like xz data, which tercet does not read; unpack it with: xz -d"},
    Foreign{"BZh"sv, "looks like bzip2 data, which tercet does not read; unpack it with: bzip2 -d"},
    Foreign{"PK\x03\x04"sv, "looks like a zip archive; unpack it with: unzip"},
};

}  // namespace

Result<std::unique_ptr<Decoder>> decoder_for(std::span<const char> head) {
  const std::string_view text(head.data(), head.size());
  if (is_zstd(text)) return prepared<ZstdDecoder>();
  if (text.starts_with("\x1F\x8B"sv)) return prepared<GzipDecoder>();
  for (const Foreign& foreign : kForeign) {
    if (text.starts_with(foreign.magic)) return core::unsupported(foreign.advice);
  }
  return std::unique_ptr<Decoder>(std::make_unique<PlainDecoder>());
}

}  // namespace tercet::os
