// Random histories on several devices.
#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <cstdlib>
#include <string>
#include <vector>

#include "store/testing.h"

namespace tercet::store::testing {
namespace {

const std::vector<std::string> kWords = {"ant", "bee", "cat", "Bee"};
const std::vector<std::string> kSources = {"prompt", "page"};
constexpr int kDevices = 3;

// Thousands of commits: in memory, where a sync costs nothing.
[[maybe_unused]] const int kTemporary = ::setenv("TMPDIR", "/dev/shm", 0);

std::string any_sentence() {
  std::string text = *rc::gen::elementOf(kWords);
  for (int more = *rc::gen::inRange(0, 4); more > 0; --more)
    text += " " + *rc::gen::elementOf(kWords);
  return text;
}

/// Devices that learn, forget, undo, purge and now and then merge; their clocks disagree.
class History {
 public:
  History() {
    for (int i = 0; i < kDevices; ++i) stores_.push_back(open(path(i)));
    lessons_.resize(kDevices);
  }

  void step() {
    const int device = *rc::gen::inRange(0, kDevices);
    Store& store = stores_[static_cast<std::size_t>(device)];
    const std::int64_t now = 1000 + *rc::gen::inRange(0, 50) + (device == 2 ? 40 : 0);
    auto& lessons = lessons_[static_cast<std::size_t>(device)];
    switch (*rc::gen::inRange(0, 10)) {
      case 0:
        RC_ASSERT(store.forget_word(*rc::gen::elementOf(kWords), now, one_in(4)).ok());
        break;
      case 1:
        RC_ASSERT(store.forget_source(*rc::gen::elementOf(kSources), now, one_in(4)).ok());
        break;
      case 2:
        RC_ASSERT(store.forget_between(now - 5, now, now, one_in(4)).ok());
        break;
      case 3:
        RC_ASSERT(store.undo().ok());
        break;
      case 4:
        if (one_in(3)) RC_ASSERT(store.purge().ok());
        break;
      case 5:
        RC_ASSERT(store.merge(path(*rc::gen::inRange(0, kDevices))).ok());
        break;
      case 6:
        RC_ASSERT(store.add_evidence({{*rc::gen::elementOf(kWords), 1, 2}}, now).ok());
        RC_ASSERT(store.set_block({*rc::gen::elementOf(kWords), "", any_meaning()}, now).ok());
        break;
      case 7:
        if (!lessons.empty()) {  // A sentence grows.
          RC_ASSERT(
              store.put_sentence(*rc::gen::elementOf(lessons), 0, words_of(any_sentence())).ok());
        }
        break;
      default:
        lessons.push_back(learn(store, any_sentence(), now, *rc::gen::elementOf(kSources)));
    }
  }

  /// What merging these devices into a new store, one after the other, gives.
  std::string merged(const std::vector<int>& order) {
    const std::string name = "merged" + std::to_string(++merged_);
    Store into = open(directory_.path() / name);
    for (const int device : order) RC_ASSERT(into.merge(path(device)).ok());
    return exported(into);
  }

  /// What a chain of merges gives: device 0 into 1, and that into a copy of 2.
  std::string merged_by_chain() {
    RC_ASSERT(stores_[1].merge(path(0)).ok());
    RC_ASSERT(stores_[2].merge(path(1)).ok());
    return exported(stores_[2]);
  }

  std::string exported_of(int device) {
    return exported(stores_[static_cast<std::size_t>(device)]);
  }

 private:
  static bool one_in(int n) { return *rc::gen::inRange(0, n) == 0; }
  static Blocking any_meaning() {
    return *rc::gen::element(Blocking::kNeverSuggest, Blocking::kNeverComplete, Blocking::kAllow);
  }
  std::filesystem::path path(int device) const {
    return directory_.path() / std::to_string(device);
  }

  TemporaryDirectory directory_;
  std::vector<Store> stores_;
  std::vector<std::vector<Lesson>> lessons_;
  int merged_ = 0;
};

RC_GTEST_PROP(Merge, IsCommutativeAssociativeAndIdempotent, ()) {
  History history;
  for (int steps = *rc::gen::inRange(1, 40); steps > 0; --steps) history.step();
  RC_ASSERT(history.merged({0}) == history.exported_of(0));
  const std::string all = history.merged({0, 1, 2});
  RC_ASSERT(history.merged({2, 1, 0}) == all);
  RC_ASSERT(history.merged({1, 1, 0, 2, 0}) == all);
  RC_ASSERT(history.merged_by_chain() == all);
  RC_ASSERT(history.merged({2}) == all);
}

/// Learns `kept`, with a gap for each word that `is_forgotten` says.
struct Act {
  std::string text;
  std::string source;
  std::int64_t time;
};

RC_GTEST_PROP(Forgetting, IsAsIfItHadNeverBeenLearnt, ()) {
  const TemporaryDirectory directory;
  Store store = open(directory.path() / "a");
  Store never = open(directory.path() / "b");
  std::vector<Act> acts;
  for (int n = *rc::gen::inRange(1, 20); n > 0; --n)
    acts.push_back({any_sentence(), *rc::gen::elementOf(kSources),
                    1000 + static_cast<std::int64_t>(acts.size())});
  const int kind = *rc::gen::inRange(0, 3);
  const std::string source = *rc::gen::elementOf(kSources);
  const std::int64_t begin = *rc::gen::inRange(1000, 1020);
  const std::int64_t end = *rc::gen::inRange(1000, 1020);
  for (const Act& act : acts) {
    learn(store, act.text, act.time, act.source);
    if (kind == 1 && act.source == source) continue;
    if (kind == 2 && act.time >= begin && act.time < end) continue;
    std::string text;
    for (const std::string_view word : words_of(act.text)) {
      text += text.empty() ? "" : " ";
      text += kind == 0 && (word == "bee" || word == "Bee") ? "_" : std::string(word);
    }
    learn(never, text, act.time, act.source);
  }
  const bool for_good = *rc::gen::arbitrary<bool>();
  const std::vector<std::string> before = shown(store);
  const auto gone = kind == 0   ? store.forget_word("BEE", 2000, for_good)
                    : kind == 1 ? store.forget_source(source, 2000, for_good)
                                : store.forget_between(begin, end, 2000, for_good);
  RC_ASSERT(gone.ok());
  RC_ASSERT(shown(store) == shown(never));
  if (for_good) return;
  RC_ASSERT(store.undo().ok());
  RC_ASSERT(shown(store) == before);
}

}  // namespace
}  // namespace tercet::store::testing
