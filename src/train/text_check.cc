#include "train/text_check.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>

#include "core/error.h"

namespace tercet::train {
namespace {

using std::string_view_literals::operator""sv;

struct Kind {
  std::string_view beginning;
  std::string_view advice;
};
constexpr std::array kKinds{
    Kind{"\x89TCT"sv, "is a tercet model; name the text to train from"},
    Kind{"mmap lm http://kheafield.com"sv, "is a KenLM binary; name the text to train from"},
    Kind{"\x7F"
         "ELF"sv,
         "is a program; name a text"},
    Kind{"\xFF\xFE"sv, "is UTF-16 text; make it UTF-8 with: iconv -f UTF-16 -t UTF-8"},
    Kind{"\xFE\xFF"sv, "is UTF-16 text; make it UTF-8 with: iconv -f UTF-16 -t UTF-8"},
    Kind{"%PDF-"sv, "is a PDF file; make it text with: pdftotext"},
    Kind{"\\data\\"sv, "is an ARPA file; make it a model with: tercet convert"},
};

/// More than a slip: one byte in 20, of a piece that is worth judging.
constexpr std::size_t kHeadBytes = 65536;
constexpr std::size_t kLeastZeros = 64;
constexpr std::size_t kZeroShare = 20;

}  // namespace

Status check_is_text(std::string_view name, std::string_view head) {
  head = head.substr(0, kHeadBytes);
  for (const Kind& kind : kKinds) {
    if (head.starts_with(kind.beginning))
      return core::unsupported(std::string(name) + ": " + std::string(kind.advice));
  }
  const auto zeros = static_cast<std::size_t>(std::count(head.begin(), head.end(), '\0'));
  if (zeros < kLeastZeros || zeros * kZeroShare < head.size()) return {};
  return core::unsupported(std::string(name) + ": is binary data (" + std::to_string(zeros) +
                           " of the first " + std::to_string(head.size()) +
                           " bytes are zero); name a text in UTF-8");
}

}  // namespace tercet::train
