// Help for tests: small models, trained on the spot.
#ifndef TERCET_SERVE_TESTING_H_
#define TERCET_SERVE_TESTING_H_

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "serve/models.h"
#include "tercet/train.h"

namespace tercet::serve::testing {

inline OpenedModel train(const std::string& stem, std::string_view text, TrainOptions options) {
  const std::filesystem::path directory =
      ::testing::TempDir() + "tercet_serve_" + std::to_string(getpid());
  std::filesystem::create_directories(directory);
  const std::filesystem::path input = directory / "text";
  std::filesystem::path output = directory / (stem + ".tct");
  std::ofstream(input) << text;
  options.prune_counts = {0};
  const auto report = train_model({&input, 1}, output, options);
  auto model = report.ok() ? Model::open(output) : Result<Model>(report.error());
  std::filesystem::remove_all(directory);  // A mapping outlives its file.
  if (!model.ok()) throw std::runtime_error(model.error().message);
  return {std::move(output), std::move(*model)};
}

inline OpenedModel train_english() {
  std::string text;
  for (const char* who : {"we", "they", "you", "Anna"}) {
    for (const char* what : {"read the letter", "want to see it", "want to write a letter",
                             "have seen the house, too", "wrote to Anna about it"}) {
      for (const char* when : {"today", "again", "at home"})
        text += std::string(who) + ' ' + what + ' ' + when + ". ";
      text += '\n';
    }
  }
  return train("en", text, {});
}

inline OpenedModel train_russian() {
  TrainOptions options;
  options.language = "ru";
  return train("ru", "Мы читаем письмо дома. Они читали письмо вчера.\nМы пишем письмо.\n",
               options);
}

inline OpenedModel train_tokens() {
  TrainOptions options;
  options.plain_tokens = true;
  return train("plain", "the cat sat\nthe cat ran\nthe dog sat\n", options);
}

/// "en", "ru" and "plain"; trained once.
inline const Models& models() {
  static const Models kModels = [] {
    std::vector<OpenedModel> opened;
    opened.push_back(train_english());
    opened.push_back(train_russian());
    opened.push_back(train_tokens());
    auto made = Models::make(std::move(opened));
    if (!made.ok()) throw std::runtime_error(made.error().message);
    return std::move(*made);
  }();
  return kModels;
}

inline const Model& model(std::string_view name) { return models().find(name)->model; }

}  // namespace tercet::serve::testing

#endif  // TERCET_SERVE_TESTING_H_
