#include "session/block_list.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <optional>
#include <utility>

#include "core/error.h"
#include "text/char_class.h"
#include "text/fold.h"
#include "text/lines.h"
#include "text/utf8.h"

namespace tercet::session {
namespace {

constexpr std::array<std::pair<std::string_view, Blocking>, 3> kNames = {{
    {"allow", Blocking::kAllow},
    {"never-suggest", Blocking::kNeverSuggest},
    {"never-complete", Blocking::kNeverComplete},
}};

std::optional<Blocking> blocking_named(std::string_view name) noexcept {
  const auto* const at = std::find_if(kNames.begin(), kNames.end(),
                                      [&](const auto& each) { return each.first == name; });
  return at == kNames.end() ? std::nullopt : std::optional(at->second);
}

bool holds_space(std::string_view text) noexcept {
  for (std::size_t at = 0; at < text.size();) {
    if (text::is_space(text::CharClasses::get().of(text::next_code_point(text, at)))) return true;
  }
  return false;
}

}  // namespace

Status BlockList::lay_over(std::string_view text, std::string_view name) {
  std::vector<Entry> entries;
  std::optional<Error> error;
  std::size_t number = 0;
  text::for_each_line(text, [&](std::string_view line) {
    ++number;
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (error || line.starts_with('#') || line.find_first_not_of(" \t") == line.npos) return;
    Result<Entry> entry = parse(line);
    if (entry.ok()) {
      entries.push_back(std::move(entry).value());
    } else {
      error = core::invalid_argument(std::string(name) + ":" + std::to_string(number) + ": " +
                                     entry.error().message);
    }
  });
  if (error) return *std::move(error);
  entries_.insert(entries_.end(), std::move_iterator(entries.begin()),
                  std::move_iterator(entries.end()));
  return {};
}

Result<BlockList::Entry> BlockList::parse(std::string_view line) const {
  text::CleanStats stats;
  std::string buffer;
  line = text::clean(line, buffer, stats);
  if (stats.bad_bytes > 0) return core::invalid_argument("not UTF-8; save the file as UTF-8");
  const std::size_t tab = line.find('\t');
  const auto blocking = blocking_named(line.substr(0, tab));
  if (!blocking || tab == line.npos) {
    return core::invalid_argument(
        "expected never-suggest, never-complete or allow, then a tab, then a word");
  }
  std::string_view word = line.substr(tab + 1);
  const bool is_prefix = word.ends_with('*');
  if (is_prefix) word.remove_suffix(1);
  Entry entry{{}, is_prefix, *blocking};
  text::fold(word, *language_, entry.word);
  if (entry.word.empty() || holds_space(entry.word)) {
    return core::invalid_argument("expected one word behind the tab, without spaces");
  }
  return entry;
}

Blocking BlockList::blocking(std::string_view folded) const noexcept {
  const auto last = std::find_if(entries_.rbegin(), entries_.rend(),
                                 [&](const Entry& entry) { return entry.matches(folded); });
  return last == entries_.rend() ? Blocking::kAllow : last->blocking;
}

BlockedWords BlockList::compile(const model::Vocabulary& vocabulary) const {
  BlockedWords blocked{predict::WordSet(vocabulary.size()), predict::WordSet(vocabulary.size())};
  for (const Entry& entry : entries_) {
    const WordRange range = vocabulary.with_prefix(entry.word);
    for (WordId word = range.begin; word < range.end; ++word) {
      if (!entry.is_prefix && vocabulary.word(word) != entry.word) break;
      const Blocking of_word = blocking(vocabulary.word(word));
      if (of_word >= Blocking::kNeverSuggest) blocked.unprompted.insert(word);
      if (of_word == Blocking::kNeverComplete) blocked.always.insert(word);
    }
  }
  return blocked;
}

}  // namespace tercet::session
