#include "session/voice.h"

#include <algorithm>
#include <utility>

#include "text/forms.h"

namespace tercet::session {
namespace {

/// A word that the model does not know must have been meant so often before it is offered: a slip
/// of the fingers seldom repeats itself. A word of a block list likewise.
constexpr std::uint32_t kTimesMeant = 2;
/// Lists in which a word was passed over that speak against it like one deletion.
constexpr std::uint32_t kIgnoredLikeStruck = 10;
/// Beginnings kept while phrases are sought by their initials.
constexpr std::size_t kInitialsWidth = 20;

}  // namespace

/// Words that begin with what is typed.
class Voice::Filter final : public predict::MixtureFilter {
 public:
  Filter(const Voice& voice, std::string_view prefix) : voice_(voice), prefix_(prefix) {
    const predict::PrefixTree& tree = voice.lexicon_->tree();
    range_ = tree.descend(tree.root(), prefix).words;
    if (!prefix.empty())
      voice.own_.with_prefix(prefix, [this](WordId word) { own_words_.push_back(word); });
  }
  predict::WordFilter background() const override {
    return {range_, &voice_.hidden(prefix_.empty())};
  }
  bool allows(WordId word) const override {
    const bool begins = voice_.is_own(word) ? voice_.own_.word(word).starts_with(prefix_)
                                            : word >= range_.begin && word < range_.end;
    return begins && voice_.may_offer(word, prefix_.empty());
  }
  /// Nothing but another voice's words can begin so, and that voice offers them.
  bool is_empty() const { return !prefix_.empty() && range_.empty() && own_words_.empty(); }
  const std::vector<WordId>* own_words() const override {
    return prefix_.empty() ? nullptr : &own_words_;
  }

