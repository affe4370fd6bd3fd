#include "small_models.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "tercet/train.h"

namespace tercet::fuzz {
namespace {

constexpr const char* kText =
    "The cat sat on the mat. The cat ate the fish, and the dog slept.\n"
    "The iPhone rang. Кошка ест рыбу. Ёлка стоит в углу; кошка спит.\n"
    "The dog sat on the cat. The fish slept, and the mat sat on the dog.\n";

std::vector<std::byte> train(const std::filesystem::path& directory, const TrainOptions& options) {
  const std::filesystem::path input = directory / "text";
  const std::filesystem::path output = directory / "model.tct";
  std::ofstream(input) << kText;
  if (!train_model({&input, 1}, output, options).ok()) std::abort();
  std::ifstream file(output, std::ios::binary);
  const std::string bytes{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  const auto view = std::as_bytes(std::span(bytes));
  return {view.begin(), view.end()};
}

}  // namespace

std::vector<std::vector<std::byte>> small_models() {
  std::string name = (std::filesystem::temp_directory_path() / "tercet-fuzz.XXXXXX").native();
  if (::mkdtemp(name.data()) == nullptr) std::abort();
  TrainOptions text;
  text.threads = 1;
  text.order = 3;
  text.prune_counts = {0};
  TrainOptions tokens = text;
  tokens.plain_tokens = true;
  tokens.smoothing = Smoothing::kKatz;
  std::vector<std::vector<std::byte>> models{train(name, text), train(name, tokens)};
  std::filesystem::remove_all(name);
  return models;
}

}  // namespace tercet::fuzz
