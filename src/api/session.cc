#include "tercet/session.h"

#include <algorithm>
#include <utility>

#include "api/repertoire.h"
#include "core/error.h"
#include "session/clean_text.h"
#include "session/lexicon.h"
#include "session/memory.h"
#include "session/suggester.h"
#include "session/writing.h"
#include "text/char_class.h"
#include "text/tokenizer.h"
#include "text/typing_space.h"
#include "text/utf8.h"

namespace tercet {

Result<Repertoire> Repertoire::make(std::vector<Model> models, std::string_view blocks,
                                    std::string_view blocks_name) {
  if (models.empty()) return core::invalid_argument("a session needs at least one model");
  auto parts = std::make_shared<Parts>();
  for (Model& model : models) {
    auto lexicon = session::Lexicon::make(std::move(model), blocks, blocks_name);
    if (!lexicon) return std::move(lexicon).error();
    parts->lexicons.push_back(std::move(*lexicon));
  }
  return Repertoire(std::move(parts));
}

Result<Repertoire> Repertoire::only(std::span<const std::string> languages) const {
  auto parts = std::make_shared<Parts>();
  for (const std::string& language : languages) {
    const std::size_t before = parts->lexicons.size();
    for (const auto& lexicon : parts_->lexicons) {
      if (lexicon->data().language() == language) parts->lexicons.push_back(lexicon);
    }
    if (parts->lexicons.size() == before)
      return core::invalid_argument("there is no model of the language '" + language + "'");
  }
  if (parts->lexicons.empty()) return *this;
  return Repertoire(std::move(parts));
}

namespace {

/// The end of a text behind its last white space.
std::string_view last_run(std::string_view text) noexcept {
  std::size_t begin = text.size();
  while (begin > 0) {
    const std::size_t at = text::previous_code_point(text, begin);
    if (text::is_space(text::CharClasses::get().of(text::decode(text, at).value))) break;
    begin = at;
  }
  return text.substr(begin);
}

/// The same edit of a clean text, leaving it clean: an accent composes with the letter before it.
text::Edit cleaned(std::string_view before, text::Edit edit) {
  const std::string_view run = last_run(before.substr(0, before.size() - edit.erase));
  const std::string written = std::string(run) + edit.insert;
  std::string buffer;
  text::CleanStats ignored;
  const std::string_view clean = text::clean(written, buffer, ignored);
  if (clean.data() == written.data()) return edit;
  return {edit.erase + run.size(), std::string(clean)};
}

/// The first `words` words of a phrase, all for 0.
std::string_view first_words(std::string_view phrase, std::uint32_t words) noexcept {
  std::size_t end = 0;
  for (std::uint32_t i = 0; i < words && end != std::string_view::npos; ++i)
    end = phrase.find(' ', end == 0 ? 0 : end + 1);
  return words == 0 ? phrase : phrase.substr(0, end);
}

session::VoiceOptions voice_options(const SessionOptions& options) {
  session::VoiceOptions out;
  if (options.weights != nullptr) out.mixture.weights = *options.weights;
  return out;
}

}  // namespace

struct Session::Parts {
  Parts(const Repertoire& shared, const SessionOptions& given)
      : repertoire(shared),
        options(given),
        memory(repertoire.parts().lexicons, voice_options(given), options.observer),
        writing(text::Tokenizer(repertoire.parts().lexicons[0]->language()), memory),
        suggester(memory, options) {
    if (options.lane_words > 0) memory.follow_lanes({});
  }

  session::Place place() const {
    return {writing.typed(), last_run(writing.before()), writing.at_sentence_start(),
            writing.inside_word(), ignored};
  }

  /// Around all that changes the text: what the latest list has to do with it.
  template <class Edit>
  void change(const Edit& edit);
  void pass_over();
  void begin_word();

