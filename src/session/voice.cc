#include "session/voice.h"

#include <algorithm>
#include <utility>

namespace tercet::session {
namespace {

/// A word that the model does not know must have been meant so often before it is offered: a slip
/// of the fingers seldom repeats itself.
constexpr std::uint32_t kTimesMeant = 2;
/// Lists in which a word was passed over that speak against it like one deletion.
constexpr std::uint32_t kIgnoredLikeStruck = 10;

}  // namespace

/// Words that begin with what is typed.
class Voice::Filter final : public predict::MixtureFilter {
 public:
  Filter(const Voice& voice, std::string_view prefix)
      : voice_(voice), prefix_(prefix), range_(voice.lexicon_->model().words_with_prefix(prefix)) {}
  predict::WordFilter background() const override { return {range_, &voice_.lexicon_->hidden()}; }
  bool allows(WordId word) const override {
    if (voice_.is_own(word))
      return voice_.own_.word(word).starts_with(prefix_) && voice_.may_offer(word);
    return word >= range_.begin && word < range_.end && !voice_.lexicon_->hidden().contains(word);
  }

 private:
  const Voice& voice_;
  std::string_view prefix_;
  WordRange range_;
};

Voice::Voice(std::shared_ptr<const Lexicon> lexicon, const predict::MixtureOptions& options)
    : lexicon_(std::move(lexicon)),
      mixture_(lexicon_->data().ngrams(), options),
      own_(lexicon_->model().vocabulary_size()) {}

WordId Voice::id_of(std::string_view surface) {
  lexicon_->fold(surface, folded_);
  const WordId known = lexicon_->model().id(folded_);
  return known != kUnknown ? known : own_.add(folded_);
}

void Voice::remember(std::span<const std::string_view> sentence) {
  ids_.clear();
  for (const std::string_view word : sentence)
    ids_.push_back(word.empty() ? predict::kGap : id_of(word));
  mixture_.remember(ids_);
}

void Voice::doubt(std::string_view surface, const Doubt& more) {
  const WordId word = id_of(surface);
  if (!is_own(word)) return;
  Doubt& doubt = doubts_[word];
  doubt.struck += more.struck;
  doubt.ignored += more.ignored;
}

void Voice::write(std::string_view surface) { mixture_.accept(id_of(surface)); }

void Voice::move_to(std::span<const std::string_view> context, bool whole) {
  ids_.clear();
  for (const std::string_view word : context) ids_.push_back(id_of(word));
  mixture_.move_to(ids_, whole);
}

bool Voice::may_offer(WordId own) const {
  const std::string_view word = own_.word(own);
  if (!is_word(word)) return false;
  const predict::PersonalWords::Entry* entry = mixture_.words().find(own);
  const auto doubt = doubts_.find(own);
  const std::uint32_t against =
      doubt == doubts_.end() ? 0
                             : doubt->second.struck + doubt->second.ignored / kIgnoredLikeStruck;
  if (entry == nullptr || entry->written < kTimesMeant + against) return false;
  const bool foreign =
      std::any_of(neighbours_.begin(), neighbours_.end(),
                  [word](const Lexicon* other) { return other->model().id(word) != kUnknown; });
  return !foreign || mixture_.has_followed(own);
}

double Voice::probability_of_language(std::string_view surface) const {
  std::string folded;
  lexicon_->fold(surface, folded);
  const WordId word = lexicon_->model().id(folded);
  const double probability = mixture_.background(word);
  return word != kUnknown ? probability : probability * lexicon_->share_of_script(folded);
}

std::span<const predict::Weighed> Voice::top(std::string_view prefix, std::size_t count) {
  return mixture_.top(Filter(*this, prefix), count);
}

std::span<const predict::Weighed> Voice::repairs(std::string_view prefix, std::size_t count) {
  const model::Ngrams& ngrams = lexicon_->data().ngrams();
  const auto better = [](const predict::Weighed& a, const predict::Weighed& b) {
    return a.probability != b.probability ? a.probability > b.probability : a.word < b.word;
  };
  repairs_.clear();
  for (const predict::NearRange& range :
       near_.find(lexicon_->tree(), prefix, *lexicon_->language().keyboard)) {
    const predict::WordFilter filter{range.words, &lexicon_->hidden()};
    const double weight = predict::kSlipWeight[static_cast<std::size_t>(range.slip)];
    for (const predict::Candidate& each :
         top_k_.search(ngrams, mixture_.place().context.state, filter, count))
      repairs_.push_back({weight * ngrams.scale().probability(each.cost), each.word});
  }
  std::sort(repairs_.begin(), repairs_.end(), better);
  if (repairs_.size() > count) repairs_.resize(count);
  return repairs_;
}

}  // namespace tercet::session
