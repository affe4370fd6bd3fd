#include "serve/ledger_api.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "serve/service_testing.h"
#include "serve/testing.h"

namespace tercet::serve::testing {
namespace {

using Texts = std::vector<std::string>;
using Handler = void (*)(Scribe&, const http::Request&, http::Reply);

class Ledger : public ::testing::Test {
 protected:
  http::Response ask(Handler handler, const http::Request& request) {
    return answer_of([&](http::Reply reply) { handler(*scribe_, request, std::move(reply)); });
  }
  json::Value get(Handler handler, std::string_view query = {}) {
    const http::Response response = ask(handler, get_request("/", query));
    EXPECT_EQ(response.status, 200U) << response.body;
    EXPECT_EQ(response.content_type, "application/json");
    return parsed(response.body);
  }
  json::Value post(Handler handler, std::string_view body) {
    const http::Response response = ask(handler, post_request("/", body));
    EXPECT_EQ(response.status, 200U) << response.body;
    return parsed(response.body);
  }
  std::string refused(Handler handler, std::string_view body) {
    const http::Response response = ask(handler, post_request("/", body));
    EXPECT_EQ(response.status, 400U) << body << ": " << response.body;
    return error_of(response);
  }
  Texts words(std::string_view query = {}) {
    return texts_of(get(list_ledger, query), "words", "word");
  }

  void learn(std::string_view sentence, std::int64_t time, const std::string& source = "page") {
    answer_of([&](const http::Reply& reply) {
      scribe_->ask([=](Store& store) {
        const auto lesson = store.begin_lesson(source, "en", time);
        std::vector<std::string_view> words;
        for (std::size_t at = 0; at < sentence.size();) {
          const std::size_t end = std::min(sentence.find(' ', at), sentence.size());
          words.push_back(sentence.substr(at, end - at));
          at = end + 1;
        }
        EXPECT_TRUE(store.put_sentence(*lesson, 0, words).ok());
        reply({});
      });
    });
  }

