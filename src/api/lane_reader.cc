#include "tercet/lane_reader.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "api/repertoire.h"
#include "core/error.h"
#include "measure/document_index.h"
#include "predict/lane_search.h"
#include "session/lexicon.h"
#include "session/voice.h"
#include "text/caret.h"
#include "text/clean_copy.h"
#include "text/tokenizer.h"

namespace tercet {
namespace {

/// Enough of a text to tell its language by.
constexpr std::size_t kLanguageBytes = 4096;
constexpr double kLeastProbability = 0x1p-100;

/// What a profile is the means of.
struct Tally {
  std::uint64_t words = 0;
  double typical = 0;
  double rare = 0;
  double genius = 0;
  std::uint64_t rare_words = 0;
  std::uint64_t supported = 0;
  double fit = 0;

  void add(const Tally& other) {
    words += other.words;
    typical += other.typical;
    rare += other.rare;
    genius += other.genius;
    rare_words += other.rare_words;
    supported += other.supported;
    fit += other.fit;
  }

  void add(const LaneMeasure& measure, bool has_meaning) {
    const double unusual = measure.unusual;
    const double fit_here = measure.fit;
    ++words;
    typical += 1 - unusual;
    rare += unusual * (1 - fit_here);
    genius += unusual * fit_here;
    if (!has_meaning || unusual <= predict::kTail) return;
    ++rare_words;
    supported += fit_here > kCarefulGate ? 1 : 0;
    fit += fit_here;
  }

  LaneProfile profile() const {
    const auto all = static_cast<double>(std::max<std::uint64_t>(1, words));
    const auto tail = static_cast<double>(std::max<std::uint64_t>(1, rare_words));
    return {words,        typical / all, rare / all,
            genius / all, rare_words,    static_cast<double>(supported) / tail,
            fit / tail};
  }
};

std::size_t known_words(const session::Lexicon& lexicon, std::string_view text) {
  std::vector<text::Token> tokens;
  text::Tokenizer(lexicon.language()).tokenize(text, tokens);
  std::string folded;
  return static_cast<std::size_t>(
      std::count_if(tokens.begin(), tokens.end(), [&](const text::Token& token) {
        if (!session::is_word(token.surface)) return false;
        lexicon.fold(token.surface, folded);
        return lexicon.model().id(folded) != kUnknown;
      }));
}

/// The first of those that know most words.
std::shared_ptr<const session::Lexicon> reader_of(const Repertoire& repertoire,
                                                  std::string_view text) {
  const text::CleanCopy beginning(text.substr(0, kLanguageBytes));
  std::shared_ptr<const session::Lexicon> best;
  std::size_t most = 0;
  for (const auto& lexicon : repertoire.parts().lexicons) {
    const std::size_t known = known_words(*lexicon, beginning.text());
    if (best != nullptr && known <= most) continue;
    best = lexicon;
    most = known;
  }
  return best;
}

}  // namespace

struct LaneReader::Parts {
  struct Document {
    std::string genre;
    std::size_t begin;
    std::size_t end;
    Tally tally;
  };

  /// A document, and how far it has been read.
  struct Page {
    Page(const std::shared_ptr<const session::Lexicon>& lexicon, std::string_view given)
        : voice(lexicon), copy(given), clean(copy.text() + '\n') {
      voice.follow_lanes({});
      tokens = text::read_typing(clean, text::Tokenizer(lexicon->language()), scratch).finished;
    }

    session::Voice voice;
    text::CleanCopy copy;
    std::string clean;  // The line's end says that the last word has been written to its own.
    text::CaretScratch scratch;
    std::span<const text::Token> tokens;  // Of it.
    std::size_t at = 0;
  };

  /// Tells the voice the next token; of a word, what was known before.
  std::optional<LanedWord> hear(const text::Token& token);
  LanedWord measure(const text::Token& token, WordId word);

