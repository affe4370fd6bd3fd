// What a key costs a person who has written much: the session's list of 5 words and a phrase, and
// what learning a word takes. Usage: session_bench TEXT MODEL.tct...
// The first 100 000 words of TEXT are the person's, the next 5 000 are typed letter by letter.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "session/lexicon.h"
#include "session/voice.h"
#include "tercet/session.h"
#include "text/language.h"
#include "text/lines.h"
#include "text/sentences.h"
#include "text/tokenizer.h"

namespace {

using Clock = std::chrono::steady_clock;
using Sentence = std::vector<std::string_view>;

constexpr std::size_t kRemembered = 100'000;
constexpr std::size_t kTyped = 5'000;

double since(Clock::time_point start) {
  return std::chrono::duration<double, std::micro>(Clock::now() - start).count();
}

void print(const char* name, std::vector<double>& times) {
  std::sort(times.begin(), times.end());
  const auto at = [&](double share) {
    return times[static_cast<std::size_t>(share * static_cast<double>(times.size() - 1))];
  };
  std::printf("%-34s %8.2f %8.2f %8.2f %9.2f us, %zu times\n", name, at(0.5), at(0.9), at(0.99),
              at(0.999), times.size());
}

struct Text {
  std::vector<Sentence> sentences;
  std::size_t words = 0;
  std::string_view rest;  ///< What follows them.
};

/// The sentences of the first `most` tokens.
Text read(std::string_view text, const tercet::text::Language& language, std::size_t most) {
  Text out;
  const tercet::text::Tokenizer tokenizer(language);
  tercet::text::for_each_line(text, [&](std::string_view line) {
    if (out.words >= most) return;
    tercet::text::for_each_sentence(line, tokenizer,
                                    [&out](std::span<const std::string_view> words) {
                                      out.sentences.emplace_back(words.begin(), words.end());
                                      out.words += words.size();
                                    });
    out.rest = text.substr(static_cast<std::size_t>(line.data() - text.data()) + line.size());
  });
  return out;
}

void type(tercet::Session& session, std::string_view text) {
  std::vector<double> updates;
  std::vector<double> lists;
  std::string before;
  std::size_t words = 0;
  for (std::size_t at = 0; at < text.size() && words < kTyped; ++at) {
    before += text[at];
    if (at + 1 < text.size() && (static_cast<unsigned char>(text[at + 1]) & 0xC0U) == 0x80U)
      continue;
    auto start = Clock::now();
    session.update(before);
    updates.push_back(since(start));
    start = Clock::now();
    session.suggest();
    lists.push_back(since(start));
    words += text[at] == ' ' ? 1 : 0;
  }
  std::printf("\n%-34s %8s %8s %8s %9s\n", "", "median", "90 %", "99 %", "99.9 %");
  print("a key, before the list", updates);
  print("the list: 5 words and a phrase", lists);
}

}  // namespace

int main(int count, char** arguments) {
  if (count < 3) {
    std::fprintf(stderr, "usage: session_bench TEXT MODEL.tct...\n");
    return 2;
  }
  std::ifstream file(arguments[1]);
  const std::string text((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
  std::vector<tercet::Model> models;
  for (int i = 2; i < count; ++i) {
    auto model = tercet::Model::open(arguments[i]);
    if (!model) {
      std::fprintf(stderr, "%s\n", model.error().message.c_str());
      return 1;
    }
    models.push_back(std::move(*model));
  }
  const auto& language = tercet::text::language(models.front().info().language);
  const Text past = read(text, language, kRemembered);

  const auto lexicon = tercet::session::Lexicon::make(models.front(), {}, {});
  tercet::session::Voice voice(*lexicon);
  auto start = Clock::now();
  for (const Sentence& sentence : past.sentences) voice.remember(sentence);
  std::printf("remembered, a word and model       %8.2f us, spelling included\n",
              since(start) / static_cast<double>(past.words));

  start = Clock::now();
  const auto repertoire = tercet::Repertoire::make(models);
  std::printf("repertoire of %zu models            %8.1f ms\n", models.size(), since(start) / 1000);
  tercet::Session session(*repertoire);
  for (const Sentence& sentence : past.sentences) session.remember(sentence);
  type(session, past.rest);
}
