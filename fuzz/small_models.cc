#include "small_models.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>

#include "tercet/train.h"
#include "text/topics_testing.h"

namespace tercet::fuzz {
namespace {

constexpr const char* kText =
    "The cat sat on the mat. The cat ate the fish, and the dog slept.\n"
    "The iPhone rang. Кошка ест рыбу. Ёлка стоит в углу; кошка спит.\n"
    "The dog sat on the cat. The fish slept, and the mat sat on the dog.\n";

constexpr const char* kEnglish =
    "The cat sat on the mat. The cat ate the fish, and the dog slept on the mat.\n"
    "The iPhone rang. I don't think so. I do not know. They saw a cat.\n"
    "The cat sat on the mat. Once a cat ate a fish.\n";

constexpr const char* kRussian =
    "Кошка ест рыбу. Ёлка стоит в углу; кошка спит. Он не знает, что кошка ест рыбу.\n"
    "Кошка ест рыбу. Всё ещё стоит ёлка. Кошки спят в углу.\n";

std::vector<std::byte> train(std::string_view text, const TrainOptions& options) {
  std::string directory = (std::filesystem::temp_directory_path() / "tercet-fuzz.XXXXXX").native();
  if (::mkdtemp(directory.data()) == nullptr) std::abort();
  const std::filesystem::path input = directory + "/text";
  const std::filesystem::path output = directory + "/model.tct";
  std::ofstream(input) << text;
  if (!train_model({&input, 1}, output, options).ok()) std::abort();
  std::ifstream file(output, std::ios::binary);
  const std::string bytes{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  std::filesystem::remove_all(directory);
  const auto view = std::as_bytes(std::span(bytes));
  return {view.begin(), view.end()};
}

TrainOptions small_options() {
  TrainOptions options;
  options.threads = 1;
  options.order = 3;
  options.prune_counts = {0};
  return options;
}

}  // namespace

std::vector<std::vector<std::byte>> small_models() {
  TrainOptions tokens = small_options();
  tokens.plain_tokens = true;
  tokens.smoothing = Smoothing::kKatz;
  return {train(kText, small_options()), train(kText, tokens)};
}

std::vector<std::vector<std::byte>> models_of_languages() {
  TrainOptions english = small_options();
  english.language = "en";
  TrainOptions russian = small_options();
  russian.language = "ru";
  return {train(kEnglish, english), train(kRussian, russian)};
}

std::vector<std::byte> model_with_lanes() {
  constexpr std::size_t kDocuments = 12;
  TrainOptions options = small_options();
  options.lanes = true;
  options.lane_least_count = 1;
  options.language = "en";
  return train(text::testing::topical_text(kDocuments, 1), options);
}

}  // namespace tercet::fuzz