 private:
  const Voice& voice_;
  std::string_view prefix_;
  WordRange range_;
  std::vector<WordId> own_words_;
};

Voice::Voice(std::shared_ptr<const Lexicon> lexicon, const VoiceOptions& options)
    : lexicon_(std::move(lexicon)),
      restraint_(options.restraint),
      mixture_(lexicon_->data().ngrams(), options.mixture),
      own_(lexicon_->model().vocabulary_size()) {}

WordId Voice::id_of(std::string_view surface) {
  lexicon_->fold(surface, folded_);
  WordId word = lexicon_->model().id(folded_);
  if (word == kUnknown) word = own_.find(folded_);
  return word != kUnknown ? word : own_.add(folded_, is_foreign(surface));
}

WordId Voice::hear(std::string_view surface) {
  const WordId word = id_of(surface);
  mixture_.prefetch(word);
  return word;
}

void Voice::remember(std::span<const std::string_view> sentence) {
  ids_.clear();
  for (std::size_t i = 0; i < sentence.size(); ++i) {
    ids_.push_back(sentence[i].empty() ? predict::kGap : id_of(sentence[i]));
    if (!sentence[i].empty()) forms_.add(ids_.back(), sentence[i], i == 0);
  }
  mixture_.remember(ids_);
  if (lanes_) lanes_->look_again();
  written_.clear();
}

void Voice::doubt(std::string_view surface, const Doubt& more) {
  const WordId word = id_of(surface);
  if (!is_own(word)) return;
  Doubt& doubt = doubts_[word];
  doubt.struck += more.struck;
  doubt.ignored += more.ignored;
}

void Voice::block(std::string_view word, Blocking blocking) {
  const WordId id = id_of(word);
  blocks_[id] = blocking;
  if (is_own(id)) return;
  if (!hidden_) hidden_ = lexicon_->hidden();
  const auto set = [id](predict::WordSet& words, bool hides) {
    hides ? words.insert(id) : words.erase(id);
  };
  set(hidden_->unprompted, blocking != Blocking::kAllow);
  set(hidden_->always, blocking == Blocking::kNeverComplete);
}

void Voice::write(WordId word, std::string_view surface, bool starts_sentence) {
  mixture_.accept(word);
  if (lanes_) lanes_->write(word);
  forms_.add(word, surface, starts_sentence);
  written_.push_back({std::string(surface), starts_sentence});
}

void Voice::end_sentence() {
  mixture_.accept(kSentenceEnd);
  if (lanes_) lanes_->look_again();
  written_.push_back({{}, false});
}

void Voice::take_back() {
  mixture_.retract();
  const Written& last = written_.back();
  if (lanes_) lanes_->look_again();
  if (!last.surface.empty()) {
    if (lanes_) lanes_->take_back();
    forms_.take_back(id_of(last.surface), last.surface, last.starts_sentence);
  }
  written_.pop_back();
}

void Voice::move_to(std::span<const std::string_view> context, bool whole) {
  ids_.clear();
  for (const std::string_view word : context) ids_.push_back(id_of(word));
  mixture_.move_to(ids_, whole);
  written_.clear();
}

void Voice::follow_lanes(std::span<const std::string_view> text) {
  if (lexicon_->lanes() == nullptr) return;
  if (!lanes_) lanes_ = std::make_unique<VoiceLanes>(*lexicon_->lanes());
  ids_.clear();
  for (const std::string_view word : text) {
    lexicon_->fold(word, folded_);
    ids_.push_back(lexicon_->model().id(folded_));
  }
  lanes_->read(ids_);
}

const predict::WordSet& Voice::hidden(bool unprompted) const noexcept {
  if (!restraint_) return lexicon_->signs();
  const BlockedWords& words = hidden_ ? *hidden_ : lexicon_->hidden();
  return unprompted ? words.unprompted : words.always;
}

bool Voice::may_offer(WordId word, bool unprompted) const {
  if (const auto decision = blocks_.find(word); decision != blocks_.end()) {
    if (decision->second == Blocking::kNeverComplete) return false;
    if (decision->second == Blocking::kNeverSuggest && unprompted) return false;
  }
  if (is_own(word)) return may_offer_own(word, unprompted);
  if (!hidden(unprompted).contains(word)) return true;
  // What a list blocks the person's own writing allows, but not what they have blocked themselves.
  return !lexicon_->signs().contains(word) && !blocks_.contains(word) &&
         times_meant(word) >= kTimesMeant;
}

bool Voice::may_offer_own(WordId own, bool unprompted) const {
  const std::string_view word = own_.word(own);
  if (!is_word(word) || (restraint_ && times_meant(own) < kTimesMeant)) return false;
  return !own_.is_foreign(own) || (unprompted && mixture_.has_followed(own));
}

/// A word of a neighbour's, which offers it; this one does unprompted, where the person has mixed
/// it in before.
bool Voice::is_foreign(std::string_view surface) const {
  std::string folded;
  return std::any_of(neighbours_.begin(), neighbours_.end(), [&](const Lexicon* other) {
    other->fold(surface, folded);
    return other->model().id(folded) != kUnknown;
  });
}

std::uint32_t Voice::times_meant(WordId word) const {
  const predict::PersonalWords::Entry* entry = mixture_.words().find(word);
  if (entry == nullptr) return 0;
  const auto doubt = doubts_.find(word);
  if (doubt == doubts_.end()) return entry->written;
  const std::uint32_t against = doubt->second.struck + doubt->second.ignored / kIgnoredLikeStruck;
  return entry->written - std::min(entry->written, against);
}

double Voice::probability_of_language(WordId word) {
  const double probability = mixture_.expect(word);
  return is_own(word) ? probability * lexicon_->share_of_script(own_.word(word)) : probability;
}

void Voice::spell(WordId word, bool sentence_start, std::string_view typed,
                  std::string& out) const {
  const std::string_view folded = this->word(word);
  if (lexicon_->data().plain_tokens()) {
    out += folded;
    return;
  }
  std::string buffer;
  const std::string_view forms =
      is_own(word)
          ? forms_.of_own(word, folded, buffer)
          : forms_.of_known(word, folded, lexicon_->data().vocabulary().forms(word), buffer);
  text::choose_form(folded, forms, {sentence_start, typed}, lexicon_->language(), out);
}

std::span<const predict::Weighed> Voice::top(std::string_view prefix, std::size_t count,
                                             double at_least) {
  const Filter filter(*this, prefix);
  if (filter.is_empty()) return {};
  return mixture_.top(filter, count, at_least);
}

std::span<const predict::Weighed> Voice::top(std::string_view prefix, std::size_t count,
                                             predict::PosteriorSearch& search) {
  const Filter filter(*this, prefix);
  if (filter.is_empty()) return {};
  return search.top(filter, count);
}

std::span<const predict::Weighed> Voice::top_at(const predict::Mixture::Place& place,
                                                std::size_t count) {
  return mixture_.top(place, Filter(*this, {}), count);
}

double Voice::stop_at(const predict::Mixture::Place& place) const {
  double sum = mixture_.probability(place, kSentenceEnd);
  for (const std::string_view sign : {".", ",", "?", "!", ";", ":"}) {
    const WordId word = lexicon_->model().id(sign);
    if (word != kUnknown) sum += mixture_.probability(place, word);
  }
  return sum;
}

LaneMeasure Voice::measure(WordId word, double gate) {
  return lanes_->here(mixture_).measure(word, gate);
}

std::span<const predict::LaneWord> Voice::lane(Lane lane, std::string_view prefix,
                                               std::size_t count, double gate) {
  const Filter filter(*this, prefix);
  return lanes_->here(mixture_).list(lane, filter, count, gate);
}

std::uint64_t Voice::times_seen(WordId word) const noexcept {
  const std::uint64_t times = lexicon_->lanes()->times_seen(mixture_.place().context.state, word);
  return times > 0 ? times : mixture_.times_written(word);
}

std::span<const predict::WeighedPhrase> Voice::initials(std::span<const std::string_view> letters,
                                                        std::size_t count) {
  std::vector<Filter> filters;
  for (const std::string_view letter : letters) filters.emplace_back(*this, letter);
  std::vector<const predict::MixtureFilter*> pointers;
  pointers.reserve(filters.size());
  for (const Filter& filter : filters) pointers.push_back(&filter);
  return initials_.search(mixture_, pointers, count, kInitialsWidth);
}

std::span<const predict::Weighed> Voice::repairs(std::string_view prefix, std::size_t count) {
  const model::Ngrams& ngrams = lexicon_->data().ngrams();
  repairs_.clear();
  for (const predict::NearRange& range :
       near_.find(lexicon_->tree(), prefix, *lexicon_->language().keyboard)) {
    const predict::WordFilter filter{range.words, &hidden(false)};
    const double weight = predict::kSlipWeight[static_cast<std::size_t>(range.slip)];
    for (const predict::Candidate& each :
         top_k_.search(ngrams, mixture_.place().context.state, filter, count))
      repairs_.push_back({weight * ngrams.scale().probability(each.cost), each.word});
  }
  std::sort(repairs_.begin(), repairs_.end(), predict::better);
  if (repairs_.size() > count) repairs_.resize(count);
  return repairs_;
}

}  // namespace tercet::session
