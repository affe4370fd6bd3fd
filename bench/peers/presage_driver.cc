// Presage behind a line protocol. Each line of stdin asks for one list,
//   context TAB prefix TAB count
// and one line of stdout answers, with the processor time it took and at most count words:
//   nanoseconds TAB word TAB word ...
//
// Usage: presage_driver DATABASE. Presage opens a database of the person's in $HOME/.presage.

#include <presage.h>

#include <cstdlib>
#include <ctime>
#include <exception>
#include <iostream>
#include <stdexcept>
#include <string>

namespace {

class Typed : public PresageCallback {
 public:
  std::string text;

  std::string get_past_stream() const override { return text; }
  std::string get_future_stream() const override { return ""; }
};

long long processor_nanoseconds() {
  timespec now{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return now.tv_sec * 1'000'000'000LL + now.tv_nsec;
}

void configure(Presage& presage, const std::string& database) {
  presage.config("Presage.Predictors.DefaultSmoothedNgramPredictor.DBFILENAME", database);
  // The same person tries several lists: nothing may be learnt from one try for the next.
  presage.config("Presage.ContextTracker.ONLINE_LEARNING", "no");
  // Presage would withhold what it offered before inside a word; the asker does this for all peers.
  presage.config("Presage.Selector.REPEAT_SUGGESTIONS", "yes");
}

void answer(Presage& presage, Typed& typed) {
  std::string line;
  while (std::getline(std::cin, line)) {
    const auto first = line.find('\t');
    const auto second = line.find('\t', first + 1);
    if (second == std::string::npos) throw std::invalid_argument("not three fields: " + line);
    const std::string context = line.substr(0, first);
    const std::string prefix = line.substr(first + 1, second - first - 1);
    typed.text = context.empty() ? prefix : context + " " + prefix;
    presage.config("Presage.Selector.SUGGESTIONS", line.substr(second + 1));

    const auto start = processor_nanoseconds();
    const auto words = presage.predict();
    std::cout << processor_nanoseconds() - start;
    for (const auto& word : words) std::cout << '\t' << word;
    std::cout << std::endl;
  }
}

}  // namespace

int main(int count, char** arguments) {
  if (count != 2) {
    std::cerr << "usage: presage_driver DATABASE < requests\n";
    return EXIT_FAILURE;
  }
  try {
    Typed typed;
    Presage presage(&typed);
    configure(presage, arguments[1]);
    answer(presage, typed);
  } catch (const PresageException& error) {
    std::cerr << "presage: " << error.what() << '\n';
    return EXIT_FAILURE;
  } catch (const std::exception& error) {
    std::cerr << error.what() << '\n';
    return EXIT_FAILURE;
  }
}
