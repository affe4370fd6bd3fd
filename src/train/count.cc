#include "train/count.h"

#include <algorithm>
#include <memory>
#include <queue>
#include <utility>

#include "core/error.h"
#include "model/layout.h"
#include "os/memory.h"
#include "train/records.h"
#include "train/sentences.h"
#include "train/sort.h"
#include "train/windows.h"

namespace tercet::train {
namespace {

/// A shard: the n-grams whose first word has a code in [begin, end).
struct CodeRange {
  WordCode begin;
  WordCode end;
  bool contains(WordCode code) const noexcept { return code >= begin && code < end; }
};

/// Share of the memory limit that the windows take; the rest is for sorting and merging them.
constexpr double kWindowShare = 0.6;
constexpr std::size_t kScratchPart = 4;  // Scratch of the sorter = windows / 4.
constexpr std::uint64_t kLeastWindows = 1 << 16;

/// Cuts the codes into `count` ranges of about equal numbers of windows.
std::vector<CodeRange> cut_shards(const Lexicon& lexicon, std::uint32_t count) {
  std::uint64_t total = 0;
  for (const std::uint64_t n : lexicon.occurrences) total += n;
  std::vector<CodeRange> shards;
  WordCode begin = 1;
  std::uint64_t seen = 0;
  const auto codes = static_cast<WordCode>(lexicon.occurrences.size());
  for (WordCode code = 1; code < codes; ++code) {
    seen += lexicon.occurrences[code];
    const bool full = seen * count >= total * (shards.size() + 1);
    if ((full && shards.size() + 1 < count) || code + 1 == codes) {
      shards.push_back({begin, code + 1});
      begin = code + 1;
    }
  }
  return shards;
}

/// Counts one shard. kLimbs is the only thing that is not known before the vocabulary is.
template <std::uint32_t kLimbs>
class ShardCounter {
 public:
  ShardCounter(const Corpus& corpus, const Lexicon& lexicon, const WindowShape& shape,
               const AdjustOptions& adjust, CodeRange range, const TrainContext& context)
      : corpus_(corpus),
        lexicon_(lexicon),
        shape_(shape),
        adjust_(adjust),
        range_(range),
        context_(context) {
    std::uint64_t windows = 0;
    for (WordCode code = range.begin; code < range.end; ++code)
      windows += lexicon.occurrences[code];
    const double share = static_cast<double>(context.memory()) * kWindowShare / context.threads();
    const auto limit = static_cast<std::uint64_t>(share / sizeof(Window<kLimbs>));
    // The longest sentence must fit with its two marks.
    capacity_ = std::min(windows, std::max({limit, kLeastWindows, corpus.longest_sentence + 2}));
    all_fits_ = capacity_ == windows;
  }

  Result<ShardCounts> run() {
    Adjuster adjuster(shape_, adjust_, range_.begin, context_.scratch());
    auto memory = os::Memory::plain(capacity_ * sizeof(Window<kLimbs>));
    if (!memory) return std::move(memory).error();
    windows_ = {reinterpret_cast<Window<kLimbs>*>(memory->bytes().data()), capacity_};

    CorpusPosition position;
    bool more = true;
    while (more) {
      auto collected = collect(position);
      if (!collected) return std::move(collected).error();
      more = !collected->at_end;
      TERCET_TRY(sort());
      const auto run = windows_.first(collected->count);
      if (!more && runs_.empty()) {
        TERCET_TRY(adjust_run(run, adjuster));
      } else {
        TERCET_TRY(spill(run));
      }
      position = collected->end;
    }
    if (!runs_.empty()) TERCET_TRY(merge_runs(adjuster));
    return adjuster.finish(range_.end);
  }

 private:
  struct Collected {
    std::size_t count = 0;
    CorpusPosition end;
    bool at_end = false;
  };

  /// Takes windows from `from` on until memory is full or the corpus ends, grouped by first word.
  /// The first pass measures the groups, the second fills them.
  Result<Collected> collect(CorpusPosition from) {
    starts_.assign(std::size_t{range_.end} - range_.begin + 1, 0);
    auto out = all_fits_ ? collected_whole() : measure(from);
    if (!out) return out;
    for (std::size_t i = 1; i < starts_.size(); ++i) starts_[i] += starts_[i - 1];
    TERCET_TRY(fill(from, out->end));
    return out;
  }

  /// The groups' sizes when one run holds everything: the words' occurrences.
  Result<Collected> collected_whole() {
    for (WordCode code = range_.begin; code < range_.end; ++code)
      starts_[code - range_.begin + 1] = static_cast<std::uint32_t>(lexicon_.occurrences[code]);
    return Collected{windows_.size(), {corpus_.parts.size(), 0}, true};
  }

  Result<Collected> measure(CorpusPosition from) {
    Collected out;
    SentenceReader reader(corpus_, lexicon_, from);
    for (;;) {
      out.end = reader.position();
      const auto sentence = reader.next();
      out.at_end = sentence.empty();
      if (out.at_end) break;
      const auto count = static_cast<std::size_t>(std::count_if(
          sentence.begin(), sentence.end(), [&](WordCode c) { return range_.contains(c); }));
      if (out.count + count > windows_.size()) break;
      for (const WordCode code : sentence) {
        if (range_.contains(code)) ++starts_[code - range_.begin + 1];
      }
      out.count += count;
      if (context_.stopped()) return core::cancelled();
    }
    TERCET_TRY(reader.status());
    return out;
  }

