// What runs on every key press must not allocate once its buffers have grown.
#include <gtest/gtest.h>

#include <atomic>
#include <cstdlib>
#include <new>
#include <string>

#include "text/caret.h"
#include "text/fold.h"
#include "text/forms.h"
#include "text/join.h"

namespace {
std::atomic<long> allocations{0};
}  // namespace

void* operator new(std::size_t size) {
  ++allocations;
  if (void* memory = std::malloc(size == 0 ? 1 : size)) return memory;
  throw std::bad_alloc();
}
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t /*size*/) noexcept { std::free(memory); }

namespace tercet::text {
namespace {

struct Buffers {
  CaretScratch scratch;
  std::string folded, out;
};

void press_key(std::string_view text, const std::string& blob, Buffers& buffers) {
  const Language& rules = language("ru");
  const Caret caret = locate_caret(text, Tokenizer(rules), buffers.scratch);
  buffers.out.clear();
  Joiner joiner(rules);
  for (const Token& token : caret.context) {
    fold(token.surface, rules, buffers.folded);
    joiner.append(token.surface, buffers.out);
  }
  for (const std::string_view typed : {"", "достоприм", "Достоприм", "ДОСТО", "дОс", "нет"}) {
    choose_form("достопримечательности", blob, {true, typed}, rules, buffers.out);
    choose_form("достопримечательности", blob, {false, typed}, rules, buffers.out);
  }
}

TEST(Allocations, NoneAfterWarmUp) {
  const SurfaceForm forms[] = {{"достопримечательности", 9, 1}, {"ДостоПримечательности", 8, 1}};
  const std::string blob = encode_forms("достопримечательности", forms);
  const std::string_view text = "А. С. Пушкин, т. е. поэт. Мы смотрели все эти достоприм";
  Buffers buffers;
  press_key(text, blob, buffers);
  const long before = allocations;
  for (int i = 0; i < 100; ++i) press_key(text, blob, buffers);
  EXPECT_EQ(allocations - before, 0);
}

}  // namespace
}  // namespace tercet::text
