#include "train/corpus.h"

#include <algorithm>
#include <memory>
#include <mutex>
#include <optional>
#include <string_view>
#include <utility>

#include "core/error.h"
#include "model/layout.h"
#include "os/block_reader.h"
#include "os/input_file.h"
#include "text/fold.h"
#include "text/language.h"
#include "text/lines.h"
#include "text/tokenizer.h"
#include "text/utf8.h"
#include "train/text_check.h"

namespace tercet::train {
namespace {

constexpr std::size_t kBlockBytes = std::size_t{1} << 20;

/// Hands the inputs out block by block to any number of threads.
class BlockSource {
 public:
  /// With `lanes`, blocks come cut into passages.
  static Result<std::unique_ptr<BlockSource>> open(std::span<const std::filesystem::path> inputs,
                                                   bool lanes, const TrainContext& context) {
    auto source = std::make_unique<BlockSource>(context);
    std::uint64_t bytes = 0;
    for (const auto& path : inputs) {
      auto file = os::InputFile::open(path, context.stop());
      if (!file) return std::move(file).error();
      bytes += (*file)->size();
      source->files_.push_back(std::move(*file));
      if (!lanes) continue;
      auto cutter = DocumentCutter::open(path, context.stop());
      if (!cutter) return std::move(cutter).error();
      source->cutters_.push_back(std::move(*cutter));
    }
    context.begin_phase("read", bytes);
    return source;
  }

  explicit BlockSource(const TrainContext& context) : context_(context) {}

  struct Block {
    std::string text;
    std::string origin;        ///< File name, for error texts.
    std::uint64_t offset = 0;  ///< Of the block in the unpacked file.
    std::uint64_t number = 0;  ///< Of the block in all inputs.
    std::vector<Passage> passages;
  };

  /// False at the end of the last input.
  Result<bool> next(Block& block) {
    const std::lock_guard lock(mutex_);
    if (context_.stopped()) return core::cancelled();
    for (; current_ < files_.size(); ++current_, reader_.reset(), offset_ = 0) {
      os::InputFile& file = *files_[current_];
      if (!reader_) reader_.emplace(file, kBlockBytes);
      const std::uint64_t before = file.consumed();
      auto got = reader_->next(block.text);
      if (!got) return std::move(got).error();
      context_.step(file.consumed() - before);
      if (!*got) {
        if (!cutters_.empty()) TERCET_TRY(cutters_[current_].finish());
        continue;
      }
      if (offset_ == 0) TERCET_TRY(check_is_text(file.name(), block.text));
      block.origin = file.name();
      block.offset = offset_;
      offset_ += block.text.size();
      block.number = blocks_++;
      if (!cutters_.empty()) block.passages = cutters_[current_].cut(block.text, passage_counts_);
      return true;
    }
    return false;
  }

  /// Of all that was read.
  void finish(Corpus& corpus) const {
    corpus.passages = passage_counts_;
    for (const DocumentCutter& cutter : cutters_) {
      if (!cutter.index().empty()) corpus.indexes.push_back(cutter.index());
    }
  }

 private:
  const TrainContext& context_;
  std::mutex mutex_;
  std::vector<std::unique_ptr<os::InputFile>> files_;
  std::vector<DocumentCutter> cutters_;  // One for each file, or none at all.
  PassageCounts passage_counts_;
  std::size_t current_ = 0;
  std::optional<os::BlockReader> reader_;
  std::uint64_t offset_ = 0;
  std::uint64_t blocks_ = 0;
};

/// Lines longer than this are read piece by piece: a piece ends at a space where there is one.
constexpr std::size_t kPieceBytes = std::size_t{1} << 20;

/// Where to cut a long line: at the last space of the piece, or else between code points, or else
/// anywhere (what has more than three continuation bytes in a row is no UTF-8).
std::size_t piece_end(std::string_view line) {
  if (line.size() <= kPieceBytes) return line.size();
  const std::size_t space = line.find_last_of(" \t\r", kPieceBytes);
  if (space != std::string_view::npos && space > 0) return space;
  for (std::size_t end = kPieceBytes; end > kPieceBytes - 4; --end) {
    if ((static_cast<unsigned char>(line[end]) & 0xC0U) != 0x80U) return end;
  }
  return kPieceBytes;
}

/// Calls `piece` for the line, or for each piece of a long one. Returns how often it was cut.
template <class Piece>
std::uint64_t for_each_piece(std::string_view line, Piece&& piece) {
  for (std::uint64_t cuts = 0;; ++cuts) {
    const std::size_t end = piece_end(line);
    piece(line.substr(0, end));
    line.remove_prefix(end);
    if (line.empty()) return cuts;
  }
}

/// One thread's reading: turns lines into ids. The subclasses know what a token is.
class LineReader {
 public:
  explicit LineReader(const std::filesystem::path& scratch)
      : tokens_(scratch), passages_(scratch) {}
  virtual ~LineReader() = default;