  StorePlace place_;
  std::unique_ptr<Scribe> scribe_ = place_.scribe();
};

TEST_F(Ledger, IsEmptyAtFirst) {
  EXPECT_EQ(number_of(get(list_ledger), "total"), 0);
  EXPECT_EQ(number_of(get(ledger_stats), "words"), 0);
  EXPECT_EQ(words(), Texts{});
  EXPECT_TRUE(parsed(ask(undo, post_request("/", "")).body).object() != nullptr);
  EXPECT_EQ(ask(undo, post_request("/", "")).body, R"({"undone":null})");
}

TEST_F(Ledger, ListsWords) {
  learn("Gandalf saw Frodo", 3000);
  learn("we saw Gandalf", 2000, "mail");
  learn("saw", 1000);
  const json::Value list = get(list_ledger);
  EXPECT_EQ(number_of(list, "total"), 4);
  EXPECT_EQ(texts_of(list, "words", "word"), (Texts{"saw", "gandalf", "frodo", "we"}));
  const json::Value& gandalf = (*list.find("words")->array())[1];
  EXPECT_EQ(number_of(gandalf, "count"), 2);
  EXPECT_EQ(number_of(gandalf, "first"), 2000);
  EXPECT_EQ(number_of(gandalf, "last"), 3000);
  ASSERT_EQ(gandalf.find("sources")->array()->size(), 2U);
  EXPECT_EQ(*gandalf.find("sources")->array()->front().string(), "mail");
}

TEST_F(Ledger, SortsSearchesAndTurnsPages) {
  learn("Gandalf saw Frodo", 3000);
  learn("we saw Ганс", 9000);
  EXPECT_EQ(words("sort=word"), (Texts{"frodo", "gandalf", "saw", "we", "ганс"}));
  EXPECT_EQ(words("sort=recent"), (Texts{"saw", "we", "ганс", "frodo", "gandalf"}));
  EXPECT_EQ(words("sort=count&limit=1"), Texts{"saw"});
  EXPECT_EQ(words("sort=word&offset=3&limit=50"), (Texts{"we", "ганс"}));
  EXPECT_EQ(words("offset=99"), Texts{});
  EXPECT_EQ(words("limit=0"), Texts{});
  EXPECT_EQ(number_of(get(list_ledger, "limit=0"), "total"), 5);
  EXPECT_EQ(words("search=and"), Texts{"gandalf"});
  EXPECT_EQ(words("search=Gan"), Texts{"gandalf"});
  EXPECT_EQ(words("search=%D0%93%D0%B0%D0%BD"), Texts{"ганс"});
  EXPECT_EQ(number_of(get(list_ledger, "search=and"), "total"), 1);
  EXPECT_EQ(words("search=xyz"), Texts{});
  for (const char* wrong : {"limit=1001", "limit=-1", "limit=x", "offset=1.5", "sort=size",
                            "offset=99999999999999999999"}) {
    const http::Response response = ask(list_ledger, get_request("/", wrong));
    EXPECT_EQ(response.status, 400U) << wrong;
    EXPECT_EQ(error_of(response, "type"), "invalid_request_error") << wrong;
  }
}

TEST_F(Ledger, HasStatistics) {
  learn("Gandalf saw Frodo", 3000);
  learn("we saw it .", 9000, "mail");
  const json::Value stats = get(ledger_stats);
  EXPECT_EQ(number_of(stats, "lessons"), 2);
  EXPECT_EQ(number_of(stats, "sentences"), 2);
  EXPECT_EQ(number_of(stats, "words"), 7);
  EXPECT_EQ(texts_of(stats, "sources", "source"), (Texts{"mail", "page"}));
  const json::Value& mail = stats.find("sources")->array()->front();
  EXPECT_EQ(number_of(mail, "sentences"), 1);
  EXPECT_EQ(number_of(mail, "words"), 4);
  EXPECT_EQ(number_of(mail, "first"), 9000);
  EXPECT_EQ(number_of(mail, "last"), 9000);
}

TEST_F(Ledger, ForgetsAndUndoes) {
  learn("my word is Hunter2", 1000);
  learn("we saw it", 5000, "mail");
  const std::uint64_t edition = scribe_->edition();
  EXPECT_EQ(number_of(post(forget, R"({"word":"hunter2"})"), "words"), 1);
  EXPECT_EQ(words("search=hunter"), Texts{});
  EXPECT_EQ(scribe_->edition(), edition + 1);
  const std::string undone = text_of(post(undo, ""), "undone");
  EXPECT_NE(undone.find("hunter2"), std::string::npos) << undone;
  EXPECT_EQ(words("search=hunter"), Texts{"hunter2"});
  EXPECT_EQ(scribe_->edition(), edition + 2);
  EXPECT_EQ(number_of(post(forget, R"({"source":"mail"})"), "words"), 3);
  EXPECT_EQ(number_of(post(forget, R"({"since":5001})"), "words"), 0);
  EXPECT_EQ(number_of(post(forget, R"({"since":1000,"until":1001})"), "words"), 4);
  EXPECT_EQ(words(), Texts{});
  post(undo, "");
  EXPECT_EQ(words().size(), 4U);
}

TEST_F(Ledger, ForgetsForGood) {
  learn("my word is Hunter2", 1000);
  EXPECT_EQ(number_of(post(forget, R"({"word":"Hunter2","for_good":true})"), "words"), 1);
  post(undo, "");
  EXPECT_EQ(words("search=hunter"), Texts{});
  scribe_.reset();
  for (const auto& file : std::filesystem::directory_iterator(place_.path().parent_path())) {
    std::ifstream bytes(file.path(), std::ios::binary);
    const std::string all{std::istreambuf_iterator<char>(bytes), std::istreambuf_iterator<char>()};
    EXPECT_EQ(all.find("unter2"), std::string::npos) << file.path();
  }
}

TEST_F(Ledger, ForgetsOneThingAtATime) {
  learn("we saw it", 1000);
  for (const char* wrong :
       {"", "{", "[]", "{}", R"({"word":""})", R"({"word":1})", R"({"word":"saw","source":"page"})",
        R"({"word":"saw","since":5})", R"({"since":-1})", R"({"until":"now"})",
        R"({"word":"saw","for_good":1})", R"({"word":"we saw"})"})
    EXPECT_GT(refused(forget, wrong).size(), 5U) << wrong;
  EXPECT_EQ(words().size(), 3U);
  EXPECT_EQ(scribe_->edition(), 0U);
}

TEST_F(Ledger, IsExportedAndImported) {
  learn("we saw Gandalf", 1000);
  post(set_block, R"({"word":"damn"})");
  const http::Response exported = ask(export_ledger, get_request("/"));
  EXPECT_EQ(exported.status, 200U);
  EXPECT_EQ(exported.content_type, "text/plain; charset=utf-8");
  EXPECT_TRUE(exported.body.starts_with("tercet-store\t1\n")) << exported.body;
  const StorePlace other;
  const auto other_scribe = other.scribe();
  const auto import_into = [&](std::string_view text) {
    return answer_of([&](http::Reply reply) {
      import_ledger(*other_scribe, post_request("/", text), std::move(reply));
    });
  };
  std::string broken = exported.body;
  broken.replace(broken.find("saw"), 3, "was");
  for (const std::string& wrong : {std::string("hello"), broken}) {
    const http::Response response = import_into(wrong);
    EXPECT_EQ(response.status, 400U) << response.body;
    EXPECT_NE(error_of(response).find("line "), std::string::npos) << response.body;
    EXPECT_EQ(other_scribe->edition(), 0U);
    EXPECT_EQ(other.sentences(), Texts{});
  }
  EXPECT_EQ(import_into(exported.body).body, R"({"ok":true})");
  EXPECT_EQ(other_scribe->edition(), 1U);
  EXPECT_EQ(other.sentences(), Texts{"we saw Gandalf"});
}

TEST_F(Ledger, KeepsBlocks) {
  EXPECT_EQ(ask(list_blocks, get_request("/")).body, R"({"blocks":[]})");
  post(set_block, R"({"word":"damn"})");
  post(set_block, R"({"word":"hell","language":"en","meaning":"complete"})");
  post(set_block, R"({"word":"heck","meaning":"allow"})");
  EXPECT_EQ(scribe_->edition(), 3U);
  const json::Value blocks = get(list_blocks);
  EXPECT_EQ(texts_of(blocks, "blocks", "word"), (Texts{"damn", "heck", "hell"}));
  EXPECT_EQ(texts_of(blocks, "blocks", "language"), (Texts{"", "", "en"}));
  EXPECT_EQ(texts_of(blocks, "blocks", "meaning"), (Texts{"suggest", "allow", "complete"}));
  for (const char* wrong : {"", "[]", R"({"word":1})", R"({"word":""})", R"({"word":"two words"})",
                            R"({"word":"a","meaning":"never"})", R"({"word":"a","language":7})"})
    EXPECT_GT(refused(set_block, wrong).size(), 5U) << wrong;
  EXPECT_EQ(texts_of(get(list_blocks), "blocks", "word").size(), 3U);
}

}  // namespace
}  // namespace tercet::serve::testing
