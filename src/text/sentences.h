// The sentences of a text.
#ifndef TERCET_TEXT_SENTENCES_H_
#define TERCET_TEXT_SENTENCES_H_

#include <span>
#include <string_view>
#include <vector>

#include "text/lines.h"
#include "text/tokenizer.h"

namespace tercet::text {

/// Calls `sentence` with the words and signs of each sentence of `clean_text` (see clean()) as they
/// are written: std::span<const std::string_view>, which lives for the call only. A line's end ends
/// a sentence.
template <class Sentence>
void for_each_sentence(std::string_view clean_text, const Tokenizer& tokenizer,
                       Sentence&& sentence) {
  std::vector<Token> tokens;
  std::vector<std::string_view> words;
  const auto finish = [&] {
    if (!words.empty()) sentence(std::span<const std::string_view>(words));
    words.clear();
  };
  for_each_line(clean_text, [&](std::string_view line) {
    tokenizer.tokenize(line, tokens);
    for (const Token& token : tokens) {
      if (token.starts_sentence) finish();
      words.push_back(token.surface);
    }
  });
  finish();
}

}  // namespace tercet::text

#endif  // TERCET_TEXT_SENTENCES_H_
