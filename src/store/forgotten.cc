#include "store/forgotten.h"

#include <blake2.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "store/table.h"
#include "text/fold.h"
#include "text/language.h"

namespace tercet::store {
namespace {

constexpr std::int64_t kNever = -1;

}  // namespace

std::string key_of(std::string_view word) {
  std::string key;
  text::fold(word, text::language("ru"), key);
  return key;
}

std::string hash_of(std::string_view text) {
  std::array<unsigned char, 16> hash{};
  blake2b(hash.data(), text.data(), nullptr, hash.size(), text.size(), 0);
  // The equals sign keeps it apart from all keys and, with the length, from sensible names.
  return fmt::format("={:02x}", fmt::join(hash, ""));
}

void make_final(StatementRecord& statement) {
  if (statement.for_good) return;
  statement.for_good = true;
  if (statement.kind != StatementRecord::kTimes) statement.target = hash_of(statement.target);
}

Result<Forgotten> Forgotten::read(Database& database, Which which) {
  auto cursor = Cursor<StatementRecord>::open(database);
  if (!cursor) return std::move(cursor).error();
  Forgotten forgotten;
  for (;;) {
    const auto row = cursor->next();
    if (!row) return row.error();
    if (!*row) return forgotten;
    const StatementRecord& statement = cursor->record();
    const bool holds = statement.for_good || (which == Which::kAll && !statement.undone);
    if (holds) forgotten.add(statement);
  }
}

void Forgotten::add(const StatementRecord& statement) {
  if (statement.kind == StatementRecord::kTimes) {
    times_.push_back({statement.begin, statement.end, statement.id.stamp});
    return;
  }
  const bool is_word = statement.kind == StatementRecord::kWord;
  (is_word ? hashed_words_ : hashed_sources_) |= statement.for_good;
  std::int64_t& stamp =
      (is_word ? words_ : sources_).try_emplace(statement.target, kNever).first->second;
  stamp = std::max(stamp, statement.id.stamp);
}

std::int64_t Forgotten::until(const Targets& targets, const std::string& text, bool hashed) {
  const auto stamp_of = [&targets](const std::string& target) {
    const auto found = targets.find(target);
    return found == targets.end() ? kNever : found->second;
  };
  return std::max(stamp_of(text), hashed ? stamp_of(hash_of(text)) : kNever);
}

bool Forgotten::hides_time(std::int64_t time, std::int64_t stamp) const noexcept {
  return std::any_of(times_.begin(), times_.end(), [=](const Times& each) {
    return stamp <= each.stamp && each.begin <= time && time < each.end;
  });
}

bool Forgotten::hides(const LessonRecord& lesson) const {
  return hides_time(lesson.time, lesson.id.stamp) ||
         (!sources_.empty() && lesson.id.stamp <= until(sources_, lesson.source, hashed_sources_));
}

bool Forgotten::hides(const EvidenceRecord& evidence) {
  return hides_time(evidence.time, evidence.id.stamp) ||
         hides_word(evidence.id.stamp, evidence.word);
}

bool Forgotten::hides_target(const StatementRecord& statement) {
  if (statement.kind == StatementRecord::kWord)
    return hides_word(statement.id.stamp, statement.target);
  return statement.kind == StatementRecord::kSource &&
         statement.id.stamp <= until(sources_, statement.target, hashed_sources_);
}

bool Forgotten::hides_word(std::int64_t stamp, std::string_view word) {
  if (words_.empty() || word.empty()) return false;
  const auto [entry, is_new] = seen_.try_emplace(std::string(word), kNever);
  if (is_new) entry->second = until(words_, key_of(word), hashed_words_);
  return stamp <= entry->second;
}

std::string Forgotten::redact(const SentenceRecord& sentence) {
  std::string words;
  bool first = true;
  for_each_word(sentence.words, [&](std::string_view word) {
    if (!first) words += ' ';
    first = false;
    if (!hides_word(sentence.lesson.stamp, word)) words += word;
  });
  return words;
}

}  // namespace tercet::store
