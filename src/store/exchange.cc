// Exporting, importing and merging: the same records, as text or from another file.
#include <fmt/format.h>

#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "core/checksum.h"
#include "core/error.h"
#include "store/store_impl.h"
#include "store/table.h"
#include "tercet/store.h"
#include "text/lines.h"

namespace tercet {

using store::Cursor;
using store::Record;

namespace {

constexpr std::string_view kFirstLine = "tercet-store\t1";
constexpr std::string_view kUnchecked = "-";  // In place of the checksum, in a text edited by hand.

/// Puts lines out and keeps the checksum that the last one states.
class Exporter {
 public:
  Exporter(store::Database& database, const std::function<Status(std::string_view)>& write)
      : database_(database), write_(write) {}

  Status line(std::string text) {
    text += '\n';
    sum_.add(std::as_bytes(std::span(text)));
    return write_(text);
  }

  // Where a page is damaged, the records on the other side of it are met from the end. Those that
  // are met twice do no harm. A table that cannot be read at all leaves the others.
  template <class R>
  Status table(std::string_view last_first) {
    bool whole = true;
    TERCET_TRY(rows<R>("", whole));
    if (whole) return {};
    report_.incomplete = true;
    return rows<R>(last_first, whole);
  }

  Result<ExportReport> finish() {
    TERCET_TRY(write_(fmt::format("end\t{}\t{:016x}\n", report_.records, sum_.value())));
    return report_;
  }

 private:
  static Status unless_corrupt(const Error& error) {
    return error.code == ErrorCode::kCorrupt ? Status{} : error;
  }

  template <class R>
  Status rows(std::string_view rest, bool& whole) {
    auto cursor = Cursor<R>::open(database_, rest);
    whole = cursor.ok();
    if (!whole) return unless_corrupt(cursor.error());
    for (;;) {
      const auto row = cursor->next_or_damaged();
      whole = row.ok();
      if (!whole) return unless_corrupt(row.error());
      if (!*row) {
        report_.incomplete = report_.incomplete || !cursor->intact();
        return {};
      }
      if (!cursor->intact()) {
        ++report_.damaged;
        continue;
      }
      ++report_.records;
      TERCET_TRY(line(store::line_of(cursor->record())));
    }
  }

  store::Database& database_;
  const std::function<Status(std::string_view)>& write_;
  core::Checksummer sum_;
  ExportReport report_;
};

/// Reads an export line by line; keeps the first error.
class Importer {
 public:
  Importer(std::string_view name, store::Writer& writer) : name_(name), writer_(writer) {}

  void line(std::string_view text) {
    if (!status_.ok()) return;
    ++number_;
    if (text.ends_with('\r')) text.remove_suffix(1);
    status_ = take(text);
  }

  Status finish() {
    if (status_.ok() && !ended_)
      return wrong("the end is missing: the text was cut short; copy or export it again");
    return status_;
  }

 private:
  Status take(std::string_view text) {
    if (number_ == 1) {
      if (text.starts_with(kFirstLine.substr(0, kFirstLine.find('\t') + 1)) && text != kFirstLine)
        return core::unsupported(fmt::format(
            "{}: line 1: an export of another version; use the tercet that wrote it", name_));
      if (text != kFirstLine)
        return wrong("not an export of a store, which begins: tercet-store<tab>1");
    } else if (ended_) {
      return wrong("there is something behind the end");
    } else if (text.starts_with("end\t")) {
      return end(text);
    } else {
      TERCET_TRY(record(text));
    }
    sum_.add(std::as_bytes(std::span(text)));
    sum_.add(std::as_bytes(std::span(std::string_view("\n"))));
    return {};
  }

  Status record(std::string_view text) {
    auto parsed = store::parse_line(text);
    if (!parsed) return wrong(parsed.error().message);
    ++records_;
    return std::visit([this](const auto& each) { return writer_.join(each); }, *parsed);
  }

  Status end(std::string_view text) {
    ended_ = true;
    if (text == fmt::format("end\t{}\t{:016x}", records_, sum_.value()) ||
        text == fmt::format("end\t{}\t{}", records_, kUnchecked)) {
      return {};
    }
    return wrong(
        fmt::format("the text above is not as it was exported; copy or export it again, or "
                    "if you changed it on purpose write here: end<tab>{}<tab>-",
                    records_));
  }

  Error wrong(std::string_view what) const {
    return core::corrupt(fmt::format("{}: line {}: {}", name_, number_, what));
  }

  std::string_view name_;
  store::Writer& writer_;
  Status status_;
  std::int64_t number_ = 0;
  std::int64_t records_ = 0;
  bool ended_ = false;
  core::Checksummer sum_;
};

template <class R>
Status join_table(store::Database& from, store::Writer& into) {
  auto cursor = Cursor<R>::open(from);
  if (!cursor) return std::move(cursor).error();
  for (;;) {
    const auto row = cursor->next();
    if (!row) return row.error();
    if (!*row) return {};
    TERCET_TRY(into.join(cursor->record()));
  }
}

}  // namespace

Result<ExportReport> Store::export_text(
    const std::function<Status(std::string_view)>& write) const {
  const auto snapshot = impl_->read();
  if (!snapshot) return snapshot.error();
  Exporter out(impl_->database, write);
  TERCET_TRY(out.line(std::string(kFirstLine)));
  TERCET_TRY(out.table<store::LessonRecord>("ORDER BY stamp DESC, nonce DESC"));
  TERCET_TRY(out.table<store::SentenceRecord>("ORDER BY stamp DESC, nonce DESC, place DESC"));
  TERCET_TRY(out.table<store::StatementRecord>("ORDER BY stamp DESC, nonce DESC"));
  TERCET_TRY(out.table<store::EvidenceRecord>("ORDER BY stamp DESC, nonce DESC"));
  TERCET_TRY(out.table<store::BlockRecord>("ORDER BY word DESC, language DESC"));
  return out.finish();
}

Status Store::import_text(std::string_view text, std::string_view name) {
  auto writer = impl_->write();
  if (!writer) return std::move(writer).error();
  Importer importer(name, *writer);
  text::for_each_line(text, [&](std::string_view line) { importer.line(line); });
  TERCET_TRY(importer.finish());
  TERCET_TRY(writer->scrub());
  return writer->commit();
}

Status Store::merge(const std::filesystem::path& other) {
  auto from = Store::open(other, {.read_only = true});
  if (!from) return std::move(from).error();
  auto writer = impl_->write();
  if (!writer) return std::move(writer).error();
  const auto snapshot = from->impl_->read();
  if (!snapshot) return snapshot.error();
  auto& database = from->impl_->database;
  TERCET_TRY(join_table<store::LessonRecord>(database, *writer));
  TERCET_TRY(join_table<store::SentenceRecord>(database, *writer));
  TERCET_TRY(join_table<store::StatementRecord>(database, *writer));
  TERCET_TRY(join_table<store::EvidenceRecord>(database, *writer));
  TERCET_TRY(join_table<store::BlockRecord>(database, *writer));
  TERCET_TRY(writer->scrub());
  return writer->commit();
}

}  // namespace tercet