  std::string text;
  std::shared_ptr<const session::Lexicon> lexicon;
  double gate = kBoldGate;
  std::vector<Document> documents;
  std::size_t begun = 0;       // Documents,
  std::unique_ptr<Page> page;  // and the last of these.
};

std::optional<LanedWord> LaneReader::Parts::hear(const text::Token& token) {
  if (token.starts_sentence && page->at > 1) page->voice.end_sentence();
  const WordId word = page->voice.hear(token.surface);
  std::optional<LanedWord> out;
  if (session::is_word(token.surface)) out = measure(token, word);
  page->voice.write(word, token.surface, token.starts_sentence);
  return out;
}

LanedWord LaneReader::Parts::measure(const text::Token& token, WordId word) {
  Document& document = documents[begun - 1];
  const predict::Mixture& mixture = page->voice.mixture();
  double probability = mixture.probability(word);
  if (probability == 0) probability = mixture.probability(kUnknown);
  const auto begin = static_cast<std::size_t>(token.surface.data() - page->clean.data());
  const LanedWord out{
      document.begin + page->copy.given_begin(begin),
      document.begin + page->copy.given_end(begin + token.surface.size()),
      static_cast<float>(-std::log2(std::clamp(probability, kLeastProbability, 1.0))),
      page->voice.measure(word, gate)};
  document.tally.add(out.measure, lexicon->lanes()->table().class_of(word) != model::kNoClass);
  return out;
}

Result<LaneReader> LaneReader::open(const Repertoire& repertoire, std::string text,
                                    const LaneReadOptions& options) {
  std::vector<std::string> languages;
  if (!options.language.empty()) languages.emplace_back(options.language);
  const auto spoken = repertoire.only(languages);
  if (!spoken) return spoken.error();
  auto parts = std::make_unique<Parts>();
  parts->text = std::move(text);
  parts->gate = options.gate;
  parts->lexicon = reader_of(*spoken, parts->text);
  if (parts->lexicon->lanes() == nullptr) {
    return Error{ErrorCode::kUnsupported,
                 "the model of '" + parts->lexicon->data().language() +
                     "' was trained without lanes; train it with: tercet train --lanes"};
  }
  if (options.index.empty()) {
    parts->documents.push_back({{}, 0, parts->text.size(), {}});
    return LaneReader(std::move(parts));
  }
  const auto cut = measure::cut_documents(parts->text, options.index);
  if (!cut) return cut.error();
  for (const measure::DocumentText& each : *cut) {
    const auto begin = static_cast<std::size_t>(each.text.data() - parts->text.data());
    parts->documents.push_back({each.genre, begin, begin + each.text.size(), {}});
  }
  return LaneReader(std::move(parts));
}

LaneReader::LaneReader(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
LaneReader::~LaneReader() = default;
LaneReader::LaneReader(LaneReader&&) noexcept = default;
LaneReader& LaneReader::operator=(LaneReader&&) noexcept = default;

std::optional<LanedWord> LaneReader::next() {
  Parts& parts = *parts_;
  for (;;) {
    while (parts.page != nullptr && parts.page->at < parts.page->tokens.size()) {
      if (auto word = parts.hear(parts.page->tokens[parts.page->at++])) return word;
    }
    if (parts.begun == parts.documents.size()) return std::nullopt;
    const Parts::Document& document = parts.documents[parts.begun++];
    parts.page = std::make_unique<Parts::Page>(
        parts.lexicon,
        std::string_view(parts.text).substr(document.begin, document.end - document.begin));
  }
}

const std::string& LaneReader::text() const noexcept { return parts_->text; }

const std::string& LaneReader::language() const noexcept {
  return parts_->lexicon->data().language();
}

LaneProfile LaneReader::profile() const {
  Tally all;
  for (const Parts::Document& document : parts_->documents) all.add(document.tally);
  return all.profile();
}

std::vector<LanedDocument> LaneReader::documents() const {
  std::vector<LanedDocument> out;
  out.reserve(parts_->begun);
  for (std::size_t i = 0; i < parts_->begun; ++i)
    out.push_back({parts_->documents[i].genre, parts_->documents[i].tally.profile()});
  return out;
}

}  // namespace tercet