  Repertoire repertoire;
  SessionOptions options;
  session::Memory memory;
  session::Writing writing;
  session::Suggester suggester;
  std::vector<session::Listed> ignored;  // Passed over while the word at hand is typed.
  std::vector<std::string> doubted;      // Of these and the latest list, the person's own; folded.
  bool shown = false;                    // The latest list is the one to offer now.
  bool space_is_ours = false;            // The last space before the caret.
  session::CleanText clean_before;
  session::CleanText clean_after;
  Offers offers{};
};

/// The list that was shown was looked at and passed over.
void Session::Parts::pass_over() {
  if (!shown) return;
  for (const auto& word : suggester.listed()) {
    if (!options.reoffer) ignored.push_back(word);
    if (word.is_own) doubted.push_back(word.folded);
  }
}

void Session::Parts::begin_word() {
  ignored.clear();
  doubted.clear();
}

template <class Edit>
void Session::Parts::change(const Edit& edit) {
  const std::string typed(writing.typed());
  const std::size_t size = writing.before().size();
  const std::size_t begin = size - typed.size();
  edit();
  const bool grows = writing.before().size() > size;
  const bool same_word = writing.before().size() - writing.typed().size() == begin;
  if (same_word && grows && writing.typed().starts_with(typed)) {
    pass_over();
  } else {
    if (!same_word && grows) {
      pass_over();
      std::string folded;
      memory.voices()[memory.language()].lexicon().fold(writing.last_word(), folded);
      std::sort(doubted.begin(), doubted.end());
      doubted.erase(std::unique(doubted.begin(), doubted.end()), doubted.end());
      for (const std::string& word : doubted) {
        if (word != folded) memory.ignored(word);
      }
    }
    begin_word();
  }
  shown = false;
  space_is_ours = false;
  memory.report();
}

Session::Session(const Repertoire& repertoire, const SessionOptions& options)
    : parts_(std::make_unique<Parts>(repertoire, options)) {}
Session::~Session() = default;
Session::Session(Session&&) noexcept = default;
Session& Session::operator=(Session&&) noexcept = default;

void Session::remember(std::span<const std::string_view> sentence) {
  parts_->writing.settle();
  parts_->memory.remember(sentence);
  parts_->shown = false;
}

void Session::remember_doubts(std::string_view word, std::uint32_t struck, std::uint32_t ignored) {
  parts_->memory.remember_doubts(word, {struck, ignored});
  parts_->shown = false;
}

void Session::block(std::string_view word, Blocking blocking, std::string_view language) {
  parts_->memory.block(word, blocking, language);
  parts_->shown = false;
}

void Session::open(std::string_view before_caret, std::string_view after_caret) {
  Parts& parts = *parts_;
  parts.writing.open(parts.clean_before.clean(before_caret), parts.clean_after.clean(after_caret));
  parts.begin_word();
  parts.shown = parts.space_is_ours = false;
}

void Session::update(std::string_view before_caret, std::string_view after_caret, bool pasted) {
  Parts& parts = *parts_;
  const std::string_view before = parts.clean_before.clean(before_caret);
  const std::string_view after = parts.clean_after.clean(after_caret);
  if (before == parts.writing.before() && after == parts.writing.after()) return;
  if (pasted) parts.shown = false;  // Nothing was passed over.
  parts.change([&] {
    parts.writing.update(before, after,
                         pasted ? session::Change::kPasted : session::Change::kTyped);
  });
}

const std::string& Session::text_before() const noexcept { return parts_->writing.before(); }

void Session::show_lanes(std::size_t words, double gate) {
  Parts& parts = *parts_;
  parts.shown = false;
  parts.options.gate = gate;
  if (words > 0 && parts.options.lane_words == 0) {
    parts.writing.settle();
    const std::string_view before = parts.writing.before();
    parts.memory.follow_lanes(before.substr(0, before.size() - parts.writing.typed().size()));
  }
  parts.options.lane_words = words;
}

Offers Session::suggest() {
  Parts& parts = *parts_;
  if (!parts.shown) parts.offers = parts.suggester.suggest(parts.place());
  parts.shown = true;
  return parts.offers;
}

Offers Session::suggest_initials(std::size_t count) {
  parts_->shown = false;  // The words' offers are gone.
  return parts_->suggester.initials(parts_->place(), count);
}

Offers Session::branches(std::size_t count, std::size_t words) {
  parts_->shown = false;
  return parts_->suggester.branches(parts_->place(), count, words);
}

Edit Session::type(std::string_view characters) {
  Parts& parts = *parts_;
  text::TypingSpace spaces(parts.memory.voices()[parts.memory.language()].lexicon().language());
  text::Edit edit = spaces.type(parts.writing.before(), characters, parts.space_is_ours);
  // The space behind a sign is ours again, unless the person typed it.
  const bool ours = edit.insert.ends_with(' ') && !characters.ends_with(' ');
  edit = cleaned(parts.writing.before(), std::move(edit));
  if (edit != text::Edit{})
    parts.change([&] { parts.writing.edit(edit.erase, edit.insert, session::Change::kTyped); });
  parts.space_is_ours = ours;
  return {edit.erase, std::move(edit.insert)};
}

Edit Session::pick(const Offer& offer, std::uint32_t words) {
  Parts& parts = *parts_;
  text::TypingSpace spaces(text::language(offer.language));
  const std::string_view replaced =
      offer.kind == OfferKind::kRetyped ? last_run(parts.writing.before()) : parts.writing.typed();
  Edit edit{replaced.size(), {}};
  const std::string& before = parts.writing.before();
  const std::string_view kept = std::string_view(before).substr(0, before.size() - edit.erase);
  if (edit.erase == 0 && spaces.belongs_between(kept, offer.text)) edit.insert = " ";
  edit.insert += first_words(offer.text, words);
  const bool space = !parts.writing.after().starts_with(' ') && spaces.belongs_behind(offer.text);
  if (space) edit.insert += ' ';
  parts.shown = false;  // Nothing was passed over.
  parts.change([&] { parts.writing.edit(edit.erase, edit.insert, session::Change::kPicked); });
  parts.space_is_ours = space;
  return edit;
}

}  // namespace tercet
