#include "store/records.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

namespace tercet::store {
namespace {

TEST(Records, LinesReadBack) {
  const LessonRecord lesson{
      .id = {5, 7}, .time = 4, .undone = true, .language = "en", .source = "a\tb\\c\nd\re"};
  EXPECT_EQ(line_of(lesson), "lesson\t5\t7\t4\t1\t0\ten\ta\\tb\\\\c\\nd\\re");
  const auto read = parse_line(line_of(lesson));
  ASSERT_TRUE(read.ok());
  EXPECT_EQ(line_of(std::get<LessonRecord>(*read)), line_of(lesson));
}

TEST(Records, WrongLinesAreRefused) {
  for (const char* line : {"",
                           "lesson",
                           "lesson\t1\t2\t3\t0\t0\ten",
                           "lesson\t1\t2\t3\t0\t2\ten\ts",
                           "lesson\tx\t2\t3\t0\t0\ten\ts",
                           "lesson\t1\t2\t3\t0\t0\ten\ts\tmore",
                           "lesson\t-1\t2\t3\t0\t0\ten\ts",
                           "lesson\t1\t2\t999999999999999\t0\t0\ten\ts",
                           "lesson\t1\t2\t3\t0\t0\ten\ts\\x",
                           "lesson\t1\t2\t3\t0\t0\ten\ts\\",
                           "lesson\t1\t2\t3\t0\t0\ten\t\xFF",
                           "sentence\t1\t2\t0\t0\tw",
                           "sentence\t1\t2\t-1\t1\tw",
                           "sentence\t1\t2\t0\t1\ta\\tb",
                           "lesson\t1\t2\t3\t1\t1\t\ts",
                           "sentence\t1\t2\t0\t1\t\xC3",
                           "sentence\t1\t2\t0\t9223372036854775807\tw",
                           "statement\t1\t2\t3\t0\t0\tthing\t0\t0\tw",
                           "evidence\t1\t2\t3\t-1\t0\tw",
                           "evidence\t1\t2\t3\t0\t9223372036854775807\tw",
                           "evidence\t1\t2\t3\t0\t0\ta b",
                           "evidence\t1\t2\t3\t0\t0\t",
                           "block\tw\ten\t1\tnever",
                           "99999999999999999999\t1",
                           "lesson\t99999999999999999999\t2\t3\t0\t0\ten\ts"}) {
    const auto read = parse_line(line);
    EXPECT_FALSE(read.ok()) << line;
  }
}

template <class R>
R joined(R a, const R& b) {
  join(a, b);
  return a;
}

/// The versions of one record that devices may come to hold, or that somebody wrote by hand.
StatementRecord any_statement() {
  return {.time = *rc::gen::inRange(0, 2),
          .undone = *rc::gen::arbitrary<bool>(),
          .for_good = *rc::gen::arbitrary<bool>(),
          .kind = *rc::gen::element<std::string>("word", "times"),
          .begin = *rc::gen::inRange(0, 2),
          .end = *rc::gen::inRange(0, 2),
          .target = *rc::gen::element<std::string>("", "w", "=h")};
}
LessonRecord any_lesson() {
  LessonRecord lesson{.undone = *rc::gen::arbitrary<bool>(), .language = "en", .source = "s"};
  lesson.for_good = lesson.undone && *rc::gen::arbitrary<bool>();
  if (lesson.for_good) lesson.language = lesson.source = "";
  return lesson;
}
SentenceRecord any_sentence() {
  return {.revision = *rc::gen::inRange(1, 4),
          .words = *rc::gen::element<std::string>("a b c", " b c", "a  c", "a b ", "a  ")};
}
EvidenceRecord any_evidence() {
  return {.time = *rc::gen::inRange(0, 2),
          .struck = *rc::gen::inRange(0, 3),
          .ignored = *rc::gen::inRange(0, 3),
          .word = *rc::gen::element<std::string>("v", "w")};
}
BlockRecord any_block() {
  return {.word = "w",
          .language = "en",
          .stamp = *rc::gen::inRange(0, 3),
          .meaning = *rc::gen::element<std::string>("suggest", "complete", "allow")};
}

template <class R>
void check_semilattice(R (*any)()) {
  const R a = any();
  const R b = any();
  const R c = any();
  RC_ASSERT(line_of(joined(a, b)) == line_of(joined(b, a)));
  RC_ASSERT(line_of(joined(joined(a, b), c)) == line_of(joined(a, joined(b, c))));
  RC_ASSERT(line_of(joined(a, a)) == line_of(a));
}

RC_GTEST_PROP(Join, IsASemilattice, ()) {
  check_semilattice(any_lesson);
  check_semilattice(any_sentence);
  check_semilattice(any_statement);
  check_semilattice(any_evidence);
  check_semilattice(any_block);
}

}  // namespace
}  // namespace tercet::store
