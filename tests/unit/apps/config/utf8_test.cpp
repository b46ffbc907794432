#include "apps/config/utf8.hpp"

#include <doctest/doctest.h>

#include <string>

namespace utf8_test {

using namespace hedgerow::config::utf8;

TEST_CASE("characters of one to four bytes") {
  for (const auto& [text, code] : {std::pair{"a", U'a'}, {"é", U'é'}, {"雲", U'雲'}, {"🌿", U'🌿'}}) {
    const auto c = character_at(text, 0);
    CHECK(c.valid);
    CHECK(c.code == code);
    CHECK(c.size == std::string(text).size());
  }
  CHECK(character_at("", 0).size == 0);
}

TEST_CASE("overlong forms, surrogates, stray and missing bytes are broken") {
  for (const std::string text :
       {"\xC0\x80", "\xC1\xBF", "\xE0\x80\x80", "\xF0\x80\x80\x80", "\xED\xA0\x80", "\xF4\x90\x80\x80",
        "\xF5\x80\x80\x80", "\x80", "\xFF", "\xC3", "\xE2\x82", "\xC3(", "\xF0\x9F\x8C"}) {
    CHECK(!character_at(text, 0).valid);
    CHECK(character_at(text, 0).size == 1);
  }
}

TEST_CASE("lengths count characters") {
  CHECK(length("") == 0);
  CHECK(length("größe") == 5);
  CHECK(length("a\xFF") == 2);
  CHECK(substring("größe", 2, 2) == "öß");
  CHECK(substring("größe", 9, 2).empty());
}

TEST_CASE("nothing that steers a terminal is shown") {
  CHECK(printable("a\x1b[31m") == "a\\x1b[31m");
  CHECK(printable("a\u202Eb") == "a\\u{202e}b");
  CHECK(printable("a\xFF") == "a\\xff");
  CHECK(printable("größe 雲 </script>") == "größe 雲 </script>");
  CHECK(blanked("a\tb\xFF") == "a b?");
  CHECK(is_control(0x85));
  CHECK(is_control(0x7F));
  CHECK(!is_control(U' '));
  CHECK(!is_control(0xA0));
}

}  // namespace utf8_test
