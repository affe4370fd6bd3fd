#include "store/records.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <vector>

#include "core/error.h"
#include "text/utf8.h"

namespace tercet::store {
namespace {

// Behind a backslash in an export, and what it stands for.
constexpr std::array<std::pair<char, char>, 4> kEscapes = {
    {{'t', '\t'}, {'n', '\n'}, {'r', '\r'}, {'\\', '\\'}}};

void append(std::int64_t value, std::string& line) { line += fmt::format("\t{}", value); }
void append(bool value, std::string& line) { line += value ? "\t1" : "\t0"; }
void append(const std::string& value, std::string& line) {
  line += '\t';
  for (const char c : value) {
    const auto* escape =
        std::find_if(kEscapes.begin(), kEscapes.end(), [c](auto each) { return each.second == c; });
    if (escape != kEscapes.end()) {
      line += '\\';
      line += escape->first;
    } else {
      line += c;
    }
  }
}

bool read(std::string_view text, std::int64_t& value) {
  const auto [rest, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc() && rest == text.data() + text.size();
}

bool read(std::string_view text, bool& value) {
  value = text == "1";
  return value || text == "0";
}

bool read(std::string_view text, std::string& value) {
  value.clear();
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] != '\\') {
      value += text[at];
      continue;
    }
    if (++at == text.size()) return false;
    const auto* escape = std::find_if(kEscapes.begin(), kEscapes.end(),
                                      [&](auto each) { return each.first == text[at]; });
    if (escape == kEscapes.end()) return false;
    value += escape->second;
  }
  return true;
}

std::vector<std::string_view> split(std::string_view line) {
  std::vector<std::string_view> fields;
  for (std::size_t end = 0; end != std::string_view::npos;) {
    end = line.find('\t');
    fields.push_back(line.substr(0, end));
    line.remove_prefix(end == std::string_view::npos ? 0 : end + 1);
  }
  return fields;
}

template <class R>
Result<Record> parse(const std::vector<std::string_view>& texts) {
  R record;
  std::size_t column = 0;
  const auto next = [&](auto& field) {
    ++column;
    return column < texts.size() && read(texts[column], field);
  };
  const bool good =
      std::apply([&](auto&... field) { return (next(field) && ...); }, R::fields(record));
  if (!good || column + 1 != texts.size()) {
    return core::corrupt(fmt::format("not a {0}, which has the fields: {0}, {1}", R::kTable,
                                     std::string_view(R::kColumns)));
  }
  if (const std::string problem = problem_with(record); !problem.empty())
    return core::corrupt(problem);
  return Record(std::move(record));
}

bool is_utf8(std::string_view text) noexcept {
  for (std::size_t at = 0; at < text.size();) {
    const text::CodePoint point = text::decode(text, at);
    if (!point.valid) return false;
    at += point.size;
  }
  return true;
}

bool is_time(std::int64_t time) noexcept { return time >= 0 && time <= kLatestTime; }
bool is_stamp(std::int64_t stamp) noexcept { return stamp >= 0 && stamp <= kLastStamp; }
bool is_count(std::int64_t count) noexcept { return count >= 0 && count <= kMostCounted; }

std::string problem(const LessonRecord& record) {
  if (!is_time(record.time)) return "the time is out of range";
  if (!is_utf8(record.source) || !is_utf8(record.language)) return "a text is not UTF-8";
  const bool is_named = !record.source.empty() || !record.language.empty();
  return record.for_good && is_named ? "a lesson that is gone for good has no source" : "";
}

std::string problem(const SentenceRecord& record) {
  if (record.place < 0 || record.revision < 1 || record.revision > kLastStamp)
    return "a number is out of range";
  bool good = true;
  for_each_word(record.words, [&good](std::string_view word) { good = good && is_word(word); });
  return good ? "" : "a word holds a control character or is not UTF-8";
}

std::string problem(const StatementRecord& record) {
  if (!is_time(record.time)) return "the time is out of range";
  const bool known = record.kind == StatementRecord::kWord ||
                     record.kind == StatementRecord::kSource ||
                     record.kind == StatementRecord::kTimes;
  if (!known) return fmt::format("'{}' is none of word, source, times", record.kind);
  return is_utf8(record.target) ? "" : "a text is not UTF-8";
}

