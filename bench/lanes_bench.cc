// What the lanes cost beside the list of likely words. Usage: lanes_bench TEXT MODEL.tct
// TEXT is typed letter by letter, in documents of 400 words; each time is one thread's.
#include <algorithm>
#include <cstdio>
#include <ctime>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "lanes/fit.h"
#include "session/lexicon.h"
#include "session/voice.h"
#include "tercet/lanes.h"
#include "text/fold.h"
#include "text/lines.h"
#include "text/tokenizer.h"

namespace {

constexpr std::size_t kWords = 20'000;
constexpr std::size_t kDocument = 400;
constexpr std::size_t kListed = 5;

/// Microseconds that this thread was at work: what else the machine does is not counted.
double now() {
  timespec at{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &at);
  return 1e6 * static_cast<double>(at.tv_sec) + 1e-3 * static_cast<double>(at.tv_nsec);
}

struct Times {
  explicit Times(const char* of) : name(of) {}

  const char* name;
  std::vector<double> all;

  template <class Work>
  double add(const Work& work) {
    const double start = now();
    work();
    all.push_back(now() - start);
    return all.back();
  }
};

void print(Times& times) {
  std::sort(times.all.begin(), times.all.end());
  const auto at = [&](double share) {
    return times.all[static_cast<std::size_t>(share * static_cast<double>(times.all.size() - 1))];
  };
  std::printf("%-46s %8.2f %8.2f %8.2f %9.2f us, %zu times\n", times.name, at(0.5), at(0.9),
              at(0.99), at(0.999), times.all.size());
}

class Bench {
 public:
  explicit Bench(std::shared_ptr<const tercet::session::Lexicon> lexicon)
      : lexicon_(std::move(lexicon)), fit_(lexicon_->lanes()->table()) {}

  void type(const tercet::text::Token& token) {
    if (words_++ % kDocument == 0) begin_document();
    if (token.starts_sentence) voice_->end_sentence();
    std::string folded;
    tercet::text::fold(token.surface, lexicon_->language(), folded);
    list({}, first_);
    for (std::size_t i = 1; i < folded.size(); ++i) {
      if ((static_cast<unsigned char>(folded[i]) & 0xC0U) != 0x80U)
        list(std::string_view(folded).substr(0, i), further_);
    }
    const tercet::WordId word = voice_->hear(token.surface);
    commit_.add([&] {
      fit_.push(lexicon_->lanes()->table().class_of(word));
      fit_.ratios();
    });
    voice_->write(word, token.surface, token.starts_sentence);
  }

  bool done() const noexcept { return words_ >= kWords; }

  void report() {
    std::printf("%-46s %8s %8s %8s %9s\n", "", "median", "90 %", "99 %", "99.9 %");
    for (Times* times : {&typical_, &first_, &further_, &all_, &commit_}) print(*times);
  }

 private:
  void begin_document() {
    voice_ = std::make_unique<tercet::session::Voice>(lexicon_);
    voice_->follow_lanes({});
    fit_.assign({});
  }

  void list(std::string_view prefix, Times& lanes) {
    const double typical = typical_.add([&] { voice_->top(prefix, kListed); });
    const double rest = lanes.add([&] {
      for (const tercet::Lane lane : {tercet::Lane::kRare, tercet::Lane::kGenius})
        voice_->lane(lane, prefix, kListed, tercet::kBoldGate);
    });
    all_.all.push_back(typical + rest);
  }

  std::shared_ptr<const tercet::session::Lexicon> lexicon_;
  tercet::lanes::Fit fit_;
  std::unique_ptr<tercet::session::Voice> voice_;
  std::size_t words_ = 0;
  Times typical_{"five typical words"};
  Times first_{"five rare, five genius, before the first letter"};
  Times further_{"the same, a letter further"};
  Times all_{"all three lanes, any key"};
  Times commit_{"a word more in the text: the fit of all classes"};
};

}  // namespace

int main(int count, char** arguments) {
  if (count != 3) {
    std::fprintf(stderr, "usage: lanes_bench TEXT MODEL.tct\n");
    return 2;
  }
  std::ifstream file(arguments[1]);
  const std::string text((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
  const auto model = tercet::Model::open(arguments[2]);
  const auto lexicon =
      model ? tercet::session::Lexicon::make(*model, {}, {}) : std::move(model).error();
  if (!lexicon || (*lexicon)->lanes() == nullptr) {
    std::fprintf(
        stderr, "%s\n",
        lexicon ? "the model was trained without --lanes" : lexicon.error().message.c_str());
    return 1;
  }
  Bench bench(*lexicon);
  const tercet::text::Tokenizer tokenizer((*lexicon)->language());
  std::vector<tercet::text::Token> tokens;
  tercet::text::for_each_line(text, [&](std::string_view line) {
    tokenizer.tokenize(line, tokens);
    for (const tercet::text::Token& token : tokens) {
      if (!bench.done()) bench.type(token);
    }
  });
  bench.report();
}
