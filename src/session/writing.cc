#include "session/writing.h"

#include <algorithm>

#include "session/clean_text.h"
#include "text/char_class.h"
#include "text/utf8.h"

namespace tercet::session {
namespace {

/// Events before a change that are read anew: it may change what they are.
constexpr std::size_t kReadAgain = 12;
/// Events before those that must be seen to tell where sentences end.
constexpr std::size_t kLookBack = 12;

/// Words and signs: more at once nobody types.
constexpr std::ptrdiff_t kMostTyped = 3;

}  // namespace

void Writing::open(std::string_view before, std::string_view after) {
  const auto hear = [this](std::string_view text) {
    before_ = text;
    after_.clear();
    run_begin_ = 0;
    run_starts_sentence_ = true;
    begin_run();
    read(0, Change::kPasted);
  };
  // What stands behind the caret is part of the document too.
  if (!after.empty()) {
    listener_.moved({}, {}, true);
    hear(after);
  }
  listener_.moved({}, {}, true);
  hear(before);
  after_ = after;
  move();
}

void Writing::update(std::string_view before, std::string_view after, Change change) {
  const std::size_t unchanged = common_prefix(before_, before);
  const bool moved = before.size() != before_.size() &&
                     before.size() + after.size() == before_.size() + after_.size() &&
                     unchanged == std::min(before.size(), before_.size());
  after_ = after;
  before_.replace(unchanged, std::string::npos, before.substr(unchanged));
  if ((moved && change == Change::kTyped) || unchanged < run_begin_) {
    move();
  } else {
    read(unchanged, change);
  }
}

void Writing::edit(std::size_t erase, std::string_view insert, Change change) {
  const std::size_t kept = before_.size() - erase;
  const std::size_t unchanged =
      kept + common_prefix(std::string_view(before_).substr(kept), insert);
  before_.replace(kept, std::string::npos, insert);
  if (unchanged < run_begin_) {
    move();
  } else {
    read(unchanged, change);
  }
}

bool Writing::inside_word() const noexcept {
  return typed_size_ > 0 && !after_.empty() &&
         text::is_letter(text::CharClasses::get().of(text::decode(after_, 0).value));
}

std::string_view Writing::last_word() const noexcept {
  const auto last = std::find_if(events_.rbegin(), events_.rend(),
                                 [](const Event& event) { return !event.is_sentence_end(); });
  return last == events_.rend() ? std::string_view() : last->surface;
}

/// Nothing of what was written before is taken back or struck any more.
void Writing::begin_run() {
  events_.clear();
  reopened_.clear();
  pasted_begin_ = pasted_end_ = 0;
}

/// Begins a new run at the word begun before the caret.
void Writing::move() {
  const text::Caret caret = text::locate_caret(before_, tokenizer_, scratch_);
  typed_size_ = caret.typed.size();
  run_begin_ = before_.size() - typed_size_;
  listener_.moved(std::string_view(before_).substr(0, run_begin_), caret.context,
                  caret.from_sentence_start);
  begin_run();
  run_starts_sentence_ = at_sentence_start_ = caret.at_sentence_start();
}

/// Hears what has changed behind the first `unchanged` bytes.
void Writing::read(std::size_t unchanged, Change change) {
  // An event stands as long as there is something unchanged behind it.
  std::size_t safe = events_.size();
  while (safe > 0 && events_[safe - 1].end >= unchanged) --safe;
  const std::size_t first = safe - std::min(safe, kReadAgain);
  plan(first);

  const auto same = [](const Event& a, const Event& b) {
    return a.begin == b.begin && a.surface == b.surface;
  };
  const auto kept = static_cast<std::size_t>(
      std::mismatch(planned_.begin(), planned_.end(),
                    events_.begin() + static_cast<std::ptrdiff_t>(first), events_.end(), same)
          .first -
      planned_.begin());
  mark_origins(unchanged, change);
  take_back(first + kept);
  for (std::size_t i = kept; i < planned_.size(); ++i) {
    const bool starts = events_.empty() ? run_starts_sentence_ : events_.back().is_sentence_end();
    events_.push_back(std::move(planned_[i]));
    if (events_.back().is_sentence_end()) {
      listener_.sentence_ended();
    } else {
      listener_.word_written(events_.back().surface, starts, events_.back().origin);
    }
  }
  at_sentence_start_ = events_.empty() ? run_starts_sentence_ : events_.back().is_sentence_end();
  settle_reopened();
}

void Writing::take_back(std::size_t kept) {
  for (; events_.size() > kept; events_.pop_back()) {
    listener_.taken_back();
    if (!events_.back().is_sentence_end()) reopened_.push_back(std::move(events_.back()));
  }
}

/// "helo " may become "helot": only another word in its place, or none, speaks against a word.
void Writing::settle_reopened() {
  std::erase_if(reopened_, [this](const Event& word) {
    auto place =
        std::lower_bound(events_.begin(), events_.end(), word.begin,
                         [](const Event& event, std::size_t begin) { return event.begin < begin; });
    if (place != events_.end() && place->is_sentence_end()) ++place;
    const bool rewritten = place != events_.end() && place->begin == word.begin;
    const bool deleted = before_.size() <= word.begin;
    if (word.origin == Origin::kTyped &&
        (deleted || (rewritten && !place->surface.starts_with(word.surface))))
      listener_.struck(word.surface);
    return rewritten || deleted;
  });
}

void Writing::mark_origins(std::size_t unchanged, Change change) {
  const auto is_new = [unchanged](const Event& event) {
    return event.begin >= unchanged && !event.is_sentence_end();
  };
  const auto fresh = std::count_if(planned_.begin(), planned_.end(), is_new);
  const bool pasted = change == Change::kPasted || (change == Change::kTyped && fresh > kMostTyped);
  if (pasted) {
    pasted_begin_ = unchanged;
    pasted_end_ = before_.size();
  } else {
    pasted_end_ = std::min(pasted_end_, unchanged);
  }
  for (Event& event : planned_) event.origin = origin_at(event.begin);
}

/// How what stands at an offset came there.
Origin Writing::origin_at(std::size_t begin) const noexcept {
  if (begin >= pasted_begin_ && begin < pasted_end_) return Origin::kPasted;
  const auto at =
      std::lower_bound(events_.begin(), events_.end(), begin,
                       [](const Event& event, std::size_t offset) { return event.begin < offset; });
  const bool stands = at != events_.end() && at->begin == begin;
  return stands ? at->origin : Origin::kTyped;
}

/// What the text says from the event `first` on.
void Writing::plan(std::size_t first) {
  std::size_t seen = first - std::min(first, kLookBack);
  while (seen < first && events_[seen].is_sentence_end()) ++seen;
  const std::size_t from = seen > 0 ? events_[seen].begin : run_begin_;
  const std::size_t begin = first > 0 ? events_[first].begin : run_begin_;
  const std::string_view text = std::string_view(before_).substr(from);
  const text::Typing typing = text::read_typing(text, tokenizer_, scratch_);
  typed_size_ = typing.typed.size();
  planned_.clear();
  std::size_t end = from;
  const auto add = [&](const Event& event) {
    if (event.begin >= begin) planned_.push_back(event);
  };
  for (const text::Token& token : typing.finished) {
    if (token.starts_sentence && end > from) add({end, end, {}, Origin::kTyped});
    const std::size_t at = from + static_cast<std::size_t>(token.surface.data() - text.data());
    end = at + token.surface.size();
    add({at, end, std::string(token.surface), Origin::kTyped});
  }
  if (typing.sentence_ended) add({end, end, {}, Origin::kTyped});
}

}  // namespace tercet::session
