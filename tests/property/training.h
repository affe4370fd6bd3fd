// Random corpora, and training on them.
#ifndef TERCET_TESTS_PROPERTY_TRAINING_H_
#define TERCET_TESTS_PROPERTY_TRAINING_H_

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "tercet/model.h"
#include "tercet/train.h"

namespace tercet::testing {

using Sentence = std::vector<std::string>;
using Corpus = std::vector<Sentence>;

/// A fresh directory, removed with all that is in it.
class TemporaryDirectory {
 public:
  TemporaryDirectory();
  TemporaryDirectory(const TemporaryDirectory&) = delete;
  TemporaryDirectory& operator=(const TemporaryDirectory&) = delete;
  ~TemporaryDirectory();
  const std::filesystem::path& path() const { return path_; }
  std::filesystem::path write(std::string_view name, std::string_view content) const;

 private:
  std::filesystem::path path_;
};

std::string read_file(const std::filesystem::path& path);

/// One sentence per line.
std::string text_of(const Corpus& corpus);

struct Trained {
  Model model;
  TrainReport report;
};

/// Trains on the text; a failure fails the test at hand and throws.
Trained train(std::string_view text, const TrainOptions& options);

/// The file that training makes.
std::string train_bytes(std::string_view text, const TrainOptions& options);

/// rapidcheck: 1 to 40 different words, sentences of 0 to 12, some of them repeated; at least one
/// word in all.
Corpus any_corpus();

Smoothing any_smoothing();

/// rapidcheck: any order, pruning by counts and vocabulary limit; plain tokens.
TrainOptions any_options(Smoothing smoothing = any_smoothing());

/// rapidcheck: ids as they may stand before a caret, `<s>` at the front or not.
std::vector<WordId> any_history(const Model& model, const Corpus& corpus);

State state_after(const Model& model, const std::vector<WordId>& history);

}  // namespace tercet::testing

#endif  // TERCET_TESTS_PROPERTY_TRAINING_H_