  Status fill(CorpusPosition from, CorpusPosition end) {
    cursors_ = starts_;
    SentenceReader reader(corpus_, lexicon_, from);
    while (reader.position() != end) {
      const auto sentence = reader.next();
      if (sentence.empty()) break;
      for (std::size_t i = 0; i < sentence.size(); ++i) {
        if (!range_.contains(sentence[i])) continue;
        const WordCode before = i > 0 ? sentence[i - 1] : kNoWord;
        shape_.pack(sentence.subspan(i), before, windows_[cursors_[sentence[i] - range_.begin]++]);
      }
    }
    return reader.status();
  }

  Status sort() {
    WindowSorter<kLimbs> sorter(shape_, std::max<std::size_t>(capacity_ / kScratchPart, 1));
    for (std::size_t i = 0; i + 1 < starts_.size(); ++i) {
      sorter.sort(windows_.subspan(starts_[i], starts_[i + 1] - starts_[i]));
      context_.step(starts_[i + 1] - starts_[i]);
      if (context_.stopped()) return core::cancelled();
    }
    return {};
  }

  Status adjust_run(std::span<const Window<kLimbs>> run, Adjuster& adjuster) const {
    for (std::size_t i = 0; i < run.size(); ++i) {
      adjuster.add(run[i], 1);
      if (i % kRecordsPerBatch == 0) {
        context_.step(kRecordsPerBatch);
        if (context_.stopped()) return core::cancelled();
      }
    }
    return {};
  }

  /// Writes a sorted run, equal windows counted.
  Status spill(std::span<const Window<kLimbs>> run) {
    RecordWriter<CountedWindow<kLimbs>> writer(context_.scratch());
    for (std::size_t i = 0; i < run.size();) {
      std::size_t end = i + 1;
      while (end < run.size() && run[end] == run[i]) ++end;
      writer.put({run[i], end - i});
      i = end;
    }
    return writer.finish(runs_.emplace_back());
  }

  /// k-way merge of the runs into the adjuster.
  Status merge_runs(Adjuster& adjuster) {
    struct Head {
      CountedWindow<kLimbs> record;
      RecordReader<CountedWindow<kLimbs>>* reader;
      bool operator>(const Head& other) const noexcept {
        return record.window > other.record.window;
      }
    };
    std::vector<RecordReader<CountedWindow<kLimbs>>> readers;
    readers.reserve(runs_.size());
    std::priority_queue<Head, std::vector<Head>, std::greater<>> heads;
    for (const auto& run : runs_) {
      auto& reader = readers.emplace_back(run);
      if (reader.remaining() == 0) continue;
      heads.push({reader.get(), &reader});
      TERCET_TRY(reader.status());
    }
    std::uint64_t merged = 0;
    while (!heads.empty()) {
      Head head = heads.top();
      heads.pop();
      adjuster.add(head.record.window, head.record.count);
      if (head.reader->remaining() != 0) {
        head.record = head.reader->get();
        TERCET_TRY(head.reader->status());
        heads.push(head);
      }
      if (++merged % kRecordsPerBatch == 0) {
        context_.step(kRecordsPerBatch);
        if (context_.stopped()) return core::cancelled();
      }
    }
    return {};
  }

  const Corpus& corpus_;
  const Lexicon& lexicon_;
  const WindowShape& shape_;
  const AdjustOptions& adjust_;
  CodeRange range_;
  const TrainContext& context_;
  std::size_t capacity_ = 0;
  bool all_fits_ = false;
  std::span<Window<kLimbs>> windows_;
  std::vector<std::uint32_t> starts_;  // By code - range_.begin; one more at the end.
  std::vector<std::uint32_t> cursors_;
  std::vector<Records<CountedWindow<kLimbs>>> runs_;
};

template <std::uint32_t kLimbs>
Result<std::vector<ShardCounts>> count_with(const Corpus& corpus, const Lexicon& lexicon,
                                            const WindowShape& shape, const AdjustOptions& adjust,
                                            const TrainContext& context) {
  const std::vector<CodeRange> ranges = cut_shards(lexicon, context.threads());
  std::vector<ShardCounts> shards(ranges.size());
  TERCET_TRY(context.run(static_cast<std::uint32_t>(ranges.size()), [&](std::uint32_t i) -> Status {
    auto counts = ShardCounter<kLimbs>(corpus, lexicon, shape, adjust, ranges[i], context).run();
    if (!counts) return std::move(counts).error();
    shards[i] = std::move(*counts);
    return {};
  }));
  return shards;
}

}  // namespace

Result<std::vector<ShardCounts>> count_ngrams(const Corpus& corpus, const Lexicon& lexicon,
                                              std::uint32_t order, const AdjustOptions& adjust,
                                              const TrainContext& context) {
  const std::uint64_t windows = corpus.tokens + 2 * corpus.sentences;
  if (windows > model::kMaxEntries) {
    return core::resource("the text has " + std::to_string(windows) +
                          " tokens and sentence marks, one training counts at most " +
                          std::to_string(model::kMaxEntries) + ": train on parts");
  }
  const WindowShape shape(order, lexicon.size);
  context.begin_phase("count", 2 * windows);
  switch (shape.limbs()) {
    case 1:
      return count_with<1>(corpus, lexicon, shape, adjust, context);
    case 2:
      return count_with<2>(corpus, lexicon, shape, adjust, context);
    case 3:
      return count_with<3>(corpus, lexicon, shape, adjust, context);
    case 4:
      return count_with<4>(corpus, lexicon, shape, adjust, context);
    default:
      return count_with<5>(corpus, lexicon, shape, adjust, context);
  }
}

}  // namespace tercet::train
