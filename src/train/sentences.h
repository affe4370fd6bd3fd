// Reads the corpus back sentence by sentence, in final word codes.
#ifndef TERCET_TRAIN_SENTENCES_H_
#define TERCET_TRAIN_SENTENCES_H_

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "tercet/error.h"
#include "train/corpus.h"
#include "train/lexicon.h"
#include "train/records.h"
#include "train/windows.h"

namespace tercet::train {

/// A place between two sentences.
struct CorpusPosition {
  std::size_t part = 0;
  std::uint64_t token = 0;
  friend bool operator==(const CorpusPosition&, const CorpusPosition&) = default;
};

/// One pass over the corpus from `from` on. One thread; several readers may run at once.
class SentenceReader {
 public:
  SentenceReader(const Corpus& corpus, const Lexicon& lexicon, CorpusPosition from)
      : corpus_(corpus), lexicon_(lexicon), position_(from) {
    open_part();
  }

  /// The next sentence: `<s>`, its words, `</s>`. Empty at the end, or on a failed read.
  std::span<const WordCode> next() {
    sentence_.clear();
    while (reader_ && position_.part < corpus_.parts.size()) {
      if (reader_->remaining() == 0) {
        if (!reader_->status().ok()) break;
        position_ = {position_.part + 1, 0};
        open_part();
        continue;
      }
      read_sentence(*reader_);
      return sentence_;
    }
    return {};
  }

  CorpusPosition position() const noexcept { return position_; }
  Status status() const { return reader_ ? reader_->status() : Status{}; }

 private:
  void open_part() {
    if (position_.part >= corpus_.parts.size()) return;
    reader_.emplace(corpus_.parts[position_.part].tokens, position_.token);
    codes_ = lexicon_.codes[position_.part];
  }

  void read_sentence(RecordReader<std::uint32_t>& reader) {
    sentence_.push_back(kSentenceBegin + 1);
    while (reader.remaining() != 0) {
      const std::uint32_t id = reader.get();
      ++position_.token;
      if (id >= codes_.size()) break;  // kSentenceBreak
      if (codes_[id] != kSkip) sentence_.push_back(codes_[id]);
    }
    sentence_.push_back(kSentenceEnd + 1);
  }

  const Corpus& corpus_;
  const Lexicon& lexicon_;
  CorpusPosition position_;
  std::optional<RecordReader<std::uint32_t>> reader_;
  std::span<const WordCode> codes_;
  std::vector<WordCode> sentence_;
};

}  // namespace tercet::train

#endif  // TERCET_TRAIN_SENTENCES_H_