std::string problem(const EvidenceRecord& record) {
  if (!is_time(record.time)) return "the time is out of range";
  if (!is_count(record.struck) || !is_count(record.ignored)) return "a count is out of range";
  return is_word(record.word) && !record.word.empty() ? "" : "the word is not one word of UTF-8";
}

std::string problem(const BlockRecord& record) {
  if (record.meaning != "suggest" && record.meaning != "complete" && record.meaning != "allow")
    return fmt::format("'{}' is none of suggest, complete, allow", record.meaning);
  if (!is_word(record.word) || record.word.empty()) return "the word is not one word of UTF-8";
  return is_utf8(record.language) ? "" : "a text is not UTF-8";
}

}  // namespace

void join(LessonRecord& into, const LessonRecord& other) {
  into.time = std::min(into.time, other.time);
  into.undone = into.undone || other.undone;
  into.for_good = into.for_good || other.for_good;
  into.language = into.for_good ? "" : std::max(into.language, other.language);
  into.source = into.for_good ? "" : std::max(into.source, other.source);
}

void join(SentenceRecord& into, const SentenceRecord& other) {
  // Of one revision there are only versions with more or fewer gaps. A gap comes before any word in
  // the order of bytes, so the least has one where they first differ.
  const bool newer = other.revision > into.revision;
  const bool sparser = other.revision == into.revision && other.words < into.words;
  if (newer || sparser) into = other;
}

void join(StatementRecord& into, const StatementRecord& other) {
  if (other.for_good != into.for_good) {
    if (other.for_good) into.target = other.target;
  } else {
    into.target = std::min(into.target, other.target);
  }
  into.undone = into.undone || other.undone;
  into.for_good = into.for_good || other.for_good;
  // These differ only where somebody has written an export by hand.
  into.time = std::min(into.time, other.time);
  into.kind = std::min(into.kind, other.kind);
  into.begin = std::min(into.begin, other.begin);
  into.end = std::max(into.end, other.end);
}

void join(EvidenceRecord& into, const EvidenceRecord& other) {
  into.time = std::min(into.time, other.time);
  into.word = std::min(into.word, other.word);
  into.struck = std::max(into.struck, other.struck);
  into.ignored = std::max(into.ignored, other.ignored);
}

void join(BlockRecord& into, const BlockRecord& other) {
  if (std::tie(other.stamp, other.meaning) > std::tie(into.stamp, into.meaning)) into = other;
}

std::int64_t stamp_of(const LessonRecord& record) noexcept { return record.id.stamp; }
std::int64_t stamp_of(const SentenceRecord& record) noexcept { return record.lesson.stamp; }
std::int64_t stamp_of(const StatementRecord& record) noexcept { return record.id.stamp; }
std::int64_t stamp_of(const EvidenceRecord& record) noexcept { return record.id.stamp; }
std::int64_t stamp_of(const BlockRecord& record) noexcept { return record.stamp; }

template <class R>
std::string line_of(const R& record) {
  std::string line = R::kTable;
  std::apply([&line](const auto&... field) { (append(field, line), ...); }, R::fields(record));
  return line;
}
template std::string line_of(const LessonRecord&);
template std::string line_of(const SentenceRecord&);
template std::string line_of(const StatementRecord&);
template std::string line_of(const EvidenceRecord&);
template std::string line_of(const BlockRecord&);

Result<Record> parse_line(std::string_view line) {
  const auto fields = split(line);
  if (fields[0] == LessonRecord::kTable) return parse<LessonRecord>(fields);
  if (fields[0] == SentenceRecord::kTable) return parse<SentenceRecord>(fields);
  if (fields[0] == StatementRecord::kTable) return parse<StatementRecord>(fields);
  if (fields[0] == EvidenceRecord::kTable) return parse<EvidenceRecord>(fields);
  if (fields[0] == BlockRecord::kTable) return parse<BlockRecord>(fields);
  return core::corrupt("begins with none of lesson, sentence, statement, evidence, block");
}

std::string problem_with(const Record& record) {
  return std::visit(
      [](const auto& each) {
        return is_stamp(stamp_of(each)) ? problem(each) : std::string("the stamp is out of range");
      },
      record);
}

bool is_word(std::string_view text) noexcept {
  for (std::size_t at = 0; at < text.size();) {
    const text::CodePoint point = text::decode(text, at);
    if (!point.valid || point.value <= ' ' || point.value == 0x7F) return false;
    at += point.size;
  }
  return true;
}

}  // namespace tercet::store
