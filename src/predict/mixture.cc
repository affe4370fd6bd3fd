#include "predict/mixture.h"

#include <algorithm>

namespace tercet::predict {
namespace {

constexpr double kDiscount = 0.75;
constexpr std::size_t kFirstExtra = 8;
constexpr auto kPerson = static_cast<std::size_t>(Layer::kPerson);
constexpr auto kDocument = static_cast<std::size_t>(Layer::kDocument);

double discounted(std::uint32_t count) noexcept { return count == 0 ? 0 : count - kDiscount; }

/// A word's share of a place's scales, or a bound for it.
double share(const std::array<double, kLayers>& scale, const LayerCounts& counts) noexcept {
  return scale[kPerson] * discounted(counts[kPerson]) +
         scale[kDocument] * discounted(counts[kDocument]);
}

/// Bounds and scores add the same terms in different orders.
constexpr double kRounding = 1 + 1e-9;

}  // namespace

Mixture::Mixture(const model::Ngrams& ngrams, const MixtureOptions& options)
    : ngrams_(ngrams),
      weights_(options.weights),
      sums_(options.weights, options.adaptation_strength),
      adapts_(options.adaptation_strength > 0) {
  place_.context = sentence_begin();
}

Mixture::Context Mixture::sentence_begin() const {
  Context context;
  context.history.push(kSentenceBegin);
  context.state = ngrams_.advance(State{}, kSentenceBegin);
  return context;
}

void Mixture::push(Context& context, WordId word) const {
  if (word == kSentenceEnd) {
    context = sentence_begin();
    return;
  }
  context.history.push(word);
  context.state = ngrams_.advance(context.state, known(word));
}

const model::Step& Mixture::step(WordId word) {
  const WordId next = known(word);
  if (stepped_ != next) step_ = ngrams_.step(place_.context.state, next);
  stepped_ = next;
  return step_;
}

double Mixture::expect(WordId word) { return ngrams_.scale().probability(step(word).cost); }

void Mixture::remember(std::span<const WordId> sentence) {
  WordHistory history;
  history.push(kSentenceBegin);
  for (const WordId word : sentence) {
    repeats_.add(word);
    if (word == kGap) {
      history.clear();
    } else {
      person_.add(history.words(), word, Layer::kPerson);
      history.push(word);
    }
  }
  repeats_.add(kSentenceEnd);
  person_.add(history.words(), kSentenceEnd, Layer::kPerson);
  before_.clear();
  place_.match = repeats_.match();
  prepare(place_);
}

void Mixture::move_to(std::span<const WordId> context, bool whole) {
  repeats_.add(kGap);
  before_.clear();
  stepped_ = kGap;
  place_.context = whole ? sentence_begin() : Context{};
  for (const WordId word : context) push(place_.context, word);
  place_.match = {};
  prepare(place_);
}

void Mixture::accept(WordId word) {
  const Responsibilities from = responsibilities(word);
  sums_.add(place_.buckets, from);
  if (adapts_) sums_.renew(place_.buckets, weights_);
  person_.add(place_.context.history.words(), word, Layer::kDocument);
  repeats_.add(word);
  before_.push_back({place_.context, place_.buckets, from});
  if (word == kSentenceEnd) {
    place_.context = sentence_begin();
  } else {
    place_.context.history.push(word);
    place_.context.state = step(word).next;
    ngrams_.prefetch(place_.context.state);
  }
  stepped_ = kGap;
  place_.match = repeats_.match();
  prepare(place_);
}

void Mixture::retract() {
  const WordId word = repeats_.text().back();
  repeats_.remove();
  const Accepted& last = before_.back();
  sums_.remove(last.buckets, last.from);
  if (adapts_) sums_.renew(last.buckets, weights_);
  place_.context = last.context;
  before_.pop_back();
  stepped_ = kGap;
  person_.remove(place_.context.history.words(), word, Layer::kDocument);
  place_.match = repeats_.match();
  prepare(place_);
}

Mixture::Place Mixture::after(const Place& place, WordId word) const {
  Place next = place;
  push(next.context, word);
  next.match = repeats_.follow(place.match, word);
  prepare(next);
  return next;
}

void Mixture::prepare(Place& place) const {
  const PersonalNgrams::Chain chain = person_.find(place.context.history.words());
  const std::uint32_t known = place.context.state.length;
  place.buckets = {context_bucket(chain.longest[kPerson], known),
                   context_bucket(chain.longest[kDocument], known),
                   repeat_bucket(place.match.length)};
  place.level_count = chain.size;
  for (std::uint32_t i = 0; i < chain.size; ++i)
    place.levels[i] = {chain.contexts[i], chain.lengths[i], {}, 0, 0};

  const PersonalWords& words = person_.words();
  place.repeated = place.match.length > 0 ? repeats_.text()[place.match.next] : kGap;
  place.repeat_scale = place.repeated != kGap ? weights_.repeat[place.buckets.repeat] : 0;
  const double mass = 1 - place.repeat_scale;
  const double document = weights_.document[place.buckets.document];
  const double recent = recent_weight(place);
  place.recent_scale = recent > 0 ? mass * recent / words.total_weight() : 0;
  place.lower_mass = mass * (1 - document - recent);
  prepare_layer(place, Layer::kDocument, mass * document, place.lower_mass);
  const double person =
      words.total_counts()[kPerson] > 0 ? weights_.person[place.buckets.person] : 0;
  place.background_scale = place.lower_mass * (1 - person);
  prepare_layer(place, Layer::kPerson, place.lower_mass * person, place.background_scale);
  bound_levels(place);
}

/// Shares `mass` out over the layer's contexts, longest first; what the discounts leave goes to
/// `below`, and all of it where the layer has nothing.
void Mixture::prepare_layer(Place& place, Layer layer, double mass, double& below) const {
  const auto of = static_cast<std::size_t>(layer);
  for (std::uint32_t i = 0; i < place.level_count; ++i) {
    const PersonalNgrams::Tally& tally = place.levels[i].context->tallies[of];
    if (tally.total == 0) continue;
    place.levels[i].scale[of] = mass / tally.total;
    mass *= kDiscount * tally.types / tally.total;
  }
  // A word's first occurrence is new to every context, so all words have a count.
  const PersonalWords& words = person_.words();
  const auto total = static_cast<double>(words.total_counts()[of]);
  place.word_scale[of] = total > 0 ? mass / total : 0;
  below += total > 0 ? mass * kDiscount * static_cast<double>(words.types()[of]) / total : mass;
}

void Mixture::bound_levels(Place& place) const {
  const PersonalWords& words = person_.words();
  double rest =
      share(place.word_scale, words.most_counts()) + place.recent_scale * words.most_weight();
  for (std::uint32_t i = place.level_count; i-- > 0;) {
    Place::Level& level = place.levels[i];
    level.rest = rest;
    rest += share(level.scale,
                  {level.context->tallies[kPerson].most, level.context->tallies[kDocument].most});
    level.most = rest;
  }
}

double Mixture::background(const Place& place, WordId word) const noexcept {
  if (word >= vocabulary_size()) return 0;
  std::uint8_t ignored = 0;
  return ngrams_.scale().probability(ngrams_.cost(place.context.state, word, ignored));
}

/// What the layer's own n-grams give the word, without what its discounts leave to those below.
double Mixture::layer_share(const Place& place, WordId word, Layer layer) const noexcept {
  const auto of = static_cast<std::size_t>(layer);
  double sum = 0;
  for (std::uint32_t i = 0; i < place.level_count; ++i)
    sum += place.levels[i].scale[of] * discounted(place.levels[i].context->counts(word)[of]);
  const PersonalWords::Entry* entry = person_.words().find(word);
  return entry == nullptr ? sum : sum + place.word_scale[of] * discounted(entry->counts[of]);
}

/// The E step for the word that follows the text.
Responsibilities Mixture::responsibilities(WordId word) {
  const Place& at = place_;
  const PersonalWords& words = person_.words();
  const PersonalWords::Entry* entry = words.find(word);
  const bool is_new = entry == nullptr && word >= vocabulary_size();  // To the model it is <unk>.
  const bool is_known = word < vocabulary_size() || is_new;
  const double model = is_known ? at.background_scale * expect(word) : 0;
  const double person = layer_share(at, word, Layer::kPerson);
  const double document = layer_share(at, word, Layer::kDocument);
  const double recent = entry == nullptr ? 0 : at.recent_scale * entry->weight;
  const double below = model + person;
  const double unrepeated = below + document + recent;

  Responsibilities from;
  if (at.repeat_scale > 0) {
    const double repeat = word == at.repeated ? at.repeat_scale : 0;
    from.repeat = repeat / std::max(repeat + unrepeated, 1e-300);
  }
  if (unrepeated > 0 && words.total_weight() > 0) {
    // The document's discounts leave to p_1 what its weight alone would not.
    const double mass = 1 - at.repeat_scale;
    const double unshared = 1 - weights_.document[at.buckets.document] - recent_weight(at);
    const double left = at.lower_mass - mass * unshared;
    from.document = (document + left * below / at.lower_mass) / unrepeated;
    from.recent = recent / unrepeated;
    from.below_document = below / unrepeated;
  }
  if (below > 0 && words.total_counts()[kPerson] > 0) {
    const double left =
        at.background_scale - at.lower_mass * (1 - weights_.person[at.buckets.person]);
    from.person = (person + left * model / at.background_scale) / below;
  }
  return from;
}

double Mixture::recent_weight(const Place& place) const noexcept {
  return person_.words().total_weight() > 0 ? weights_.recent[place.buckets.document] : 0;
}

double Mixture::personal(const Place& place, WordId word) const noexcept {
  const PersonalWords::Entry* const entry = person_.words().find(word);
  return entry == nullptr ? 0 : personal(place, *entry);
}

double Mixture::personal(const Place& place, const PersonalWords::Entry& entry) const noexcept {
  double sum = entry.word == place.repeated ? place.repeat_scale : 0;
  for (std::uint32_t i = 0; i < place.level_count; ++i)
    sum += share(place.levels[i].scale, place.levels[i].context->counts(entry.word));
  return sum + words_share(place, entry.counts, entry.weight);
}

double Mixture::probability(const Place& place, WordId word) const noexcept {
  return place.background_scale * background(place, word) + personal(place, word);
}

std::uint32_t Mixture::order(WordId word) const noexcept {
  std::uint8_t model = 1;
  if (word < vocabulary_size()) ngrams_.cost(place_.context.state, word, model);
  for (std::uint32_t i = 0; i < place_.level_count; ++i) {
    const Place::Level& level = place_.levels[i];
    if (level.length < model) break;
    if (level.context->counts(word) != LayerCounts{}) return level.length + 1;
  }
  return model;
}

bool Mixture::has_followed(WordId word) const noexcept {
  if (word == place_.repeated) return true;
  const auto levels = std::span(place_.levels).first(place_.level_count);
  return std::any_of(levels.begin(), levels.end(), [word](const Place::Level& level) {
    return level.context->counts(word) != LayerCounts{};
  });
}

std::uint32_t Mixture::times_written(WordId word) const noexcept {
  std::uint32_t most = 0;
  for (std::uint32_t i = 0; i < place_.level_count; ++i) {
    const LayerCounts counts = place_.levels[i].context->counts(word);
    most = std::max(most, counts[kPerson] + counts[kDocument]);
  }
  return most;
}

std::span<const Weighed> Mixture::top(const Place& place, const MixtureFilter& filter,
                                      std::size_t count, double at_least) {
  count_ = count;
  at_least_ = at_least;
  if (count == 0) return {};
  for (std::size_t wanted = count + kFirstExtra;; wanted *= 4) {
    best_.clear();
    const bool all = visit_background(place, filter, wanted);
    if (place.repeated != kGap) visit(place, filter, place.repeated);
    visit_frequent(place, filter);
    for (std::uint32_t i = 0; i < place.level_count; ++i)
      visit_level(place, filter, place.levels[i]);
    visit_words(place, filter);
    // What the background's list does not hold, and the person has not written, is no better.
    if (all || least() > frontier_ * kRounding) return best_;
  }
}

/// Returns whether that was all that the background model has.
bool Mixture::visit_background(const Place& place, const MixtureFilter& filter,
                               std::size_t wanted) {
  const auto list = top_k_.search(ngrams_, place.context.state, filter.background(), wanted);
  for (const Candidate& candidate : list)
    offer({place.background_scale * ngrams_.scale().probability(candidate.cost) +
               personal(place, candidate.word),
           candidate.word});
  const bool all = list.size() < wanted;
  frontier_ = all ? 0 : place.background_scale * ngrams_.scale().probability(list.back().cost);
  return all;
}

void Mixture::visit_level(const Place& place, const MixtureFilter& filter,
                          const Place::Level& level) {
  if (hopeless(level.most)) return;
  const PersonalNgrams::Context& context = *level.context;
  for (const PersonalNgrams::Successor& successor : context.among(filter.background().range))
    visit_successor(place, filter, level, successor);
  const auto own = context.among({vocabulary_size(), kGap});
  const std::vector<WordId>* const listed = filter.own_words();
  if (listed == nullptr || own.size() <= listed->size()) {
    for (const PersonalNgrams::Successor& successor : own)
      visit_successor(place, filter, level, successor);
    return;
  }
  for (const WordId word : *listed) {
    const LayerCounts counts = context.counts(word);
    if (counts != LayerCounts{}) visit_successor(place, filter, level, {word, counts});
  }
}

void Mixture::visit_successor(const Place& place, const MixtureFilter& filter,
                              const Place::Level& level,
                              const PersonalNgrams::Successor& successor) {
  if (!hopeless(share(level.scale, successor.counts) + level.rest))
    visit(place, filter, successor.word);
}

/// Without them, what bounds the other words is small.
void Mixture::visit_frequent(const Place& place, const MixtureFilter& filter) {
  for (const WordId word : person_.words().frequent()) visit(place, filter, word);
}

/// Blocks hold neighbouring ids, so most lie outside a prefix's range; own words do not.
void Mixture::visit_words(const Place& place, const MixtureFilter& filter) {
  const PersonalWords& words = person_.words();
  if (hopeless(words_share(place, words.most_counts(), words.most_weight()))) return;
  const WordRange range = filter.background().range;
  const std::vector<WordId>* const own = filter.own_words();
  for (const PersonalWords::Block& block : words.blocks()) {
    const WordId first = block.entries.front().word;
    const WordId last = block.entries.back().word;
    const bool in_range = last >= range.begin && first < range.end;
    const bool has_own = last >= vocabulary_size() && own == nullptr;
    if (!in_range && !has_own) continue;
    if (hopeless(words_share(place, block.most_counts, block.most_weight))) continue;
    for (const PersonalWords::Entry& entry : block.entries) {
      if (entry.word < vocabulary_size() || own == nullptr) visit_word(place, filter, entry);
    }
  }
  if (own == nullptr) return;
  for (const WordId word : *own) {
    const PersonalWords::Entry* const entry = words.find(word);
    if (entry != nullptr) visit_word(place, filter, *entry);
  }
}

void Mixture::visit_word(const Place& place, const MixtureFilter& filter,
                         const PersonalWords::Entry& entry) {
  if (!hopeless(words_share(place, entry.counts, entry.weight))) visit(place, filter, entry.word);
}

double Mixture::words_share(const Place& place, const LayerCounts& counts,
                            double weight) const noexcept {
  return share(place.word_scale, counts) + place.recent_scale * weight;
}

bool Mixture::hopeless(double bound) const noexcept {
  return (bound + frontier_) * kRounding < least();
}

double Mixture::least() const noexcept {
  return best_.size() < count_ ? at_least_ : std::max(at_least_, best_.back().probability);
}

/// What the model says costs most, and is asked last.
void Mixture::visit(const Place& place, const MixtureFilter& filter, WordId word) {
  if (!filter.allows(word)) return;
  const double own = personal(place, word);
  if (!hopeless(own)) offer({place.background_scale * background(place, word) + own, word});
}

void Mixture::offer(const Weighed& candidate) {
  if (candidate.probability < at_least_) return;
  if (candidate.probability == 0) return;  // All parts that know it weigh nothing.
  if (best_.size() == count_ && !better(candidate, best_.back())) return;
  if (std::any_of(best_.begin(), best_.end(),
                  [&](const Weighed& other) { return other.word == candidate.word; }))
    return;
  best_.insert(std::upper_bound(best_.begin(), best_.end(), candidate, better), candidate);
  if (best_.size() > count_) best_.pop_back();
}

}  // namespace tercet::predict
