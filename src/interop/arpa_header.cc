#include "interop/arpa_header.h"

#include <fmt/format.h>

#include <array>
#include <string>
#include <utility>

#include "core/error.h"
#include "tercet/model.h"

namespace tercet::interop {
namespace {

struct OtherFormat {
  std::string_view magic;
  std::string_view advice;
};

constexpr std::array kOtherFormats{
    OtherFormat{"mmap lm ", "a KenLM binary; give the ARPA file that build_binary made it from"},
    OtherFormat{"blmt",
                "an IRSTLM binary; make an ARPA file of it: compile-lm --text=yes FILE FILE.arpa"},
    OtherFormat{
        "iARPA",
        "an IRSTLM iARPA file; make an ARPA file of it: compile-lm --text=yes FILE FILE.arpa"},
    OtherFormat{"qblmt", "a quantised IRSTLM binary; give the ARPA file that it was made from"},
    OtherFormat{"Qblmt", "a quantised IRSTLM binary; give the ARPA file that it was made from"},
    OtherFormat{"\x89TCT", "a tercet model already; no import is needed"},
};

Status recognise(LineReader& lines) {
  for (const OtherFormat& format : kOtherFormats) {
    if (lines.starts_with(format.magic))
      return lines.error(fmt::format("this is {}", format.advice), ErrorCode::kUnsupported);
  }
  return lines.status();
}

/// Skips what is before `\data\`, but for export's mark.
Status skip_preamble(LineReader& lines, std::optional<ExportMark>& mark) {
  std::string_view line;
  while (lines.next(line)) {
    if (trim(line) == kDataLine) return {};
    if (!mark) mark = parse_mark(line);
  }
  TERCET_TRY(lines.status());
  if (lines.number() == 0) return lines.error("the file is empty; give an ARPA file");
  return lines.error(
      "no line \\data\\ up to here: this is no ARPA file; a model is made from text by: tercet "
      "train");
}

Status add_count(const LineReader& lines, std::string_view line, ArpaHeader& header) {
  const auto parsed = parse_count_line(line);
  if (!parsed) return lines.error(quoted(line) + " where a line like \"ngram 1=20\" was expected");
  const std::size_t expected = header.counts.size() + 1;
  if (parsed->order != expected) {
    return lines.error(
        fmt::format("the count of order {} where order {} was expected", parsed->order, expected));
  }
  if (parsed->order > kMaxOrder && parsed->count > 0) {
    return lines.error(
        fmt::format("order {}; a tercet model has at most {}: write the ARPA file anew with fewer "
                    "(SRILM: ngram -order {})",
                    parsed->order, kMaxOrder, kMaxOrder),
        ErrorCode::kUnsupported);
  }
  header.counts.push_back(parsed->count);
  return {};
}

}  // namespace

Error ends_early(const LineReader& lines, std::string_view expected) {
  return lines.error(fmt::format(
      "the file ends where {} was expected; it was cut off: copy or write it again", expected));
}

Status next_item(LineReader& lines, std::string_view expected, std::string_view& line) {
  while (lines.next(line)) {
    line = trim(line);
    if (!line.empty()) return {};
  }
  TERCET_TRY(lines.status());
  return ends_early(lines, expected);
}

Result<ArpaHeader> read_header(LineReader& lines) {
  TERCET_TRY(recognise(lines));
  lines.skip("\xEF\xBB\xBF");  // A byte order mark.
  ArpaHeader header;
  TERCET_TRY(skip_preamble(lines, header.mark));
  std::string_view line;
  TERCET_TRY(next_item(lines, "a line \"ngram 1=...\"", line));
  while (!line.starts_with('\\')) {
    TERCET_TRY(add_count(lines, line, header));
    TERCET_TRY(next_item(lines, "a line \\1-grams:", line));
  }
  while (!header.counts.empty() && header.counts.back() == 0) {
    header.counts.pop_back();
    ++header.empty_orders;
  }
  if (header.counts.empty() || header.counts.front() == 0)
    return lines.error("the header promises no 1-grams: a model needs words");
  if (parse_section_line(line) != 1U)
    return lines.error(quoted(line) + " where \\1-grams: was expected");
  return header;
}

}  // namespace tercet::interop
