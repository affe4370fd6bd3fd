// Texts and places that training does not expect.
#include <gtest/gtest.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <limits>
#include <set>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "exercise.h"
#include "os/system.h"
#include "tercet/train.h"
#include "training.h"

namespace tercet::testing {
namespace {

namespace fs = std::filesystem;
using namespace std::string_view_literals;

TrainOptions plain() {
  TrainOptions options;
  options.plain_tokens = true;
  options.threads = 2;
  return options;
}

TrainOptions text() {
  TrainOptions options;
  options.threads = 2;
  return options;
}

/// Names in a directory, hidden ones too.
std::set<std::string> names(const fs::path& directory) {
  std::set<std::string> out;
  for (const auto& entry : fs::directory_iterator(directory)) out.insert(entry.path().filename());
  return out;
}

/// Trains on `content`; on an error nothing but the input may be left.
Result<TrainReport> attempt(std::string_view content, const TrainOptions& options) {
  const TemporaryDirectory directory;
  const fs::path input = directory.write("in", content);
  auto report = train_model({&input, 1}, directory.path() / "out.tct", options);
  if (!report.ok()) {
    EXPECT_EQ(names(directory.path()), std::set<std::string>{"in"});
    EXPECT_FALSE(report.error().message.empty());
    return report;
  }
  EXPECT_EQ(names(directory.path()), (std::set<std::string>{"in", "out.tct"}));
  const auto model = Model::open(directory.path() / "out.tct");
  EXPECT_TRUE(model.ok()) << (model.ok() ? "" : model.error().message);
  if (model.ok()) exercise(*model);
  return report;
}

void expect_error(const Result<TrainReport>& report, ErrorCode code, std::string_view part) {
  ASSERT_FALSE(report.ok());
  EXPECT_EQ(report.error().code, code);
  EXPECT_NE(report.error().message.find(part), std::string::npos) << report.error().message;
}

TEST(TrainingText, WithoutWords) {
  for (const std::string& content : {std::string(), std::string("\n\n\n"), std::string("  \t \r\n"),
                                     std::string("\xEF\xBB\xBF")}) {
    expect_error(attempt(content, text()), ErrorCode::kInvalidArgument, "no words");
    if (content != "\xEF\xBB\xBF")  // A token like any other where nothing is cleaned.
      expect_error(attempt(content, plain()), ErrorCode::kInvalidArgument, "no words");
  }
}

TEST(TrainingText, OneWord) {
  for (const auto& options : {plain(), text()}) {
    for (const std::string_view content : {"word", "word\n", "\n\nword"}) {
      const auto report = attempt(content, options);
      ASSERT_TRUE(report.ok()) << report.error().message;
      EXPECT_EQ(report->tokens, 1U);
      EXPECT_EQ(report->vocabulary, kFirstWord + 1);
    }
  }
}

TEST(TrainingText, TheSameLineAgainAndAgain) {
  std::string content;
  for (int i = 0; i < 20'000; ++i) content += "word\n";
  for (int method = 0; method < 8; ++method) {
    for (TrainOptions options : {plain(), text()}) {
      options.smoothing = static_cast<Smoothing>(method);
      const auto report = attempt(content, options);
      ASSERT_TRUE(report.ok()) << report.error().message;
      EXPECT_EQ(report->tokens, 20'000U);
      EXPECT_EQ(report->ngrams[0], kFirstWord + 1);
    }
  }
}

TEST(TrainingText, ZeroBytesAndBadUtf8) {
  const std::string_view bad = "a\0b \xFF\xFE c\xC3\n\xED\xA0\x80 \xF4\x90\x80\x80 \0\0\n"sv;
  const auto as_text = attempt(bad, text());
  ASSERT_TRUE(as_text.ok());
  EXPECT_GT(as_text->invalid_sequences, 0U);
  EXPECT_NE(as_text->first_invalid.find("byte 4"), std::string::npos) << as_text->first_invalid;
  EXPECT_TRUE(attempt(bad, plain()).ok());
  std::string noise;  // Every byte value, every length of run.
  for (std::uint32_t i = 0; i < 200'000; ++i) noise += static_cast<char>(i * i >> 7);
  EXPECT_TRUE(attempt(noise, text()).ok());
  EXPECT_TRUE(attempt(noise, plain()).ok());
}

TEST(TrainingText, SentenceMarksInTheText) {
  const auto report = attempt("<s> a b </s>\n<unk> a\n", plain());
  ASSERT_TRUE(report.ok());
  EXPECT_EQ(report->vocabulary, kFirstWord + 2);
  EXPECT_FALSE(report->warnings.empty());
  TrainOptions limited = plain();  // They take no place among the words that are kept.
  limited.vocabulary_limit = 1;
  const Model model = train("<s> <unk> <unk> <unk> </s>\n<unk> a b a\n", limited).model;
  EXPECT_EQ(model.vocabulary_size(), kFirstWord + 1);
  EXPECT_EQ(model.id("a"), kFirstWord);
}

/// Much text without a line end must not need memory or time out of proportion. No clock is asked:
/// the machine may be busy. What is quadratic takes hours, and ctest ends it.
void train_on_one_line(const std::string& unit, const TrainOptions& options,
                       std::size_t bytes = 100'000'000) {
  std::string content;
  content.reserve(bytes + unit.size());
  while (content.size() < bytes) content += unit;
  const auto report = attempt(content, options);
  ASSERT_TRUE(report.ok()) << report.error().message;
  EXPECT_LT(os::peak_resident_bytes(), std::uint64_t{3} << 30);
}
TEST(HugeLine, OfWords) { train_on_one_line("one two three four five six. ", text()); }
TEST(HugeLine, OfTokens) { train_on_one_line("one two three four five six ", plain()); }
TEST(HugeLine, OfOneWord) {
  train_on_one_line("x", text());
  train_on_one_line("x", plain());
}
TEST(HugeLine, OfContinuationBytes) {
  constexpr std::size_t kBytes = 10'000'000;  // Each becomes a token.
  train_on_one_line("\x80", text(), kBytes);
  train_on_one_line("\x80", plain(), kBytes);
}

TEST(HugeLine, IsNotCutInsideAToken) {
  std::string content;
  for (int i = 0; i < 400'000; ++i) content += "token" + std::to_string(i % 1000) + "\t";
  const auto report = attempt(content, plain());
  ASSERT_TRUE(report.ok()) << report.error().message;
  EXPECT_EQ(report->tokens, 400'000U);
  EXPECT_EQ(report->vocabulary, kFirstWord + 1000);
}

TEST(Options, OutOfRange) {
  const auto reject = [](auto change) {
    TrainOptions options = plain();
    change(options);
    expect_error(attempt("a b\n", options), ErrorCode::kInvalidArgument, "");
  };
  using O = TrainOptions;
  constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
  reject([](O& o) { o.order = 0; });
  reject([](O& o) { o.order = kMaxOrder + 1; });
  reject([](O& o) { o.prune_counts = {}; });
  reject([](O& o) { o.prune_counts = {0, 2, 1}; });
  reject([](O& o) { o.additive_delta = 0; });
  reject([](O& o) { o.additive_delta = -1; });
  reject([](O& o) { o.additive_delta = kNan; });
  reject([](O& o) { o.additive_delta = std::numeric_limits<double>::infinity(); });
  reject([](O& o) { o.prune_entropy = -1; });
  reject([](O& o) { o.prune_entropy = kNan; });
  reject([](O& o) { o.memory = 1000; });
  reject([](O& o) {
    o.smoothing = Smoothing::kStupidBackoff;
    o.prune_entropy = 1e-8;
  });
  TrainOptions options;
  expect_error(train_model({}, "/tmp/never.tct", options), ErrorCode::kInvalidArgument, "no text");
}

TEST(Paths, InputMissing) {
  const TemporaryDirectory directory;
  const fs::path inputs[] = {directory.write("in", "a b\n"), directory.path() / "none"};
  expect_error(train_model(inputs, directory.path() / "out.tct", plain()), ErrorCode::kIo, "none");
  EXPECT_EQ(names(directory.path()), std::set<std::string>{"in"});
}

TEST(Paths, OutputImpossible) {
  const TemporaryDirectory directory;
  const fs::path input = directory.write("in", "a b\n");
  expect_error(train_model({&input, 1}, directory.path() / "no" / "out.tct", plain()),
               ErrorCode::kIo, "no");
  fs::create_directory(directory.path() / "dir");
  expect_error(train_model({&input, 1}, directory.path() / "dir", plain()),
               ErrorCode::kInvalidArgument, "directory");
  TrainOptions options = plain();
  options.temporary = directory.path() / "missing";
  expect_error(train_model({&input, 1}, directory.path() / "out.tct", options), ErrorCode::kIo,
               "missing");
  EXPECT_EQ(names(directory.path()), (std::set<std::string>{"in", "dir"}));
}

TEST(Paths, AFailureKeepsTheOldModel) {
  const TemporaryDirectory directory;
  const fs::path input = directory.write("in", "\n");
  const fs::path output = directory.write("out.tct", "old");
  EXPECT_FALSE(train_model({&input, 1}, output, plain()).ok());
  EXPECT_EQ(read_file(output), "old");
}

/// The phases a training goes through, in order.
std::vector<std::string> phases(const std::string& content, TrainOptions options) {
  std::vector<std::string> seen;
  options.progress = [&](const TrainProgress& progress) {
    EXPECT_GE(progress.fraction, 0);
    EXPECT_LE(progress.fraction, 1);
    if (seen.empty() || seen.back() != progress.phase) seen.emplace_back(progress.phase);
  };
  EXPECT_TRUE(attempt(content, options).ok());
  return seen;
}

void cancel_in_each_phase(const std::string& content, const TrainOptions& options) {
  const auto all = phases(content, options);
  EXPECT_GE(all.size(), 4U);
  for (const std::string& phase : all) {
    std::stop_source stop;
    TrainOptions cancelled = options;
    cancelled.stop = stop.get_token();
    cancelled.progress = [&](const TrainProgress& progress) {
      if (progress.phase == phase) stop.request_stop();
    };
    const auto report = attempt(content, cancelled);
    ASSERT_FALSE(report.ok()) << "cancelled during " << phase;
    EXPECT_EQ(report.error().code, ErrorCode::kCancelled) << phase;
  }
}

TEST(Cancel, InEachPhaseLeavesNothing) {
  cancel_in_each_phase("a b c\na b\n", plain());
  TrainOptions options = text();
  cancel_in_each_phase("A cat. A dog sat.\n", options);
  options.order = 1;
  cancel_in_each_phase("A cat. A dog sat.\n", options);
  options.order = 3;
  options.prune_entropy = 1e-3;
  cancel_in_each_phase("A cat. A dog sat.\n", options);
  std::string longer;
  for (int i = 0; i < 200'000; ++i)
    longer += "w" + std::to_string(i * 7 % 5003) + (i % 9 ? " " : "\n");
  cancel_in_each_phase(longer, plain());
}

TEST(Cancel, InEachPhaseOfLanesLeavesNothing) {
  std::string content;  // Letters only, so that they are words; in no two documents the same ones.
  for (int i = 0; i < 30'000; ++i) {
    const int word = i * i % 1009;
    content += {static_cast<char>('a' + word % 10), static_cast<char>('a' + word / 10 % 10),
                static_cast<char>('a' + word / 100), 'k', i % 9 != 0 ? ' ' : '\n'};
  }
  TrainOptions options = text();
  options.lanes = true;
  options.order = 2;
  const auto all = phases(content, options);
  for (const char* const phase : {"associate", "null"})
    EXPECT_NE(std::find(all.begin(), all.end(), phase), all.end()) << phase;
  cancel_in_each_phase(content, options);
  options.prune_entropy = 1e-6;
  cancel_in_each_phase(content, options);
}

TEST(TrainingOptions, LanesNeedWords) {
  TrainOptions options = plain();
  options.lanes = true;
  expect_error(attempt("a b\n", options), ErrorCode::kInvalidArgument, "plain tokens");
  options = text();
  options.lanes = true;
  for (const std::uint32_t least : {0U, 256U}) {
    options.lane_least_count = least;
    expect_error(attempt("a b\n", options), ErrorCode::kInvalidArgument, "1 to 255");
  }
}

TEST(Cancel, BeforeTheBeginning) {
  std::stop_source stop;
  stop.request_stop();
  TrainOptions options = plain();
  options.stop = stop.get_token();
  expect_error(attempt("a b\n", options), ErrorCode::kCancelled, "");
}

constexpr int kSkipped = 77;

/// Runs `body` in a child process in which `directory` is a disk of 2 MiB.
int on_a_small_disk(const fs::path& directory, const std::function<int()>& body) {
  const pid_t child = ::fork();
  if (child == 0) {
    if (::unshare(CLONE_NEWNS) != 0) ::_exit(kSkipped);
    ::mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr);
    if (::mount("tmpfs", directory.c_str(), "tmpfs", 0, "size=2m") != 0) ::_exit(kSkipped);
    ::_exit(body());
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128;
}

TEST(Paths, FullDisk) {
  const TemporaryDirectory directory;
  const TemporaryDirectory small;
  std::string content;
  for (int i = 0; i < 400'000; ++i)
    content += "w" + std::to_string(i * 17 % 30'011) + (i % 9 ? " " : "\n");
  const fs::path input = directory.write("in", content);
  for (const bool temporary_elsewhere : {false, true}) {
    const int status = on_a_small_disk(small.path(), [&] {
      TrainOptions options = plain();
      if (temporary_elsewhere) options.temporary = directory.path();
      const auto report = train_model({&input, 1}, small.path() / "out.tct", options);
      if (report.ok()) return 1;
      if (report.error().code != ErrorCode::kIo) return 2;
      return names(small.path()).empty() ? 0 : 3;
    });
    if (status == kSkipped) GTEST_SKIP() << "needs the right to mount a small disk";
    EXPECT_EQ(status, 0);
    EXPECT_EQ(names(directory.path()), std::set<std::string>{"in"});
  }
}

}  // namespace
}  // namespace tercet::testing