  void read(const BlockSource::Block& block) {
    if (block.passages.empty()) return read_text(block, 0, block.text.size());
    for (std::size_t i = 0; i < block.passages.size(); ++i) {
      Passage passage = block.passages[i];
      const std::uint64_t begin = passage.begin;
      const bool last = i + 1 == block.passages.size();
      passage.begin = token_count_ + sentences_;  // Each sentence has its break.
      passages_.put(passage);
      read_text(block, begin, last ? block.text.size() : block.passages[i + 1].begin);
    }
  }

  Status finish(Corpus& corpus, CorpusPart& part) {
    TERCET_TRY(tokens_.finish(part_.tokens));
    TERCET_TRY(passages_.finish(part_.passages));
    corpus.sentences += sentences_;
    corpus.tokens += token_count_;
    corpus.longest_sentence = std::max(corpus.longest_sentence, longest_sentence_);
    corpus.cut_sentences += cut_sentences_;
    corpus.invalid_sequences += invalid_sequences_;
    if (invalid_sequences_ != 0 && first_invalid_block_ < corpus.first_invalid_block) {
      corpus.first_invalid = first_invalid_;
      corpus.first_invalid_block = first_invalid_block_;
    }
    part = std::move(part_);
    return {};
  }

 protected:
  /// Reads the whole lines in [begin, end) of the block.
  virtual void read_text(const BlockSource::Block& block, std::size_t begin, std::size_t end) = 0;

  /// Makes a key known, with the least class that any of its spellings has.
  void declare(std::uint32_t key, model::WordClass word_class) {
    const auto value = static_cast<std::uint8_t>(word_class);
    if (key == part_.counts.size()) {
      part_.counts.push_back(0);
      part_.classes.push_back(value);
    }
    part_.classes[key] = std::min(part_.classes[key], value);
  }
  void put(std::uint32_t key) {
    ++part_.counts[key];
    ++token_count_;
    if (sentence_tokens_ == kMaxSentenceTokens) {
      ++cut_sentences_;
      end_sentence();
    }
    ++sentence_tokens_;
    tokens_.put(key);
  }
  void end_sentence() {
    ++sentences_;
    longest_sentence_ = std::max(longest_sentence_, sentence_tokens_);
    sentence_tokens_ = 0;
    tokens_.put(kSentenceBreak);
  }

  CorpusPart part_;
  std::uint64_t invalid_sequences_ = 0;
  std::string first_invalid_;
  std::uint64_t first_invalid_block_ = 0;
  std::uint64_t cut_sentences_ = 0;

 private:
  RecordWriter<std::uint32_t> tokens_;
  RecordWriter<Passage> passages_;
  std::uint64_t sentences_ = 0;
  std::uint64_t token_count_ = 0;
  std::uint64_t sentence_tokens_ = 0;  // Of the sentence being read.
  std::uint64_t longest_sentence_ = 0;
};

/// White-space tokens; a line is a sentence, an empty line an empty sentence (as lmplz has it).
class PlainReader final : public LineReader {
 public:
  using LineReader::LineReader;

 private:
  void read_text(const BlockSource::Block& block, std::size_t begin, std::size_t end) override {
    const auto text = std::string_view(block.text).substr(begin, end - begin);
    text::for_each_line(text, [&](std::string_view line) {
      for_each_piece(line, [&](std::string_view piece) { read_piece(piece); });
      end_sentence();
    });
  }

