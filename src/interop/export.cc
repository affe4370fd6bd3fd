#include "interop/export.h"

#include <fmt/format.h>

#include <cmath>
#include <iterator>
#include <string>
#include <utility>
#include <vector>

#include "core/error.h"
#include "interop/arpa_syntax.h"
#include "interop/ngram_walk.h"
#include "os/output_file.h"
#include "tercet/convert.h"

namespace tercet::interop {
namespace {

constexpr std::size_t kPieceBytes = std::size_t{1} << 16;

/// All numbers that a model can hold, as text: there are only 2^16 of either kind.
std::vector<std::string> number_texts(const model::CostScale& scale, std::uint32_t bias) {
  std::vector<std::string> texts;
  texts.reserve(std::size_t{model::kMaxCost} + 1);
  for (std::uint32_t stored = 0; stored <= model::kMaxCost; ++stored) {
    // The shortest text of a float: it tells the integers apart, and KenLM computes in floats.
    const double log10 = scale.log10_probability(std::int64_t{stored} - bias);
    texts.push_back(stored == bias ? "0" : fmt::format("{}", static_cast<float>(log10)));
  }
  return texts;
}

class ArpaWriter {
 public:
  ArpaWriter(const internal::ModelData& model, const TextTaker& take)
      : model_(model),
        ngrams_(model.ngrams()),
        take_(take),
        costs_(number_texts(ngrams_.scale(), 0)),
        backoffs_(number_texts(ngrams_.scale(), ngrams_.scale().backoff_bias)) {
    for (std::uint32_t n = 1; n <= ngrams_.order(); ++n) total_ += ngrams_.at(n).entries();
    costs_.push_back(fmt::format("{}", kLogZero));  // kNeverCost
    backoffs_.push_back(backoffs_.back());          // No such backoff is ever stored.
  }

  Status run() {
    TERCET_TRY(check_words());
    write_header();
    for (std::uint32_t n = 1; n <= ngrams_.order(); ++n) TERCET_TRY(write_order(n));
    text_ += fmt::format("{}\n", kEndLine);
    return take_(text_, 1);
  }

 private:
  Status check_words() const;
  void write_header();
  Status write_order(std::uint32_t n);
  void write_ngram(const NgramWalk& walk, const model::Order& order, bool highest);

  const internal::ModelData& model_;
  const model::Ngrams& ngrams_;
  const TextTaker& take_;
  std::vector<std::string> costs_;
  std::vector<std::string> backoffs_;
  std::uint64_t total_ = 0;
  std::uint64_t done_ = 0;
  std::string text_;
};

Status ArpaWriter::check_words() const {
  for (WordId id = 0; id < ngrams_.at(1).entries(); ++id) {
    const std::string_view word = model_.vocabulary().word(id);
    using std::string_view_literals::operator""sv;
    if (!word.empty() && word.find_first_of(" \t\n\v\f\r\0"sv) == std::string_view::npos) continue;
    return core::invalid_argument(
        fmt::format("word {} of the model, \"{}\", {}: ARPA separates words by spaces, so this "
                    "model cannot be exported; take that out of the text and train it again",
                    id, word, word.empty() ? "is empty" : "has a space in it"));
  }
  return {};
}

void ArpaWriter::write_header() {
  const model::Parameters& parameters = model_.parameters();
  const ExportMark mark{parameters.units_per_bit, parameters.backoff_bias,
                        (parameters.flags & model::kNormalised) != 0};
  text_ = fmt::format("{}\n\n{}\n", encode(mark), kDataLine);
  for (std::uint32_t n = 1; n <= ngrams_.order(); ++n)
    text_ += fmt::format("ngram {}={}\n", n, ngrams_.at(n).entries());
  text_ += '\n';
}

Status ArpaWriter::write_order(std::uint32_t n) {
  text_ += section_line(n) + '\n';
  const bool highest = n == ngrams_.order();
  NgramWalk walk(ngrams_, n);
  while (walk.next()) {
    write_ngram(walk, ngrams_.at(n), highest);
    ++done_;
    if (text_.size() < kPieceBytes) continue;
    TERCET_TRY(take_(text_, static_cast<double>(done_) / static_cast<double>(total_)));
    text_.clear();
  }
  if (!walk.complete()) {
    return core::corrupt(fmt::format(
        "{}-grams and their contexts contradict each other: the model is damaged, train it again",
        n));
  }
  text_ += '\n';
  return {};
}

void ArpaWriter::write_ngram(const NgramWalk& walk, const model::Order& order, bool highest) {
  text_ += costs_[order.cost(walk.entry())];
  char separator = '\t';
  for (const WordId word : walk.words()) {
    text_ += separator;
    text_ += model_.vocabulary().word(word);
    separator = ' ';
  }
  if (!highest) {
    const std::uint32_t context = order.context_of(walk.entry());
    if (context != State::kAbsent) {
      text_ += '\t';
      text_ += backoffs_[order.stored_backoff(context)];
    }
  }
  text_ += '\n';
}

}  // namespace

Status write_arpa(const internal::ModelData& model, const TextTaker& take) {
  return ArpaWriter(model, take).run();
}

}  // namespace tercet::interop

namespace tercet {

Status export_arpa(const Model& model, const std::filesystem::path& arpa,
                   const ConvertOptions& options) {
  auto file = os::OutputFile::create(arpa);
  if (!file) return std::move(file).error();
  TERCET_TRY(
      interop::write_arpa(model.data(), [&](std::string_view text, double fraction) -> Status {
        if (options.stop.stop_requested()) return core::cancelled();
        if (options.progress) options.progress(fraction);
        return file->append(text);
      }));
  return file->commit();
}

}  // namespace tercet
