#include "interop/arpa_reader.h"

#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <vector>

#include "interop/line_reader.h"
#include "interop/word_index.h"

namespace tercet::interop {
namespace {

constexpr std::string_view kSmall =
    "\\data\\\n"          // 1
    "ngram 1=5\n"         // 2
    "ngram 2=3\n"         // 3
    "\n"                  // 4
    "\\1-grams:\n"        // 5
    "-1.0\t<unk>\n"       // 6
    "-99\t<s>\t-0.5\n"    // 7
    "-0.75\t</s>\n"       // 8
    "-0.5\tb\t-0.25\n"    // 9
    "-0.625\ta\t0.125\n"  // 10
    "\n"                  // 11
    "\\2-grams:\n"        // 12
    "-0.25\tb </s>\n"     // 13
    "-0.125\t<s> b\n"     // 14
    "-0.375\t<s> a\n"     // 15
    "\n"                  // 16
    "\\end\\\n";          // 17

Result<ArpaModel> parse(std::string_view text) {
  MemorySource source(text);
  return parse_arpa(source, "x.arpa");
}

/// kSmall with the first `from` replaced.
std::string changed(std::string_view from, std::string_view to) {
  std::string text(kSmall);
  const std::size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return text.replace(at, from.size(), to);
}

std::string replaced_all(std::string text, std::string_view from, std::string_view to) {
  for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size())
    text.replace(at, from.size(), to);
  return text;
}

/// "words: log10 cost, log10 backoff" of each n-gram of order n, to two digits.
std::vector<std::string> ngrams(const ArpaModel& model, std::uint32_t n) {
  const ArpaOrder& order = model.orders[n - 1];
  std::vector<std::string> out;
  for (std::uint32_t entry = 0; entry < order.size(); ++entry) {
    std::string text;
    if (n == 2) {
      const ArpaOrder& lower = model.orders[0];
      for (std::uint32_t context = 0; context < lower.size(); ++context) {
        if (entry >= lower.children(context).begin && entry < lower.children(context).end)
          text += std::string(word_of(model.vocabulary, context)) + " ";
      }
    }
    char numbers[64];
    const double backoff = order.backoffs.empty() ? 0 : double{order.backoffs[entry]};
    std::snprintf(numbers, sizeof numbers, " %.3f %.3f",
                  -double{order.costs[entry]} / kBitsPerLog10, -backoff / kBitsPerLog10 + 0.0);
    out.push_back(text + std::string(word_of(model.vocabulary, order.words[entry])) + numbers);
  }
  return out;
}

const std::vector<std::string> kWords{"<unk> -1.000 0.000", "<s> -inf -0.500", "</s> -0.750 0.000",
                                      "a -0.625 0.125", "b -0.500 -0.250"};
const std::vector<std::string> kPairs{"<s> a -0.375 0.000", "<s> b -0.125 0.000",
                                      "b </s> -0.250 0.000"};

TEST(ArpaReader, SortsWordsAndNgrams) {
  const auto model = parse(kSmall);
  ASSERT_TRUE(model.ok()) << model.error().message;
  ASSERT_EQ(model->orders.size(), 2U);
  EXPECT_EQ(ngrams(*model, 1), kWords);
  EXPECT_EQ(ngrams(*model, 2), kPairs);
  EXPECT_TRUE(model->warnings.empty());
  EXPECT_FALSE(model->mark);
}

TEST(ArpaReader, ReadsTheDialects) {
  const std::pair<const char*, std::string> cases[] = {
      {"CR LF", replaced_all(std::string(kSmall), "\n", "\r\n")},
      {"spaces for tabs", replaced_all(std::string(kSmall), "\t", " ")},
      {"IRSTLM's padded counts", changed("ngram 1=5", "ngram  1=         5 ")},
      {"SRILM: text before the data", "made by a program\n-1 a\n\n" + std::string(kSmall)},
      {"blank lines anywhere", replaced_all(std::string(kSmall), "\n", "\n \t\n")},
      {"KenLM: <s> has log probability 0", changed("-99\t<s>", "0\t<s>")},
      {"-inf", changed("-99\t<s>", "-inf\t<s>")},
      {"explicit backoff weights of 1", changed("-1.0\t<unk>", "-1.0\t<unk>\t-0")},
      {"exponents and signs", changed("0.125\n", "+1.25e-1\n")},
      {"no line end at the end", std::string(kSmall.substr(0, kSmall.size() - 1))},
  };
  for (const auto& [name, text] : cases) {
    const auto model = parse(text);
    ASSERT_TRUE(model.ok()) << name << ": " << model.error().message;
    EXPECT_EQ(ngrams(*model, 1), kWords) << name;
    EXPECT_EQ(ngrams(*model, 2), kPairs) << name;
    EXPECT_TRUE(model->warnings.empty()) << name;
  }
}

TEST(ArpaReader, WarnsOfWhatItMends) {
  const std::tuple<std::string, std::string_view, std::string_view> cases[] = {
      {changed("<unk>", "<UNK>"), "<unk>", "<UNK> read as <unk>"},
      {changed("<unk>", "u"), "u", "no <unk> among the 1-grams: added with probability 0, which"},
      {changed("b </s>\n", "b </s>\t-1\n"), "</s>",
       "1 backoff weight of the highest order ignored"},
  };
  for (const auto& [text, word, warning] : cases) {
    const auto model = parse(text);
    ASSERT_TRUE(model.ok()) << model.error().message;
    ASSERT_EQ(model->warnings.size(), 1U) << warning;
    EXPECT_TRUE(model->warnings[0].starts_with(warning)) << model->warnings[0];
    EXPECT_NE(WordIndex(model->vocabulary).find(word), kNoWord);
  }
}

struct Fault {
  std::string text;
  std::uint32_t line;
  std::string_view message;
};

TEST(ArpaReader, NamesTheLineOfEveryFault) {
  const std::string small(kSmall);
  const Fault faults[] = {
      {"", 1, "the file is empty"},
      {"\n\n", 2, "no line \\data\\"},
      {"Once upon a time\nthere was\nno model", 3, "no line \\data\\"},
      {std::string("\x01\x02\0\n", 4), 1, "NUL byte"},
      {changed("b\t-0.25", std::string_view("b\0\t-0.25", 8)), 9, "NUL byte"},
      {std::string(3 << 20, 'x'), 1, "more than 1 MiB"},
      {changed("ngram 1=5", "ngram one=5"), 2, "\"ngram one=5\" where a line like"},
      {changed("ngram 1=5", "ngram 1=-5"), 2, "where a line like"},
      {changed("ngram 1=5", "ngram 1=99999999999999999999"), 2, "where a line like"},
      {changed("ngram 2", "ngram 3"), 3, "the count of order 3 where order 2 was expected"},
      {changed("ngram 1=5", "ngram 1=0"), 5, "no 1-grams"},
      {changed("ngram 1=5\nngram 2=3\n", ""), 3, "no 1-grams"},
      {changed("\\1-grams:", "\\2-grams:"), 5, "\"\\2-grams:\" where \\1-grams: was expected"},
      {changed("\\2-grams:", "\\3-grams:"), 12, "\"\\3-grams:\" where \\2-grams: was expected"},
      {changed("ngram 1=5", "ngram 1=4"), 10, "one 1-gram more than the 4"},
      {changed("ngram 1=5", "ngram 1=6"), 12, "the section ends after 5 of 6 1-grams"},
      {changed("ngram 2=3", "ngram 2=18446744073709551615"), 17, "after 3 of 18446744073709551615"},
      {changed("-0.5\tb", "half\tb"), 9, "\"half\" where a log10 probability"},
      {changed("-0.5\tb", "-0.5x\tb"), 9, "\"-0.5x\" where a log10 probability"},
      {changed("-0.5\tb", "nan\tb"), 9, "\"nan\" where a log10 probability"},
      {changed("-0.5\tb", "0.5\tb"), 9, "log10 probability 0.5 is greater than 0"},
      {changed("-0.5\tb", "inf\tb"), 9, "log10 probability inf is greater than 0"},
      {changed("b\t-0.25", "b\tx"), 9, "\"x\" where the log10 of a backoff weight"},
      {changed("b\t-0.25", "b\tnan"), 9, "\"nan\" where the log10 of a backoff weight"},
      {changed("b\t-0.25", "b\t1e30"), 9, "\"1e30\" where the log10 of a backoff weight"},
      {changed("b </s>", "b"), 13, "2 columns; a 2-gram is a log10 probability, 2 words"},
      {changed("b </s>", "b </s> -1 a"), 13, "more than 4 columns"},
      {changed("b </s>", "c </s>"), 13, "the word \"c\" is not among the 1-grams"},
      {changed("-0.625\ta", "-0.625\tb"), 10, "the word \"b\" again; it was in line 9"},
      {changed("<s> a\n", "<s> b\n"), 15, "this 2-gram again; it was in line 14"},
      {changed("\\end\\", "\\3-grams:"), 17, "where \\end\\ was expected"},
      {changed("\\end\\\n", ""), 16, "the file ends where \\end\\ was expected"},
      {small + "\n\\data\\\n", 19, "text after \\end\\"},
      {small.substr(0, small.find("ngram 2")), 2, "the file ends where a line \\1-grams:"},
      {small.substr(0, small.find("-0.125")), 13,
       "the file ends where the rest of the n-grams (1 of 3"},
  };
  for (const Fault& fault : faults) {
    const auto model = parse(fault.text);
    ASSERT_FALSE(model.ok()) << fault.message;
    const std::string& message = model.error().message;
    EXPECT_EQ(model.error().code, ErrorCode::kCorrupt) << message;
    EXPECT_TRUE(message.starts_with("x.arpa:" + std::to_string(fault.line) + ": ")) << message;
    EXPECT_NE(message.find(fault.message), std::string::npos) << message << "\n" << fault.message;
  }
}

TEST(ArpaReader, RecognisesOtherFormats) {
  const std::pair<std::string_view, std::string_view> cases[] = {
      {"mmap lm http://kheafield.com/code format version 5\n", "a KenLM binary"},
      {"blmt 3 1 2\n", "an IRSTLM binary"},
      {"iARPA\n\n\\data\\\n", "compile-lm --text=yes"},
      {"\x89TCT\r\n", "a tercet model already"},
  };
  for (const auto& [text, message] : cases) {
    const auto model = parse(text);
    ASSERT_FALSE(model.ok()) << text;
    EXPECT_EQ(model.error().code, ErrorCode::kUnsupported);
    EXPECT_TRUE(model.error().message.starts_with("x.arpa:1: ")) << model.error().message;
    EXPECT_NE(model.error().message.find(message), std::string::npos) << model.error().message;
  }
}

/// A file with one n-gram "w w ... w" of each order up to `order`, or of the first and last only.
std::string tower(std::uint32_t order, bool closed) {
  std::string text = "\\data\\\n";
  for (std::uint32_t n = 1; n <= order; ++n)
    text += "ngram " + std::to_string(n) + "=" + (closed || n == 1 || n == order ? "1\n" : "0\n");
  std::string words;
  for (std::uint32_t n = 1; n <= order; ++n) {
    text += "\\" + std::to_string(n) + "-grams:\n";
    words += n == 1 ? "w" : " w";
    if (closed || n == 1 || n == order) text += "-0.5\t" + words + (n < order ? "\t-0.25\n" : "\n");
  }
  return text + "\\end\\\n";
}

TEST(ArpaReader, ReadsUpToTheGreatestOrder) {
  EXPECT_EQ(parse(tower(kMaxOrder, true))->orders.size(), kMaxOrder);
  const auto model = parse(tower(kMaxOrder + 1, true));
  ASSERT_FALSE(model.ok());
  EXPECT_EQ(model.error().code, ErrorCode::kUnsupported);
  EXPECT_TRUE(model.error().message.starts_with("x.arpa:10: order 9; ")) << model.error().message;
}

TEST(ArpaReader, EmptyHighestOrdersAreLeftOut) {
  std::string text = changed("ngram 2=3\n", "ngram 2=3\nngram 3=0\n");
  text = text.replace(text.find("\\end\\"), 0, "\\3-grams:\n\n");
  const auto model = parse(text);
  ASSERT_TRUE(model.ok()) << model.error().message;
  EXPECT_EQ(model->orders.size(), 2U);
  EXPECT_EQ(ngrams(*model, 2), kPairs);
  ASSERT_EQ(model->warnings.size(), 1U);
  EXPECT_EQ(model->warnings[0], "no n-grams beyond order 2: imported as a model of that");
}

TEST(ArpaReader, FillsInMissingContexts) {
  const auto model = parse(tower(6, false));
  ASSERT_TRUE(model.ok()) << model.error().message;
  ASSERT_EQ(model->orders.size(), 6U);
  for (std::uint32_t n = 2; n < 6; ++n) {
    ASSERT_EQ(model->orders[n - 1].size(), 1U);
    EXPECT_TRUE(std::isnan(model->orders[n - 1].costs[0]));
    EXPECT_EQ(model->orders[n - 1].backoffs[0], 0);
  }
  EXPECT_EQ(model->warnings.back(),
            "4 n-grams added that longer ones begin with, with the probability that backing off "
            "gives");
}

TEST(ArpaReader, FillingInKeepsWhatIsThere) {
  std::string text = "\\data\\\nngram 1=6\nngram 2=2\nngram 3=4\n\\1-grams:\n";
  for (const char* word : {"<unk>", "<s>", "</s>", "a", "b", "c"})
    text += std::string("-1\t") + word + "\n";
  text += "\\2-grams:\n-0.2\ta c\t-0.1\n-0.3\tb b\n\\3-grams:\n";
  for (const char* line : {"-0.4\tb b c", "-0.5\ta b b", "-0.6\tc a a", "-0.7\ta c a"})
    text += std::string(line) + "\n";
  const auto model = parse(text + "\\end\\\n");
  ASSERT_TRUE(model.ok()) << model.error().message;
  const std::vector<std::string> pairs{"a b -nan 0.000", "a c -0.200 -0.100", "b b -0.300 0.000",
                                       "c a -nan 0.000"};
  std::vector<std::string> found = ngrams(*model, 2);
  for (std::string& pair : found) pair = replaced_all(pair, " nan", " -nan");
  EXPECT_EQ(found, pairs);
  const auto id = [&](std::string_view word) { return WordIndex(model->vocabulary).find(word); };
  const auto cost = [&](std::vector<WordId> words) {
    const std::uint32_t entry = model->find(words);
    EXPECT_NE(entry, model::kNoEntry);
    return -double{model->orders[2].costs[entry]} / kBitsPerLog10;
  };
  EXPECT_NEAR(cost({id("b"), id("b"), id("c")}), -0.4, 1e-6);
  EXPECT_NEAR(cost({id("a"), id("b"), id("b")}), -0.5, 1e-6);
  EXPECT_NEAR(cost({id("c"), id("a"), id("a")}), -0.6, 1e-6);
  EXPECT_NEAR(cost({id("a"), id("c"), id("a")}), -0.7, 1e-6);
}

TEST(ArpaReader, AnyCutIsAnErrorOrWhole) {
  for (std::size_t size = 0; size + 6 < kSmall.size(); ++size)
    EXPECT_FALSE(parse(kSmall.substr(0, size)).ok()) << size;
}

TEST(LineReader, LinesDoNotDependOnThePiecesThatComeIn) {
  class OneByte final : public TextSource {
   public:
    explicit OneByte(std::string_view text) : memory_(text) {}
    Result<std::size_t> read(std::span<char> out) override { return memory_.read(out.first(1)); }

   private:
    MemorySource memory_;
  };
  OneByte source("one\r\n\ntwo");
  LineReader lines(source, "x");
  EXPECT_TRUE(lines.starts_with("one"));
  EXPECT_FALSE(lines.starts_with("two"));
  std::vector<std::string> found;
  for (std::string_view line; lines.next(line);) found.emplace_back(line);
  EXPECT_EQ(found, (std::vector<std::string>{"one", "", "two"}));
  EXPECT_EQ(lines.number(), 3U);
  EXPECT_TRUE(lines.status().ok());
}

}  // namespace
}  // namespace tercet::interop
