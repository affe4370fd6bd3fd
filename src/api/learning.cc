#include "tercet/learning.h"

#include <algorithm>
#include <limits>
#include <map>
#include <utility>

#include "core/error.h"
#include "text/tokenizer.h"
#include "text/utf8.h"

namespace tercet {
namespace {

/// Not after each key again: a store that somebody else has locked takes 10 seconds to say so.
constexpr std::int64_t kPatienceMilliseconds = 10'000;

std::uint32_t clamped(std::int64_t count) noexcept {
  constexpr std::int64_t kMost = std::numeric_limits<std::uint32_t>::max();
  return static_cast<std::uint32_t>(std::clamp<std::int64_t>(count, 0, kMost));
}

class Reader final : public SentenceVisitor {
 public:
  explicit Reader(Session& session) : session_(session) {}
  void sentence(const LearntSentence& sentence) override { session_.remember(sentence.words); }

 private:
  Session& session_;
};

}  // namespace

Status remember(const Store& store, Session& session) {
  Reader reader(session);
  TERCET_TRY(store.visit(reader));
  const auto evidence = store.evidence();
  if (!evidence) return evidence.error();
  for (const Evidence& each : *evidence)
    session.remember_doubts(each.word, clamped(each.struck), clamped(each.ignored));
  const auto blocks = store.blocks();
  if (!blocks) return blocks.error();
  // Those for all languages come first, so that one for this language counts.
  for (const Block& each : *blocks) session.block(each.word, each.meaning, each.language);
  return {};
}

/// As many doubts as the text has of such a word outweigh them.
Status disregard_forgotten(const Store& store, std::string_view text, Session& session) {
  std::string buffer;
  text::CleanStats ignored;
  std::vector<text::Token> tokens;
  const std::string_view clean = text::clean(text, buffer, ignored);
  text::Tokenizer(text::language("")).tokenize(clean, tokens);
  // A word that ends the text is still being written.
  if (!tokens.empty() && clean.ends_with(tokens.back().surface)) tokens.pop_back();
  std::map<std::string_view, std::uint32_t> counts;
  for (const text::Token& token : tokens) ++counts[token.surface];
  std::vector<std::string_view> words;
  words.reserve(counts.size());
  for (const auto& [word, count] : counts) words.push_back(word);
  const auto forgotten = store.forgotten(words);
  if (!forgotten) return forgotten.error();
  for (const std::string_view word : *forgotten) session.remember_doubts(word, counts[word], 0);
  return {};
}

struct Recorder::Impl {
  /// A sentence that the store has not got, or has otherwise.
  struct Waiting {
    std::int64_t begun;  ///< A lesson is as old as its first words.
    std::string language;
    std::vector<std::string> words;  ///< None: nothing of it is to be kept.
  };

  Status put(std::uint64_t number, const Waiting& sentence);
  Status write();
  void write_or_wait();

  Store& store;
  std::string source;
  std::function<std::int64_t()> clock;
  std::map<std::uint64_t, Waiting> waiting;  // By number.
  std::map<std::uint64_t, Lesson> lessons;   // Of the sentences in the store.
  std::map<std::string, Evidence> doubts;    // That wait.
  Status status;
  std::int64_t tried_at = 0;
};

Status Recorder::Impl::put(std::uint64_t number, const Waiting& sentence) {
  auto lesson = lessons.find(number);
  const bool is_new = lesson == lessons.end();
  if (is_new && sentence.words.empty()) return {};
  if (is_new) {
    auto begun = store.begin_lesson(source, sentence.language, sentence.begun);
    if (!begun) return std::move(begun).error();
    lesson = lessons.emplace(number, std::move(*begun)).first;
  }
  return store.put_sentence(
      lesson->second, 0,
      std::vector<std::string_view>(sentence.words.begin(), sentence.words.end()));
}

Status Recorder::Impl::write() {
  for (; !waiting.empty(); waiting.erase(waiting.begin()))
    TERCET_TRY(put(waiting.begin()->first, waiting.begin()->second));
  if (doubts.empty()) return {};
  std::vector<Evidence> together;
  together.reserve(doubts.size());
  for (const auto& [word, evidence] : doubts) together.push_back(evidence);
  TERCET_TRY(store.add_evidence(together, clock()));
  doubts.clear();
  return {};
}

void Recorder::Impl::write_or_wait() {
  const std::int64_t now = clock();
  if (!status.ok() && now >= tried_at && now < tried_at + kPatienceMilliseconds) return;
  tried_at = now;
  status = write();
}

Recorder::Recorder(Store& store, std::string source, std::function<std::int64_t()> clock)
    : impl_(new Impl{store, std::move(source), std::move(clock), {}, {}, {}, {}}) {}

Recorder::~Recorder() {
  if (!impl_->status.ok()) impl_->status = impl_->write();
}

void Recorder::sentence(std::uint64_t number, std::string_view language,
                        std::span<const std::string_view> words) {
  auto& sentence =
      impl_->waiting.try_emplace(number, Impl::Waiting{impl_->clock(), std::string(language), {}})
          .first->second;
  sentence.words.assign(words.begin(), words.end());
  const auto is_gap = [](const std::string& word) { return word.empty(); };
  if (std::all_of(sentence.words.begin(), sentence.words.end(), is_gap)) sentence.words.clear();
  impl_->write_or_wait();
}

void Recorder::doubt(std::string_view word, bool struck) {
  doubts({{std::string(word), struck ? 1 : 0, struck ? 0 : 1}});
}

void Recorder::doubts(const std::vector<Evidence>& more) {
  for (const Evidence& each : more) {
    Evidence& evidence = impl_->doubts[each.word];
    evidence.word = each.word;
    evidence.struck += each.struck;
    evidence.ignored += each.ignored;
  }
  impl_->write_or_wait();
}

const Status& Recorder::status() const noexcept { return impl_->status; }

}  // namespace tercet