  void read_piece(std::string_view piece) {
    text::split_tokens(piece, tokens_of_piece_);
    for (const std::string_view token : tokens_of_piece_) {
      const std::uint32_t key = part_.words.find_or_add(token);
      if (key == part_.counts.size()) declare(key, model::WordClass::kToken);
      put(key);
    }
  }

  std::vector<std::string_view> tokens_of_piece_;
};

constexpr model::WordClass class_of(text::TokenKind kind) noexcept {
  switch (kind) {
    case text::TokenKind::kWord:
      return model::WordClass::kWord;
    case text::TokenKind::kNumber:
      return model::WordClass::kNumber;
    case text::TokenKind::kPunctuation:
      return model::WordClass::kPunctuation;
    case text::TokenKind::kAddress:
      return model::WordClass::kAddress;
  }
  return model::WordClass::kWord;
}

/// Text as people write it: cleaned, cut into words and sentences, folded, spellings counted.
class TextReader final : public LineReader {
 public:
  TextReader(const std::filesystem::path& scratch, const text::Language& language)
      : LineReader(scratch), language_(language), tokenizer_(language) {}

 private:
  void read_text(const BlockSource::Block& block, std::size_t begin, std::size_t end) override {
    text::CleanStats stats;
    const std::string_view clean =
        text::clean(std::string_view(block.text).substr(begin, end - begin), clean_, stats);
    if (stats.bad_bytes != 0 && invalid_sequences_ == 0) {
      first_invalid_ =
          block.origin + ", byte " + std::to_string(block.offset + begin + stats.first_bad_offset);
      first_invalid_block_ = block.number;
    }
    invalid_sequences_ += stats.bad_bytes;
    text::for_each_line(clean, [&](std::string_view line) {
      cut_sentences_ += for_each_piece(line, [&](std::string_view piece) { read_piece(piece); });
    });
  }

  void read_piece(std::string_view piece) {
    tokenizer_.tokenize(piece, token_list_);
    bool inside = false;
    for (const text::Token& token : token_list_) {
      if (token.starts_sentence && inside) end_sentence();
      inside = true;
      put_token(token);
    }
    if (inside) end_sentence();
  }

  void put_token(const text::Token& token) {
    const std::uint32_t spelling = part_.spellings.find_or_add(token.surface);
    if (spelling == part_.spelling_counts.size()) {
      text::fold(token.surface, language_, folded_);
      const std::uint32_t key = part_.words.find_or_add(folded_);
      declare(key, class_of(token.kind));
      part_.spelling_counts.push_back({key, 0, 0});
    }
    SpellingCount& count = part_.spelling_counts[spelling];
    ++(token.starts_sentence ? count.initial : count.inside);
    put(count.key);
  }

  const text::Language& language_;
  text::Tokenizer tokenizer_;
  std::string clean_;
  std::string folded_;
  std::vector<text::Token> token_list_;
};

std::unique_ptr<LineReader> make_reader(const TrainOptions& options, const TrainContext& context) {
  if (options.plain_tokens) return std::make_unique<PlainReader>(context.scratch());
  return std::make_unique<TextReader>(context.scratch(), text::language(options.language));
}

}  // namespace

Result<Corpus> read_corpus(std::span<const std::filesystem::path> inputs,
                           const TrainOptions& options, const TrainContext& context) {
  auto source = BlockSource::open(inputs, options.lanes, context);
  if (!source) return std::move(source).error();
  std::vector<std::unique_ptr<LineReader>> readers;
  readers.reserve(context.threads());
  for (std::uint32_t i = 0; i < context.threads(); ++i)
    readers.push_back(make_reader(options, context));
  TERCET_TRY(context.run(context.threads(), [&](std::uint32_t i) -> Status {
    BlockSource::Block block;
    for (;;) {
      auto more = (*source)->next(block);
      if (!more) return std::move(more).error();
      if (!*more) return {};
      readers[i]->read(block);
    }
  }));
  Corpus corpus;
  corpus.parts.resize(readers.size());
  for (std::size_t i = 0; i < readers.size(); ++i)
    TERCET_TRY(readers[i]->finish(corpus, corpus.parts[i]));
  (*source)->finish(corpus);
  return corpus;
}

}  // namespace tercet::train
